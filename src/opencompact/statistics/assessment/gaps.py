"""Gaps between groups: who stands where, and who is left behind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opencompact.statistics.assessment.series import TOTAL, Point, Presence, point, presence, year_of
from opencompact.statistics.assessment.verdicts import Direction

DIMENSIONS = ("sex", "age", "migratory_status")
CELL = ("sex", "age", "migratory_status", "origin", "breakdown")

# The pair that each dimension is asked for by name; the first is the one that is often behind.
PAIRS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "sex": (frozenset({"F"}), frozenset({"M"})),
    "age": (frozenset({"Y0T17", "Y_LT18"}), frozenset({"Y_GE18"})),
    "migratory_status": (frozenset({"MIGRANT"}), frozenset({"NONMIGRANT"})),
}


@dataclass(frozen=True)
class Group:
    """One group of a gap: its code in the dimension and its point."""

    code: str
    point: Point

    @property
    def value(self) -> float:
        return self.point.number


@dataclass(frozen=True)
class Gap:
    """Two groups of one dimension at one period. `difference` is first − second; `ratio` is None where second is zero.

    `overlap` says whether the published intervals of the two overlap; None where one of them has no interval.
    """

    dimension: str
    period: str
    first: Group
    second: Group

    @property
    def difference(self) -> float:
        return self.first.value - self.second.value

    @property
    def ratio(self) -> float | None:
        return self.first.value / self.second.value if self.second.value else None

    @property
    def overlap(self) -> bool | None:
        a, b = self.first.point, self.second.point
        if a.lower is None or a.upper is None or b.lower is None or b.upper is None:
            return None
        return a.lower <= b.upper and b.lower <= a.upper

    def behind(self, direction: Direction) -> Group | None:
        """The group that stands worse, or None where nothing says which way is better or they stand equal."""
        if direction not in (Direction.UP, Direction.DOWN) or self.difference == 0:
            return None
        return self.first if (self.difference < 0) == (direction is Direction.UP) else self.second


def gaps(rows: Iterable[Mapping[str, Any]], base: Mapping[str, str] | None = None) -> list[Gap]:
    """The gaps of one indicator and area: for each dimension its named pair at the latest period that both have.

    `base` gives the cell within which the groups are compared (the totals of every other dimension, by default), as
    `{"breakdown": "series=A"}`.
    """
    cell = dict.fromkeys(CELL, TOTAL) | dict(base or {})
    found = []
    by_dimension = _by_dimension(rows, cell)
    for dimension in DIMENSIONS:
        if gap := _gap(dimension, by_dimension.get(dimension, {})):
            found.append(gap)
    return found


def groups(rows: Iterable[Mapping[str, Any]], dimension: str, period: str) -> list[Group]:
    """Every group of a dimension that has a value in `period`, all else total; the total itself is left out."""
    cell = dict.fromkeys(CELL, TOTAL)
    return [
        Group(row[dimension], point(row))
        for row in rows
        if row["period"] == period
        and _is_known(row)
        and row[dimension] != TOTAL
        and all(row[column] == wanted for column, wanted in cell.items() if column != dimension)
    ]


def _is_known(row: Mapping[str, Any]) -> bool:
    return presence(row["value"], row.get("status") or "A") in (Presence.VALUE, Presence.ZERO)


def _by_dimension(
    rows: Iterable[Mapping[str, Any]], cell: Mapping[str, str]
) -> dict[str, dict[str, list[tuple[str, Mapping[str, Any]]]]]:
    """dimension → period → (code, row) of rows that differ from the cell in that dimension alone."""
    found: dict[str, dict[str, list[tuple[str, Mapping[str, Any]]]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        differs = [column for column in CELL if row[column] != cell[column]]
        if _is_known(row) and len(differs) == 1 and differs[0] in DIMENSIONS:
            found[differs[0]][row["period"]].append((row[differs[0]], row))
    return found


def _gap(dimension: str, periods: Mapping[str, Sequence[tuple[str, Mapping[str, Any]]]]) -> Gap | None:
    firsts, seconds = PAIRS[dimension]
    for period in sorted(periods, key=lambda each: (year_of(each), each), reverse=True):
        first = next((Group(code, point(row)) for code, row in periods[period] if code in firsts), None)
        second = next((Group(code, point(row)) for code, row in periods[period] if code in seconds), None)
        if first and second:
            return Gap(dimension, period, first, second)
    return None
