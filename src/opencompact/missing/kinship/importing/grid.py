"""Any table as rows of texts, sheet by sheet, with the numbers of its rows kept."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.missing.kinship.loci import allele_label
from opencompact.tables import decode
from opencompact.tables.refusals import unreadable

Grid = list[list[str]]


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises `InputError` where it is absent or cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error, rule="kinship.file") from None


def sheets_of(path: Path) -> dict[str, Grid]:
    """sheet → rows of texts; a text file is one sheet named by its stem. Raises `InputError`."""
    path = Path(path)
    content = content_of(path)
    if content[:2] == b"PK":
        return _workbook(path)
    text = decode(content, path)
    return {
        path.stem: [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=_delimiter(text))]
    }


def _delimiter(text: str) -> str:
    head = text[:5000]
    return max("\t;,", key=head.count)


def _workbook(path: Path) -> dict[str, Grid]:
    from zipfile import BadZipFile

    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (OSError, ValueError, KeyError, BadZipFile) as error:
        raise InputError(
            said("The workbook cannot be read ({reason}).", reason=error), file=path, rule="kinship.workbook"
        ) from None
    return {
        sheet.title: [
            ["" if cell is None else allele_label(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in book.worksheets
    }
