"""What people say, read as intervals: "about 20", "spring 2023", "1445-09-01 AH", "does not know".

Nothing is guessed: a day that can be read in two ways (05/04/2023) is refused unless the order is said; what is in no
list is refused with its value, so that a person decides.
"""

from __future__ import annotations

import calendar as gregorian
import datetime
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.records.calendars import from_ethiopian, from_hijri, from_solar_hijri
from opencompact.missing.records.intervals import Days, Range

OLDEST = 110
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹০১২৩৪৫৬৭৮৯०१२३४५६७८९", "0123456789" * 4)
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
DayOrder = Literal["day-month", "month-day", "unknown"]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.records").joinpath("sayings.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """The text without bidi marks and zero-width characters, Western digits, single blanks, lower case."""
    return re.sub(r"\s+", " ", _INVISIBLE.sub("", text).translate(_DIGITS)).strip().casefold()


def is_unknown(text: str) -> bool:
    """Whether this says that nothing is known."""
    return not plain(text) or plain(text) in _words()["unknown"]


def _alternatives(name: str) -> str:
    return "|".join(re.escape(word) for word in sorted(_words()[name], key=len, reverse=True))


def read_range(text: str, *, field: str, lowest: float, highest: float, slack: float = 0.1) -> Range | None:
    """A number and how sure it is: "20", "20-25", "about 20", "over 30", "between 20 and 25"; None for "does not know".

    `slack` is the half-width of "about" as a share of the number. Raises InvalidDataError outside `lowest`–`highest`.
    """
    spoken = plain(text)
    if is_unknown(spoken):
        return None
    number = r"(\d{1,4}(?:[.,]\d+)?)"
    unit = r"(?:\s*(?:cm|kg|years?(?: old)?|yrs?|y/?o|ans|años|лет|год[а]?|سنة|岁))?"
    if match := re.fullmatch(
        rf"(?:{_alternatives('between')})?\s*{number}{unit}\s*(?:{_alternatives('and')})\s*{number}{unit}", spoken
    ):
        return _range(_number(match[1]), _number(match[2]), text, field, lowest, highest)
    if match := re.fullmatch(rf"(?:{_alternatives('about')})\s*{number}{unit}", spoken):
        middle = _number(match[1])
        half = max(2.0, slack * middle)
        return _range(max(lowest, middle - half), min(highest, middle + half), text, field, lowest, highest)
    if match := re.fullmatch(rf"(?:{_alternatives('over')})\s*{number}{unit}|{number}{unit}\s*\+", spoken):
        return _range(_number(match[1] or match[2]), highest, text, field, lowest, highest)
    if match := re.fullmatch(rf"(?:{_alternatives('under')})\s*{number}{unit}", spoken):
        return _range(lowest, _number(match[1]), text, field, lowest, highest)
    if match := re.fullmatch(rf"{number}{unit}", spoken):
        return _range(_number(match[1]), _number(match[1]), text, field, lowest, highest)
    raise InvalidDataError(
        said("The {field} cannot be read.", field=field),
        column=field,
        value=text,
        remedy="Write 20, 20-25, 'about 20' or 'unknown'.",
    )


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _range(low: float, high: float, text: str, field: str, lowest: float, highest: float) -> Range:
    if low > high or low < lowest or high > highest:
        raise InvalidDataError(
            said("The {field} is impossible.", field=field),
            column=field,
            value=text,
            remedy=said(
                "It lies between {lowest:g} and {highest:g}, the lower end first.", lowest=lowest, highest=highest
            ),
        )
    return Range(low, high, text)


def read_age(text: str) -> Range | None:
    """An age in completed years, as a range: "about 20" → 17–23, "20s" → 20–29, "child" → 0–17."""
    said = plain(text)
    words: dict[str, list[int]] = _words()["ages"]
    if said in words:
        return Range(words[said][0], words[said][1], text)
    if match := re.fullmatch(r"(?:in (?:his|her|their) )?(early |mid |late )?([1-9]0)['’]?s", said):
        start = int(match[2])
        low, high = {None: (0, 9), "early ": (0, 3), "mid ": (3, 6), "late ": (6, 9)}[match[1]]
        return Range(start + low, start + high, text)
    if match := re.fullmatch(r"(\d{1,2})\s*(?:months?|mois|meses|месяц\w*|شهر)", said):
        return Range(int(match[1]) // 12, int(match[1]) // 12, text)
    return read_range(text, field="age", lowest=0, highest=OLDEST, slack=0.15)


def read_days(text: str, *, order: DayOrder = "unknown", calendar: str = "gregorian") -> Days | None:
    """A day, month, season, year or stretch of time; None for "does not know".

    `order` says how 05/04/2023 is meant; `calendar` is that of dates which name none: gregorian, hijri, ethiopian,
    solar-hijri. Raises InvalidDataError for a day that does not exist or can be meant in two ways.
    """
    said = plain(text)
    if is_unknown(said):
        return None
    for name, marks in _words()["calendars"].items():
        for mark in marks:
            if re.search(rf"(?:^|[\s\d]){re.escape(mark)}$", said):
                said, calendar = said[: -len(mark)].strip(), name
                break
    halves = re.split(rf"\s+(?:{_alternatives('and')}|/)\s+", re.sub(rf"^(?:{_alternatives('between')})\s+", "", said))
    if len(halves) == 2:
        first, last = (_read_one(half, text, order, calendar) for half in halves)
        return Days(first.start, last.end, text, calendar)
    if match := re.match(rf"(?:{_alternatives('about')})\s*", said):
        near = _read_one(said[match.end() :], text, order, calendar)
        slack = datetime.timedelta(days=max(7, near.length // 2))
        return Days(near.start - slack, near.end + slack, text, calendar)
    return _read_one(said, text, order, calendar)


def _read_one(said: str, text: str, order: DayOrder, calendar: str) -> Days:
    parts = _calendar_parts(said, text, order)
    if parts is not None:
        return _days(parts, text, calendar)
    words = _words()
    if match := re.fullmatch(r"(\D+?)\.?,?\s+(?:of |de |du |del |في |عام )*(\d{4})", said):
        name, year = match[1].strip(), int(match[2])
        if name in words["months"]:
            return _months(year, words["months"][name], words["months"][name], text)
        if name in words["seasons"]:
            first, last = words["seasons"][name]
            return _months(year, first, last, text)
    if match := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?\s+(?:de )?(\D+?)\.?,?\s+(?:de |du )?(\d{4})", said):
        month = words["months"].get(match[2].strip())
        if month:
            return _days((int(match[3]), month, int(match[1])), text, calendar)
    if match := re.fullmatch(r"(\D+?)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", said):
        month = words["months"].get(match[1].strip())
        if month:
            return _days((int(match[3]), month, int(match[2])), text, calendar)
    raise InvalidDataError(
        "The date cannot be read.",
        value=text,
        remedy="Write 2023-05-31, 2023-05, 2023, 'spring 2023' or 'unknown'; name the calendar if it is not the Gregorian one (1445-09-01 AH).",
    )


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
