"""A file that is read again takes nothing away: no report, and at a start of the service nothing that people changed."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import pytest

LONG = "A sentence that says enough about what will be done, for whom, and with what."
HEAD = "id,kind,title,language,by,stakeholder,areas,objectives,description,form,mode,due,progress"
REPORT = "2025-03-01 | under-way | Begun"


def _row(due: str = "2030-01-01", title: str = "Register births", progress: str = "") -> str:
    return f'reread-1,pledge,{title},en,Ministry,state,QMA,4,"{LONG}",process,individual,{due},{progress}'


@pytest.fixture
def load(db: None, tmp_path: Path) -> Any:
    """Imports a table of that one row: at a start of the service, or as an editor's file."""
    from opencompact.public.importing import import_file

    def load(row: str, *, starting: bool = True) -> Any:
        path = tmp_path / "pledges.csv"
        path.write_text(f"{HEAD}\n{row}\n", "utf-8")
        by = "opencompact serve" if starting else "editor@example.org"
        return import_file(path=path, by=by, practices="submitted", believed=starting)

    return load


def _record(identifier: str = "reread-1") -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier=identifier)


def _report(person: Any, record: Any, text: str = "Half of them are registered") -> None:
    from opencompact import actions
    from opencompact.public import writing

    writing.report(by=person, record=record, update=actions.Update(datetime.date(2026, 3, 1), "under-way", text))


def test_an_empty_cell_leaves_the_reports_there(load: Any) -> None:
    load(_row(progress=REPORT))
    assert load(_row(title="Register all births"), starting=False).changed == 1
    assert [update.text for update in _record().action.progress] == ["Begun"]


def test_a_file_that_leaves_a_report_out_is_refused_and_one_that_adds_is_not(load: Any, person: Any) -> None:
    load(_row(progress=REPORT))
    _report(person("editor"), _record())
    refused = load(_row(progress="2025-09-01 | under-way | Something else"), starting=False)
    assert [fault.place.column for fault in refused.faults] == ["progress"]
    added = f'"{REPORT}\n2026-03-01 | under-way | Half of them are registered\n2026-04-01 | under-way | Most of them"'
    assert load(_row(progress=added), starting=False).changed == 1
    assert len(_record().action.progress) == 3


def test_a_published_practice_keeps_its_reports_whatever_a_file_says(
    service: Any, db: None, person: Any, tmp_path: Path
) -> None:
    from opencompact import actions
    from opencompact.public.importing import import_file

    record = _record("synthetic-practice-desk")
    _report(person("editor"), record)
    kept = _record("synthetic-practice-desk").action
    row = actions.to_row(kept) | {"progress": ""}
    path = tmp_path / "practice.csv"
    path.write_text("".join(actions.csv_lines([actions.from_row(row).action], "practice")), "utf-8")  # type: ignore[list-item]
    assert import_file(path=path, by="editor@example.org").unchanged == 1
    assert _record("synthetic-practice-desk").action.progress == kept.progress


def test_the_same_file_at_the_next_start_leaves_what_people_changed_and_reported(load: Any, person: Any) -> None:
    from dataclasses import replace

    from opencompact.public import writing

    editor = person("editor")
    load(_row(progress=REPORT))
    before = _record()
    changed = replace(before.action, due=datetime.date(2031, 6, 1))
    writing.save(by=editor, record=before, action=changed, expected=before.version, reason="The law was passed later")
    _report(editor, _record())
    again = load(_row(progress=REPORT))
    assert (again.unchanged, again.kept) == (1, 1)
    # What is new in the file comes in all the same.
    load(_row(title="Register all births", progress=REPORT))
    after = _record()
    assert (after.title, after.due, len(after.action.progress)) == ("Register all births", datetime.date(2031, 6, 1), 2)


def test_a_start_with_a_file_of_what_was_changed_and_withdrawn_is_no_fault(load: Any, person: Any) -> None:
    from dataclasses import replace

    from opencompact.public import writing

    editor = person("editor")
    load(_row())
    record = _record()
    writing.save(
        by=editor, record=record, action=replace(record.action, title="Register every birth"), expected=1, reason=""
    )
    writing.withdraw(by=editor, record=_record(), reason="It was entered twice")
    assert load(_row()).done
    assert _record().title == "Register every birth"


def test_the_sample_is_brought_up_to_today_but_for_what_people_changed(service: Any, db: None, person: Any) -> None:
    from opencompact.public.loading import load_sample

    record = _record("synthetic-pledge-births")
    _report(person("editor"), record, "Somebody said so")
    assert load_sample().done
    assert "Somebody said so" in [update.text for update in _record("synthetic-pledge-births").action.progress]
