"""Beside region and world: the same indicator of other areas at the latest period that they share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from opencompact.statistics.assessment.series import Point, known


@dataclass(frozen=True)
class Comparison:
    """The area's point and those of the others at `period`; `others` keeps the order that was asked for."""

    period: str
    own: Point
    others: dict[str, Point]


def compare(own: Sequence[Point], others: Mapping[str, Sequence[Point]]) -> Comparison | None:
    """The latest period in which the area and most of the others have a value; None where there is no such period.

    A period that more of the others share wins over a newer one that fewer do: a country is not set beside the world of
    one year and the region of another.
    """
    mine = {point.period: point for point in known(own)}
    theirs = {code: {point.period: point for point in known(points)} for code, points in others.items()}
    shared = {period: sum(period in points for points in theirs.values()) for period in mine}
    best = max(shared, key=lambda period: (shared[period], mine[period].year), default=None)
    if best is None or shared[best] == 0:
        return None
    return Comparison(best, mine[best], {code: points[best] for code, points in theirs.items() if best in points})
