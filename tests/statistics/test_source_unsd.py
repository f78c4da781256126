"""UNSD's two editions of SDG series: areas without zeros, letters for numbers, nature, footnotes and bounds."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from opencompact.errors import InvalidDataError
from opencompact.statistics.accounting import account
from opencompact.statistics.sources.contract import Reading, reader, recognise
from opencompact.statistics.sources.file import SourceFile


@cache
def read(path: Path) -> Reading:
    file = SourceFile(path)
    recognition = recognise(file)
    assert recognition is not None, path
    return reader(recognition.source).read(file, recognition)


@pytest.fixture(scope="module")
def database(data: Path) -> Path:
    return data / "unsd-sdg-global-database-2020-10"


@pytest.fixture(scope="module")
def profiles(data: Path) -> Path:
    return data / "unsd-country-profiles-2019"


def series(folder: Path, name: str) -> Reading:
    return read(next((folder / "datapoints").glob(f"ddf--datapoints--{name}--by--*")))


def profile(folder: Path, name: str) -> Reading:
    return read(next(folder.glob(f"Indicator_*_Series_{name}.json.gz")))


def value(reading: Reading, **cell: str) -> float | None:
    asked = {"sex": "_T", "age": "_T", "migratory_status": "_T", "breakdown": "_T", **cell}
    rows = reading.observations.filter(pl.all_horizontal(pl.col(name) == code for name, code in asked.items()))
    assert rows.height == 1, (asked, rows)
    return rows["value"].item()


def test_every_row_of_every_series_is_kept_or_set_aside(database: Path, profiles: Path) -> None:
    files = sorted((database / "datapoints").iterdir())
    assert len(files) == 51
    for path in [*files, *sorted(profiles.iterdir())]:
        reading = read(path)
        assert reading.read == reading.observations["row"].n_unique() + account(reading), path.name
    for path in files:
        assert read(path).read == len(gzip.decompress(path.read_bytes()).splitlines()) - 1, path.name


def test_areas_are_m49_codes_without_their_zeros(database: Path) -> None:
    reading = series(database, "sm_dth_migr")
    assert value(reading, indicator="10.7.3", area="001", period="2014") == 5_290
    assert {"DZA", "MEX"} <= set(reading.observations["area"])
    assert not reading.observations["area"].str.contains(r"^\d{1,2}$").any()


def test_a_zero_is_a_value(database: Path) -> None:
    assert (series(database, "sm_dth_migr").observations["value"] == 0).sum() == 1_146


def test_the_letter_n_is_a_missing_value_and_no_number(database: Path) -> None:
    reading = series(database, "sg_cpa_migrs")
    missing = reading.observations.filter(pl.col("value").is_null())
    assert missing.height == 350
    assert missing["status"].unique().to_list() == ["O"]
    albania = {"indicator": "10.7.2", "area": "ALB", "period": "2019"}
    # 8,c,alldomains,number,2019,3 and 8,c,domain1,number,2019,2
    assert value(reading, **albania, breakdown="series=SG_CPA_MIGRS") == 3
    assert value(reading, **albania, breakdown="domain=1;series=SG_CPA_MIGRS") == 2


def test_migratory_status_travels_in_its_own_column(database: Path) -> None:
    reading = series(database, "sl_emp_ftlinjur")
    assert set(reading.observations["migratory_status"]) == {"_T", "MIGRANT", "NONMIGRANT", "EUMIGRANT", "NONEUMIGRANT"}
    assert value(reading, indicator="8.8.1", area="DZA", period="2000", breakdown="series=SL_EMP_FTLINJUR") == 27.28
    not_specified = series(database, "sp_dyn_adkl").observations
    assert not_specified["migratory_status"].unique().to_list() == ["_T"]
    assert not_specified["age"].unique().to_list() == ["Y15T19"]


def test_the_nature_of_a_value_is_its_status(database: Path) -> None:
    natures = series(database, "bx_trf_pwkr").observations.select("status", "note").unique().rows()
    assert natures == [("A", "country data, adjusted")]
    estimated = series(database, "sh_acs_unhc").observations.filter(pl.col("status") == "E")
    assert estimated["note"].unique().to_list() == ["estimated"]


def test_a_group_that_m49_no_longer_has_is_set_aside_by_name(database: Path) -> None:
    reasons = set(series(database, "sm_pop_refg_or").set_aside["reason"])
    assert "no area of M49 today: Developing regions" in reasons
    assert len(reasons) == 9


def test_several_series_of_one_indicator_stay_apart(database: Path) -> None:
    for name in ("vc_htf_detv", "vc_htf_detvsx", "si_cov_pensn"):
        assert series(database, name).observations["breakdown"].str.contains(f"series={name.upper()}").all()
    quantiles = series(database, "si_cov_lmkt").observations["breakdown"]
    assert set(quantiles) == {"series=SI_COV_LMKT", "quantile=Q1;series=SI_COV_LMKT"}


def test_grounds_and_disability_are_breakdowns(database: Path) -> None:
    keys = set(series(database, "vc_vov_gdsd").observations["breakdown"])
    assert {"_T", "ground=MIG", "disability=PWD"} <= keys


def test_code_lists_and_concepts_hold_no_observations(database: Path) -> None:
    for path in sorted(database.glob("ddf--*.csv")):
        recognition = recognise(SourceFile(path))
        assert recognition is not None, path.name
        assert recognition.reason is not None


def test_a_censored_value_is_never_a_plain_value(profiles: Path) -> None:
    reading = profile(profiles, "SH_ACS_UNHC")
    bounds = reading.observations.filter(pl.col("lower").is_not_null())
    set_aside = reading.set_aside.filter(pl.col("content") == ">=80")
    assert bounds.height + set_aside.height == 20
    canada = bounds.filter(pl.col("area") == "CAN").row(0, named=True)
    assert (canada["value"], canada["lower"], canada["upper"], canada["status"]) == (80, 80, None, "U")
    assert canada["note"].startswith("published as >=80")


def test_a_footnote_becomes_a_note(profiles: Path) -> None:
    notes = profile(profiles, "SG_REG_BRTH").observations["note"].drop_nulls()
    assert notes.str.contains("Births registered").sum() >= 10
    organs = profile(profiles, "VC_HTF_DETVOG").observations
    assert organs["note"].str.contains("Data in reference to one country").all()
    assert {"Y0T17", "Y_GE18", "_T"} == set(organs["age"])


def test_a_release_is_dated_by_its_quarter(profiles: Path) -> None:
    assert profile(profiles, "SI_RMT_COST").vintage == "2019-06-30"


def test_the_two_editions_are_two_sources(database: Path, profiles: Path) -> None:
    old = recognise(SourceFile(next(profiles.glob("*SI_RMT_COST*"))))
    new = recognise(SourceFile(next((database / "datapoints").glob("*si_rmt_cost*"))))
    assert old is not None
    assert new is not None
    assert (old.source, new.source) == ("unsd.country-profiles", "unsd.sdg-database")


def test_a_profile_without_its_fields_is_a_sentence_not_a_traceback(tmp_path: Path) -> None:
    content = {"seriesCode": "SI_RMT_COST", "release": "2019.Q2.G.01", "refAreas": [{"ISO3": "MEX", "data": [{}]}]}
    (tmp_path / "profile.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(InvalidDataError, match="has not the form"):
        read(tmp_path / "profile.json")


def test_of_a_group_it_is_told_how_many_countries_have_something(database: Path) -> None:
    found = series(database, "sg_reg_censusn").observations
    assert set(found.filter(pl.col("area") == "001")["unit"]) == {"number"}
    assert set(found.filter(pl.col("area") == "MEX")["unit"]) <= {"yes or no"}


def test_every_series_of_a_release_has_the_date_of_the_release(data: Path) -> None:
    folder = data / "unsd-sdg-global-database-2020-10" / "datapoints"
    readings = []
    for path in sorted(folder.iterdir())[:4]:
        file = SourceFile(path)
        found = recognise(file)
        assert found is not None
        readings.append(reader(found.source).read(file, found))
    assert {(reading.vintage, reading.dated) for reading in readings} == {("2020-10-31", True)}


def test_a_series_in_a_folder_of_no_release_has_no_date_of_its_own(data: Path, tmp_path: Path) -> None:
    path = min((data / "unsd-sdg-global-database-2020-10" / "datapoints").iterdir())
    (tmp_path / "downloads").mkdir()
    copy = tmp_path / "downloads" / path.name
    copy.write_bytes(path.read_bytes())
    found = recognise(SourceFile(copy))
    assert found is not None
    reading = reader(found.source).read(SourceFile(copy), found)
    assert (reading.vintage[4:], reading.dated) == ("-12-31", False)
