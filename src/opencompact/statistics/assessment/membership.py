"""A region or the world from its members, where no source publishes the group itself.

Counts of persons or money add up; rates do not, and are never averaged here: a rate of a group is a ratio of two sums
(`ratio_of_sums`) or the middle country (`middle`), each named as what it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from opencompact.statistics.assessment.series import Point, known


@dataclass(frozen=True)
class GroupPoint:
    """A group's value in a period with how many of its members stand behind it."""

    point: Point
    members: int
    of: int


def total(members: Mapping[str, Sequence[Point]], of: int) -> list[GroupPoint]:
    """The sum over members by period, oldest first; a member without a value is left out and counted as such."""
    return _combine(members, of, sum)


def middle(members: Mapping[str, Sequence[Point]], of: int) -> list[GroupPoint]:
    """The median member by period, oldest first."""
    return _combine(members, of, median)


def ratio_of_sums(
    numerator: Mapping[str, Sequence[Point]], denominator: Mapping[str, Sequence[Point]], factor: float = 100.0
) -> list[GroupPoint]:
    """Σ numerator / Σ denominator × factor by period, over the members that have both."""
    below = {(code, each.period): each for code, points in denominator.items() for each in known(points)}
    pairs: dict[str, list[tuple[Point, Point]]] = defaultdict(list)
    for code, points in numerator.items():
        for each in known(points):
            if other := below.get((code, each.period)):
                pairs[each.period].append((each, other))
    found = []
    for period, members in pairs.items():
        base = sum(other.value or 0 for _, other in members)
        if base:
            value = factor * sum(each.value or 0 for each, _ in members) / base
            found.append(GroupPoint(_group_point(period, value, members[0][0]), len(members), len(numerator)))
    return sorted(found, key=lambda each: each.point.year)


def _combine(members: Mapping[str, Sequence[Point]], of: int, how: object) -> list[GroupPoint]:
    assert callable(how)
    periods: dict[str, list[Point]] = defaultdict(list)
    for points in members.values():
        for each in known(points):
            periods[each.period].append(each)
    found = [
        GroupPoint(_group_point(period, float(how([each.value for each in points])), points[0]), len(points), of)
        for period, points in periods.items()
    ]
    return sorted(found, key=lambda each: (each.point.year, each.point.period))


def _group_point(period: str, value: float, like: Point) -> Point:
    return Point(period, like.year, value, "E", source=like.source, vintage=like.vintage, file=like.file)
