"""What is published is what its reviewers read: rounds, locks, conflicts of interest, drafts that stay drafts, ways back."""

import re
from typing import Any

import pytest

from opencompact import actions

STANDINGS = ("un", "outside", "outside")


def _record(identifier: str) -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier=identifier)


class Practice:
    """A submitted practice with its author, editor and three reviewers who were asked."""

    def __init__(self, signed_in: Any, typed: dict[str, Any]) -> None:
        self.typed = typed
        self.author, self.editor = signed_in("contributor"), signed_in("editor")
        self.reviewers = [signed_in("reviewer", email=f"r{n}@example.org") for n in range(3)]
        location = self.author.post("/en/desk/new/practice/", typed).headers["Location"]
        self.identifier = re.findall(r"/actions/([a-z0-9-]+)/", location)[0]
        self.page = f"/en/actions/{self.identifier}/"
        self.desk = f"/en/desk/actions/{self.identifier}"
        self.submit()
        self.ask_all()

    def submit(self) -> None:
        self.author.post(f"{self.desk}/submit/")
        assert _record(self.identifier).stage == "submitted"

    def ask(self, browser: Any, standing: str) -> None:
        self.editor.post(f"{self.desk}/ask/", {"reviewer": browser.person.pk, "standing": standing})

    def ask_all(self) -> None:
        for browser, standing in zip(self.reviewers, STANDINGS, strict=True):
            self.ask(browser, standing)

    def say(self, browser: Any, word: str) -> None:
        browser.post(f"{self.desk}/review/", {"conflict": "none"})
        browser.post(f"{self.desk}/review/", {"opinion": word, "remarks": f"I say {word}."})

    def publish(self) -> str:
        self.editor.post(f"{self.desk}/publish/")
        return str(_record(self.identifier).stage)

    def edited(self, browser: Any, **more: str) -> Any:
        version = str(_record(self.identifier).version)
        return browser.post(f"{self.desk}/edit/", self.typed | more | {"version": version})


@pytest.fixture
def submitted(signed_in: Any, practice: dict[str, Any]) -> Practice:
    return Practice(signed_in, practice)


def test_a_desk_says_that_a_practice_is_being_reviewed_and_not_that_it_is_shared(submitted: Practice) -> None:
    for browser in (submitted.author, submitted.editor):
        desk = browser.get("/en/desk/").content.decode()
        row = desk[desk.index(submitted.identifier) :].split("</li>")[0]
        assert "being reviewed" in row
        assert "Shared" not in row


def test_an_auditor_reads_what_reviewers_declared_and_said_and_a_focal_point_does_not(
    submitted: Practice, signed_in: Any
) -> None:
    first, second, _third = submitted.reviewers
    review = f"{submitted.desk}/review/"
    first.post(review, {"conflict": "yes", "conflict_text": "My sister runs the desk."})
    submitted.say(second, "publish")
    auditor = signed_in("auditor")
    assert f"{submitted.desk}/judge/" in auditor.get(f"/en/actions/{submitted.identifier}/").content.decode()
    page = auditor.get(f"{submitted.desk}/judge/").content.decode()
    assert "My sister runs the desk." in page
    assert "recommends publication" in page
    assert "Give it back" not in page
    assert "Ask a reviewer" not in page
    assert auditor.post(f"{submitted.desk}/publish/").status_code == 403
    assert signed_in("focal-point", "QMA").get(f"{submitted.desk}/judge/").status_code == 403


def test_nobody_changes_a_practice_that_is_being_reviewed(submitted: Practice, signed_in: Any) -> None:
    from opencompact.public import writing

    focal = signed_in("focal-point", "QMA")
    for browser in submitted.reviewers:
        submitted.say(browser, "publish")
    for browser in (focal, submitted.editor, submitted.author):
        assert submitted.edited(browser, title="Nobody read this").status_code == 403
        assert browser.get(f"{submitted.desk}/progress/").status_code == 403
    record = _record(submitted.identifier)
    changed = actions.from_json(record.document | {"title": "Nobody read this"})
    with pytest.raises(writing.NotReady):
        writing.save(by=focal.person, record=record, action=changed, expected=record.version)
    assert submitted.publish() == "published"
    assert _record(submitted.identifier).title == submitted.typed["title"]


def test_a_pledge_that_waits_for_editors_may_still_be_mended(signed_in: Any) -> None:
    from opencompact.public import writing

    focal = signed_in("focal-point", "QMA")
    pledge = actions.Pledge(id="waits", title="A pledge", language="en", objectives=(8,), areas=("QMA",))
    writing.create(by=focal.person, action=pledge)
    from opencompact.public.models import Record

    Record.objects.filter(identifier="waits").update(stage="submitted")
    assert focal.get("/en/desk/actions/waits/edit/").status_code == 200


def test_opinions_are_of_one_round_and_stay_as_history(submitted: Practice) -> None:
    for browser, word in zip(submitted.reviewers, ("publish", "not", "not"), strict=True):
        submitted.say(browser, word)
    submitted.editor.post(f"{submitted.desk}/give-back/", {"reason": "The results are thin."})
    assert submitted.edited(submitted.author, results=submitted.typed["results"] * 2).status_code == 302
    submitted.submit()
    html = submitted.editor.get(f"{submitted.desk}/judge/").content.decode()
    assert "Still to be asked: 1 from the UN, 2 from outside" in html
    assert "does not count any more" in html
    assert html.count("I say not.") == 2
    for browser in submitted.reviewers:
        assert f'value="{browser.person.pk}">r' in html, "who reviewed before may be asked again"
        assert browser.get(f"{submitted.desk}/review/").status_code == 404, "nobody is asked yet in this round"
    for n, told in enumerate(("2 reviewers from outside are still to be asked. 1 reviewer has", "1 reviewer from outside is still to be asked. 2 reviewers have")):  # fmt: skip
        submitted.ask(submitted.reviewers[n], STANDINGS[n])
        assert told in submitted.editor.get(f"{submitted.desk}/judge/").content.decode()
    submitted.ask_all()
    for browser in submitted.reviewers:
        submitted.say(browser, "publish")
    assert submitted.publish() == "published"
    assert _record(submitted.identifier).reviews.count() == 6


def test_an_opinion_on_what_was_given_back_counts_for_nothing(submitted: Practice) -> None:
    from opencompact.public import writing

    late = submitted.reviewers[0]
    late.post(f"{submitted.desk}/review/", {"conflict": "none"})
    review = _record(submitted.identifier).reviews.get(reviewer=late.person)
    submitted.editor.post(f"{submitted.desk}/give-back/", {"reason": "The results are thin."})
    submitted.submit()
    with pytest.raises(writing.NotReady):
        writing.decide(by=late.person, review=review, publish=True, remarks="I like it.")


def test_a_reviewer_reads_nothing_before_declaring_and_nothing_with_a_conflict(submitted: Practice) -> None:
    first, second, _third = submitted.reviewers
    hidden = [submitted.page, f"{submitted.page}history/", f"{submitted.page}history/1/"]
    assert [first.get(address).status_code for address in hidden] == [404] * 3
    first.post(f"{submitted.desk}/review/", {"conflict": "none"})
    assert first.get(submitted.page).status_code == 200
    second.post(f"{submitted.desk}/review/", {"conflict": "yes", "conflict_text": "I advise them."})
    assert [second.get(address).status_code for address in hidden] == [404] * 3


def test_a_reviewer_reads_what_was_submitted_and_not_the_drafts_around_it(submitted: Practice) -> None:
    reviewer = submitted.reviewers[0]
    reviewer.post(f"{submitted.desk}/review/", {"conflict": "none"})
    submitted.editor.post(f"{submitted.desk}/give-back/", {"reason": "Too long."})
    assert reviewer.get(submitted.page).status_code == 404
    assert submitted.edited(submitted.author, title="A shorter title").status_code == 302
    html = reviewer.get(f"{submitted.desk}/review/").content.decode()
    assert "A shorter title" not in html
    assert "not waiting for a review any more" in html
    submitted.submit()
    submitted.ask(reviewer, "un")
    reviewer.post(f"{submitted.desk}/review/", {"conflict": "none"})
    assert reviewer.get(f"{submitted.page}history/2/").status_code == 200
    assert reviewer.get(f"{submitted.page}history/1/").status_code == 404


def test_public_versions_begin_at_publication(submitted: Practice, client: Any) -> None:
    submitted.editor.post(f"{submitted.desk}/give-back/", {"reason": "It names a child."})
    assert submitted.edited(submitted.author, title="The name is gone").status_code == 302
    submitted.submit()
    submitted.ask_all()
    for browser in submitted.reviewers:
        submitted.say(browser, "publish")
    assert submitted.publish() == "published"
    assert client.get(f"{submitted.page}history/1/").status_code == 404
    assert client.get(f"{submitted.page}history/2/").status_code == 200
    assert "history/1/" not in client.get(f"{submitted.page}history/").content.decode()
    told = client.get(f"/api/v1/actions/{submitted.identifier}/versions").json()
    assert [entry["number"] for entry in told] == [2]
    assert "All versions (1)" in client.get(submitted.page).content.decode()
    assert submitted.author.get(f"{submitted.page}history/1/").status_code == 200, "the author sees all"


def test_the_author_reads_why_it_came_back_and_nobody_else_does(submitted: Practice, client: Any) -> None:
    reason = "Say how many of the two hundred found work, and who counted them."
    submitted.editor.post(f"{submitted.desk}/give-back/", {"reason": " "})
    assert _record(submitted.identifier).stage == "submitted", "nothing comes back without a reason"
    submitted.editor.post(f"{submitted.desk}/give-back/", {"reason": reason})
    for address in (submitted.page, "/en/desk/"):
        assert reason in submitted.author.get(address).content.decode()
    submitted.submit()
    assert reason not in submitted.author.get(submitted.page).content.decode()


def test_what_was_withdrawn_is_taken_up_again_as_a_draft(signed_in: Any, client: Any) -> None:
    identifier, reason = "synthetic-pledge-births", "It was entered twice."
    page, desk = f"/en/actions/{identifier}/", f"/en/desk/actions/{identifier}"
    editor, focal, other = signed_in("editor"), signed_in("focal-point", "QMA"), signed_in("contributor")
    editor.post(f"{desk}/withdraw/", {"reason": ""})
    assert _record(identifier).stage == "published"
    editor.post(f"{desk}/withdraw/", {"reason": reason})
    assert client.get(page).status_code == 410
    html = focal.get(page).content.decode()
    assert reason in html
    assert "Take it up again" in html
    assert focal.get(f"{desk}/edit/").status_code == 403
    assert other.post(f"{desk}/take-up/").status_code == 410
    assert focal.post(f"{desk}/take-up/").status_code == 302
    assert _record(identifier).stage == "draft"
    assert focal.get(f"{desk}/edit/").status_code == 200
    focal.post(f"{desk}/submit/")
    editor.post(f"{desk}/publish/")
    assert client.get(page).status_code == 200
    assert reason not in client.get(page).content.decode()


def test_neither_editors_nor_whoever_wrote_a_word_reviews(submitted: Practice, person: Any, signed_in: Any) -> None:
    from opencompact.public import writing
    from opencompact.public.models import Version

    both = signed_in("reviewer", email="both@example.org")
    wrote = signed_in("reviewer", email="wrote@example.org")
    person("editor", email="both@example.org")
    record = _record(submitted.identifier)
    Version.objects.create(record=record, number=99, document=record.document, by=wrote.person.email, at=record.changed)
    html = submitted.editor.get(f"{submitted.desk}/judge/").content.decode()
    for browser in (both, wrote):
        assert browser.person.email not in html
        submitted.ask(browser, "outside")
        assert not record.reviews.filter(reviewer=browser.person).exists()
    made_editor = submitted.reviewers[0]
    made_editor.post(f"{submitted.desk}/review/", {"conflict": "none"})
    person("editor", email="r0@example.org")
    review = record.reviews.get(reviewer=made_editor.person)
    with pytest.raises(writing.NotReady):
        writing.decide(by=made_editor.person, review=review, publish=True, remarks="I like it.")
