"""A coverage picture: what there is by year or by breakdown, one square a cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from opencompact.look.charts.chart import Chart

State: TypeAlias = Literal["full", "part", "none", "not-asked"]


@dataclass(frozen=True)
class CoverageRow:
    """A row of squares; a row with no cells is the heading of a group."""

    label: str
    cells: tuple[State, ...] = ()


@dataclass(frozen=True)
class CoverageMatrix(Chart):
    """Rows by columns of states; a full square, a half one, an empty one with a cross, a dot: told apart without colour."""

    columns: tuple[str, ...]
    rows: tuple[CoverageRow, ...]
    states: tuple[tuple[State, str], ...]
