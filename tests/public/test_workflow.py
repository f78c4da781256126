"""From a draft to what everyone reads: submission, peer review, publication; progress; two people editing one plan."""

import datetime
import re
from pathlib import Path
from typing import Any

import pytest

from opencompact import actions
from opencompact.public import peer
from opencompact.public.peer import Opinion


def identifier_of(response: Any) -> str:
    found = re.search(r"/actions/([a-z0-9-]+)/", response.headers["Location"])
    assert found is not None
    return found[1]


def record(identifier: str) -> Any:
    from opencompact.public.models import Record

    return Record.objects.get(identifier=identifier)


def opinion(browser: Any, identifier: str, word: str) -> None:
    address = f"/en/desk/actions/{identifier}/review/"
    assert browser.post(address, {"conflict": "none"}).status_code == 302
    assert browser.post(address, {"opinion": word, "remarks": "Because it worked."}).status_code == 302


def ask(editor: Any, identifier: str, browser: Any, standing: str) -> None:
    editor.post(f"/en/desk/actions/{identifier}/ask/", {"reviewer": browser.person.pk, "standing": standing})


def test_a_practice_goes_from_draft_through_peer_review_to_everyone(
    signed_in: Any, client: Any, practice: dict[str, Any]
) -> None:
    author, editor = signed_in("contributor"), signed_in("editor")
    reviewers = [signed_in("reviewer", email=f"r{n}@example.org") for n in range(3)]
    identifier = identifier_of(author.post("/en/desk/new/practice/", practice))
    page = f"/en/actions/{identifier}/"
    assert client.get(page).status_code == 404
    assert author.post(f"/en/desk/actions/{identifier}/submit/").status_code == 302
    assert author.get(f"/en/desk/actions/{identifier}/edit/").status_code == 403
    assert reviewers[0].get(page).status_code == 404
    for browser, standing in zip(reviewers, ("un", "outside", "outside"), strict=True):
        ask(editor, identifier, browser, standing)
    editor.post(f"/en/desk/actions/{identifier}/publish/")
    assert record(identifier).stage == "submitted"
    for browser in reviewers:
        opinion(browser, identifier, "publish")
    editor.post(f"/en/desk/actions/{identifier}/publish/")
    assert record(identifier).stage == "published"
    assert client.get(page).status_code == 200
    from opencompact.public.models import AuditEvent

    verbs = list(AuditEvent.objects.filter(subject=identifier).order_by("id").values_list("verb", flat=True))
    assert verbs == ["create", "submit", *["ask-reviewer"] * 3, *["declare", "decide"] * 3, "publish"]


def test_reviewers_who_disagree_need_a_further_one(signed_in: Any, practice: dict[str, Any]) -> None:
    author, editor = signed_in("contributor"), signed_in("editor")
    reviewers = [signed_in("reviewer", email=f"r{n}@example.org") for n in range(4)]
    identifier = identifier_of(author.post("/en/desk/new/practice/", practice))
    author.post(f"/en/desk/actions/{identifier}/submit/")
    for browser, standing, word in zip(
        reviewers[:3], ("un", "outside", "outside"), ("publish", "not", "publish"), strict=True
    ):
        ask(editor, identifier, browser, standing)
        opinion(browser, identifier, word)
    editor.post(f"/en/desk/actions/{identifier}/publish/")
    assert record(identifier).stage == "submitted"
    assert "ask a further one" in editor.get(f"/en/desk/actions/{identifier}/judge/").content.decode()
    ask(editor, identifier, reviewers[3], "outside")
    opinion(reviewers[3], identifier, "publish")
    editor.post(f"/en/desk/actions/{identifier}/publish/")
    assert record(identifier).stage == "published"


def test_who_has_a_conflict_of_interest_sees_nothing_more_and_counts_for_nothing(
    signed_in: Any, practice: dict[str, Any]
) -> None:
    author, editor, reviewer = signed_in("contributor"), signed_in("editor"), signed_in("reviewer")
    identifier = identifier_of(author.post("/en/desk/new/practice/", practice))
    author.post(f"/en/desk/actions/{identifier}/submit/")
    ask(editor, identifier, reviewer, "un")
    address = f"/en/desk/actions/{identifier}/review/"
    assert "A sentence that says enough" not in reviewer.get(address).content.decode()
    reviewer.post(address, {"conflict": "yes", "conflict_text": "I advised them."})
    assert "A sentence that says enough" not in reviewer.get(address).content.decode()
    reviewer.post(address, {"opinion": "publish", "remarks": "Fine."})
    assert record(identifier).reviews.get().opinion == ""


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("", (1, 2, 0, False, None)),
        ("u+ o+ o+", (0, 0, 0, False, True)),
        ("u- o- o-", (0, 0, 0, False, False)),
        ("u+ o+ o-", (0, 0, 0, True, None)),
        ("u+ o+ o- o-", (0, 0, 0, True, None)),
        ("u+ o+ o- o- o+", (0, 0, 0, False, True)),
        ("u! o+ o+", (1, 0, 0, False, None)),
        ("u? o+ o+", (0, 0, 1, False, None)),
    ],
)
def test_the_rule_of_peer_review(said: str, expected: tuple[Any, ...]) -> None:
    words = {"+": ("none", "publish"), "-": ("none", "not"), "!": ("yes", ""), "?": ("", "")}
    opinions = [Opinion("un" if each[0] == "u" else "outside", *words[each[1]]) for each in said.split()]
    found = peer.outcome(opinions)
    assert (found.un_missing, found.outside_missing, found.waiting, found.further, found.publish) == expected


def test_what_is_incomplete_cannot_be_submitted_and_says_what_lacks(signed_in: Any, practice: dict[str, Any]) -> None:
    author = signed_in("contributor")
    identifier = identifier_of(author.post("/en/desk/new/practice/", practice | {"results": ""}))
    response = author.post(f"/en/desk/actions/{identifier}/submit/")
    assert response.status_code == 422
    assert 'href="#results"' in response.content.decode()
    assert record(identifier).stage == "draft"


def test_nothing_typed_is_lost_when_a_field_is_wrong(signed_in: Any, practice: dict[str, Any]) -> None:
    author = signed_in("contributor")
    response = author.post("/en/desk/new/practice/", practice | {"due": "soon", "title": "Typed with care"})
    html = response.content.decode()
    assert response.status_code == 422
    assert "Typed with care" in html
    assert 'value="soon"' in html
    assert 'id="fault-due"' in html


def test_two_people_editing_one_plan_lose_nothing(signed_in: Any) -> None:
    from opencompact.public.models import Version

    editor, focal = signed_in("editor"), signed_in("focal-point", "QMA")
    identifier = "synthetic-plan-orsela"
    version = record(identifier).version
    content = actions.to_row(record(identifier).action)
    form = {k: v for k, v in content.items() if k not in ("kind", "id", "progress")} | {"version": version}
    form |= {k: content[k].split("; ") for k in ("objectives", "consulted")}
    address = f"/en/desk/actions/{identifier}/edit/"
    assert editor.post(address, form | {"title": "The editor's title"}).status_code == 302
    response = focal.post(address, form | {"title": "The focal point's title"})
    html = response.content.decode()
    assert response.status_code == 409
    assert "The focal point&#39;s title" in html
    assert f'name="version" value="{version + 1}"' in html
    assert record(identifier).title == "The editor's title"
    assert focal.post(address, form | {"title": "The focal point's title", "version": version + 1}).status_code == 302
    kept = (
        Version.objects.filter(record__identifier=identifier)
        .order_by("number")
        .values_list("document__title", flat=True)
    )
    assert list(kept)[-3:] == [content["title"], "The editor's title", "The focal point's title"]


def test_a_pledge_is_reported_on_and_is_overdue_no_more(signed_in: Any, client: Any, today: datetime.date) -> None:
    focal = signed_in("focal-point", "QMB")
    page = "/en/actions/synthetic-pledge-rescue/"
    assert "<strong>overdue</strong>" in client.get(page).content.decode()
    address = "/en/desk/actions/synthetic-pledge-rescue/progress/"
    typed = {
        "day": today.isoformat(),
        "stage": "done",
        "text": "Both boats are in service.",
        "evidence": "figure",
        "reference": "2 boats of 2",
    }
    assert focal.post(address, typed | {"reference": ""}).status_code == 422
    assert focal.post(address, typed | {"day": (today + datetime.timedelta(days=1)).isoformat()}).status_code == 422
    assert focal.post(address, typed).status_code == 302
    html = client.get(page).content.decode()
    assert "<strong>overdue</strong>" not in html
    assert "Both boats are in service." in html
    assert record("synthetic-pledge-rescue").state == "evidenced"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"evidence": "document", "reference": "trust me"}, "Say which document"),
        ({"evidence": "document", "reference": "javascript:alert(1)"}, "An address begins with https://"),
        ({"evidence": "indicator", "reference": "99.99.99"}, "There is no such indicator"),
        ({"evidence": "figure", "reference": "many"}, "A figure has a number"),
        ({"day": "1900-01-01"}, "before the Compact"),
    ],
)
def test_what_nobody_can_look_up_is_no_evidence(signed_in: Any, changed: dict[str, str], said: str) -> None:
    focal = signed_in("focal-point", "QMB")
    typed = {"day": "2024-05-31", "stage": "done", "text": "It is done.", "evidence": "", "reference": ""}
    response = focal.post("/en/desk/actions/synthetic-pledge-rescue/progress/", typed | changed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert record("synthetic-pledge-rescue").state != "evidenced"


def test_what_was_done_is_kept_as_it_was_written(db: None) -> None:
    from django.db import DatabaseError, transaction

    from opencompact.public.models import AuditEvent, Version

    for change in (
        lambda: AuditEvent.objects.all().update(actor="someone else"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: Version.objects.all().update(reason=""),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_focal_point_does_not_make_what_is_public_speak_for_another_country(signed_in: Any) -> None:
    from opencompact.actions.rows import to_row
    from opencompact.public.models import Record

    focal, editor = signed_in("focal-point", "QMA"), signed_in("editor")
    record = Record.objects.get(identifier="synthetic-pledge-births")
    sent: dict[str, Any] = to_row(record.action) | {"version": str(record.version), "areas": "QMA; QMB"}
    sent["objectives"] = [str(number) for number in record.objectives]
    address = "/en/desk/actions/synthetic-pledge-births/edit/"
    refused = focal.post(address, sent)
    assert refused.status_code == 422
    assert "An area that is not yours" in refused.content.decode()
    assert Record.objects.get(pk=record.pk).areas == ["QMA"]
    assert editor.post(address, sent).status_code == 302
    assert Record.objects.get(pk=record.pk).areas == ["QMA", "QMB"]
    alone = sent | {"areas": "QMA", "version": str(record.version + 1)}
    assert focal.post(address, alone).status_code == 422, "nor does it take another country off"
    assert Record.objects.get(pk=record.pk).areas == ["QMA", "QMB"]
    assert focal.post(address, alone | {"areas": "QMB; QMA", "title": "Ours too"}).status_code == 302


def test_every_change_leaves_a_line_in_the_record_of_deeds() -> None:
    """A write is one function that notes what it did: no function of the module goes without."""
    import ast
    import inspect

    from opencompact.public import writing

    tree = ast.parse(inspect.getsource(writing))
    silent = []
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef)):
        atomic = any("transaction.atomic" in ast.unparse(decorator) for decorator in function.decorator_list)
        body = ast.unparse(function)
        if atomic:
            assert not function.args.args, function.name
            if not re.search(r"\bnote\(|_move\(|\bsave\(by=", body):
                silent.append(function.name)
    assert silent == []


def test_a_text_that_is_too_short_is_not_called_missing(signed_in: Any, practice: dict[str, Any]) -> None:
    """The hint says how much is asked for; beside the field stands how much is there."""
    author = signed_in("contributor")
    hint = author.get("/en/desk/new/practice/").content.decode()
    assert "At least 40 letters, or 16 Chinese characters." in hint
    identifier = identifier_of(author.post("/en/desk/new/practice/", practice | {"description": "Short.", "aim": ""}))
    html = author.post(f"/en/desk/actions/{identifier}/submit/").content.decode()
    assert "It has 6 of at least 40 characters." in html.partition('id="fault-description"')[2][:120]
    assert "This is asked for before it can be submitted." in html.partition('id="fault-aim"')[2][:120]


def test_the_page_of_a_draft_says_what_is_still_asked_for(signed_in: Any, practice: dict[str, Any]) -> None:
    author = signed_in("contributor")
    identifier = identifier_of(author.post("/en/desk/new/practice/", practice | {"aim": ""}))
    page = f"/en/actions/{identifier}/"
    assert f'href="/en/desk/actions/{identifier}/edit/#ask-aim"' in author.get(page).content.decode()
    author.post(f"/en/desk/actions/{identifier}/edit/", practice | {"version": "1"})
    assert "Everything that is asked for is there." in author.get(page).content.decode()
    author.post(f"/en/desk/actions/{identifier}/submit/")
    assert "Everything that is asked for is there." not in author.get(page).content.decode()


def test_what_is_wrong_with_a_report_stands_beside_each_field(signed_in: Any) -> None:
    editor, page = signed_in("editor"), "/en/desk/actions/synthetic-pledge-rescue/progress/"
    html = editor.post(page, {"day": "2999-01-01", "evidence": "document"}).content.decode()
    for place, said in (
        ("day", "The day has not come yet."),
        ("stage", "Say which stage was reached."),
        ("text-done", "Say what was done."),
        ("reference", "Say where the evidence can be seen, or leave both empty."),
    ):
        assert html.partition(f'id="fault-{place}">')[2].startswith(said)
        assert f'<a href="#{place}">{said}</a>' in html
    assert 'id="fault-evidence"' not in html


def test_evidence_without_its_kind_is_asked_for_it(signed_in: Any) -> None:
    typed = {"day": "2025-01-01", "stage": "done", "text": "It is done.", "reference": "A/79/590"}
    html = signed_in("editor").post("/en/desk/actions/synthetic-pledge-rescue/progress/", typed).content.decode()
    assert html.partition('id="fault-evidence">')[2].startswith("Say what kind of evidence it is.")


def test_what_was_submitted_incomplete_before_is_not_published_and_it_says_what_lacks(
    signed_in: Any, tmp_path: Path
) -> None:
    from opencompact.public.importing import import_file
    from opencompact.public.models import Record

    path = tmp_path / "pledges.csv"
    path.write_text("id,kind,title,language,objectives,areas\ninc-1,pledge,Incomplete pledge,en,8,QMA\n", "utf-8")
    assert import_file(path=path, by="focal@example.org", areas=frozenset({"QMA"}), stage="submitted").drafts == 1
    # As a file could leave it before rows were held to completeness.
    Record.objects.filter(identifier="inc-1").update(stage="submitted")
    page = signed_in("editor").post("/en/desk/actions/inc-1/publish/", follow=True).content.decode()
    assert "Asked for and missing, or too short: " in page
    assert Record.objects.get(identifier="inc-1").stage == "submitted"
