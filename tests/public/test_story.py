"""A promise keeps its public history: what was public stays, a moved day is said, what was withdrawn is told as such."""

from __future__ import annotations

import csv
import datetime
import io
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from opencompact import actions

LONG = "A sentence that says enough about what will be done, for whom, and with what. "
FIRST, LATER = datetime.date(2025, 6, 1), datetime.date(2030, 6, 1)
PAGE, API = "/en/actions/promise-1/", "/api/v1/actions/promise-1"


def _record() -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier="promise-1")


@pytest.fixture
def editor(signed_in: Any) -> Any:
    return signed_in("editor")


@pytest.fixture
def promise(editor: Any, person: Any) -> Any:
    """A public pledge that was due in 2025, written as its second version: the first was a draft."""
    from opencompact.public import writing

    author = person("contributor", email="author@example.org")
    pledge = actions.Pledge(
        id="promise-1", title="Register all births", language="en", by="Ministry", stakeholder="state", areas=("QMA",),
        objectives=(4,), description=LONG, form="process", mode="individual", due=datetime.date(2024, 1, 1),
        measure="births registered", target=90.0, unit="%",
    )  # fmt: skip
    record = writing.create(by=author, action=pledge)
    writing.save(by=author, record=record, action=replace(pledge, due=FIRST), expected=1)
    writing.submit(by=author, record=_record())
    writing.publish(by=editor.person, record=_record())
    return _record()


def _rewritten(editor: Any) -> None:
    """Withdrawn, taken up, changed, published again."""
    from opencompact.public import writing

    who = editor.person
    writing.withdraw(by=who, record=_record(), reason="It is written anew")
    writing.take_up(by=who, record=_record())
    for title in ("Register births in secret", "Register many births"):
        record = _record()
        softer = replace(record.action, due=LATER, target=50.0, title=title)
        writing.save(by=who, record=record, action=softer, expected=record.version)
    writing.submit(by=who, record=_record())
    writing.publish(by=who, record=_record())


def test_what_was_public_stays_in_the_public_history_and_drafts_do_not_enter_it(
    promise: Any, editor: Any, client: Any
) -> None:
    _rewritten(editor)
    story = client.get(f"{API}/versions").json()
    assert [step["number"] for step in story] == [4, 2]
    assert story[0]["turned"][-1] == {"field": "target", "before": "90.0", "after": "50.0"}
    assert story[0]["withdrawn"]
    page = client.get(f"{PAGE}history/").content.decode()
    assert "Register births in secret" not in page
    assert "and published again as it is here" in page
    assert [client.get(f"{PAGE}history/{n}/").status_code for n in (1, 2, 3, 4)] == [404, 200, 404, 200]


def test_the_day_first_promised_is_said_wherever_it_was_moved(promise: Any, editor: Any, client: Any) -> None:
    assert client.get(API).json()["first_due"] is None
    assert "was due" not in client.get(PAGE).content.decode()
    _rewritten(editor)
    assert client.get(API).json()["first_due"] == FIRST.isoformat()
    assert "was due 1 June 2025" in client.get(PAGE).content.decode().replace("Jun ", "June ")
    for page in ("/en/actions/?q=births", "/en/", "/en/areas/QMA/", "/en/areas/QMA/follow-up/", "/en/search/?q=births"):
        shown = client.get(page).content.decode()
        assert len(re.findall(r"promise-1.{0,400}was due 1 Jun 2025", shown, re.DOTALL)) == 1, page
    (listed,) = (a for a in client.get("/api/v1/actions?q=births").json()["actions"] if a["id"] == "promise-1")
    assert listed["first_due"] == FIRST.isoformat()


def test_a_file_and_the_review_tell_the_day_first_promised(promise: Any, editor: Any, client: Any) -> None:
    from opencompact.look.blocks import Table
    from opencompact.public import country

    _rewritten(editor)
    rows = csv.DictReader(io.StringIO(b"".join(client.get("/actions.csv?kind=pledge").streaming_content).decode()))
    told = {row["id"]: row["first_due"] for row in rows}
    assert told["promise-1"] == FIRST.isoformat()
    assert set(told.values()) == {"", FIRST.isoformat()}
    known = country.told("QMA")
    blocks = known.objective(4, "QMA", "en")
    (table,) = (block for block in blocks if isinstance(block, Table))
    texts = [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.rows]
    (due,) = (row[-1] for row in texts if row[0] == "Register many births")
    assert "(was due 1 Jun 2025)" in due
    assert known.state != replace(known, first_due={}).state, "the review is written anew when a day was moved"


def test_done_after_it_was_due_is_said_on_its_page_in_lists_and_in_the_review(
    promise: Any, editor: Any, client: Any
) -> None:
    from opencompact.look.blocks import Table
    from opencompact.public import country, writing

    report = actions.Update(datetime.date(2026, 3, 1), "done", "All are registered.", "figure", "90 % of births")
    writing.report(by=editor.person, record=_record(), update=report)
    late = "done on 1 Mar 2026, after it was due"
    assert late in client.get(PAGE).content.decode()
    assert late in client.get("/en/actions/?q=births").content.decode()
    assert client.get(API).json()["done_late"] == "2026-03-01"
    blocks = country.told("QMA").objective(4, "QMA", "en")
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert any(late in cell for row in table.rows for cell in row if isinstance(cell, str))
    intime = client.get("/en/actions/synthetic-pledge-detention/").content.decode()
    assert "after it was due" not in intime


def _typed(record: Any, **more: str) -> dict[str, Any]:
    row: dict[str, Any] = actions.to_row(record.action)
    return row | {"objectives": ["4"], "version": str(record.version)} | more


def test_a_due_day_is_moved_with_a_reason_and_what_was_typed_is_not_lost(
    promise: Any, editor: Any, client: Any
) -> None:
    asked = editor.post(
        "/en/desk/actions/promise-1/edit/", _typed(promise, due=LATER.isoformat(), title="Register all births now")
    )
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "say why you change them" in page
    assert 'value="Register all births now"' in page
    assert _record().version == promise.version
    told = editor.post(
        "/en/desk/actions/promise-1/edit/", _typed(promise, due=LATER.isoformat(), reason="The law was passed later")
    )
    assert told.status_code == 302
    history = client.get(f"{PAGE}history/").content.decode()
    assert "The law was passed later" in history
    assert history.index("before:") < history.index("2025") < history.index("now:") < history.index("2030")


def test_adding_a_measure_or_correcting_a_title_asks_for_no_reason(promise: Any, editor: Any) -> None:
    typed = _typed(promise, title="Register each birth", indicator="16.9.1")
    assert editor.post("/en/desk/actions/promise-1/edit/", typed).status_code == 302


def test_the_form_of_what_is_public_says_so(promise: Any, editor: Any) -> None:
    page = editor.get("/en/desk/actions/promise-1/edit/").content.decode()
    assert "This is public: what you keep is seen by anyone at once" in page
    assert "It stays a draft" not in page
    practice = editor.get("/en/desk/actions/synthetic-practice-desk/edit/").content.decode()
    assert "only its wording is corrected here" in practice
    assert "It stays a draft" not in practice


def test_an_address_that_was_public_says_that_it_was_withdrawn(promise: Any, editor: Any, client: Any) -> None:
    from opencompact.public import writing

    writing.withdraw(by=editor.person, record=_record(), reason="It was entered twice")
    for address in (PAGE, f"{PAGE}history/", f"{PAGE}history/2/"):
        gone = client.get(address)
        assert gone.status_code == 410
        assert "was withdrawn on" in gone.content.decode()
        assert "entered twice" not in gone.content.decode()
    for address in (API, f"{API}/versions"):
        told = client.get(address)
        assert told.status_code == 410
        assert set(told.json()) == {"error", "problem", "value", "remedy"}
    feed = ElementTree.fromstring(client.get("/actions.atom").content)
    entries = feed.findall("{http://purl.org/atompub/tombstones/1.0}deleted-entry")
    assert [entry.get("ref") for entry in entries] == ["http://testserver/id/promise-1/"]
    assert client.get("/en/actions/never-there/").status_code == 404
    # Taken up again, it is a draft: what is public of it is that it was withdrawn.
    writing.take_up(by=editor.person, record=_record())
    assert client.get(PAGE).status_code == 410
    assert editor.get(PAGE).status_code == 200
