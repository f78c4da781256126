"""Export is import: what is written in any format is read back as the same actions."""

import datetime
import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opencompact import actions
from opencompact.actions import words
from opencompact.actions.cells import clean
from opencompact.actions.fields import Field, fields_of
from opencompact.actions.model import Milestone, Passage, Update
from opencompact.actions.reading import lines

TRICKY = st.sampled_from(
    ["=1+1", "+A", "-x", "@SUM(A1)", "'=1", "''-", "a|b", "a\\nb", "\\", "\\|", '"', "; ", "لا", "中文，", "e\u0301"]
)
LINE = st.lists(TRICKY | st.text("aZé=+|\\;,'\"-@9ش中\u00df\u0130", max_size=12), max_size=5).map(
    lambda parts: clean(" ".join(parts))
)
TEXT = st.lists(LINE, max_size=3).map(lambda parts: clean("\n".join(parts)))
# Days that have been: nothing is reported of others.
DAY = st.dates(datetime.date(1990, 1, 1), datetime.date(2025, 1, 1))
STAGE = st.sampled_from([choice.code for choice in words.STAGES])


# Of every kind, evidence has to name something that can be looked up.
_LOOKED_UP = {"document": "A/RES/73/195", "figure": "90 boats", "indicator": "10.7.3"}


def _evidence() -> st.SearchStrategy[tuple[str, str]]:
    kinds = st.sampled_from(list(_LOOKED_UP))
    told = st.builds(lambda kind, line: (kind, clean(f"{_LOOKED_UP[kind]} {line}")), kinds, LINE)
    return st.one_of(st.just(("", "")), told)


UPDATE = st.builds(lambda d, s, t, e: Update(d, s, t, *e), DAY, STAGE, TEXT, _evidence())
FORMS: dict[str, st.SearchStrategy[object]] = {
    "line": LINE,
    "text": TEXT,
    "day": st.none() | DAY,
    "number": st.none() | st.floats(-1e12, 1e12).map(lambda x: x + 0.0),
    "areas": st.lists(st.sampled_from(["KEN", "MEX", "001", "QMA"]), unique=True).map(tuple),
    "objectives": st.sets(st.integers(1, 23), min_size=1).map(lambda s: tuple(sorted(s))),
    "principles": st.sets(st.integers(1, 10)).map(lambda s: tuple(sorted(s))),
    "goals": st.sets(st.integers(1, 17)).map(lambda s: tuple(sorted(s))),
    "letters": st.lists(st.sampled_from(["8a", "8e", "21h"]), unique=True).map(tuple),
    "provisions": st.lists(st.sampled_from(["A/79/590#89", "A/RES/76/266#annex.73"]), unique=True).map(tuple),
    "indicator": st.sampled_from(["", "10.c.1", "refugees.hosted"]),
    "recommendation": st.sampled_from(["", "2c"]),
    "language": st.sampled_from(["en", "ar", "zh"]),
    "speaker": st.sampled_from(["", *(choice.code for choice in words.speakers())]),
    "updates": st.lists(UPDATE, max_size=3).map(lambda us: tuple(sorted(us, key=lambda u: u.day))),
    "milestones": st.lists(st.builds(Milestone, DAY, LINE, st.none() | DAY), max_size=2).map(tuple),
    "passages": st.lists(st.builds(Passage, LINE.filter(bool), LINE), max_size=2).map(tuple),
}


def _values(field: Field) -> st.SearchStrategy[object]:
    if field.name == "title":
        return LINE.map(lambda text: text or "Untitled")
    if field.name == "currency":
        return st.sampled_from(["", "USD"])
    if field.name == "reviewed":
        return st.sampled_from(["", "Migration Network Hub, May 2023"])
    if field.name == "unit" or field.name.endswith("marker"):
        return st.sampled_from(["", "persons", "-", "=x"])
    if field.name == "links":
        return st.just(()) | st.just(("https://example.org/a", "https://example.org/b?c=d"))
    if field.form == "choice":
        return st.sampled_from(["", *(c.code for c in field.choices if c.code != "matching")])
    if field.form == "choices":
        return st.lists(st.sampled_from([c.code for c in field.choices]), unique=True).map(tuple)
    if field.form == "lines":
        return st.lists(LINE.filter(bool), unique=True, max_size=3).map(tuple)
    return FORMS[field.form]


@st.composite
def any_action(draw: st.DrawFn) -> actions.Action:
    model = draw(st.sampled_from(list(actions.KINDS.values())))
    values = {field.name: draw(_values(field)) for field in fields_of(model) if not field.private}
    if values["starts"] and values["due"] and values["due"] < values["starts"]:
        values["due"] = None
    return model(id=draw(st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True)), **values)


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
@settings(max_examples=settings.default.max_examples // 5)
@given(action=any_action())
def test_what_is_exported_is_imported_as_it_was(tmp_path: Path, form: str, action: actions.Action) -> None:
    path = tmp_path / f"actions.{form}"
    if form == "csv":
        path.write_text("".join(actions.csv_lines([action])), encoding="utf-8", newline="")
    elif form == "json":
        path.write_text("".join(actions.json_lines([action])), encoding="utf-8")
    else:
        path.write_bytes(actions.workbook(action.kind, [action]))
    entries = list(actions.read_actions(path))
    assert [fault for entry in entries for fault in entry.faults] == []
    assert [entry.action for entry in entries] == [action]


@settings(max_examples=settings.default.max_examples // 4)
@given(action=any_action())
def test_what_the_service_keeps_is_read_back_as_it_was(action: actions.Action) -> None:
    assert actions.from_json(json.loads(json.dumps(actions.to_json(action, private=True)))) == action


@settings(max_examples=settings.default.max_examples // 4)
@given(action=any_action())
def test_json_follows_the_schema(action: actions.Action) -> None:
    content = json.loads("".join(actions.json_lines([action])))
    jsonschema.Draft202012Validator(actions.schema()).validate(content)


@settings(max_examples=settings.default.max_examples // 4)
@given(action=any_action())
def test_no_cell_of_a_csv_begins_like_a_formula(action: actions.Action) -> None:
    import csv
    import io

    for row in csv.DictReader(io.StringIO("".join(actions.csv_lines([action], action.kind)))):
        numbers = {f.name for f in fields_of(type(action)) if f.form == "number"}
        assert [v for k, v in row.items() if k not in numbers and v[:1] in "=+-@\t\r" and v] == []


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    import openpyxl

    action = actions.Pledge(id="a", title='=HYPERLINK("https://example.org")', language="en", objectives=(1,))
    path = tmp_path / "a.xlsx"
    path.write_bytes(actions.workbook("pledge", [action]))
    cells = [cell for row in openpyxl.load_workbook(path)["pledge"].iter_rows() for cell in row if cell.value]
    assert "f" not in {cell.data_type for cell in cells}
    assert action.title in {cell.value for cell in cells}


def test_the_sample_survives_every_format(tmp_path: Path, sample: tuple[actions.Action, ...]) -> None:
    path = tmp_path / "sample.csv"
    path.write_text("".join(actions.csv_lines(sample)), encoding="utf-8", newline="")
    assert tuple(entry.action for entry in actions.read_actions(path)) == sample


def test_what_is_private_is_in_no_export() -> None:
    action = actions.Pledge(id="a", title="A pledge", language="en", objectives=(1,), contact="someone@example.org")
    written = "".join(actions.csv_lines([action])) + "".join(actions.json_lines([action]))
    assert "someone@example.org" not in written


def test_a_column_that_is_absent_leaves_what_was_there(tmp_path: Path) -> None:
    before = actions.Pledge(id="a", title="A pledge", language="en", objectives=(1,), contact="someone@example.org")
    path = tmp_path / "a.csv"
    path.write_text("kind,id,title,language,objectives\npledge,a,Another title,en,1\n")
    (entry,) = actions.read_actions(path, before={"a": before}.get)
    assert entry.action is not None
    assert (entry.action.title, entry.action.contact) == ("Another title", "someone@example.org")


def test_a_template_has_drop_downs_and_reads_as_empty(tmp_path: Path) -> None:
    import openpyxl

    for kind in actions.KINDS:
        path = tmp_path / f"{kind}.xlsx"
        path.write_bytes(actions.workbook(kind, language="ar"))
        sheet = openpyxl.load_workbook(path)[kind]
        assert sheet.data_validations.count >= 3
        assert sheet.sheet_view.rightToLeft
        assert list(lines(path)) == []


def test_a_version_and_a_reason_come_back_with_their_row_from_every_format(tmp_path: Path) -> None:
    action = actions.Pledge(id="a", title="A pledge", language="en", objectives=(1,))
    given = (action, {"version": 3, "reason": "=The law\u202e came later"})
    for name, content in (
        ("a.csv", "".join(actions.csv_lines([given])).encode()),
        ("a.json", "".join(actions.json_lines([given])).encode()),
        ("a.xlsx", actions.workbook("pledge", [given])),
    ):
        (tmp_path / name).write_bytes(content)
        (entry,) = actions.read_actions(tmp_path / name, unknown=pytest.fail)
        # Signs that turn the direction of writing around are in no reason.
        assert (entry.action, entry.version, entry.reason) == (action, 3, "=The law came later")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "9" * 10, "²"])
def test_what_is_no_version_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"kind,id,title,language,objectives,version\npledge,a,A title,en,1,{text}\n", "utf-8")
    (entry,) = actions.read_actions(path)
    assert [(fault.place.column, fault.value) for fault in entry.faults] == [("version", text)]
