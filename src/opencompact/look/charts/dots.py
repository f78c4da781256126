"""A dot plot: the gap between groups, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Key, Number, Role


@dataclass(frozen=True)
class Dot:
    """One group's value on a row, with the ends of its interval."""

    role: Role
    value: float | None
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True)
class DotRow:
    """A row: what is compared, its dots, and the gap in words ("12 points")."""

    label: str
    dots: tuple[Dot, ...]
    gap: str = ""


@dataclass(frozen=True)
class DotPlot(Chart):
    """Rows of dots joined by the gap between them; `keys` name the roles."""

    rows: tuple[DotRow, ...]
    keys: tuple[Key, ...]
    number: Number = field(default_factory=Number)
    gap_title: str = ""
    zero: bool = False
