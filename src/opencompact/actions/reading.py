"""Files of actions, row by row: CSV, XLSX and JSON, each row with its place, never the whole file in memory but JSON's.

A file with faults is read to its end, so that all of them can be said at once.
"""

from __future__ import annotations

import csv
import datetime
import difflib
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.actions.fields import fields_of
from opencompact.actions.model import KINDS, Action
from opencompact.actions.progress import untimely
from opencompact.actions.rows import from_row, json_cells
from opencompact.actions.writing import BESIDE, TOLD
from opencompact.errors import InputError, InvalidDataError, Place
from opencompact.language import LANGUAGES, said, translator, without_signs
from opencompact.tables.refusals import unreadable

# A spreadsheet runs what begins so: writing puts an apostrophe before it, reading takes one away (OWASP, CSV injection).
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_MAXIMUM_EXPANSION = 600 << 20
_RATIO = 200
_DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Line:
    """One row of a file as text: `row` is 1 for the file's first line."""

    row: int
    cells: Mapping[str, str | None]
    sheet: str | None = None


@dataclass(frozen=True)
class Entry:
    """One row read: its action, or its faults with file, row, column, value and remedy.

    `version` is the one that was exported, where the row says it, and `reason` why a due day or a measure changes.
    """

    row: int
    action: Action | None
    faults: tuple[InvalidDataError, ...]
    said: frozenset[str]
    sheet: str | None = None
    version: int | None = None
    reason: str = ""

    def place(self, file: str) -> Place:
        """Where it stands."""
        return Place(file, self.sheet, self.row)


@dataclass(frozen=True)
class Heading:
    """The columns of a file: by position the field that it means, and those that mean none."""

    columns: tuple[str | None, ...]
    unknown: tuple[str, ...]


def read_actions(
    path: Path,
    kind: str | None = None,
    *,
    name: str | None = None,
    before: Callable[[str], Action | None] | None = None,
    unknown: Callable[[str], None] | None = None,
) -> Iterator[Entry]:
    """The actions of a file, one a row. `kind` is for tables that have no such column.

    `before` gives the action that an identifier already has, whose values stay where the file has no column for them;
    `unknown` is told of columns that mean nothing here. Raises InputError for a file that is not what it seems.
    """
    shown = name or path.name
    seen: dict[str, int] = {}
    for line in lines(path, kind=kind, name=shown, unknown=unknown):
        identifier = (line.cells.get("id") or "").strip().lower()
        decoded = from_row(line.cells, kind=kind, before=before(identifier) if before and identifier else None)
        place = Place(shown, line.sheet, line.row)
        version, strange = _version(line.cells)
        faults = [placed(fault, place) for fault in (*decoded.faults, *strange, *_untimely(decoded.action))]
        if identifier and identifier in seen:
            again = InvalidDataError(
                said("The identifier stands in row {seen} already.", seen=seen[identifier]),
                column="id", value=identifier, rule="action.id", remedy="Keep one of the rows.",
            )  # fmt: skip
            faults.append(placed(again, place))
        elif identifier:
            seen[identifier] = line.row
        reason = " ".join(without_signs(line.cells.get("reason") or "").split())[:300]
        action = None if faults else decoded.action
        yield Entry(line.row, action, tuple(faults), decoded.said, line.sheet, version, reason)


def _version(cells: Mapping[str, str | None]) -> tuple[int | None, tuple[InvalidDataError, ...]]:
    """The version that a row says it was exported as, or the fault of what is none."""
    text = (cells.get("version") or "").strip()
    if not text or re.fullmatch(r"[1-9][0-9]{0,8}", text):
        return (int(text) if text else None), ()
    remedy = said("Leave the number as it was exported, or leave the cell empty.")
    return None, (InvalidDataError(said("This is not a version."), column="version", value=text[:80], rule="action.version", remedy=remedy),)  # fmt: skip


def _untimely(action: Action | None) -> list[InvalidDataError]:
    today = datetime.datetime.now(datetime.UTC).date()
    remedy = said("Check the day.")
    return [
        InvalidDataError(problem, column=name, value=day, rule=f"action.{name}", remedy=remedy)
        for name, day, problem in (untimely(action, today) if action else ())
    ]


def placed(fault: InvalidDataError, place: Place) -> InvalidDataError:
    """A fault of a row, with where the row stands."""
    return InvalidDataError(
        fault.problem,
        file=place.file, sheet=place.sheet, row=place.row, column=fault.place.column,
        value=fault.value, rule=fault.rule, remedy=fault.remedy,
    )  # fmt: skip


def lines(
    path: Path, *, kind: str | None = None, name: str | None = None, unknown: Callable[[str], None] | None = None
) -> Iterator[Line]:
    """The rows of a file as text, by column."""
    shown = name or path.name
    try:
        with path.open("rb") as stream:
            start = stream.read(4096)
    except OSError as problem:
        raise unreadable(shown, problem) from None
    if not start.strip():
        raise InputError("The file is empty.", file=shown, remedy="Export it again.")
    if start.startswith(b"PK\x03\x04"):
        yield from _workbook(path, shown, kind, unknown)
    elif start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")):
        raise InputError("This is not a table.", file=shown, remedy="Give CSV (UTF-8), XLSX or JSON.")
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        yield from _json(path, shown)
    else:
        yield from _csv(path, shown, unknown)


# --- CSV ---------------------------------------------------------------------------------------------------------------


def _csv(path: Path, shown: str, unknown: Callable[[str], None] | None) -> Iterator[Line]:
    row = 1
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            delimiter = max(_DELIMITERS, key=first.count)
            reader = csv.reader(stream, delimiter=delimiter, strict=True)
            heading = _heading(next(reader), shown, unknown)
            row = reader.line_num + 1
            for record in reader:
                if any(record):
                    yield Line(row, _cells(heading, record, shown, row, unguard))
                row = reader.line_num + 1
    except UnicodeDecodeError:
        remedy = said("Save the table as CSV UTF-8, or as XLSX.")
        raise InputError("The file is not in UTF-8.", file=shown, row=row, remedy=remedy) from None
    except csv.Error as problem:
        remedy = said(
            'Look for a quotation mark that is not closed, or export the file again; inside quoted text write it twice ("").'
        )
        raise InputError(
            said("The line cannot be taken apart: {reason}.", reason=problem), file=shown, row=row, remedy=remedy
        ) from None


def unguard(text: str) -> str:
    """The text without the apostrophe that keeps a spreadsheet from running it."""
    return text[1:] if _GUARDED.match(text) else text


def _heading(titles: list[str], shown: str, unknown: Callable[[str], None] | None) -> Heading:
    known = _names()
    columns = tuple(known.get(title.strip().casefold()) for title in titles)
    strange = tuple(title for title, column in zip(titles, columns, strict=True) if column is None and title.strip())
    named = [column for column in columns if column]
    if "title" not in named:
        # A slip of the finger ("titel", "tile"), not another word of the same length ("time").
        near = difflib.get_close_matches("title", [title.strip().casefold() for title in titles], n=1, cutoff=0.8)
        hint = (
            said("Did you mean 'title' by '{near}'?", near=near[0])
            if near
            else said("Take the template: opencompact actions template.")
        )
        raise InputError("The first line has no column 'title'.", file=shown, row=1, remedy=hint)
    for column in named:
        if named.count(column) > 1:
            raise InputError("Two columns have the same name.", file=shown, row=1, column=column, remedy="Keep one.")
    for title in strange if unknown else ():
        assert unknown is not None
        unknown(title)
    return Heading(columns, strange)


def _names() -> dict[str, str]:
    """What a column may be headed with: the field's own name, or its label in any of the six languages."""
    found = {"kind": "kind", "id": "id", **{name: name for name in (*BESIDE, *TOLD)}}
    for model in KINDS.values():
        for field in fields_of(model):
            for code in LANGUAGES:
                found.setdefault(translator(code, "actions")(field.label).casefold(), field.name)
    for model in KINDS.values():
        found |= {field.name: field.name for field in fields_of(model)}
    return found


def _cells(
    heading: Heading, record: list[str], shown: str, row: int, text: Callable[[str], str]
) -> dict[str, str | None]:
    if len(record) != len(heading.columns):
        raise InputError(
            said("Cells in the row: {cells}; in the heading: {headings}.", cells=len(record), headings=len(heading.columns)),
            file=shown, row=row, remedy="The file may be cut short, or a comma stands outside quotation marks.",
        )  # fmt: skip
    return {column: text(cell) for column, cell in zip(heading.columns, record, strict=True) if column}


# --- XLSX --------------------------------------------------------------------------------------------------------------


def _workbook(path: Path, shown: str, kind: str | None, unknown: Callable[[str], None] | None) -> Iterator[Line]:
    import openpyxl

    check_archive(path, shown)
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if sheet.title in KINDS] or book.worksheets[:1]
    except Exception:
        remedy = said("Open and save it again as XLSX.")
        raise InputError("The workbook is truncated or damaged.", file=shown, remedy=remedy) from None
    try:
        for sheet in sheets:
            if sheet.title in KINDS and kind not in (None, sheet.title):
                continue
            yield from _sheet(sheet, shown, unknown)
    finally:
        book.close()


def _sheet(sheet: Any, shown: str, unknown: Callable[[str], None] | None) -> Iterator[Line]:
    rows = sheet.iter_rows(values_only=True)
    titles = [_text(cell) for cell in next(rows, ())]
    while titles and not titles[-1]:
        titles.pop()
    heading = _heading(titles, shown, unknown)
    for number, record in enumerate(rows, 2):
        texts = [_text(cell) for cell in record[: len(titles)]]
        if any(texts):
            texts += [""] * (len(titles) - len(texts))
            cells = _cells(heading, texts, shown, number, str)
            if sheet.title in KINDS and not cells.get("kind"):
                cells["kind"] = sheet.title
            yield Line(number, cells, sheet.title)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def check_archive(path: Path, shown: str) -> None:
    """Refuses an archive (XLSX, DOCX) that is damaged or unpacks to far more than it is, before anything is unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            whole = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, EOFError):
        raise InputError("The file is truncated or damaged.", file=shown, remedy="Save or send it again.") from None
    if whole > _MAXIMUM_EXPANSION or whole > _RATIO * max(path.stat().st_size, 1 << 16):
        raise InputError(
            "The file unpacks to far more than its size: it is not opened.",
            file=shown,
            remedy="Save it again, or as CSV.",
        )


# --- JSON --------------------------------------------------------------------------------------------------------------


def _json(path: Path, shown: str) -> Iterator[Line]:
    try:
        content = json.load(io.TextIOWrapper(path.open("rb"), encoding="utf-8-sig"))
    except UnicodeDecodeError:
        raise InputError("The file is not in UTF-8.", file=shown, remedy="Save it as UTF-8.") from None
    except (json.JSONDecodeError, RecursionError) as problem:
        line = getattr(problem, "lineno", None)
        raise InputError("The JSON is broken or cut short.", file=shown, row=line, remedy="Export it again.") from None
    entries = content.get("actions") if isinstance(content, dict) else content
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError("The JSON is not a list of actions.", file=shown, remedy='Give {"actions": [{"kind": …}, …]}.')
    for number, entry in enumerate(entries, 1):
        yield Line(number, json_cells(entry))
