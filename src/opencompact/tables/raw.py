"""A table as text: what every reader of files gives."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from opencompact.tables.workbook import Facts

ROW = "__row__"


@dataclass(frozen=True)
class RawTable:
    """A table as text.

    `cells` has one String column per heading (null where the cell is empty or absent) and `__row__`, the row's place in
    the file (1 = its first line). `sheet` is the sheet of a workbook; `ragged` are (row, number of cells) of rows that
    do not have as many cells as the heading, `beyond` are (row, place, text) of the cells that stand right of the last heading and are no part of `cells`;
    `typed` tells whether the file itself distinguishes numbers from text;
    `numbers_as_text` are the (row, column) of cells that such a file keeps as text though they read as numbers; `facts`
    are what a workbook holds beside its values.
    """

    file: Path
    columns: tuple[str, ...]
    cells: pl.DataFrame
    header_row: int = 1
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    ragged: tuple[tuple[int, int], ...] = ()
    beyond: tuple[tuple[int, int, str], ...] = ()
    typed: bool = False
    numbers_as_text: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)


def from_records(
    path: Path, heading: list[str], header_row: int, records: list[tuple[int, list[str]]], notes: tuple[str, ...] = ()
) -> RawTable:
    """A table of a heading and its rows, each with its place; rows are cut or filled to the width of the heading."""
    columns = unique_headings(heading)
    width = len(columns)
    ragged = tuple((row, len(record)) for row, record in records if len(record) not in (width, 0))
    beyond = tuple(
        (row, place, text)
        for row, record in records
        if len(record) > width
        for place, text in enumerate(record[width:], width + 1)
        if text.strip()
    )
    padded = [(record + [""] * width)[:width] for _, record in records]
    series = {
        name: pl.Series(name, [record[index] or None for record in padded], dtype=pl.String)
        for index, name in enumerate(columns)
    }
    cells = pl.DataFrame({ROW: pl.Series(ROW, [row for row, _ in records], dtype=pl.Int64), **series})
    return RawTable(path, columns, cells, header_row, ragged=ragged, beyond=beyond, notes=notes)


def unique_headings(heading: list[str]) -> tuple[str, ...]:
    """The headings as they are; an empty one is called `column N`, a second of the same name gets its number."""
    seen: Counter[str] = Counter()
    names = []
    for index, raw in enumerate(heading, 1):
        name = raw if raw.strip() else f"column {index}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
