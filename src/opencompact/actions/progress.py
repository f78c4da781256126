"""How far an action is, what shows it, and whether anyone has said so lately."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from opencompact import compact
from opencompact.actions.courses import AWAITED, COMMITMENTS, RUNNING, STATES, State
from opencompact.actions.evidence import AGREED
from opencompact.actions.model import (
    Action,
    Activity,
    FollowUp,
    Instrument,
    Milestone,
    Offer,
    Pledge,
    Practice,
    Programme,
    Request,
    Review,
    Statement,
    Update,
)
from opencompact.errors import UnknownCodeError
from opencompact.language import N_

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


def standing(action: Action, today: datetime.date, entered: datetime.date | None = None) -> Standing:
    """Where an action stands: its last reported stage that was not taken back, what is overdue, whether there is a measure.

    `entered` is the day on which it came into the record for everyone to see, where that is known. A year without a
    report begins with the last of three days: the last report, the start, the entry. Nobody could have reported here
    before that; of an action that has none of the three nothing can be a year old.
    """
    told = [update for update in action.reports if update.day <= today]
    last = told[-1] if told else None
    state = state_of(action, today)
    running = state in RUNNING
    milestones: tuple[Milestone, ...] = getattr(action, "milestones", ())
    since = max(filter(None, (last.day if last else None, action.starts, entered)), default=None)
    return Standing(
        state=state,
        last=last,
        overdue=running and action.due is not None and action.due < today,
        stale=state in AWAITED and since is not None and today - since > STALE_AFTER,
        measured=is_measured(action),
        late=tuple(m for m in milestones if m.reached is None and m.due < today and running),
    )


def is_measured(action: Action) -> bool:
    """Whether a promise names an indicator that exists, or what is counted with a target: without, nobody can tell whether it worked.

    Practices, plans (their activities are asked), laws, requests, offers and reviews are no promises of a result: none is asked.
    """
    if not isinstance(action, (Pledge, Activity, Programme, FollowUp)):
        return True
    return _is_indicator(action.indicator) or (
        bool(getattr(action, "measure", "")) and getattr(action, "target", None) is not None
    )


def _is_indicator(code: str) -> bool:
    try:
        return bool(code and compact.catalogue().indicator(code))
    except UnknownCodeError:
        return False


def done_late(action: Action, today: datetime.date) -> datetime.date | None:
    """The day on which an action was first reported done, where it is done and that was after it was due; else None.

    A report of the work that was taken up again after it had been done begins anew.
    """
    if action.due is None or state_of(action, today) not in ("done", "evidenced"):
        return None
    told = [update for update in action.reports if update.day <= today]
    first = len(told)
    while first and told[first - 1].stage == "done":
        first -= 1
    day = told[first].day
    return day if day > action.due else None


def day_fault(day: datetime.date, today: datetime.date, starts: datetime.date | None = None) -> str:
    """What is wrong with the day of a report; empty where nothing is.

    Nobody reports of a day to come, nor of one before the Compact was agreed on, but where the action began earlier.
    """
    if day > today:
        return N_("The day has not come yet.")
    if day >= AGREED or (starts is not None and day >= starts):
        return ""
    if starts is not None and starts < AGREED:
        return N_("The day is before the action began.")
    return N_("The day is before the Compact was adopted, on 10 December 2018.")


def untimely(action: Action, today: datetime.date) -> list[tuple[str, datetime.date, str]]:
    """What an action tells of days to come as if they had been: the field, the day, what is wrong with it."""
    reached = [step.reached for step in getattr(action, "milestones", ()) if step.reached is not None]
    made = [action.made] if isinstance(action, Statement) and action.made is not None else []
    reported = [day for update in action.progress for day in (update.day, update.taken_back) if day is not None]
    told = {"progress": reported, "milestones": reached, "made": made}
    ahead = N_("The day has not come yet.")
    return [(name, day, ahead) for name, days in told.items() for day in days if day > today]


# --- the state, by kind -------------------------------------------------------------------------------------------------


def state_of(action: Action, today: datetime.date) -> State:
    """The state of an action on a day, in the words of its kind."""
    told = [update for update in action.reports if update.day <= today]
    stage = told[-1].stage if told else ""
    match action:
        case Statement():
            return "made"
        case Practice():
            return "shared"
        case Request() | Offer():
            return "met" if stage == "done" else "withdrawn" if stage == "stopped" else "open"
        case Review():
            return "held" if action.held is not None and action.held <= today else "planned"
        case Instrument():
            return _law(action, stage, today)
        case _:
            return _promise(told)


def _promise(told: list[Update]) -> State:
    """The last stage said; done counts as evidenced where any report of the work being done carries evidence."""
    if not told:
        return "promised"
    stage = told[-1].stage
    if stage == "done":
        return "evidenced" if any(u.evidence and u.stage == "done" for u in told) else "done"
    return stage if stage in ("under-way", "stopped") else "promised"  # type: ignore[return-value]


def _law(law: Instrument, stage: str, today: datetime.date) -> State:
    """By its days, of adoption and in force; where it has none, by what was reported last. `due` is the last day in force."""
    if stage == "stopped" or (law.due is not None and law.due < today):
        return "ended"
    if law.starts is not None and law.starts <= today:
        return "in-force"
    if law.adopted is not None and law.adopted <= today:
        return "adopted"
    if law.adopted is not None or law.starts is not None or stage in ("promised", "under-way"):
        return "proposed"
    return "adopted" if stage == "done" else "unstated"


def turns(action: Action, today: datetime.date) -> datetime.date | None:
    """The next day on which the state changes though nobody does anything: a law comes into force, a review is held."""
    days = [update.day for update in action.reports]
    if isinstance(action, Instrument):
        days += [day for day in (action.adopted, action.starts) if day]
        # It is in force on its last day.
        days += [action.due + datetime.timedelta(days=1)] if action.due and action.due < datetime.date.max else []
    if isinstance(action, Review) and action.held:
        days.append(action.held)
    return min((day for day in days if day > today), default=None)


# --- counting -----------------------------------------------------------------------------------------------------------


NOT_COUNTED = (Review.kind, Statement.kind)


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

    @property
    def commitments(self) -> dict[State, int]:
        """Those that somebody committed to, by state."""
        return {state: self.states[state] for state, _label in COMMITMENTS.states}

    @property
    def committed(self) -> int:
        """How many somebody committed to."""
        return sum(self.commitments.values())

    @property
    def beside(self) -> dict[State, int]:
        """What is no commitment, by state, where there is any: experience shared, laws in force, requests that are open."""
        return {state: n for state, n in self.states.items() if n and state not in self.commitments}


def is_counted(action: Action) -> bool:
    """Whether an action is counted under its objectives, on the service's pages and in reviews alike: reviews and what is said at them are not."""
    return action.kind not in NOT_COUNTED


def tally(actions: Iterable[Action], today: datetime.date, entered: Mapping[str, datetime.date] | None = None) -> Tally:
    """Counts actions by where they stand; `entered` gives the days of entry by identifier."""
    known = entered or {}
    found = [standing(action, today, known.get(action.id)) for action in actions]
    states = Counter(each.state for each in found)
    return Tally(
        {state: states.get(state, 0) for state, _label in STATES},
        sum(each.overdue for each in found),
        sum(each.stale for each in found),
        sum(not each.measured for each in found),
    )
