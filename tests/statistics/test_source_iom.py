"""IOM's Missing Migrants: its four headers, its API, and every trap that its files have."""

from __future__ import annotations

import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from opencompact.statistics import Workspace, areas
from opencompact.statistics.importing import import_file, import_folder
from opencompact.statistics.sample.writing import write_sample
from opencompact.statistics.sources.contract import reader, recognise
from opencompact.statistics.sources.file import SourceFile

WHOLE = "iom.missing-migrants@2025-04-29"
CELL = {"origin": "_T", "breakdown": "_T", "sex": "_T", "age": "_T"}


@pytest.fixture(scope="module")
def rows(data: Path) -> list[dict[str, str]]:
    """The rows of the whole file, read with the standard library."""
    path = data / "iom-missing-migrants" / "Missing_Migrants_Global_Figures_allData_2025-04.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def number(text: str) -> int:
    return int(text) if text else 0


def by_year(found: pl.DataFrame) -> dict[str, float]:
    return dict(found.filter(pl.col("period").str.len_chars() == 4).select("period", "value").rows())


def test_deaths_and_disappearances_of_each_year_are_those_counted_by_hand(
    loaded: Workspace, rows: list[dict[str, str]]
) -> None:
    counted: dict[str, float] = defaultdict(float)
    for row in rows:
        counted[row["Incident Year"] or row["Incident ID"][:4]] += number(row["Total Number of Dead and Missing"])
    found = by_year(loaded.values("missing.dead-and-missing", "001", vintage="2025-04-29", **CELL))
    assert found == counted
    assert (found["2014"], found["2019"], found["2024"]) == (5441, 5430, 9002)
    assert sum(found.values()) == 74_376, "as the publisher has it: the 13 people in rows without a date among them"


def test_the_dead_and_the_missing_are_kept_apart_and_add_up(loaded: Workspace) -> None:
    dead, missing, both = (
        by_year(loaded.values(f"missing.{name}", "001", vintage="2025-04-29", **CELL))
        for name in ("dead", "missing", "dead-and-missing")
    )
    assert {year: dead[year] + missing[year] for year in both} == both
    assert both["2023"] == 8747


def test_in_mexico_the_people_whom_the_file_takes_back_are_taken_off_the_missing(loaded: Workspace) -> None:
    """Row 2023.MMP1327 has four dead and two missing less than none: 414 dead and 34 missing are the file's own 448."""
    dead, missing, both = (
        by_year(loaded.values(f"missing.{name}", "MEX", vintage="2025-04-29", **CELL))
        for name in ("dead", "missing", "dead-and-missing")
    )
    assert (dead["2023"], missing["2023"], both["2023"]) == (414, 34, 448)
    assert {year: dead[year] + missing.get(year, 0) for year in both} == both


def test_a_negative_number_of_people_is_set_aside_and_the_total_stays_as_published(
    loaded: Workspace, rows: list[dict[str, str]]
) -> None:
    columns = {"Minimum Estimated Number of Missing": "missing", "Number of Survivors": "survivors"}
    by_hand = sorted(
        (line, ours) for line, row in enumerate(rows, 2) for name, ours in columns.items() if row[name][:1] == "-"
    )
    aside = loaded.set_aside(WHOLE).filter(pl.col("reason") == "a number of people cannot be negative")
    assert sorted(aside.select("row", "column").rows()) == by_hand
    assert len(by_hand) == 6
    for measure in ("missing.missing", "missing.survivors", "missing.dead", "missing.dead-and-missing"):
        assert loaded.values(measure, vintage="2025-04-29", all_editions=True)["value"].min() >= 0
    december = loaded.values("missing.missing", "MEX", "2023-12", vintage="2025-04-29", **CELL)
    assert december["value"].to_list() in ([], [0])
    kept = loaded.incidents().filter(
        pl.col("row").is_in([row for row, _ in by_hand]), pl.col("vintage") == "2025-04-29"
    )
    published = [number(rows[row - 2]["Total Number of Dead and Missing"]) for row, _ in by_hand]
    assert kept.sort("row")["total"].to_list() == published


def test_10_7_3_is_the_dead_and_missing_of_a_year(loaded: Workspace) -> None:
    official = loaded.values("10.7.3", "MEX", source="iom.missing-migrants", **CELL)
    counted = loaded.values("missing.dead-and-missing", "MEX", **CELL)
    assert by_year(official) == by_year(counted)
    assert by_year(official)["2019"] == 216


def test_10_7_3_can_be_asked_by_sex_age_origin_route_and_cause(loaded: Workspace) -> None:
    for cell in ({"sex": "F"}, {"age": "Y0T17"}, {"origin": "MEX"}, {"breakdown": "route=Central Mediterranean"}):
        official = loaded.values("10.7.3", "001", "2023", source="iom.missing-migrants", **{**CELL, **cell})
        counted = loaded.values("missing.dead-and-missing", "001", "2023", **{**CELL, **cell})
        assert official["value"].to_list() == counted["value"].to_list() != []


def test_an_incident_counts_for_a_country_only_where_the_file_names_exactly_one(
    loaded: Workspace, rows: list[dict[str, str]]
) -> None:
    by_hand = sum(
        number(row["Total Number of Dead and Missing"])
        for row in rows
        if row["Country of Incident"] == "Libya" and row["Incident Year"] == "2023"
    )
    found = loaded.values("missing.dead-and-missing", "LBY", "2023", vintage="2025-04-29", **CELL)
    assert found["value"].to_list() == [by_hand]


def test_a_region_has_what_its_members_have_at_sea_as_on_land(loaded: Workspace, rows: list[dict[str, str]]) -> None:
    members = set(areas.groups()["145"])
    counted: dict[str, float] = defaultdict(float)
    of_members: dict[str, float] = defaultdict(float)
    for row in rows:
        here = areas.code_or_none(row["Country of Incident"]) in members
        people = number(row["Total Number of Dead and Missing"])
        of_members[row["Incident Year"]] += people if here else 0
        if here or row["UNSD Geographical Grouping"] == "Western Asia":
            counted[row["Incident Year"]] += people
    found = by_year(loaded.values("missing.dead-and-missing", "145", vintage="2025-04-29", **CELL))
    assert found == {year: people for year, people in counted.items() if year}
    assert (found["2014"], found["2022"], found["2024"]) == (118, 1099, 316)
    assert all(found[year] >= of_members[year] for year in found)
    yemen = by_year(loaded.values("missing.dead-and-missing", "YEM", vintage="2025-04-29", **CELL))
    assert yemen["2024"] == 255
    assert found["2024"] > yemen["2024"]


def test_a_download_that_names_no_country_says_that_its_regions_are_without_the_sea(loaded: Workspace) -> None:
    older = loaded.values("10.7.3", ["001", "015"], "2018", vintage="2020-01-08", **CELL)
    assert dict(older.select("area", "note").rows()) == {"001": None, "015": "without incidents at sea"}
    stopped = loaded.values("10.7.3", ["001", "015"], "2026", vintage="2026-05-06", **CELL)
    notes = dict(stopped.select("area", "note").rows())
    assert notes["015"] == f"{notes['001']}; without incidents at sea"
    assert loaded.revisions("10.7.3", area="015").is_empty()
    assert loaded.revisions("10.7.3", area="001").height > 0


def test_people_who_moved_to_another_label_are_no_revision(loaded: Workspace) -> None:
    told = loaded.revisions("10.7.3", area="001", period="2019")["breakdown"].to_list()
    assert "_T" in told
    assert "region=North America" not in told, "IOM's regions of 2020 are others than those of 2025"
    before, now = (
        set(loaded.values("10.7.3", "001", "2019", vintage=vintage, breakdown="region")["breakdown"])
        for vintage in ("2020-01-08", "2025-04-29")
    )
    assert "region=North America" in before & now
    assert before != now


@pytest.mark.parametrize("key", ["route", "cause"])
def test_the_parts_of_a_breakdown_add_up_to_its_total(loaded: Workspace, key: str) -> None:
    parts = loaded.values("missing.dead-and-missing", "001", "2014..2024", breakdown=key, vintage="2025-04-29")
    total = by_year(loaded.values("missing.dead-and-missing", "001", "2014..2024", vintage="2025-04-29", **CELL))
    yearly = parts.filter(pl.col("period").str.len_chars() == 4)
    assert dict(yearly.group_by("period").agg(pl.col("value").sum()).rows()) == total


def test_origins_add_up_and_several_countries_are_nobodys_guess(loaded: Workspace, rows: list[dict[str, str]]) -> None:
    found = loaded.values(
        "missing.dead-and-missing", "001", "2023", vintage="2025-04-29", breakdown="_T", sex="_T", age="_T"
    )
    parts = found.filter(pl.col("origin") != "_T")
    assert parts["value"].sum() == 8747
    by_hand = {
        code: sum(
            number(row["Total Number of Dead and Missing"])
            for row in rows
            if row["Incident Year"] == "2023" and row["Country of Origin"] == name
        )
        for code, name in (("AFG", "Afghanistan"), ("UNK", "Unknown"), ("CIV", "Côte d'Ivoire"))
    }
    known = dict(parts.select("origin", "value").rows())
    assert {code: known[code] for code in by_hand} == by_hand
    several = [row for row in rows if row["Incident Year"] == "2023" and "," in row["Country of Origin"]]
    assert known["OOO"] >= sum(number(row["Total Number of Dead and Missing"]) for row in several) > 0


def test_the_cause_whose_label_has_commas_is_one_cause(loaded: Workspace, rows: list[dict[str, str]]) -> None:
    label = "Harsh environmental conditions / lack of adequate shelter, food, water"
    by_hand = sum(
        number(row["Total Number of Dead and Missing"])
        for row in rows
        if row["Cause of Death"] == label and row["Incident Year"] == "2021"
    )
    found = loaded.values("missing.dead-and-missing", "001", "2021", breakdown=f"cause={label}", vintage="2025-04-29")
    assert found["value"].to_list() == [by_hand]
    causes = loaded.values("missing.dead-and-missing", "001", breakdown="cause", vintage="2025-04-29")[
        "breakdown"
    ].unique()
    assert "cause=Several" in causes
    assert not [cause for cause in causes if cause.removeprefix("cause=") in (" food", " water", "Drowning,Violence")]


def test_a_presumed_region_of_origin_is_kept_apart_from_a_stated_one(loaded: Workspace) -> None:
    found = loaded.values("missing.dead-and-missing", "001", "2023", breakdown="origin-region", vintage="2025-04-29")
    labels = set(found["breakdown"])
    assert {"origin-region=Eastern Africa", "origin-region=Eastern Africa (presumed)"} <= labels
    assert not [label for label in labels if "(P)" in label]


def test_rows_without_any_date_count_in_the_year_of_their_number_and_the_one_whose_date_is_0_keeps_its_month(
    loaded: Workspace, rows: list[dict[str, str]]
) -> None:
    assert all(row["Incident ID"][:4] == row["Incident Year"] for row in rows if row["Incident Year"])
    undated = [line for line, row in enumerate(rows, start=2) if not row["Incident Year"]]
    found = loaded.incidents().filter(pl.col("row").is_in(undated), pl.col("vintage") == "2025-04-29")
    assert found.select("id", "precision").rows() == [(rows[line - 2]["Incident ID"], "year") for line in undated]
    assert found.filter(pl.col("country") == "MEX")["total"].sum() == 9
    assert loaded.set_aside(WHOLE).filter(pl.col("column").is_null()).is_empty()
    zero = next(index for index, row in enumerate(rows, start=2) if row["Incident Date"] == "0")
    kept = loaded.incidents().filter(pl.col("row") == zero, pl.col("vintage") == "2025-04-29").row(0, named=True)
    assert (kept["precision"], kept["date"].year) == ("month", 2020)


def test_more_women_and_men_than_people_set_the_breakdown_aside_and_not_the_row(
    loaded: Workspace, rows: list[dict[str, str]]
) -> None:
    told = loaded.set_aside(WHOLE).filter(pl.col("column").is_not_null(), pl.col("reason").str.starts_with("more "))
    aside = told.group_by("column").agg(pl.col("count").sum())
    assert dict(aside.rows()) == {"females, males": 42, "children": 6}
    women = 0
    for row in rows:
        total = number(row["Total Number of Dead and Missing"])
        if (
            row["Incident Year"] == "2022"
            and number(row["Number of Females"]) + number(row["Number of Males"]) <= total
        ):
            women += number(row["Number of Females"])
    found = loaded.values(
        "missing.dead-and-missing", "001", "2022", sex="F", vintage="2025-04-29", breakdown="_T", origin="_T"
    )
    assert found["value"].to_list() == [women]


def test_children_have_the_age_0_to_17(loaded: Workspace, rows: list[dict[str, str]]) -> None:
    by_hand = sum(
        number(row["Number of Children"])
        for row in rows
        if row["Incident Year"] == "2018"
        and number(row["Number of Children"]) <= number(row["Total Number of Dead and Missing"])
    )
    found = loaded.values("missing.dead-and-missing", "001", "2018", age="Y0T17", vintage="2025-04-29")
    assert found["value"].to_list() == [by_hand]


def test_the_workbook_and_its_csv_are_one_edition(loaded: Workspace) -> None:
    files = loaded.files().filter(pl.col("vintage") == "2025-04-29").sort("file")
    assert files.select("outcome", "read", "kept", "set_aside").rows() == [
        ("kept", 19_255, 19_255, 0),
        ("same edition", 19_255, 19_255, 0),
    ]
    assert loaded.editions().filter(pl.col("edition") == WHOLE).height == 1


def test_the_download_of_2020_with_its_older_header_gives_the_figures_of_that_time(loaded: Workspace) -> None:
    found = by_year(loaded.values("10.7.3", "001", vintage="2020-01-08", **CELL))
    known = {"2014": 5289, "2015": 6584, "2016": 8070, "2017": 6279, "2018": 4937, "2019": 3336}
    assert {year: found[year] for year in known} == known


def test_2019_was_revised_by_63_percent(loaded: Workspace) -> None:
    found = loaded.revisions("10.7.3", area="001", period="2019").row(0, named=True)
    assert (found["earlier"], found["value"], found["earlier_vintage"], found["vintage"]) == (
        3336,
        5430,
        "2020-01-08",
        "2025-04-29",
    )
    assert round(found["percent"]) == 63


def test_a_file_of_2014_downloaded_in_2024_speaks_of_2014_alone(loaded: Workspace) -> None:
    assert set(by_year(loaded.values("10.7.3", "001", vintage="2024-04-10", **CELL))) == {"2014"}
    assert by_year(loaded.values("10.7.3", "001", source="iom.missing-migrants", **CELL))["2015"] == 6961


def test_the_file_of_2026_has_dates_in_american_order_and_empties_no_earlier_year(loaded: Workspace) -> None:
    incidents = loaded.incidents(start="2026-01-01")
    assert incidents.height == 238
    assert str(incidents["date"].min()) == "2026-01-01"
    assert incidents["date"].dt.month().max() == 5, "13 April is 04/13/2026"
    found = loaded.values("10.7.3", "001", source="iom.missing-migrants", **CELL)
    assert by_year(found)["2024"] == 9002
    year = found.filter(pl.col("period") == "2026").row(0, named=True)
    assert (year["status"], year["vintage"], year["note"][:3]) == ("P", "2026-05-06", "to ")


def test_countries_of_origin_joined_by_a_comma_and_a_space_are_told_apart_too(loaded: Workspace, data: Path) -> None:
    file = SourceFile(data / "iom-missing-migrants" / "MissingMigrants-Global-2024-04-10--23_23_37.csv")
    found = recognise(file)
    assert found is not None
    incidents = reader(found.source).read(file, found).tables["incidents"]
    origins = {tuple(codes) for codes in incidents["origins"].to_list()}
    assert ("AFG", "SYR") in origins
    assert ("DOM", "HTI") in origins


def test_numbers_of_the_api_have_thousands_separators(data: Path) -> None:
    file = SourceFile(data / "iom-missing-migrants" / "api-json" / "2015.json.gz")
    assert any(record["total_dead_and_missing"] == "1,022" for record in file.json())
    found = recognise(file)
    assert found is not None
    assert found.table == "api-2015"
    incidents = reader(found.source).read(file, found).tables["incidents"]
    assert incidents["total"].max() == 1022
    by_hand = sum(int(record["total_dead_and_missing"].replace(",", "") or 0) for record in file.json())
    assert incidents["total"].sum() == by_hand


def test_names_of_the_api_with_html_in_them_are_read(data: Path) -> None:
    file = SourceFile(data / "iom-missing-migrants" / "api-json" / "2019.json.gz")
    assert any("&#039;" in record["country_of_incident"] for record in file.json())
    found = recognise(file)
    assert found is not None
    assert "CIV" in set(reader(found.source).read(file, found).tables["incidents"]["country"])


def test_an_answer_of_the_api_that_stops_in_july_covers_the_year_to_july_only(loaded: Workspace, data: Path) -> None:
    part = loaded.editions().filter(pl.col("edition") == "iom.missing-migrants@2024-07-28").row(0, named=True)
    assert part["read"] == 1034
    assert part["notes"] == ["Covers 2024 only to 2024-07-28."]
    year = loaded.values("10.7.3", "001", "2024", source="iom.missing-migrants", **CELL).row(0, named=True)
    assert (year["value"], year["vintage"], year["status"]) == (9002, "2025-04-29", "A")
    with gzip.open(data / "iom-missing-migrants" / "api-json" / "2024.json.gz") as stream:
        assert len(json.load(stream)) == part["read"]


def test_ids_of_the_api_repeat_and_no_row_is_lost(data: Path) -> None:
    total, ids = 0, set()
    for path in sorted((data / "iom-missing-migrants" / "api-json").iterdir()):
        file = SourceFile(path)
        found = recognise(file)
        assert found is not None
        reading = reader(found.source).read(file, found)
        total += reading.read
        ids |= set(reading.tables["incidents"]["id"])
    assert total == 17_846
    assert len(ids) < total


def test_the_largest_incident_is_on_the_map(loaded: Workspace) -> None:
    largest = loaded.incidents().sort("total", descending=True).row(0, named=True)
    assert (largest["id"], largest["total"]) == ("2015.MMP00108", 1022)
    assert largest["latitude"] is not None
    assert largest["file"].endswith(".csv.gz")


def test_incidents_of_a_day_come_from_one_edition(loaded: Workspace) -> None:
    editions = loaded.incidents().group_by("date").agg(pl.col("vintage").n_unique())
    assert editions["vintage"].max() == 1


def test_incidents_of_the_sample_hide_none_of_the_real_ones(
    folder: Path, tmp_path: Path, incident_file: Callable, incident_line: Callable
) -> None:
    import_file(folder, incident_file("2020-01-08", [incident_line(1, "2019-05-01"), incident_line(2, "2019-06-01")]))
    alone = Workspace(folder).incidents().height
    write_sample(tmp_path / "sample")
    import_folder(folder, tmp_path / "sample")
    together = Workspace(folder).incidents()
    assert together.filter(pl.col("source") == "iom.missing-migrants").height == alone == 2
    assert together.filter(pl.col("source") == "sample.incidents").height > 0


def test_an_answer_of_the_api_is_newer_than_the_download_whose_regions_have_older_names(
    folder: Path, data: Path
) -> None:
    for name in ("MissingMigrants-Global-2020-01-08T14-05-32.csv.gz", "api-json/2019.json.gz", "api-json/2014.json.gz"):
        import_file(folder, data / "iom-missing-migrants" / name)
    found = by_year(Workspace(folder).values("10.7.3", "001", **CELL))
    with gzip.open(data / "iom-missing-migrants" / "api-json" / "2019.json.gz") as stream:
        by_hand = sum(
            number(row["total_dead_and_missing"].replace(",", ""))
            for row in json.load(stream)
            if row["web_id"].startswith("2019")
        )
    assert found["2019"] == by_hand == 5420, "2019.MMP01859 has no date, and counts in the year of its number"
    assert found["2015"] == 6584, "of the years that the answers do not cover, the download is the newest"
    dated = dict(Workspace(folder).editions().select("vintage", "dated").rows())
    assert dated == {"2020-01-08": True, "2020-01-09": False}
