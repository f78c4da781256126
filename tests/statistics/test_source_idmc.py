"""IDMC's tables: events are added up, an empty figure is not 0, and areas without an ISO code keep their own."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from opencompact.statistics.accounting import account
from opencompact.statistics.sources.contract import Reading, reader, recognise
from opencompact.statistics.sources.file import SourceFile

EVENTS = "gidd_disaster_new_displacements.csv.gz"
CONFLICT = "gidd_conflict_disaster_by_country_year.csv"
FLOWS = "idmc_flows_cleaned.csv.gz"
PEOPLE = "idmc_stocks_2024_sex_age_cleaned.csv.gz"


@cache
def read(path: Path) -> Reading:
    file = SourceFile(path)
    recognition = recognise(file)
    assert recognition is not None
    return reader(recognition.source).read(file, recognition)


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    return data / "idmc-displacement"


def value(reading: Reading, **cell: str) -> float | None:
    asked = {"sex": "_T", "age": "_T", "origin": "_T", "breakdown": "_T", **cell}
    rows = reading.observations.filter(pl.all_horizontal(pl.col(name) == code for name, code in asked.items()))
    assert rows.height == 1, (asked, rows)
    return rows["value"].item()


@pytest.mark.parametrize(("name", "rows"), [(EVENTS, 22119), (CONFLICT, 961), (FLOWS, 4071), (PEOPLE, 1541)])
def test_every_row_is_kept_or_set_aside(folder: Path, name: str, rows: int) -> None:
    reading = read(folder / name)
    kept = reading.observations["row"].drop_nulls().n_unique() if reading.kept is None else reading.kept
    assert reading.read == rows == kept + account(reading)
    assert reading.observations["value"].null_count() == 0


def test_events_are_added_up_by_hazard_and_in_total(folder: Path) -> None:
    reading = read(folder / EVENTS)
    raw = pl.read_csv(folder / EVENTS, infer_schema=False).with_columns(pl.col("new_displacement").cast(pl.Float64))
    bangladesh = raw.filter((pl.col("iso3") == "BGD") & (pl.col("year") == "2022"))
    cell = {"indicator": "displacement.disaster.new", "area": "BGD", "period": "2022"}
    floods = bangladesh.filter(pl.col("hazard_type_name") == "Flood")["new_displacement"].sum()
    assert value(reading, **cell, breakdown="hazard=Flood") == floods
    assert value(reading, **cell) == bangladesh["new_displacement"].sum() > floods > 0
    world = raw.filter(pl.col("year") == "2022")["new_displacement"].sum()
    assert value(reading, **{**cell, "area": "001"}) == world


def test_the_events_themselves_are_kept_beside_the_sums(folder: Path) -> None:
    events = read(folder / EVENTS).tables["events"]
    assert events.height == 22119
    assert events["event_name"].null_count() + (events["event_name"] == "").sum() <= 14


def test_an_empty_figure_is_not_zero(folder: Path) -> None:
    reading = read(folder / CONFLICT)
    empty = reading.set_aside.filter(pl.col("column").is_not_null()).group_by("column").agg(pl.col("count").sum())
    assert dict(empty.rows()) == {"new_displacement": 165, "total_displacement": 63}
    angola = reading.observations.filter((pl.col("area") == "AGO") & (pl.col("period") == "2009"))
    assert angola.select("indicator", "value").rows() == [("displacement.conflict.new", 0.0)]


def test_new_displacements_are_movements_and_those_at_the_end_of_the_year_are_people(folder: Path) -> None:
    units = read(folder / CONFLICT).observations.select("indicator", "unit").unique().sort("indicator").rows()
    assert units == [("displacement.conflict", "persons"), ("displacement.conflict.new", "displacements")]


def test_abyei_and_kosovo_keep_codes_that_are_no_iso_codes(folder: Path) -> None:
    assert {"AB9", "XKX"} <= set(read(folder / EVENTS).observations["area"])
    assert (
        value(read(folder / PEOPLE), indicator="displacement.conflict", area="AB9", period="2024", sex="_U", age="_U")
        == 42_000
    )


def test_the_hazards_of_both_tables_have_one_spelling(folder: Path) -> None:
    events = set(read(folder / EVENTS).observations["breakdown"])
    flows = set(read(folder / FLOWS).observations["breakdown"])
    assert flows <= events


def test_age_groups_add_up_to_children_and_adults(folder: Path) -> None:
    reading = read(folder / PEOPLE)
    cell = {"indicator": "displacement.conflict", "area": "AFG", "period": "2024", "sex": "F"}
    children = sum(value(reading, **cell, age=age) or 0 for age in ("Y0T4", "Y5T11", "Y12T17"))
    assert value(reading, **cell, age="Y0T17") == children == 323_973 + 398_896 + 291_140
    both = value(reading, **{**cell, "sex": "_T"}, age="Y0T17")
    assert both == children + 338_244 + 417_130 + 305_815


def test_a_sample_of_updates_holds_no_observations(folder: Path) -> None:
    recognition = recognise(SourceFile(folder / "idu_events_sample.json.gz"))
    assert recognition is not None
    assert recognition.reason is not None
    assert recognition.reason.startswith("a sample")
