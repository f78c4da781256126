"""What is published of a practice was read by peers: new versions are reviewed, wording is corrected with a reason."""

import re
from pathlib import Path
from typing import Any

import pytest

from opencompact import actions

STANDINGS = ("un", "outside", "outside")
PRACTICE = "synthetic-practice-desk"
PAGE = f"/en/actions/{PRACTICE}/"
DESK = f"/en/desk/actions/{PRACTICE}"


def _record(identifier: str = PRACTICE) -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier=identifier)


def _typed(record: Any, **more: str) -> dict[str, Any]:
    """The form of a practice as its page fills it in, with some fields typed anew."""
    row: dict[str, Any] = actions.to_row(record.action)
    row["objectives"] = [str(number) for number in record.objectives]
    return row | more | {"version": str(record.version)}


@pytest.fixture
def focal(signed_in: Any) -> Any:
    return signed_in("focal-point", "QMA")


@pytest.fixture
def editor(signed_in: Any) -> Any:
    return signed_in("editor")


def _begun(browser: Any) -> Any:
    location = browser.post(f"{DESK}/new-version/").headers["Location"]
    return _record(re.findall(r"/actions/([a-z0-9-]+)/edit/", location)[0])


def _recommended(draft: Any, signed_in: Any, editor: Any, word: str = "publish") -> None:
    desk = f"/en/desk/actions/{draft.identifier}"
    for n, standing in enumerate(STANDINGS):
        reviewer = signed_in("reviewer", email=f"r{n}@example.org")
        editor.post(f"{desk}/ask/", {"reviewer": reviewer.person.pk, "standing": standing})
        reviewer.post(f"{desk}/review/", {"conflict": "none"})
        reviewer.post(f"{desk}/review/", {"opinion": word, "remarks": "Read."})


def test_a_new_version_is_public_only_when_its_reviewers_recommend_it(
    focal: Any, editor: Any, client: Any, signed_in: Any
) -> None:
    public, draft = _record(), _begun(focal)
    title = "One desk, and a second one in the harbour"
    desk = f"/en/desk/actions/{draft.identifier}"
    assert focal.post(f"{desk}/edit/", _typed(draft, title=title)).status_code == 302
    assert focal.post(f"{desk}/submit/").status_code == 302
    assert title not in client.get(PAGE).content.decode()
    assert client.get(f"/en/actions/{draft.identifier}/").status_code == 404
    assert editor.post(f"{desk}/publish/").status_code == 302
    assert _record().version == public.version, "nobody has recommended it yet"
    _recommended(draft, signed_in, editor)
    editor.post(f"{desk}/publish/")
    after = _record()
    assert (after.title, after.version, after.stage, after.public_from) == (
        title, public.version + 1, "published", public.public_from,
    )  # fmt: skip
    assert title in client.get(PAGE).content.decode()
    assert "which its reviewers recommended" in client.get(f"{PAGE}history/").content.decode()
    assert _record(draft.identifier).stage == "merged"
    assert client.get(f"/en/actions/{draft.identifier}/").status_code == 404
    assert focal.get(f"{desk}/edit/").status_code == 403
    assert client.get(f"/api/v1/actions/{PRACTICE}/versions").json()[0]["manner"] == "reviewed"


def test_a_reviewer_of_a_new_version_sees_old_and_new_words_side_by_side(
    focal: Any, editor: Any, signed_in: Any
) -> None:
    draft = _begun(focal)
    desk = f"/en/desk/actions/{draft.identifier}"
    focal.post(f"{desk}/edit/", _typed(draft, title="One desk, renewed"))
    focal.post(f"{desk}/submit/")
    reviewer = signed_in("reviewer", email="r9@example.org")
    editor.post(f"{desk}/ask/", {"reviewer": reviewer.person.pk, "standing": "un"})
    assert "One desk for" not in reviewer.get(f"{desk}/review/").content.decode()
    reviewer.post(f"{desk}/review/", {"conflict": "none"})
    page = reviewer.get(f"{desk}/review/").content.decode()
    assert f'href="{PAGE}"' in page
    assert "Old and new words" in page
    assert "renewed" in page.partition("<ins>")[2].partition("</ins>")[0]
    # Only what differs stands there, the rest of the practice below.
    table = page.partition('class="stack beside"')[2].partition("</table>")[0]
    assert table.count("<tr>") == 2


def test_reports_that_came_in_meanwhile_stay(focal: Any, editor: Any, signed_in: Any, today: Any) -> None:
    draft = _begun(focal)
    told = {
        "day": today.isoformat(),
        "stage": "under-way",
        "text": "A second city applies it.",
        "evidence": "",
        "reference": "",
    }
    assert focal.post(f"{DESK}/progress/", told).status_code == 302
    desk = f"/en/desk/actions/{draft.identifier}"
    focal.post(f"{desk}/edit/", _typed(draft, title="One desk, renewed"))
    focal.post(f"{desk}/submit/")
    _recommended(draft, signed_in, editor)
    editor.post(f"{desk}/publish/")
    after = _record()
    assert after.title == "One desk, renewed"
    assert [update.text for update in after.action.progress] == [
        "Runs as a service of the city.",
        "A second city applies it.",
    ]


def test_what_is_not_recommended_never_becomes_public(focal: Any, editor: Any, signed_in: Any) -> None:
    before, draft = _record(), _begun(focal)
    desk = f"/en/desk/actions/{draft.identifier}"
    focal.post(f"{desk}/edit/", _typed(draft, title="Something else"))
    focal.post(f"{desk}/submit/")
    _recommended(draft, signed_in, editor, "not")
    editor.post(f"{desk}/publish/")
    assert (_record().title, _record().version) == (before.title, before.version)
    assert _record(draft.identifier).stage == "submitted"


def test_nobody_but_an_editor_changes_what_is_published(focal: Any, editor: Any, signed_in: Any) -> None:
    before = _record()
    changed = _typed(before, title="One desk for newcomer in the town hall", reason="A slip.")
    for browser in (focal, signed_in("contributor"), signed_in("reviewer")):
        assert browser.post(f"{DESK}/edit/", changed).status_code == 403
    assert _record().version == before.version
    assert focal.get(PAGE).content.decode().count("Write a new version") == 1


def test_an_editor_corrects_wording_and_says_why(editor: Any, client: Any) -> None:
    before = _record()
    slip = before.title.replace("newcomers", "new-comers")
    for refused in (
        {"title": slip},
        {"title": slip, "reason": "  "},
        {"title": "Another title altogether, which says something else about it", "reason": "Better."},
        {"results": "It worked.", "reason": "Shorter."},
        {"areas": "QMB", "reason": "Another country."},
        {"lessons": "", "reason": "Taken out."},
    ):
        editor.post(f"{DESK}/edit/", _typed(before, **refused))
        assert _record().version == before.version, refused
    editor.post(f"{DESK}/edit/", _typed(before, title=slip, reason="A hyphen was missing."))
    assert (_record().title, _record().version) == (slip, before.version + 1)
    history = client.get(f"{PAGE}history/").content.decode()
    assert "A correction of wording by an editor" in history
    assert "A hyphen was missing." in history
    # The words themselves, old and new.
    assert "<del>newcomers" in history
    assert "<ins>new-comers" in history


def test_corrections_are_measured_together_against_what_reviewers_read(editor: Any, today: Any) -> None:
    first = _record()
    text, saved = first.action.description, []
    words = [word for word in text.split() if len(word) > 6 and not any(sign.isdigit() for sign in word)][:4]
    for word in words:
        text = text.replace(word, "x" * 7 + word[7:], 1)
        sent = editor.post(f"{DESK}/edit/", _typed(_record(), description=text, reason="A slip."))
        saved.append(sent.status_code)
        # A report in between is no review of the words.
        report = {"day": today.isoformat(), "stage": "under-way", "text": f"On the way {word}"}
        assert editor.post(f"{DESK}/progress/", report).status_code == 302
    assert saved[0] == 302
    assert saved[-1] == 422
    assert len(words) == 4
    # Back to what they read is always a correction.
    back = editor.post(f"{DESK}/edit/", _typed(_record(), description=first.action.description, reason="As it was."))
    assert back.status_code == 302


def test_a_correction_that_is_refused_is_not_lost(editor: Any) -> None:
    typed = _typed(_record(), title="Another title altogether, which says something else", reason="Better so.")
    page = editor.post(f"{DESK}/edit/", typed)
    assert page.status_code == 422
    assert 'value="Another title altogether, which says something else"' in page.content.decode()
    assert 'value="Better so."' in page.content.decode()
    assert "more than a correction of wording" in page.content.decode()


def test_while_a_new_version_is_written_nothing_else_is(focal: Any, editor: Any) -> None:
    before, draft = _record(), _begun(focal)
    assert focal.post(f"{DESK}/new-version/").headers["Location"] == PAGE
    editor.post(
        f"{DESK}/edit/", _typed(before, title=before.title.replace("newcomers", "new-comers"), reason="A slip.")
    )
    assert _record().version == before.version
    assert draft.identifier in focal.get(PAGE).content.decode()


def test_nobody_who_wrote_the_practice_reviews_its_new_version(focal: Any, editor: Any, signed_in: Any) -> None:
    from opencompact.public import writing

    author = signed_in("reviewer", email="author@example.org")
    record = _record()
    record.owner = author.person
    record.save(update_fields=["owner"])
    draft = _begun(focal)
    focal.post(f"/en/desk/actions/{draft.identifier}/submit/")
    with pytest.raises(writing.NotReady):
        writing.ask_reviewer(by=editor.person, record=_record(draft.identifier), reviewer=author.person, standing="un")


def test_a_file_changes_nothing_of_a_published_practice(service: Any, db: None, tmp_path: Path) -> None:
    from opencompact.public.importing import import_file

    path = tmp_path / "practices.csv"

    def imported(**more: str) -> Any:
        changed = actions.from_row(actions.to_row(_record().action) | more).action
        assert changed is not None
        path.write_text("".join(actions.csv_lines([changed])), encoding="utf-8")
        return import_file(path=path, by="editor@example.org", practices="submitted")

    before = _record()
    assert imported().unchanged == 1
    result = imported(results="It worked even better.")
    assert not result.done
    assert "only with its reviewers" in result.faults[0].problem
    assert not imported(reviewed="Migration Network Hub, May 2023").done, "nobody but the operator is believed"
    assert _record().version == before.version


SENTENCE = "A sentence that says enough about what was done and for whom."
# What is asked for beside it, of practices and of pledges.
REST = {"by": "City", "stakeholder": "local-authorities", "areas": "KEN", "level": "local", "form": "process", "mode": "individual"} | dict.fromkeys(
    ("description", "context", "aim", "activities", "beneficiaries", "results", "lessons", "replication"), SENTENCE
)  # fmt: skip
NEW = "\n".join(
    [",".join(["kind,id,title,language,objectives,reviewed", *REST])]
    + [
        ",".join([row, *REST.values()])
        for row in (
            "practice,own,A practice of our own,en,8,",
            'practice,hub,A practice of the hub,en,8,"Migration Network Hub, May 2023"',
            "pledge,told,A pledge,en,8,",
        )
    ]
    + [""]
)


def test_files_given_at_the_start_publish_no_practice_that_nobody_reviewed(
    service: Path, db: None, tmp_path: Path
) -> None:
    from opencompact.public.models import Person
    from opencompact.public.serving import Ready, Service, _load

    path = tmp_path / "actions.csv"
    path.write_text(NEW, encoding="utf-8")
    administrator = Person.objects.get(grants__role="administrator")
    ready = Ready("")
    _load(Service(state=service / "state", files=(path,)), ready, administrator.pk)
    assert {name: _record(name).stage for name in ("own", "hub", "told")} == {
        "own": "submitted", "hub": "published", "told": "published",
    }  # fmt: skip
    assert _record("own").owner_id == administrator.pk
    assert "1 practice waits for its reviewers" in ready.loaded[-1]
    # With a review of the change that the file names, the operator renews what is published.
    path.write_text(NEW.replace("of the hub", "of the hub renewed").replace("May 2023", "June 2025"), encoding="utf-8")
    _load(Service(state=service / "state", files=(path,)), ready, administrator.pk)
    assert (_record("hub").title, _record("hub").version) == ("A practice of the hub renewed", 2)


def test_who_reviewed_it_and_when_is_said_or_nothing_is(tmp_path: Path) -> None:
    path = tmp_path / "actions.csv"
    path.write_text(NEW.replace("Migration Network Hub, May 2023", "reviewed"), encoding="utf-8")
    faults = [fault for entry in actions.read_actions(path) for fault in entry.faults]
    assert [(fault.place.row, fault.place.column) for fault in faults] == [(3, "reviewed")]
