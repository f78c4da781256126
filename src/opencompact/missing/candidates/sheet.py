"""A candidate on paper: what a forensic doctor or a tracing officer puts into a case file, in six languages.

Own; the sections are those of `sections`, the page itself is set by `look.sheet`, as PDF or as one HTML file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from opencompact.language import counted, format_number, said, told, translator
from opencompact.look.blocks import Cell, Column, Heading, Table
from opencompact.look.sheet import Sheet, SheetBlock
from opencompact.missing.candidates.explaining import (
    LIKELIHOOD_RATIO,
    Explanation,
    explain,
    told_probability,
    told_ratio,
)
from opencompact.missing.candidates.sections import (
    Made,
    Pair,
    decisions,
    fields,
    making,
    names,
    notices,
    own,
    paragraph,
    records,
    rivals,
    sum_of,
)
from opencompact.missing.candidates.whole import Compared, whole_texts
from opencompact.missing.evidence.ledger import Ledger

LEAST_EXPLAINED = 0.01
"""Candidates less likely than this are listed and not explained; a record sought without a likelier one has no sheet in a folder."""


def pair_sheet(pair: Pair, made: Made, code: str) -> Sheet:
    """The sheet of one candidate."""
    _ = translator(code, "missing")
    one = pair.candidate
    explained = explain(one.ledger, code, one.probability)
    blocks = [
        *notices(explained.closing, pair.sought.synthetic, code),
        Heading(2, _("What it comes to"), "sum"),
        *sum_of(pair, explained, code),
        Heading(2, _("Field by field"), "fields"),
        fields(pair, explained, code),
        *names(explained, code),
        Heading(2, _("Who else competes"), "rivals"),
        rivals(pair, code),
        Heading(2, _("What people decided"), "decisions"),
        decisions(pair.judgements, made, code),
        Heading(2, _("The records in their own words"), "records"),
        records(pair, code),
        *whole_texts([Compared(pair.sought, pair.found, explained)], pair.judgements, code),
        *making(one.ledger, made, code),
    ]
    title = told(said("Is it the same person? {sought} and {found}", sought=one.sought, found=one.found), code)
    return _sheet(title, blocks, pair.sought.synthetic, made, code)


def record_sheet(pairs: Sequence[Pair], made: Made, code: str) -> Sheet:
    """The sheet of a record sought with its candidates, the likeliest first: all are listed, the likely ones explained."""
    _ = translator(code, "missing")
    sought, ledger = pairs[0].sought, pairs[0].candidate.ledger
    blocks: list[SheetBlock] = [*notices(explain(ledger, code).closing, sought.synthetic, code), _ranking(pairs, code)]
    likely = [
        (pair, explain(pair.candidate.ledger, code, pair.candidate.probability))
        for pair in pairs
        if pair.candidate.probability >= LEAST_EXPLAINED
    ]
    for pair, explained in likely:
        blocks += _one_of(pair, explained, code)
    judgements = tuple(dict.fromkeys(judgement for pair in pairs for judgement in pair.judgements))
    blocks += [Heading(2, _("What people decided"), "decisions"), decisions(judgements, made, code)]
    blocks += whole_texts([Compared(pair.sought, pair.found, told_of) for pair, told_of in likely], judgements, code)
    title = told(said("Candidates for {sought}", sought=sought.id), code)
    return _sheet(title, [*blocks, *making(ledger, made, code)], sought.synthetic, made, code)


def _one_of(pair: Pair, explained: Explanation, code: str) -> Iterator[SheetBlock]:
    """One candidate of several."""
    _ = translator(code, "missing")
    one = pair.candidate
    title = said("{rank}. {sought} and {found}", rank=one.rank, sought=one.sought, found=one.found)
    yield Heading(2, told(title, code), f"candidate-{one.rank}")
    yield from sum_of(pair, explained, code)
    yield fields(pair, explained, code)
    yield from names(explained, code)
    yield Heading(3, _("Who else competes"), f"rivals-{one.rank}")
    yield rivals(pair, code)
    yield Heading(3, _("The records in their own words"), f"records-{one.rank}")
    yield records(pair, code)


def _ranking(pairs: Sequence[Pair], code: str) -> Table:
    _ = translator(code, "missing")
    columns = (
        Column(_("Record found")),
        Column(_(LIKELIHOOD_RATIO), "number"),
        Column(_("Probability"), "number"),
    )
    rows = [
        (
            own(one.found),
            told_ratio(sum(entry.log10_likelihood_ratio for entry in one.ledger.evidence), code),
            told_probability(one.probability, code),
        )
        for one in (pair.candidate for pair in pairs)
    ]
    least = told_probability(LEAST_EXPLAINED, code)
    note = said("Candidates less likely than {least} are listed here and not explained below.", least=least)
    return Table(columns, tuple(rows), note=told(note, code))


@dataclass(frozen=True)
class Entry:
    """A line of the index: the record sought, the file of its sheet, how many candidates it has, the likeliest and its probability."""

    record: str
    file: str
    candidates: int
    likeliest: str
    probability: float


def index_sheet(
    entries: Sequence[Entry], alone: Sequence[str], ledger: Ledger | None, made: Made, synthetic: bool, code: str
) -> Sheet:
    """The index of a folder of sheets, in the order of the file; `alone` are records that have no likely candidate."""
    _ = translator(code, "missing")
    blocks = [*notices(explain(Ledger(()), code).closing, synthetic, code)]
    if entries:
        blocks.append(_index(entries, code))
    if alone:
        words = counted(
            "{n} record has no candidate as likely as {least}: {records}.",
            "{n} records have no candidate as likely as {least}: {records}.",
            len(alone),
            least=told_probability(LEAST_EXPLAINED, code),
            records=", ".join(alone),
        )
        blocks.append(paragraph(told(words, code)))
    return _sheet(_("Sheets of candidates"), [*blocks, *making(ledger, made, code)], synthetic, made, code)


def _index(entries: Sequence[Entry], code: str) -> Table:
    _ = translator(code, "missing")
    columns = (
        Column(_("Record")),
        Column(_("Sheet")),
        Column(_("Candidates"), "number"),
        Column(_("Likeliest")),
        Column(_("Probability"), "number"),
    )
    rows = [
        (
            own(one.record),
            Cell(one.file, href=one.file),
            format_number(one.candidates, code),
            own(one.likeliest),
            told_probability(one.probability, code),
        )
        for one in entries
    ]
    return Table(columns, tuple(rows))


def _sheet(title: str, blocks: Sequence[SheetBlock], synthetic: bool, made: Made, code: str) -> Sheet:
    _ = translator(code, "missing")
    confidential = _("Confidential: personal data of people who are looked for and of those found.")
    running = confidential if not synthetic else _("Synthetic data: these people do not exist.")
    return Sheet(code, title, tuple(blocks), running=running, synthetic=synthetic, date=made.day.isoformat())
