"""Which value of an indicator is told of an area: one rule for every page of a review and for the service."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.statistics.assessment import TOTAL, Point, known, series, silent, whole, year_of, yearly
from opencompact.statistics.assessment.series import UNRELIABLE
from opencompact.statistics.rates import above_base

Cell = tuple[str, str, str, str]  # sex, age, migratory status, breakdown
Row = Mapping[str, Any]
FORECAST = "F"
# Of these a newest value that is a small part of the one before is of an edition that is not complete: sums of money over whoever reports.
MONEY = frozenset({"remittances.received", "remittances.sent"})
SUDDEN = 0.2  # of the value before
LARGE = 1000  # below, a fall to a fifth is nothing strange
EVEN = 0.8  # of the members that stood behind the sum before
_SUM_OVER = re.compile(r"computed: sum over (\d+) (?:of \d+ )?areas")


def told(indicator: str, rows: Iterable[Row]) -> Point | None:
    """The value of an indicator that is told of an area: the newest that is known, of a period that is over where there is one.

    rows: those of the area and the indicator, of any cell; projections and rows of a counterpart are left aside. A zero that may
    be silence is told only where nothing else is known.
    """
    own = [row for row in rows if row["origin"] == TOTAL and row["status"] != FORECAST]
    cells = by_cell(own)
    if not cells:
        return None
    points = yearly(course(indicator, cells[headline(indicator, cells)]))
    for some in (whole(points), points):
        if have := known(some):
            return have[-1]
    return next(iter(reversed(silent(points))), None)


def cell_of(row: Row) -> Cell:
    """What a row counts."""
    return row["sex"], row["age"], row["migratory_status"], row["breakdown"]


def by_cell(rows: Iterable[Row]) -> dict[Cell, list[Row]]:
    """Rows by what they count, without rates above their own base."""
    found: dict[Cell, list[Row]] = {}
    for row in rows:
        if not above_base(row["value"], row["unit"]):
            found.setdefault(cell_of(row), []).append(row)
    return found


def headline(indicator: str, cells: Mapping[Cell, Sequence[Row]]) -> Cell:
    """The cell that stands for the indicator: the total, else the one with the newest and most values."""
    ranked = []
    for cell, rows in cells.items():
        held = [row for row in rows if row["value"] is not None]
        periods = [row["period"] for row in held if row["value"] or row["status"] != UNRELIABLE]
        periods = periods or [row["period"] for row in held]
        if periods:
            broken = sum(code != TOTAL for code in cell) + cell[-1].count(";")
            newest = -year_of(max(periods, key=year_of))
            ranked.append((broken, _preference(indicator, cell[-1]), newest, -len(periods), cell))
    return min(ranked)[-1] if ranked else (TOTAL,) * 4


@cache
def _headlines() -> Mapping[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("headlines.toml").read_text("utf-8"))


def _preference(indicator: str, breakdown: str) -> int:
    """The place of a breakdown's series among those that may stand for the indicator."""
    wanted = _headlines().get(indicator, [])
    return next((place for place, name in enumerate(wanted) if name in breakdown), len(wanted))


def course(indicator: str, rows: Iterable[Row]) -> tuple[Point, ...]:
    """The points of one cell, oldest first, without sums that are not complete."""
    points = series(_evenly_summed(rows))
    return without_fall(points) if indicator in MONEY else points


def incomplete(indicator: str, rows: Iterable[Row]) -> Point | None:
    """The newest value of a cell that is left out because its edition is not complete; None where none is."""
    have = known(series(_evenly_summed(rows)))
    return have[-1] if indicator in MONEY and fell(have) else None


def without_fall(points: Sequence[Point]) -> tuple[Point, ...]:
    """The points up to a newest value that is a small part of the one before: such an edition is not complete."""
    have = known(points)
    return tuple(each for each in points if each.year < have[-1].year) if fell(have) else tuple(points)


def fell(points: Sequence[Point]) -> bool:
    """Whether the newest value is a small part of the one before, as where an edition is not complete."""
    large = len(points) > 1 and points[-2].number >= LARGE
    return large and 0 <= points[-1].number < points[-2].number * SUDDEN


def _evenly_summed(rows: Iterable[Row]) -> list[Row]:
    """The rows without sums over suddenly fewer members than before: such a fall is one of reporting, not of people."""
    kept, before = [], 0
    for row in sorted(rows, key=lambda row: (year_of(row["period"]), row["period"])):
        found = _SUM_OVER.match(row["note"] or "")
        members = int(found[1]) if found else 0
        if members < before * EVEN:
            continue
        kept.append(row)
        before = members or before
    return kept
