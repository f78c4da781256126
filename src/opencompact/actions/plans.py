"""A national implementation plan put together: objectives → priorities → activities, with what is budgeted and how far it is."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opencompact.actions.model import Activity, Plan
from opencompact.actions.progress import Tally, tally


@dataclass(frozen=True)
class Priority:
    """A priority under an objective, with its activities; budgets are added by currency, never across currencies."""

    name: str
    activities: tuple[Activity, ...]

    @property
    def budgets(self) -> dict[str, float]:
        found: dict[str, float] = defaultdict(float)
        for activity in self.activities:
            if activity.budget is not None:
                found[activity.currency] += activity.budget
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class Assembled:
    """A plan by objective, and where all its activities stand."""

    plan: Plan
    objectives: dict[int, tuple[Priority, ...]]
    tally: Tally


def assemble(plan: Plan, activities: Iterable[Activity], today: datetime.date) -> Assembled:
    """The plan with its own activities; one that serves several objectives stands under each of them."""
    own = [activity for activity in activities if activity.plan == plan.id]
    found: dict[int, dict[str, list[Activity]]] = defaultdict(lambda: defaultdict(list))
    for activity in sorted(own, key=lambda each: (each.priority, each.due or datetime.date.max, each.id)):
        for objective in activity.objectives:
            found[objective][activity.priority].append(activity)
    objectives = {
        number: tuple(Priority(name, tuple(inside)) for name, inside in found[number].items())
        for number in sorted(found)
    }
    return Assembled(plan, objectives, tally(own, today))
