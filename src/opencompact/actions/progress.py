"""How far an action is, what shows it, and whether anyone has said so lately."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from opencompact.actions.model import Action, Activity, FollowUp, Milestone, Pledge, Programme, Statement, Update
from opencompact.language import N_

State = Literal["promised", "under-way", "done", "evidenced", "stopped"]
STATES: tuple[tuple[State, str], ...] = (
    ("promised", N_("Promised")),
    ("under-way", N_("Under way")),
    ("done", N_("Done, without evidence")),
    ("evidenced", N_("Done, with evidence")),
    ("stopped", N_("Stopped")),
)
# A year without a word: progress is to be reported at least as often as the UN system reports on pledges (yearly).
STALE_AFTER = datetime.timedelta(days=365)


@dataclass(frozen=True)
class Standing:
    """Where an action stands on a day. `last` is the last report; `measured` whether it says how one would know."""

    state: State
    last: Update | None
    overdue: bool
    stale: bool
    measured: bool
    late: tuple[Milestone, ...]


def standing(action: Action, today: datetime.date) -> Standing:
    """Where an action stands: its last reported stage, what is overdue, whether there is a measure.

    An action that has neither begun nor been reported on has nothing that could be a year old.
    """
    told = [update for update in action.progress if update.day <= today]
    last = told[-1] if told else None
    # A statement is not carried out: it was made.
    state = "done" if isinstance(action, Statement) else _state(told)
    closed = state in ("done", "evidenced", "stopped")
    milestones: tuple[Milestone, ...] = getattr(action, "milestones", ())
    late = tuple(m for m in milestones if m.reached is None and m.due < today and not closed)
    since = last.day if last else action.starts
    return Standing(
        state=state,
        last=last,
        overdue=not closed and action.due is not None and action.due < today,
        stale=not closed and since is not None and today - since > STALE_AFTER,
        measured=is_measured(action),
        late=late,
    )


def is_measured(action: Action) -> bool:
    """Whether a promise names an indicator, or what is counted with a target: without, nobody can tell whether it worked.

    Practices, plans (their activities are asked), laws, requests, offers and reviews are no promises of a result: none is asked.
    """
    if not isinstance(action, (Pledge, Activity, Programme, FollowUp)):
        return True
    return bool(action.indicator) or (
        bool(getattr(action, "measure", "")) and getattr(action, "target", None) is not None
    )


def _state(told: list[Update]) -> State:
    """The last stage said; done counts as evidenced where any report of the work being done carries evidence."""
    if not told:
        return "promised"
    stage = told[-1].stage
    if stage == "done":
        return "evidenced" if any(u.evidence and u.stage == "done" for u in told) else "done"
    return stage if stage in ("under-way", "stopped") else "promised"  # type: ignore[return-value]


@dataclass(frozen=True)
class Tally:
    """How many actions there are, by state; how many of them are overdue, stale, and without a measure."""

    states: dict[State, int]
    overdue: int
    stale: int
    unmeasured: int

    @property
    def total(self) -> int:
        return sum(self.states.values())


def tally(actions: Iterable[Action], today: datetime.date) -> Tally:
    """Counts actions by where they stand."""
    found = [standing(action, today) for action in actions]
    states = Counter(each.state for each in found)
    return Tally(
        {state: states.get(state, 0) for state, _label in STATES},
        sum(each.overdue for each in found),
        sum(each.stale for each in found),
        sum(not each.measured for each in found),
    )
