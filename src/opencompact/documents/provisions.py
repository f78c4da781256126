"""Provisions: what each paragraph does, whom it addresses, which objectives it bears on and why, and by when.

The rules are in the grammar of the language ([provisions], [addressees]) and in `facts/topics.toml`. A paragraph is cut into
clauses where a word of commitment, request, recommendation or recognition stands; a sentence without any states a fact.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from opencompact.documents.clauses import ACTING, KINDS, Clause, Kind, clauses_of
from opencompact.documents.grammar import Grammar, grammar
from opencompact.documents.model import Document, Paragraph
from opencompact.documents.periods import periods_in
from opencompact.documents.topics import Topic, topics


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
    clauses = tuple(clauses_of(paragraph, index, document, rules))
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
            clauses = clauses_of(paragraph, other.paragraphs.index(paragraph), other, rules)
            return any(clause.kind == "request" for clause in clauses)
    return False
