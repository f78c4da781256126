"""A value on a page bears its unit, its status and its source by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from opencompact import compact

if TYPE_CHECKING:
    from opencompact.public.holdings import Value

pytestmark = pytest.mark.usefixtures("service")


def value(number: float, unit: str, status: str = "A", source: str = "iom.missing-migrants") -> Value:
    from opencompact.public.holdings import Value

    return Value(compact.catalogue().indicator("10.7.3"), "QMA", "2025", number, unit, status, source, "2025-09-08")


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [(4.2, "percent", "4.2%"), (60_300_000_000, "US dollars", "US$ 60.3 billion"), (50, "persons", "50 people")],
)
def test_a_value_bears_its_unit(number: float, unit: str, said: str) -> None:
    from opencompact.public import measured

    assert measured.amount(value(number, unit), "en").replace("\xa0", " ") == said


def test_a_provisional_value_says_so() -> None:
    from opencompact.public import measured

    assert measured.amount(value(50, "persons", "P"), "en").endswith("estimated or provisional")


def test_a_source_is_named_with_its_publisher_and_date() -> None:
    from opencompact.public import measured

    said = measured.edition(value(50, "persons"), "en")
    assert "International Organization for Migration" in said
    assert "8 September 2025" in said


def test_a_source_that_is_in_no_list_is_told_by_its_code() -> None:
    from opencompact.public import measured

    assert measured.edition(value(50, "persons", source="no.such.source"), "fr").startswith("no.such.source")


def test_where_there_are_years_a_month_is_not_what_an_indicator_says() -> None:
    import polars as pl

    from opencompact.public.holdings import _whole_periods

    rows = pl.DataFrame(
        {"area": ["A", "A", "A", "B", "B"], "period": ["2024", "2025", "2025-08", "2025-07", "2025-Q3"]}
    ).with_columns(note=pl.lit(None, pl.String))
    left = _whole_periods(rows)
    assert left.filter(area="A")["period"].to_list() == ["2024", "2025"]
    assert left.filter(area="B")["period"].to_list() == ["2025-07", "2025-Q3"], (
        "no year is known: the month says that it is one"
    )


def test_a_year_that_is_counted_in_part_is_not_what_an_indicator_says_where_a_whole_one_is_known() -> None:
    import polars as pl

    from opencompact.public.holdings import _whole_periods

    rows = pl.DataFrame(
        {
            "area": ["A", "A", "A", "B", "B"],
            "period": ["2024", "2025", "2025-08", "2025", "2025-08"],
            "note": [None, "to 2025-09-08", "to 2025-08-31", "to 2025-09-08", None],
        }
    )
    left = _whole_periods(rows)
    assert left.filter(area="A")["period"].to_list() == ["2024"]
    assert left.filter(area="B")["period"].to_list() == ["2025"], "no whole year is known: it says so itself"


@pytest.mark.parametrize(
    ("note", "code", "said"),
    [
        ("to 2025-09-08; sum over 3 countries", "en", "2025, counted to 8 September 2025"),
        ("to 2025-09-08", "es", "2025, contado hasta el 8 de septiembre de 2025"),
        ("computed: sum over destinations", "en", "2025"),
        ("", "en", "2025"),
    ],
)
def test_a_part_of_a_year_is_told_as_one(note: str, code: str, said: str) -> None:
    from dataclasses import replace

    from opencompact.public import measured

    told = measured.period(replace(value(37, "persons", "P"), note=note), code)
    assert told.replace("\xa0", " ") == said


def test_the_newest_value_is_no_zero_that_may_be_silence_and_no_rate_above_its_base() -> None:
    import polars as pl

    from opencompact.public.holdings import _known

    columns = ("area", "period", "value", "status", "unit")
    rows = [
        ("VEN", "2016", 279e6, "A", "US dollars"),
        ("VEN", "2022", 0.0, "U", "US dollars"),
        ("LIE", "2022", 0.0, "U", "US dollars"),
        ("USA", "2007", 947_196.0, "A", "per 100000 workers"),
        ("USA", "2008", 1047.0, "A", "per 100000 workers"),
        ("GBR", "2020", None, "O", "persons"),
    ]
    left = _known(pl.DataFrame(rows, schema=columns, orient="row"))
    assert left.select("area", "period").rows() == [
        ("VEN", "2016"),
        ("LIE", "2022"),
        ("USA", "2008"),
        ("GBR", "2020"),
    ]


def test_a_zero_that_may_be_silence_is_not_told_as_a_number() -> None:
    from opencompact.public import measured

    assert measured.amount(value(0, "persons", "U"), "en") == "0 or not reported"
    assert measured.amount(value(0, "persons"), "en") == "0 people"
