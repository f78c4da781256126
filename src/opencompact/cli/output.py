"""How commands speak: JSON on request, aligned tables, progress on the standard error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

import click

from opencompact.cli.speaking import cells, spoken, tell
from opencompact.language import N_, Said, said

if TYPE_CHECKING:
    from rich.progress import Progress

# Columns of a workspace's tables, as they head what `values`, `revisions` and `sources` print.
COLUMNS = (
    N_("area"),
    N_("period"),
    N_("sex"),
    N_("age"),
    N_("migratory_status"),
    N_("origin"),
    N_("breakdown"),
    N_("value"),
    N_("unit"),
    N_("status"),
    N_("note"),
    N_("source"),
    N_("vintage"),
    N_("earlier_vintage"),
    N_("earlier"),
    N_("percent"),
    N_("edition"),
    N_("table"),
    N_("publisher"),
    N_("licence"),
    N_("file"),
    N_("read"),
    N_("kept"),
    N_("set_aside"),
    N_("observations"),
    N_("outcome"),
    N_("reason"),
    N_("row"),
    N_("column"),
    N_("content"),
    N_("count"),
)
# Rows beyond which a table is printed at once, without folding long cells.
LONG = 1000
# Cells between the text of one column and that of the next, at most.
_BETWEEN = 3

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, with keys that stay.")


class Told(Protocol):
    """What has a sentence to be told: an error, a finding."""

    @property
    def sentence(self) -> str: ...


def say(words: str | Told, /, *, err: bool = False, **values: object) -> None:
    """Prints a message in the language that the terminal speaks: `say("{n:,} values.", n=count)`."""
    told = words if isinstance(words, str) else words.sentence
    click.echo(harmless(tell(said(told, **values) if values else told)), err=err)


# What a terminal would obey instead of showing: control codes, save the end of a line and the tab; and signs that turn or embed the direction of
# what follows, by which a name could show as another. Isolates are ours, and stay.
_TURNING = range(0x202A, 0x202F)
_ORDERS = {
    code: "\N{REPLACEMENT CHARACTER}" for code in (*range(32), *range(127, 160), *_TURNING) if chr(code) not in "\n\t"
}


def harmless(text: str) -> str:
    """The text with every code that a terminal would obey made visible: a name from a file clears no screen."""
    return text.translate(_ORDERS)


def number(value: float, form: str) -> str:
    """A number for a cell, in that format, with the separators of the language that the terminal speaks."""
    text = format(value, form)
    if spoken() == "en":
        return text
    from opencompact.language.formats import with_separators_of

    return with_separators_of(spoken(), text)


def say_found(n: int) -> None:
    """The last line of a search."""
    say(said("{n} found.", n=n) if n else said("Nothing found."))


def headings(*words: str) -> list[str]:
    """Headings of columns, marked for the catalogue where they are written; `print_table` tells them."""
    return list(words)


def print_json(content: object) -> None:
    """Prints one JSON document, UTF-8, not escaped."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]], *, right: Sequence[int] = ()) -> None:
    """Prints aligned columns that are readable without colour; columns whose index is in `right` are numbers.

    They are as wide as the terminal, or as the environment says (COLUMNS), else 160. No word is broken, so that identifiers and addresses can be copied: where they need more room than there is, lines
    are longer.
    Headings, and cells that were said, are told in the language that the terminal speaks.
    """
    if len(rows) > LONG:
        _print_long([tell(heading) for heading in headings], rows, right)
        return
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    table = Table(box=SIMPLE_HEAD, pad_edge=False, header_style="bold")
    told = [[tell(heading) for heading in headings], *([_told_cell(cell) for cell in row] for row in rows)]
    widths = [max(map(_longest_word, column)) for column in zip(*told, strict=True)]
    for index, (heading, width) in enumerate(zip(told[0], widths, strict=True)):
        table.add_column(heading, justify="right" if index in right else "left", overflow="fold", min_width=width)
    for row in told[1:]:
        table.add_row(*row)
    measured = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdecimal()
    console = Console(width=None if measured else 160, highlight=False, markup=False)
    needed = sum(widths) + _BETWEEN * len(widths)
    console.print(table, width=max(console.width, needed), crop=False, no_wrap=False)


def _longest_word(text: str) -> int:
    return max((cells(word) for word in text.split()), default=0)


def _told_cell(cell: Any) -> str:
    return "" if cell is None else harmless(tell(cell) if isinstance(cell, Said) else str(cell))


def _print_long(headings: Sequence[str], rows: Sequence[Sequence[Any]], right: Sequence[int]) -> None:
    """A table that nobody reads from end to end: aligned, every row on one line, at once."""
    columns = [
        [heading, *map(_told_cell, column)] for heading, column in zip(headings, zip(*rows, strict=True), strict=True)
    ]
    padded = [_padded(column, to_the_right=index in right) for index, column in enumerate(columns)]
    click.echo("\n".join("   ".join(row).rstrip() for row in zip(*padded, strict=True)))


def _padded(column: Sequence[str], *, to_the_right: bool) -> list[str]:
    widths = [len(text) if text.isascii() else cells(text) for text in column]
    widest = max(widths)
    if to_the_right:
        return [" " * (widest - width) + text for text, width in zip(column, widths, strict=True)]
    return [text + " " * (widest - width) for text, width in zip(column, widths, strict=True)]


@contextmanager
def progress(quiet: bool = False) -> Iterator[Progress]:
    """A progress bar on standard error: what is being done, how much is left; silent with --json or when piped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        disable=quiet or not sys.stderr.isatty(),
        transient=True,
    ) as bar:
        yield bar
