"""What stands in a file and is no part of a record is told: cells without a heading, sheets that were not read."""

import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner

from opencompact.cli.missing import missing
from opencompact.missing.records.reading import read_records


def test_cells_right_of_the_headings_are_told_with_their_place(tmp_path: Path) -> None:
    """A comma too many moves every value: the last ones stand under no heading. An empty one at the end is nobody's answer."""
    path = tmp_path / "wide.csv"
    path.write_text("id,kind,name\n1,sought,Ali,Hassan,extra\n2,sought,Omar,\n3,sought,Musa\n", encoding="utf-8")
    reading = read_records(path)
    assert [(line.row, line.column, line.value) for line in reading.unread] == [
        (2, "4", "Hassan"),
        (2, "5", "extra"),
    ]
    assert reading.rows == reading.kept == 3
    content = json.loads(CliRunner().invoke(missing, ["check", str(path), "--json"]).stdout)
    assert content["cells_not_read"] == 2
    assert {line["value"] for line in content["lines"]} == {"Hassan", "extra"}


def test_sheets_that_were_not_read_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["id", "name"], ["1", "Ali"], ["2", "Omar", "seen in Sabha"]):
        sheet.append(row)
    book.create_sheet("More").append(["3", "Musa"])
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(tmp_path / "book.xlsx")
    reading = read_records(tmp_path / "book.xlsx")
    assert reading.other_sheets == ("More", "Hidden")
    assert [(line.row, line.column, line.value) for line in reading.unread] == [(3, "3", "seen in Sabha")]
    said = CliRunner().invoke(missing, ["check", str(tmp_path / "book.xlsx")]).output
    assert "More, Hidden" in said
    content = json.loads(CliRunner().invoke(missing, ["check", str(tmp_path / "book.xlsx"), "--json"]).stdout)
    assert content["sheets_not_read"] == ["More", "Hidden"]
