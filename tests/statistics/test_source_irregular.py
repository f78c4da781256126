"""Border detections and first-time asylum: days become months, crossings stay crossings, whole years are added up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from opencompact.statistics.accounting import account
from opencompact.statistics.sources.contract import Reading, reader, recognise
from opencompact.statistics.sources.file import SourceFile


@cache
def read(path: Path) -> Reading:
    file = SourceFile(path)
    recognition = recognise(file)
    assert recognition is not None
    return reader(recognition.source).read(file, recognition)


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    return data / "irregular-movements"


def value(reading: Reading, **cell: str) -> float | None:
    asked = {"sex": "_T", "age": "_T", "origin": "_T", "breakdown": "_T", **cell}
    rows = reading.observations.filter(pl.all_horizontal(pl.col(name) == code for name, code in asked.items()))
    assert rows.height == 1, (asked, rows)
    return rows["value"].item()


ROWS = {
    "frontex": 34273,
    "irreg_usa": 36676,
    "irreg_darien_nat": 2387,
    "irreg_darien_dmg": 160,
    "irreg_honduras_nat": 4198,
    "irreg_mexico_nat": 5759,
    "eu_asyapp": 43896,
}


@pytest.mark.parametrize(("name", "rows"), ROWS.items())
def test_every_row_is_kept_or_set_aside(folder: Path, name: str, rows: int) -> None:
    reading = read(folder / f"{name}.csv.gz")
    kept = reading.observations["row"].drop_nulls().n_unique() if reading.kept is None else reading.kept
    assert reading.read == rows == kept + account(reading)
    cell = ["indicator", "area", "period", "sex", "age", "migratory_status", "origin", "breakdown"]
    assert not reading.observations.select(cell).is_duplicated().any()


def test_days_since_1970_become_months(folder: Path) -> None:
    first = read(folder / "frontex.csv.gz").observations.filter(pl.col("row") == 2).row(0, named=True)
    # The first row of the file: Central Mediterranean Route, Sea, BGD, 14245, 41; day 14245 is 1 January 2009.
    assert (first["period"], first["origin"], first["value"]) == ("2009-01", "BGD", 41)
    assert first["breakdown"] == "border=Sea;route=Central Mediterranean Route"
    assert read(folder / "frontex.csv.gz").vintage == "2025-04-30"


def test_detections_count_crossings_not_persons(folder: Path) -> None:
    for name in (
        "frontex",
        "irreg_usa",
        "irreg_darien_nat",
        "irreg_darien_dmg",
        "irreg_honduras_nat",
        "irreg_mexico_nat",
    ):
        found = read(folder / f"{name}.csv.gz").observations
        assert found["indicator"].unique().to_list() == ["border-detections"]
        assert found["unit"].unique().to_list() == ["crossings"]


def test_a_year_is_added_up_only_when_it_is_whole(folder: Path) -> None:
    reading = read(folder / "frontex.csv.gz")
    detections = {"indicator": "border-detections", "area": "EU27"}
    assert value(reading, **detections, period="2015") == 1_822_102
    assert value(reading, **detections, period="2024") == 240_021
    assert "2025" not in set(reading.observations["period"])
    assert "2025-04" in set(reading.observations["period"])


def test_before_october_2019_nationality_is_not_told_and_not_invented(folder: Path) -> None:
    reading = read(folder / "irreg_usa.csv.gz")
    encounters = {"indicator": "border-detections", "area": "USA"}
    assert value(reading, **encounters, period="2019") == 921_812
    by_origin = reading.observations.filter(pl.col("origin") != "_T")
    assert by_origin["period"].min() == "2019-10"
    assert by_origin.filter(pl.col("period").str.len_chars() == 4)["period"].min() == "2020"


def test_a_january_that_holds_a_whole_year_is_a_year(folder: Path) -> None:
    reading = read(folder / "irreg_darien_nat.csv.gz")
    darien = {"indicator": "border-detections", "area": "PAN", "breakdown": "route=Darien"}
    assert value(reading, **darien, period="2016") == 30_055
    assert value(reading, **darien, period="2023") == 520_085
    assert "2016-01" not in set(reading.observations["period"])
    assert {"2020-01", "2025-01"} <= set(reading.observations["period"])


def test_by_sex_and_age_the_darien_adds_up_to_its_total(folder: Path) -> None:
    reading = read(folder / "irreg_darien_dmg.csv.gz")
    darien = {"indicator": "border-detections", "area": "PAN", "breakdown": "route=Darien", "period": "2023"}
    cells = [value(reading, **darien, sex=sex, age=age) for sex in ("F", "M") for age in ("Y0T17", "Y_GE18")]
    assert sum(cell or 0 for cell in cells) == 520_085
    women = [value(reading, **darien, sex="F", age=age) or 0 for age in ("Y0T17", "Y_GE18")]
    assert value(reading, **darien, sex="F") == sum(women)


def test_two_rows_of_one_nationality_code_are_added_and_say_so(folder: Path) -> None:
    reading = read(folder / "irreg_mexico_nat.csv.gz")
    # Day 18017 is 1 May 2019: rows of 8 and of 1 for the code GIN.
    guinea = reading.observations.filter((pl.col("origin") == "GIN") & (pl.col("period") == "2019-05")).row(
        0, named=True
    )
    assert (guinea["value"], guinea["note"]) == (9, "computed: sum over 2 rows of one code")


def test_stateless_people_have_one_code_everywhere(folder: Path) -> None:
    for name in ("frontex", "irreg_honduras_nat", "irreg_mexico_nat", "eu_asyapp"):
        origins = set(read(folder / f"{name}.csv.gz").observations["origin"])
        assert "XXA" in origins
        assert "STL" not in origins


def test_the_union_stands_beside_its_members_and_is_not_added_to_them(folder: Path) -> None:
    reading = read(folder / "eu_asyapp.csv.gz")
    assert value(reading, indicator="asylum.applicants", area="EU27", period="2023") == 1_130_825
    assert not {"001", "150"} & set(reading.observations["area"])
    raw = pl.read_csv(folder / "eu_asyapp.csv.gz", infer_schema=False)
    germany = raw.filter((pl.col("geo") == "DEU") & (pl.col("t") == "2023"))
    assert value(reading, indicator="asylum.applicants", area="DEU", period="2023") == germany["n"].cast(pl.Int64).sum()
    women = germany.filter(pl.col("sex") == "female")["n"].cast(pl.Int64).sum()
    assert value(reading, indicator="asylum.applicants", area="DEU", period="2023", sex="F") == women


def test_the_applicants_of_eurostat_are_all_of_them_and_not_those_of_a_first_time(folder: Path) -> None:
    reading = read(folder / "eu_asyapp.csv.gz")
    counts = pl.read_csv(
        folder.parent / "unhcr-refugee-statistics" / "asylum_applications.csv.gz", infer_schema=False
    ).filter((pl.col("coa_iso") == "DEU") & (pl.col("app_type") != "A"))
    for year in ("2023", "2024"):
        here = value(reading, indicator="asylum.applicants", area="DEU", period=year)
        there = dict(
            counts.filter(pl.col("year") == year)
            .group_by("app_type")
            .agg(pl.col("applied").cast(pl.Int64).sum())
            .iter_rows()
        )
        assert here is not None
        assert here == pytest.approx(there["N"] + there["R"], rel=0.01)
        assert here > 1.05 * there["N"]
