"""Tab-separated files of names in, scores out: every row kept, every cell as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from opencompact.errors import InputError, InvalidDataError
from opencompact.language import said
from opencompact.missing.names.scores import Ranked
from opencompact.tables import decode, write_text


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
    if len(cell) > 1 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def read_rows(path: Path, needed: Sequence[str]) -> Rows:
    """Reads a tab-separated file that has the columns `needed`; quotation marks are letters like others.

    Raises InputError for a file that is absent, empty or not UTF-8 or UTF-16; InvalidDataError for a column that is not
    there or a row of more cells than the heading. A row of fewer cells is filled with empty ones.
    """
    try:
        text = decode(path.read_bytes(), path)
    except OSError as problem:
        raise InputError(
            said("The file cannot be read: {reason}.", reason=problem.strerror or problem),
            file=path,
            remedy="Check its name and folder.",
        ) from problem
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    headings = tuple(_unquoted(cell.strip()) for cell in lines[0].split("\t"))
    for heading in needed:
        if heading not in headings:
            raise InvalidDataError(
                said("There is no column '{heading}'.", heading=heading),
                file=path,
                row=1,
                value=lines[0][:80],
                remedy=said("Give a tab-separated file with the columns {needed}.", needed=", ".join(needed)),
            )
    return Rows(path, headings, tuple(_cells(path, number, line, len(headings)) for number, line in _filled(lines)))


def _filled(lines: Sequence[str]) -> Iterable[tuple[int, str]]:
    return ((number, line) for number, line in enumerate(lines[1:], start=2) if line.strip("\n"))


def _cells(path: Path, number: int, line: str, width: int) -> tuple[str, ...]:
    cells = line.split("\t")
    if len(cells) > width:
        raise InvalidDataError(
            said("The row has {cells} cells, the heading {width}.", cells=len(cells), width=width),
            file=path,
            row=number,
            value=line[:80],
            remedy="Take the tabs out of the cells.",
        )
    return tuple(cells + [""] * (width - len(cells)))


def write_scored(table: Rows, scores: Sequence[float], out: Path) -> None:
    """Writes the table with a column `score`; one that was there before is replaced."""
    kept = [index for index, heading in enumerate(table.headings) if heading != "score"]
    lines = ["\t".join([*(table.headings[index] for index in kept), "score"])]
    for row, score in zip(table.rows, scores, strict=True):
        lines.append("\t".join([*(row[index] for index in kept), f"{score:.4f}"]))
    write_text(out, "\n".join(lines) + "\n")


def write_ranked(queries: Rows, candidates: Rows, ranked: Iterable[Ranked], out: Path) -> int:
    """Writes query_id, candidate_id, rank and score; gives how many rows."""
    query_ids, candidate_ids = queries.column("id"), candidates.column("id")
    lines = ["query_id\tcandidate_id\trank\tscore"]
    for found in ranked:
        lines.append(f"{query_ids[found.query]}\t{candidate_ids[found.candidate]}\t{found.rank}\t{found.score:.4f}")
    write_text(out, "\n".join(lines) + "\n")
    return len(lines) - 1
