"""UN DESA: migrants by destination, origin, sex and age in three revisions; population and its components."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from opencompact.errors import InvalidDataError
from opencompact.statistics import Workspace
from opencompact.statistics.sources.contract import reader, recognise
from opencompact.statistics.sources.file import SourceFile

TOTAL = {"sex": "_T", "age": "_T", "origin": "_T", "breakdown": "_T"}


@pytest.fixture(scope="module")
def by_hand(data: Path) -> dict[tuple[str, str, str, str], int]:
    """The 2024 table, read with the standard library: (destination, year, origin, sex) → people."""
    path = data / "undesa-migrant-stock" / "undesa_stocks_2024_origin_destination_sex.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return {(r["geo"], r["t"], r["from"], r["sex"]): int(r["n"]) for r in csv.DictReader(stream)}


@pytest.fixture(scope="module")
def workbook(data: Path) -> openpyxl.Workbook:
    path = data / "undesa-migrant-stock" / "undesa_pd_2020_ims_stock_by_sex_and_destination.xlsx"
    return openpyxl.load_workbook(path, read_only=True, data_only=True)


def series(found: pl.DataFrame) -> dict[str, float]:
    return dict(found.select("period", "value").rows())


def test_the_world_has_the_migrants_that_the_2024_table_adds_up_to(
    loaded: Workspace, by_hand: dict[tuple[str, str, str, str], int]
) -> None:
    sums: dict[str, int] = defaultdict(int)
    for (_, year, _, _), people in by_hand.items():
        sums[year] += people
    found = series(loaded.values("migrants", "world", **TOTAL))
    assert found == sums
    assert (round(found["1990"] / 1e6, 1), round(found["2024"] / 1e6, 1)) == (153.9, 304.0)


def test_a_country_s_migrants_by_sex_and_origin_are_those_of_the_file(
    loaded: Workspace, by_hand: dict[tuple[str, str, str, str], int]
) -> None:
    women = loaded.values("migrants", "MEX", "2024", sex="F", origin="_T")["value"].to_list()
    assert women == [sum(n for (to, t, _, sex), n in by_hand.items() if (to, t, sex) == ("MEX", "2024", "female"))]
    guatemalans = loaded.values("migrants", "MEX", "2024", sex="_T", origin="GTM").row(0, named=True)
    assert guatemalans["value"] == sum(by_hand["MEX", "2024", "GTM", sex] for sex in ("female", "male"))
    assert guatemalans["note"].startswith("computed")
    cell = loaded.values("migrants", "MEX", "2024", sex="F", origin="GTM").row(0, named=True)
    assert cell["note"].startswith("type of data: ")
    assert cell["row"] > 1


def test_a_region_s_migrants_are_the_sum_over_its_members(
    loaded: Workspace, by_hand: dict[tuple[str, str, str, str], int]
) -> None:
    from opencompact import compact

    members = set(compact.area("145").members)
    summed = sum(people for (to, year, _, _), people in by_hand.items() if year == "2024" and to in members)
    assert loaded.values("migrants", "145", "2024", **TOTAL)["value"].to_list() == [summed]


def test_emigrants_are_the_sum_over_destinations(
    loaded: Workspace, by_hand: dict[tuple[str, str, str, str], int]
) -> None:
    summed = sum(people for (_, year, origin, _), people in by_hand.items() if (year, origin) == ("2024", "BGD"))
    assert loaded.values("emigrants", "BGD", "2024", sex="_T")["value"].to_list() == [summed]


def test_people_of_other_or_unknown_origin_and_of_the_channel_islands_are_kept(loaded: Workspace) -> None:
    other = loaded.values("migrants", "001", "2024", origin="OOO", sex="_T")["value"].item()
    assert round(other / 1e6, 1) == 22.1
    assert loaded.values("migrants", "XCX", "2024", **TOTAL).height == 1


def test_zero_is_a_value(loaded: Workspace) -> None:
    found = loaded.values("migrants", vintage="2024-12-31", all_editions=True)
    assert found.filter(pl.col("row").is_not_null(), pl.col("value") == 0).height == 14_925


def test_revisions_of_2020_are_kept_apart(loaded: Workspace) -> None:
    found = loaded.values("migrants", "001", "2020", **TOTAL, all_editions=True)
    by_vintage = {vintage: round(value / 1e6, 1) for vintage, value in found.select("vintage", "value").rows()}
    assert by_vintage == {"2020-12-31": 280.6, "2024-12-31": 275.3}
    current = loaded.values("migrants", "001", "2020", **TOTAL)
    assert current["vintage"].to_list() == ["2024-12-31"]
    revised = loaded.revisions("migrants", area="001", period="2020")
    assert revised.filter(pl.col("origin") == "_T", pl.col("sex") == "_T")["percent"].round(1).to_list() == [-1.9]


def test_every_table_of_the_2020_workbook_is_read(loaded: Workspace, workbook: openpyxl.Workbook) -> None:
    rows = {sheet: list(workbook[sheet].iter_rows(min_row=12, values_only=True)) for sheet in workbook.sheetnames[1:7]}
    mexico = {sheet: next(row for row in listed if str(row[1]).strip() == "Mexico") for sheet, listed in rows.items()}
    year = {"area": "MEX", "period": "2020", "vintage": "2020-12-31", "sex": "_T"}
    for sheet, column, indicator, factor in (
        ("Table 1", 11, "migrants", 1),
        ("Table 2", 11, "population", 1000),
        ("Table 3", 11, "migrants.share", 1),
        ("Table 4", 11, "migrants.women-share", 1),
        ("Table 5", 10, "migrants.growth-rate", 1),
        ("Table 6", 11, "refugees.hosted", 1),
        ("Table 6", 18, "refugees.share-migrants", 1),
    ):
        found = loaded.values(indicator, **year, origin="_T")
        published = found.filter(pl.col("file").str.ends_with(".xlsx"))["value"].to_list()
        assert published == [pytest.approx(float(mexico[sheet][column]) * factor, rel=1e-9)], indicator


def test_missing_cells_of_the_workbook_are_set_aside_and_withheld_ones_are_suppressed(
    loaded: Workspace, workbook: openpyxl.Workbook
) -> None:
    aside = loaded.set_aside("undesa.migrant-stock@2020-12-31").filter(pl.col("table") == "destination")
    missing = aside.filter(pl.col("content") == "..", pl.col("column").str.starts_with("Table 1"))
    assert missing.height == 122
    tildes = sum(row.count("~") for row in workbook["Table 6"].iter_rows(min_row=12, values_only=True))
    found = loaded.values("refugees.hosted", vintage="2020-12-31", all_editions=True)
    share = loaded.values("refugees.share-migrants", vintage="2020-12-31", all_editions=True)
    growth = loaded.values("refugees.growth-rate", vintage="2020-12-31", all_editions=True)
    suppressed = pl.concat([found, share, growth]).filter(pl.col("confidentiality") == "C")
    assert suppressed["value"].null_count() == suppressed.height > 0
    assert set(suppressed["status"]) == {"Q"}
    assert suppressed.height <= tildes


def test_regions_and_groups_of_the_workbook_become_m49_codes_or_are_set_aside(loaded: Workspace) -> None:
    found = loaded.values("migrants", "202", "2020", vintage="2020-12-31", **TOTAL)
    published = found.filter(pl.col("file").str.ends_with(".xlsx"))
    assert published["value"].to_list() == [22_221_538]
    reasons = set(loaded.set_aside("undesa.migrant-stock@2020-12-31")["reason"])
    assert any("Middle-income countries" in reason for reason in reasons)
    assert any("second time" in reason for reason in reasons)


def test_names_with_a_country_note_are_read(loaded: Workspace, workbook: openpyxl.Workbook) -> None:
    noted = next(row for row in workbook["Table 1"].iter_rows(min_row=12, values_only=True) if "China*" in str(row[1]))
    found = loaded.values("migrants", "CHN", "2020", vintage="2020-12-31", **TOTAL)
    assert noted[11] in found["value"].to_list()


def test_the_tables_called_2020_are_the_2019_revision(loaded: Workspace) -> None:
    editions = loaded.editions().filter(pl.col("edition") == "undesa.migrant-stock@2019-12-31")
    assert set(editions["table"]) == {"age", "growth", "origin-destination-2019", "population", "refugees"}
    found = loaded.values("migrants", "001", "2019", vintage="2019-12-31", sex="_T", age="_T", origin="_T")
    assert found["value"].to_list() == [271_642_105]


def test_migrants_by_age_of_2019_stay_current_where_no_newer_revision_has_ages(loaded: Workspace) -> None:
    found = loaded.values("migrants", "DEU", "2019", age="Y25T29", sex="F").row(0, named=True)
    assert found["vintage"] == "2019-12-31"
    ages = loaded.values("migrants", "DEU", "2019", sex="_T", origin="_T", vintage="2019-12-31")
    parts = ages.filter(pl.col("age") != "_T")["value"].sum()
    assert parts == pytest.approx(ages.filter(pl.col("age") == "_T")["value"].item(), abs=20)


def test_the_world_of_2020_has_the_people_of_world_population_prospects(loaded: Workspace, data: Path) -> None:
    total = 0.0
    for sex in "FM":
        with gzip.open(data / "undesa-wpp" / f"wpp2019_pop{sex}.tsv.gz", "rt", encoding="utf-8") as stream:
            rows = list(csv.DictReader(stream, delimiter="\t"))
        total += sum(float(row["2020"]) * 1000 for row in rows if row["country_code"] == "900")
    found = loaded.values("population", "001", "2020", vintage="2019-06-17", sex="_T", age="_T")
    assert found["value"].item() == pytest.approx(total, rel=1e-12)


def test_population_in_thousands_becomes_persons_and_women_and_men_add_up(loaded: Workspace) -> None:
    found = loaded.values("population", "001", "2024", source="undesa.wpp", age="_T", breakdown="_T")
    values = dict(found.select("sex", "value").rows())
    assert values["_T"] == pytest.approx(values["F"] + values["M"])
    assert round(values["_T"] / 1e9, 2) == 8.20
    total = found.filter(pl.col("sex") == "_T").row(0, named=True)
    assert total["lower"] < total["value"] < total["upper"]
    assert total["status"] == "F"


def test_net_migration_of_the_past_is_no_projection(loaded: Workspace) -> None:
    found = loaded.values("net-migration", "MEX", ["2023", "2024"], breakdown="_T")
    assert dict(found.select("period", "status").rows()) == {"2023": "E", "2024": "F"}
    assert found["value"].to_list() == [-101_044, -104_581]


def test_a_share_of_the_newest_revision_is_computed_and_says_from_what(loaded: Workspace) -> None:
    share = loaded.values("migrants.share", "MEX", "2024", sex="_T", age="_T").row(0, named=True)
    migrants = loaded.values("migrants", "MEX", "2024", **TOTAL)["value"].item()
    people = loaded.values("population", "MEX", "2024", sex="_T", age="_T", breakdown="_T")["value"].item()
    assert share["value"] == pytest.approx(100 * migrants / people)
    assert share["note"] == "computed: migrants / population of undesa.wpp@2024-07-11"
    published = loaded.values("migrants.share", "MEX", "2020", vintage="2020-12-31", sex="_T")["value"].item()
    assert published == pytest.approx(0.93, abs=0.01)


def test_a_table_of_one_sex_whose_name_does_not_say_which_is_refused(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "wpp2019_people.tsv.gz"
    path.write_bytes((data / "undesa-wpp" / "wpp2019_popF.tsv.gz").read_bytes())
    file = SourceFile(path)
    found = recognise(file)
    assert found is not None
    with pytest.raises(InvalidDataError, match="women or men"):
        reader(found.source).read(file, found)
