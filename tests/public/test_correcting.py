"""What proved wrong in what is public: a report taken back, a correction that its author proposes."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from opencompact import actions

PLEDGE = "synthetic-pledge-births"
PAGE = f"/en/actions/{PLEDGE}/"
DESK = f"/en/desk/actions/{PLEDGE}"
FALSE = "Every birth is registered."


def _record(identifier: str = PLEDGE) -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier=identifier)


@pytest.fixture
def editor(signed_in: Any) -> Any:
    return signed_in("editor")


@pytest.fixture
def author(signed_in: Any) -> Any:
    """A contributor who wrote the published pledge."""
    browser = signed_in("contributor")
    record = _record()
    record.owner = browser.person
    record.save(update_fields=["owner"])
    return browser


def _reported(browser: Any, today: datetime.date) -> int:
    """Reports what is not true, and gives its place among the reports."""
    sent = {
        "day": today.isoformat(),
        "stage": "done",
        "text": FALSE,
        "evidence": "figure",
        "reference": "100 % of births",
    }
    assert browser.post(f"{DESK}/progress/", sent).status_code == 302
    return next(n for n, update in enumerate(_record().action.progress) if update.text == FALSE)


def _take_back(browser: Any, number: int, because: str = "The figure was of another year.") -> Any:
    sent = {"because": because, "version": _record().version}
    return browser.post(f"{DESK}/progress/{number}/take-back/", sent)


def test_a_public_report_is_taken_back_by_an_editor_with_a_reason_that_stays(
    editor: Any, author: Any, client: Any, today: Any
) -> None:
    before = _record().state
    number = _reported(author, today)
    assert _record().state == "evidenced"
    assert _take_back(author, number).status_code == 403
    assert "Take this report back" not in author.get(PAGE).content.decode()
    assert "Take this report back" in editor.get(PAGE).content.decode()
    assert editor.get(f"{DESK}/progress/{number}/take-back/").status_code == 200
    assert _take_back(editor, number, " ").status_code == 422
    assert _take_back(editor, number).status_code == 302
    after = _record()
    assert (after.state, after.action.progress[number].taken_back) == (before, today)
    page = client.get(PAGE).content.decode()
    assert FALSE in page
    assert "taken back on" in page
    assert "The figure was of another year." in page
    assert "The figure was of another year." in client.get(f"{PAGE}history/").content.decode()
    assert FALSE in client.get(f"{PAGE}history/{after.version - 1}/").content.decode()
    assert _take_back(editor, number).status_code == 404, "it is taken back once"


def test_who_took_it_back_is_on_record(editor: Any, author: Any, today: Any) -> None:
    from opencompact.public.models import AuditEvent

    _take_back(editor, _reported(author, today))
    assert AuditEvent.objects.filter(verb="take-report-back", actor=editor.person.email, subject=PLEDGE).count() == 1
    assert _record().versions.order_by("-number").first().by == editor.person.email


def test_a_report_of_a_draft_is_taken_back_by_its_author(signed_in: Any, today: Any) -> None:
    from opencompact.public import writing

    browser = signed_in("contributor")
    report = actions.Update(today, "done", FALSE)
    draft = actions.Pledge(id="own-draft", title="A pledge", language="en", objectives=(1,), progress=(report,))
    writing.create(by=browser.person, action=draft)
    sent = browser.post("/en/desk/actions/own-draft/progress/0/take-back/", {"because": "Not yet.", "version": 1})
    assert sent.status_code == 302
    assert _record("own-draft").state == "promised"


def test_a_report_is_the_one_that_was_seen_or_none(editor: Any, author: Any, today: Any) -> None:
    number, seen = _reported(author, today), _record().version
    _reported(author, today)
    sent = editor.post(f"{DESK}/progress/{number}/take-back/", {"because": "Wrong.", "version": seen})
    assert sent.status_code == 302
    assert all(update.taken_back is None for update in _record().action.progress)


def test_a_file_carries_it_and_an_older_one_does_not_put_it_back(editor: Any, author: Any, today: Any, tmp_path: Any) -> None:  # fmt: skip
    from opencompact.public.importing import import_file

    path = tmp_path / "pledge.csv"
    number = _reported(author, today)
    path.write_text("".join(actions.csv_lines([_record().action])), "utf-8")
    _take_back(editor, number)
    assert import_file(path=path, by="editor@example.org").unchanged == 1
    assert _record().action.progress[number].because == "The figure was of another year."
    taken = _record().action
    path.write_text("".join(actions.csv_lines([taken])), "utf-8")
    entry = next(actions.read_actions(path))
    assert entry.action is not None
    assert entry.action.progress == taken.progress


def test_a_focal_points_file_takes_no_public_report_back(author: Any, today: Any, tmp_path: Any) -> None:
    from opencompact.public.importing import import_file

    number = _reported(author, today)
    action = _record().action
    path = tmp_path / "pledge.csv"
    changed = actions.taken_back(action, action.progress[number], today, "It was wrong.")
    path.write_text("".join(actions.csv_lines([changed])), "utf-8")
    refused = import_file(path=path, by="focal@example.org", areas=frozenset({"QMA"}), stage="submitted")
    assert [fault.place.column for fault in refused.faults] == ["progress"]
    assert import_file(path=path, by="editor@example.org").changed == 1
    assert _record().state != "evidenced"


# --- proposals --------------------------------------------------------------------------------------------------------


def _typed(**more: str) -> dict[str, Any]:
    record = _record()
    row: dict[str, Any] = actions.to_row(record.action)
    row["objectives"] = [str(number) for number in record.objectives]
    return row | {"version": str(record.version), "reason": "The name was wrong."} | more


def _proposed(author: Any, **more: str) -> str:
    location: str = author.post(f"{DESK}/propose/", _typed(**more)).headers["Location"]
    return location


def test_an_author_proposes_and_what_is_public_stays_until_it_is_taken(
    author: Any, editor: Any, client: Any, signed_in: Any
) -> None:
    focal = signed_in("focal-point", "QMA")
    before = _record()
    assert "Propose a correction" in author.get(PAGE).content.decode()
    assert author.post(f"{DESK}/edit/", _typed(title="Another")).status_code == 403
    address = _proposed(author, title="Register each and every birth")
    assert _record().version == before.version
    for browser in (focal, editor):
        assert address in browser.get("/en/desk/").content.decode()
        page = browser.get(address).content.decode()
        assert "<ins>" in page
        assert "The name was wrong." in page
    assert signed_in("focal-point", "QMB", email="other@example.org").get(address).status_code == 404
    assert author.post(f"{address}take/", {"version": before.version}).status_code == 403
    assert focal.post(f"{address}take/", {"version": before.version}).status_code == 302
    assert client.get(PAGE).content.decode().count("Register each and every birth") >= 1
    assert "The name was wrong." in client.get(f"{PAGE}history/").content.decode()
    assert focal.post(f"{address}take/", {"version": before.version + 1}).status_code == 302
    assert _record().version == before.version + 1, "it is decided once"


def test_a_refusal_has_a_reason_and_the_next_form_begins_with_what_was_typed(author: Any, editor: Any) -> None:
    address = _proposed(author, title="Register each and every birth")
    assert editor.post(f"{address}refuse/", {"answer": " "}).status_code == 422
    assert editor.post(f"{address}refuse/", {"answer": "The ministry calls it so."}).status_code == 302
    assert "The ministry calls it so." in author.get("/en/desk/").content.decode()
    page = author.get(f"{DESK}/propose/").content.decode()
    assert "Register each and every birth" in page
    assert "The ministry calls it so." in page
    assert _record().title != "Register each and every birth"


def test_the_desk_tells_of_what_was_taken_and_only_of_the_last_proposal(author: Any, editor: Any) -> None:
    first = _proposed(author, title="Register each and every birth")
    editor.post(f"{first}refuse/", {"answer": "The ministry calls it so."})
    second = _proposed(author, title="Register all births")
    editor.post(f"{second}take/", {"version": _record().version})
    desk = author.get("/en/desk/").content.decode()
    assert second in desk
    assert "taken on" in desk
    assert first not in desk
    assert "not taken" not in desk


def test_the_staff_history_says_whose_words_were_taken(author: Any, editor: Any, client: Any) -> None:
    address = _proposed(author, title="Register each and every birth")
    editor.post(f"{address}take/", {"version": _record().version})
    told = f"as proposed by {author.person.email}"
    assert told in editor.get(f"{PAGE}history/").content.decode()
    public = client.get(f"{PAGE}history/").content.decode()
    assert told not in public
    assert author.person.email not in public


def test_what_is_proposed_of_what_was_withdrawn_waits_for_nobody(author: Any, editor: Any) -> None:
    from opencompact.public import writing

    address = _proposed(author, title="Register each and every birth")
    writing.withdraw(by=editor.person, record=_record(), reason="It was entered twice")
    assert address not in editor.get("/en/desk/").content.decode()
    desk = author.get("/en/desk/").content.decode()
    assert "the action is not public any more" in desk
    assert "waits for an answer" not in desk


def test_what_could_not_be_taken_is_not_sent(author: Any) -> None:
    sent = author.post(f"{DESK}/propose/", _typed(description="", reason="It says too much."))
    assert sent.status_code == 422
    assert "would lack" in sent.content.decode()


def test_nothing_typed_is_lost_where_something_lacks(author: Any) -> None:
    page = author.post(f"{DESK}/propose/", _typed(title="Register each and every birth", reason=""))
    assert page.status_code == 422
    assert "Register each and every birth" in page.content.decode()


def test_what_others_changed_meanwhile_stays(author: Any, editor: Any) -> None:
    address = _proposed(author, title="Register each and every birth")
    assert editor.post(f"{DESK}/edit/", _typed(by="The Ministry of Births")).status_code == 302
    seen = _record().version
    assert editor.post(f"{address}take/", {"version": seen - 1}).status_code == 302
    assert _record().version == seen, "what is taken is what was read"
    editor.post(f"{address}take/", {"version": seen})
    after = _record().action
    assert (after.title, after.by) == ("Register each and every birth", "The Ministry of Births")


def test_who_proposed_is_told_that_others_changed_the_same_and_writes_it_anew_from_what_is_public(
    author: Any, editor: Any
) -> None:
    told = "Since it was written somebody else changed: "
    address = _proposed(author, title="Register each and every birth", by="The Ministry of Cradles")
    assert told not in author.get("/en/desk/").content.decode()
    assert editor.post(f"{DESK}/edit/", _typed(title="Register all births", due="2031-01-01", reason="So")).status_code == 302  # fmt: skip
    for page in ("/en/desk/", address, f"{DESK}/propose/"):
        assert f"{told}Title." in author.get(page).content.decode(), page
    assert "your words stand in place of theirs" in author.get(address).content.decode()
    assert "your words stand in place of theirs" not in editor.get(address).content.decode()
    form = author.get(f"{DESK}/propose/").content.decode()
    assert "Register each and every birth" in form
    assert "2031-01-01" in form
    assert f'name="version" value="{_record().version}"' in form
    sent = {"title": "Register all births", "by": "The Ministry of Cradles", "due": "2031-01-01"}
    assert _proposed(author, version=str(_record().version), **sent) == address
    assert told not in author.get("/en/desk/").content.decode()
    assert editor.post(f"{address}take/", {"version": _record().version}).status_code == 302
    after = _record().action
    assert (after.title, after.by) == ("Register all births", "The Ministry of Cradles")


def test_a_focal_point_takes_no_other_country_in(author: Any, signed_in: Any) -> None:
    focal = signed_in("focal-point", "QMA")
    address = _proposed(author, areas="QMA; QMB")
    focal.post(f"{address}take/", {"version": _record().version})
    assert _record().areas == ["QMA"]


def test_proposals_are_for_authors_of_what_is_public_and_no_practice(author: Any, signed_in: Any) -> None:
    assert signed_in("contributor", email="else@example.org").get(f"{DESK}/propose/").status_code == 403
    practice = _record("synthetic-practice-desk")
    practice.owner = author.person
    practice.save(update_fields=["owner"])
    assert author.get("/en/desk/actions/synthetic-practice-desk/propose/").status_code == 403


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Ten boats are ready", "Twelve boats are ready", "Ten ", "Twelve "),
        ("今年登记出生", "明年登记出生", "今", "明"),
        ("", "New", "", "New"),
        ("It ran.", "It ran. Twice.", "", "Twice."),
    ],
)
def test_words_that_differ_are_marked_and_nothing_is_left_out(
    service: Any, old: str, new: str, gone: str, come: str
) -> None:
    from opencompact.public.comparing import pieces

    before, after = pieces(old, new)
    assert "".join(piece.text for piece in before) == old
    assert "".join(piece.text for piece in after) == new
    assert "".join(piece.text for piece in before if piece.differs) == gone
    assert "".join(piece.text for piece in after if piece.differs) == come


def test_an_auditor_reads_what_is_proposed_and_decides_nothing(author: Any, signed_in: Any) -> None:
    auditor = signed_in("auditor")
    address = _proposed(author, title="Register each and every birth")
    assert address in auditor.get("/en/desk/").content.decode()
    page = auditor.get(address).content.decode()
    assert "<ins>" in page
    assert "Refuse it" not in page
    assert auditor.post(f"{address}take/", {"version": _record().version}).status_code == 403
