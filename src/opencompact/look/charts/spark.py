"""A spark: the shape of a trend, the size of a word."""

from __future__ import annotations

from dataclasses import dataclass

from opencompact.look.charts.chart import Chart, Role
from opencompact.look.charts.line import Point


@dataclass(frozen=True)
class Spark(Chart):
    """A line without axes; its last value is a dot."""

    points: tuple[Point, ...]
    role: Role = "area"
