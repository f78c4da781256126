"""Tables of a terminal: in columns where they have room, else one row after another with a label before each cell."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from opencompact.cli.speaking import cells, harmless, tell
from opencompact.language import Said

# Rows beyond which a table is printed at once, without folding long cells.
LONG = 1000
# Lines that a row of a table in columns may take on average: one that is taller reads better cell by cell.
TALL = 5
# Cells between the text of one column and that of the next, at most.
_BETWEEN = 3
# The width of what goes to a file or to another program.
_UNMEASURED = 160

Texts = Sequence[Sequence[str]]
"""What was told, by row: every row has as many cells as there are headings."""


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]], *, right: Sequence[int] = ()) -> None:
    """Prints aligned columns that are readable without colour; columns whose index is in `right` are numbers.

    They are as wide as the terminal, or as the environment says (COLUMNS); a table that has no room there is printed cell by
    cell. In what goes to a file or another program no word is broken, so that identifiers and addresses can be copied.
    Headings, and cells that were said, are told in the language that the terminal speaks.
    """
    heads = [tell(heading) for heading in headings]
    told = [[_told_cell(cell) for cell in row] for row in rows]
    width = measured()
    if width is not None and told and not has_room(heads, told, width):
        click.echo("\n\n".join("\n".join(_record(heads, row, width)) for row in told))
    elif len(told) > LONG:
        _print_long(heads, told, right)
    else:
        _print_columns(heads, told, right, width or _UNMEASURED)


def measured() -> int | None:
    """How many cells wide a reader's terminal is, or what COLUMNS says; None where no terminal shows what is printed."""
    asked = os.environ.get("COLUMNS", "")
    if not sys.stdout.isatty() and not asked.isdecimal():
        return None
    return shutil.get_terminal_size().columns


def has_room(heads: Sequence[str], told: Texts, width: int) -> bool:
    """Whether a table can be read in columns: no word is broken, and a row is a few lines tall at most."""
    columns = list(zip(heads, *told, strict=True))
    least = [max(map(_longest_word, column)) for column in columns]
    wide = [max(map(cells, column)) for column in columns]
    room = width - _BETWEEN * len(columns)
    if sum(least) > room:
        return False
    if len(told) > LONG:
        return sum(wide) <= room
    _narrow(wide, least, room)
    lines = [max(-(-cells(text) // max(1, own)) for text, own in zip(row, wide, strict=True)) for row in told]
    return sum(lines) <= TALL * len(lines)


def _narrow(wide: list[int], least: Sequence[int], room: int) -> None:
    """Takes from the widest columns, a cell at a time, until all fit."""
    while sum(wide) > room:
        widest = max(range(len(wide)), key=lambda index: (wide[index] > least[index], wide[index]))
        wide[widest] -= 1


def _print_columns(heads: Sequence[str], told: Texts, right: Sequence[int], width: int) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    widths = [max(map(_longest_word, column)) for column in zip(heads, *told, strict=True)]
    for index, (heading, least) in enumerate(zip(heads, widths, strict=True)):
        table.add_column(heading, justify="right" if index in right else "left", overflow="fold", min_width=least)
    for row in told:
        table.add_row(*row)
    console = Console(width=width, highlight=False, markup=False)
    needed = sum(widths) + _BETWEEN * len(widths)
    console.print(table, width=max(width, needed), crop=False, no_wrap=False)


def _record(heads: Sequence[str], row: Sequence[str], width: int) -> Iterator[str]:
    """A row as lines of at most `width` cells: each cell that is not empty behind its heading."""
    label = min(max(map(cells, heads)), width // 3) + 2
    for head, text in zip(heads, row, strict=True):
        lines = [line for part in text.split("\n") for line in folded(part, width - label)]
        if text.strip():
            yield head + " " * (label - cells(head)) + lines[0] if cells(head) <= label - 2 else head
            rest = lines[1:] if cells(head) <= label - 2 else lines
            yield from (" " * label + line for line in rest)


# A word, or a sign of a script that is written without spaces, with what may not begin a line behind it.
_PIECE = re.compile(r"\s+|[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef][，。；：、！？）」》”]*|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+[，。；：、！？）]*")  # fmt: skip


def folded(text: str, width: int) -> list[str]:
    """The text in lines of at most so many cells; a word that is longer is broken."""
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if line and cells(line + piece.rstrip()) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
        while cells(line.rstrip()) > width:
            begun = _beginning(line, width)
            lines.append(begun)
            line = line[len(begun) :]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _beginning(text: str, width: int) -> str:
    """As many signs of a text as so many cells hold, one at least."""
    used = 0
    for index, sign in enumerate(text):
        used += cells(sign)
        if used > width and index:
            return text[:index]
    return text


def _longest_word(text: str) -> int:
    return max((cells(word) for word in text.split()), default=0)


def _told_cell(cell: Any) -> str:
    return "" if cell is None else harmless(tell(cell) if isinstance(cell, Said) else str(cell))


def _print_long(heads: Sequence[str], told: Texts, right: Sequence[int]) -> None:
    """A table that nobody reads from end to end: aligned, every row on one line, at once."""
    columns = [list(column) for column in zip(heads, *told, strict=True)]
    padded = [_padded(column, to_the_right=index in right) for index, column in enumerate(columns)]
    click.echo("\n".join("   ".join(row).rstrip() for row in zip(*padded, strict=True)))


def _padded(column: Sequence[str], *, to_the_right: bool) -> list[str]:
    widths = [len(text) if text.isascii() else cells(text) for text in column]
    widest = max(widths)
    if to_the_right:
        return [" " * (widest - width) + text for text, width in zip(column, widths, strict=True)]
    return [text + " " * (widest - width) for text, width in zip(column, widths, strict=True)]
