"""The growth ratio of Open SDG and Eurostat: has the value grown by enough each year?

Source: Open SDG, "Progress measure" (after Statistics Canada and Eurostat's monitoring of the goals). Two points alone
enter it: the first since the base year and the newest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from opencompact.statistics.assessment.series import Point, known
from opencompact.statistics.assessment.verdicts import Direction, Reason, Refused, Verdict

BASE_YEAR = 2015
TARGET_YEAR = 2030

Status = Literal["target_achieved", "substantial_progress", "moderate_progress", "limited_progress", "deterioration"]

# Without a target: growth a year in the declared direction. With one: growth as a share of the growth required.
GROWTH_THRESHOLDS: tuple[tuple[float, Status], ...] = (
    (0.015, "substantial_progress"),
    (0.005, "moderate_progress"),
    (0.0, "limited_progress"),
)
RATIO_THRESHOLDS: tuple[tuple[float, Status], ...] = (
    (0.95, "substantial_progress"),
    (0.6, "moderate_progress"),
    (0.0, "limited_progress"),
)
# Near a natural limit the same growth is harder: the exponent of the coefficient that shrinks the thresholds.
LIMIT_EXPONENT = 4.44

_VERDICTS: dict[Status, Verdict] = {
    "target_achieved": Verdict.FAST_ENOUGH,
    "substantial_progress": Verdict.FAST_ENOUGH,
    "moderate_progress": Verdict.TOO_SLOWLY,
    "limited_progress": Verdict.TOO_SLOWLY,
    "deterioration": Verdict.AWAY,
}


@dataclass(frozen=True)
class Growth:
    """The growth ratio's answer with its parts.

    `method` 1 judges growth a year, 2 growth against the growth a target requires; `growth` and `required` are shares a
    year (0.01 = 1 %); `progress` is growth in the declared direction (method 1) or its ratio to the required (2).
    """

    method: Literal[1, 2]
    base: Point
    current: Point
    growth: float
    required: float | None
    coefficient: float | None
    progress: float
    status: Status

    @property
    def reached(self) -> bool:
        """Whether the newest value has reached the target."""
        return self.status == "target_achieved"

    @property
    def verdict(self) -> Verdict:
        """What the status says; a value that stands still is on no way, though the method calls it limited progress."""
        if self.growth == 0 and self.status == "limited_progress":
            return Verdict.NO_CLEAR_CHANGE
        return _VERDICTS[self.status]


def growth_ratio(
    points: Sequence[Point],
    direction: Direction,
    *,
    target: float | None = None,
    target_year: float | None = None,
    limit: float | None = None,
    base_year: float = BASE_YEAR,
) -> Growth | Refused:
    """Growth from the first point since `base_year` to the newest, judged with or without a target.

    `limit` is a natural limit of the measure (100 for a percentage), used only where there is no target: a limit above
    the first value is a maximum, one below it a minimum. `target_year` is 2030 where a target names none.
    """
    since = [each for each in known(points) if each.year >= base_year]
    if direction is Direction.PARITY:
        return Refused(Reason.PARITY)
    if refusal := _refusal(since, direction, target, target_year):
        return Refused(refusal)
    base, current = since[0], since[-1]
    first, last = base.number, current.number
    sign = 1 if direction is Direction.UP else -1
    growth = (last / first) ** (1 / (current.year - base.year)) - 1
    if target is None:
        coefficient = None if limit is None else limit_coefficient(first, limit)
        status = _status(sign * growth, GROWTH_THRESHOLDS, 1.0 if coefficient is None else coefficient)
        return Growth(1, base, current, growth, None, coefficient, sign * growth, status)
    years = (TARGET_YEAR if target_year is None else target_year) - base.year
    required = (target / first) ** (1 / years) - 1
    ratio = sign * growth / abs(required)
    achieved = sign * (last - target) >= 0
    status = "target_achieved" if achieved else _status(ratio, RATIO_THRESHOLDS, 1.0)
    return Growth(2, base, current, growth, required, None, ratio, status)


def limit_coefficient(first: float, limit: float) -> float:
    """By how much the thresholds shrink near a natural limit: 1 far from it, 0 at it.

    1 − (first / limit)^4.44 below a maximum. Above a minimum the value is mirrored at the limit, so that 1.5 over a
    minimum of 1 counts as 0.5 under a maximum of 1; from twice a minimum on it is far.
    """
    first, limit = abs(first), abs(limit)
    if first >= 2 * limit:
        return 1.0
    nearness = first / limit if first <= limit else 2 - first / limit
    return float(1 - nearness**LIMIT_EXPONENT)


def _refusal(
    since: Sequence[Point], direction: Direction, target: float | None, target_year: float | None
) -> Reason | None:
    if direction is Direction.NEITHER:
        return Reason.NO_DIRECTION
    if not since:
        return Reason.NO_VALUE
    if since[-1].year - since[0].year < 1:
        return Reason.ONE_POINT
    first, last = since[0].number, since[-1].number
    if first == 0:
        return Reason.BASE_ZERO
    if target == 0:
        return Reason.TARGET_ZERO
    if any(first * other < 0 for other in (last, target) if other is not None):
        return Reason.SIGN_CHANGE
    if first < 0:
        return Reason.NEGATIVE
    if target is not None and first == target:
        return Reason.BASE_IS_TARGET
    if target is not None and target_year is not None and target_year <= since[0].year:
        return Reason.TARGET_YEAR_PASSED
    return None


def _status(progress: float, thresholds: tuple[tuple[float, Status], ...], coefficient: float) -> Status:
    for threshold, status in thresholds:
        if progress >= threshold * coefficient:
            return status
    return "deterioration"
