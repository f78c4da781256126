"""Uncertain numbers and days: what is known, from where to where. Unknown is `None`, never a wide guess.

Own: closed intervals, flat within; an interval known to be flat has the variance width²/12.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from opencompact.errors import InvalidDataError


@dataclass(frozen=True)
class Range:
    """A number known to lie between `low` and `high` (both included), in the unit of its field; `text` as it was said."""

    low: float
    high: float
    text: str = ""

    def __post_init__(self) -> None:
        if not self.low <= self.high:
            raise InvalidDataError(
                "The lower end of a range is above its upper end.", value=f"{self.low}–{self.high}", remedy="Swap them."
            )

    @property
    def middle(self) -> float:
        """Half-way between the ends."""
        return (self.low + self.high) / 2

    @property
    def width(self) -> float:
        """From end to end."""
        return self.high - self.low


@dataclass(frozen=True)
class Days:
    """A time known to lie between the days `start` and `end` (both included); `text` as it was said, in its calendar."""

    start: datetime.date
    end: datetime.date
    text: str = ""
    calendar: str = "gregorian"

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise InvalidDataError(
                "A time ends before it begins.", value=f"{self.start}–{self.end}", remedy="Swap the two days."
            )

    @property
    def length(self) -> int:
        """Number of days in it."""
        return (self.end - self.start).days + 1

    @property
    def middle(self) -> datetime.date:
        """The day half-way."""
        return self.start + (self.end - self.start) / 2
