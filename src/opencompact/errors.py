"""The one tree of errors.

Every error names the place at fault and the remedy, so that its message can be acted on as it stands. It is written in
English; `sentence` keeps how it was made, so that the edge can tell it in the reader's language.

    OpenCompactError             exit 1   anything that stops a command
    ├── UsageError               exit 2   the command was called in a way that has no meaning
    ├── InputError               exit 3   a file cannot be read: absent, truncated, wrong encoding, not what it says
    ├── InvalidDataError         exit 4   a file was read, and what it says cannot be right
    ├── UnknownCodeError         exit 5   an area, indicator, dataset, language … that is in no list
    ├── NoDataError              exit 6   the question is right, but nothing is loaded that answers it
    ├── StoreError               exit 7   a workspace or a database is absent, damaged or in use
    ├── OutputError              exit 8   a result cannot be written: read-only folder, full disk
    ├── FetchError               exit 9   a publisher's server did not give what was asked for
    └── MissingExtraError        exit 10  an optional part is not installed
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from opencompact.saying import Said, said


@dataclass(frozen=True)
class Place:
    """Where something is: a file and, within it, a sheet, a row (1 = the first line of the file), a column."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        return self.words()

    def words(self) -> str:
        """ "births.csv, row 3, column value", to be told in the reader's language."""
        parts = [
            said("{file}", file=self.file) if self.file else None,
            said("sheet {sheet}", sheet=self.sheet) if self.sheet else None,
            said("row {row}", row=self.row) if self.row is not None else None,
            said("column {column}", column=self.column) if self.column else None,
        ]
        together: Said | None = None
        for part in filter(None, parts):
            together = said("{place}, {part}", place=together, part=part) if together else part
        return together or ""


def sentence(place: Place, problem: str, value: object = None, remedy: str | None = None, whole: str = "") -> str:
    """Place (or the name of the `whole`), problem, value and remedy as one line, to be told in the reader's language."""
    where = place.words() or whole
    line = said("{place}: {problem}", place=where, problem=plain(problem)) if where else plain(problem)
    if value is not None:
        line = with_value(line, value)
    return said("{problem} {remedy}", problem=line, remedy=plain(remedy)) if remedy else line


def with_value(problem: str, value: object) -> Said:
    """A problem with the value at fault: words in the quotation marks of the reader's language, a day or a number as a file has it."""
    if isinstance(value, str) and not isinstance(value, Said):
        return said("{problem} (found: “{value}”)", problem=problem, value=_on_a_line(value))
    return said("{problem} (found: {value})", problem=problem, value=_written(value))


def _written(value: object) -> str:
    if isinstance(value, Said):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Collection) and not isinstance(value, str | bytes):
        return ", ".join(map(_written, value))
    return _on_a_line(str(value))


def _on_a_line(text: str) -> str:
    """What would break the line or not be seen, as Python writes it: a tab as \\t."""
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def plain(words: str) -> Said:
    """A sentence without values is its own template."""
    return words if isinstance(words, Said) else Said(words.replace("{", "{{").replace("}", "}}"), {})


class OpenCompactError(Exception):
    """An error a user can act on.

    `problem` is one sentence; `place` says where; `value` is the value at fault; `rule` is the identifier of the
    rule that was broken; `remedy` is one sentence that says what to do.
    """

    exit_code = 1

    def __init__(
        self,
        problem: str,
        *,
        file: str | Path | None = None,
        sheet: str | None = None,
        row: int | None = None,
        column: str | None = None,
        value: object = None,
        rule: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.problem = problem
        self.place = Place(None if file is None else str(file), sheet, row, column)
        self.value = value
        self.rule = rule
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def sentence(self) -> str:
        """The whole of it, place, problem, value and remedy, to be told in the reader's language."""
        return sentence(self.place, self.problem, self.value, self.remedy)

    def as_dict(self) -> dict[str, object]:
        """The error as `--json` shows it; keys are stable."""
        return {
            "error": type(self).__name__,
            "problem": self.problem,
            "file": self.place.file,
            "sheet": self.place.sheet,
            "row": self.place.row,
            "column": self.place.column,
            "value": None if self.value is None else str(self.value),
            "rule": self.rule,
            "remedy": self.remedy,
            "exit_code": self.exit_code,
        }


class UsageError(OpenCompactError):
    """The command was called in a way that has no meaning."""

    exit_code = 2


class InputError(OpenCompactError):
    """A file cannot be read: absent, truncated, wrong encoding, not the format that it says."""

    exit_code = 3


class InvalidDataError(OpenCompactError):
    """A file was read, and what it says cannot be right."""

    exit_code = 4


class UnknownCodeError(OpenCompactError):
    """An area, indicator, dataset, language … that is in no list; `remedy` names near ones."""

    exit_code = 5


class NoDataError(OpenCompactError):
    """The question is right, but nothing is loaded that answers it."""

    exit_code = 6


class StoreError(OpenCompactError):
    """A workspace or a database is absent, damaged or in use."""

    exit_code = 7


class OutputError(OpenCompactError):
    """A result cannot be written: read-only folder, full disk."""

    exit_code = 8


class FetchError(OpenCompactError):
    """A publisher's server did not give what was asked for."""

    exit_code = 9


class MissingExtraError(OpenCompactError):
    """An optional part of OpenCompact is not installed; `remedy` says how to install it."""

    exit_code = 10
