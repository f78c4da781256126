"""What a source is, and how to add one.

To add a source, put two files of one name into this folder; nothing else need be told of it.

`<name>.toml`, the definition, with one or more `[[sources]]`:

    [[sources]]
    id = "unhcr.refugee-statistics"          # publisher.name, never changed once published
    publisher = "…"
    name = "…"
    licence = "CC BY 4.0"                    # "not stated" where the copy says nothing
    offered_at = "https://…"                 # the page where a person finds it
    notes = ["A trap, in a sentence."]
    generic = false                          # true: another source that recognises the file goes first

        [[sources.tables]]
        name = "population"                  # a part of an edition: its name is stable
        called = "population.csv"            # what the publisher calls the file
        url = "https://…"                    # only where the address is stable (for `opencompact fetch`)
        columns = ["year", "coo", "coa"]     # fingerprint: all of them stand in the header
        header_row = 1
        derived = false                      # a third party's reduction: set aside unless asked for
        without_observations = "…"           # the reason why it holds none (a code list, say); then it is never read

`<name>.py`, the reader, with

    def read(file: SourceFile, recognition: Recognition) -> Reading

and, only where the columns of the definition do not suffice to tell the file by its content,

    def recognise(file: SourceFile) -> Recognition | None

`recognise` looks at `file.head`, `file.header()` and so on, never at the name alone, and never raises for a file that
is another's. `read` is vectorised, drops nothing (each row or cell ends in the observations or in `set_aside` with its
reason) and does not guess: what it cannot place is set aside. The vintage is what the file says of itself, else the
last day of the last period in it that is no projection: never today's date, so that the same file gives the same edition.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, Protocol, cast

import polars as pl

from opencompact.errors import UnknownCodeError
from opencompact.language import said
from opencompact.statistics.sources.file import SourceFile

#: Columns of a table of what was set aside. `row` (1 = the first line) and `column` say where, `content` what stood
#: there, `count` how many rows or cells the line stands for. In a file counted by rows, a line with a `column` sets
#: that one cell aside and not the row, which is kept.
SET_ASIDE: dict[str, type[pl.DataType]] = {
    "row": pl.Int64,
    "column": pl.String,
    "reason": pl.String,
    "content": pl.String,
    "count": pl.Int64,
}


@dataclass(frozen=True)
class Table:
    """One table that a source publishes, and how its file is told from others."""

    name: str
    called: str = ""
    url: str | None = None
    columns: tuple[str, ...] = ()
    header_row: int = 1
    derived: bool = False
    without_observations: str | None = None
    note: str | None = None


@dataclass(frozen=True)
class Source:
    """A publication of one publisher, as its definition says."""

    id: str
    publisher: str
    name: str
    licence: str
    offered_at: str
    module: str
    notes: tuple[str, ...] = ()
    generic: bool = False
    tables: tuple[Table, ...] = ()

    @property
    def synthetic(self) -> bool:
        """Whether it is of the sample: made up, of places that do not exist."""
        return self.module == "sample"

    def table(self, name: str) -> Table:
        """The table of that name; a table that the definition does not list has only its name."""
        return next((table for table in self.tables if table.name == name), Table(name))


@dataclass(frozen=True)
class Recognition:
    """What a file is: which source and table, and, where it holds no observations, why (`reason`)."""

    source: str
    table: str
    reason: str | None = None
    derived: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Coverage:
    """Which cells an edition speaks about, whether or not it has a value there.

    `areas`: codes, or None for every area. `start` and `end`: first and last day. `indicators`: ids, or None for all
    in the observations. Which breakdowns and frequencies are covered is read from the observations themselves. A
    newer edition takes the place of an older one only in cells that it covers; a period of which it covers a part
    gives way to an edition that covers the whole.
    """

    start: date
    end: date
    areas: frozenset[str] | None = None
    indicators: frozenset[str] | None = None


@dataclass(frozen=True)
class Reading:
    """What a reader found in a file.

    observations: the columns of `statistics.observations.SCHEMA` (`source`, `vintage`, `file` are filled in later).
    set_aside:    the columns of SET_ASIDE; make it with `set_aside(…)`.
    read:         rows (below the header, empty last lines not counted), or cells of a matrix that could hold a value.
    kept:         how many of them gave at least one observation; None counts rows in `observations`.
    vintage:      ISO date of the edition.
    dated:        False where the vintage is only the earliest that it can be: the last day that the file speaks of. It is
                  told as such, and not compared as a revision with editions of the source that have a date of their own.
    coverage:     None: for each indicator the areas × periods that stand in its observations.
    tables:       other tables to keep beside the observations ("incidents" of IOM).
    notes:        sentences about this file that a reader of its values should know (a silent truncation, say).
    """

    observations: pl.DataFrame
    set_aside: pl.DataFrame
    read: int
    vintage: str
    unit: Literal["rows", "cells"] = "rows"
    kept: int | None = None
    coverage: tuple[Coverage, ...] | None = None
    tables: Mapping[str, pl.DataFrame] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    dated: bool = True


class Reader(Protocol):
    """The module of a source."""

    def read(self, file: SourceFile, recognition: Recognition) -> Reading: ...


def set_aside(*frames: pl.DataFrame, **constants: object) -> pl.DataFrame:
    """One table of SET_ASIDE from frames that have some of its columns; `constants` hold for all of them.

    >>> set_aside(pl.DataFrame({"row": [7], "content": [".."]}), reason="no value in the file").height
    1
    """
    shaped = [_shape(frame, constants) for frame in frames]
    return pl.concat(shaped) if shaped else pl.DataFrame(schema=SET_ASIDE)


def _shape(frame: pl.DataFrame, constants: Mapping[str, object]) -> pl.DataFrame:
    defaults: dict[str, object] = {"count": 1, **constants}
    return frame.select(
        (
            pl.col(name).cast(kind)
            if name in frame.columns and name not in constants
            else pl.lit(defaults.get(name), dtype=kind)
        ).alias(name)
        for name, kind in SET_ASIDE.items()
    )


@cache
def sources() -> dict[str, Source]:
    """Every source that is defined in this folder, by id."""
    return {source.id: source for source in sorted(_definitions(), key=lambda source: source.id)}


def source(identifier: str) -> Source:
    """The source of that id. Raises UnknownCodeError with near ids."""
    known = sources()
    if identifier not in known:
        import difflib

        holding = [name for name in known if identifier in name]
        near = holding or difflib.get_close_matches(identifier, known, n=3, cutoff=0.4)
        hint = said("Near ones: {near}.", near=", ".join(near)) if near else "'opencompact sources' lists them."
        raise UnknownCodeError("There is no source of this name.", value=identifier, rule="source", remedy=hint)
    return known[identifier]


def _definitions() -> Iterator[Source]:
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        for entry in tomllib.loads(path.read_text("utf-8"))["sources"]:
            tables = tuple(
                Table(**{**table, "columns": tuple(table.get("columns", ()))}) for table in entry.pop("tables", ())
            )
            notes = tuple(entry.pop("notes", ()))
            yield Source(**entry, notes=notes, tables=tables, module=path.stem)


def members(identifier: str) -> list[str]:
    """The source, and where it is a generic one those of its kind that have names of their own, by name."""
    known = sources()
    if identifier not in known or not known[identifier].generic:
        return [identifier]
    return [
        *(name for name, entry in known.items() if entry.module == known[identifier].module and name != identifier),
        identifier,
    ]


def reader(identifier: str) -> Reader:
    """The module that reads files of this source."""
    return cast(Reader, _module(source(identifier).module))


def recognise(file: SourceFile) -> Recognition | None:
    """What a file is, asked of every source, of the generic ones last; None where no source knows it."""
    for module in _modules():
        found = _recognise_by(module, file)
        if found is not None:
            return found
    return None


@cache
def _modules() -> tuple[str, ...]:
    """Names of the modules; those whose sources are all generic come last."""
    specific = {entry.module for entry in sources().values() if not entry.generic}
    generic = {entry.module for entry in sources().values()} - specific
    return (*sorted(specific), *sorted(generic))


def _recognise_by(module: str, file: SourceFile) -> Recognition | None:
    own = getattr(_module(module), "recognise", None)
    if own is not None:
        return cast("Recognition | None", own(file))
    for entry in sources().values():
        if entry.module == module:
            found = recognise_by_columns(file, entry)
            if found is not None:
                return found
    return None


def recognise_by_columns(file: SourceFile, entry: Source) -> Recognition | None:
    """The first table of the source all of whose columns stand in the file's header."""
    for table in entry.tables:
        if table.columns and set(table.columns) <= set(file.header(table.header_row)):
            return Recognition(entry.id, table.name, table.without_observations, table.derived)
    return None


@cache
def _module(name: str) -> Any:
    try:
        return importlib.import_module(f"opencompact.statistics.sources.{name}")
    except ModuleNotFoundError as problem:
        if problem.name != f"opencompact.statistics.sources.{name}":
            raise
        return None
