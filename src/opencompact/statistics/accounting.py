"""The account of a file: read = kept + set aside, no two values in one cell, and what the store notes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.language import counted, said
from opencompact.statistics import editions
from opencompact.statistics.observations import CELL, observations
from opencompact.statistics.sources import contract
from opencompact.statistics.sources.file import SourceFile
from opencompact.statistics.store import FileRecord, Part, Shapes


@dataclass(frozen=True)
class Accounted:
    """What became of a file, and, where something of it is kept, the part that the store takes."""

    record: FileRecord
    part: Part | None = None
    reading: contract.Reading | None = None
    shapes: Shapes | None = None


def whole_file(
    file: SourceFile, outcome: str, reason: str, recognition: contract.Recognition | None = None
) -> FileRecord:
    """A file of which nothing is kept: each of its records is set aside for one reason."""
    return FileRecord(
        file.name,
        file.sha256,
        file.digest,
        outcome,
        reason,
        source=recognition.source if recognition else None,
        table=recognition.table if recognition else None,
        read=file.records,
        set_aside=file.records,
    )


def accounted(
    file: SourceFile, recognition: contract.Recognition, reading: contract.Reading, vintage: str
) -> Accounted:
    """The part that a reading makes; its account must close and its cells must be distinct."""
    stamped = observations(reading.observations, source=recognition.source, vintage=vintage, file=file.name)
    aside = account(reading)
    kept = _kept(reading)
    if reading.read != kept + aside:
        raise InvalidDataError(
            said(
                "The account does not close: {read} {unit} read, {kept} kept, {aside} set aside.",
                read=reading.read,
                unit=reading.unit,
                kept=kept,
                aside=aside,
            ),
            file=file.name,
            rule="account",
            remedy=said(
                "The reader of {source} drops or counts something twice: please report it.", source=recognition.source
            ),
        )
    ordered = stamped.sort(CELL, maintain_order=True)
    _refuse_duplicates(ordered, file)
    part = Part(
        source=recognition.source,
        vintage=vintage,
        table=recognition.table,
        file=file.name,
        sha256=file.sha256,
        digest=file.digest,
        unit=reading.unit,
        read=reading.read,
        kept=kept,
        set_aside=aside,
        observations=stamped.height,
        indicators=tuple(sorted(stamped["indicator"].unique())),
        tables=tuple(sorted(reading.tables)),
        notes=reading.notes,
        derived=recognition.derived,
        dated=reading.dated,
    )
    record = FileRecord(
        file.name, file.sha256, file.digest, "kept", None, part.source, part.table, vintage,
        part.unit, part.read, part.kept, part.set_aside,
    )  # fmt: skip
    return Accounted(
        record, part, replace(reading, observations=ordered), editions.shapes_of(ordered, reading.coverage)
    )


def account(reading: contract.Reading) -> int:
    """How many rows (or cells) a reading sets aside: in a file counted by rows, those of a whole row only."""
    entries = reading.set_aside
    if reading.unit == "rows":
        entries = entries.filter(pl.col("column").is_null())
    return int(entries["count"].sum())


def _kept(reading: contract.Reading) -> int:
    if reading.kept is not None:
        return reading.kept
    if reading.unit == "rows":
        return reading.observations["row"].drop_nulls().n_unique()
    return reading.observations.height


def _refuse_duplicates(ordered: pl.DataFrame, file: SourceFile) -> None:
    """`ordered` is in the order of the cells, so that two values of one cell are neighbours."""
    repeated = ordered.select(
        pl.all_horizontal(pl.col(name) == pl.col(name).shift(1) for name in CELL).fill_null(False)
    )
    duplicates = ordered.filter(repeated.to_series())
    if duplicates.is_empty():
        return
    first = duplicates.row(0, named=True)
    raise InvalidDataError(
        counted(
            "{n:,} value stands in a cell that has a value already.",
            "{n:,} values stand in a cell that has a value already.",
            duplicates.height,
        ),
        file=file.name,
        row=first["row"],
        value=" ".join(str(first[name]) for name in CELL),
        rule="duplicate",
        remedy="Keep one value a cell: ask the publisher which one is right.",
    )
