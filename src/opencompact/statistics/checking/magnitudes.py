"""Rules about sizes: impossible percentages and counts, slips of a decimal place, bounds, years copied forward."""

from __future__ import annotations

import math
import re
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import polars as pl

from opencompact.language import counted, said
from opencompact.statistics.checking.findings import Severity
from opencompact.statistics.checking.keys import is_count, is_percent
from opencompact.statistics.checking.table import TidyTable
from opencompact.statistics.rates import base_of
from opencompact.tables import ROW

_SLIPS = (10.0, 100.0, 1000.0)


def check_ranges(table: TidyTable, numbers: pl.DataFrame) -> None:
    """A percentage lies between 0 and 100, a count is a whole number and not negative, an interval holds its value."""
    units = numbers["unit"].unique().to_list()
    percents, wholes = ([unit for unit in units if test(unit)] for test in (is_percent, is_count))
    odd = numbers.filter(
        (pl.col("unit").is_in(percents) & ~pl.col("number").is_between(0, 100))
        | (pl.col("unit").is_in(wholes) & ((pl.col("number") < 0) | (pl.col("number") != pl.col("number").floor())))
    )
    for row, number, unit, text in odd.select(ROW, "number", "unit", "value").iter_rows():
        fault = _fault(number, unit, text)
        if fault is not None:
            table.find(
                fault.rule, fault.severity, fault.message, fault.remedy, row=row, column="value", value=fault.value
            )
    _rates(table, numbers)
    _fractions(table, numbers)
    _intervals(table, numbers)


def _rates(table: TidyTable, numbers: pl.DataFrame) -> None:
    """A rate is at most its own base: more than one for each is a number in another unit."""
    bases = {unit: base for unit in numbers["unit"].unique() if (base := base_of(unit)) is not None}
    for unit, base in sorted(bases.items()):
        above = numbers.filter((pl.col("unit") == unit) & (pl.col("number") > base))
        for row, number in above.select(ROW, "number").iter_rows():
            table.find(
                "rate-above-its-base",
                "warning",
                said(
                    "{value:,.12g} {unit} would be more than one for each: a number in place of a rate?",
                    value=number,
                    unit=unit,
                ),
                "Check the value and its unit.",
                row=row,
                column="value",
                value=f"{number:.15g}",
            )


class _Fault(NamedTuple):
    """What is wrong with a number, said for a person; `value` is the number as the finding shows it."""

    rule: str
    severity: Severity
    message: str
    remedy: str
    value: str


def _fault(number: float, unit: str, text: str) -> _Fault | None:
    """What is wrong with a number of that unit, as it was written; None where nothing is."""
    shown = f"{number:.15g}"
    if is_percent(unit) and not 0 <= number <= 100:
        message, remedy = said("A percentage lies between 0 and 100."), said("Check the value and its unit.")
        return _Fault("percentage-impossible", "error", message, remedy, shown)
    if not is_count(unit):
        return None
    if number < 0:
        message = said("A number of {unit} cannot be negative.", unit=unit)
        return _Fault(
            "count-negative", "error", message, said("Check the value; a change is another indicator."), shown
        )
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        message = said("A number of {unit} has three decimals: a point that separates thousands?", unit=unit)
        remedy = said("Write {whole} if it is meant, else round it.", whole=text.replace(".", ""))
        return _Fault("point-for-thousands", "error", message, remedy, text)
    if number != math.floor(number):
        message = said("A number of {unit} is given with decimals.", unit=unit)
        return _Fault("count-not-whole", "warning", message, said("Round it, or check the unit (thousands?)."), shown)
    return None


def _intervals(table: TidyTable, numbers: pl.DataFrame) -> None:
    """An interval holds its value."""
    for low, high in (("lower", "number"), ("number", "upper"), ("lower", "upper")):
        if low not in numbers.columns or high not in numbers.columns:
            continue
        for row, a, b in numbers.filter(pl.col(low) > pl.col(high)).select(ROW, low, high).iter_rows():
            table.find(
                "interval",
                "error",
                said("The interval does not hold its value: {a:,.12g} is above {b:,.12g}.", a=a, b=b),
                "Check the bounds.",
                row=row,
                column=low if low != "number" else "value",
                value=f"{a:.15g}",
            )


def _fractions(table: TidyTable, numbers: pl.DataFrame) -> None:
    """Percentages all between 0 and 1 are almost always fractions."""
    shares = numbers.filter(pl.col("unit").is_in([unit for unit in numbers["unit"].unique() if is_percent(unit)]))
    for (indicator,), group in shares.group_by("indicator"):
        values = group["number"].to_list()
        if len(values) >= 3 and all(0 <= value <= 1 for value in values) and any(0 < value < 1 for value in values):
            table.find(
                "fraction-for-percent",
                "warning",
                said(
                    "All values of {indicator} lie between 0 and 1: fractions given as percentages?",
                    indicator=indicator,
                ),
                "Multiply by 100 if they are fractions.",
                row=group[ROW].to_list()[0],
                column="value",
                value=f"{values[0]:.15g}",
            )


def check_slips(table: TidyTable, numbers: pl.DataFrame) -> None:
    """A value ten, a hundred or a thousand times its neighbours in time, or a tenth of them, is probably a slip.

    A year in which every series of an indicator slips is told once, as what it probably is: another unit.
    """
    key = [name for name in table.key if name in numbers.columns and name != "period"]
    slips: dict[tuple[str, str, float], list[tuple[int, float, float]]] = {}
    counted: dict[tuple[str, str], int] = {}
    filled = numbers.with_columns(pl.col(name).fill_null("_T") for name in key).sort("period")
    for indicator, period, number in filled.group_by("indicator", "period").len().iter_rows():
        counted[(str(indicator), period)] = number
    told = ["_rows", "_periods", "_numbers", "_indicators"]
    lists = [
        pl.col(name).alias(alias) for name, alias in zip((ROW, "period", "number", "indicator"), told, strict=True)
    ]
    for columns in filled.group_by(key, maintain_order=True).agg(lists).select(told).iter_rows():
        points: list[Point] = list(zip(*columns, strict=True))
        for (row, period, number, indicator), usual, factor in _slipped(points):
            slips.setdefault((str(indicator), period, factor), []).append((row, number, _rounded(usual)))
    for (indicator, period, factor), found in sorted(slips.items()):
        times = said("{factor:g} times", factor=factor) if factor > 1 else said("1/{part:g} of", part=1 / factor)
        together = len(found) > 1 and len(found) == counted[(indicator, period)]
        for row, number, usual in found:
            table.find(
                "unit-slip" if together else "decimal-slip",
                "warning",
                said(
                    "The value is about {times} its neighbours (about {usual:,.12g}), and so are all the others of {indicator} "
                    "in {period}: another unit in that period?",
                    times=times,
                    usual=usual,
                    indicator=indicator,
                    period=period,
                )
                if together
                else said(
                    "The value is about {times} its neighbours (about {usual:,.12g}): a slip of a decimal place?",
                    times=times,
                    usual=usual,
                ),
                "Check the value and its unit.",
                row=row,
                column="value",
                value=f"{number:.15g}",
            )


def _rounded(number: float) -> float:
    """Three significant figures: what is "about" so much is not told to the last digit, nor as a power of ten."""
    return float(f"{number:.3g}")


Point = tuple[int, str, float, str]


def _slipped(points: list[Point]) -> list[tuple[Point, float, float]]:
    """(point, usual value, factor) of the points that stand a power of ten off their neighbours."""
    found = []
    for index, point in enumerate(points):
        around = [
            abs(points[i][2])
            for i in range(max(0, index - 2), min(len(points), index + 3))
            if i != index and points[i][2]
        ]
        if len(around) < 2 or not point[2]:
            continue
        usual = median(around)
        # Neighbours must agree among themselves, or nothing can be said.
        if max(around) > 3 * min(around):
            continue
        ratio = abs(point[2]) / usual
        for factor in _SLIPS:
            if factor / 1.6 <= ratio <= factor * 1.6:
                found.append((point, usual, factor))
            elif 1 / factor / 1.6 <= ratio <= 1 / factor * 1.6:
                found.append((point, usual, 1 / factor))
    return found


def check_copies(table: TidyTable, numbers: pl.DataFrame) -> None:
    """A period whose every value equals the period before is probably copied forward."""
    key = [name for name in table.key if name in numbers.columns and name != "period"]
    filled = numbers.with_columns(pl.col(name).fill_null("_T") for name in key)
    for (indicator,), group in filled.group_by("indicator", maintain_order=True):
        periods = group["period"].drop_nulls().unique().sort().to_list()
        for before, after in pairwise(periods):
            pairs = group.filter(pl.col("period") == after).join(
                group.filter(pl.col("period") == before), on=key, how="inner"
            )
            if (
                pairs.height >= 4
                and pairs["number"].n_unique() > 2
                and (pairs["number"] == pairs["number_right"]).all()
            ):
                table.find(
                    "copied-period",
                    "warning",
                    said(
                        "Every value of {indicator} in {after} equals that of {before}.",
                        indicator=indicator,
                        after=after,
                        before=before,
                    ),
                    "Check that the year was not copied forward.",
                    row=pairs[ROW].to_list()[0],
                    column="period",
                    value=after,
                )


def check_small_counts(table: TidyTable, numbers: pl.DataFrame) -> None:
    """Counts of one to four people in a fine cell may let someone be recognised."""
    fine = [name for name in ("sex", "age", "migratory_status", "origin") if name in numbers.columns]
    if not fine:
        return
    detailed = sum((pl.col(name).fill_null("_T") != "_T").cast(pl.Int32) for name in fine) >= 2
    small = numbers.filter((pl.col("number") > 0) & (pl.col("number") < 5) & detailed)
    small = small.filter(pl.col("unit").is_in(["persons", "people"]))
    if small.height:
        row, number = small.select(ROW, "number").row(0)
        table.find(
            "small-count",
            "warning",
            counted(
                "{n:,} cell counts one to four people by two characteristics or more.",
                "{n:,} cells count one to four people by two characteristics or more.",
                small.height,
            ),
            "Check whether the table went through disclosure control before you publish it.",
            row=row,
            column="value",
            value=f"{number:.15g}",
        )
