"""Where actions stand, as pages, lists, counts and the API tell it: the same everywhere, and in the words of each kind."""

import datetime
from dataclasses import replace
from typing import Any

from opencompact import actions
from opencompact.actions.fields import fields_of
from opencompact.actions.model import Instrument, Offer, Pledge, Practice, Request, Update

COMMITTED = set(dict(actions.COMMITMENTS.states))


def _import(*found: actions.Action, entered: datetime.date | None = None) -> None:
    from opencompact.actions.reading import Entry
    from opencompact.public.importing import Imported, import_entries

    entries = [Entry(n, action, (), frozenset(vars(action))) for n, action in enumerate(found, 1)]
    result = import_entries(entries=entries, result=Imported(), by="test", name="test", entered=entered)
    assert result.done


def _of(model: type[actions.Action], identifier: str, **more: Any) -> Any:
    said = {"title": f"Action {identifier}", "language": "en", "objectives": (8,), "areas": ("QMA",)} | more
    return model(id=identifier, **(_answers(model, said) | said))


def _answers(model: type[actions.Action], said: dict[str, Any]) -> dict[str, Any]:
    """Something for whatever else is asked for: what is incomplete is never public."""
    whole = {"plan": "synthetic-plan-orsela", "review": "synthetic-forum"}
    forms: dict[str, Any] = {
        "line": "Ministry", "text": "A sentence that says enough about what will be done.", "speaker": "state", "recommendation": "2d",
        "day": datetime.date(2024, 1, 1), "passages": (actions.Passage("Article 1", "It protects."),),
    }  # fmt: skip
    found = {}
    for field in fields_of(model):
        if field.asked and field.name not in said:
            first = field.choices[0].code if field.choices else ""
            given = {"choice": first, "choices": (first,)} | forms
            found[field.name] = whole.get(field.names) or given[field.form]
    return found


def test_only_commitments_are_counted_as_promised(client: Any, today: datetime.date) -> None:
    from opencompact.public.counting import counts_by
    from opencompact.public.listing import Filters

    before = counts_by("all", Filters(), today)[""]
    _import(*(_of(model, f"new-{kind}") for kind, model in actions.KINDS.items()))
    after = counts_by("all", Filters(), today)[""]
    grown = {state: n - before.states[state] for state, n in after.states.items() if n > before.states[state]}
    # Reviews and statements are looked at beside what is done, not counted with it.
    assert grown == {"promised": 5, "shared": 1, "unstated": 1, "open": 2}
    assert after.committed - before.committed == 5
    for kind in actions.KINDS:
        page = client.get(f"/en/actions/new-{kind}/").content.decode()
        states = dict(actions.course_of(kind).states)
        state = client.get(f"/api/v1/actions/new-{kind}").json()["state"]
        assert state in states
        assert (state in COMMITTED) == (kind in actions.COMMITMENTS.kinds)
        if kind not in actions.COMMITMENTS.kinds:
            assert "Promised" not in page


def test_lists_counts_and_the_api_agree_on_every_state(client: Any) -> None:
    listed = {
        state: client.get(f"/api/v1/actions?objective=8&state={state}").json()["total"] for state, _l in actions.STATES
    }
    meetings = ("planned", "held", "made")
    told = client.get("/api/v1/objectives/8").json()["actions"]
    assert {s: n for s, n in told["states"].items() if s not in meetings} == {
        s: n for s, n in listed.items() if s not in meetings
    }
    assert told["commitments"] == sum(listed[state] for state in COMMITTED)
    assert told["total"] == sum(n for state, n in listed.items() if state not in meetings)


def test_nothing_is_a_year_without_a_report_before_it_is_a_year_on_record(client: Any, today: datetime.date) -> None:
    from opencompact.public.listing import Filters, page_of
    from opencompact.public.models import Record

    old = today - datetime.timedelta(days=400)
    told = (Update(old, "under-way", "Begun."),)
    kinds = (Pledge, Request, Offer, Instrument, Practice)
    every = [
        _of(model, f"{model.kind}-{name}", **fields)
        for model in kinds
        for name, fields in {
            "none": {},
            "start": {"starts": old},
            "told": {"progress": told},
            "both": {"starts": old, "progress": told},
            "ahead": {"starts": today + datetime.timedelta(days=9), "progress": told},
            "late": {"due": old},
        }.items()
    ]
    names = {action.id for action in every}

    def stale() -> set[str]:
        found = set(Filters(flag="stale").records(today).values_list("identifier", flat=True)) & names
        assert found == {name for name in names if client.get(f"/api/v1/actions/{name}").json()["stale"]}, (
            "the list says what the page says"
        )
        pages = {n for n in names if "no report for a year" in client.get(f"/en/actions/{n}/").content.decode()}
        assert found == pages
        assert page_of(Filters(flag="stale"), 1, today).total >= len(found)
        return found

    _import(*every)
    assert stale() == set()
    Record.objects.filter(identifier__in=names).update(entered=old)
    from opencompact.public.audit import note

    note(actor="test", verb="test", subject="entered")
    awaited = {
        f"{kind}-{name}"
        for kind in ("pledge", "request", "offer")
        for name in ("none", "start", "told", "both", "late")
    }
    assert stale() == awaited


def test_a_draft_kept_for_long_is_not_stale_on_the_day_it_is_published(signed_in: Any, today: datetime.date) -> None:
    from opencompact.public import writing
    from opencompact.public.models import Record

    author, editor = signed_in("contributor"), signed_in("editor")
    whole = {
        "by": "Ministry of Health", "stakeholder": "state", "form": "individual", "mode": "process",
        "description": "Births of migrants' children are registered at the hospital, on the day.",
    }  # fmt: skip
    record = writing.create(by=author.person, action=_of(Pledge, "kept-long", **whole))
    Record.objects.filter(pk=record.pk).update(entered=today - datetime.timedelta(days=800), stage="submitted")
    writing.publish(by=editor.person, record=record)
    record.refresh_from_db()
    assert record.entered == today
    assert not actions.standing(record.action, today, record.entered).stale


def test_a_law_comes_into_force_though_nobody_does_anything(client: Any, today: datetime.date) -> None:
    from opencompact.public.turning import turn_all

    law = _of(Instrument, "a-law", adopted=today, starts=today + datetime.timedelta(days=3))
    _import(law)
    assert client.get("/api/v1/actions?state=adopted&q=a-law").status_code == 200
    for later, state in ((0, "adopted"), (2, "adopted"), (3, "in-force")):
        turn_all(today + datetime.timedelta(days=later))
        listed = client.get(f"/api/v1/actions?kind=instrument&state={state}").json()["actions"]
        assert "a-law" in [entry["id"] for entry in listed]
    assert turn_all(today + datetime.timedelta(days=4)) == 0


def test_a_report_on_a_request_is_asked_for_in_its_own_words(signed_in: Any) -> None:
    editor = signed_in("editor")
    _import(_of(Request, "a-request"), replace(_of(Pledge, "a-pledge"), starts=None))
    page = editor.get("/en/desk/actions/a-request/progress/").content.decode()
    assert "Met" in page
    assert "Promised" not in page
    assert "Promised" in editor.get("/en/desk/actions/a-pledge/progress/").content.decode()


def test_the_first_page_counts_as_the_dashboards_do(client: Any, today: datetime.date) -> None:
    from opencompact.public.counting import counts_by, totals_by_objective
    from opencompact.public.listing import Filters

    counts = counts_by("objective", Filters(), today)
    assert totals_by_objective(today) == {number: found.total for number, found in counts.items()}
    assert len(counts) > 10


def test_an_indicator_that_is_none_is_no_measure_though_it_was_kept_as_one(client: Any, today: datetime.date) -> None:
    from opencompact.public.models import AuditEvent, Record
    from opencompact.public.remeasuring import remeasure

    assert remeasure(today) == 0
    names = {"nonsense": "no.such.indicator", "counted": "no.such.indicator", "known": "10.7.3"}
    _import(*(_of(Pledge, name, indicator=names[name], measure="Births" * (name == "counted"), target=9.0) for name in names))  # fmt: skip
    # As an earlier version kept it, and one that did not have the official list.
    for name, measured in {"nonsense": True, "known": False}.items():
        Record.objects.filter(identifier=name).update(measured=measured)
    assert remeasure(today) == 2
    found = Record.objects.filter(identifier__in=names).values_list("identifier", "measured")
    assert dict(found) == {"nonsense": False, "counted": True, "known": True}
    listed = client.get("/api/v1/actions?flag=unmeasured").json()["actions"]
    assert {entry["id"] for entry in listed} & set(names) == {"nonsense"}
    assert AuditEvent.objects.filter(verb="remeasure").count() == 1
    assert remeasure(today) == 0
