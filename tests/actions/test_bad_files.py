"""Bad input gets a sentence with file, row, column, value and remedy; nothing is executed, nothing is lost."""

import io
import zipfile
from pathlib import Path

import pytest

from opencompact import actions
from opencompact.errors import InputError

HEAD = "kind,id,title,language,objectives,due,areas,description\n"
TURNED = "The text holds a sign that nobody sees and that turns the direction of writing around."


def faults(tmp_path: Path, text: str, name: str = "pledges.csv") -> list[tuple[int | None, str | None, str]]:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = [fault for entry in actions.read_actions(path) for fault in entry.faults]
    assert all(fault.remedy and fault.place.file == name for fault in found)
    return [(fault.place.row, fault.place.column, fault.problem) for fault in found]


@pytest.mark.parametrize(
    ("row", "column", "problem"),
    [
        ("promise,a,A title,en,8,,,", "kind", "This is not a kind of action."),
        ("pledge,A B,A title,en,8,,,", "id", "This is not an identifier."),
        ("pledge,a,,en,8,,,", "title", "This cannot be empty."),
        ("pledge,a,A title,de,8,,,", "language", "This is not one of the six languages."),
        ("pledge,a,A title,en,24,,,", "objectives", "There is no such objective."),
        ("pledge,a,A title,en,,,,", "objectives", "This cannot be empty."),
        ("pledge,a,A title,en,8,31/12/2025,,", "due", "This is not a day."),
        ("pledge,a,A title,en,8,0226-01-01,,", "due", "The year cannot be right."),
        ("pledge,a,A title,en,8,,Atlantis,", "areas", "There is no such area."),
        ("pledge,a,A title,en,8,,,a\x07b", "description", "The text holds a control character."),
        ("pledge,a,A \u202etitle,en,8,,,", "title", TURNED),
        ("pledge,a,A title,en,8,,,\u2066a b\u2069", "description", TURNED),
    ],
)
def test_a_wrong_cell_is_named(tmp_path: Path, row: str, column: str, problem: str) -> None:
    assert faults(tmp_path, HEAD + row + "\n") == [(2, column, problem)]


def test_the_marks_of_direction_that_arabic_is_typed_with_are_text(tmp_path: Path) -> None:
    assert faults(tmp_path, HEAD + "pledge,a,\u0645\u064a\u0646\u0627\u0621 \u200f(IOM)\u200e,ar,8,,,\n") == []


@pytest.mark.parametrize(("title", "hint"), [("titel", True), (" Titles ", True), ("time", False), ("tier", False)])
def test_a_column_is_taken_for_a_slip_only_where_it_is_nearly_the_same(tmp_path: Path, title: str, hint: bool) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"kind,{title}\npledge,x\n")
    with pytest.raises(InputError) as found:
        list(actions.read_actions(path))
    assert ("Did you mean" in str(found.value.remedy)) is hint


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    found = faults(tmp_path, HEAD + "pledge,a,,en,99,,,\npledge,b,Good title,en,8,,,\npledge,c,x,en,8,never,,\n")
    assert {row for row, _column, _problem in found} == {2, 4}


def test_an_identifier_stands_once_in_a_file(tmp_path: Path) -> None:
    row = "pledge,a,A title,en,8,,,\n"
    assert faults(tmp_path, HEAD + row + row) == [(3, "id", "The identifier stands in row 2 already.")]


def test_a_formula_is_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(HEAD + "pledge,a,\"=cmd|' /C calc'!A0\",en,8,,,\n")
    (entry,) = actions.read_actions(path)
    assert entry.action is not None
    assert entry.action.title == "=cmd|' /C calc'!A0"
    assert "'=cmd" in "".join(actions.csv_lines([entry.action]))


def refusal(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        list(actions.read_actions(path))
    assert caught.value.remedy
    return caught.value


def test_a_file_cut_in_the_middle_of_a_row_is_refused_with_its_row(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(HEAD + "pledge,a,A title,en,8,,,\npledge,b,Ano")
    assert refusal(path).place.row == 3


def test_a_file_cut_within_quotes_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(HEAD + 'pledge,a,"A title,en,8')
    assert refusal(path).place.row == 2


def test_a_workbook_that_is_cut_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.xlsx"
    path.write_bytes(actions.workbook("pledge")[:-300])
    assert "truncated" in refusal(path).problem


def test_an_archive_that_unpacks_to_far_more_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", io.BytesIO(bytes(64 << 20)).read())
    assert "unpacks" in refusal(path).problem


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", "title\nقيمة".encode("cp1256"), b'{"actions": [', b"[1, 2]"])
def test_what_is_no_table_of_actions_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    refusal(path)


def test_columns_that_mean_nothing_are_told_of(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("kind,title,language,objectives,colour\npledge,A title,en,8,blue\n")
    strange: list[str] = []
    assert [entry.faults for entry in actions.read_actions(path, unknown=strange.append)] == [()]
    assert strange == ["colour"]


def test_headings_may_be_the_labels_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("Title;Language of the text;Objectives;Due\nA title;en;8, 9;2027-01-01\n")
    (entry,) = actions.read_actions(path, "pledge")
    assert entry.action is not None
    assert entry.action.objectives == (8, 9)


def test_no_field_takes_the_name_of_what_a_form_can_do() -> None:
    """A field called `matches` or `submit` would hide the function of that name from every script on its page."""
    from opencompact.actions.fields import fields_of

    taken = {
        "matches",
        "submit",
        "reset",
        "closest",
        "remove",
        "contains",
        "elements",
        "children",
        "action",
        "method",
        "id",
    }
    assert taken.isdisjoint(field.name for model in actions.KINDS.values() for field in fields_of(model))
