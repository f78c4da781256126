"""What a workbook holds beside its values is seen: hidden, merged, computed, commented, shown otherwise."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from opencompact.errors import InputError
from opencompact.tables import ROW, RawTable, read_table
from opencompact.tables.formulas import result
from opencompact.tables.workbook import place, reference

Edit = Callable[[Any, Any], None]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[Edit], RawTable]:
    def write(edit: Edit) -> RawTable:
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        assert sheet is not None
        sheet.title = "data"
        for row in (["area", "period", "value"], ["MEX", 2020, 12.5], ["MEX", 2021, 13.5]):
            sheet.append(row)
        edit(workbook, sheet)
        workbook.save(tmp_path / "table.xlsx")
        return read_table(tmp_path / "table.xlsx")

    return write


def test_hidden_rows_columns_and_sheets(written: Callable[[Edit], RawTable]) -> None:
    def hide(workbook: Any, sheet: Any) -> None:
        sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        workbook.create_sheet("secret").sheet_state = "hidden"

    facts = written(hide).facts
    assert (facts.hidden_rows, facts.hidden_columns, facts.hidden_sheets) == ((3,), (2,), ("secret",))


def test_the_first_sheet_that_a_person_sees_is_read(written: Callable[[Edit], RawTable]) -> None:
    def hide(workbook: Any, sheet: Any) -> None:
        other = workbook.create_sheet("shown")
        other.append(["area"])
        other.append(["BGD"])
        workbook.active = 1
        sheet.sheet_state = "hidden"

    table = written(hide)
    assert (table.sheet, table.other_sheets, table.cells["area"].to_list()) == ("shown", ("data",), ["BGD"])


def test_merged_cells_and_comments_have_their_places(written: Callable[[Edit], RawTable]) -> None:
    def edit(workbook: Any, sheet: Any) -> None:
        sheet.merge_cells("A2:A3")
        sheet["C2"].comment = Comment("not yet published", "someone")

    facts = written(edit).facts
    assert facts.merged == ((2, 1, 3, 1),)
    assert facts.remarks == ((2, 3, "not yet published"),)


def test_a_formula_that_nobody_computed_has_no_value(written: Callable[[Edit], RawTable]) -> None:
    def edit(workbook: Any, sheet: Any) -> None:
        sheet["C3"] = "=C2+1"

    table = written(edit)
    assert [(each.row, each.column, each.text, each.saved) for each in table.facts.formulas] == [(3, 3, "C2+1", None)]
    assert table.cells["value"].to_list() == ["12.5", None]


def test_a_saved_value_that_its_cells_no_longer_give_is_stale(
    written: Callable[[Edit], RawTable], tmp_path: Path
) -> None:
    def edit(workbook: Any, sheet: Any) -> None:
        sheet.append(["MEX", 2022, "=SUM(C2:C3)"])
        sheet.append(["MEX", 2023, "=C2*2"])

    written(edit)
    with_saved_values(tmp_path / "table.xlsx", {"C4": 26, "C5": 20})
    facts = read_table(tmp_path / "table.xlsx").facts
    assert facts.stale == ((5, 3, 20.0, 25.0),)


def with_saved_values(path: Path, saved: dict[str, float]) -> None:
    """Gives formulas the values that a spreadsheet would have saved with them; openpyxl writes none."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    for cell, value in saved.items():
        sheet, changed = re.subn(rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*/>|(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>',
                                 lambda match, value=value: f"{match[1] or match[2]}<v>{value}</v>", sheet)  # fmt: skip
        assert changed == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, sheet.encode() if name == "xl/worksheets/sheet1.xml" else content)


@pytest.mark.parametrize(
    ("code", "shown"),
    [("0.0%", "percent"), ("#,##0,", "scaled"), ('0.0,," million"', "scaled"), ("#,##0", None), ('0" %"', None)],
)
def test_a_number_that_is_shown_otherwise_than_it_is_kept(
    written: Callable[[Edit], RawTable], code: str, shown: str | None
) -> None:
    def edit(workbook: Any, sheet: Any) -> None:
        sheet["C2"].number_format = code

    assert written(edit).facts.shown == ({(2, 3): shown} if shown else {})


def test_a_day_is_read_as_a_day_and_a_sum_of_floats_as_it_is_shown(written: Callable[[Edit], RawTable]) -> None:
    def edit(workbook: Any, sheet: Any) -> None:
        sheet["B2"] = date(2020, 5, 31)
        sheet["C2"] = 0.1 + 0.2

    table = written(edit)
    assert table.cells.row(0) == (2, "MEX", "2020-05-31", "0.3")
    assert table.cells[ROW].to_list() == [2, 3]


def test_what_stands_to_the_right_of_the_heading_is_told(written: Callable[[Edit], RawTable]) -> None:
    def edit(workbook: Any, sheet: Any) -> None:
        sheet["F3"] = "ask the ministry"

    assert written(edit).ragged == ((3, 6),)


def test_a_truncated_workbook_is_a_sentence(written: Callable[[Edit], RawTable], tmp_path: Path) -> None:
    written(lambda workbook, sheet: None)
    path = tmp_path / "table.xlsx"
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(InputError, match="truncated or damaged"):
        read_table(path)


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        (["mimetype", "content.xml"], "OpenDocument"),
        (["xl/workbook.bin"], "xlsb"),
        (["word/document.xml"], "no workbook"),
        (["births.csv"], "no workbook"),
    ],
)
def test_another_archive_is_said_to_be_one(tmp_path: Path, parts: list[str], says: str) -> None:
    path = tmp_path / "table.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name in parts:
            archive.writestr(name, "x")
    with pytest.raises(InputError, match=says):
        read_table(path)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("SUM(A1:A3)", 6.0),
        ("A1+$B$1*2", 21.0),
        ("-(A2-A3)/2", 0.5),
        ("SUM(A1:A3,B1)", 16.0),
        ("A9+1", 1.0),
        ("A1/A9", None),
        ("B2+1", None),
        ("VLOOKUP(A1,A1:B3,2)", None),
        ("Other!A1", None),
        ("__import__(A1)", None),
        ("A1**9", None),
    ],
)
def test_plain_arithmetic_is_computed_and_nothing_else(formula: str, expected: float | None) -> None:
    cells = {(1, 1): 1.0, (2, 1): 2.0, (3, 1): 3.0, (1, 2): 10.0, (2, 2): None}
    assert result(formula, cells) == expected


@pytest.mark.parametrize(
    ("name", "at"), [("A1", (1, 1)), ("Z9", (9, 26)), ("AA10", (10, 27)), ("XFD1048576", (1048576, 16384))]
)
def test_names_of_cells_come_back(name: str, at: tuple[int, int]) -> None:
    assert place(name) == at
    assert reference(*at) == name
