"""Rules about single cells: numbers written as text, stray blanks, empty rows, placeholders, formulas."""

from __future__ import annotations

import re

import polars as pl

from opencompact.language import counted, said
from opencompact.statistics.checking.table import NOT_BREAKDOWNS, TidyTable
from opencompact.tables import ROW

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_MISSING_MARKS = {
    "..",
    "...",
    "-",
    "–",
    "—",
    "n/a",
    "na",
    "n.a.",
    "nan",
    "null",
    "none",
    "x",
    ":",
    "*",
    "missing",
    "unknown",
    "#n/a",
    ".",
}
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_PLACEHOLDERS = re.compile(
    r"there is no data|no data for this|non-statistical indicator|coming soon|lorem ipsum|placeholder|"
    r"to be (confirmed|determined)|^(example|sample|test|tbc|tbd|xxx+|not yet available|your (value|data) here)$",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u00a0\u00ad\u200b-\u200f\u202a-\u202f\u2060-\u2069\ufeff]")
_FOOTER = re.compile(r"^(source|note|notes|last updated|data from|total rows|\*|©)", re.IGNORECASE)


def check_cells(table: TidyTable) -> None:
    """Runs every rule of this module; what it finds is added to the table's findings."""
    _rows(table)
    for column in table.cells.columns:
        if column != ROW:
            _blanks(table, column)
            _formulas(table, column)
    _placeholders(table)
    for column in ("value", "lower", "upper"):
        if column in table.cells.columns:
            _numbers(table, column)


def _rows(table: TidyTable) -> None:
    columns = [name for name in table.cells.columns if name in table.headings or name in table.raw.columns]
    filled = pl.any_horizontal(pl.col(name).str.strip_chars().fill_null("") != "" for name in columns)
    for (row,) in table.cells.filter(~filled).select(ROW).iter_rows():
        table.find("empty-row", "error", "The row is empty.", "Delete it.", row=row)
    table.cells = table.cells.filter(filled)
    empty = {row for row, cells in table.raw.ragged if cells == 0}
    for row, count in table.raw.ragged:
        if row not in empty:
            table.find(
                "ragged-row",
                "error",
                counted(
                    "The row has {n} cell where the heading has {headings}.",
                    "The row has {n} cells where the heading has {headings}.",
                    count,
                    headings=len(table.raw.columns),
                ),
                "Delete what stands beside the table, and give every column a heading."
                if table.raw.sheet
                else "Put text that holds the separator in quotation marks, or complete the row.",
                row=row,
            )
    repeated = pl.all_horizontal(pl.col(name).fill_null("") == table.headings.get(name, name) for name in columns)
    for (row,) in table.cells.filter(repeated).select(ROW).iter_rows():
        table.find("heading-repeated", "error", "The heading stands here a second time.", "Delete the row.", row=row)
    table.cells = table.cells.filter(~repeated)
    for name in columns:
        if table.cells.height and table.cells[name].null_count() == table.cells.height:
            table.find("empty-column", "warning", "The column is empty.", "Delete it, or fill it.", column=name)
    if not table.cells.height:
        table.find("no-rows", "error", "The table has a heading and no rows.", "Check the export that made it.")


def _blanks(table: TidyTable, column: str) -> None:
    cell = pl.col(column)
    strayed = table.cells.filter((cell != cell.str.strip_chars()) | cell.str.contains(_INVISIBLE.pattern))
    for row, text in table.each(strayed, column):
        invisible = _INVISIBLE.search(str(text))
        what = said("an invisible character") if invisible else said("blanks around it")
        table.find(
            "stray-blanks",
            "error",
            said(
                "The cell has {what}: '{text}' would become a category of its own.", what=what, text=_visible(str(text))
            ),
            said("Write {text!r}.", text=_clean(str(text))),
            row=row,
            column=column,
            value=text,
        )
    cleaned = cell.str.replace_all(_INVISIBLE.pattern, "").str.strip_chars()
    table.cells = table.cells.with_columns(pl.when(cleaned != "").then(cleaned).alias(column))


def _clean(text: str) -> str:
    return _INVISIBLE.sub("", text).strip()


def _visible(text: str) -> str:
    return _INVISIBLE.sub(lambda match: f"<U+{ord(match[0]):04X}>", text).replace(" ", "·")


_FORMULA = r"^[=@]|^[+-][^\d.]|^#(REF|DIV/0|VALUE|NAME|NUM|N/A)"


def _formulas(table: TidyTable, column: str) -> None:
    suspicious = table.cells.filter(pl.col(column).str.contains(_FORMULA))
    for row, text in table.each(suspicious, column):
        table.find(
            "formula",
            "error",
            "The cell holds a spreadsheet formula or its error, not a value.",
            "Paste values, not formulas.",
            row=row,
            column=column,
            value=text,
        )


def _placeholders(table: TidyTable) -> None:
    texts = [name for name in table.cells.columns if name != ROW]
    for column in texts:
        if column in ("note", "source", "indicator"):
            continue
        for row, text in table.each(
            table.cells.filter(pl.col(column).str.contains(f"(?i){_PLACEHOLDERS.pattern}")), column
        ):
            table.find(
                "placeholder",
                "error",
                "This is a placeholder, not a datum.",
                "Delete the row, or give the value.",
                row=row,
                column=column,
                value=text,
            )
    first = next((name for name in texts if name in table.headings), None)
    if first:
        footer = pl.col(first).str.contains(f"(?i){_FOOTER.pattern}").fill_null(False)
        for row, text in table.each(table.cells.filter(footer), first):
            table.find(
                "footer",
                "error",
                "This is a note under the table, not a row of it.",
                "Delete it.",
                row=row,
                column=first,
                value=text,
            )
        table.cells = table.cells.filter(~footer)
    _template(table)


def _template(table: TidyTable) -> None:
    """The sample rows of reporting templates: groups called A and B with the values 1, 2, 3, or one row that says 0."""
    values = table.cells["value"].drop_nulls().to_list() if "value" in table.cells.columns else []
    groups = {text for name in table.breakdowns for text in table.cells[name].drop_nulls().unique().to_list()}
    if values and groups and groups <= {"A", "B", "C"} and set(values) <= {"1", "2", "3", "4"}:
        table.find(
            "placeholder",
            "error",
            "These are a template's sample rows (groups A and B, values 1 to 3), not statistics.",
            "Replace them by data, or do not submit the file.",
            row=int(table.cells[ROW][0]),
            value=", ".join(values[:4]),
        )
    elif len(values) == 1 and values[0] in ("0", "0.0", "1") and table.cells.height == 1:
        table.find(
            "placeholder",
            "warning",
            said("The table is a single row with the value {value}, as templates have it.", value=values[0]),
            "Check that it is a datum.",
            row=int(table.cells[ROW][0]),
            column="value",
            value=values[0],
        )


def _numbers(table: TidyTable, column: str) -> None:
    wrong = ~pl.col(column).str.contains(rf"^{NUMBER.pattern}$") & ~pl.col(column).str.contains(_FORMULA)
    odd = table.cells.filter(pl.col(column).is_not_null() & wrong)
    for row, text in table.each(odd, column):
        rule, message, remedy = _number_fault(str(text))
        table.find(rule, "error", message, remedy, row=row, column=column, value=text)
    endless = pl.col(column).cast(pl.Float64, strict=False).is_infinite()
    for row, text in table.each(table.cells.filter(~wrong & endless), column):
        message, remedy = said("The number is larger than any that can be kept."), said("Give a finite number.")
        table.find("number-endless", "error", message, remedy, row=row, column=column, value=text)
    for row, name in table.raw.numbers_as_text:
        if name == table.headings.get(column):
            table.find(
                "number-as-text",
                "warning",
                "The workbook keeps this number as text.",
                "Format the column as numbers.",
                row=row,
                column=column,
            )


def _number_fault(text: str) -> tuple[str, str, str]:
    """(rule, message, remedy) for a value that is not a plain number."""
    if text.lower() in _MISSING_MARKS:
        message = said("A mark for 'no value' stands where a number belongs.")
        remedy = said(
            "Leave the cell empty and say why in `status`: O not published, L not collected, M not applicable; or `confidentiality` C, suppressed."
        )
        return "missing-mark", message, remedy
    if re.match(r"^[<>≤≥~±]\s*=?\s*\d", text):
        remedy = said(
            "Leave the value empty; say `confidentiality` C if it is suppressed, or give `lower` and `upper`."
        )
        return "bounded-number", said("This is a bound, not a number."), remedy
    dressed = _dressed_number(text)
    if dressed is not None:
        return "number-as-text", *dressed
    remedy = said("Give a number, or leave the cell empty and say why in `status`.")
    return "not-a-number", said("This is not a number."), remedy


def _dressed_number(text: str) -> tuple[str, str] | None:
    """(message, remedy) where a number is written with what does not belong to it; None where there is no number."""
    digits = text.translate(_DIGITS)
    if re.fullmatch(r"-?\d{1,3}([,\s'’\u202f]\d{3})+(\.\d+)?", text):
        return said("The number has thousands separators."), said("Write {text}.", text=re.sub(r"[^\d.-]", "", text))
    if re.fullmatch(r"-?\d{1,3}(\.\d{3}){2,}(,\d+)?", text):
        plain = text.replace(".", "").replace(",", ".")
        return said("The number has thousands separators."), said("Write {text}.", text=plain)
    if re.fullmatch(r"-?\d+,\d+", text):
        return said("The number has a decimal comma."), said("Write {text}.", text=text.replace(",", "."))
    if re.fullmatch(r"-?[\d.,\s]+\s*[%‰]", text):
        remedy = said("Write {text} and give the unit in `unit`.", text=text.rstrip("%‰ "))
        return said("The number has a percent sign."), remedy
    if digits != text and NUMBER.fullmatch(digits):
        return said("The number is written with Arabic-Indic digits."), said("Write {digits}.", digits=digits)
    if text.lower() in ("inf", "-inf", "infinity", "true", "false"):
        return said("This is not a number."), said("Give a finite number.")
    if re.fullmatch(r"-?\d+(\.\d+)?\s*[a-zA-Z*†‡\[(].*", text):
        remedy = said("Put the number in `value`, the letter in `status`, the words in `note`.")
        return said("A note or a letter hangs on the number."), remedy
    return None


def breakdown_columns(table: TidyTable) -> list[str]:
    """Columns with categories of the user's own."""
    return [name for name in table.breakdowns if name not in NOT_BREAKDOWNS]
