"""What may become of an action, by its kind; and when a year without a report begins, for every combination of days."""

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opencompact import actions
from opencompact.actions.model import Instrument, Offer, Pledge, Practice, Request, Review, Statement, Update
from opencompact.actions.words import STAGES
from opencompact.language import translator

TODAY = datetime.date(2026, 11, 21)
COMMITTED = ("pledge", "plan", "activity", "programme", "follow-up")


def days(n: int) -> datetime.date:
    return TODAY + datetime.timedelta(days=n)


def day(n: int | None) -> datetime.date | None:
    return None if n is None else days(n)


def told(action: actions.Action, *stages: str) -> str:
    progress = tuple(Update(days(n - 10), stage, "", "figure", "4 boats") for n, stage in enumerate(stages))
    return actions.standing(replace(action, progress=progress), TODAY).state


@pytest.mark.parametrize("kind", list(actions.KINDS))
@pytest.mark.parametrize("stage", [None, *(choice.code for choice in STAGES)])
def test_an_action_has_a_state_of_its_own_kind_and_no_other(kind: str, stage: str | None) -> None:
    action = actions.KINDS[kind](id="a", title="An action", language="en", objectives=(8,))
    state = told(action, *([stage] if stage else []))
    assert state in dict(actions.course_of(kind).states)
    assert (state in dict(actions.COMMITMENTS.states)) == (kind in COMMITTED)


def test_a_request_is_open_until_it_is_met_or_withdrawn() -> None:
    for kind in (Request, Offer):
        action = kind(id="a", title="An action", language="en")
        assert [told(action), told(action, "under-way"), told(action, "done"), told(action, "stopped")] == [
            "open", "open", "met", "withdrawn",
        ]  # fmt: skip


def test_a_practice_is_shared_and_a_statement_made_whatever_is_reported() -> None:
    assert told(Practice(id="a", title="A practice", language="en"), "done", "stopped") == "shared"
    assert told(Statement(id="a", title="A statement", language="en"), "stopped") == "made"


@pytest.mark.parametrize(
    ("adopted", "starts", "due", "stage", "state"),
    [
        (None, None, None, None, "unstated"),
        (-9, None, None, None, "adopted"),
        (0, 1, None, None, "adopted"),
        (-9, 0, 0, None, "in-force"),
        (None, -9, None, None, "in-force"),
        (9, None, None, None, "proposed"),
        (None, 9, None, None, "proposed"),
        (-9, -9, -1, None, "ended"),
        (-9, -9, None, "stopped", "ended"),
        (None, None, None, "under-way", "proposed"),
        (None, None, None, "done", "adopted"),
    ],
)
def test_a_law_stands_by_its_days(
    adopted: int | None, starts: int | None, due: int | None, stage: str | None, state: str
) -> None:
    law = Instrument(id="a", title="A law", language="en", adopted=day(adopted), starts=day(starts), due=day(due))
    assert told(law, *([stage] if stage else [])) == state


def test_a_law_and_a_review_turn_on_their_days() -> None:
    law = Instrument(id="a", title="A law", language="en", adopted=days(-9), starts=days(5), due=days(30))
    assert [actions.turns(law, days(n)) for n in (0, 5, 30, 31)] == [days(5), days(31), days(31), None]
    assert actions.turns(Review(id="a", title="A review", language="en", held=days(2)), TODAY) == days(2)


@given(
    starts=st.none() | st.integers(-900, 900),
    adopted=st.none() | st.integers(-900, 900),
    due=st.none() | st.integers(-900, 900),
    reported=st.lists(st.tuples(st.integers(-900, 900), st.sampled_from(STAGES)), max_size=3),
    kind=st.sampled_from([Instrument, Review, Request, Pledge, Practice]),
)
def test_a_state_changes_by_itself_on_no_other_day_than_it_turns(
    starts: int | None, adopted: int | None, due: int | None, reported: list[tuple[int, object]], kind: type
) -> None:
    law = {"adopted": day(adopted)} if kind is Instrument else {}
    held = {"held": day(adopted)} if kind is Review else {}
    progress = tuple(Update(days(n), choice.code, "") for n, choice in sorted(reported, key=lambda pair: pair[0]))
    action = kind(
        id="a", title="An action", language="en", starts=day(starts), due=day(due),
        progress=progress, **law, **held,
    )  # fmt: skip
    now, state = days(-950), actions.standing(action, days(-950)).state
    while (turn := actions.turns(action, now)) is not None:
        for before in (turn - datetime.timedelta(days=1), now):
            assert actions.standing(action, before).state == state
        now, state = turn, actions.standing(action, turn).state
    assert actions.standing(action, datetime.date.max - datetime.timedelta(days=1)).state == state


DAY = st.none() | st.integers(-2000, 800)


@given(
    starts=DAY, due=DAY, entered=DAY, reported=st.lists(st.integers(-2000, 800), max_size=3),
    kind=st.sampled_from(list(actions.KINDS.values())),
)  # fmt: skip
def test_a_year_without_a_report_begins_with_the_last_of_report_start_and_entry(
    starts: int | None, due: int | None, entered: int | None, reported: list[int], kind: type[actions.Action]
) -> None:
    progress = tuple(Update(days(n), "under-way", "") for n in sorted(reported))
    action = kind(
        id="a", title="An action", language="en", progress=progress,
        starts=day(starts), due=day(due),
    )  # fmt: skip
    stale = actions.standing(action, TODAY, day(entered)).stale
    last = sorted(n for n in reported if n <= 0)[-1:]
    known = [n for n in (*last, starts, entered) if n is not None]
    awaited = action.kind in (*COMMITTED, "request", "offer")
    assert stale == (awaited and bool(known) and max(known) < -365)
    # Whatever else is said of it: nothing is a year without a report before it is a year on record.
    assert not actions.standing(action, TODAY, TODAY).stale


@pytest.mark.parametrize("code", ["en", "ar", "zh", "es", "fr", "ru"])
def test_no_two_kinds_or_courses_are_called_by_one_word(code: str) -> None:
    """A pledge is one kind of commitment: a table with both as heads must not say one word twice."""
    _ = translator(code, "actions")
    for names in (
        [_(kind.plural) for kind in actions.KINDS.values()] + [_(course.label) for course in actions.COURSES],
        [_(kind.label) for kind in actions.KINDS.values()],
    ):
        assert len(set(names)) == len(names), names
