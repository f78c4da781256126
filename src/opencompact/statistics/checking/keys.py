"""Rules about rows together: duplicates, totals that are missing, parts that do not add up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from opencompact.language import said
from opencompact.statistics.checking.cells import breakdown_columns
from opencompact.statistics.checking.table import TidyTable
from opencompact.tables import ROW

_DIMENSIONS = ("sex", "age", "migratory_status")
_COUNT_UNITS = {
    "persons",
    "people",
    "number",
    "count",
    "deaths",
    "incidents",
    "households",
    "cases",
    "movements",
    "applications",
    "decisions",
    "detections",
    "births",
}
# Parts that fall short by less than a twentieth leave room for people of whom the part is not known: a warning.
_NEARLY = 0.95
_SERIES = "Series"  # of Open SDG: series of one indicator are no parts of a whole
_PERCENT_UNITS = {"percent", "%", "per cent", "pt", "percentage", "pc", "percentage (%)"}


def is_percent(unit: str | None) -> bool:
    """Whether a unit is a share of a hundred."""
    return (unit or "").strip().lower() in _PERCENT_UNITS


def is_count(unit: str | None) -> bool:
    """Whether a unit counts people or events, so that parts add to totals."""
    return (unit or "").strip().lower() in _COUNT_UNITS


def check_duplicates(table: TidyTable) -> None:
    """No two rows speak of one cell: an error if their values differ, a warning if they are the same."""
    key = [name for name in table.key if name in table.cells.columns]
    if "value" not in table.cells.columns or not key:
        return
    filled = table.cells.with_columns(pl.col(name).fill_null("_T") for name in key)
    repeated = filled.filter(pl.len().over(key) > 1).sort([*key, ROW])
    groups = repeated.group_by(key, maintain_order=True).agg(ROW, "value")
    for rows, values in groups.select(ROW, "value").iter_rows():
        seen: dict[str | None, int] = {}  # each value → the first row that says it
        for row, value in zip(rows, values, strict=True):
            if value in seen:
                _repeats(table, row, seen[value], value)
            elif len(seen) == 1:  # told once: of three values in a cell the third says nothing new
                _conflicts(table, row, rows[0], value, values[0])
            seen.setdefault(value, row)


def _repeats(table: TidyTable, row: int, first: int, value: str | None) -> None:
    message = said("The row repeats row {rows}.", rows=first)
    table.find("duplicate", "warning", message, "Delete one.", row=row, column="value", value=value)


def _conflicts(table: TidyTable, row: int, first: int, value: str | None, other: str | None) -> None:
    table.find(
        "duplicate-conflicting",
        "error",
        said("The row speaks of the same cell as row {rows}, which says {values!r}.", rows=first, values=other),
        "Keep the right one, or add the column that tells them apart.",
        row=row,
        column="value",
        value=value,
    )


def check_totals(table: TidyTable, numbers: pl.DataFrame) -> None:
    """Where parts of sex, age or migratory status are given, their total is too, and the parts add up to it.

    `numbers` are the rows with a number: `__row__`, the key, `unit`, `number`. Counts must add up; a percentage of the
    total must lie between those of its parts. Parts are compared only where they cover the whole without overlap.
    """
    key = [name for name in table.key if name in numbers.columns]
    parted = [name for name in breakdown_columns(table) if not (table.open_sdg and name == _SERIES)]
    for dimension in (*[name for name in _DIMENSIONS if name in numbers.columns], *parted):
        others = [name for name in key if name != dimension]
        filled = numbers.with_columns(pl.col(name).fill_null("_T") for name in key)
        unit = (
            pl.col("unit").drop_nulls().first() if "unit" in filled.columns else pl.lit(None, pl.String).alias("unit")
        )
        groups = filled.group_by(others, maintain_order=True).agg(
            pl.col(dimension).alias("_codes"),
            pl.col(ROW).alias("_rows"),
            pl.col("number").alias("_numbers"),
            unit.alias("_unit"),
        )
        for codes, rows, sizes, unit_text in groups.select("_codes", "_rows", "_numbers", "_unit").iter_rows():
            cells = dict(zip(codes, zip(rows, sizes, strict=True), strict=True))
            _compare(table, dimension, cells, unit_text)


def _compare(table: TidyTable, dimension: str, cells: dict[str, tuple[int, float]], unit_text: str | None) -> None:
    """`cells`: code → (row, number) of one group: the total and its parts."""
    total = cells.pop("_T", None) or cells.pop("Total", None) or cells.pop("total", None)
    parts = {code: cell for code, cell in cells.items() if not code.startswith("_")}
    if not parts:
        return
    if total is None:
        _total_missing(table, dimension, parts)
        return
    whole = _partition(dimension, frozenset(parts))
    if whole is None:
        return
    unknown = sum(number for code, (_, number) in cells.items() if code == "_U")
    sums = _Sums(dimension, total[0], total[1], {code: parts[code][1] for code in whole}, unknown)
    if is_percent(unit_text):
        _total_of_shares(table, sums)
    elif is_count(unit_text) or (unit_text is None and dimension in _DIMENSIONS):
        _total_of_counts(table, sums)


def _total_missing(table: TidyTable, dimension: str, parts: dict[str, tuple[int, float]]) -> None:
    table.find(
        "total-missing",
        "warning",
        said("There are parts by {dimension} and no total.", dimension=dimension.replace("_", " ")),
        said(
            "Add a row with {dimension} = _T: a total cannot be told from a sum of parts that may be incomplete.",
            dimension=dimension,
        ),
        row=min(row for row, _ in parts.values()),
        column=dimension,
        value=", ".join(sorted(parts)[:4]),
    )


@dataclass(frozen=True)
class _Sums:
    """A total, the parts that make the whole without overlap, and what is known of no part."""

    dimension: str
    row: int
    total: float
    parts: dict[str, float]
    unknown: float

    @property
    def added(self) -> float:
        return sum(self.parts.values()) + self.unknown

    @property
    def slack(self) -> float:
        """What rounding may make of the difference: half a unit for each number, and a thousandth."""
        return 0.5 * (len(self.parts) + 1) + 0.001 * abs(self.total)

    @property
    def whole(self) -> str:
        return ", ".join(f"{code} {number:.12g}" for code, number in [*self.parts.items()][:6])


def _total_of_shares(table: TidyTable, sums: _Sums) -> None:
    """Shares of one whole add up to it; rates of its parts lie around it."""
    values = sums.parts.values()
    within = min(values) - 0.5 <= sums.total <= max(values) + 0.5
    if len(values) > 1 and not within and abs(sums.added - sums.total) > sums.slack:
        table.find(
            "total-outside-parts",
            "error" if sums.dimension in _DIMENSIONS else "warning",
            said(
                "The percentage of the total lies outside those of its parts by {dimension} ({whole}).",
                dimension=sums.dimension.replace("_", " "),
                whole=sums.whole,
            ),
            "Check the total and the parts.",
            row=sums.row,
            column="value",
            value=f"{sums.total:.15g}",
        )


def _total_of_counts(table: TidyTable, sums: _Sums) -> None:
    """Counts never add up to more than their total; to less only where some part may be left out."""
    exact = sums.dimension in _DIMENSIONS and len(sums.parts) > 1
    short = exact and sums.added < sums.total - sums.slack
    if sums.added > sums.total + sums.slack or short:
        table.find(
            "parts-do-not-add-up",
            "warning" if short and sums.added >= _NEARLY * sums.total else "error",
            said(
                "The parts by {dimension} add up to {added:,.12g} ({whole}), the total says {number:,.12g}.",
                dimension=sums.dimension.replace("_", " "),
                added=sums.added,
                whole=sums.whole,
                number=sums.total,
            ),
            "Check the total and the parts; a part that is not known is given as _U.",
            row=sums.row,
            column="value",
            value=f"{sums.total:.15g}",
        )


@lru_cache(maxsize=256)
def _partition(dimension: str, codes: frozenset[str]) -> list[str] | None:
    """The parts that make the whole without overlap, or None where the codes do not show such."""
    if dimension == "sex":
        return ["F", "M"] if {"F", "M"} <= codes else None
    if dimension == "migratory_status":
        return ["MIGRANT", "NONMIGRANT"] if {"MIGRANT", "NONMIGRANT"} <= codes else None
    if dimension == "age":
        return _age_partition(codes)
    return sorted(codes)


def _age_partition(codes: frozenset[str]) -> list[str] | None:
    """Age groups from 0 to the open end, each beginning where the one before it ends (the finest such)."""
    spans: dict[int, tuple[int, str]] = {}
    for code in sorted(codes):
        if match := re.fullmatch(r"Y(\d+)T(\d+)", code):
            start, end = int(match[1]), int(match[2]) + 1
        elif match := re.fullmatch(r"Y_GE(\d+)", code):
            start, end = int(match[1]), 1000
        elif match := re.fullmatch(r"Y_LT(\d+)", code):
            start, end = 0, int(match[1])
        elif match := re.fullmatch(r"Y(\d+)", code):
            start, end = int(match[1]), int(match[1]) + 1
        else:
            continue
        if start not in spans or end < spans[start][0]:
            spans[start] = (end, code)
    at, chain = 0, []
    while at in spans:
        at, code = spans[at]
        chain.append(code)
    return chain if at == 1000 and chain else None
