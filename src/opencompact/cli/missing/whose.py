"""Whose decisions they are: which of those that stand may be used with the records of some files, and what is told of the others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from opencompact.cli.output import say
from opencompact.errors import NoDataError
from opencompact.language import counted

if TYPE_CHECKING:
    from opencompact.missing.candidates.repeats import Judged
    from opencompact.missing.decisions import Judgement
    from opencompact.missing.records.reading import Reading


def judged_pairs_of(decisions: Path, *readings: Reading) -> Judged:
    """Which pairs of records people judged to be one person, or not."""
    from opencompact.missing.candidates.repeats import judged_pairs
    from opencompact.missing.decisions import clusters, read_events, standing

    if not decisions.exists():
        raise NoDataError("The file cannot be read.", file=decisions, remedy="Check its name.")
    now = about(standing(read_events(decisions)), decisions, *readings)
    return judged_pairs(clusters(now), [(one.left, one.right) for one in now if one.verdict == "not-same"])


def about(standing: Sequence[Judgement], decisions: Path, *readings: Reading) -> list[Judgement]:
    """The decisions that stand and may be used with these files; says which may not, and which are of other records."""
    now = _that_may_be_used(standing, decisions, *readings)
    _say_whose(now, decisions, *readings)
    return now


def _that_may_be_used(standing: Sequence[Judgement], decisions: Path, *readings: Reading) -> list[Judgement]:
    """The decisions that stand, but for those about a record of these files that is set aside or whose giver has not agreed to identification:
    says which they are.

    Without the records nobody could look when they were taken; or the giver has said no since."""
    refused = {id for reading in readings for id in _not_identified(reading)}
    left_out = [one for one in standing if one.left in refused or one.right in refused]
    if left_out:
        say(
            counted(
                "{file}: {n} decision is about a record that is set aside or whose giver has not agreed to identification, and is not used ({example}).",
                "{file}: {n} decisions are about records that are set aside or whose givers have not agreed to identification, and are not used ({example}).",
                len(left_out),
                file=decisions.name,
                example=", ".join(f"{one.left} – {one.right}" for one in left_out[:3]),
            ),
            err=True,
        )
    return [one for one in standing if one not in left_out]


def _not_identified(reading: Reading) -> set[str]:
    """The ids of records of a file that are set aside, or whose giver has not agreed to identification."""
    from opencompact.missing.records.consent import IDENTIFY, permits

    kept = {record.id for record in reading.records}
    aside = {line.value for line in reading.set_aside if line.column is None and line.value}
    return {record.id for record in reading.records if not permits(record, IDENTIFY)} | (aside - kept)


def _say_whose(standing: Sequence[Judgement], decisions: Path, *readings: Reading) -> None:
    """Says how many decisions name no record of these files, and which were made of a record of that id in another file: their ids may
    mean other people."""
    files = {record.id: record.file for reading in readings for record in reading.records}
    nobody = [one for one in standing if one.left not in files and one.right not in files]
    if nobody:
        say(
            counted(
                "{file}: {n} of {stands} decision that stands names no record of these files ({example}).",
                "{file}: {n} of {stands} decisions that stand name no record of these files ({example}).",
                len(nobody),
                file=decisions.name,
                stands=len(standing),
                example=", ".join(f"{one.left} – {one.right}" for one in nobody[:3]),
            ),
            err=True,
        )
    others = [
        (record, seen)
        for one in standing
        for record in (one.left, one.right)
        if record in files and (seen := one.file_of(record)) and not seen.startswith(f"{files[record]},")
    ]
    if others:
        say(
            counted(
                "{file}: {n} record was in another file when it was judged ({example}): see that its id means the same person here.",
                "{file}: {n} records were in other files when they were judged ({example}): see that their ids mean the same people here.",
                len(others),
                file=decisions.name,
                example=", ".join(f"{record}: {seen}" for record, seen in others[:3]),
            ),
            err=True,
        )
