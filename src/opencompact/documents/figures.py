"""Numbers that count or measure something, in digits or in words: value, unit, how exact, how hedged.

In words only fractions ("two thirds", "one in three", "half") and multiples ("three times") are figures; a count in words
("five consultations") is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Paragraph, Span


@dataclass(frozen=True)
class Number:
    value: float
    unit: str
    qualifier: str | None
    written: str
    span: Span
    precision: float


_NEAR = 120
"""Words before a number that may tell its unit stand within so many characters."""
WORDED = {"percent": 5.0, "times": 1.0}
"""How exact a figure in words is: "two thirds" is said of 65 % and of 68 %, "three times" of 2.6 and of 3.4."""


def numbers_in(paragraph: Paragraph, rules: Grammar) -> Iterator[Number]:
    """Numbers that count or measure something: not dates, numbers of documents, objectives, rounds or sessions."""
    taken = [citation.at for citation in paragraph.citations]
    patterns = rules.patterns("claims", "no_claims")
    taken += [match.span() for pattern in patterns for match in pattern.finditer(paragraph.text)]
    taken = _joined(taken)
    found = [*_in_digits(paragraph.text, taken, rules), *_in_words(paragraph.text, taken, rules)]
    yield from sorted(found, key=lambda number: number.span)


def _in_digits(text: str, taken: Sequence[Span], rules: Grammar) -> Iterator[Number]:
    last: tuple[str, int] | None = None
    for match in rules.pattern("claims", "number").finditer(text):
        span = match.span("number")
        if _overlaps(span, taken):
            continue
        unit, end = _unit(text, match, rules)
        unit = unit or _unit_before(text, match, span, last, rules)
        if unit is None:
            continue
        last = (unit, end)
        value = _value(match["number"], match.groupdict().get("scale"), rules)
        qualifier = _qualifier(text, span[0], match.end("number"), end, rules)
        yield Number(value, unit, qualifier, text[span[0] : end], (span[0], end), _precision(match, rules))


def _in_words(text: str, taken: Sequence[Span], rules: Grammar) -> Iterator[Number]:
    """Fractions and multiples, by `words` of the grammar: `part` of `of`, `times`, or a value of the pattern's own."""
    for entry in rules.tables["claims"].get("words", ()):
        for match in _compiled(entry["pattern"]).finditer(text):
            value, unit, precision = _worded(match, entry, rules)
            if value is None or _overlaps(match.span(), taken):
                continue
            qualifier = _qualifier(text, match.start(), match.end(), match.end(), rules)
            yield Number(value, unit, qualifier, match.group(), match.span(), precision)


def _worded(match: re.Match[str], entry: Mapping[str, Any], rules: Grammar) -> tuple[float | None, str, float]:
    """(value, unit, precision); None where the words are no figure, as "two in one"."""
    said = {name: _numeral(word, rules) for name, word in match.groupdict().items()}
    if "times" in said or "times" in entry:
        return float(said.get("times") or entry["times"]), "times", WORDED["times"]
    if "value" in entry:
        return float(entry["value"]), "percent", WORDED["percent"]
    part, whole = said["part"], said["of"]
    if part is None or whole is None or part >= whole:
        return None, "percent", 0.0
    return round(100 * part / whole, 4), "percent", 1.0 if whole == 100 else WORDED["percent"]


def _numeral(word: str, rules: Grammar) -> int | None:
    known: int | None = rules.tables["claims"]["in_words"].get(word.lower())
    return known if known is not None else rules.number(word)


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    made: list[Span] = []
    for start, end in sorted(spans):
        if made and start < made[-1][1]:
            made[-1] = made[-1][0], max(end, made[-1][1])
        else:
            made.append((start, end))
    return made


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span touches one of those, which are in order and apart."""
    place = bisect_left(taken, (span[1], -1))
    return place > 0 and taken[place - 1][1] > span[0]


def _unit(text: str, match: re.Match[str], rules: Grammar) -> tuple[str | None, int]:
    for entry in rules.tables["claims"]["units"]:
        if before := entry.get("before"):
            if re.search(rf"(?:{before})\s*$", text[max(0, match.start("number") - _NEAR) : match.start("number")]):
                return entry["unit"], match.end()
        elif found := _compiled(entry["after"]).match(text, match.end()):
            return entry["unit"], found.end()
    return None, match.end()


def _unit_before(
    text: str, match: re.Match[str], span: Span, last: tuple[str, int] | None, rules: Grammar
) -> str | None:
    """ "… 68,000 people, and about 8,500 in 2023": the unit of the number before, where a word of measure stands."""
    if (
        last is None
        or last[0] not in {"persons", "events"}
        or _qualifier(text, span[0], match.end("number"), match.end(), rules) is None
    ):
        return None
    between = text[last[1] : span[0]]
    return None if rules.pattern("claims", "sentence_end").search(between) else last[0]


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _value(written: str, scale: str | None, rules: Grammar) -> float:
    settings = rules.tables["claims"]
    plain = re.sub(settings["thousands"], "", written)
    number = float(plain.replace(settings.get("decimal", "."), "."))
    factor = settings["scales"].get(re.sub(r"\s+", " ", (scale or "").strip().lower()), 1)
    return float(round(number * factor, 6))


def _precision(match: re.Match[str], rules: Grammar) -> float:
    """What the last digit that is not a closing zero counts: 1,000,000 in "2.81 hundred million", 100 in "8 500"."""
    settings = rules.tables["claims"]
    plain = re.sub(settings["thousands"], "", match["number"]).replace(settings.get("decimal", "."), ".")
    factor = _value("1", match.groupdict().get("scale"), rules)
    whole, _, decimals = plain.partition(".")
    if decimals:
        return float(factor / 10 ** len(decimals))
    zeros = len(whole) - len(whole.rstrip("0")) if len(whole) > 2 or factor > 1 else 0
    return float(factor * 10**zeros)


def _qualifier(text: str, start: int, number_end: int, end: int, rules: Grammar) -> str | None:
    before, after = text[max(0, start - 24) : start], text[number_end : end + 8]
    for name, entry in rules.tables["claims"]["qualifiers"].items():
        if (pattern := entry.get("before")) and re.search(rf"(?:{pattern})\s*$", before, re.I):
            return str(name)
        if (pattern := entry.get("after")) and re.match(rf"\s*(?:{pattern})", after, re.I):
            return str(name)
    return None


def is_target(text: str, number: Number, rules: Grammar) -> bool:
    """Whether a figure is aimed at, not stated: "reduce … to 3 %"."""
    before, after = text[max(0, number.span[0] - 12) : number.span[0]], text[number.span[1] : number.span[1] + 6]
    return bool(rules.pattern("claims", "target").search(before + "\0" + after))
