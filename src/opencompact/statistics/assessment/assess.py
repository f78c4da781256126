"""One indicator of one area, assessed: the methods side by side, whether they agree, and the word that follows.

How the word is chosen is docs/decisions/0005: a change that may be none is called none; where methods that are defined
differ, the most cautious word stands and the page says that they differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from opencompact.statistics.assessment.growth import BASE_YEAR, Growth, growth_ratio
from opencompact.statistics.assessment.series import Point, comparable, known, latest
from opencompact.statistics.assessment.status_index import StatusIndex, status_index
from opencompact.statistics.assessment.trend import Trend, trend
from opencompact.statistics.assessment.verdicts import Direction, Reason, Refused, Verdict

# No word follows from fewer values. Of four that only rise or only fall, chance alone gives such a row once in twelve times
# (2 of 4! orders), of five once in sixty: five are the fewest from which a course can be told from chance at 95 %.
LEAST_VALUES = 5

Answer = TypeVar("Answer", Trend, Growth, StatusIndex)
FEW = (Reason.NO_VALUE, Reason.ONE_POINT, Reason.TOO_FEW_POINTS)
CAUTION = (Verdict.AWAY, Verdict.NO_CLEAR_CHANGE, Verdict.TOO_SLOWLY, Verdict.FAST_ENOUGH)


@dataclass(frozen=True)
class Goal:
    """Which way is better and how far: a target with its year, a natural limit, both optional."""

    direction: Direction
    target: float | None = None
    target_year: float | None = None
    limit: float | None = None


@dataclass(frozen=True)
class Assessment:
    """What can be said of one series: the newest point, the trend, and each method's answer or refusal.

    `count` is the number of values that it is made from: those since the base year and since the last break of the series.
    `begins` is the first of them where such a break lies after the base year, else None.
    """

    goal: Goal
    count: int
    latest: Point | None
    trend: Trend | Refused
    growth: Growth | Refused
    index: StatusIndex | Refused
    begins: Point | None = None

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The word of each method that is defined: `trend`, `growth`, `index`.

        From fewer than LEAST_VALUES none follows but that a target is reached, which is no course.
        """
        found = {}
        if isinstance(self.trend, Trend):
            found["trend"] = self.trend.verdict(self.goal.direction, self.goal.target, self.goal.target_year)
        for name, answer in (("growth", self.growth), ("index", self.index)):
            if self.count >= LEAST_VALUES or answer.reached:
                found[name] = answer.verdict
        return {name: verdict for name, verdict in found.items() if verdict is not Verdict.UNKNOWN}

    @property
    def agree(self) -> bool | None:
        """Whether the methods that are defined say the same; None where fewer than two are."""
        words = list(self.verdicts.values())
        return len(set(words)) == 1 if len(words) > 1 else None

    @property
    def verdict(self) -> Verdict:
        """The word that follows: none clear where the trend says so, else the most cautious of the methods' words."""
        words = self.verdicts
        if words.get("trend") is Verdict.NO_CLEAR_CHANGE:
            return Verdict.NO_CLEAR_CHANGE
        return next((verdict for verdict in CAUTION if verdict in words.values()), Verdict.UNKNOWN)

    @property
    def reason(self) -> Reason | None:
        """Why nothing can be said, where nothing can."""
        if self.verdict is not Verdict.UNKNOWN:
            return None
        if self.count < LEAST_VALUES and not isinstance(self.growth, Refused):
            return Reason.TOO_FEW_POINTS if self.begins is None else Reason.AFTER_BREAK
        refusals = [answer.reason for answer in (self.growth, self.index, self.trend) if isinstance(answer, Refused)]
        return refusals[0] if refusals else Reason.NO_DIRECTION


def assess(points: Sequence[Point], goal: Goal, *, base_year: float = BASE_YEAR) -> Assessment:
    """Every method on one series. A method that is not defined for it is a Refused with its reason.

    No method runs over a break: where another publication begins, or its publisher declares one, only the values since enter.
    """
    used = since(points, base_year)
    begins = used[0] if len(used) < len([each for each in known(points) if each.year >= base_year]) else None
    growth = growth_ratio(
        used,
        goal.direction,
        target=goal.target,
        target_year=goal.target_year,
        limit=goal.limit,
        base_year=base_year,
    )
    index = status_index(used, goal.direction, target=goal.target, target_year=goal.target_year, base_year=base_year)
    return Assessment(
        goal=goal,
        count=len(used),
        latest=latest(points),
        trend=_since_break(trend(used, base_year=base_year), begins),
        growth=_since_break(growth, begins),
        index=_since_break(index, begins),
        begins=begins,
    )


def _since_break(answer: Answer | Refused, begins: Point | None) -> Answer | Refused:
    """A method's answer; a refusal for want of values, of which there are more before a break, says so."""
    few = begins is not None and isinstance(answer, Refused) and answer.reason in FEW
    return Refused(Reason.AFTER_BREAK) if few else answer


def since(points: Sequence[Point], base_year: float = BASE_YEAR) -> tuple[Point, ...]:
    """The points that the methods use: those with a value, from the base year and from the last break of the series on."""
    return tuple(each for each in known(comparable(points)) if each.year >= base_year)
