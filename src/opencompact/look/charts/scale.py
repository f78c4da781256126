"""Scales and ticks: from values to places, and the round numbers between."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Scale:
    """Linear: `low` is at `start` px, `high` at `end` px."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)


def ticks(low: float, high: float, count: int, *, whole: bool = False) -> tuple[float, ...]:
    """About `count` round numbers (1, 2, 2.5 or 5 times a power of ten) that hold `low` and `high` between them.

    `whole`: of whole numbers only, as on an axis of people.
    Heckbert, P. (1990), "Nice numbers for graph labels", Graphics Gems, with 2.5 among the steps.
    """
    if high - low < 1e-12 * max(1.0, abs(high), abs(low)):
        low, high = sorted((0.0, high)) if abs(high) > 1e-12 else (0.0, 1.0)  # 100 % has no room above it
    step = nice_step(max((high - low) / max(1, count), 1.0 if whole else 0.0), (1, 2, 5) if whole else (1, 2, 2.5, 5))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return tuple(round(index * step, 12) for index in range(first, last + 1))


def nice_step(rough: float, factors: tuple[float, ...] = (1, 2, 2.5, 5)) -> float:
    """The smallest round step that is not under `rough`."""
    power: float = 10.0 ** math.floor(math.log10(rough))
    return next((factor * power for factor in factors if factor * power >= rough * (1 - 1e-9)), 10 * power)


def from_zero(values: Iterable[float], *, zero: bool, share: float = 0.35) -> tuple[float, float]:
    """The ends of an axis: with zero where asked for, or where the smallest value is under `share` of the largest."""
    found = list(values)
    low, high = min(found, default=0.0), max(found, default=1.0)
    if zero or 0 < low < share * high:
        low = min(0.0, low)
    if zero or (low * share > high and high < 0):
        high = max(0.0, high)
    return low, high


def year_of(period: str) -> float:
    """A period as a number of years, from where it begins: 2023 → 2023, 2023-Q3 → 2023.5, 2023-04 → 2023.25."""
    year, _, rest = period.partition("-")
    if rest.startswith("Q"):
        return int(year) + (int(rest[1]) - 1) / 4
    if rest:
        return int(year) + (int(rest[:2]) - 1) / 12
    return float(year)


def year_ticks(first: float, last: float, room: int) -> list[int]:
    """The first and the last whole year and some between, at most `room` of them: multiples of five or more, or in a short
    span such as lie evenly from its first year to its last; else none."""
    begin, end = math.ceil(first), math.floor(last)
    if end <= begin or room < 2:
        return [end] if end >= begin else []
    span = (end - begin) / max(1, room - 1)
    if even := next((s for s in (1, 2, 3, 4) if s >= span and (end - begin) % s == 0), 0):
        return list(range(begin, end + 1, even))
    step = next((s for s in (5, 10, 20, 25, 50, 100) if s >= span), 100)
    between = [year for year in range(begin + 1, end) if year % step == 0]
    kept = [year for year in between if year - begin >= span * 0.999 and end - year >= span * 0.999]
    return [begin, *kept, end]


def spread(places: list[float], gaps: list[float], low: float, high: float) -> list[float]:
    """Moves places apart so that each has its gap (its height), within bounds, as little as possible.

    Places are middles in px, `gaps` heights. Groups that collide share their mean displacement (pool adjacent violators).
    """
    order = sorted(range(len(places)), key=lambda index: places[index])
    groups: list[tuple[float, float, list[int]]] = []  # (top, height, members)
    for index in order:
        top, height, members = places[index] - gaps[index] / 2, gaps[index], [index]
        while groups and groups[-1][0] + groups[-1][1] > top:
            above_top, above_height, above = groups.pop()
            weight = len(above) + len(members)
            wanted = (above_top * len(above) + (top - above_height) * len(members)) / weight
            top, height, members = wanted, above_height + height, above + members
        top = max(low, min(top, high - height))
        while groups and groups[-1][0] + groups[-1][1] > top + 1e-9:
            above_top, above_height, above = groups.pop()
            height, members = above_height + height, above + members
            top = max(low, min(above_top, high - height))
        groups.append((top, height, members))
    result = [0.0] * len(places)
    for top, _height, members in groups:
        for index in members:
            result[index] = top + gaps[index] / 2
            top += gaps[index]
    return result
