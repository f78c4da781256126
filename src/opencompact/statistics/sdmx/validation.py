"""What must hold before anything is written as SDMX.

The libraries at hand write a wrong code, a missing dimension and two values under one key without an error; so the check is
here, over whole columns at once, and writing begins only when it found nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from opencompact.errors import InvalidDataError
from opencompact.language import counted, said
from opencompact.statistics.sdmx.encoding import breakdown_code, frequency_of, indicator_code
from opencompact.statistics.sdmx.structure import Component, Structure, statuses

_UNWRITABLE = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x{fffe}\x{ffff}]"
_SUPPRESSING = ("C", "N", "S", "D", "A")


@dataclass(frozen=True)
class Fault:
    """One rule broken by `count` observations: the `component`, the `value`, the first `row` (0-based) of the table."""

    rule: str
    component: str
    value: str | None
    row: int
    count: int
    problem: str
    remedy: str


def faults(observations: pl.DataFrame, structure: Structure) -> list[Fault]:
    """Everything that keeps these observations from being valid data of the structure, worst first.

    Rules: `missing-dimension`, `missing-attribute`, `unknown-code`, `bad-period`, `not-finite`, `status-against-value`,
    `unwritable-character`, `duplicate-key` (two observations under one key), `attachment` (an attribute of the series that
    changes within it).
    """
    table = observations.with_row_index("_row")
    return [
        *_missing(table, structure),
        *_unknown_codes(table, structure),
        *_periods(table),
        *_values(table),
        *_texts(table, structure),
        *_duplicates(table, structure),
        *_attachment(table, structure),
    ]


def check(observations: pl.DataFrame, structure: Structure) -> None:
    """Raises InvalidDataError for the first fault, with the number of the others."""
    found = faults(observations, structure)
    if not found:
        return
    first = found[0]
    more = len(found) - 1
    others = (
        counted(" {n} other kind of fault was found.", " {n} other kinds of fault were found.", more) if more else ""
    )
    row = observations.row(first.row, named=True)
    raise InvalidDataError(
        said(
            "SDMX cannot be written: {problem}{count}.{others}",
            problem=first.problem,
            count=counted(" ({n:,} observation)", " ({n:,} observations)", first.count) if first.count > 1 else "",
            others=others,
        ),
        file=row.get("file"),
        row=row.get("row"),
        column=first.component,
        value=first.value,
        rule=f"sdmx/{first.rule}",
        remedy=first.remedy,
    )


def _missing(table: pl.DataFrame, structure: Structure) -> Iterator[Fault]:
    for component in structure.components:
        needed = component.role in ("dimension", "time") or component.mandatory
        if not needed or component.column is None:
            continue
        rows = table.filter(pl.col(component.column).is_null())["_row"]
        if len(rows):
            kind = "attribute" if component.role == "attribute" else "dimension"
            yield Fault(
                f"missing-{kind}",
                component.id,
                None,
                rows[0],
                len(rows),
                f"the {kind} {component.id} is empty",
                said("Fill the column '{column}'; '_T' stands for a total.", column=component.column),
            )


def _unknown_codes(table: pl.DataFrame, structure: Structure) -> Iterator[Fault]:
    for component in structure.components:
        if component.codelist is None or component.column is None:
            continue
        known = structure.codelists[component.codelist].codes
        column = component.column
        first = table.group_by(column).agg(pl.col("_row").min(), pl.len().alias("count")).sort("_row")
        for value, row, count in first.drop_nulls(column).rows():
            if _code(component, value) not in known:
                yield Fault(
                    "unknown-code",
                    component.id,
                    value,
                    row,
                    count,
                    said("this is no code of {codelist}", codelist=component.codelist),
                    said("Correct it, or add it to the list that it belongs to."),
                )


def _code(component: Component, value: str) -> str:
    if component.column == "indicator":
        return indicator_code(value)
    return breakdown_code(value) if component.column in ("breakdown", "unit") else value


def _periods(table: pl.DataFrame) -> Iterator[Fault]:
    first = table.group_by("period").agg(pl.col("_row").min(), pl.len().alias("count")).sort("_row")
    for period, row, count in first.drop_nulls("period").rows():
        if frequency_of(period) is None:
            remedy = said("Write it as ISO 8601: 2023, 2023-S1, 2023-Q1, 2023-05, 2023-05-17 or 2007/2009.")
            yield Fault("bad-period", "TIME_PERIOD", period, row, count, said("this is no period"), remedy)


def _values(table: pl.DataFrame) -> Iterator[Fault]:
    for column, component in (("value", "OBS_VALUE"), ("lower", "LOWER_BOUND"), ("upper", "UPPER_BOUND")):
        odd = table.filter(pl.col(column).is_not_null() & ~pl.col(column).is_finite())
        if len(odd):
            remedy = said("A missing value is an empty cell with the status O, L, M or Q.")
            yield Fault(
                "not-finite",
                component,
                str(odd[column][0]),
                odd["_row"][0],
                len(odd),
                said("this is no number"),
                remedy,
            )
    with_value = [code for code, rule in statuses().items() if rule == "yes"]
    without = [code for code, rule in statuses().items() if rule == "no"]
    missing = pl.col("value").is_null()
    suppressed = pl.col("confidentiality").is_in(_SUPPRESSING)
    against = table.filter(
        (missing & pl.col("status").is_in(with_value) & ~suppressed) | (~missing & pl.col("status").is_in(without))
    )
    if len(against):
        yield Fault(
            "status-against-value",
            "OBS_STATUS",
            against["status"][0],
            against["_row"][0],
            len(against),
            said("the status says that there is a value and there is none, or the reverse"),
            said(
                "A missing value has the status O (missing), L (not collected), M (not applicable) or Q (suppressed)."
            ),
        )


def _texts(table: pl.DataFrame, structure: Structure) -> Iterator[Fault]:
    """Characters that XML has no way to write (SDMX would be unreadable)."""
    for attribute in structure.attributes:
        if attribute.codelist or attribute.type != "String" or attribute.column is None:
            continue
        odd = table.filter(pl.col(attribute.column).str.contains(_UNWRITABLE))
        if len(odd):
            remedy = said("Take out the control character.")
            text = odd[attribute.column][0]
            problem = said("this text has a control character")
            yield Fault("unwritable-character", attribute.id, text, odd["_row"][0], len(odd), problem, remedy)


def _duplicates(table: pl.DataFrame, structure: Structure) -> Iterator[Fault]:
    key = [one.column for one in structure.dimensions if one.column]
    twice = table.filter(table.select(key).is_duplicated())
    if len(twice):
        key_text = " · ".join(str(twice[column][0]) for column in key)
        remedy = said("Write one edition of one source at a time, or the current values.")
        yield Fault(
            "duplicate-key", "key", key_text, twice["_row"][0], len(twice), said("one key has two values"), remedy
        )


def _attachment(table: pl.DataFrame, structure: Structure) -> Iterator[Fault]:
    series = [one.column for one in structure.dimensions if one.column and one.role != "time"]
    key = [pl.col(column) for column in series] + [pl.col("period").str.len_chars().alias("_length")]
    for attribute in structure.attributes:
        if attribute.attachment != "series" or attribute.column is None:
            continue
        if table[attribute.column].n_unique() == 1:
            continue
        changing = (
            table.group_by(key)
            .agg(pl.col(attribute.column).n_unique().alias("kinds"), pl.col("_row").min())
            .filter(pl.col("kinds") > 1)
            .sort("_row")
        )
        if len(changing):
            yield Fault(
                "attachment",
                attribute.id,
                str(table[attribute.column][changing["_row"][0]]),
                changing["_row"][0],
                len(changing),
                said("{attribute} belongs to the whole series and changes within it", attribute=attribute.id),
                said("Convert the series to one unit, or write it as two."),
            )
