"""A spark: the shape of a trend, the size of a word."""

from __future__ import annotations

from dataclasses import dataclass

from opencompact.look.charts.chart import Chart, Role
from opencompact.look.charts.line import Point, segments
from opencompact.look.charts.scale import Scale, year_of
from opencompact.look.svg import Canvas


@dataclass(frozen=True)
class Spark(Chart):
    """A line without axes; its last value is a dot."""

    points: tuple[Point, ...]
    role: Role = "area"


def render_spark(chart: Spark, canvas: Canvas) -> float:
    """Draws the spark; gives its height."""
    height = 36.0
    known = [point for point in chart.points if point.value is not None]
    if not known:
        canvas.rect(0, 8, canvas.width, 20, fill=canvas.pattern("missing"))
        return height
    values = [point.value or 0 for point in known]
    years = [year_of(point.period) for point in known]
    low, high = min(values), max(values)
    x = Scale(min(years), max(years) if max(years) > min(years) else min(years) + 1, 5, canvas.width - 6)
    y = Scale(low, high if high > low else low + 1, height - 6, 6)
    for run in segments(chart.points):
        places = [(x(year_of(point.period)), y(point.value or 0)) for point in run]
        if len(places) > 1:
            canvas.polyline(places, stroke=chart.role, width=2)
    canvas.marker(chart.role, x(years[-1]), y(values[-1]), 4)
    return height
