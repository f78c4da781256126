"""`opencompact check` tells what a workbook hides, merges, computes or shows otherwise than it keeps it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from opencompact.statistics.checking import Finding, check_file

Edit = Callable[[Any, Any], None]
HEADING = ["indicator", "area", "period", "sex", "value", "unit"]


def rows() -> list[list[object]]:
    return [
        ["migrants", "MEX", year, sex, value, "persons"]
        for year, total in ((2019, 1_000_000), (2020, 1_060_000), (2021, 1_100_000))
        for sex, value in (("_T", total), ("F", total // 2), ("M", total // 2))
    ]


@pytest.fixture
def checked(tmp_path: Path) -> Callable[[Edit], list[Finding]]:
    def check(edit: Edit) -> list[Finding]:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        for row in (HEADING, *rows()):
            sheet.append(row)
        edit(workbook, sheet)
        workbook.save(tmp_path / "table.xlsx")
        return list(check_file(tmp_path / "table.xlsx", today=date(2026, 11, 21)).findings)

    return check


def test_a_sound_workbook_has_no_findings(checked: Callable[[Edit], list[Finding]]) -> None:
    assert checked(lambda workbook, sheet: None) == []


def hide_row(workbook: Any, sheet: Any) -> None:
    sheet.row_dimensions[4].hidden = True
    sheet.row_dimensions[5].hidden = True


def hide_column(workbook: Any, sheet: Any) -> None:
    sheet.column_dimensions["D"].hidden = True


def hide_sheet(workbook: Any, sheet: Any) -> None:
    workbook.create_sheet("names").sheet_state = "hidden"


def merge(workbook: Any, sheet: Any) -> None:
    sheet.merge_cells("C2:C4")


def compute(workbook: Any, sheet: Any) -> None:
    sheet["E3"] = "=E2/2"


def comment(workbook: Any, sheet: Any) -> None:
    sheet["E3"].comment = Comment("do not publish", "someone")


def in_thousands(workbook: Any, sheet: Any) -> None:
    sheet["E3"].number_format = "#,##0,"


def as_percent(workbook: Any, sheet: Any) -> None:
    for row in range(2, 11):
        sheet.cell(row, 1).value, sheet.cell(row, 5).value, sheet.cell(row, 6).value = "migrants.share", 0.5, "percent"
    sheet["E3"].number_format = "0.0%"


def beside(workbook: Any, sheet: Any) -> None:
    sheet["H3"] = "ask again"


def days(workbook: Any, sheet: Any) -> None:
    for row in range(2, 11):
        sheet.cell(row, 3).value = date(int(sheet.cell(row, 3).value), 1, 1)


@pytest.mark.parametrize(
    ("edit", "rule", "severity", "row", "column", "value"),
    [
        (hide_row, "hidden-rows", "warning", 4, None, "4-5"),
        (hide_column, "hidden-columns", "warning", None, "sex", None),
        (hide_sheet, "other-sheets", "warning", None, None, None),
        (merge, "merged-cells", "error", 2, "period", "C2:C4"),
        (compute, "formula-without-value", "error", 3, "value", "=E2/2"),
        (comment, "comment", "warning", 3, "value", "do not publish"),
        (in_thousands, "scaled-format", "warning", 3, "value", "500000"),
        (as_percent, "percent-format", "error", 3, "value", "0.5"),
        (beside, "ragged-row", "error", 3, None, None),
        (days, "day-for-year", "warning", 2, "period", "2019-01-01"),
    ],
)
def test_what_a_workbook_does_not_show_is_told(
    checked: Callable[[Edit], list[Finding]],
    edit: Edit,
    rule: str,
    severity: str,
    row: int | None,
    column: str | None,
    value: str | None,
) -> None:
    found = [finding for finding in checked(edit) if finding.rule == rule]
    assert [(one.severity, one.row, one.column, one.value) for one in found] == [(severity, row, column, value)]


def test_a_hidden_sheet_is_named_as_hidden(checked: Callable[[Edit], list[Finding]]) -> None:
    assert "names (hidden)" in checked(hide_sheet)[0].message


def test_numbers_stand_in_full_in_what_is_said(checked: Callable[[Edit], list[Finding]]) -> None:
    def slip(workbook: Any, sheet: Any) -> None:
        sheet["E3"] = 700_000

    found = next(one for one in checked(slip) if one.rule == "parts-do-not-add-up")
    assert "add up to 1,200,000 (F 700000, M 500000), the total says 1,000,000" in found.message
    assert found.value == "1000000"
