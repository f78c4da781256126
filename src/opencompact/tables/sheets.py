"""A sheet of an XLSX workbook as a table of text, with what the workbook holds beside its values."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

from opencompact.errors import InputError
from opencompact.language import said
from opencompact.tables.formulas import result
from opencompact.tables.raw import HEADINGS_WITHIN, Likeness, RawTable, from_records, heading_at
from opencompact.tables.workbook import Facts, Workbook

_MAXIMUM_EXPANSION = 2 << 30  # bytes: a workbook that unpacks to more is refused, not read
Rows = list[tuple[int, list[object]]]


def read_workbook(path: Path, content: bytes, sheet: str | None, likeness: Likeness | None = None) -> RawTable:
    """A sheet of a workbook: the one of that name, else the first that a person sees. Values are those last saved. The heading is the first
    row, or the one of the first rows that has most `likeness` to one.

    Raises InputError where the workbook is damaged, the sheet is not there or is empty.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _MAXIMUM_EXPANSION:
                raise InputError("The workbook unpacks to more than 2 GB.", file=path, remedy="Split the table.")
            _refuse_other_archives(path, archive)
        workbook = Workbook(content)
        names = [*workbook.visible, *workbook.hidden]
        chosen = sheet or names[0]
        found = (_rows(content, chosen), workbook.facts(chosen)) if chosen in names else None
    except InputError:
        raise
    except Exception:
        raise InputError("The workbook is truncated or damaged.", file=path, remedy="Open and save it again.") from None
    sheets = said("Its sheets: {names}.", names=", ".join(names))
    if found is None:
        raise InputError(said("The workbook has no sheet {chosen!r}.", chosen=chosen), file=path, remedy=sheets)
    rows, facts = found
    if not rows:
        raise InputError("The sheet is empty.", file=path, sheet=chosen, remedy=sheets)
    above = 0
    if likeness is not None:
        first = [(number, [_text(cell) for cell in cells]) for number, cells in rows[:HEADINGS_WITHIN]]
        above = heading_at(first, likeness)
    table = _table(path, chosen, rows[above:], facts, tuple(name for name in names if name != chosen))
    return replace(table, above=above)


def _refuse_other_archives(path: Path, archive: zipfile.ZipFile) -> None:
    """An OpenDocument sheet, a text document or any other archive begins as a workbook does."""
    names = archive.namelist()
    if "xl/workbook.xml" in names:
        return
    if "content.xml" in names and "mimetype" in names:
        raise InputError(
            "This is an OpenDocument file.", file=path, rule="format", remedy="Save it as .xlsx or as CSV (UTF-8)."
        )
    if "xl/workbook.bin" in names:
        raise InputError(
            "This is a binary workbook (.xlsb).", file=path, rule="format", remedy="Save it as .xlsx or as CSV (UTF-8)."
        )
    raise InputError(
        "This is an archive (ZIP) and no workbook.",
        file=path,
        rule="format",
        remedy="Unpack it, and give the table in it.",
    )


def _rows(content: bytes, sheet: str) -> Rows:
    import openpyxl

    workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    rows: Rows = []
    for number, cells in enumerate(workbook[sheet].iter_rows(values_only=True), 1):
        if rows or any(cell is not None for cell in cells):
            rows.append((number, list(cells)))
    return rows


def _table(path: Path, sheet: str, rows: Rows, facts: Facts, others: tuple[str, ...]) -> RawTable:
    header_row, heading = rows[0]
    while heading and heading[-1] is None:
        heading.pop()
    table = from_records(
        path,
        [_text(cell) for cell in heading],
        header_row,
        [(number, [_text(cell) for cell in record]) for number, record in rows[1:]],
    )
    texts = tuple(
        (number, table.columns[index])
        for number, record in rows[1:]
        for index, cell in enumerate(record[: len(table.columns)])
        if isinstance(cell, str) and cell.strip().lstrip("-").replace(".", "", 1).isdigit()
    )
    # A workbook pads its rows to the widest: what counts is a cell that holds something to the right of the heading.
    wide = tuple((number, _width(record)) for number, record in rows[1:] if _width(record) > len(table.columns))
    facts = replace(facts, stale=_stale(rows, facts))
    return replace(table, sheet=sheet, other_sheets=others, ragged=wide, typed=True, numbers_as_text=texts, facts=facts)


def _width(record: list[object]) -> int:
    return max((index for index, cell in enumerate(record, 1) if cell is not None), default=0)


def _stale(rows: Rows, facts: Facts) -> tuple[tuple[int, int, float, float], ...]:
    """(row, column, saved, computed) of formulas whose saved value is not what their cells give now."""
    if not facts.formulas:
        return ()
    cells = {
        (number, index): float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
        for number, record in rows
        for index, cell in enumerate(record, 1)
        if cell is not None
    }
    found = []
    for formula in facts.formulas:
        saved, computed = cells.get((formula.row, formula.column)), result(formula.text, cells)
        if saved is not None and computed is not None and abs(saved - computed) > 1e-9 * max(1.0, abs(computed)):
            found.append((formula.row, formula.column, saved, computed))
    return tuple(found)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, float):
        return repr(float(f"{cell:.15g}"))  # as the spreadsheet shows it: 0.3, not 0.30000000000000004
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)
