"""`opencompact check` reads the tables that national platforms have: `Year`, categories, `Value`; empty is the total."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from opencompact.statistics.checking import Report, check_file

TODAY = date(2026, 11, 21)


def rows() -> list[list[str]]:
    """Six years of births registered, in percent."""
    return [
        [str(year), sex, str(value + year % 5)]
        for year in range(2018, 2024)
        for sex, value in (("", 50), ("Female", 52), ("Male", 48))
    ]


@pytest.fixture
def checked(tmp_path: Path) -> Callable[..., Report]:
    def write(table: list[list[str]], heading: str = "Year,Sex,Value") -> Report:
        path = tmp_path / "indicator.csv"
        lines = [",".join(row) for row in table]
        path.write_text("\n".join([heading, *lines]) + "\n", encoding="utf-8")
        return check_file(path, today=TODAY, indicator="16.9.1", area="MEX")

    return write


def test_a_sound_table_has_no_error_and_is_read_as_it_is_meant(checked: Callable[..., Report]) -> None:
    report = checked(rows())
    assert [finding.rule for finding in report.findings] == ["open-sdg-form"]
    assert "Female as F, Male as M" in report.findings[0].message
    assert report.observations is not None
    assert report.observations.filter(sex="M", period="2018")["value"].to_list() == [51.0]
    assert report.observations.filter(sex="_T").height == 6


def set_cell(row: int, column: int, text: str) -> Callable[[list[list[str]]], None]:
    def change(table: list[list[str]]) -> None:
        table[row][column] = text

    return change


def _parts(table: list[list[str]]) -> None:
    for row, text in ((3, "100"), (4, "80"), (5, "80")):
        table[row][2] = text


def _tenth(table: list[list[str]]) -> None:
    for row in (9, 10, 11):
        table[row][2] = str(float(table[row][2]) / 10)


def _without_totals(table: list[list[str]]) -> None:
    table[:] = [row for row in table if row[1]]


@pytest.mark.parametrize(
    ("change", "rule", "row"),
    [
        (lambda table: table.append(["2020", "Female", "77"]), "duplicate-conflicting", 20),
        (set_cell(4, 2, "140"), "percentage-impossible", 6),
        (set_cell(4, 2, "-5"), "percentage-impossible", 6),
        (set_cell(4, 1, "Femal"), "unknown-sex", 6),
        (set_cell(4, 1, "female"), "unknown-sex", 6),
        (_parts, "total-outside-parts", 5),
        (_tenth, "unit-slip", 11),
        (set_cell(4, 0, "2105"), "period-impossible", 6),
        (set_cell(4, 0, "2019/20"), "period-form", 6),
        (_without_totals, "total-missing", 2),
        (set_cell(4, 2, "<5"), "bounded-number", 6),
        (set_cell(4, 2, '"52,4"'), "number-as-text", 6),
        (set_cell(4, 2, '"1,204"'), "number-as-text", 6),
        (set_cell(4, 1, "Female "), "stray-blanks", 6),
        (lambda table: table.insert(5, ["", "", ""]), "empty-row", 7),
    ],
)
def test_the_faults_that_pass_the_peers_are_found_in_their_own_form(
    checked: Callable[..., Report], change: Callable[[list[list[str]]], None], rule: str, row: int
) -> None:
    table = rows()
    change(table)
    assert (rule, row) in {(finding.rule, finding.row) for finding in checked(table).findings}


def test_a_heading_in_another_case_and_a_region_of_no_list_are_told(checked: Callable[..., Report]) -> None:
    assert "heading-form" in {finding.rule for finding in checked(rows(), "year,Sex,Value").findings}
    located = [[year, sex, "Narnia", value] for year, sex, value in rows()]
    assert "unknown-area" in {finding.rule for finding in checked(located, "Year,Sex,GeoCode,Value").findings}


def test_the_word_for_men_is_not_taken_for_a_slip_of_the_word_for_women(tmp_path: Path) -> None:
    path = tmp_path / "tidy.csv"
    path.write_text("indicator,area,period,sex,value\n16.9.1,MEX,2020,Male,80\n", encoding="utf-8")
    found = check_file(path, today=TODAY).findings
    assert [(one.value, one.remedy) for one in found if one.rule == "unknown-sex"] == [("Male", "Write M.")]


def test_the_same_fault_in_every_row_is_one_finding_with_its_count(tmp_path: Path) -> None:
    path = tmp_path / "commas.csv"
    lines = [f"16.9.1;MEX;{year};80,{year % 10}" for year in range(1950, 2020)]
    path.write_text("\n".join(["indicator;area;period;value", *lines]) + "\n", encoding="utf-8")
    report = check_file(path, today=TODAY)
    assert [(one.rule, one.row, one.count) for one in report.findings] == [("number-as-text", 2, 70)]
    assert report.errors == 70
    assert "The same in 70 places." in str(report.findings[0])


def test_words_of_one_form_are_codes_and_a_second_form_of_them_is_a_slip(checked: Callable[..., Report]) -> None:
    small = [[year, sex.lower(), value] for year, sex, value in rows()]
    assert [one.rule for one in checked(small).findings] == ["open-sdg-form"]
    small[4][1] = "Female"
    assert [(one.rule, one.row) for one in checked(small).findings if one.severity == "error"] == [("unknown-sex", 6)]


def test_series_units_and_regions_are_no_codes_of_ours(checked: Callable[..., Report]) -> None:
    table = [
        [str(year), series, unit, "Normal value", region, code, str(value)]
        for year in range(2018, 2024)
        for series, unit, value in (("Registered", "Percentage (%)", 90), ("Registered", "Number", 900))
        for region, code in (("", ""), ("North", "59"))
    ]
    report = checked(table, "Year,Series,Units,Observation status,Geography,GeoCode,Value")
    assert [(one.rule, one.value) for one in report.findings] == [("open-sdg-form", None), ("region-codes", "59")]
    assert report.observations is not None


def test_shares_of_one_whole_add_up_to_it(checked: Callable[..., Report]) -> None:
    table = [
        [str(year), *cells]
        for year in range(2018, 2024)
        for cells in (("", "15.6"), ("Old age", "10.9"), ("Other", "4.7"))
    ]
    assert [one.rule for one in checked(table, "Year,Category,Value").findings] == ["open-sdg-form"]


def test_parts_that_fall_a_little_short_leave_room_for_the_unknown(tmp_path: Path) -> None:
    def findings(women: int) -> list[tuple[str, str]]:
        path = tmp_path / "table.csv"
        lines = ["Year,Sex,Value", "2020,,1000", f"2020,Female,{women}", "2020,Male,500"]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = check_file(path, today=TODAY, indicator="missing.dead", area="MEX")
        return [(one.rule, one.severity) for one in report.findings if one.rule != "open-sdg-form"]

    assert findings(500) == []
    assert findings(490) == [("parts-do-not-add-up", "warning")]
    assert findings(400) == [("parts-do-not-add-up", "error")]
    assert findings(520) == [("parts-do-not-add-up", "error")]


def test_the_tables_of_four_countries_raise_no_false_alarm(data: Path) -> None:
    """Every error in 81 published files was looked at: these rules find faults that are there, the others find none."""
    areas = {"uk": "GBR", "usa": "USA", "canada": "CAN", "armenia": "ARM"}
    real = {
        "period-form",  # 2013 Q1, 2007/08 to 2008/09, 2021/22 [Note 5]
        "placeholder", "no-rows", "empty-row", "stray-blanks", "category-spelling",
        "duplicate-conflicting", "percentage-impossible", "total-outside-parts", "parts-do-not-add-up",
        "unknown-age",  # up to 6 months; Total, 15 years and over
        "unknown-migratory-status",  # Immigrants, 10 years or less in Canada
        "unknown-status",  # a column called `status` that holds categories of health workers
    }  # fmt: skip
    found = set()
    for path in sorted((data / "national-open-sdg").rglob("*.csv")):
        official = "-".join(path.stem.removeprefix("indicator_").split("-")[:3]).replace("-", ".")
        report = check_file(path, today=TODAY, indicator=official, area=areas[path.parent.name])
        found |= {finding.rule for finding in report.findings if finding.severity == "error"}
    assert found <= real
    assert {"placeholder", "no-rows", "percentage-impossible"} <= found
