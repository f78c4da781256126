"""Dates in digits: which of their numbers is the day, the month and the year.

Nothing is guessed: 05/04/2023 is two days unless the order is said. Own; days of the Gregorian calendar.
"""

from __future__ import annotations

import datetime
import re
from typing import Literal

from opencompact.errors import InvalidDataError
from opencompact.missing.records.sayings import folded

DayOrder = Literal["day-month", "month-day", "unknown"]
Parts = tuple[int, int | None, int | None]


def _may_be(month: int, day: int, calendar: str) -> bool:
    """Whether a calendar has that month, and one of its kind that day: the thirteenth month of the Ethiopian year has six days at most."""
    return month <= 12 or (calendar == "ethiopian" and month == 13 and day <= 6)


def parts_of(said: str, text: str, order: DayOrder, calendar: str) -> Parts:
    """(year, month, day) of a date in digits."""
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ].*)?", said):
        return int(match[1]), int(match[2]), int(match[3]) if match[3] else None
    if re.fullmatch(r".*\D\d{2}", said):
        return _of_two_digits([int(part) for part in re.split("[-/.]", said)], text, order, calendar)
    *before, year = (int(part) for part in re.split("[-/.]", said))
    if len(before) == 1:
        return year, before[0], None
    ways = {"day-month": (before[1], before[0]), "month-day": (before[0], before[1])}
    possible = {name: way for name, way in ways.items() if _may_be(*way, calendar)}
    if order in possible or len(set(possible.values())) == 1:
        return year, *(possible[order] if order in possible else next(iter(possible.values())))
    if not possible:
        return year, *ways["month-day" if order == "month-day" else "day-month"]
    raise InvalidDataError(
        "The day can be meant in two ways.",
        value=text,
        remedy="Write year-month-day, or say the order of days in the mapping (day_order).",
    )


def _of_two_digits(parts: list[int], text: str, order: DayOrder, calendar: str) -> Parts:
    """(year, month, day) of a date whose year has two digits: 10/05/23. It is the last year of these digits that has begun, so that the
    order must be said, or only one of the three be possible; a year that stands first is read where no other is."""
    first, second, third = parts
    ways = {
        "day-month": (year_of(third), second, first),
        "month-day": (year_of(third), first, second),
        "year first": (year_of(first), second, third),
    }
    possible = {name: way for name, way in ways.items() if calendar == "gregorian" and _has_been(*way)}
    if order in possible:
        return possible[order]
    if len(set(possible.values())) == 1:
        return next(iter(possible.values()))
    raise InvalidDataError(
        "The day can be meant in two ways." if possible else "There is no such day.",
        value=text,
        remedy="Write year-month-day, or say the order of days in the mapping (day_order).",
    )


def year_of(digits: int) -> int:
    """The last year of these two digits that has begun: 23 is 2023, 98 is 1998."""
    now = datetime.date.today().year
    return now - (now - digits) % 100


def _has_been(year: int, month: int, day: int) -> bool:
    """Whether there is such a day, and it is not to come."""
    try:
        return datetime.date(year, month, day) <= datetime.date.today()
    except ValueError:
        return False


def in_the_other_order(text: str, order: DayOrder) -> bool:
    """Whether a date in digits can only be meant in the other order of day and month than the one that is said: 05/13/2023 where the day comes
    first."""
    found = re.search(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)", folded(text))
    if found is None or order == "unknown":
        return False
    first, second = int(found[1]), int(found[2])
    day, month = (first, second) if order == "day-month" else (second, first)
    return day <= 12 < month <= 31
