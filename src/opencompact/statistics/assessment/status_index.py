"""The current status index of the Economic and Social Commission for Asia and the Pacific (ESCAP).

How much of the way from the first value to the target has been gone, from 0 (where it began) to 10 (at the target).
Source: ESCAP, Asia and the Pacific SDG Progress Report, technical notes; the formula was read in a public script, not in
the official text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opencompact.statistics.assessment.growth import BASE_YEAR, TARGET_YEAR
from opencompact.statistics.assessment.series import Point, known
from opencompact.statistics.assessment.verdicts import Direction, Reason, Refused, Verdict

SCALE = 10.0


@dataclass(frozen=True)
class StatusIndex:
    """`index` of 10 is the target; `expected` is what an even pace from first year to target year would have given."""

    base: Point
    current: Point
    target: float
    index: float
    expected: float

    @property
    def reached(self) -> bool:
        """Whether the newest value has reached the target."""
        return self.index >= SCALE

    @property
    def verdict(self) -> Verdict:
        """The index against the share of the time that has passed: our reading, not ESCAP's."""
        if self.index >= min(self.expected, SCALE):
            return Verdict.FAST_ENOUGH
        if self.index > 0:
            return Verdict.TOO_SLOWLY
        return Verdict.NO_CLEAR_CHANGE if self.index == 0 else Verdict.AWAY


def current_status(base: float, current: float, target: float, direction: Direction) -> float | Reason:
    """The index itself, or the reason why it is not defined.

    D × (current − base) / |target − base| with D = 10 where up is better and −10 where down is; for parity
    10 − 10 × |target − current| / |target − base|.
    """
    if direction is Direction.NEITHER:
        return Reason.NO_DIRECTION
    if base == target:
        return Reason.BASE_IS_TARGET
    way = abs(target - base)
    if direction is Direction.PARITY:
        return SCALE - SCALE * abs(target - current) / way
    return (SCALE if direction is Direction.UP else -SCALE) * (current - base) / way


def status_index(
    points: Sequence[Point],
    direction: Direction,
    *,
    target: float | None,
    target_year: float | None = None,
    base_year: float = BASE_YEAR,
) -> StatusIndex | Refused:
    """The index from the first point since `base_year` to the newest, beside what an even pace would have given."""
    since = [each for each in known(points) if each.year >= base_year]
    year = TARGET_YEAR if target_year is None else target_year
    if direction is Direction.NEITHER:
        return Refused(Reason.NO_DIRECTION)
    if target is None:
        return Refused(Reason.NO_TARGET)
    if not since:
        return Refused(Reason.NO_VALUE)
    base, current = since[0], since[-1]
    if current.year <= base.year:
        return Refused(Reason.ONE_POINT)
    if year <= base.year:
        return Refused(Reason.TARGET_YEAR_PASSED)
    index = current_status(base.number, current.number, target, direction)
    if isinstance(index, Reason):
        return Refused(index)
    return StatusIndex(base, current, target, index, SCALE * (current.year - base.year) / (year - base.year))
