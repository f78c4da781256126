"""A robust trend with its interval: the slope of Theil and Sen, from all points since the base year.

Sources: Theil (1950); Sen (1968), whose interval takes the slopes at the ranks that Kendall's S gives; the exact null
distribution of S by Kendall's recursion (Kendall and Gibbons 1990, ch. 4), so that few points are not judged by a normal
curve. Points are taken as independent; a series that carries its past along has a wider interval in truth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import factorial, sqrt
from statistics import NormalDist, median

from opencompact.statistics.assessment.growth import BASE_YEAR, TARGET_YEAR
from opencompact.statistics.assessment.series import Point, known
from opencompact.statistics.assessment.verdicts import Direction, Reason, Refused, Verdict

CONFIDENCE = 0.95
EXACT_UP_TO = 40  # points; beyond, the normal approximation of S differs by less than a rank


@dataclass(frozen=True)
class Trend:
    """Change a year in the unit of the series, with an interval of `confidence`; `level` is the trend at `last`.

    `change` is the slope as a share of the median value a year (0.02 = 2 %), None where that is zero.
    """

    slope: float
    lower: float
    upper: float
    confidence: float
    first: Point
    last: Point
    count: int
    level: float
    change: float | None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.lower > 0 or self.upper < 0

    def at(self, year: float) -> tuple[float, float, float]:
        """The trend drawn on to a year: value, and what the two ends of the slope's interval would give."""
        ahead = year - self.last.year
        ends = sorted((self.level + self.lower * ahead, self.level + self.upper * ahead))
        return self.level + self.slope * ahead, ends[0], ends[1]

    def verdict(self, direction: Direction, target: float | None, target_year: float | None = None) -> Verdict:
        """Whether the trend, drawn on, reaches the target in time; without a target, whether it goes the right way."""
        if direction is Direction.NEITHER:
            return Verdict.UNKNOWN
        if target is not None and _reached(self.last.value, target, direction):
            return Verdict.FAST_ENOUGH
        if not self.clear:
            return Verdict.NO_CLEAR_CHANGE
        if direction is Direction.PARITY:
            towards = target is not None and (target - self.level) * self.slope > 0
        else:
            towards = (self.slope > 0) == (direction is Direction.UP)
        if not towards:
            return Verdict.AWAY
        if target is None:
            return Verdict.FAST_ENOUGH
        there = self.at(TARGET_YEAR if target_year is None else target_year)[0]
        reached = (there - target) * (self.level - target) <= 0
        return Verdict.FAST_ENOUGH if reached else Verdict.TOO_SLOWLY


def trend(points: Sequence[Point], *, base_year: float = BASE_YEAR, confidence: float = CONFIDENCE) -> Trend | Refused:
    """The Theil–Sen slope of the points since `base_year` with Sen's interval.

    Refuses with TOO_FEW_POINTS where no interval of that confidence exists: below five points at 95 %.
    """
    since = [each for each in known(points) if each.year >= base_year]
    if not since:
        return Refused(Reason.NO_VALUE)
    if len(since) == 1:
        return Refused(Reason.ONE_POINT)
    ranks = interval_ranks(len(since), confidence)
    slopes = sorted(pairwise_slopes(since))
    if ranks is None or ranks[1] >= len(slopes):
        return Refused(Reason.TOO_FEW_POINTS)
    slope = median(slopes)
    intercept = median(each.number - slope * each.year for each in since)
    middle = median(each.number for each in since)
    return Trend(
        slope=slope,
        lower=slopes[ranks[0]],
        upper=slopes[ranks[1]],
        confidence=confidence,
        first=since[0],
        last=since[-1],
        count=len(since),
        level=intercept + slope * since[-1].year,
        change=slope / abs(middle) if middle else None,
    )


def pairwise_slopes(points: Sequence[Point]) -> list[float]:
    """The slope between every two points that differ in time."""
    return [
        (late.number - early.number) / (late.year - early.year)
        for index, early in enumerate(points)
        for late in points[index + 1 :]
        if late.year != early.year
    ]


@cache
def interval_ranks(count: int, confidence: float) -> tuple[int, int] | None:
    """The places (from 0) of the interval's ends among the sorted slopes, or None where no such interval exists."""
    pairs = count * (count - 1) // 2
    lower = _rank(count, (1 - confidence) / 2) - 1
    return (lower, pairs - 1 - lower) if lower >= 0 else None


def _rank(count: int, tail: float) -> int:
    """The largest k such that the true slope lies below the k-th smallest with a probability of at most `tail`."""
    if count > EXACT_UP_TO:
        spread = NormalDist().inv_cdf(1 - tail) * sqrt(count * (count - 1) * (2 * count + 5) / 18)
        return int((count * (count - 1) / 2 - spread) / 2)
    orderings, total, below = _inversions(count), factorial(count), 0
    for inversions, ways in enumerate(orderings):
        below += ways
        if below / total > tail:
            return inversions
    return len(orderings)


@cache
def _inversions(count: int) -> tuple[int, ...]:
    """How many orderings of `count` things have 0, 1, 2 … inversions (Mahonian numbers)."""
    ways = [1]
    for size in range(2, count + 1):
        width = len(ways) + size - 1
        ways = [sum(ways[max(0, k - size + 1) : k + 1]) for k in range(width)]
    return tuple(ways)


def _reached(value: float | None, target: float, direction: Direction) -> bool:
    if value is None or direction is Direction.PARITY:
        return value == target
    return value >= target if direction is Direction.UP else value <= target
