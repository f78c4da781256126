"""What an action names and cites exists: one rule for forms, files and submission."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

HEAD = "id,kind,title,language,by,stakeholder,areas,objectives,description,form,mode,plan,priority,responsible,review,made,matched,provisions"
SENTENCE = "A sentence that says enough about what will be done for whom and with what."
PLAN, PLEDGE, REVIEW = "synthetic-plan-orsela", "synthetic-pledge-births", "synthetic-forum"


def _row(kind: str, **cells: str) -> str:
    values = {
        "id": "ref-1", "kind": kind, "title": "An action", "language": "en", "by": "Ministry", "stakeholder": "state", "areas": "QMA",
        "objectives": "1", "description": SENTENCE, "form": "process" if kind == "pledge" else "", "mode": "individual" if kind == "pledge" else "",
        "priority": "One", "responsible": "Ministry", "made": "2025-05-01",
    } | cells  # fmt: skip
    return ",".join(values.get(name, "") for name in HEAD.split(","))


@pytest.fixture
def text(db: None) -> None:
    """A text of ten paragraphs and an annex, loaded in two languages."""
    from opencompact.public.models import Paragraph

    places = [*map(str, range(1, 11)), "9.a", "annex.2.c"]
    for language in ("en", "zh"):
        for position, place in enumerate(places):
            Paragraph.objects.create(symbol="A/1/1", place=place, language=language, position=position, text=place)


@pytest.fixture
def load(db: None, tmp_path: Path) -> Any:
    from opencompact.public.importing import import_file

    def load(*rows: str, head: str = HEAD, **more: Any) -> Any:
        path = tmp_path / "actions.csv"
        path.write_text("\n".join([head, *rows, ""]), "utf-8")
        return import_file(path=path, by="editor@example.org", **more)

    return load


@pytest.mark.parametrize(
    ("kind", "column", "name", "problem"),
    [
        ("activity", "plan", "nope", "There is no action of this identifier."),
        ("activity", "plan", PLEDGE, "It names an action of another kind: “Pledge”."),
        ("statement", "review", "nope", "There is no action of this identifier."),
        ("statement", "review", PLAN, "It names an action of another kind: “Implementation plan”."),
        ("pledge", "matched", "nope", "There is no action of this identifier."),
        ("pledge", "matched", REVIEW, "It names an action of another kind: “Review”."),
    ],
)
def test_what_a_row_names_is_there_and_of_its_kind(load: Any, kind: str, column: str, name: str, problem: str) -> None:
    result = load(_row(kind, **{column: name}))
    assert [(f.place.row, f.place.column, f.value, f.problem) for f in result.faults] == [(2, column, name, problem)]
    assert result.faults[0].remedy


def test_a_row_may_name_another_further_down(load: Any) -> None:
    assert load(_row("activity", plan="ref-2"), _row("plan", id="ref-2")).new == 2
    wrong = load(_row("activity", id="ref-3", plan="ref-4"), _row("pledge", id="ref-4"))
    assert [fault.place.row for fault in wrong.faults] == [2]


def test_a_focal_point_names_no_draft_of_another_country(load: Any, person: Any) -> None:
    from opencompact import actions
    from opencompact.public import writing

    hidden = actions.Plan(id="hidden-plan", title="A plan", language="en", objectives=(1,), areas=("QMB",))
    writing.create(by=person("contributor"), action=hidden)
    row = _row("activity", plan="hidden-plan")
    assert not load(row, areas=frozenset({"QMA"}), stage="submitted").done
    assert load(row).done, "an editor reads every draft"


@pytest.mark.parametrize(
    ("cited", "near"), [("A/1/1 ¶9999", "A/1/1 ¶10"), ("A/1/1 ¶2(c)", "A/1/1 ¶annex.2.c"), ("A/1/1 ¶9(b)", "A/1/1 ¶9")]
)
def test_a_paragraph_that_a_loaded_text_does_not_have_is_told_with_the_nearest(
    load: Any, text: None, cited: str, near: str
) -> None:
    result = load(_row("pledge", provisions=cited))
    assert [(fault.place.column, fault.remedy) for fault in result.faults] == [
        ("provisions", f"The nearest is {near}.")
    ]


def test_paragraphs_that_are_there_and_of_texts_that_are_not_loaded_pass(load: Any, text: None) -> None:
    assert load(_row("pledge", provisions="A/1/1 ¶9(a); A/9/9 ¶9999")).done


def test_a_form_and_submission_go_by_the_same_rule(signed_in: Any, text: None) -> None:
    from opencompact.public.models import Record

    author = signed_in("contributor")
    typed = {
        "title": "A pledge", "language": "en", "by": "City", "stakeholder": "local-authorities", "areas": "QMA", "objectives": ["1"],
        "description": SENTENCE, "form": "process", "mode": "matching", "matched": PLAN, "provisions": "A/1/1 ¶9999",
    }  # fmt: skip
    refused = author.post("/en/desk/new/pledge/", typed)
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "It names an action of another kind" in page
    assert "The nearest is A/1/1 ¶10." in page
    assert author.post("/en/desk/new/pledge/", typed | {"matched": PLEDGE, "provisions": ""}).status_code == 302
    record = Record.objects.latest("id")
    # What it matches is taken off the record before it is submitted.
    document = record.document | {"matched": "gone", "provisions": ["A/1/1#77"]}
    Record.objects.filter(pk=record.pk).update(document=document)
    sent = author.post(f"/en/desk/actions/{record.identifier}/submit/")
    assert sent.status_code == 422
    assert "There is no action of this identifier" in sent.content.decode()
    record.refresh_from_db()
    assert record.stage == "draft"


# --- the paragraphs that objectives are -------------------------------------------------------------------------------


@pytest.fixture
def bare(load: Any) -> None:
    """A public pledge under objectives 8 and 23 that cites no paragraph."""
    assert load(_row("pledge", objectives="8; 23", areas="QMA")).new == 1


def test_an_action_that_cites_no_paragraph_answers_those_that_its_objectives_are(bare: None, client: Any) -> None:
    told = client.get("/api/v1/actions/ref-1").json()
    assert told["provisions_derived"] == ["A/RES/73/195#24", "A/RES/73/195#39"]
    assert "provisions" not in told["action"], "what nobody wrote is not kept"
    own = client.get(f"/api/v1/actions/{PLEDGE}").json()
    assert (bool(own["action"]["provisions"]), own["provisions_derived"]) == (True, [])
    page = client.get("/en/actions/ref-1/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "objective 8, A/RES/73/195, para. 24" in page
    assert "A/RES/73/195, para." not in client.get(f"/en/actions/{PLEDGE}/").content.decode()


def test_who_asks_for_the_paragraph_of_an_objective_finds_what_answers_it(bare: None, client: Any) -> None:
    def found(place: str) -> set[str]:
        return {a["id"] for a in client.get(f"/api/v1/actions?provision=A/RES/73/195%23{place}").json()["actions"]}

    assert "ref-1" in found("24") & found("39")
    assert PLEDGE not in found("20"), "it cites its own"
    assert not found("16") | found("40"), "no objective is there"


def test_files_tell_the_derived_paragraphs_and_do_not_read_them(bare: None, client: Any, tmp_path: Path) -> None:
    import json

    from opencompact.public.importing import import_file

    content = b"".join(client.get("/actions.csv?kind=pledge").streaming_content)
    assert b"A/RES/73/195#24; A/RES/73/195#39" in content
    (tmp_path / "again.csv").write_bytes(content)
    again = import_file(path=tmp_path / "again.csv", by="editor@example.org")
    assert (again.changed, again.faults) == (0, [])
    told = json.loads(b"".join(client.get("/actions.json?kind=pledge").streaming_content))
    (mine,) = (a for a in told["actions"] if a["id"] == "ref-1")
    assert mine["provisions_derived"] == ["A/RES/73/195#24", "A/RES/73/195#39"]


def test_every_action_of_the_sample_cites_a_paragraph_of_its_own(client: Any) -> None:
    told = client.get("/api/v1/actions").json()
    assert told["pages"] == 1
    bare = [a["id"] for a in told["actions"] if client.get(f"/api/v1/actions/{a['id']}").json()["provisions_derived"]]
    assert bare == []


def test_a_measure_that_is_in_no_catalogue_is_refused_in_forms_and_files(load: Any, signed_in: Any) -> None:
    from opencompact.public.models import Record

    (fault,) = load(_row("pledge") + ",10.c.2", head=f"{HEAD},indicator").faults
    assert (fault.place.column, fault.value) == ("indicator", "10.c.2")
    assert "10.c.1" in (fault.remedy or "")
    typed = {
        "title": "A pledge",
        "language": "en",
        "by": "M",
        "areas": "QMA",
        "objectives": ["1"],
        "indicator": "99.99.99",
    }
    page = signed_in("contributor").post("/en/desk/new/pledge/", typed)
    assert "There is no such indicator." in page.content.decode()
    assert not Record.objects.filter(document__indicator="99.99.99").exists()
