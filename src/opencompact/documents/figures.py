"""Numbers that count or measure something: value, unit, how exact, how hedged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

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


def numbers_in(paragraph: Paragraph, rules: Grammar) -> Iterator[Number]:
    """Numbers that count or measure something: not dates, numbers of documents, objectives, rounds or sessions."""
    text = paragraph.text
    taken = [citation.at for citation in paragraph.citations]
    taken += [match.span() for pattern in rules.patterns("claims", "no_claims") for match in pattern.finditer(text)]
    last: tuple[str, int] | None = None
    for match in rules.pattern("claims", "number").finditer(text):
        span = match.span("number")
        if any(span[0] < end and start < span[1] for start, end in taken):
            continue
        unit, end = _unit(text, match, rules)
        unit = unit or _unit_before(text, match, span, last, rules)
        if unit is None:
            continue
        last = (unit, end)
        value = _value(match["number"], match.groupdict().get("scale"), rules)
        yield Number(
            value,
            unit,
            _qualifier(text, match, end, rules),
            text[span[0] : end],
            (span[0], end),
            _precision(match, rules),
        )


def _unit(text: str, match: re.Match[str], rules: Grammar) -> tuple[str | None, int]:
    for entry in rules.tables["claims"]["units"]:
        if before := entry.get("before"):
            if re.search(rf"(?:{before})\s*$", text[: match.start("number")]):
                return entry["unit"], match.end()
        elif found := _compiled(entry["after"]).match(text, match.end()):
            return entry["unit"], found.end()
    return None, match.end()


def _unit_before(
    text: str, match: re.Match[str], span: Span, last: tuple[str, int] | None, rules: Grammar
) -> str | None:
    """ "… 68,000 people, and about 8,500 in 2023": the unit of the number before, where a word of measure stands."""
    if last is None or last[0] not in {"persons", "events"} or _qualifier(text, match, match.end(), rules) is None:
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


def _qualifier(text: str, match: re.Match[str], end: int, rules: Grammar) -> str | None:
    before, after = (
        text[max(0, match.start("number") - 24) : match.start("number")],
        text[match.end("number") : end + 8],
    )
    for name, entry in rules.tables["claims"]["qualifiers"].items():
        if (pattern := entry.get("before")) and re.search(rf"(?:{pattern})\s*$", before, re.I):
            return str(name)
        if (pattern := entry.get("after")) and re.match(rf"\s*(?:{pattern})", after, re.I):
            return str(name)
    return None
