"""Columns by month or year, in parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Key, NoValue, Number


@dataclass(frozen=True)
class ColumnBar:
    """A period and the values of its parts, in the order of the chart's keys. `partial`: the period is not over, or not all in."""

    period: str
    values: tuple[float | None, ...]
    partial: bool = False
    absence: NoValue = "missing"


@dataclass(frozen=True)
class ColumnChart(Chart):
    """Columns from zero, parts stacked in the order of `keys`; a period without data is hatched, a partial one dotted at its top."""

    columns: tuple[ColumnBar, ...]
    keys: tuple[Key, ...]
    number: Number = field(default_factory=Number)
    partial_label: str = ""
