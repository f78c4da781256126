"""A file that was written before an action was changed undoes nothing; one that moves a promise says why."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

LONG = "A sentence that says enough about what will be done, for whom, and with what."
HEAD = "id,kind,title,language,by,stakeholder,areas,objectives,description,form,mode,due,target"


def _row(target: str = "9", title: str = "Register births", due: str = "2030-01-01") -> str:
    return f'later-1,pledge,{title},en,Ministry,state,QMA,4,"{LONG}",process,individual,{due},{target}'


def _record() -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier="later-1")


@pytest.fixture
def load(service: Path, db: None, tmp_path: Path) -> Any:
    """Imports a file by an editor."""
    from opencompact.public.importing import import_file

    def load(content: str, name: str = "pledges.csv", by: str = "editor@example.org", **more: Any) -> Any:
        path = tmp_path / name
        path.write_text(content if "\n" in content else f"{HEAD}\n{content}\n", "utf-8", newline="")
        return import_file(path=path, by=by, **more)

    return load


@pytest.fixture
def change(person: Any) -> Any:
    """Changes the action by hand, as its focal point does on its page."""
    from opencompact.public import writing

    def change(**fields: Any) -> None:
        record = _record()
        action = replace(record.action, **fields)
        writing.save(by=person("focal-point", "QMA"), record=record, action=action, expected=record.version, reason="So it was decided")  # fmt: skip

    return change


def _exported(client: Any, form: str = "csv") -> str:
    answer = client.get(f"/actions.{form}?kind=pledge")
    content = answer.getvalue() if answer.streaming else answer.content
    return str(content.decode())


def _filled(content: str, **cells: str) -> str:
    """The exported table with these cells filled in, in the row of the action."""
    rows = list(csv.DictReader(io.StringIO(content)))
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(row | cells for row in rows if row["id"] == "later-1")
    return out.getvalue()


def test_an_older_export_brings_what_it_changed_and_leaves_the_rest(load: Any, change: Any, client: Any) -> None:
    load(_row())
    old = _filled(_exported(client), unit="children")
    change(title="Register every birth", target=900.0)
    done = load(old)
    assert (done.changed, done.kept, done.left) == (1, 1, 0)
    now = _record().action
    assert (now.title, now.target, now.unit) == ("Register every birth", 900.0, "children")


def test_where_both_changed_the_same_the_row_is_named_and_left_out_unless_it_is_to_count(
    load: Any, change: Any, client: Any
) -> None:
    load(_row())
    old = _filled(_exported(client), target="12", unit="children", reason="Counted again")
    change(target=900.0)
    done = load(old)
    assert (done.read, done.changed, done.left, done.undoing) == (1, 0, 1, 1)
    (why,) = done.left_out
    assert (why.place.row, why.place.column, why.value) == (2, "target", "later-1")
    assert "“900" in why.sentence
    assert "“12" in why.sentence
    assert (_record().action.target, _record().action.unit) == (900.0, "")
    assert load(old, anyway=True).changed == 1
    assert (_record().action.target, _record().action.unit) == (12.0, "children")


def test_json_carries_the_version_too(load: Any, change: Any, client: Any) -> None:
    load(_row())
    content = json.loads(_exported(client, "json"))
    (old,) = [entry for entry in content["actions"] if entry["id"] == "later-1"]
    assert old["version"] == 1
    change(title="Register every birth")
    done = load(json.dumps({"actions": [old | {"unit": "children"}]}, indent=1), "pledges.json")
    assert (done.changed, _record().title) == (1, "Register every birth")


def test_an_old_file_without_versions_comes_in_but_undoes_nothing(load: Any, change: Any) -> None:
    load(_row())
    change(title="Register every birth")
    done = load(_row())
    assert (done.left, done.changed, _record().title) == (1, 0, "Register every birth")
    # What was never said before is nobody's change undone.
    assert load(_row(title="Register births and deaths")).changed == 1
    assert _record().title == "Register births and deaths"


def test_a_file_may_take_back_what_a_file_brought(load: Any) -> None:
    for title in ("Register births", "Register every birth", "Register births"):
        assert load(_row(title=title)).left == 0
    assert (_record().version, _record().title) == (3, "Register births")


def test_a_report_made_since_the_export_stays(load: Any, client: Any, person: Any, today: Any) -> None:
    from opencompact import actions
    from opencompact.public import writing

    load(_row())
    old = _filled(_exported(client), progress="2026-02-01 | under-way | By file")
    writing.report(by=person("editor"), record=_record(), update=actions.Update(today, "under-way", "By hand"))
    assert load(old).changed == 1
    assert [update.text for update in _record().action.progress] == ["By file", "By hand"]


def test_a_due_day_moves_with_a_reason_which_stands_in_the_history(load: Any) -> None:
    load(_row())
    refused = load(_row(due="2033-01-01"))
    assert [(fault.place.row, fault.place.column) for fault in refused.left_out] == [(2, "reason")]
    assert (refused.left, refused.undoing, str(_record().due)) == (1, 0, "2030-01-01")
    # Told that it may undo, it still says why.
    assert load(_row(due="2033-01-01"), anyway=True).left == 1
    given = f"{HEAD},reason\n{_row(due='2033-01-01')},The law came later\n"
    assert load(given).changed == 1
    version = _record().versions.get(number=2)
    assert (str(_record().due), version.reason, version.manner) == ("2033-01-01", "The law came later (pledges.csv)", "file")  # fmt: skip


def test_the_page_names_the_rows_and_offers_to_count_them(load: Any, change: Any, signed_in: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    load(_row())
    change(title="Register every birth")
    editor = signed_in("editor")

    def send(**more: str) -> str:
        content = f"{HEAD}\n{_row()}\n".encode()
        answer = editor.post("/en/desk/import/", {"file": SimpleUploadedFile("a.csv", content), **more})
        assert answer.status_code == 200
        return str(answer.content.decode())

    page = send()
    assert "1 row was left out" in page
    assert "Register every birth" in page
    assert 'name="anyway"' in page
    assert "1 changed" in send(anyway="yes")
    assert _record().title == "Register births"


def test_at_a_start_of_the_service_too_a_row_that_moves_a_promise_says_why(load: Any) -> None:
    load(_row(), by="opencompact serve", believed=True)
    done = load(_row(due="2033-01-01"), by="opencompact serve", believed=True)
    assert (done.done, done.left, str(_record().due)) == (True, 1, "2030-01-01")
