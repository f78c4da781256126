"""Clauses: a paragraph is cut where a word of commitment, request, recommendation or recognition stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Document, Paragraph, Span
from opencompact.documents.places import places_in

Kind = Literal["commitment", "request", "recommendation", "recognition", "fact", "country-example"]
_JOINT = re.compile(
    r"[、，,和及与以\s]*(?:and|et|y|и|و|as well as|ainsi que|así como)?\s*(?:the|all|les|aux|los|a los)?\s*"
)
KINDS: tuple[Kind, ...] = ("commitment", "request", "recommendation", "recognition", "fact", "country-example")
ACTING: tuple[Kind, ...] = ("commitment", "request", "recommendation")


@dataclass(frozen=True)
class Clause:
    """A stretch of a paragraph (`at`, in its text) that does one thing; `areas` are the countries of an example."""

    kind: Kind
    at: Span
    addressees: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "at": list(self.at), "addressees": list(self.addressees), "areas": list(self.areas)}


def clauses_of(paragraph: Paragraph, index: int, document: Document, rules: Grammar) -> Iterator[Clause]:
    """The clauses of the paragraph at that index of a document, in order; every paragraph has at least one."""
    if _is_recommended_by_chapeau(paragraph, index, document, rules):
        yield Clause("recommendation", (0, len(paragraph.text)), ("states",))
        return
    if inherited := _from_chapeau(paragraph, index, document, rules):
        yield inherited
        return
    for start, end in _sentences(paragraph.text, rules):
        yield from _clauses_of_sentence(paragraph.text, start, end, document, rules)


def _is_recommended_by_chapeau(paragraph: Paragraph, index: int, document: Document, rules: Grammar) -> bool:
    """A lettered item under "the following recommendations are submitted to Member States"."""
    if paragraph.kind != "subparagraph":
        return False
    above = next((other for other in reversed(document.paragraphs[:index]) if other.kind == "paragraph"), None)
    return above is not None and bool(rules.pattern("provisions", "chapeau").search(above.text))


def _from_chapeau(paragraph: Paragraph, index: int, document: Document, rules: Grammar) -> Clause | None:
    """What a lettered item does that has no such word itself: what the sentence that it completes does."""
    if paragraph.kind != "subparagraph" or _we_in(paragraph.text, rules) or _triggers(paragraph.text, document, rules):
        return None
    above = next((other for other in reversed(document.paragraphs[:index]) if other.kind == "paragraph"), None)
    if above is None or not above.text.rstrip().endswith((":", "：")):
        return None
    start, end = _sentences(above.text, rules)[-1]
    last = list(_clauses_of_sentence(above.text, start, end, document, rules))[-1]
    return Clause(last.kind, (0, len(paragraph.text)), last.addressees) if last.kind in ACTING else None


def _sentences(text: str, rules: Grammar) -> list[Span]:
    ends = [match.end() for match in rules.pattern("provisions", "sentence_end").finditer(text)]
    bounds = [0, *ends, len(text)]
    return [(start, end) for start, end in pairwise(bounds) if text[start:end].strip()]


def _clauses_of_sentence(text: str, start: int, end: int, document: Document, rules: Grammar) -> Iterator[Clause]:
    sentence = text[start:end]
    triggers = _triggers(sentence, document, rules)
    if not triggers:
        areas = _actors(sentence, rules) if document.kind != "resolution" else ()
        yield Clause("country-example" if areas else "fact", (start, end), areas=areas)
        return
    bounds = [*(at for at, _, _ in triggers[1:]), len(sentence)]
    merged: list[Clause] = []
    for (at, finish, kind), until in zip(triggers, bounds, strict=True):
        clause = Clause(kind, (start + at, start + until), _addressees(sentence, at, finish, kind, rules))
        if merged and merged[-1].kind == kind and not clause.addressees:
            merged[-1] = Clause(kind, (merged[-1].at[0], clause.at[1]), merged[-1].addressees)
        else:
            merged.append(clause)
    yield from merged


def _triggers(sentence: str, document: Document, rules: Grammar) -> list[tuple[int, int, Kind]]:
    """Where a word of commitment, request, recommendation or recognition stands, where it ends, and which it is."""
    declares = document.kind == "resolution" or (document.kind != "report" and _we_in(sentence, rules))
    speaks = bool(rules.pattern("provisions", "speaker").search(sentence))
    we = _we_in(sentence, rules)
    reported = rules.pattern("provisions", "reported")
    found: list[tuple[int, int, Kind]] = []

    def look(kind: Kind, name: str, *, led: bool = False) -> None:
        lead = rules.tables["provisions"]["from"] if led else ""
        for pattern in rules.tables["provisions"].get(name, ()):
            for match in re.finditer(f"{lead}(?P<word>{pattern})", sentence, re.I):
                span = match.span("word")
                if name == "report_recommendation" and reported.search(sentence[: span[0]]):
                    continue
                if not any(span[0] < other[1] and other[0] < span[1] for other in found):
                    found.append((*span, kind))

    look("request", "request", led=True)
    look("recommendation", "recommendation")
    if declares:
        look("commitment", "commitment")
        look("recommendation", "declaration_recommendation")
        if we:
            look("recognition", "recognition", led=True)
        if not found:
            look("recommendation", "report_recommendation")
    else:
        look("recommendation", "report_recommendation")
        if speaks:
            look("recognition", "recognition", led=True)
    return sorted(found)


def _we_in(sentence: str, rules: Grammar) -> bool:
    return bool(rules.pattern("provisions", "speakers").search(sentence))


def _addressees(sentence: str, at: int, finish: int, kind: Kind, rules: Grammar) -> tuple[str, ...]:
    """Who is to act: the speakers of a commitment; after a request, whom it names; before a "should", its subject."""
    if kind == "commitment":
        return ("states",)
    if kind not in ACTING:
        return ()
    directed = kind == "request" or any(
        re.fullmatch(pattern, sentence[at:finish], re.I)
        for pattern in rules.tables["provisions"]["recommendation_verbs"]
    )
    return (
        _named_at_start(sentence[finish : finish + 60], rules)
        if directed
        else _named_before(sentence[:at], sentence[at:finish], rules)
    )


def _named_at_start(words: str, rules: Grammar) -> tuple[str, ...]:
    """The addressees that stand at the beginning, joined by commas or "and"."""
    found: list[str] = []
    at = 0
    while at < len(words):
        best = None
        for name, pattern in rules.tables["addressees"].items():
            match = re.compile(pattern, re.I).search(words, at)
            joined = match is not None and (
                _JOINT.fullmatch(words[at : match.start()]) if found else match.start() - at <= 8
            )
            if match and joined and (best is None or match.start() < best[0]):
                best = (match.start(), match.end(), name)
        if best is None:
            break
        found.append(best[2])
        at = best[1]
    return tuple(dict.fromkeys(found))


def _named_before(words: str, trigger: str, rules: Grammar) -> tuple[str, ...]:
    """The subject of a "should": the addressee that opens its clause or stands right before it."""
    clause = re.split(r"[，；,;：:]", words)[-1]
    named = [
        (match.start(), name)
        for name, pattern in rules.tables["addressees"].items()
        for match in re.finditer(pattern, clause + trigger, re.I)
        if len(clause) - match.end() <= 6 or match.start() <= 3
    ]
    return (max(named)[1],) if named else ()


def _actors(sentence: str, rules: Grammar) -> tuple[str, ...]:
    """The countries that a sentence says did something."""
    if not rules.pattern("provisions", "acted").search(sentence):
        return ()
    passive, active = rules.pattern("provisions", "not_actor_before"), rules.pattern("provisions", "actor_after")
    places = places_in(sentence, rules.code)
    found: list[str] = []
    skipping = -1
    for place in places:
        before = sentence[max(0, place.at[0] - 12) : place.at[0]]
        joined = (
            skipping >= 0
            and re.fullmatch(r"[、，,和及与\s]|\s*(?:and|et|y|и|و)\s*", sentence[skipping : place.at[0]]) is not None
        )
        after = sentence[place.at[1] : place.at[1] + 12]
        if (joined or passive.search(before)) and not active.match(after):
            skipping = place.at[1]
            continue
        found.append(place.area)
    return tuple(dict.fromkeys(found))
