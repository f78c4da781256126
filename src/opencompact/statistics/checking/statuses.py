"""Rules about what is not a number: gaps that say why, suppressed values that are not there, personal data."""

from __future__ import annotations

import re

import polars as pl

from opencompact.language import counted, said
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

#: Codes of CL_CONF_STATUS by which a value is not shown.
WITHHELD = ("C", "N", "S", "D", "A")
_WITHOUT_VALUE = ("K", "L", "M", "O", "Q")
_PERSONAL = re.compile(
    r"\b(first|last|family|given|full)[ _]?name\b|\bsurname\b|phone|telephone|e-?mail|passport|birth[ _]?date|date of birth|national id|address",
    re.IGNORECASE,
)
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d\s-]{7,}\d")


def check_statuses(table: TidyTable) -> None:
    """A gap says why; a withheld value is not there; a status fits its value; the table has no personal data."""
    cells = table.cells
    for name in ("status", "confidentiality"):
        if name not in cells.columns:
            cells = cells.with_columns(pl.lit(None, pl.String).alias(name))
    if "value" in cells.columns:
        _values(table, cells)
    for heading in table.raw.columns:
        if _PERSONAL.search(heading):
            table.find(
                "personal-data",
                "error",
                "The column seems to hold data about persons.",
                "Statistics hold no names and no contacts: remove the column.",
                column=heading,
            )
    for column in table.breakdowns:
        for row, text in table.each(table.cells.filter(pl.col(column).str.contains(_CONTACT.pattern)).head(1), column):
            table.find(
                "personal-data",
                "error",
                "The cell holds an address or a telephone number.",
                "Remove it.",
                row=row,
                column=column,
                value=str(text)[:3] + "…",
            )


def _values(table: TidyTable, cells: pl.DataFrame) -> None:
    withheld = cells.filter(pl.col("confidentiality").is_in(WITHHELD) & pl.col("value").is_not_null())
    for row, code in table.each(withheld, "confidentiality"):
        table.find(
            "withheld-value-given",
            "error",
            said("The value is marked as withheld (confidentiality {code}) and is given all the same.", code=code),
            "Empty the value before the file leaves you.",
            row=row,
            column="value",
        )
    missing = cells.filter(pl.col("status").is_in(_WITHOUT_VALUE) & pl.col("value").is_not_null())
    for row, code, value in table.each(missing, "status", "value"):
        table.find(
            "status-with-value",
            "error",
            said("Status {code} says that there is no value, and there is one.", code=code),
            "Correct one of them.",
            row=row,
            column="status",
            value=value,
        )
    unexplained = cells.filter(
        pl.col("value").is_null()
        & ~pl.col("status").is_in(_WITHOUT_VALUE).fill_null(False)
        & ~pl.col("confidentiality").is_in(WITHHELD).fill_null(False)
    )
    for (row,) in unexplained.select(ROW).iter_rows():
        table.find(
            "gap-unexplained",
            "warning",
            "The value is empty and nothing says why.",
            "Give `status` O (not published), L (not collected), M (not applicable), or `confidentiality` C (suppressed).",
            row=row,
            column="value",
        )


def check_units(table: TidyTable) -> None:
    """One unit for one indicator, the catalogue's where it is there."""
    if "unit" not in table.cells.columns or table.open_sdg:  # there every series of an indicator has a unit of its own
        return
    by = ["indicator"] if "indicator" in table.cells.columns else []
    groups = table.cells.drop_nulls("unit").group_by(by, maintain_order=True) if by else [((), table.cells)]
    for name, group in groups:
        counts = sorted(group["unit"].value_counts().iter_rows(), key=lambda pair: -pair[1])
        for unit, count in counts[1:]:
            row = int(group.filter(pl.col("unit") == unit)[ROW][0])
            what = said(" of {indicator}", indicator=name[0]) if name else ""
            table.find(
                "units-mixed",
                "error",
                counted(
                    "{n:,} row{what} is in another unit than the others ({unit}).",
                    "{n:,} rows{what} are in another unit than the others ({unit}).",
                    count,
                    what=what,
                    unit=counts[0][0],
                ),
                "Give one unit for one indicator.",
                row=row,
                column="unit",
                value=unit,
            )
