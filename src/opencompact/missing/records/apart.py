"""Whether two files can stand side by side: their ids, and which of them is of the people sought.

A decision names two records by their ids. Where one id is a record of either file, what a person judged of one would be taken for the
other, and people would be put together whom nobody compared. Two offices that both number from 1 get a name before their ids
(`mapping.FieldMapping.id_of`), and rewrite nothing. A journey goes from those sought to those found: of files the other way round it could not be weighed.
Own.
"""

from __future__ import annotations

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.records.reading import Reading


def check_apart(first: Reading, second: Reading) -> None:
    """Raises InvalidDataError where an id is that of a record in each of two files: file and row of the second, the row of the first.

    Records that were set aside count too: decisions may name them. A file beside itself holds each record once. The people sought stand in the first, if
    either file says who is.
    """
    if first.file.resolve() == second.file.resolve():
        return
    _check_sides(first, second)
    known, others = _rows(first), _rows(second)
    shared = [id for id in others if id in known]
    if not shared:
        return
    raise InvalidDataError(
        said(
            "The record in row {row} of {file} has the same id: decisions could not tell the two apart (ids in both files: {n}).",
            row=known[shared[0]],
            file=first.file.name,
            n=len(shared),
        ),
        file=second.file,
        row=others[shared[0]],
        column="id",
        value=shared[0],
        remedy='Write id_prefix = "camp" into a mapping file and give it with --mapping-sought or --mapping-found: the records of that file '
        "are then camp:1, camp:2 …, in every command. Decisions that were made with the old ids are to be made again.",
    )


def _check_sides(first: Reading, second: Reading) -> None:
    """Raises InvalidDataError where the first file holds nobody who is sought, and the second nobody else."""
    sides = [{record.kind == "sought" for record in reading.records} for reading in (first, second)]
    if sides == [{False}, {True}]:
        raise InvalidDataError(
            "The files are given the other way round: this one holds people who were found, and the other those who are sought.",
            file=first.file,
            row=first.records[0].row,
            column="kind",
            value=first.records[0].kind,
            remedy=said("Give {sought} first, then {found}.", sought=second.file.name, found=first.file.name),
        )


def _rows(reading: Reading) -> dict[str, int]:
    """id → row of the records of a file."""
    aside = {line.value: line.row for line in reading.set_aside if line.column is None and line.value}
    return aside | {record.id: record.row or 0 for record in reading.records}
