"""Tab-separated files of names in, scores out: every row kept, every cell as it stands.

Own forms of tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from opencompact.errors import InputError, InvalidDataError
from opencompact.language import counted, said
from opencompact.missing.names.scores import Ranked
from opencompact.tables import decode, replace_atomically
from opencompact.tables.refusals import unreadable


@dataclass(frozen=True)
class Rows:
    """A tab-separated table: its headings, and its rows as text."""

    file: Path
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, heading: str) -> list[str]:
        """The cells of a column, without the quotation marks that some programs put round them."""
        index = self.headings.index(heading)
        return [_unquoted(row[index]) for row in self.rows]


def _unquoted(cell: str) -> str:
    """Only marks round the whole cell, with those inside doubled: `"Abu" Karim "Zidan"` stays as it is."""
    inner = cell[1:-1]
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', ""):
        return inner.replace('""', '"')
    return cell


def read_rows(path: Path, needed: Sequence[str], *, unique: str | None = None) -> Rows:
    """Reads a tab-separated file that has the columns `needed`; quotation marks are letters like others.

    Raises InputError for a file that is absent, empty or not UTF-8 or UTF-16; InvalidDataError for a column that is not
    there or stands twice, a row of more cells than the heading, and an empty or repeated value of the column `unique`. A
    row of fewer cells is filled with empty ones; empty lines are passed over.
    """
    lines = _text(path).replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    headings = tuple(_unquoted(cell.strip()) for cell in lines[0].split("\t"))
    for heading in needed:
        if headings.count(heading) != 1:
            raise _no_column(path, heading, headings.count(heading), lines[0], needed)
    numbered = [(number, line) for number, line in enumerate(lines[1:], start=2) if line]
    table = Rows(path, headings, tuple(_cells(path, number, line, len(headings)) for number, line in numbered))
    if unique is not None:
        _refuse_repeated(table, unique, [number for number, _line in numbered])
    return table


def _text(path: Path) -> str:
    try:
        text = decode(path.read_bytes(), path)
    except OSError as problem:
        raise unreadable(path, problem) from None
    if not text.strip():
        raise InputError("The file is empty.", file=path, remedy="Give a tab-separated file with a heading.")
    return text


def _no_column(path: Path, heading: str, times: int, line: str, needed: Sequence[str]) -> InvalidDataError:
    asked = ", ".join(needed)
    if times:
        problem = said("The column '{column}' stands {times} times.", column=heading, times=times)
    else:
        problem = said("There is no column '{column}'.", column=heading)
    if "\t" not in line and any(mark in line for mark in ",;"):
        remedy = said("Part the cells by tabs, not by commas or semicolons; the columns are {columns}.", columns=asked)
    else:
        remedy = said("Give a tab-separated file with the columns {columns}.", columns=asked)
    return InvalidDataError(problem, file=path, row=1, value=line[:80], remedy=remedy)


def _refuse_repeated(table: Rows, column: str, numbers: Sequence[int]) -> None:
    """Every value of a column of identifiers is there, and once."""
    seen: dict[str, int] = {}
    for number, value in zip(numbers, table.column(column), strict=True):
        if not value.strip():
            raise InvalidDataError(
                "The identifier is empty.", file=table.file, row=number, column=column, remedy="Give every row its own."
            )
        if value in seen:
            raise InvalidDataError(
                said("The identifier stands in row {row} already.", row=seen[value]),
                file=table.file,
                row=number,
                column=column,
                value=value[:80],
                remedy="Give every row its own.",
            )
        seen[value] = number


def _cells(path: Path, number: int, line: str, width: int) -> tuple[str, ...]:
    cells = line.split("\t")
    if len(cells) > width:
        raise InvalidDataError(
            counted(
                "The row has {cells} cell, the heading {width}.",
                "The row has {cells} cells, the heading {width}.",
                len(cells),
                cells=len(cells),
                width=width,
            ),
            file=path,
            row=number,
            value=line[:80],
            remedy="Take the tabs out of the cells.",
        )
    return tuple(cells + [""] * (width - len(cells)))


def write_scored(table: Rows, scores: Sequence[float], out: Path) -> None:
    """Writes the table with a column `score`; one that was there before is replaced."""
    kept = [index for index, heading in enumerate(table.headings) if heading != "score"]
    lines = chain(
        ["\t".join([*(table.headings[index] for index in kept), "score"])],
        (
            "\t".join([*(row[index] for index in kept), f"{score:.4f}"])
            for row, score in zip(table.rows, scores, strict=True)
        ),
    )
    _write(lines, out)


def write_ranked(queries: Rows, candidates: Rows, ranked: Iterable[Ranked], out: Path) -> int:
    """Writes query_id, candidate_id, rank and score; gives how many rows."""
    ids, others = queries.column("id"), candidates.column("id")
    rows = (f"{ids[one.query]}\t{others[one.candidate]}\t{one.rank}\t{one.score:.4f}" for one in ranked)
    return _write(chain(["query_id\tcandidate_id\trank\tscore"], rows), out) - 1


def _write(lines: Iterable[str], out: Path) -> int:
    """Line by line into a file that is whole or not there at all; gives how many."""
    written = 0
    with replace_atomically(out) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as stream:
        for line in lines:
            stream.write(line + "\n")
            written += 1
    return written
