"""Tables of a terminal: columns where there is room, else cell by cell, never wider than the terminal."""

from __future__ import annotations

import pytest

from opencompact.cli.output import columns_named
from opencompact.cli.speaking import cells
from opencompact.cli.tables import folded, print_table

ADDRESS = "https://www.example.org/" + "a" * 60
LONG_ROWS = [
    ["eurostat.asylum-applicants@2025-04-29", "Eurostat", ADDRESS],
    ["unhcr.population@2025-06-12", "联合国难民事务高级专员公署" * 3, "not stated"],
]


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("width", [30, 60, 80, 100])
def test_no_line_is_wider_than_the_terminal(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    print_table(["edition", "publisher", "offered at"], LONG_ROWS)
    lines = printed(capsys)
    assert max(map(cells, lines)) <= width
    assert "".join(line.strip() for line in lines).count("a" * 20) >= 1
    assert [line for line in lines if line.startswith("edition")]


def test_a_table_with_room_stands_in_columns(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_table(["area", "value"], [["MEX", "12"], ["GTM", "7"]], right=[1])
    lines = [line.split() for line in printed(capsys)]
    assert ["area", "value"] in lines
    assert ["MEX", "12"] in lines


def test_cells_that_are_empty_have_no_line_of_their_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    print_table(["edition", "note", "offered at"], [["a@2020", None, ADDRESS]])
    lines = printed(capsys)
    assert not [line for line in lines if line.startswith("note")]
    assert "".join(line[12:] for line in lines[1:]) == ADDRESS


def test_what_goes_to_a_file_breaks_no_word(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["edition", "publisher", "offered at"], [[*row[:2], ADDRESS * 3] for row in LONG_ROWS])
    assert ADDRESS * 3 in capsys.readouterr().out


def test_a_long_table_that_has_no_room_is_printed_cell_by_cell(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    print_table(["edition", "publisher", "offered at"], LONG_ROWS * 600)
    assert max(map(cells, printed(capsys))) <= 50


def test_lines_break_between_signs_of_chinese_and_within_a_word_only_where_it_is_longer_than_a_line() -> None:
    assert folded("人口普查和民事登记", 8) == ["人口普查", "和民事登", "记"]
    assert folded("one two three", 7) == ["one two", "three"]
    assert folded("abcdefghij k", 4) == ["abcd", "efgh", "ij k"]
    assert folded("", 4) == [""]


def test_headings_of_the_store_have_no_underscores() -> None:
    assert columns_named(["set_aside", "migratory_status"]) == ["set aside", "migratory status"]
