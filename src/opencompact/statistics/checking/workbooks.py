"""Rules about what a workbook does not show, or shows otherwise than it keeps it: a reader of values would publish it unseen."""

from __future__ import annotations

from collections.abc import Iterable

from opencompact.language import counted, said
from opencompact.statistics.checking.keys import is_percent
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW
from opencompact.tables.workbook import reference

_NUMBERS = ("value", "lower", "upper")


def check_workbook(table: TidyTable, units: dict[str, str]) -> None:
    """What is hidden, merged, computed, or shown as a percentage. `units`: the catalogue's unit by indicator."""
    _other_sheets(table)
    _hidden(table)
    _merged(table)
    _remarks(table)
    _formulas(table)
    _shown(table, units)


def _other_sheets(table: TidyTable) -> None:
    if not table.raw.other_sheets:
        return
    names = [said("{name} (hidden)", name=name) if name in table.raw.facts.hidden_sheets else name
             for name in table.raw.other_sheets]  # fmt: skip
    table.find(
        "other-sheets",
        "warning",
        said("Only this sheet is read; the workbook also has: {names}.", names=", ".join(names)),
        "Check them one by one with --sheet; remove what is not meant to leave you.",
    )


def _hidden(table: TidyTable) -> None:
    facts, known = table.raw.facts, set(table.cells[ROW].to_list())
    if table.raw.sheet in facts.hidden_sheets:
        table.find(
            "hidden-sheet",
            "warning",
            "This sheet is hidden in the workbook.",
            "Show it, or give the sheet that is meant.",
        )
    rows = [row for row in facts.hidden_rows if row in known]
    if rows:
        table.find(
            "hidden-rows",
            "warning",
            counted(
                "{n:,} row is hidden in the workbook, and is read all the same.",
                "{n:,} rows are hidden in the workbook, and are read all the same.",
                len(rows),
            ),
            "Show them (a filter hides rows too), and delete what is not meant.",
            row=rows[0],
            value=_ranges(rows),
        )
    for column in facts.hidden_columns:
        if column <= len(table.raw.columns):
            table.find(
                "hidden-columns",
                "warning",
                "The column is hidden in the workbook, and is read all the same.",
                "Show it, and delete it if it is not meant.",
                column=_our_name(table, column),
            )


def _merged(table: TidyTable) -> None:
    for top, left, bottom, right in table.raw.facts.merged:
        if bottom >= table.raw.header_row and left <= len(table.raw.columns):
            table.find(
                "merged-cells",
                "error",
                "Merged cells: only the first of them holds the value, the others are empty.",
                "Unmerge them, and write the value into every cell.",
                row=top,
                column=_our_name(table, left),
                value=f"{reference(top, left)}:{reference(bottom, right)}",
            )


def _remarks(table: TidyTable) -> None:
    for row, column, text in table.raw.facts.remarks:
        table.find(
            "comment",
            "warning",
            "A comment hangs on the cell, and is not read.",
            "Put into `note` what readers should know; delete the rest before the file leaves you.",
            row=row,
            column=_our_name(table, column),
            value=text[:80],
        )


def _formulas(table: TidyTable) -> None:
    facts, known = table.raw.facts, set(table.cells[ROW].to_list())
    formulas = [each for each in facts.formulas if each.row in known and each.column <= len(table.raw.columns)]
    for each in formulas:
        if each.saved is None:
            table.find(
                "formula-without-value",
                "error",
                "The cell holds a formula and no value: no spreadsheet has computed it.",
                "Open the workbook in a spreadsheet and save it, or paste values.",
                row=each.row,
                column=_our_name(table, each.column),
                value=f"={each.text}",
            )
    for row, column, saved, computed in facts.stale:
        if row in known and column <= len(table.raw.columns):
            table.find(
                "formula-stale",
                "error",
                said(
                    "The saved value of the formula is not what its cells give now: {computed:,.15g}.",
                    computed=computed,
                ),
                "Let the spreadsheet compute it again, or paste values.",
                row=row,
                column=_our_name(table, column),
                value=f"{saved:.15g}",
            )
    saved_ones = [each for each in formulas if each.saved is not None]
    if saved_ones:
        table.find(
            "formula-values",
            "warning",
            counted(
                "{n:,} cell is a formula: what is read is the value that the spreadsheet saved last.",
                "{n:,} cells are formulas: what is read is the values that the spreadsheet saved last.",
                len(saved_ones),
            ),
            "Paste values before the table leaves you.",
            row=min(each.row for each in saved_ones),
        )


def _shown(table: TidyTable, units: dict[str, str]) -> None:
    """A cell that shows 52 % keeps 0.52; one that shows thousands keeps all of the number."""
    numbers = {table.headings[name]: name for name in _NUMBERS if name in table.headings}
    rows = {row[ROW]: row for row in table.cells.iter_rows(named=True)} if table.raw.facts.shown else {}
    for (row, column), how in sorted(table.raw.facts.shown.items()):
        name = numbers.get(table.raw.columns[column - 1]) if column <= len(table.raw.columns) else None
        cells = rows.get(row)
        if name is None or cells is None or cells[name] is None:
            continue
        kept, unit = cells[name], cells.get("unit") or units.get(cells.get("indicator") or "")
        if how == "percent" and is_percent(unit):
            table.find(
                "percent-format",
                "error",
                said("The workbook shows {shown:.6g} %, and keeps {kept}.", shown=100 * float(kept), kept=kept),
                "Multiply by 100 and format the column as plain numbers.",
                row=row,
                column=name,
                value=kept,
            )
        elif how == "scaled":
            table.find(
                "scaled-format",
                "warning",
                "The workbook shows this number in thousands or millions, and keeps it whole: the whole one is read.",
                "Check that it is what you see times a thousand; format the column as plain numbers.",
                row=row,
                column=name,
                value=kept,
            )


def _our_name(table: TidyTable, column: int) -> str:
    heading = table.raw.columns[column - 1] if column <= len(table.raw.columns) else str(column)
    return next((name for name, theirs in table.headings.items() if theirs == heading), heading)


def _ranges(rows: Iterable[int]) -> str:
    """3, 4, 5, 9 → "3-5, 9"."""
    found: list[list[int]] = []
    for row in rows:
        if found and row == found[-1][1] + 1:
            found[-1][1] = row
        else:
            found.append([row, row])
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in found[:12]) + (" …" if len(found) > 12 else "")
