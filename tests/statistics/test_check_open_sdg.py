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
