"""Which value is current: the newest edition that covers the cell, in the declared order of sources."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact.statistics import Workspace, editions
from opencompact.statistics.observations import CELL, observations
from opencompact.statistics.sources.contract import Coverage
from opencompact.statistics.store import Part, Shapes


def values(vintage: str, source: str = "a.source", **columns: list[object]) -> pl.DataFrame:
    """Observations of one indicator at a vintage; columns of lists."""
    frame = pl.DataFrame(columns)
    return observations(
        frame, indicator="x", unit="persons", source=source, vintage=vintage, file=f"{source}@{vintage}"
    )


def part(table: pl.DataFrame, coverage: list[Coverage] | None = None) -> tuple[Part, Shapes]:
    source, vintage, file = table.row(0, named=True)["source"], table["vintage"][0], table["file"][0]
    made = Part(source, vintage, "table", file, "", "", "rows", 1, 1, 0, table.height, ("x",))
    return made, editions.shapes_of(table, coverage)


def current(
    *tables: pl.DataFrame, coverage: dict[str, list[Coverage]] | None = None, order: tuple[str, ...] = ()
) -> list:
    parts = [part(table, (coverage or {}).get(table["vintage"][0])) for table in tables]
    found = editions.current(pl.concat(tables), parts, order)
    return found.select("area", "period", "value", "vintage").sort("area", "period").rows()


def test_a_file_of_four_months_never_empties_the_years_before_it() -> None:
    whole = values("2025-04-29", area=["001"] * 2, period=["2023", "2024"], value=[8.0, 9.0])
    months = values("2026-05-06", area=["001"] * 2, period=["2026", "2026-01"], value=[3.0, 1.0])
    found = current(whole, months, coverage={"2026-05-06": [Coverage(date(2026, 1, 1), date(2026, 4, 30))]})
    assert [row[1] for row in found] == ["2023", "2024", "2026", "2026-01"]


def test_an_edition_that_covers_a_whole_year_goes_before_a_newer_one_that_stops_in_july() -> None:
    whole = values("2024-12-31", area=["001"], period=["2024"], value=[9.0])
    stopped = values("2025-09-08", area=["001"], period=["2024"], value=[4.0])
    found = current(whole, stopped, coverage={"2025-09-08": [Coverage(date(2024, 1, 1), date(2024, 7, 28))]})
    assert found == [("001", "2024", 9.0, "2024-12-31")]


def test_a_value_that_the_newer_edition_withdraws_is_not_current() -> None:
    old = values("2020-12-31", area=["MEX", "MEX"], period=["2010", "2020"], value=[1.0, 2.0])
    new = values("2024-12-31", area=["MEX", "MEX"], period=["2005", "2024"], value=[3.0, 4.0])
    assert [row[1] for row in current(old, new)] == ["2005", "2024"]


def test_an_area_that_the_newer_edition_does_not_cover_keeps_its_value() -> None:
    old = values("2020-12-31", area=["MEX", "XKX"], period=["2010", "2010"], value=[1.0, 2.0])
    new = values("2024-12-31", area=["MEX"], period=["2010"], value=[3.0])
    assert [(row[0], row[2]) for row in current(old, new)] == [("MEX", 3.0), ("XKX", 2.0)]


def test_a_breakdown_that_the_newer_edition_does_not_have_stays() -> None:
    old = values("2019-12-31", area=["MEX"] * 2, period=["2010"] * 2, value=[1.0, 2.0], age=["_T", "Y0T4"])
    new = values("2024-12-31", area=["MEX"], period=["2010"], value=[3.0])
    assert sorted(row[2] for row in current(old, new)) == [2.0, 3.0]


def test_the_first_source_in_the_declared_order_that_has_a_value_is_taken() -> None:
    first = values("2020-01-01", "a.source", area=["MEX"], period=["2010"], value=[1.0])
    second = values("2024-01-01", "b.source", area=["MEX", "MEX"], period=["2010", "2011"], value=[2.0, 3.0])
    assert [row[2] for row in current(first, second, order=("a.source", "b.source"))] == [1.0, 3.0]
    assert [row[2] for row in current(first, second, order=("b.source", "a.source"))] == [2.0, 3.0]


@pytest.mark.parametrize(("status", "expected"), [("O", 2.0), ("L", 2.0), ("Q", None)])
def test_a_missing_value_gives_way_to_the_next_source_and_a_suppressed_one_does_not(
    status: str, expected: object
) -> None:
    first = values("2020-01-01", "a.source", area=["MEX"], period=["2010"], value=[None], status=[status])
    second = values("2024-01-01", "b.source", area=["MEX"], period=["2010"], value=[2.0])
    assert [row[2] for row in current(first, second, order=("a.source",))] == [expected]


def test_a_published_value_goes_before_a_computed_one_of_the_same_edition() -> None:
    published = values("2020-12-31", area=["MEX"], period=["2010"], value=[1.0])
    computed = published.with_columns(
        pl.lit(1.5).alias("value"), pl.lit("computed: a sum").alias("note"), pl.lit("another").alias("file")
    )
    assert [row[2] for row in current(computed, published)] == [1.0]


def test_days_of_a_period_are_those_of_the_calendar() -> None:
    periods = ["2023", "2023-Q1", "2024-02", "2023-S2", "2024-02-29"]
    days = (
        pl.DataFrame({"period": periods}).select(editions.first_day().alias("a"), editions.last_day().alias("b")).rows()
    )
    assert [(str(a), str(b)) for a, b in days] == [
        ("2023-01-01", "2023-12-31"),
        ("2023-01-01", "2023-03-31"),
        ("2024-02-01", "2024-02-29"),
        ("2023-07-01", "2023-12-31"),
        ("2024-02-29", "2024-02-29"),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2019-01-01", "2020-01-01", "2021-01-01"]), st.sampled_from("ABC"), st.integers(2000, 2005)
        ),
        min_size=1,
        unique=True,
    )
)
def test_each_cell_has_one_current_value_and_no_newer_edition_that_covers_it(cells: list[tuple[str, str, int]]) -> None:
    tables = []
    for vintage in sorted({cell[0] for cell in cells}):
        mine = [cell for cell in cells if cell[0] == vintage]
        areas, periods = [f"AA{cell[1]}" for cell in mine], [str(cell[2]) for cell in mine]
        tables.append(values(vintage, area=areas, period=periods, value=[1.0] * len(mine)))
    parts = [part(table) for table in tables]
    found = editions.current(pl.concat(tables), parts, ())
    assert found.select(CELL).is_duplicated().sum() == 0
    for row in found.to_dicts():
        for other, what in parts:
            covers = any(
                entry.areas is not None
                and row["area"] in entry.areas
                and str(entry.start.year) <= row["period"] <= str(entry.end.year)
                for entry in what.declared
            )
            assert not (covers and other.vintage > row["vintage"])


def test_a_table_of_ones_own_goes_before_every_published_source_in_the_cells_that_it_has() -> None:
    published = values(
        "2026-12-31", "iom.missing-migrants", area=["MEX"] * 2, period=["2023", "2024"], value=[1.0, 2.0]
    )
    own = values(
        "2024-12-31", "own.table", area=["MEX"] * 2, period=["2024", "2025"], value=[5.0, None], status=["A", "O"]
    )
    for order in ((), ("iom.missing-migrants",), ("iom.missing-migrants", "own.table")):
        assert [row[:3] for row in current(published, own, order=order)] == [
            ("MEX", "2023", 1.0),
            ("MEX", "2024", 5.0),
            ("MEX", "2025", None),
        ]


def test_a_share_that_a_publisher_gives_stands_where_the_catalogue_says_so_and_ones_own_stands_always() -> None:
    from opencompact.statistics.shares import one_of

    def share(source: str, vintage: str, value: float) -> pl.DataFrame:
        return values(vintage, source, area=["SYR"], period=["2019"], value=[value])

    computed = share("unhcr.refugee-statistics", "2025-12-31", 3.0)
    assert one_of("10.7.4", share("unsd.sdg-database", "2019-12-31", 1.0), computed)["value"].to_list() == [1.0]
    assert one_of("10.7.4", share("unsd.sdg-database", "2019-12-31", 1.0).clear(), computed)["value"].to_list() == [3.0]
    assert one_of("migrants.share", share("undesa.migrant-stock", "2020-12-31", 1.0), computed)["value"].to_list() == [
        3.0
    ]
    assert one_of("migrants.share", share("own.table", "2020-12-31", 1.0), computed)["value"].to_list() == [1.0]


def test_the_platform_of_any_country_stands_where_the_catalogue_names_national_platforms(tmp_path: Path) -> None:
    workspace = Workspace.create(tmp_path)
    order = workspace.declared_order("10.7.3")
    assert order[:2] == ["iom.missing-migrants", "unsd.sdg-database"]
    assert {"uk.sdg-data", "armenia.sdg-data"} < set(order[2:])
    assert workspace.declared_order("no.such") == []
