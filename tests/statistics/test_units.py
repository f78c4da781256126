"""A unit that a table does not state is the indicator's own only where its numbers can stand on nothing else."""

from __future__ import annotations

import polars as pl
import pytest

from opencompact.compact import catalogue
from opencompact.statistics.observations import SCHEMA
from opencompact.statistics.units import NOT_STATED, with_units

PERCENT, POLICY, ANSWER, RATE, MONEY = "16.9.1", "10.7.2", "17.18.2", "8.8.1", "4.b.1"


def table(
    indicator: str, unit: str, *values: float | None, source: str = "one", note: str | None = None
) -> pl.DataFrame:
    rows = [
        {"indicator": indicator, "source": source, "unit": unit, "value": value, "note": note, "period": str(2015 + n)}
        for n, value in enumerate(values)
    ]
    return pl.DataFrame(rows, schema_overrides=SCHEMA)


def units(rows: pl.DataFrame) -> list[str]:
    return with_units(rows, catalogue())["unit"].to_list()


@pytest.mark.parametrize(
    ("indicator", "values", "unit"),
    [
        (PERCENT, (99.0, 100.0, None), "percent"),
        (POLICY, (3.0, 4.0), "level of policy"),
        (ANSWER, (0.0, 1.0), "yes or no"),
        (PERCENT, (99.0, 103.0), NOT_STATED),  # more than all
        (PERCENT, (0.97, 0.99), NOT_STATED),  # may be 97 per cent as well
        (POLICY, (2.5, 3.0), NOT_STATED),  # no level
        (ANSWER, (1.0, 33.0), NOT_STATED),  # a number of countries
        (RATE, (993.0, 1014.0), NOT_STATED),  # claims of one year, not claims by 100,000 workers
        (MONEY, (5.9, 9.1), NOT_STATED),  # millions, not dollars
        (PERCENT, (None,), NOT_STATED),
        ("no such indicator", (1.0,), NOT_STATED),
    ],
)
def test_a_unit_is_taken_from_the_indicator_only_on_its_own_scale(
    indicator: str, values: tuple[float | None, ...], unit: str
) -> None:
    assert units(table(indicator, NOT_STATED, *values)) == [unit] * len(values)


def test_a_unit_in_no_list_is_read_as_none_and_the_row_says_what_it_was() -> None:
    read = with_units(table("8.8.2", "score", 1.06, 1.06, note="the file says 2020"), catalogue())
    assert read["unit"].to_list() == ["index 0-10"] * 2
    assert read["note"][0] == "the file says 2020; the table's unit is score; that of the indicator is taken"


def test_each_table_is_judged_by_its_own_numbers_and_units_that_are_stated_stay() -> None:
    rows = pl.concat(
        [
            table(PERCENT, NOT_STATED, 99.0, source="one"),
            table(PERCENT, NOT_STATED, 4_000_000.0, source="another"),
            table(PERCENT, "persons", 12.0, source="a third"),
        ]
    )
    assert units(rows) == ["percent", NOT_STATED, "persons"]


def test_rows_and_columns_stay_as_they_stand() -> None:
    rows = pl.concat([table(PERCENT, NOT_STATED, 98.0, 99.0), table(RATE, "per 100000 workers", 5.0)])
    read = with_units(rows, catalogue())
    assert read.columns == rows.columns
    assert read.drop("unit", "note").equals(rows.drop("unit", "note"))
