"""A cell that holds records, one a line, their parts between bars: reports, milestones, passages."""

from __future__ import annotations

import datetime

from opencompact.actions import words
from opencompact.actions.cells.single import CellFault, chosen, decode_day
from opencompact.actions.evidence import evidence_fault
from opencompact.actions.fields import Field
from opencompact.actions.model import Milestone, Passage, Update
from opencompact.language import said


def _split(record: str) -> list[str]:
    parts = record.replace("\\\\", "\x00").replace("\\|", "\x01").split("|")
    return [part.strip().replace("\\n", "\n").replace("\x01", "|").replace("\x00", "\\") for part in parts]


def joined(*parts: str) -> str:
    escaped = [part.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n") for part in parts]
    while escaped and not escaped[-1]:
        escaped.pop()
    return " | ".join(escaped)


def _records(text: str, form: str, least: int, most: int) -> list[list[str]]:
    found = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        parts = _split(line)
        if not least <= len(parts) <= most:
            raise CellFault(said("The line has {n} parts.", n=len(parts)), said("Write: {form}.", form=form), line[:80])
        for part in parts:
            if len(part) > 2000:
                raise CellFault(
                    said("A part of the line is longer than 2,000 characters."), said("Write it shorter."), line[:80]
                )
        found.append([*parts, *[""] * (most - len(parts))])
    return found


def decode_updates(field: Field, text: str) -> tuple[Update, ...]:
    form = (
        "day | stage | what was done | evidence (document, figure or indicator) | where it is | taken back on | because"
    )
    found = []
    for day, stage, what, evidence, reference, taken_back, because in _records(text, form, 2, 7):
        kind = chosen(words.EVIDENCE, evidence) if evidence else ""
        if reference and not kind:
            raise CellFault(
                said("The evidence does not say what it is."), said("Write: {form}.", form=form), reference[:80]
            )
        if kind and (problem := evidence_fault(kind, reference)):
            raise CellFault(said("This cannot be looked up as evidence."), said(problem), reference[:80])
        found.append(
            Update(
                decode_day(field, day), chosen(words.STAGES, stage), what, kind, reference,
                *_taken_back(field, day, taken_back, because),
            )
        )  # fmt: skip
    return tuple(sorted(found, key=lambda update: update.day))


def _taken_back(field: Field, day: str, taken_back: str, because: str) -> tuple[datetime.date | None, str]:
    """The day on which a report was taken back, and why: both or neither."""
    if bool(taken_back) != bool(because):
        remedy = said("Write both at the end of the line, or neither.")
        raise CellFault(said("A report is taken back on a day and for a reason."), remedy, taken_back or because[:80])
    if not taken_back:
        return None, ""
    on = decode_day(field, taken_back)
    if on < decode_day(field, day):
        raise CellFault(said("The report is taken back before it was made."), said("Check both days."), taken_back)
    return on, because


def decode_milestones(field: Field, text: str) -> tuple[Milestone, ...]:
    rows = _records(text, "due day | what | day reached", 1, 3)
    return tuple(
        Milestone(decode_day(field, due), what, decode_day(field, reached) if reached else None)
        for due, what, reached in rows
    )


def decode_passages(field: Field, text: str) -> tuple[Passage, ...]:
    return tuple(
        Passage(reference, provides) for reference, provides in _records(text, "reference | what it provides", 1, 2)
    )


def iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""
