"""Whether what one record says fits together: what does not is a finding, told to whoever mends the file.

Own: completed years between two days of the Gregorian calendar.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence

from opencompact.language import counted, said
from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.places import is_of_several
from opencompact.missing.records.record import Age, Stop
from opencompact.missing.records.written_dates import DayOrder, in_the_other_order

Finding = Callable[[str, str, str], None]
"""Takes a field, what does not fit, and the remedy."""


def check_age(birth: Days | None, age: Age | None, when: Days, kind: str, finding: Finding) -> None:
    """Tells where an age lies more than a year off the one that the date of birth gives on the day it is of (`when` where none is said).

    Remains may have died long before they were found: only an age above that on the day is then at odds.
    """
    if birth is None or age is None:
        return
    at = age.at or when
    youngest, oldest = years_between(birth.end, at.start), years_between(birth.start, at.end)
    too_young = age.years.high < youngest - 1 and (kind != "remains" or age.at is not None)
    if too_young or age.years.low > oldest + 1:
        finding(
            "age",
            _gives(max(0, youngest), max(0, oldest)),
            said("Check both; the date of birth is what is compared."),
        )


SHORT_IF_GROWN, GROWN = 120, 18
TALL_IF_SMALL, SMALL = 165, 9
"""cm and years: nearly nobody who is grown is shorter, and no child of nine as tall (CDC 2000: boys of nine 133.5 cm, standard deviation 6)."""


def check_stature(stature: Range | None, birth: Days | None, age: Age | None, when: Days, finding: Finding) -> None:
    """Tells a stature that hardly anybody of the age has: often digits are exchanged."""
    if stature is None or (birth is None and age is None):
        return
    if birth is not None:
        youngest, oldest = float(years_between(birth.end, when.start)), float(years_between(birth.start, when.end))
    elif age is not None:
        youngest, oldest = age.years.low, age.years.high
    if (stature.high < SHORT_IF_GROWN and youngest >= GROWN) or (stature.low > TALL_IF_SMALL and oldest <= SMALL):
        finding(
            "stature",
            said("The stature hardly fits the age."),
            said("Check both, for digits exchanged (170, 107) too; they are compared as they are written."),
        )


SEEN_BY_OTHERS = datetime.timedelta(days=60)
"""So long after the last contact a departure is not yet doubted."""


def check_stops(stops: Sequence[Stop], finding: Finding) -> None:
    """Tells what does not fit together in the stops of a journey, and which places may be several."""
    check_places(stops, finding)
    check_departure(stops, finding)


def check_places(stops: Sequence[Stop], finding: Finding) -> None:
    """Tells where the name of a place is that of several: all of them are weighed."""
    for stop in stops:
        if stop.place is not None and is_of_several(stop.place):
            finding(
                "transit_places" if stop.kind == "transit" else f"{stop.kind.replace('-', '_')}_place",
                said(
                    "Places that may be meant by {place}: {number}. Each is weighed by its people.",
                    place=stop.place.text,
                    number=len(stop.place.others),
                ),
                said("Name its country or area too, as in Tripoli, Lebanon, or add its coordinates."),
            )


def check_departure(stops: Sequence[Stop], finding: Finding) -> None:
    """Tells where somebody is said to have departed long after the last contact, or after being found. Others may have seen a departure some
    time after the family's last contact."""
    days = {stop.kind: stop.days for stop in stops if stop.days}
    departure = days.get("departure")
    if departure is None:
        return
    later = {"last-contact": SEEN_BY_OTHERS, "found": datetime.timedelta(0)}
    if any(kind in days and departure.start > days[kind].end + most for kind, most in later.items()):
        finding(
            "departure_date",
            said("The departure is later than the last contact or the discovery."),
            said("Check the year and the calendar."),
        )


DATES = ("birth_date", "age_date", "departure_date", "last_contact_date", "found_date")


def check_day_order(cells: Mapping[str, str], order: DayOrder, finding: Finding) -> None:
    """Tells a date that can only be meant in the other order of day and month than the mapping says: other dates of the file may be, too."""
    for name in DATES:
        if in_the_other_order(cells.get(name, ""), order):
            finding(
                name,
                said(
                    "This day is written in the other order of day and month than the mapping says, and was read in that."
                ),
                said("Check day_order of the mapping: dates such as 05/04/2023 may be read the wrong way round."),
            )


def _gives(youngest: int, oldest: int) -> str:
    if youngest == oldest:
        return counted(
            "The age does not fit the date of birth, which gives {n} year.",
            "The age does not fit the date of birth, which gives {n} years.",
            oldest,
        )
    return said(
        "The age does not fit the date of birth, which gives {youngest} to {oldest} years.",
        youngest=youngest,
        oldest=oldest,
    )


def years_between(birth: datetime.date, day: datetime.date) -> int:
    """Completed years from a birth to a day; below 0 before it."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
