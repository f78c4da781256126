"""A large table is read a block of rows at a time, and reads as if it were one."""

from pathlib import Path

import polars as pl
import pytest

from opencompact.tables import ROW, raw, read_table

ROWS = ["id,name", "1,Amina", "2", "3,Omar,late", "", '5,"two\nlines"', "6,"]


@pytest.mark.parametrize("block", [1, 2, 3, 50])
def test_a_table_is_the_same_in_blocks_of_any_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    """Places, short rows, what stands beyond the last heading and empty cells: line 5 is empty, and line 6 goes on in line 7."""
    monkeypatch.setattr(raw, "BLOCK", block)
    (tmp_path / "people.csv").write_text("\n".join(ROWS), encoding="utf-8")
    table = read_table(tmp_path / "people.csv")
    assert table.cells[ROW].to_list() == [2, 3, 4, 5, 6, 8]
    assert table.cells["id"].to_list() == ["1", "2", "3", None, "5", "6"]
    assert table.cells["name"].to_list() == ["Amina", None, "Omar", None, "two\nlines", None]
    assert table.ragged == ((3, 1), (4, 3))
    assert table.beyond == ((4, 3, "late"),)


def test_a_table_of_headings_alone_has_columns_of_texts(tmp_path: Path) -> None:
    (tmp_path / "nobody.csv").write_text("id,name\n", encoding="utf-8")
    table = read_table(tmp_path / "nobody.csv")
    assert table.cells.schema == {ROW: pl.Int64, "id": pl.String, "name": pl.String}
    assert not len(table.cells)
