"""Provisions: what each paragraph does, whom it addresses, which objectives it bears on and why, and by when.

The rules are in the grammar of the language ([provisions], [addressees]) and in `facts/topics.toml`. A paragraph is cut into
clauses where a word of commitment, request, recommendation or recognition stands; a sentence without any states a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from opencompact.documents.grammar import Grammar, grammar
from opencompact.documents.model import Document, Paragraph, Span
from opencompact.documents.periods import periods_in
from opencompact.documents.places import places_in
from opencompact.documents.topics import Topic, topics

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


@dataclass(frozen=True)
class Reason:
    """Why an objective or a principle is linked: `by` is topic, heading or citation, `detail` the topic or the heading's kind."""

    number: int
    by: str
    detail: str

    def as_dict(self) -> dict[str, Any]:
        return {"number": self.number, "by": self.by, "detail": self.detail}


@dataclass(frozen=True)
class TextLink:
    """What joins this provision with a paragraph of another text: it cites it, or answers what that one asked for."""

    to: str
    relation: Literal["cites", "answers"]
    section: str | None = None

    def as_dict(self) -> dict[str, Any]:
        return {"to": self.to, "relation": self.relation, "section": self.section}


@dataclass(frozen=True)
class Provision:
    """One numbered paragraph or lettered sub-paragraph and what it does.

    `objectives` and `principles` each say why; `by` are the years or days by which something is to be done (ISO 8601);
    `links` lead to other texts. `wording` is there only while the text is loaded, and is never shipped.
    """

    document: str
    paragraph: str
    clauses: tuple[Clause, ...]
    objectives: tuple[Reason, ...]
    principles: tuple[Reason, ...]
    by: tuple[str, ...]
    links: tuple[TextLink, ...]
    topics: tuple[str, ...]
    wording: str | None = field(default=None, compare=False)

    @property
    def id(self) -> str:
        return f"{self.document}#{self.paragraph}"

    @property
    def kinds(self) -> tuple[Kind, ...]:
        found = {clause.kind for clause in self.clauses}
        return tuple(kind for kind in KINDS if kind in found)

    @property
    def addressees(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for clause in self.clauses for name in clause.addressees))

    @property
    def areas(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for clause in self.clauses for code in clause.areas))

    def bears_on(self, objective: int) -> bool:
        return any(reason.number == objective for reason in self.objectives)

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "document": self.document,
            "paragraph": self.paragraph,
            "kinds": list(self.kinds),
            "addressees": list(self.addressees),
            "areas": list(self.areas),
            "objectives": [reason.as_dict() for reason in self.objectives],
            "principles": [reason.as_dict() for reason in self.principles],
            "by": list(self.by),
            "links": [link.as_dict() for link in self.links],
            "topics": list(self.topics),
            "clauses": [clause.as_dict() for clause in self.clauses],
            "text": self.wording,
        }


def provisions_in(document: Document, others: Sequence[Document] = ()) -> tuple[Provision, ...]:
    """The provisions of a document, in order; `others` are the texts whose requests it may answer."""
    rules = grammar(document.language)
    titles = {part.id: part.title or "" for part in document.parts}
    return tuple(
        _provision(paragraph, index, document, rules, titles[paragraph.part], others)
        for index, paragraph in enumerate(document.paragraphs)
        if paragraph.kind != "unnumbered"
    )


def _provision(
    paragraph: Paragraph, index: int, document: Document, rules: Grammar, part: str, others: Sequence[Document]
) -> Provision:
    clauses = tuple(_clauses(paragraph, index, document, rules))
    found = {topic.id: words for topic in topics().values() if (words := topic.found_in(paragraph.text, rules.code))}
    return Provision(
        document=document.symbol,
        paragraph=paragraph.place,
        clauses=clauses,
        objectives=_objectives(paragraph, found, part, rules),
        principles=_principles(found),
        by=_dates(paragraph.text, clauses, rules, document.date),
        links=_links(paragraph, document, others),
        topics=tuple(found),
        wording=paragraph.text,
    )


# — clauses —


def _clauses(paragraph: Paragraph, index: int, document: Document, rules: Grammar) -> Iterator[Clause]:
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


# — objectives, principles, dates —


def _objectives(paragraph: Paragraph, found: dict[str, list[str]], part: str, rules: Grammar) -> tuple[Reason, ...]:
    heading = " ".join((part, *paragraph.sections[-1:]))
    listed = _listed_objectives(paragraph, rules)
    reasons: dict[int, Reason] = {}
    for number in listed_in(paragraph.text, rules):
        reasons.setdefault(number, Reason(number, "citation", "objective named"))
    for topic in topics().values():
        if topic.by_heading and topic.found_in(heading, rules.code) and not listed:
            for number in topic.objectives:
                reasons.setdefault(number, Reason(number, "heading", topic.id))
    shares = _shares(paragraph.text, found)
    for topic, share in shares:
        for number in topic.objectives:
            if number in listed or (not listed and share > _LEAST):
                reasons.setdefault(number, Reason(number, "topic", topic.id))
    return tuple(reasons[number] for number in sorted(reasons))


_LEAST = 0.5
"""A topic counts where it has more than this share of the words of the paragraph's chief topic (chosen on half the labels)."""


def _shares(text: str, found: dict[str, list[str]]) -> list[tuple[Topic, float]]:
    """How much of what the text says about objectives each topic has: its words, against the most of any topic."""
    about = [(topics()[name], len(words)) for name, words in found.items() if topics()[name].objectives]
    most = max((count for _, count in about), default=0)
    return [(topic, count / most) for topic, count in about]


def _listed_objectives(paragraph: Paragraph, rules: Grammar) -> tuple[int, ...]:
    """The objectives that the heading of a round table lists."""
    for title in reversed(paragraph.sections):
        if numbers := listed_in(title, rules):
            return numbers
    return ()


def listed_in(text: str, rules: Grammar) -> tuple[int, ...]:
    """Objectives of the Compact that a text names by number."""
    match = rules.pattern("labels", "objectives").search(text)
    return tuple(int(number) for number in re.findall(r"\d+", match["numbers"])) if match else ()


def _principles(found: dict[str, list[str]]) -> tuple[Reason, ...]:
    reasons: dict[int, Reason] = {}
    for name in found:
        for number in topics()[name].principles:
            reasons.setdefault(number, Reason(number, "topic", name))
    return tuple(reasons[number] for number in sorted(reasons))


def _dates(text: str, clauses: Sequence[Clause], rules: Grammar, date: str | None) -> tuple[str, ...]:
    """Years or days by which a commitment, request or recommendation is to be carried out: later than the text itself."""
    acting = [clause.at for clause in clauses if clause.kind in ACTING]
    if not acting:
        return ()
    written = date or "0000"
    named = (
        period for period in periods_in(text, rules, date) if any(start <= period.at[0] < end for start, end in acting)
    )
    return tuple(
        dict.fromkeys(period.iso for period in named if period.iso[:4] > written[:4] and "/" not in period.iso)
    )


# — links between texts —


def _links(paragraph: Paragraph, document: Document, others: Sequence[Document]) -> tuple[TextLink, ...]:
    cited = [*paragraph.citations, *(citation for note in paragraph.footnotes for citation in note.citations)]
    found: dict[str, TextLink] = {}
    for citation in cited:
        if citation.symbol == document.symbol:
            continue
        for number in citation.paragraphs:
            to = f"{citation.symbol}#{number}"
            asked = _asks(citation.symbol, number, others)
            found.setdefault(to, TextLink(to, "answers" if asked else "cites", paragraph.section if asked else None))
    return tuple(found.values())


def _asks(symbol: str | None, number: str, others: Sequence[Document]) -> bool:
    """Whether that paragraph of another text requests something."""
    for other in others:
        if other.symbol == symbol and (paragraph := other.paragraph(number)) is not None:
            rules = grammar(other.language)
            clauses = _clauses(paragraph, other.paragraphs.index(paragraph), other, rules)
            return any(clause.kind == "request" for clause in clauses)
    return False
