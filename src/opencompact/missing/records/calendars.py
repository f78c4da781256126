"""Days of the calendars that families know: Hijri, Ethiopian, Solar Hijri. By Julian day number.

Hijri: the tabular (civil) calendar, leap years 2 5 7 10 13 16 18 21 24 26 29 of each 30; the observed month may begin a day or
two earlier or later, so a day read from it is an interval of ± 2 days. Ethiopian: years of 365 or 366 days from
29 August 8 (Julian). Solar Hijri: the 33-year rule, exact for 1206–1498 (1827–2119). Source: E. G. Richards, *Mapping Time*
(1998), chapters 16 and 17, and the Explanatory Supplement to the Astronomical Almanac (2013), §15.
"""

from __future__ import annotations

import datetime

from opencompact.errors import InvalidDataError
from opencompact.language import said

_GREGORIAN_OFFSET = 1_721_425  # Julian day number (at noon) of the day before 1 January 1
_HIJRI_EPOCH = 1_948_440
_ETHIOPIAN_EPOCH = 1_724_221
_SOLAR_HIJRI_EPOCH = 1_948_319
_SOLAR_HIJRI_LEAP = {1, 5, 9, 13, 17, 22, 26, 30}


def _gregorian(julian_day: int) -> datetime.date:
    return datetime.date.fromordinal(julian_day - _GREGORIAN_OFFSET)


def from_hijri(year: int, month: int, day: int) -> datetime.date:
    """The day of the tabular Hijri calendar; the observed one may differ by a day or two."""
    _check("Hijri", year, month, day, 12, 30 if month % 2 or (month == 12 and _hijri_leap(year)) else 29)
    months = 29 * (month - 1) + month // 2
    return _gregorian(day + months + (year - 1) * 354 + (3 + 11 * year) // 30 + _HIJRI_EPOCH - 1)


def _hijri_leap(year: int) -> bool:
    return (14 + 11 * year) % 30 < 11


def from_ethiopian(year: int, month: int, day: int) -> datetime.date:
    """The day of the Ethiopian calendar: twelve months of 30 days and Pagume of five or six."""
    _check("Ethiopian", year, month, day, 13, 30 if month < 13 else 6 if year % 4 == 3 else 5)
    return _gregorian(_ETHIOPIAN_EPOCH + 365 * (year - 1) + year // 4 + 30 * (month - 1) + day - 1)


def from_solar_hijri(year: int, month: int, day: int) -> datetime.date:
    """The day of the Solar Hijri calendar (Iran, Afghanistan)."""
    last = 31 if month <= 6 else 30 if month < 12 or year % 33 in _SOLAR_HIJRI_LEAP else 29
    _check("Solar Hijri", year, month, day, 12, last)
    cycles, place = divmod(year - 1, 33)
    leaps = cycles * 8 + sum(1 for leap in _SOLAR_HIJRI_LEAP if leap <= place)
    months = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return _gregorian(_SOLAR_HIJRI_EPOCH + 365 * (year - 1) + leaps + months + day)


def _check(calendar: str, year: int, month: int, day: int, months: int, last: int) -> None:
    if not (1 <= month <= months and 1 <= day <= last and year >= 1):
        raise InvalidDataError(
            said("There is no such day in the {calendar} calendar.", calendar=calendar),
            value=f"{year}-{month:02}-{day:02}",
            remedy="Check the day, the month and the calendar.",
        )
