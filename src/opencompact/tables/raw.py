"""A table as text: what every reader of files gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import polars as pl

from opencompact.tables.workbook import Facts

ROW = "__row__"
Likeness = Callable[[int, list[str]], float]
"""How much a row, by its place in the file and its cells, is like a heading; 0 where it is none."""
HEADINGS_WITHIN = 50
"""Rows of a file among which its headings are looked for: what offices write above them is a title, a date, the names of groups."""


@dataclass(frozen=True)
class RawTable:
    """A table as text.

    `cells` has one String column per heading (null where the cell is empty or absent) and `__row__`, the row's place in
    the file (1 = its first line). `sheet` is the sheet of a workbook; `ragged` are (row, number of cells) of rows that
    do not have as many cells as the heading, `beyond` are (row, place, text) of the cells that stand right of the last heading and are no part of `cells`;
    `typed` tells whether the file itself distinguishes numbers from text;
    `numbers_as_text` are the (row, column) of cells that such a file keeps as text though they read as numbers; `facts`
    are what a workbook holds beside its values; `above` is how many of its first rows stand above the heading.
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
    above: int = 0


def heading_at(rows: Sequence[tuple[int, list[str]]], likeness: Likeness) -> int:
    """Which of the rows is most like a heading, the first of equal ones."""
    return max(range(len(rows[:HEADINGS_WITHIN])), key=lambda at: (likeness(*rows[at]), -at), default=0)


def from_records(
    path: Path,
    heading: list[str],
    header_row: int,
    records: Iterable[tuple[int, list[str]]],
    notes: tuple[str, ...] = (),
) -> RawTable:
    """A table of a heading and its rows, each with its place; rows are cut or filled to the width of the heading.

    Rows that are read one after the other are put away as columns a block at a time, since a cell of a list takes many times what it holds.
    """
    columns = unique_headings(heading)
    ragged: list[tuple[int, int]] = []
    beyond: list[tuple[int, int, str]] = []
    blocks = [_block(columns, [])]
    waiting = iter(records)
    while block := list(islice(waiting, BLOCK)):
        blocks.append(_block(columns, block))
        for row, record in block:
            if len(record) not in (len(columns), 0):
                ragged.append((row, len(record)))
                further = enumerate(record[len(columns) :], len(columns) + 1)
                beyond += [(row, place, text) for place, text in further if text.strip()]
    cells = pl.concat(blocks, rechunk=True)
    return RawTable(path, columns, cells, header_row, ragged=tuple(ragged), beyond=tuple(beyond), notes=notes)


BLOCK = 50_000
"""So many rows are lists of texts at once."""


def _block(columns: tuple[str, ...], records: list[tuple[int, list[str]]]) -> pl.DataFrame:
    """Rows as columns of texts, null where a cell is empty or absent."""
    width = len(columns)
    padded = [record if len(record) == width else (record + [""] * width)[:width] for _, record in records]
    series = {
        name: pl.Series(name, [record[index] or None for record in padded], dtype=pl.String)
        for index, name in enumerate(columns)
    }
    return pl.DataFrame({ROW: pl.Series(ROW, [row for row, _ in records], dtype=pl.Int64), **series})


def unique_headings(heading: list[str]) -> tuple[str, ...]:
    """The headings as they are; an empty one is called `column N`, a second of the same name gets its number."""
    seen: Counter[str] = Counter()
    names = []
    for index, raw in enumerate(heading, 1):
        name = raw if raw.strip() else f"column {index}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)
