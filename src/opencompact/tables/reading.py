"""Tables as they stand in their file: every cell as text, every row with its place, nothing guessed.

Checks and importers decide what a cell means; this module only says what is there, and refuses in one sentence a file
that is not what it seems to be.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from opencompact.errors import InputError
from opencompact.language import said

ROW = "__row__"
_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1 << 26
_MAXIMUM_EXPANSION = 2 << 30  # bytes: a table that unpacks to more is refused, not read


@dataclass(frozen=True)
class RawTable:
    """A table as text.

    `cells` has one String column per heading (null where the cell is empty or absent) and `__row__`, the row's place in
    the file (1 = its first line). `sheet` is the sheet of a workbook; `ragged` are (row, number of cells) of rows that
    do not have as many cells as the heading; `typed` tells whether the file itself distinguishes numbers from text;
    `numbers_as_text` are the (row, column) of cells that such a file keeps as text though they read as numbers.
    """

    file: Path
    columns: tuple[str, ...]
    cells: pl.DataFrame
    header_row: int = 1
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    ragged: tuple[tuple[int, int], ...] = ()
    typed: bool = False
    numbers_as_text: tuple[tuple[int, str], ...] = ()
    notes: tuple[str, ...] = ()


def read_table(path: Path, sheet: str | None = None) -> RawTable:
    """Reads CSV or TSV (also gzipped), XLSX, Parquet, or JSON (a list of objects).

    Raises InputError for a file that is absent, empty, truncated, in no encoding we know, or of no such kind.
    """
    content = _content(path)
    if content.startswith(b"PK\x03\x04"):
        return _read_workbook(path, content, sheet)
    if content.startswith(b"PAR1"):
        return _read_parquet(path, content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise InputError(
            "This is a workbook of the old format (.xls).", file=path, remedy="Save it as .xlsx or as CSV (UTF-8)."
        )
    if content.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff")):
        raise InputError(
            "This is not a table but a document or a picture.", file=path, remedy="Give CSV, XLSX or Parquet."
        )
    text = decode(content, path)
    if text.lstrip()[:1] in "[{" and (table := _read_json(path, text)) is not None:
        return table
    if text.lstrip()[:1] == "<":
        raise InputError(
            "This is a page or an XML file that is no SDMX data, not a table.",
            file=path,
            remedy="A web page saved as .csv must be downloaded again from the publisher.",
        )
    return _read_delimited(path, text)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError("There is no such file.", file=path, remedy="Check the name and the folder.") from None
    except IsADirectoryError:
        raise InputError("This is a folder, not a file.", file=path, remedy="Name one file in it.") from None
    except OSError as problem:
        raise InputError(
            said("The file cannot be read: {reason}.", reason=problem.strerror),
            file=path,
            remedy="Check its permissions.",
        ) from problem
    if content.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(content)) as stream:
                content = stream.read(_MAXIMUM_EXPANSION + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise InputError(
                "The compressed file is truncated or damaged.", file=path, remedy="Download it again."
            ) from None
        if len(content) > _MAXIMUM_EXPANSION:
            raise InputError("The compressed file unpacks to more than 2 GB.", file=path, remedy="Split the table.")
    if not content.strip():
        raise InputError("The file is empty.", file=path, remedy="Check the export that made it.")
    return content


def decode(content: bytes, path: Path) -> str:
    """The text of a file in UTF-8 or UTF-16 (with its mark); anything else is refused with the line at fault."""
    marks = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    encoding = next((name for mark, name in marks.items() if content.startswith(mark)), "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as problem:
        row = content[: problem.start].count(b"\n") + 1
        raise InputError(
            "The file is not UTF-8 text.",
            file=path,
            row=row,
            value=content[problem.start : problem.start + 4],
            remedy="Save it as 'CSV UTF-8' (in a spreadsheet: Save as, CSV UTF-8).",
        ) from None
    if "\x00" in text:
        raise InputError("The file holds binary data, not text.", file=path, remedy="Give CSV, XLSX or Parquet.")
    return text


def _read_delimited(path: Path, text: str) -> RawTable:
    if "\n" not in text:
        text = text.replace("\r", "\n")  # lines as old Macs end them
    newline = text.find("\n")
    delimiter = max(_DELIMITERS, key=text[: newline if newline > 0 else None].count)
    rows = list(_numbered_records(path, text, delimiter))
    if not rows:
        raise InputError("The file has no heading.", file=path, remedy="The first line must name the columns.")
    header_row, heading = rows[0]
    notes = () if delimiter == "," else (f"columns separated by {delimiter!r}",)
    return _from_records(path, heading, header_row, rows[1:], notes=notes)


def _numbered_records(path: Path, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for record in reader:
            yield start, record
            start = reader.line_num + 1
    except csv.Error as problem:
        raise InputError(
            said("The line cannot be taken apart: {reason}.", reason=problem),
            file=path,
            row=start,
            remedy='Look for a quotation mark that is not closed; inside quoted text write it twice ("").',
        ) from None


def _from_records(
    path: Path, heading: list[str], header_row: int, records: list[tuple[int, list[str]]], notes: tuple[str, ...] = ()
) -> RawTable:
    columns = unique_headings(heading)
    width = len(columns)
    ragged = tuple((row, len(record)) for row, record in records if len(record) not in (width, 0))
    padded = [(record + [""] * width)[:width] for _, record in records]
    series = {
        name: pl.Series(name, [record[index] or None for record in padded], dtype=pl.String)
        for index, name in enumerate(columns)
    }
    cells = pl.DataFrame({ROW: pl.Series(ROW, [row for row, _ in records], dtype=pl.Int64), **series})
    return RawTable(path, columns, cells, header_row, ragged=ragged, notes=notes)


def unique_headings(heading: list[str]) -> tuple[str, ...]:
    """The headings as they are; an empty one is called `column N`, a second of the same name gets its number."""
    seen: Counter[str] = Counter()
    names = []
    for index, raw in enumerate(heading, 1):
        name = raw if raw.strip() else f"column {index}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return tuple(names)


def _read_workbook(path: Path, content: bytes, sheet: str | None) -> RawTable:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAXIMUM_EXPANSION:
                raise InputError("The workbook unpacks to more than 2 GB.", file=path, remedy="Split the table.")
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except InputError:
        raise
    except Exception:
        raise InputError("The workbook is truncated or damaged.", file=path, remedy="Open and save it again.") from None
    names = workbook.sheetnames
    chosen = sheet or names[0]
    if chosen not in names:
        raise InputError(
            said("The workbook has no sheet {chosen!r}.", chosen=chosen),
            file=path,
            remedy=said("Its sheets: {names}.", names=", ".join(names)),
        )
    rows: list[tuple[int, list[object]]] = []
    for number, cells in enumerate(workbook[chosen].iter_rows(values_only=True), 1):
        if rows or any(cell is not None for cell in cells):
            rows.append((number, list(cells)))
    if not rows:
        raise InputError(
            "The sheet is empty.", file=path, sheet=chosen, remedy=said("Its sheets: {names}.", names=", ".join(names))
        )
    header_row, heading = rows[0]
    while heading and heading[-1] is None:
        heading.pop()
    table = _from_records(
        path,
        [_cell_text(cell) for cell in heading],
        header_row,
        [(number, [_cell_text(cell) for cell in record]) for number, record in rows[1:]],
    )
    texts = tuple(
        (number, table.columns[index])
        for number, record in rows[1:]
        for index, cell in enumerate(record[: len(table.columns)])
        if isinstance(cell, str) and cell.strip().lstrip("-").replace(".", "", 1).isdigit()
    )
    others = tuple(name for name in names if name != chosen)
    return RawTable(path, table.columns, table.cells, header_row, chosen, others, (), True, texts)


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def _read_parquet(path: Path, content: bytes) -> RawTable:
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except Exception:
        raise InputError("The Parquet file is truncated or damaged.", file=path, remedy="Write it again.") from None
    texts = frame.select(
        pl.col(name).cast(pl.String) if frame[name].dtype.is_nested() is False else pl.lit(None, pl.String).alias(name)
        for name in frame.columns
    ).with_columns(pl.int_range(1, frame.height + 1, dtype=pl.Int64).alias(ROW))
    return RawTable(path, tuple(frame.columns), texts, 0, typed=True)


def _read_json(path: Path, text: str) -> RawTable | None:
    try:
        content = json.loads(text)
    except json.JSONDecodeError as problem:
        raise InputError(
            said("The JSON is broken: {reason}.", reason=problem.msg),
            file=path,
            row=problem.lineno,
            remedy="Write the file again.",
        ) from None
    except RecursionError:
        raise InputError("The JSON is nested too deeply.", file=path, remedy="Give a list of objects.") from None
    if not (isinstance(content, list) and content and all(isinstance(entry, dict) for entry in content)):
        raise InputError(
            "The JSON is not a list of objects.", file=path, remedy='Give [{"indicator": …, "value": …}, …].'
        )
    columns = list(dict.fromkeys(key for entry in content for key in entry))
    records = [
        (number, ["" if entry.get(key) is None else str(entry[key]) for key in columns])
        for number, entry in enumerate(content, 1)
    ]
    return _from_records(path, columns, 0, records)
