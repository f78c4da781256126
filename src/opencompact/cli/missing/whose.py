"""Whose decisions and whose DNA they are: what may be used with the records of some files, and what is told of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from opencompact.cli.output import say
from opencompact.language import counted
from opencompact.tables.refusals import absent

if TYPE_CHECKING:
    from opencompact.missing.candidates import Dna
    from opencompact.missing.candidates.repeats import Judged
    from opencompact.missing.decisions import Judgement
    from opencompact.missing.records.reading import Reading


def judged_pairs_of(decisions: Path, *readings: Reading) -> Judged:
    """Which pairs of records people judged to be one person, or not."""
    from opencompact.missing.candidates.repeats import judged_pairs
    from opencompact.missing.decisions import clusters, read_events, standing

    if not decisions.exists():
        raise absent(decisions)
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


def dna_of(path: Path, first: Reading, second: Reading) -> Dna:
    """The DNA that belongs to records of two files; says what names none of them, and what is left out because a record is set aside or its
    giver has not agreed to identification."""
    from opencompact.missing.candidates import read_dna

    dna, refused = read_dna(path), _not_identified(first) | _not_identified(second)
    left_out = dna.about(refused)
    if left_out:
        say(
            counted(
                "{file}: {n} result is of a record that is set aside or whose giver has not agreed to identification, and is not used ({example}).",
                "{file}: {n} results are of records that are set aside or whose givers have not agreed to identification, and are not used ({example}).",
                len(left_out),
                file=path.name,
                example=_named(left_out),
            ),
            err=True,
        )
    kept = dna.without(refused)
    sought, found = ({record.id for record in reading.records} for reading in (first, second))
    _say_unplaced(kept.unplaced(sought, found), len(kept.stated), path)
    return kept


def _named(pairs: list[tuple[str, str]]) -> str:
    """The first pairs, written."""
    return ", ".join(f"{missing} – {remains}" for missing, remains in pairs[:3])


def _say_unplaced(unplaced: list[tuple[str, str]], stated: int, file: Path) -> None:
    """Says which results of a kinship search name no records, so that nobody takes their DNA for compared."""
    if not unplaced:
        return
    say(
        counted(
            "{file}: {n} of {stated} result names no record sought or none found ({example}).",
            "{file}: {n} of {stated} results name no record sought or none found ({example}).",
            len(unplaced),
            file=file.name,
            stated=stated,
            example=_named(unplaced),
        ),
        err=True,
    )
