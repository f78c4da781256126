"""A line chart: how a few things changed over time."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Number, Role, Target


@dataclass(frozen=True)
class Point:
    """A value at an ISO 8601 period, with the ends of its interval; None is a gap. `breaks`: not comparable with what is before."""

    period: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    breaks: bool = False


@dataclass(frozen=True)
class Line:
    """A series with the name that stands at its end."""

    name: str
    points: tuple[Point, ...]
    role: Role = "area"


@dataclass(frozen=True)
class LineChart(Chart):
    """At most one idea: a line or a few, region and world in grey beside the area.

    The value axis starts at zero where `zero` is true or where that costs little; it says so by its labels. Intervals are
    soft bands, a break in a series is a break in its line, an isolated point a dot.
    """

    lines: tuple[Line, ...]
    number: Number = field(default_factory=Number)
    target: Target | None = None
    zero: bool = False
