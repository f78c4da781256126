"""Days and times as people say them, read as intervals: "spring 2023", "21 Ramadan 1445", "конец мая 2023", "does not know".

The words are in `dates.toml`. Nothing is guessed: a day that can be read in two ways (05/04/2023) is refused unless the order is said, and
so is a year that no one alive can mean in the calendar it is taken for.
"""

from __future__ import annotations

import calendar as gregorian
import datetime
import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact import language
from opencompact.errors import InvalidDataError
from opencompact.missing.records.calendars import from_ethiopian, from_hijri, from_solar_hijri
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.numbers import ethiopic, han
from opencompact.missing.records.phrases import Phrase, Phrases, read
from opencompact.missing.records.sayings import folded, is_unknown, words
from opencompact.missing.records.written_dates import DayOrder, Parts, parts_of, year_of

EARLIEST, LATEST = 1880, 2100
REACH = 4
"""Years that "before 2020" and "after May 2023" reach back or on, where nothing else limits them: the time over which discoveries are
spread (`time.window` of the evidence), so that an open end says nothing by itself."""

YEAR, DATE, NUMBER, MONTH, SEASON, CALENDAR, FEAST = "Y", "G", "n", "M", "S", "C", "F"
_KINDS = {
    "early": "e",
    "mid": "d",
    "late": "l",
    "between": "B",
    "and": "&",
    "about": "A",
    "roughly": "R",
    "after": ">",
    "since": "{",
    "before": "<",
    "until": "}",
    "first_day": NUMBER,
    "nothing": "",
}
_PARTS = {"e": -1, "d": 0, "l": 1}
_ONE = f"[{YEAR}{DATE}{NUMBER}{MONTH}{SEASON}{FEAST}{CALENDAR}edl]+"


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.records").joinpath("dates.toml").read_text(encoding="utf-8"))


@cache
def _phrases() -> Phrases:
    table = _table()
    months = [
        (word, MONTH, (calendar, number))
        for calendar, names in (("gregorian", table["months"]), *table["months_of"].items())
        for word, number in names.items()
    ]
    seasons = [(word, SEASON, tuple(ends)) for word, ends in table["seasons"].items()]
    feasts = [(word, FEAST, feast) for feast in table["feasts"] for word in feast["words"]]
    calendars = [(mark, CALENDAR, name) for name, marks in table["calendars"].items() for mark in marks]
    unknown = [(word, "X", None) for word in words()["unknown"] if len(word) > 1]
    listed = [
        (word, kind, 1 if kind == NUMBER else None) for name, kind in _KINDS.items() for word in table["words"][name]
    ]
    return Phrases([*months, *seasons, *feasts, *calendars, *listed, *unknown], _literals())


_HAN = "〇零一二三四五六七八九十"


def _literals() -> tuple[tuple[re.Pattern[str], Any], ...]:
    """Dates and their parts in digits and in signs for numbers."""

    def written(text: str, as_read: str = "") -> Phrase:
        return Phrase(text, (DATE,), as_read or text)

    def number(text: str, value: int) -> Phrase:
        return Phrase(text, (YEAR if value >= 1000 else NUMBER,), value)

    return (
        (re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[t ]\d{1,2}:\d.*)?(?!\d)"), written),
        (re.compile(r"\d{1,2} ?[-/.] ?\d{1,2} ?[-/.] ?(?:\d{4}|\d{2})(?!\d)"), written),
        (re.compile(r"\d{4}[-/.]\d{1,2}(?!\d)|\d{1,2} ?[-/.] ?\d{4}(?!\d)"), written),
        (
            re.compile(
                r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?!底|末|初)|(?:\d{1,2}|[一二三四五六七八九十]{1,3})月"
            ),
            _han_month,
        ),
        (re.compile(r"(?:19|20)\d{6}(?!\d)"), lambda text: written(text, f"{text[:4]}-{text[4:6]}-{text[6:]}")),
        (re.compile(r"\d{4}(?!\d)|\d{1,2}(?!\d)"), lambda text: number(text, int(text))),
        (re.compile(f"[{_HAN}]+"), lambda text: number(text, int(han(text)[0]))),
        (re.compile("[\u1369-\u137b]+"), lambda text: number(text, ethiopic(text))),
    )


def _han_month(text: str) -> Phrase:
    said = text.removesuffix("月")
    return Phrase(text, (MONTH,), (None, int(said) if said.isdigit() else int(han(said)[0])))


def read_days(
    text: str, *, order: DayOrder = "unknown", calendar: str = "gregorian", reach: int = REACH
) -> Days | None:
    """A day, month, season, year or stretch of time; None for "does not know".

    `order` says how 05/04/2023 is meant; `calendar` is that of dates which name none: gregorian, hijri, ethiopian,
    solar-hijri; `reach` is how many years "before 2020" and "after 2020" go on. Raises InvalidDataError for a day that does not exist
    or can be meant in two ways.
    """
    phrases = None if is_unknown(text) else _phrases().split(folded(text))
    if is_unknown(text) or (phrases and all("X" in phrase.kinds or "" in phrase.kinds for phrase in phrases)):
        return None
    found = read(_parted(phrases), _Saying(text, order, calendar, reach).rules()) if phrases else None
    if found is None:
        raise InvalidDataError(
            "The date cannot be read.",
            value=text,
            remedy="Write 2023-05-31, 2023-05, 2023, 'spring 2023' or 'unknown'; name the calendar if it is not the Gregorian one (1445-09-01 AH).",
        )
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
    return Days(found.start, found.end, text, found.calendar)


_SIGNS = ("-", "/")


def _parted(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases without the signs that part a date in words, as those in digits: May-2023, 5/mai/2023, 2023/octubre. Between two dates
    ("May-July", "2020-May 2021", "5-7 May") a sign stays: it says "to"."""
    kept: list[Phrase] = []
    for at, phrase in enumerate(phrases):
        before = kept[-1].kinds[0] if kept else ""
        after = [one.kinds[0] for one in phrases[at + 1 : at + 3]]
        if phrase.kinds[0] == NUMBER and _is_year(phrase, at, phrases):
            kept[-1:] = kept[-1:] if kept[-1].text not in _SIGNS else []
            kept.append(Phrase(phrase.text, (YEAR,), year_of(phrase.value)))
        elif phrase.text not in _SIGNS or not _of_one_date(before, after, len(kept) > 1 and kept[-2].kinds[0] == YEAR):
            kept.append(phrase)
    return kept


def _is_year(phrase: Phrase, at: int, phrases: list[Phrase]) -> bool:
    """Whether a number of two digits is the year: 7-mag-23, 7 May 23, ene-22 (as sheets write a month), which name no other."""
    if at + 1 < len(phrases) or len(phrase.text) != 2 or any(one.kinds[0] in (YEAR, DATE) for one in phrases):
        return False
    kinds = [one.kinds[0] for one in phrases[:at] if one.text not in _SIGNS]
    signed = at > 0 and phrases[at - 1].text in _SIGNS
    return kinds == [NUMBER, MONTH] or (kinds == [MONTH] and signed)


def _of_one_date(before: str, after: list[str], begun: bool) -> bool:
    """Whether a sign parts two parts of one date; `begun` says that a year stands before the part before it."""
    if before in (MONTH, SEASON) and after[:1] == [YEAR]:
        return not begun
    if after[:1] not in ([MONTH], [SEASON]):
        return before == MONTH and begun and after[:1] == [NUMBER]
    return before == NUMBER or (before == YEAR and after[1:] not in ([YEAR], [NUMBER]))


class _Saying:
    """Reads one saying: what its phrases say together, in the calendar that they name, else in the given one."""

    def __init__(self, text: str, order: DayOrder, calendar: str, reach: int) -> None:
        self.text, self.order, self.calendar = text, order, calendar
        self.reach = datetime.timedelta(days=round(365.25 * reach))

    def rules(self) -> list[tuple[re.Pattern[str], Any]]:
        """One date, about one, before or after one, between two."""
        day = datetime.timedelta(days=1)
        return [
            (re.compile(pattern), rule)
            for pattern, rule in (
                (_ONE, self.one),
                (f"A+{_ONE}R?|{_ONE}R+", self.about),
                (f"B?{_ONE}&{_ONE}", self.between),
                (f">{_ONE}|{_ONE}>", lambda phrases: self.open(phrases, after=day)),
                (f"[{{B]{_ONE}[{{]?|{_ONE}{{", lambda phrases: self.open(phrases, after=datetime.timedelta(0))),
                (f"<{_ONE}|{_ONE}<", lambda phrases: self.open(phrases, before=day)),
                (f"}}{_ONE}|{_ONE}}}", lambda phrases: self.open(phrases, before=datetime.timedelta(0))),
            )
        ]

    def one(self, phrases: list[Phrase]) -> Days | None:
        """The date that the phrases say in any order; None where they say none, or more than one."""
        phrases = _of_the_other_calendar(phrases)
        held = [
            phrase
            for phrase in phrases
            if phrase.kinds[0] in YEAR + DATE + NUMBER + MONTH + SEASON + FEAST + "edl" + CALENDAR
        ]
        kinds = "".join(sorted(phrase.kinds[0] for phrase in held if phrase.kinds[0] not in "edl" + CALENDAR))
        values = {phrase.kinds[0]: phrase.value for phrase in held}
        parts = [_PARTS[phrase.kinds[0]] for phrase in held if phrase.kinds[0] in _PARTS]
        calendar = values.get(CALENDAR) or (values[MONTH][0] if MONTH in values else None) or self.calendar
        if len(parts) > 1 or sum(phrase.kinds[0] == CALENDAR for phrase in held) > 1:
            return None
        if kinds == DATE:
            return self._part(
                _days(parts_of(values[DATE], self.text, self.order, calendar), self.text, calendar), parts
            )
        if kinds == FEAST + YEAR and not parts:
            return self._feast(values[FEAST], values[YEAR], values.get(CALENDAR))
        if kinds == SEASON + YEAR and calendar == "gregorian":
            return self._season(values[YEAR], values[SEASON], parts)
        if kinds not in (YEAR, MONTH + YEAR, MONTH + YEAR + NUMBER):
            return None
        month = values[MONTH][1] if MONTH in values else None
        year = _own_year(values[YEAR], month, values.get(NUMBER), calendar)
        return self._part(_days((year, month, values.get(NUMBER)), self.text, calendar), parts)

    def _season(self, year: int, months: tuple[int, int], parts: list[int]) -> Days | None:
        """A season of a year. The winter of one year is that in which it begins or that in which it ends: from the start of the one to the
        end of the other, whatever part of it is said."""
        stretch = _months(year, *months, self.text)
        if months[1] <= 12 or year == 1:
            return self._part(stretch, parts)
        return Days(stretch.start.replace(year=year - 1), stretch.end, self.text)

    def _feast(self, feast: dict[str, Any], year: int, marked: str | None) -> Days | None:
        """ "Tabaski 2023": the days of a feast, whose year may also be the Gregorian one that it lies in."""
        calendar = feast["calendar"]
        if marked not in (None, calendar) or (calendar == "ethiopian" and marked is None):
            return None
        own = year if marked else _own_year(year, feast["month"], feast["day"], calendar)
        first = _days((own, feast["month"], feast["day"]), self.text, calendar)
        return Days(first.start, first.end + datetime.timedelta(days=feast["days"] - 1), self.text, calendar)

    def _part(self, stretch: Days, parts: list[int]) -> Days | None:
        """ "end of May": the beginning, middle or end of a stretch, as its thirds with some days about; of a year, four months."""
        if not parts:
            return stretch
        if stretch.length == 1:
            return None
        if stretch.length > 200 and stretch.calendar == "gregorian":
            first = {-1: 1, 0: 5, 1: 9}[parts[0]]
            return _months(stretch.start.year, first, first + 3, self.text)
        third, day = stretch.length // 3, datetime.timedelta(days=1)
        first, last = {-1: (0, third), 0: (third - 2, 2 * third + 2), 1: (2 * third, stretch.length - 1)}[parts[0]]
        return Days(stretch.start + first * day, stretch.start + last * day, stretch.text, stretch.calendar)

    def about(self, phrases: list[Phrase]) -> Days | None:
        near = self.one(phrases)
        if near is None:
            return None
        slack = datetime.timedelta(days=max(7, near.length // 2))
        return Days(near.start - slack, near.end + slack, self.text, near.calendar)

    def open(
        self, phrases: list[Phrase], after: datetime.timedelta | None = None, before: datetime.timedelta | None = None
    ) -> Days | None:
        """From so long after the end of a date (with nothing, from its start), or until so long before it."""
        stated = self.one(phrases)
        if stated is None:
            return None
        if after is not None:
            # The days of a feast are those on which it may have been: after its first, it may be over.
            last = stated.start if any(phrase.kinds[0] == FEAST for phrase in phrases) else stated.end
            start = last + after if after else stated.start
            return Days(start, min(start + self.reach, _LAST), self.text, stated.calendar)
        end = stated.start - before if before else stated.end
        return Days(max(end - self.reach, _FIRST), end, self.text, stated.calendar)

    def between(self, phrases: list[Phrase]) -> Days | None:
        """From the start of the first date to the end of the last; the first takes its month and year from the last where it has none."""
        at = next(at for at, phrase in enumerate(phrases) if phrase.kinds[0] == "&")
        before, after = phrases[:at], phrases[at + 1 :]
        said, said_after = ({phrase.kinds[0] for phrase in part} for part in (before, after))
        # "5–7 May 2023", "2023年5月至7月": what both share is said once.
        if YEAR not in said and said_after == {YEAR} and DATE not in said:
            return None  # "May to 2023"
        lent = [p for p in after if p.kinds[0] in (YEAR, CALENDAR) or (p.kinds[0] == MONTH and said <= {NUMBER, "B"})]
        year = [p for p in before if p.kinds[0] in (YEAR, CALENDAR) and p.kinds[0] not in said_after]
        last = self.one(after) or self.one([*after, *year])
        # "winter 2022-2023" is one winter.
        if last and said == {SEASON, YEAR} and said_after == {YEAR}:
            told = {phrase.kinds[0]: phrase.value for phrase in before}
            begins, (opening, closing) = told[YEAR], told[SEASON]
            follows = max(p.value for p in after if p.kinds[0] == YEAR) == begins + 1
            return _months(begins, opening, closing, self.text) if follows else None
        first = self.one(before) or self.one([*before, *(p for p in lent if p.kinds[0] not in said)])
        if first is None or last is None or first.start > last.end:
            return None
        return Days(first.start, last.end, self.text, last.calendar)


def _of_the_other_calendar(phrases: list[Phrase]) -> list[Phrase]:
    """The phrases with a month whose name two calendars have as that of the calendar which the year is of: Tir 1402 is no Ethiopian year."""
    years = [phrase.value for phrase in phrases if phrase.kinds[0] == YEAR]
    also = _table()["months_also"]
    if not years or years[0] >= _OTHER_YEARS or not any(phrase.text in also for phrase in phrases):
        return phrases
    return [
        replace(phrase, value=(also[phrase.text]["calendar"], also[phrase.text]["month"]))
        if phrase.kinds[0] == MONTH and phrase.text in also
        else phrase
        for phrase in phrases
    ]


_OTHER_YEARS = 1500  # of the Solar Hijri calendar: to 2121; of the Ethiopian one: nobody's memory

_FIRST, _LAST = datetime.date(EARLIEST, 1, 1), datetime.date(LATEST, 12, 31)


def _own_year(year: int, month: int | None, day: int | None, calendar: str) -> int:
    """The year in its calendar: "Ramadan 2023" names a month of the Hijri year that has it in the Gregorian 2023."""
    if calendar not in ("hijri", "solar-hijri") or month is None or not EARLIEST <= year <= LATEST:
        return year
    convert, start, length = (from_hijri, 622, 354.367) if calendar == "hijri" else (from_solar_hijri, 621, 365.2422)
    near = int((year - start) * 365.2425 / length)
    return next((one for one in range(near - 1, near + 3) if convert(one, month, min(day or 1, 29)).year == year), year)


def _days(parts: Parts, text: str, calendar: str) -> Days:
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
