"""A value of an indicator as pages tell it: unit, status, period, publisher, edition, in the words of the review."""

from __future__ import annotations

from opencompact import compact
from opencompact.errors import UnknownCodeError
from opencompact.language import translator
from opencompact.public.holdings import Value
from opencompact.review.account import YES_OR_NO
from opencompact.review.labels import label
from opencompact.review.pages.indicator import ESTIMATED
from opencompact.review.words import Words
from opencompact.statistics.assessment import TOTAL, Presence, presence
from opencompact.statistics.sources.contract import source


def amount(value: Value, code: str) -> str:
    """The number with its unit; that it is an estimate, provisional, or perhaps no zero is said. Empty where there is none."""
    if value.value is None:
        return ""
    words = Words(code)
    if presence(value.value, value.status) is Presence.DOUBTFUL:
        return words.absence(Presence.DOUBTFUL)
    if value.unit == YES_OR_NO:
        said = words("yes") if value.value else words("no")
    else:
        said = words.value(value.value, value.unit, words.unit(value.unit, compact.catalogue()))
    if value.breakdown != TOTAL:
        said = words.bracketed(said, _series(value.breakdown, words))
    if value.status not in ESTIMATED:
        return said
    _ = translator(code, "public")
    return _("{value}, estimated or provisional", value=said)


def _series(breakdown: str, words: Words) -> str:
    """The name of the series that stands for an indicator: what is counted of several things."""
    parts = [(part, part.partition("=")[2] or part) for part in breakdown.split(";")]
    return words.beside([label(part, words.code) or label(name, words.code) or name for part, name in parts])


def period(value: Value, code: str) -> str:
    """The year, quarter, month or day of a value as the language writes it; to which day it is counted, where that is before its end."""
    words, said = Words(code), Words(code).period(value.period)
    return words.beside([said, words("counted to {date}", date=words.date(value.until))]) if value.until else said


def edition(value: Value, code: str) -> str:
    """Publisher, publication and the date of its edition."""
    words, date = Words(code), Words(code).date(value.vintage)
    try:
        entry = source(value.source)
    except UnknownCodeError:
        return words.beside([value.source, date])
    return words.beside([*(label(each, code) or each for each in (entry.publisher, entry.name)), date])
