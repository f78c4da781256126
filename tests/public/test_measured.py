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


def test_a_zero_that_may_be_silence_is_not_told_as_a_number() -> None:
    from opencompact.public import measured

    assert measured.amount(value(0, "persons", "U"), "en") == "0 or not reported"
    assert measured.amount(value(0, "persons"), "en") == "0 people"


def test_a_series_that_stands_for_an_indicator_is_named() -> None:
    from dataclasses import replace

    from opencompact.public import measured

    part = replace(value(98, "percent"), breakdown="hazard=Flood")
    assert measured.amount(part, "en") == "98.0% (flood)"
    assert measured.amount(part, "fr").replace("\xa0", " ").startswith("98,0 % (")
