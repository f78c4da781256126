"""How commands speak: JSON on request, aligned tables, progress on the standard error."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

import click

from opencompact.cli.speaking import harmless, spoken, tell
from opencompact.cli.tables import print_table
from opencompact.language import N_, said

if TYPE_CHECKING:
    from rich.progress import Progress

__all__ = [
    "COLUMNS",
    "columns_named",
    "harmless",
    "headings",
    "json_option",
    "number",
    "print_json",
    "print_table",
    "progress",
    "say",
    "say_found",
]

# Columns of a workspace's tables, as they head what `values`, `revisions` and `sources` print.
COLUMNS = (
    N_("area"),
    N_("period"),
    N_("sex"),
    N_("age"),
    N_("migratory status"),
    N_("origin"),
    N_("breakdown"),
    N_("value"),
    N_("unit"),
    N_("status"),
    N_("note"),
    N_("source"),
    N_("vintage"),
    N_("earlier vintage"),
    N_("earlier"),
    N_("percent"),
    N_("edition"),
    N_("table"),
    N_("publisher"),
    N_("licence"),
    N_("file"),
    N_("read"),
    N_("kept"),
    N_("set aside"),
    N_("observations"),
    N_("outcome"),
    N_("reason"),
    N_("row"),
    N_("column"),
    N_("content"),
    N_("count"),
)

json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, with keys that stay.")


class Told(Protocol):
    """What has a sentence to be told: an error, a finding."""

    @property
    def sentence(self) -> str: ...


def say(words: str | Told, /, *, err: bool = False, **values: object) -> None:
    """Prints a message in the language that the terminal speaks: `say("{n:,} values.", n=count)`."""
    told = words if isinstance(words, str) else words.sentence
    click.echo(harmless(tell(said(told, **values) if values else told)), err=err)


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


def columns_named(columns: Iterable[str]) -> list[str]:
    """Columns of a workspace's table as headings: `set_aside` is told as "set aside"."""
    return [column.replace("_", " ") for column in columns]


def headings(*words: str) -> list[str]:
    """Headings of columns, marked for the catalogue where they are written; `print_table` tells them."""
    return list(words)


def print_json(content: object) -> None:
    """Prints one JSON document, UTF-8, not escaped."""
    click.echo(json.dumps(content, ensure_ascii=False, indent=2, default=str))


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
