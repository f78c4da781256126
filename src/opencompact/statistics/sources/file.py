"""A file as a publisher gives it: decompressed, decoded and split into cells of text, with the place of every fault."""

from __future__ import annotations

import codecs
import csv
import gzip
import hashlib
import io
import json
import re
import zlib
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from opencompact.errors import InputError, InvalidDataError
from opencompact.language import counted, said
from opencompact.tables import decode
from opencompact.tables.refusals import broken_json, unreadable

_HEAD = 1 << 16
_MAXIMUM = 2 << 30  # bytes: a file that unpacks to more is refused, not read
_XLS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class SourceFile:
    """A file to be recognised and read; what is expensive is done once and only when asked for.

    `name` is the path as the user gave it, relative to the folder that is imported ("uk/indicator_10-7-3.csv").
    Everything raises InputError where the file is absent, truncated or not in UTF-8.
    """

    def __init__(self, path: Path, root: Path | None = None) -> None:
        self.path = path
        self.name = path.relative_to(root).as_posix() if root else path.name

    @cached_property
    def stored(self) -> bytes:
        """The bytes on disk."""
        try:
            return self.path.read_bytes()
        except IsADirectoryError:
            raise InputError(
                "This is a folder, not a file.",
                file=self.path,
                remedy="Name one file in it, or say --all to import every file below it.",
            ) from None
        except OSError as problem:
            raise unreadable(self.name, problem) from problem

    @cached_property
    def sha256(self) -> str:
        """Of the bytes on disk."""
        return hashlib.sha256(self.stored).hexdigest()

    @cached_property
    def content(self) -> bytes:
        """The bytes, decompressed where the file is a gzip, and in UTF-8 where it is marked as UTF-16."""
        if self.stored.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return decode(self.stored, self.name).encode()
        if not self.stored.startswith(b"\x1f\x8b"):
            return self.stored
        try:
            with gzip.open(io.BytesIO(self.stored)) as stream:
                content = stream.read(_MAXIMUM + 1)
        except (EOFError, OSError, zlib.error) as problem:
            raise InputError(
                "The compressed file ends before its content does, or is damaged.",
                file=self.name,
                rule="truncated",
                remedy="Download it again.",
            ) from problem
        if len(content) > _MAXIMUM:
            raise InputError(
                "The compressed file unpacks to more than 2 GB.", file=self.name, rule="size", remedy="Split the table."
            )
        return content

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the decompressed content: the same for a file and its gzip."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def head(self) -> bytes:
        """The first 64 KiB of the content, without a byte order mark."""
        return self.content[:_HEAD].removeprefix(b"\xef\xbb\xbf")

    @cached_property
    def format(self) -> str:
        """By content: "xlsx", "xls", "zip", "json", "xml", "text" (CSV, TSV and prose) or "binary"."""
        head = self.head
        if head.startswith(b"PK\x03\x04"):
            return "xlsx" if b"xl/" in self.content else "zip"
        if head.startswith(_XLS):
            return "xls"
        if b"\x00" in head[:1024]:
            return "binary"
        start = head.lstrip()[:1]
        return {b"{": "json", b"[": "json", b"<": "xml"}.get(start, "text")

    @cached_property
    def text(self) -> str:
        """The content as text. Raises InputError with row, column and likely encoding where it is not UTF-8."""
        return decode(self.content, self.name)

    @cached_property
    def lines(self) -> int:
        """How many lines a text has, or how many rows all sheets of a workbook have."""
        if self.format in ("xlsx", "xls"):
            return sum(self.cells(sheet).height for sheet in self.sheets)
        return self.content.count(b"\n") + (not self.content.endswith(b"\n") and bool(self.content))

    @cached_property
    def records(self) -> int:
        """What an account counts of a file that is not read: of a table the rows below its header, in each sheet of a
        workbook; of JSON the entries of its list; of any other text its lines.
        """
        if self.format == "json":
            return self._entries()
        if self.format in ("xlsx", "xls"):
            return sum(_below_heading(self.cells(sheet)) for sheet in self.sheets)
        header = self.header()
        if self.format != "text" or len(header) < 2:
            return self.lines
        try:
            table = csv.reader(io.StringIO(self.content.decode("utf-8", errors="replace")), delimiter=self.separator)
            rows = [len(cells) for cells in table if any(cells)]
        except csv.Error:
            return self.lines
        return len(rows) - 1 if rows[1:2] == rows[:1] else self.lines

    def _entries(self) -> int:
        try:
            content = json.loads(self.content)
        except ValueError:
            return self.lines
        if isinstance(content, list):
            return len(content)
        lists = [entry for entry in content.values() if isinstance(entry, list)] if isinstance(content, dict) else []
        return len(lists[0]) if len(lists) == 1 else self.lines

    @cached_property
    def separator(self) -> str:
        """Of a text table: the one of tab, semicolon and comma that stands most often in its first line."""
        first = self.head.split(b"\n", 1)[0]
        return max(",;\t", key=lambda mark: first.count(mark.encode()))

    def header(self, row: int = 1) -> list[str]:
        """The cells of one row of a text table, or of the first sheet of a workbook; [] where there is none."""
        if self.format in ("xlsx", "xls"):
            cells = self.cells(self.sheets[0])
            return [str(cell) for cell in cells.row(row - 1) if cell] if row <= cells.height else []
        if self.format != "text":
            return []
        lines = io.StringIO(self.head.decode("utf-8", errors="replace"))
        try:
            for number, cells_ in enumerate(csv.reader(lines, delimiter=self.separator), start=1):
                if number == row:
                    return [cell.strip() for cell in cells_]
        except csv.Error:  # lines that no table has: what reads the file says what is wrong with it
            return []
        return []

    def csv(self, header_row: int = 1, separator: str | None = None) -> pl.DataFrame:
        """A text table: every cell as text, null where empty, `row` (1-based, the first line of the file is 1) first.

        Nothing is parsed and no word means "missing": Namibia's code is `NA`. Raises InvalidDataError where a row
        has more cells than the header.
        """
        self.text  # noqa: B018  says where the text is not UTF-8
        self._refuse_truncated(header_row)
        try:
            table = pl.read_csv(
                self.content,
                separator=separator or self.separator,
                skip_lines=header_row - 1,
                infer_schema=False,
            )
        except (pl.exceptions.PolarsError, UnicodeError) as problem:
            raise InvalidDataError(
                said("The table cannot be split into columns: {reason}", reason=str(problem).split("\n")[0]),
                file=self.name,
                rule="table",
                remedy="Check the separator and that every row has as many cells as the header.",
            ) from problem
        return (
            table.rename(lambda name: name.strip()).with_row_index("row", offset=header_row + 1).cast({"row": pl.Int64})
        )

    def _refuse_truncated(self, header_row: int) -> None:
        """A last line without its end that has too few cells is what is left of a row."""
        if self.content.endswith((b"\n", b"\r")):
            return
        last = self.content[self.content.rfind(b"\n") + 1 :].decode("utf-8", errors="replace")
        cells = next(csv.reader([last], delimiter=self.separator), [])
        if last.count('"') % 2 == 0 and len(cells) < len(self.header(header_row)):
            raise InputError(
                counted(
                    "The file ends within a row: it has {n} cell where the heading has {headings}.",
                    "The file ends within a row: it has {n} cells where the heading has {headings}.",
                    len(cells),
                    headings=len(self.header(header_row)),
                ),
                file=self.name,
                row=self.lines,
                value=last[-40:],
                rule="truncated",
                remedy="Download it again; if the publisher's file ends so, end its last line.",
            )

    @cached_property
    def _workbook(self) -> Any:
        import fastexcel

        try:
            return fastexcel.read_excel(self.stored)
        except Exception as problem:  # fastexcel raises what the Rust library below it says
            raise InputError(
                "The workbook cannot be opened: it is truncated, damaged, or no workbook.",
                file=self.name,
                rule="truncated",
                remedy="Download it again, and check that it opens in a spreadsheet.",
            ) from problem

    @property
    def sheets(self) -> list[str]:
        """Names of the sheets of a workbook, in order."""
        return list(self._workbook.sheet_names)

    def cells(self, sheet: str) -> pl.DataFrame:
        """All cells of a sheet as text, without any header: row i of the frame is row i + 1 of the sheet."""
        known: dict[str, pl.DataFrame] = self.__dict__.setdefault("_cells", {})
        if sheet not in known:
            loaded = self._workbook.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
            known[sheet] = loaded.to_polars()
        return known[sheet]

    def sheet(self, sheet: str, header_row: int = 1) -> pl.DataFrame:
        """A table on a sheet: the cells below `header_row` as text, columns by its cells, `row` (1-based) first.

        A column without heading is `column_<n>`; of equal headings the later ones get `_2`, `_3` …
        """
        cells = self.cells(sheet)
        names: dict[str, str] = {}
        taken: dict[str, int] = {}
        for index, (column, heading) in enumerate(zip(cells.columns, cells.row(header_row - 1), strict=True), start=1):
            name = re.sub(r"\s+", " ", str(heading or f"column_{index}")).strip()
            taken[name] = taken.get(name, 0) + 1
            names[column] = name if taken[name] == 1 else f"{name}_{taken[name]}"
        body = cells[header_row:].rename(names)
        return body.with_row_index("row", offset=header_row + 1).cast({"row": pl.Int64})

    def json(self) -> Any:
        """The content as JSON. Raises InputError with the line where it ends too early or is no JSON."""
        try:
            return json.loads(self.text)
        except RecursionError:
            raise InputError(
                "The JSON is nested too deeply.", file=self.name, rule="json", remedy="Check the file."
            ) from None
        except json.JSONDecodeError as problem:
            raise InputError(
                said("The JSON cannot be read: {reason}.", reason=broken_json(problem)),
                file=self.name,
                row=problem.lineno,
                rule="truncated",
                remedy="Download it again.",
            ) from problem


def _below_heading(cells: pl.DataFrame) -> int:
    """How many rows of a sheet have something in them, those up to its heading not counted.

    The heading is the first row of which more than half as many cells are filled as of the fullest one: titles stand in one or two.
    """
    filled = [sum(cell is not None and cell != "" for cell in row) for row in cells.iter_rows()]
    width = max(filled, default=0)
    heading = next((place for place, count in enumerate(filled) if 2 * count > width), None) if width > 1 else None
    return sum(count > 0 for count in (filled if heading is None else filled[heading + 1 :]))
