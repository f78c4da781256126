"""Texts longer than a cell of a sheet: as much as the cell has room for, and the whole of it at the end of the sheet. Own."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from opencompact.language import format_date, said, told, translator
from opencompact.look.blocks import Heading, Paragraph, Span
from opencompact.look.sheet import ANY, SheetBlock
from opencompact.missing.candidates.explaining import Explanation
from opencompact.missing.candidates.recorded import recorded
from opencompact.missing.decisions import Judgement
from opencompact.missing.records.record import Record

LONGEST = 600
"""Letters of a text that a cell shows."""
MOST = 20_000
"""Letters of a text that the end of a sheet shows: some four pages. What is longer is in the record alone."""


class Compared(NamedTuple):
    """Two records and what is told of them field by field."""

    sought: Record
    found: Record
    explained: Explanation


class _Text(NamedTuple):
    title: str
    words: str
    language: str | None


def shortened(text: str, code: str) -> str:
    """As much of a text as a cell has room for, how much more there is, and where."""
    if len(text) <= LONGEST:
        return text
    more = said("[{n:,} more characters: the whole text stands at the end]", n=len(text) - LONGEST)
    return f"{text[:LONGEST]}… {told(more, code)}"


def whole_texts(pairs: Sequence[Compared], judgements: Iterable[Judgement], code: str) -> Iterator[SheetBlock]:
    """What `shortened` left out of the cells of a sheet: each text once, under the record and the field that have it."""
    _ = translator(code, "missing")
    told_at: dict[str, _Text] = {}
    for text in chain(_of_records(pairs, code), _of_fields(pairs, code), _of_judgements(judgements, code)):
        if len(text.words) > LONGEST:
            told_at.setdefault(text.words, text)
    if told_at:
        yield Heading(2, _("Long texts"), "whole")
    for number, text in enumerate(told_at.values(), 1):
        yield Heading(3, text.title, f"whole-{number}")
        yield Paragraph((Span(_bounded(text.words, code), language=text.language),))


def _bounded(text: str, code: str) -> str:
    if len(text) <= MOST:
        return text
    more = said("[{n:,} more characters in the record]", n=len(text) - MOST)
    return f"{text[:MOST]}… {told(more, code)}"


def _of_records(pairs: Sequence[Compared], code: str) -> Iterator[_Text]:
    for pair in pairs:
        for field, one, other in recorded(pair.sought, pair.found, code):
            yield _Text(_of(pair.sought.id, field, code), one, ANY)
            yield _Text(_of(pair.found.id, field, code), other, ANY)


def _of_fields(pairs: Sequence[Compared], code: str) -> Iterator[_Text]:
    for pair in pairs:
        both = told(said("{sought} and {found}", sought=pair.sought.id, found=pair.found.id), code)
        for line in pair.explained.lines:
            yield _Text(_of(pair.sought.id, line.field, code), line.sought, ANY)
            yield _Text(_of(pair.found.id, line.field, code), line.found, ANY)
            yield _Text(_of(both, line.field, code), line.reason, None)


def _of_judgements(judgements: Iterable[Judgement], code: str) -> Iterator[_Text]:
    for one in judgements:
        day = format_date(datetime.date.fromisoformat(one.at[:10]), code)
        title = said("The reason of {by}, {day}", by=one.by, day=day)
        yield _Text(told(title, code), one.why, ANY)


def _of(record: str, field: str, code: str) -> str:
    return told(said("{record}: {field}", record=record, field=field), code)
