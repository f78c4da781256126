"""National files of Open SDG sites: every form of year, column and placeholder that four countries use."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import InvalidDataError
from opencompact.statistics.accounting import account
from opencompact.statistics.sources.contract import Reading, Recognition, reader, recognise
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.sources.open_sdg_cells import age_of
from opencompact.statistics.sources.open_sdg_periods import period_of


def recognised(path: Path) -> Recognition:
    found = recognise(SourceFile(path))
    assert found is not None, path
    return found


@cache
def read(path: Path) -> Reading:
    recognition = recognised(path)
    return reader(recognition.source).read(SourceFile(path), recognition)


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    return data / "national-open-sdg"


def only(reading: Reading, **cell: str | None) -> dict[str, object]:
    rows = reading.observations.filter(pl.all_horizontal(pl.col(name) == code for name, code in cell.items()))
    assert rows.height == 1, (cell, rows)
    return rows.row(0, named=True)


def written(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def test_every_row_of_every_file_is_kept_or_set_aside(folder: Path) -> None:
    files = sorted(folder.rglob("*.csv"))
    assert len(files) == 81
    for path in files:
        if recognised(path).reason is None:
            reading = read(path)
            assert reading.read == reading.observations["row"].n_unique() + account(reading), path
            assert reading.observations.height > 0, path


PERIODS = {
    "2013": ("2013", None, None),
    "2013 Q1": ("2013-Q1", None, None),
    "2021/22 [Note 5]": ("2021", None, "2021/22 [Note 5]"),
    "2007/08 to 2008/09": ("2008", "2007/08 to 2008/09", "2007/08 to 2008/09"),
    "1980 to 1990": ("1990", "1980 to 1990", "1980 to 1990"),
    "2021-2022*": ("2022", "2021-2022", "2021-2022*"),
    "2020*": ("2020", None, "2020*"),
    "20222": None,
    "2021/23": None,
    "There is no data for this indicator yet": None,
}


@pytest.mark.parametrize(("text", "period"), PERIODS.items())
def test_a_year_that_is_no_year_is_placed_or_set_aside(text: str, period: object) -> None:
    assert period_of(text) == period


AGES = {
    "aged 0-17 years": "Y0T17",
    "55–59": "Y55T59",
    "25 to 49": "Y25T49",
    "15 and under": "Y0T15",
    "Under 18": "Y0T17",
    "Under 5 years old": "Y0T4",
    "75 or older": "Y_GE75",
    "aged 63 and older": "Y_GE63",
    "65 years and over": "Y_GE65",
    "Total, 15 years and over": "_T",
    "Age not known": "_U",
    "aged 15 years": "Y15",
    "up to 6 months": None,
}


@pytest.mark.parametrize(("text", "code"), AGES.items())
def test_ages_in_words_become_codes(text: str, code: str | None) -> None:
    assert age_of(text) == code


PLACEHOLDERS = {
    "uk/indicator_10-7-1.csv": "a sentence in place of data: There is no data for this indicator yet",
    "uk/indicator_17-18-2.csv": "a sentence in place of data: This is a non-statistical indicator",
    "usa/indicator_10-7-2.csv": "the template of the site: one row of 2015 with the value 0",
    "armenia/indicator_10-7-1.csv": "the template of the site: groups A and B with the values 1 to 3",
    "armenia/indicator_10-3-1.csv": "the template of the site: groups A and B with the values 1 to 3",
    "armenia/indicator_10-7-3.csv": "no rows below the header",
}


@pytest.mark.parametrize(("name", "reason"), PLACEHOLDERS.items())
def test_a_placeholder_that_looks_like_data_is_none(folder: Path, name: str, reason: str) -> None:
    assert recognised(folder / name).reason == reason


def test_spans_and_financial_years_keep_what_the_file_says(folder: Path) -> None:
    reading = read(folder / "uk" / "indicator_10-3-1.csv")
    spans = reading.observations.filter(pl.col("period") == "2008")
    assert spans["breakdown"].str.contains("span=2007/08 to 2008/09").all()
    assert spans["note"].unique().to_list() == ["the file says 2007/08 to 2008/09"]
    noted = read(folder / "uk" / "indicator_8-8-1.csv").observations.filter(pl.col("note").str.contains("Note 5"))
    assert noted.height > 0
    quarters = read(folder / "canada" / "indicator_10-3-1.csv").observations
    assert set(quarters["period"]) == {"2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"}


def test_a_byte_order_mark_is_no_part_of_the_first_column(folder: Path) -> None:
    path = folder / "armenia" / "indicator_17-3-2.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert only(read(path), period="2015")["unit"] == "percent"


def test_columns_of_different_names_mean_one_dimension(folder: Path) -> None:
    armenia = read(folder / "armenia" / "indicator_10-7-2.csv").observations
    canada = read(folder / "canada" / "indicator_10-7-2.csv").observations
    domains = {f"domain={number}" for number in range(1, 7)}
    assert set(armenia["breakdown"]) == domains
    assert set(canada["breakdown"]) == {"_T", *domains}
    of_armenia = read(folder / "armenia" / "indicator_10-7-4.csv").observations
    of_canada = read(folder / "canada" / "indicator_10-7-4.csv").observations
    assert {"IRQ", "_T"} <= set(of_armenia["origin"])
    assert {"AFG", "MYS"} <= set(of_canada["origin"])


def test_immigrant_status_is_the_migratory_status(folder: Path) -> None:
    found = read(folder / "canada" / "indicator_10-3-1.csv").observations
    assert set(found["migratory_status"]) == {"_T", "MIGRANT", "NONMIGRANT"}
    recent = found.filter(pl.col("breakdown").str.contains("migratory-status=Immigrants, 10 years or less"))
    assert recent["migratory_status"].unique().to_list() == ["MIGRANT"]
    immigrants = found.filter(
        (pl.col("migratory_status") == "MIGRANT") & ~pl.col("breakdown").str.contains("migratory-status=")
    )
    assert immigrants.height > 0


def test_sex_and_age_in_one_column_come_apart(folder: Path) -> None:
    found = read(folder / "canada" / "indicator_10-2-1.csv").observations
    assert {("M", "Y_GE65"), ("F", "Y0T17"), ("_T", "_T"), ("_T", "Y0T17")} <= set(found.select("sex", "age").rows())


def test_cause_origin_age_and_sex_of_deaths_in_the_united_kingdom(folder: Path) -> None:
    found = read(folder / "uk" / "indicator_10-7-3.csv").observations
    assert {"014", "UNK", "_T"} <= set(found["origin"])
    assert {"_T", "Y0T17"} == set(found["age"])
    assert "cause-of-death=Drowning" in set(found["breakdown"])


def test_the_status_of_a_value_is_its_sdmx_code(folder: Path) -> None:
    assert set(read(folder / "uk" / "indicator_8-8-1.csv").observations["status"]) == {"A", "E", "P", "O"}
    assert set(read(folder / "uk" / "indicator_10-2-1.csv").observations["status"]) == {"D"}


def test_an_empty_value_is_missing_and_not_zero(folder: Path) -> None:
    found = read(folder / "canada" / "indicator_10-2-1.csv").observations
    missing = found.filter(pl.col("value").is_null())
    assert missing.height > 0
    assert missing["status"].unique().to_list() == ["O"]


def test_rows_that_no_label_tells_apart_are_set_aside_and_repeated_ones_once(folder: Path) -> None:
    reasons = read(folder / "armenia" / "indicator_1-3-1-j.csv").set_aside["reason"].unique().to_list()
    assert reasons == ["other rows of the same cell have other values, and no label tells them apart"]
    repeated = read(folder / "usa" / "indicator_16-9-1.csv").set_aside.row(0, named=True)
    assert (repeated["row"], repeated["reason"]) == (6, "the same as row 5")


def test_a_column_called_status_may_be_a_breakdown(folder: Path) -> None:
    found = read(folder / "usa" / "indicator_3-c-1.csv").observations
    assert "status=healthworker_dist_metro" in set(found["breakdown"])
    assert set(found["status"]) == {"A"}


def test_any_country_may_use_a_folder_of_its_iso_code(tmp_path: Path) -> None:
    path = written(tmp_path / "RWA", "indicator_10-c-1.csv", "Year,Sex,Value\n2020,,5.5\n2020,Women,6\n")
    recognition = recognised(path)
    assert (recognition.source, recognition.table) == ("national.open-sdg", "RWA-10-c-1")
    women = only(read(path), sex="F")
    assert (women["area"], women["indicator"], women["value"]) == ("RWA", "10.c.1", 6)
    assert (
        recognise(SourceFile(written(tmp_path / "elsewhere", "indicator_10-c-1.csv", "Year,Value\n2020,1\n"))) is None
    )


def test_a_number_with_a_comma_is_set_aside_and_a_strange_multiplier_refused(tmp_path: Path) -> None:
    path = written(tmp_path / "RWA", "indicator_1-1-1.csv", 'Year,Value\n2020,"1,204"\n2021,<5\n2022,3\n')
    assert read(path).set_aside.select("row", "content", "reason").rows() == [
        (2, "1,204", "no number"),
        (3, "<5", "no number"),
    ]
    strange = written(tmp_path / "KEN", "indicator_1-1-1.csv", "Year,Unit multiplier,Value\n2020,Dozens,4\n")
    with pytest.raises(InvalidDataError, match="multiplier is not known"):
        read(strange)
    thousands = written(tmp_path / "UGA", "indicator_1-1-1.csv", "Year,Unit multiplier,Value\n2020,Thousands,4\n")
    assert only(read(thousands), period="2020")["value"] == 4000
