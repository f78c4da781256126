"""A series: one indicator of one area in one cell, through time, with what each point is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

SUPPRESSED_CONFIDENTIALITY = frozenset("CSDAGMTPN") - {"F"}
TOTAL = "_T"
UNRELIABLE = "U"  # SDMX CL_OBS_STATUS: low reliability
BREAK = "B"  # the series is another one from here on


class Presence(StrEnum):
    """What stands in a cell. Missing, zero, suppressed and not applicable are four different things.

    A zero that its publisher also writes where nothing was reported (status U) is neither a zero nor known to be missing.
    """

    VALUE = "value"
    ZERO = "zero"
    DOUBTFUL = "zero or not reported"
    MISSING = "missing"
    NOT_COLLECTED = "not collected"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not applicable"


_ABSENCE_BY_STATUS = {
    "L": Presence.NOT_COLLECTED,  # SDMX CL_OBS_STATUS: data exist but were not collected
    "M": Presence.NOT_APPLICABLE,  # data cannot exist
    "Q": Presence.SUPPRESSED,
}


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a series with its place in the file it came from; `value` is None where there is none to show.

    `line` is the line of the table that is handed out beside a publication, 0 where none is.
    """

    period: str
    year: float
    value: float | None
    status: str = "A"
    confidentiality: str = "F"
    lower: float | None = None
    upper: float | None = None
    source: str = ""
    vintage: str = ""
    file: str = ""
    row: int = 0
    line: int = 0
    note: str = ""

    @property
    def partial(self) -> bool:
        """Whether the value is of a part of its period only ("to 2025-04-29"): it grew, it did not change."""
        return self.note.startswith("to ")

    @property
    def counted_to(self) -> str:
        """The last day of a part of a period that is counted ("2025-04-29"); an empty text where the period is whole."""
        return self.note.partition(";")[0].removeprefix("to ") if self.partial else ""

    @property
    def doubtful(self) -> bool:
        """Whether it is a zero that its publisher also writes where nothing was reported: a zero of low reliability (status U)."""
        return self.presence is Presence.DOUBTFUL

    @property
    def number(self) -> float:
        """The value of a point that is known to have one."""
        assert self.value is not None
        return self.value

    @property
    def presence(self) -> Presence:
        return presence(self.value, self.status, self.confidentiality)


def presence(value: float | None, status: str = "A", confidentiality: str = "F") -> Presence:
    """What a cell holds, from its value, its SDMX observation status and its confidentiality status."""
    if value:
        return Presence.VALUE
    if value == 0:
        return Presence.DOUBTFUL if status == UNRELIABLE else Presence.ZERO
    if confidentiality in SUPPRESSED_CONFIDENTIALITY:
        return Presence.SUPPRESSED
    return _ABSENCE_BY_STATUS.get(status, Presence.MISSING)


def year_of(period: str) -> float:
    """An ISO 8601 period as a decimal year: 2023 → 2023.0, 2023-Q3 → 2023.5, 2023-07 → 2023.5, 2019/2021 → 2020.0.

    Raises ValueError where the period does not begin with a year.
    """
    if "/" in period:
        first, _, last = period.partition("/")
        return (year_of(first) + year_of(last)) / 2
    year = float(period[:4])
    rest = period[5:]
    if rest.startswith("Q"):
        return year + (int(rest[1]) - 1) / 4
    if rest.startswith("S"):
        return year + (int(rest[1]) - 1) / 2
    return year + (int(rest[:2]) - 1) / 12 if rest[:2].isdigit() else year


def point(row: Mapping[str, Any]) -> Point:
    """The point of one row of an observation table."""
    return Point(
        period=row["period"],
        year=year_of(row["period"]),
        value=row["value"],
        status=row.get("status") or "A",
        confidentiality=row.get("confidentiality") or "F",
        lower=row.get("lower"),
        upper=row.get("upper"),
        source=row.get("source") or "",
        vintage=row.get("vintage") or "",
        file=row.get("file") or "",
        row=row.get("row") or 0,
        line=row.get("line") or 0,
        note=row.get("note") or "",
    )


def series(rows: Iterable[Mapping[str, Any]]) -> tuple[Point, ...]:
    """The points of rows that belong to one cell, oldest first."""
    return tuple(sorted((point(row) for row in rows), key=lambda each: (each.year, each.period)))


def yearly(points: Iterable[Point]) -> tuple[Point, ...]:
    """One frequency of a series that mixes several: whole years where there are any, else all points."""
    have = tuple(points)
    years = tuple(each for each in have if len(each.period) == 4)
    return years if any(each.value is not None for each in years) else have


def whole(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points whose period is over and counted in full."""
    return tuple(each for each in points if not each.partial)


def known(points: Iterable[Point]) -> tuple[Point, ...]:
    """The points that have a value. Zero is one, but for a zero that may stand for "not reported": that is not known."""
    return tuple(each for each in points if each.value is not None and not each.doubtful)


def latest(points: Iterable[Point]) -> Point | None:
    """The newest point that has a value, or None."""
    return max(known(points), key=lambda each: (each.year, each.period), default=None)


def silent(points: Iterable[Point]) -> tuple[Point, ...]:
    """The zeros that may stand for "not reported" after the newest value that is known; all of them where none is known."""
    have = tuple(points)
    newest = latest(have)
    return tuple(each for each in have if each.doubtful and (newest is None or each.year > newest.year))


def other_source(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points with which another publication begins; none where publications take turns, each for less than two values."""
    have = known(points)
    begins = tuple(after for before, after in pairwise(have) if after.source != before.source)
    return begins if 2 * (len(begins) + 1) <= len(have) else ()


def comparable(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points since the last break: what its publisher declares to be one, or the begin of another publication."""
    declared = [each for each in known(points)[1:] if BREAK in each.status]
    begin = max((each.year for each in (*declared, *other_source(points))), default=None)
    return tuple(each for each in points if begin is None or each.year >= begin)
