"""Days and times as people say them, read as intervals: "spring 2023", "21 Ramadan 1445", "end of May 2023", "does not know".

Nothing is guessed: a day that can be read in two ways (05/04/2023) is refused unless the order is said, and so is a year that no one
alive can mean in the calendar it is taken for.
"""

from __future__ import annotations

import calendar as gregorian
import datetime
import re
from typing import Literal

from opencompact import language
from opencompact.errors import InvalidDataError
from opencompact.missing.records.calendars import from_ethiopian, from_hijri, from_solar_hijri
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.sayings import alternatives, is_unknown, plain, words

DayOrder = Literal["day-month", "month-day", "unknown"]
CALENDARS = ("hijri", "ethiopian", "solar-hijri")
EARLIEST, LATEST = 1880, 2100


def read_days(text: str, *, order: DayOrder = "unknown", calendar: str = "gregorian") -> Days | None:
    """A day, month, season, year or stretch of time; None for "does not know".

    `order` says how 05/04/2023 is meant; `calendar` is that of dates which name none: gregorian, hijri, ethiopian,
    solar-hijri. Raises InvalidDataError for a day that does not exist or can be meant in two ways.
    """
    written = _chinese(plain(text))
    if is_unknown(written):
        return None
    found = _read_interval(*_calendar_named(written, calendar), text, order)
    if not found.start.year >= EARLIEST or found.end.year > LATEST:
        raise InvalidDataError(
            "The year lies outside living memory.",
            value=text,
            remedy=language.said(
                "Years are {earliest}–{latest}; name the calendar if it is not the Gregorian one (1390 SH, 1445 AH, 2010 EC).",
                earliest=EARLIEST,
                latest=LATEST,
            ),
        )
    return found


def _calendar_named(said: str, calendar: str) -> tuple[str, str]:
    """The date without the mark of its calendar, and that calendar, else the given one; a month may name it as well."""
    for name, marks in words()["calendars"].items():
        for mark in marks:
            if re.search(rf"(?:^|[\s\d]){re.escape(mark)}$", said):
                return said[: -len(mark)].strip(), name
    for name in CALENDARS:
        if any(re.search(rf"(?:^|\s){re.escape(month)}(?:\s|$)", said) for month in words()["months_of"][name]):
            return said, name
    return said, calendar


def _chinese(said: str) -> str:
    """2001年5月12日 → 2001-5-12; 2023年春 → 春 2023."""
    if match := re.fullmatch(r"(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})[日号])?)?", said):
        return "-".join(part for part in match.groups() if part)
    if match := re.fullmatch(r"(\d{4})年(\D+)", said):
        return f"{match[2].removesuffix('天').removesuffix('季')} {match[1]}"
    return said


def _read_interval(said: str, calendar: str, text: str, order: DayOrder) -> Days:
    halves = re.split(rf"\s+(?:{alternatives('and')}|/)\s+", re.sub(rf"^(?:{alternatives('between')})\s+", "", said))
    if len(halves) == 2:
        first, last = (_read_one(half, text, order, calendar) for half in halves)
        return Days(first.start, last.end, text, calendar)
    if match := re.match(rf"(?:{alternatives('about')})\s*", said):
        near = _read_one(said[match.end() :], text, order, calendar)
        slack = datetime.timedelta(days=max(7, near.length // 2))
        return Days(near.start - slack, near.end + slack, text, calendar)
    return _read_one(said, text, order, calendar)


def _read_one(said: str, text: str, order: DayOrder, calendar: str) -> Days:
    parts = _calendar_parts(said, text, order)
    if parts is not None:
        return _days(parts, text, calendar)
    if (named := _named(said, text, calendar)) is not None:
        return named
    raise InvalidDataError(
        "The date cannot be read.",
        value=text,
        remedy="Write 2023-05-31, 2023-05, 2023, 'spring 2023' or 'unknown'; name the calendar if it is not the Gregorian one (1445-09-01 AH).",
    )


def _named(said: str, text: str, calendar: str) -> Days | None:
    """A date whose month or season is named; None where it is none."""
    months: dict[str, int] = words()["months"] if calendar == "gregorian" else words()["months_of"][calendar]
    seasons = words()["seasons"] if calendar == "gregorian" else {}
    between = r"(?:of |de |du |del |d’|d'|في |عام |سنة )*"
    if match := re.fullmatch(
        rf"(?:({alternatives('part')})[\s-]+{between})?(\D+?)\.?,?\s+{between}(\d{{4}})(?:\s*г(?:ода|\.)?)?", said
    ):
        name, year = match[2].strip(), int(match[3])
        if name in months:
            return _part(_days((year, months[name], None), text, calendar), match[1])
        if name in seasons and match[1] is None:
            first, last = seasons[name]
            return _months(year, first, last, text)
    day_first = re.fullmatch(
        rf"(\d{{1,2}})(?:st|nd|rd|th|-?го)?\s+{between}(\D+?)\.?,?\s+{between}(\d{{4}})(?:\s*г(?:ода|\.)?)?", said
    )
    month_first = re.fullmatch(r"(\D+?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", said)
    for match, day, month in ((day_first, 1, 2), (month_first, 2, 1)):
        if match and match[month].strip() in months:
            return _days((int(match[3]), months[match[month].strip()], int(match[day])), text, calendar)
    return None


def _part(month: Days, part: str | None) -> Days:
    """ "end of May": the beginning, middle or end of a stretch, as its thirds with some days about."""
    if part is None:
        return month
    third = month.length // 3
    first, last = {-1: (0, third), 0: (third - 2, 2 * third + 2), 1: (2 * third, month.length - 1)}[
        words()["part"][part]
    ]
    day = datetime.timedelta(days=1)
    return Days(month.start + first * day, month.start + last * day, month.text, month.calendar)


def _calendar_parts(said: str, text: str, order: DayOrder) -> tuple[int, int | None, int | None] | None:
    """(year, month, day) of a date in digits, or None."""
    if match := re.fullmatch(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:[t ].*)?", said):
        return int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{4})", said):
        return int(match[2]), int(match[1]), None
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", said):
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        if first > 12 or (order == "day-month" and second <= 12):
            return year, second, first
        if second > 12 or order == "month-day":
            return year, first, second
        if first == second:
            return year, first, second
        raise InvalidDataError(
            "The day can be meant in two ways.",
            value=text,
            remedy="Write year-month-day, or say the order of days in the mapping (day_order).",
        )
    return None


def _days(parts: tuple[int, int | None, int | None], text: str, calendar: str) -> Days:
    year, month, day = parts
    if calendar == "gregorian":
        if day is None:
            return _months(year, month or 1, month or 12, text)
        try:
            found = datetime.date(year, month or 1, day)
        except ValueError:
            raise InvalidDataError("There is no such day.", value=text, remedy="Check the day and the month.") from None
        return Days(found, found, text)
    convert = {"hijri": from_hijri, "ethiopian": from_ethiopian, "solar-hijri": from_solar_hijri}[calendar]
    last_month = 13 if calendar == "ethiopian" else 12
    start = convert(year, month or 1, day or 1)
    if day is not None:
        end = start
    elif month is None or month == last_month:
        end = convert(year + 1, 1, 1) - datetime.timedelta(days=1)
    else:
        end = convert(year, month + 1, 1) - datetime.timedelta(days=1)
    slack = datetime.timedelta(days=2 if calendar == "hijri" else 0)
    return Days(start - slack, end + slack, text, calendar)


def _months(year: int, first: int, last: int, text: str) -> Days:
    if not (1 <= first <= 12 and 1 <= year <= 9998):
        raise InvalidDataError("There is no such month.", value=text, remedy="Check the month.")
    end_year, end_month = (year + 1, last - 12) if last > 12 else (year, last)
    end = datetime.date(end_year, end_month, gregorian.monthrange(end_year, end_month)[1])
    return Days(datetime.date(year, first, 1), end, text)
