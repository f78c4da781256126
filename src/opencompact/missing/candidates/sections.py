"""The sections of a candidate's sheet: what it comes to, field by field, who else competes, what people decided, how it was made.

Own order and words; made of the explained rows of `explaining.explain`, so that paper, terminal and JSON say the same.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from opencompact.language import N_, Said, format_date, said, told, translator
from opencompact.look.blocks import BulletList, Callout, Cell, Column, Heading, Paragraph, Span, Table
from opencompact.look.sheet import ANY, SheetBlock
from opencompact.missing.candidates.contest import Contest, Rival
from opencompact.missing.candidates.explaining import (
    LIKELIHOOD_RATIO,
    Explanation,
    also_told,
    headings_of,
    told_probability,
    told_ratio,
)
from opencompact.missing.candidates.recorded import recorded
from opencompact.missing.candidates.search import Candidate
from opencompact.missing.candidates.whole import shortened
from opencompact.missing.decisions import Judgement
from opencompact.missing.evidence.ledger import Ledger
from opencompact.missing.records.record import Record

VERDICTS = {
    "same": N_("{by} judged on {day}: {left} and {right} are the same person. Reason: {why}"),
    "not-same": N_("{by} judged on {day}: {left} and {right} are not the same person. Reason: {why}"),
    "undecided": N_("{by} judged on {day}: whether {left} and {right} are the same person cannot be decided yet. Reason: {why}"),
}  # fmt: skip


@dataclass(frozen=True)
class Source:
    """A file that a sheet was made from: its name, and the SHA-256 of its content (64 hexadecimal digits)."""

    name: str
    sha256: str


@dataclass(frozen=True)
class Made:
    """How a sheet was made: the day, the program's version, the files, for whom, and the file of own rates, where there is one.

    `judged` says whether a file of decisions was given.
    """

    day: datetime.date
    version: str
    sources: tuple[Source, ...]
    recipient: str | None = None
    rates: str | None = None
    judged: bool = False


@dataclass(frozen=True)
class Pair:
    """A candidate with the two records, who competes with it, and the judgements about either record that stand."""

    candidate: Candidate
    sought: Record
    found: Record
    contest: Contest
    judgements: tuple[Judgement, ...] = ()


def notices(closing: str, synthetic: bool, code: str) -> Iterator[SheetBlock]:
    """What is read first: made-up people, an unread translation, that this is a lead and whose data it is."""
    _ = translator(code, "missing")
    if synthetic:
        yield Callout("synthetic", (Span(_("Synthetic data: these people do not exist.")),))
    yield Callout("warning", (Span(closing, strong=True),))
    if not _.reviewed:
        yield paragraph(_("No reader of this language has checked this translation yet."), "note")


def paragraph(words: str, role: str = "body") -> Paragraph:
    """A paragraph of words."""
    return Paragraph((Span(words),), "note" if role == "note" else "lead" if role == "lead" else "body")


def own(text: str, strong: bool = False) -> Cell:
    """A cell of a record's own words, as many as a page has room for."""
    return Cell(text, language=ANY, strong=strong)


def sum_of(pair: Pair, explained: Explanation, code: str) -> Iterator[SheetBlock]:
    """What all evidence comes to, the place among the candidates, and which records are likely of the same person."""
    one = pair.candidate
    yield paragraph(explained.total, "lead")
    rank = said("Among the candidates of {sought} this one is number {rank}.", sought=one.sought, rank=one.rank)
    also = (*also_told(one.sought, one.also_sought), *also_told(one.found, one.also_found))
    yield paragraph(" ".join(told(sentence, code) for sentence in (rank, *also)))


def fields(pair: Pair, explained: Explanation, code: str) -> SheetBlock:
    """What each record says of what both know, the likelihood ratio, and what it says in words."""
    _ = translator(code, "missing")
    if not explained.lines:
        return paragraph(
            _("The two records have nothing in common that can be compared: nothing speaks for or against them.")
        )
    first, second = headings_of((pair.sought, pair.found), code)
    columns = (
        Column(_("Field")),
        Column(first),
        Column(second),
        Column(_(LIKELIHOOD_RATIO), "number"),
        Column(_("What it says")),
    )
    rows = tuple(
        (
            line.field,
            own(shortened(line.sought, code)),
            own(shortened(line.found, code)),
            line.likelihood_ratio,
            f"{line.strength}\n{shortened(line.reason, code)}",
        )
        for line in explained.lines
    )
    note = _(
        "LR, the likelihood ratio: how many times as likely what is recorded is if this is one person as if these are two. Above 1 it speaks for one person, below 1 for two. What a record does not know says nothing."
    )
    return Table(columns, rows, note=note)


def names(explained: Explanation, code: str) -> Iterator[SheetBlock]:
    """Which parts of the names were equated, and why."""
    _ = translator(code, "missing")
    if explained.names:
        yield Heading(3, _("The names, part by part"), "names")
        yield BulletList(tuple((Span(words),) for words in explained.names))


def rivals(pair: Pair, code: str) -> SheetBlock:
    """Who else competes for either record, with what it weighs."""
    _ = translator(code, "missing")
    one, contest = pair.candidate, pair.contest
    rows = [*_rivals(one.sought, contest.for_sought, code), *_rivals(one.found, contest.for_found, code)]
    if not rows:
        return paragraph(_("No other candidate of either record has evidence for it."))
    columns = (
        Column(_("For")),
        Column(_("Record")),
        Column(_(LIKELIHOOD_RATIO), "number"),
        Column(_("Probability"), "number"),
    )
    return Table(columns, tuple(rows))


def _rivals(record: str, others: Sequence[Rival], code: str) -> Iterator[tuple[str | Cell, ...]]:
    for one in others:
        ratio = told_ratio(one.log10_likelihood_ratio, code)
        yield own(record), own(one.record), ratio, told_probability(one.probability, code)


def decisions(judgements: Iterable[Judgement], made: Made, code: str) -> SheetBlock:
    """The judgements about either record that stand."""
    _ = translator(code, "missing")
    sentences = [_judged(one, code) for one in judgements]
    if sentences:
        return BulletList(tuple((Span(sentence),) for sentence in sentences))
    if made.judged:
        return paragraph(_("No decision about these records stands in the file of decisions."))
    return paragraph(_("No file of decisions was given: whether people decided about these records is not told here."))


def _judged(one: Judgement, code: str) -> str:
    day = format_date(datetime.date.fromisoformat(one.at[:10]), code)
    why = shortened(one.why, code)
    return told(said(VERDICTS[one.verdict], by=one.by, day=day, left=one.left, right=one.right, why=why), code)


def records(pair: Pair, code: str) -> SheetBlock:
    """What each record says, whether or not the other knows of it."""
    _ = translator(code, "missing")
    columns = (Column(_("Field")), *map(Column, headings_of((pair.sought, pair.found), code)))
    rows = recorded(pair.sought, pair.found, code)
    told_rows = tuple((field, own(shortened(a, code)), own(shortened(b, code))) for field, a, b in rows)
    note = _("Who reports is told by how they are related: the name and the contact of the family stay in the record.")
    return Table(columns, told_rows, note=note)


def making(ledger: Ledger | None, made: Made, code: str) -> Iterator[SheetBlock]:
    """How the page was made, whose data it is and how to keep it."""
    _ = translator(code, "missing")
    yield Heading(2, _("How this page was made"), "made")
    yield BulletList(tuple((Span(told(line, code)),) for line in _made(ledger, made, code)))
    yield Heading(2, _("Whose data this is"), "whose")
    yield paragraph(
        _(
            "It belongs to the people it is about and to those who gave it, and serves the humanitarian search alone. Keep this page locked away, give it to nobody whom the givers did not agree to, never to a body of border or immigration enforcement, and destroy it with the records."
        )
    )
    given = (
        said(
            "It was made for {recipient}: only records whose givers agreed to that are in it.", recipient=made.recipient
        )
        if made.recipient
        else said(
            "It was made for whoever holds the records: to hand it on, make it again for that recipient (--recipient)."
        )
    )
    yield paragraph(told(given, code))


def _made(ledger: Ledger | None, made: Made, code: str) -> Iterator[Said]:
    day = format_date(made.day, code)
    yield said("Made on {day} by OpenCompact {version}.", day=day, version=made.version)
    for source in made.sources:
        yield said("{file}, SHA-256 {digest}", file=source.name, digest=source.sha256)
    if ledger is not None and ledger.prior is not None:
        prior = ledger.prior
        yield said(
            "Before any evidence: {probability} that a given person found is a given person sought ({share} of those found are taken to be among those sought).",
            probability=told_probability(prior.probability, code),
            share=told_probability(prior.closed, code),
        )
    if made.rates:
        yield said("Error rates of your own were used: {file}.", file=made.rates)
