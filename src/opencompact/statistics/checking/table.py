"""A user's table with its columns known: headings read, cells still text."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.statistics.checking.findings import Finding, Severity
from opencompact.tables import ROW, RawTable, decode, read_table

REQUIRED = ("indicator", "area", "period", "value")
KEY = ("indicator", "area", "period", "sex", "age", "migratory_status", "origin")
NOT_BREAKDOWNS = (*KEY, "value", "unit", "status", "confidentiality", "lower", "upper", "note", "source", "vintage")
# Columns of `opencompact values --json` that describe a value and are not part of its key.
IGNORED = ("file", "row", "edition")
# Columns of Open SDG's platform that are no category, and those that say where in the country.
OF_THE_PLATFORM = ("geocode", "progress", "unit multiplier", "unit measure")
PLACES = ("country", "area", "geography", "region")


@dataclass
class TidyTable:
    """The table to check: `cells` has our names for the columns that were recognised, `headings` the user's for each.

    open_sdg: the table has the form of Open SDG (`Year`, categories, `Value`; an empty category is the total); labels: the
    words in it that were read as codes.
    """

    raw: RawTable
    cells: pl.DataFrame
    headings: dict[str, str]
    breakdowns: tuple[str, ...]
    findings: list[Finding] = field(default_factory=list)
    open_sdg: bool = False
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def key(self) -> list[str]:
        """The columns that say which observation a row is; in the form of Open SDG the unit is one of them."""
        unit = ["unit"] if self.open_sdg and "unit" in self.cells.columns else []
        return [name for name in KEY if name in self.cells.columns] + unit + list(self.breakdowns)

    def find(
        self,
        rule: str,
        severity: Severity,
        message: str,
        remedy: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
    ) -> None:
        """Notes a finding; `column` is our name and is shown as the user's heading."""
        self.findings.append(
            Finding(
                file=self.raw.file.name,
                row=row,
                column=self.headings.get(column, column) if column else None,
                value=None if value is None else str(value),
                rule=rule,
                severity=severity,
                message=message,
                remedy=remedy,
                sheet=self.raw.sheet,
            )
        )

    def each(self, frame: pl.DataFrame, *columns: str) -> Iterator[tuple[int, ...]]:
        """(row, cell, …) of every row of a filtered frame."""
        return frame.select(ROW, *columns).iter_rows()


@cache
def _names() -> tuple[dict[str, str], dict[str, str]]:
    """Exact headings → column, and lower-cased near headings → column."""
    definitions = tomllib.loads(
        files("opencompact.statistics.checking").joinpath("headings.toml").read_text(encoding="utf-8")
    )
    exact = {heading: name for name, entry in definitions.items() for heading in (name, *entry["official"])}
    near = {
        heading.lower(): name
        for name, entry in definitions.items()
        for heading in (name, *entry["official"], *entry["near"])
    }
    return exact, near


def recognised_columns(path: Path) -> set[str]:
    """Our names for the headings of a file, read from its first line alone where it is text."""
    with path.open("rb") as stream:
        start = stream.read(1 << 16)
    if start.startswith((b"PK", b"PAR1", b"[", b"{", b"\x1f\x8b")):
        headings: Iterable[str] = read_table(path).columns
    else:
        line = decode(re.split(rb"[\r\n]", start)[0], path)
        headings = [cell.strip().strip('"') for cell in re.split("[,;\t|]", line)]
    exact, near = _names()
    known = {exact.get(heading.strip()) or near.get(heading.strip().lower()) for heading in headings}
    return {name for name in known if name}


def tidy(raw: RawTable, given: dict[str, str]) -> TidyTable:
    """Reads the headings. `given` are columns whose one value was said on the command line (indicator, area)."""
    exact, near = _names()
    headings: dict[str, str] = {}
    table = TidyTable(raw, pl.DataFrame(), headings, (), open_sdg=_is_open_sdg(raw.columns, given))
    aside = _not_meant(raw, given) if table.open_sdg else set()
    for heading in raw.columns:
        plain = heading.strip().strip("\ufeff")
        name = None if heading in aside else exact.get(plain) or near.get(plain.lower())
        if name is None or name in headings:
            if name in headings:
                table.find(
                    "heading-twice",
                    "error",
                    said(
                        "Two columns mean '{name}': {headings!r} and {heading!r}.",
                        name=name,
                        headings=headings[name],
                        heading=heading,
                    ),
                    "Keep one.",
                    column=heading,
                )
            continue
        headings[name] = heading
        if plain not in exact and not (table.open_sdg and plain[:1].isupper()):
            table.find(
                "heading-form",
                "warning",
                said("The heading is read as '{name}'.", name=name),
                said("Write it '{name}'.", name=name),
                column=name,
                value=heading,
            )
        elif plain != heading:
            table.find(
                "stray-blanks",
                "warning",
                "The heading has blanks around it.",
                said("Write it '{name}'.", name=name),
                column=name,
                value=heading,
            )
    _unused_options(table, given)
    _repeated_headings(table)
    _missing_headings(table, given)
    others = [heading for heading in raw.columns if heading not in headings.values()]
    ignored = (*IGNORED, *(OF_THE_PLATFORM if table.open_sdg else ()))
    breakdowns = tuple(name for name in others if name.lower() not in ignored and not name.startswith("column "))
    columns = [pl.col(heading).alias(name) for name, heading in headings.items()]
    extra = [pl.lit(value).alias(name) for name, value in given.items() if name not in headings]
    table.cells = raw.cells.select(ROW, *columns, *extra, *others)
    table.breakdowns = breakdowns
    return table


def _unused_options(table: TidyTable, given: dict[str, str]) -> None:
    """What was said on the command line of a column that the table has: the column counts, and that is said."""
    for name, value in given.items():
        if name in table.headings:
            table.find(
                "option-unused",
                "warning",
                said("The table has a column '{name}': what --{name} says is not used.", name=name),
                said("Leave --{name} out, or the column.", name=name),
                row=table.raw.header_row,
                column=table.headings[name],
                value=value,
            )


def _repeated_headings(table: TidyTable) -> None:
    """Two columns of one name: which of them is meant, nobody can tell."""
    for heading in table.raw.columns:
        again = re.fullmatch(r"(.+) \(\d+\)", heading)
        if again and again[1] in table.raw.columns:
            table.find(
                "heading-twice",
                "error",
                said("Two columns are called {again!r}.", again=again[1]),
                "Keep one.",
                column=heading,
            )


def _heading_below(raw: RawTable) -> int | None:
    """The row, among the first fifteen, in which the heading stands under a title; None where none looks like one."""
    _, near = _names()
    wanted = min(3, len(raw.columns))
    for row, *cells in raw.cells.head(15).iter_rows():
        if sum((cell or "").strip().lower() in near for cell in cells) >= wanted:
            return int(row)
    return None


def _is_open_sdg(columns: tuple[str, ...], given: dict[str, str]) -> bool:
    """`Year` first and `Value` last, and no column that only a tidy table has."""
    plain = [heading.strip().lower() for heading in columns]
    tidy_only = {"area", "ref_area"} - set(given) if "area" in given else {"area", "ref_area"}
    tidy_only |= set() if "indicator" in given else {"indicator"}
    return plain[:1] == ["year"] and plain[-1:] == ["value"] and not tidy_only & set(plain)


def _not_meant(raw: RawTable, given: dict[str, str]) -> set[str]:
    """Headings of an Open SDG table that sound like ours and mean something else: the series is a category, a country or
    location is a part of the country, and one of two units is enough.
    """
    lowered = {heading.strip().lower(): heading for heading in raw.columns}
    aside = {lowered[name] for name in ("series", "geocode", "location", *PLACES) if name in lowered}
    aside |= {lowered["indicator"]} if "indicator" in given and "indicator" in lowered else set()
    aside |= {lowered["unit measure"]} if {"units", "unit measure"} <= set(lowered) else set()
    return aside


def _missing_headings(table: TidyTable, given: dict[str, str]) -> None:
    below = None if set(table.headings) & set(REQUIRED) else _heading_below(table.raw)
    if below is not None:
        raise InvalidDataError(
            "The heading does not stand in the first row: there is a title above it.",
            file=table.raw.file,
            sheet=table.raw.sheet,
            row=below,
            rule="heading-below",
            remedy="Delete the rows above it, so that the names of the columns come first.",
        )
    for name in REQUIRED:
        if name in table.headings or name in given:
            continue
        unread = [heading for heading in table.raw.columns if heading not in table.headings.values()]
        near = difflib.get_close_matches(name, [heading.strip().lower() for heading in unread], n=1, cutoff=0.6)
        close = next((heading for heading in unread if near and heading.strip().lower() == near[0]), None)
        option = said(", or say it with --{name}", name=name) if name in ("indicator", "area") else ""
        table.find(
            "heading-missing",
            "error",
            said("There is no column '{name}'.", name=name),
            said("Rename {close!r} to '{name}'{option}.", close=close, name=name, option=option)
            if close
            else said("Add it{option}.", option=option),
            row=table.raw.header_row,
            column=close,
            value=close,
        )
