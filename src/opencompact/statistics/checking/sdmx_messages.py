"""SDMX data messages (XML, JSON, CSV) as the table that the rules look at."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from opencompact.errors import InputError, InvalidDataError
from opencompact.language import said
from opencompact.statistics import sdmx
from opencompact.statistics.reasons import recalled
from opencompact.statistics.sdmx.mapping import StructureMapping
from opencompact.statistics.sdmx.message import NO_OBSERVATIONS, message_of
from opencompact.statistics.sources import sdmx_files
from opencompact.statistics.sources.file import SourceFile
from opencompact.tables import ROW, RawTable

_COLUMNS = (
    "indicator", "area", "period", "value", "unit", "sex", "age", "migratory_status", "origin", "status",
    "confidentiality", "lower", "upper", "note",
)  # fmt: skip


def read_message(path: Path, indicator: str | None) -> tuple[RawTable, pl.DataFrame] | None:
    """The observations of a data message as text, and what is set aside (`row`, `reason`, `content`); None for any other file.

    A mapping or structure beside the file is used as an import uses it. `indicator` stands where the message names none.
    Raises InvalidDataError for an SDMX message that holds no data.
    """
    file = SourceFile(path)
    try:
        if file.format not in ("xml", "json", "text"):
            return None
    except InputError:  # truncated, damaged or too large: the reader of tables says so
        return None
    message = message_of(file.head, file.header())
    if message is None:
        return None
    if message.kind != "data":
        raise InvalidDataError(
            said("This is {no_observations}.", no_observations=recalled(NO_OBSERVATIONS[message.kind])),
            file=path,
            rule="sdmx/message",
            remedy="Give the file that holds the data.",
        )
    recognition = sdmx_files.recognise(file)
    mapping = recognition.details.get("mapping") if recognition else None
    if mapping is None and indicator:
        mapping = StructureMapping(structure=message.reference or "", indicator=indicator)
    structure = path.parent / mapping.structure_file if mapping and mapping.structure_file else None
    found = sdmx.read(path, structure, mapping)
    return _as_table(path, found.observations, found.notes), found.set_aside


def _as_table(path: Path, observations: pl.DataFrame, notes: tuple[str, ...]) -> RawTable:
    """Columns as a tidy table has them; each key of the breakdown is a column."""
    keys = sorted(
        {pair.split("=")[0] for text in observations["breakdown"].unique() if text != "_T" for pair in text.split(";")}
    )
    within = pl.format(";{};", pl.col("breakdown"))
    cells = observations.select(
        pl.col("row").alias(ROW),
        *(_text(name) for name in _COLUMNS),
        *(within.str.extract(f";{key}=([^;]*);").fill_null("_T").alias(key) for key in keys),
    )
    filled = [
        name
        for name in cells.columns
        if name in ("indicator", "area", "period", "value") or cells[name].null_count() < cells.height
    ]
    return RawTable(path, tuple(name for name in filled if name != ROW), cells.select(filled), typed=True, notes=notes)


def _text(name: str) -> pl.Expr:
    """Whole numbers without a decimal point, as a person would have written them."""
    column = pl.col(name)
    if name not in ("value", "lower", "upper"):
        return column.cast(pl.String)
    whole = (column == column.round()) & (column.abs() < 1e15)
    return (
        pl.when(whole)
        .then(column.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(column.cast(pl.String))
        .alias(name)
    )
