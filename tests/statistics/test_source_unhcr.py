"""UNHCR's tables: ISO columns only, origins that are no country, people and cases apart, nothing dropped."""

from __future__ import annotations

import gzip
from functools import cache
from pathlib import Path

import polars as pl
import pytest

from opencompact.compact import catalogue
from opencompact.statistics.accounting import account
from opencompact.statistics.sources.contract import Reading, recognise
from opencompact.statistics.sources.contract import reader as reader_of
from opencompact.statistics.sources.file import SourceFile


@cache
def read(path: Path) -> Reading:
    file = SourceFile(path)
    recognition = recognise(file)
    assert recognition is not None
    return reader_of(recognition.source).read(file, recognition)


@pytest.fixture(scope="module")
def folder(data: Path) -> Path:
    return data / "unhcr-refugee-statistics"


def value(reading: Reading, **cell: str) -> float | None:
    """The one value of a cell; totals where nothing is said."""
    asked = {"sex": "_T", "age": "_T", "origin": "_T", "breakdown": "_T", **cell}
    rows = reading.observations.filter(pl.all_horizontal(pl.col(name) == code for name, code in asked.items()))
    assert rows.height == 1, (asked, rows)
    return rows["value"].item()


def kept(reading: Reading) -> int:
    return reading.observations["row"].drop_nulls().n_unique() if reading.kept is None else reading.kept


TABLES = {
    "population": 138893,
    "asylum_applications": 120597,
    "asylum_decisions": 113929,
    "demographics": 20771,
    "solutions": 21258,
    "flows": 105868,
    "idmc": 934,
    "unrwa": 296,
    "hdx_hapi_returnees_global": 2301,
}


@pytest.mark.slow
@pytest.mark.parametrize(("table", "rows"), TABLES.items())
def test_every_row_is_kept_or_set_aside(folder: Path, table: str, rows: int) -> None:
    reading = read(folder / f"{table}.csv.gz")
    assert reading.read == rows == kept(reading) + account(reading)
    cell = ["indicator", "area", "period", "sex", "age", "migratory_status", "origin", "breakdown"]
    assert not reading.observations.select(cell).is_duplicated().any()
    assert reading.observations.select(cell).null_count().sum_horizontal().item() == 0


def test_countries_are_those_of_the_iso_columns_and_never_unhcrs_own_codes(folder: Path) -> None:
    reading = read(folder / "population.csv.gz")
    raw = pl.read_csv(folder / "population.csv.gz", infer_schema=False)
    austria = raw.filter((pl.col("coa") == "AUS") & (pl.col("year") == "2024"))
    assert austria["coa_iso"].unique().to_list() == ["AUT"]
    by_hand = austria["refugees"].cast(pl.Int64).sum()
    assert value(reading, indicator="refugees.hosted", area="AUT", period="2024") == by_hand
    assert value(reading, indicator="refugees.hosted", area="AUS", period="2024") != by_hand


def test_the_world_is_the_sum_of_all_rows(folder: Path) -> None:
    reading = read(folder / "population.csv.gz")
    assert value(reading, indicator="refugees.hosted", area="001", period="2025") == 28_461_306
    assert value(reading, indicator="refugees.origin", area="001", period="2025") == 28_461_306
    assert value(reading, indicator="idps", area="001", period="2025") == 64_239_352
    assert value(reading, indicator="stateless", area="001", period="2025") == 4_477_220
    assert value(reading, indicator="protection.other", area="001", period="2025") == 7_177_473


def test_a_region_is_the_sum_of_its_members_and_says_so(folder: Path) -> None:
    from opencompact.compact import area

    reading = read(folder / "population.csv.gz")
    rows = reading.observations.filter(
        (pl.col("indicator") == "refugees.hosted") & (pl.col("period") == "2024") & (pl.col("origin") == "_T")
    )
    region = rows.filter(pl.col("area") == "145").row(0, named=True)
    members = rows.filter(pl.col("area").is_in(area("145").members))
    assert region["value"] == members["value"].sum() > 0
    assert region["status"] == "E"
    assert region["note"] == f"computed: sum over {members.height} of {len(area('145').members)} areas"


def test_origins_that_are_no_country_keep_codes_of_their_own(folder: Path) -> None:
    population = read(folder / "population.csv.gz").observations
    assert {"UNK", "XXA", "TIB"} <= set(population["origin"])
    flows = read(folder / "flows.csv.gz").observations
    assert {"UNK", "XXA", "TIB"} <= set(flows["origin"])
    assert not {"UKN", "STA"} & (set(flows["origin"]) | set(flows["area"]))


def test_a_row_whose_origin_is_the_country_of_asylum_counts_its_own_people(folder: Path) -> None:
    reading = read(folder / "population.csv.gz")
    idps = reading.observations.filter(pl.col("indicator") == "idps")
    assert idps["origin"].unique().to_list() == ["_T"]
    raw = pl.read_csv(folder / "population.csv.gz", infer_schema=False)
    sudan = raw.filter((pl.col("coa_iso") == "SDN") & (pl.col("coo_iso") == "SDN") & (pl.col("year") == "2024"))
    assert value(reading, indicator="idps", area="SDN", period="2024") == float(sudan["idps"].item())


def test_an_empty_cell_of_other_people_in_need_of_protection_is_not_zero(folder: Path) -> None:
    reading = read(folder / "population.csv.gz")
    other = reading.observations.filter(pl.col("indicator") == "protection.other")
    assert other["period"].min() == "2018"
    empty = reading.set_aside.filter((pl.col("column") == "oip") & pl.col("reason").str.starts_with("empty"))
    assert empty["count"].item() == 138_738


def test_a_zero_that_may_stand_for_not_reported_says_so(folder: Path) -> None:
    reading = read(folder / "population.csv.gz")
    zero = reading.observations.filter(
        (pl.col("value") == 0) & (pl.col("area").str.len_chars() == 3) & pl.col("row").is_null()
    )
    published = zero.filter(pl.col("status") != "E")
    assert published["status"].unique().to_list() == ["U"]
    stands_for_both, of_groups = "0 stands for none and for not reported", pl.col("note").str.starts_with("computed: ")
    assert published.filter(~of_groups)["note"].unique().to_list() == [stands_for_both]
    assert published.filter(of_groups)["note"].str.ends_with("; " + stands_for_both).all(), "a sum of nothing else"


def test_returns_are_told_for_the_country_returned_to(folder: Path) -> None:
    reading = read(folder / "solutions.csv.gz")
    raw = pl.read_csv(folder / "solutions.csv.gz", infer_schema=False).filter(
        (pl.col("year") == "2025") & (pl.col("coo_iso") == "SYR")
    )
    by_hand = raw["returned_refugees"].cast(pl.Int64).sum()
    assert value(reading, indicator="returns.refugees", area="SYR", period="2025") == by_hand > 0
    assert value(reading, indicator="returns.refugees", area="001", period="2025") == 4_362_272


def test_people_newly_displaced_are_told_of_where_they_arrived_and_apart_of_where_they_fled_from(folder: Path) -> None:
    reading = read(folder / "flows.csv.gz")
    raw = pl.read_csv(folder / "flows.csv.gz", infer_schema=False).filter(pl.col("year") == "2024")
    cell = {"period": "2024", "breakdown": "status=asylum-seekers"}
    for indicator, column in (("displacement.cross-border.new", "coa"), ("displacement.cross-border.origin", "coo")):
        by_hand = raw.filter(pl.col(f"{column}_iso") == "MEX")["asylum_seekers"].cast(pl.Int64).sum()
        assert value(reading, indicator=indicator, area="MEX", **cell) == by_hand > 0
    everywhere = [
        value(reading, indicator=f"displacement.cross-border.{end}", area="001", **cell) for end in ("new", "origin")
    ]
    assert everywhere[0] == everywhere[1] == raw["asylum_seekers"].cast(pl.Int64).sum()


def test_leaving_is_judged_by_those_who_left_from_here_and_arriving_is_not_judged() -> None:
    arrived, left = (catalogue().indicator(f"displacement.cross-border.{end}") for end in ("new", "origin"))
    assert (arrived.direction, 2 in arrived.objectives) == ("neither", False)
    assert (left.direction, 2 in left.objectives) == ("down", True)


@pytest.mark.slow
def test_people_and_cases_are_never_added(folder: Path) -> None:
    for table, column in (("asylum_applications", "app_pc"), ("asylum_decisions", "dec_pc")):
        found = read(folder / f"{table}.csv.gz").observations
        assert set(found["unit"]) == {"persons", "cases"}
        assert (found["breakdown"].str.contains("unit=cases") == (found["unit"] == "cases")).all()
        assert found["breakdown"].str.contains("level=|stage=").all()
        raw = pl.read_csv(folder / f"{table}.csv.gz", infer_schema=False)
        assert found.filter(pl.col("unit") == "cases")["row"].drop_nulls().n_unique() == (raw[column] == "C").sum()


@pytest.mark.slow
def test_new_applications_and_first_decisions_are_added_over_all_procedures_without_appeals(folder: Path) -> None:
    for table, number, unit, stage in (
        ("asylum_applications", "applied", "app_pc", "new"),
        ("asylum_decisions", "dec_total", "dec_pc", "first"),
    ):
        reading = read(folder / f"{table}.csv.gz")
        raw = pl.read_csv(folder / f"{table}.csv.gz", infer_schema=False).filter(pl.col("year") == "2025")
        raw = raw.filter((pl.col(unit) == "P") & ~pl.col("dec_level").is_in(["AR", "JR", "RA"]))
        if stage == "new":
            raw = raw.filter(pl.col("app_type").is_in(["N", "NR"]))
        cell = {"indicator": table.replace("_", "."), "period": "2025", "breakdown": f"stage={stage};unit=persons"}
        for area, rows in (("DEU", raw.filter(pl.col("coa_iso") == "DEU")), ("001", raw)):
            assert value(reading, area=area, **cell) == rows[number].cast(pl.Int64).sum() > 100_000


@pytest.mark.slow
def test_a_total_that_its_outcomes_do_not_add_up_to_is_of_low_reliability(folder: Path) -> None:
    found = read(folder / "asylum_decisions.csv.gz").observations
    flagged = found.filter(pl.col("status") == "U")
    assert flagged.height == 444
    assert not flagged["breakdown"].str.contains("outcome=").any()
    assert flagged["note"].unique().to_list() == ["the outcomes do not add up to this total"]


def test_people_whose_sex_is_not_told_are_counted_as_such(folder: Path) -> None:
    reading = read(folder / "demographics.csv.gz")
    flagged = reading.set_aside.filter(pl.col("column") == "total")
    nothing_told = reading.set_aside.filter(pl.col("column").is_null())
    assert flagged.height + nothing_told["count"].sum() == 3_630
    women = value(reading, indicator="refugees.hosted", area="001", period="2025", sex="F")
    men = value(reading, indicator="refugees.hosted", area="001", period="2025", sex="M")
    unknown = value(reading, indicator="refugees.hosted", area="001", period="2025", sex="_U")
    assert (women, men) == (12_882_756, 12_693_608)
    assert unknown is not None
    assert unknown > 0
    totals = reading.observations.filter((pl.col("sex") == "_T") & (pl.col("age") == "_T"))
    assert totals.is_empty()


def test_idmcs_count_and_unhcrs_are_two_sources(folder: Path) -> None:
    file = SourceFile(folder / "idmc.csv.gz")
    recognition = recognise(file)
    assert recognition is not None
    assert (recognition.source, recognition.table) == ("unhcr.idmc", "idmc")
    assert (
        value(read(folder / "idmc.csv.gz"), indicator="displacement.conflict", area="001", period="2025") == 68_653_080
    )
    unrwa = recognise(SourceFile(folder / "unrwa.csv.gz"))
    assert unrwa is not None
    assert unrwa.source == "unhcr.unrwa"


def test_rows_of_all_are_totals_of_returnees_and_errors_are_set_aside(folder: Path) -> None:
    reading = read(folder / "hdx_hapi_returnees_global.csv.gz")
    assert reading.set_aside["reason"].unique().to_list() == ["Non matching country code(s) STA"]
    assert reading.set_aside.height == 13
    afghanistan = {"indicator": "returns.refugees", "area": "AFG", "period": "2020"}
    parts = [value(reading, **afghanistan, sex="F", age=age) for age in ("Y0T4", "Y5T11", "Y12T17", "Y18T59", "Y_GE60")]
    assert sum(part or 0 for part in parts) == value(reading, **afghanistan, sex="F") == 1065


def test_a_list_of_countries_holds_no_observations(folder: Path) -> None:
    recognition = recognise(SourceFile(folder / "countries.csv.gz"))
    assert recognition is not None
    assert recognition.reason == "a list of countries and codes, no observations"


def test_text_in_a_count_is_set_aside_with_its_place(tmp_path: Path) -> None:
    header = (
        "year,coo_name,coo,coo_iso,coa_name,coa,coa_iso,returned_refugees,resettlement,naturalisation,returned_idps"
    )
    rows = ["2020,A,AFG,AFG,B,BGD,BGD,<5,7,,", "2020,A,AFG,AFG,C,CHD,TCD,,,,"]
    (tmp_path / "solutions.csv").write_text("\n".join([header, *rows]) + "\n", "utf-8")
    reading = read(tmp_path / "solutions.csv")
    text = reading.set_aside.filter(pl.col("content") == "<5").row(0, named=True)
    assert (text["row"], text["column"], text["reason"]) == (2, "returned_refugees", "no number")
    assert reading.read == 2 == kept(reading) + account(reading)


def test_a_truncated_download_is_refused(tmp_path: Path, folder: Path) -> None:
    from opencompact.errors import InputError

    whole = (folder / "unrwa.csv.gz").read_bytes()
    (tmp_path / "unrwa.csv.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="ends before"):
        recognise(SourceFile(tmp_path / "unrwa.csv.gz"))
    assert gzip.decompress(whole)


def test_the_share_of_refugees_comes_near_the_published_series(data: Path, folder: Path) -> None:
    """Against SM_POP_REFG_OR of 2000 to 2019, with a population of a later revision than UNSD had."""
    from opencompact.statistics.observations import observations
    from opencompact.statistics.sources.unhcr_share import refugees_per_population

    world = pl.read_csv(data / "worldbank-remittances" / "derived_wdi_selected_1950_2023.csv.gz", infer_schema=False)
    people = world.filter(pl.col("var") == "pop").select(
        pl.col("geo").alias("area"), pl.col("t").alias("period"), pl.col("v").cast(pl.Float64).alias("value")
    )
    population = observations(people, indicator="population", unit="persons", source="a.source", vintage="2024-01-01")
    computed = refugees_per_population(read(folder / "population.csv.gz").observations, population)
    path = next((data / "unsd-sdg-global-database-2020-10" / "datapoints").glob("*--sm_pop_refg_or--*"))
    published = read(path).observations
    both = published.join(computed, on=["area", "period"]).filter(pl.col("value") > 1_000)
    off = (both["value_right"] / both["value"] - 1).abs()
    assert both.height > 200
    assert off.median() < 0.03  # type: ignore[operator]
    syria = computed.filter((pl.col("area") == "SYR") & (pl.col("period") == "2018")).row(0, named=True)
    assert 25_000 < syria["value"] < 29_000
    assert syria["status"] == "E"
    assert syria["note"].endswith("population: a.source of 2024-01-01")


def test_no_share_is_computed_without_a_population() -> None:
    from opencompact.statistics.observations import observations
    from opencompact.statistics.sources.unhcr_share import refugees_per_population

    cells = {"area": ["AAX", "AAY"], "period": ["2020", "2020"], "value": [10.0, 20.0]}
    refugees = observations(pl.DataFrame(cells), indicator="refugees.origin", unit="persons")
    people = observations(pl.DataFrame({**cells, "value": [90.0, 0.0]}), indicator="population", unit="persons")
    assert refugees_per_population(refugees, people).select("area", "value").rows() == [("AAX", 10_000.0)]


def test_others_who_need_protection_are_counted_with_the_refugees_of_their_country_and_its_region() -> None:
    from opencompact.statistics.observations import observations
    from opencompact.statistics.sources.unhcr_share import refugees_per_population

    areas = {"area": ["VEN", "005", "COL"], "period": ["2024"] * 3}
    refugees = observations(pl.DataFrame({**areas, "value": [1.0, 2.0, 1.0]}), indicator="refugees.origin")
    people = observations(pl.DataFrame({**areas, "value": [90.0, 900.0, 99.0]}), indicator="population")
    hosted = {"area": ["COL", "PER", "005"], "origin": ["VEN"] * 3, "period": ["2024"] * 3, "value": [4.0, 5.0, 9.0]}
    others = observations(pl.DataFrame(hosted), indicator="protection.other")
    found = {row["area"]: row["value"] for row in refugees_per_population(refugees, people, others).to_dicts()}
    assert found == {"VEN": 10_000.0, "005": pytest.approx(100_000 * 11 / 911), "COL": 1_000.0}
