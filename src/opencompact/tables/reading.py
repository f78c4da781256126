"""Tables as they stand in their file: every cell as text, every row with its place, nothing guessed.

Checks and importers decide what a cell means; this module only says what is there, and refuses in one sentence a file
that is not what it seems to be.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import polars as pl

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.tables.encoding import decode
from opencompact.tables.raw import HEADINGS_WITHIN, ROW, Likeness, RawTable, from_records, heading_at
from opencompact.tables.refusals import broken_json, unreadable
from opencompact.tables.sheets import read_workbook

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1 << 26
_MAXIMUM_EXPANSION = 2 << 30  # bytes: a table that unpacks to more is refused, not read


def read_table(path: Path, sheet: str | None = None, likeness: Likeness | None = None) -> RawTable:
    """Reads CSV or TSV (also gzipped), XLSX, Parquet, or JSON (a list of objects).

    The first row that holds anything is the heading; with `likeness` it is, of the first rows, the one that is most like a heading.
    Raises InputError for a file that is absent, empty, truncated, in no encoding we know, or of no such kind.
    """
    content = _content(path)
    if content.startswith(b"PK\x03\x04"):
        return read_workbook(path, content, sheet, likeness)
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
    return _read_delimited(path, text, likeness)


def _content(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise unreadable(path, problem) from None
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


def _read_delimited(path: Path, text: str, likeness: Likeness | None) -> RawTable:
    if "\n" not in text:
        text = text.replace("\r", "\n")  # lines as old Macs end them
    newline = text.find("\n")
    delimiter = max(_DELIMITERS, key=text[: newline if newline > 0 else None].count)
    above = 0
    if likeness is not None:
        delimiter, above = _heading_in(path, text, delimiter, likeness)
    rows = islice(_numbered_records(path, text, delimiter), above, None)
    header_row, heading = next(rows, (0, []))
    if not header_row:
        raise InputError("The file has no heading.", file=path, remedy="The first line must name the columns.")
    notes = () if delimiter == "," else (f"columns separated by {delimiter!r}",)
    return replace(from_records(path, heading, header_row, rows, notes=notes), above=above)


def _heading_in(path: Path, text: str, usual: str, likeness: Likeness) -> tuple[str, int]:
    """(delimiter, rows above the heading): a title of one cell says nothing of what parts the columns below it."""
    best, chosen = 0.0, (usual, 0)
    for delimiter in dict.fromkeys((usual, *_DELIMITERS)):
        try:
            rows = list(islice(_numbered_records(path, text, delimiter), HEADINGS_WITHIN))
        except InputError:
            continue
        at = heading_at(rows, likeness)
        if rows and likeness(*rows[at]) > best:
            best, chosen = likeness(*rows[at]), (delimiter, at)
    return chosen


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
            said("The JSON is broken: {reason}.", reason=broken_json(problem)),
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
    return from_records(path, columns, 0, records)
