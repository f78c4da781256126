"""A file reports of no day to come, a form of none before there was anything to report of; a workbook offers closed lists."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import openpyxl
import pytest

from opencompact import actions, compact

TODAY = datetime.date(2026, 11, 27)


@pytest.mark.parametrize(
    ("day", "starts", "said"),
    [
        ("2026-11-27", None, ""),
        ("2026-11-28", None, "The day has not come yet."),
        ("2018-12-09", None, "The day is before the Compact was adopted, on 10 December 2018."),
        ("2018-12-09", "2020-01-01", "The day is before the Compact was adopted, on 10 December 2018."),
        ("2016-01-01", "2015-01-01", ""),
        ("2014-01-01", "2015-01-01", "The day is before the action began."),
    ],
)
def test_what_is_wrong_with_a_day_is_one_thing(day: str, starts: str | None, said: str) -> None:
    began = datetime.date.fromisoformat(starts) if starts else None
    assert actions.day_fault(datetime.date.fromisoformat(day), TODAY, began) == said


@pytest.mark.parametrize(
    ("kind", "column", "cell"),
    [
        ("pledge", "progress", "2931-03-01 | done | All"),
        ("pledge", "milestones", "2930-01-01 | Half | 2931-01-01"),
        ("statement", "made", "2931-01-01"),
    ],
)
def test_a_file_with_such_a_day_is_faulty(tmp_path: Path, kind: str, column: str, cell: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(f"kind,title,language,objectives,{column}\n{kind},A title that says it,en,4,{cell}\n", "utf-8")
    (entry,) = actions.read_actions(path)
    assert [fault.place.column for fault in entry.faults] == [column]


def test_the_workbook_of_follow_up_offers_the_recommendations() -> None:
    book = openpyxl.load_workbook(io.BytesIO(actions.workbook("follow-up")))
    offered = {column[0].value: [cell.value for cell in column[1:] if cell.value] for column in book["choices"].columns}
    assert offered["recommendation"] == [entry.code for entry in compact.recommendations()]
    columns = [cell.value for cell in book["follow-up"][1]]
    letter = openpyxl.utils.get_column_letter(columns.index("recommendation") + 1)
    rules = book["follow-up"].data_validations.dataValidation
    assert any(str(rule.sqref).startswith(f"{letter}2") and rule.showErrorMessage for rule in rules)
