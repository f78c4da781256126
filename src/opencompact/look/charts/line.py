"""A line chart: how a few things changed over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from opencompact.look.charts.axes import Plot, draw_value_axis, draw_year_axis
from opencompact.look.charts.chart import Chart, Number, Role, Target
from opencompact.look.charts.labels import value_label
from opencompact.look.charts.scale import Scale, from_zero, spread, year_of
from opencompact.look.svg import ASCENT, Canvas, word_colour
from opencompact.look.tokens import tokens


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


def render_line(chart: LineChart, canvas: Canvas) -> float:
    """Draws the chart; gives its height."""
    labels, top = _EndLabels(chart, canvas), 14.0
    height = max(250.0 if canvas.narrow else 290.0, labels.height + 10)
    bottom = height - 30
    low, high = _value_range(chart)
    right = canvas.width - labels.width
    left, y = draw_value_axis(canvas, top, bottom, right, low, high, chart.number, count=4 if canvas.narrow else 5)
    first, last = _period_range(chart)
    x = Scale(first, last, left + 8, right - 8)
    draw_year_axis(canvas, x, first, last, bottom)
    plot = Plot(left, right, top, bottom, x, y)
    for line in chart.lines:
        _draw_bands(canvas, plot, line)
    _draw_breaks(canvas, plot, chart)
    for line in reversed(chart.lines):
        draw_series(canvas, plot, line)
    if chart.target:
        _draw_target(canvas, plot, chart, chart.target)
    labels.draw(plot)
    return height


def segments(points: Sequence[Point]) -> list[list[Point]]:
    """Runs of points that belong together: a gap or a break in the series ends one."""
    runs: list[list[Point]] = [[]]
    for point in points:
        if point.value is None or point.breaks:
            runs.append([])
        if point.value is not None:
            runs[-1].append(point)
    return [run for run in runs if run]


def draw_series(canvas: Canvas, plot: Plot, line: Line, *, width: float | None = None) -> None:
    """A line in its runs; lone points are dots, and the last value has its mark."""
    width = width or {"area": 3.0, "region": 2.0, "world": 2.0, "context": 1.5}.get(line.role, 2.5)
    dash = {"world": "5 4", "second": "8 3", "men": "8 3", "children": "3 4"}.get(line.role, "")
    runs = segments(line.points)
    sparse = sum(map(len, runs)) <= 9
    for run in runs:
        places = [(plot.x(year_of(p.period)), plot.y(p.value or 0)) for p in run]
        if len(places) > 1:
            canvas.polyline(places, stroke=line.role, width=width, dash=dash)
        if len(places) == 1 or sparse:
            for place in places:
                canvas.marker(line.role, *place, radius=3)
    if runs:
        last = runs[-1][-1]
        canvas.marker(line.role, plot.x(year_of(last.period)), plot.y(last.value or 0), radius=4.5)


def _value_range(chart: LineChart) -> tuple[float, float]:
    found = [
        value
        for line in chart.lines
        for point in line.points
        for value in (point.value, point.lower, point.upper)
        if value is not None
    ]
    if chart.target:
        found.append(chart.target.value)
    return from_zero(found, zero=chart.zero)


def _period_range(chart: LineChart) -> tuple[float, float]:
    years = [year_of(p.period) for line in chart.lines for p in line.points if p.value is not None] or [2000.0]
    first, last = min(years), max(years)
    if chart.target and chart.target.period:
        last = max(last, year_of(chart.target.period))
    return (first - 1, last + 1) if first == last else (first, last)


def _draw_bands(canvas: Canvas, plot: Plot, line: Line) -> None:
    for run in segments(line.points):
        known = [p for p in run if p.lower is not None and p.upper is not None]
        upper = [(plot.x(year_of(p.period)), plot.y(p.upper or 0)) for p in known]
        lower = [(plot.x(year_of(p.period)), plot.y(p.lower or 0)) for p in known]
        if len(known) > 1:
            canvas.polygon([*upper, *reversed(lower)], fill=tokens().bands[line.role], opacity=0.7)
        elif known:
            canvas.line(*upper[0], *lower[0], stroke=tokens().bands[line.role], width=6)


def _draw_breaks(canvas: Canvas, plot: Plot, chart: LineChart) -> None:
    """A break between two periods: a dotted line half-way."""
    for line in chart.lines:
        known = [p for p in line.points if p.value is not None]
        for before, after in pairwise(known):
            if after.breaks:
                x = (plot.x(year_of(before.period)) + plot.x(year_of(after.period))) / 2
                canvas.line(x, plot.top, x, plot.bottom, stroke="grey", dash="1 4", width=1.5)


def _draw_target(canvas: Canvas, plot: Plot, chart: LineChart, target: Target) -> None:
    """The line to reach, its words where the lines leave room: above or below it, at its start or its end."""
    y = plot.y(target.value)
    canvas.line(plot.left, y, plot.right, y, stroke="signal", width=1.5, dash="2 3")
    words = canvas.wrapped(target.label, plot.right - plot.left - 8, 2)
    width, height = max(map(canvas.measure, words)), canvas.line_height * (len(words) - 1)
    candidates = [
        (_clearance(plot, chart, x, x + width, baseline + height / 2), x, baseline)
        for baseline in (y - 6 - height, y + canvas.size + 3)
        for x in (plot.left + 6, plot.right - width - 6)
        if plot.top - 6 <= baseline - canvas.size * ASCENT and baseline + height <= plot.bottom - 2
    ]
    _room, x, baseline = max(candidates, key=lambda found: (min(found[0], 30), -found[2]))
    for line in words:
        anchor = x + width if canvas.rtl else x
        canvas.text(anchor, baseline, line, anchor="end" if canvas.rtl else "start", fill="signal", halo=True)
        baseline += canvas.line_height
    if target.period:
        canvas.marker("signal", plot.x(year_of(target.period)), y, 4.5)


def _clearance(plot: Plot, chart: LineChart, left: float, right: float, baseline: float) -> float:
    """How far the nearest point or stretch of a line is from words at that place, up or down."""
    middle, best = baseline - 5, 1000.0
    for line in chart.lines:
        places = [(plot.x(year_of(p.period)), plot.y(p.value)) for p in line.points if p.value is not None]
        for (x1, y1), (x2, y2) in pairwise(places):
            if x2 >= left - 6 and x1 <= right + 6 and x2 > x1:
                ends = [y1 + (y2 - y1) * (min(max(x, x1), x2) - x1) / (x2 - x1) for x in (left - 6, right + 6)]
                near = 0.0 if min(ends) <= middle <= max(ends) else min(abs(end - middle) for end in ends)
                best = min(best, near)
    return best


class _EndLabels:
    """Names and last values at the ends of the lines, moved apart where they would touch."""

    def __init__(self, chart: LineChart, canvas: Canvas) -> None:
        self.canvas = canvas
        self.lines = [line for line in chart.lines if any(p.value is not None for p in line.points)]
        room = canvas.width * (0.3 if canvas.narrow else 0.26)
        self.texts: list[tuple[tuple[str, ...], str]] = []
        for line in self.lines:
            last = [p.value for p in line.points if p.value is not None][-1]
            value = value_label(last, chart.number, canvas.language)
            self.texts.append((canvas.wrapped(line.name, room, 3, strong=line.role == "area"), value))
        widest = [
            max([*(canvas.measure(name, strong=True) for name in names), canvas.measure(value)])
            for names, value in self.texts
        ]
        self.width = max(widest, default=0) + 22
        self.heights = [canvas.line_height * (len(names) + 1) + 4.0 for names, _value in self.texts]
        self.height = sum(self.heights)

    def draw(self, plot: Plot) -> None:
        """Each label beside its line's end; a thin line leads to one that had to move."""
        canvas, step = self.canvas, self.canvas.line_height
        ends = [[p for p in line.points if p.value is not None][-1] for line in self.lines]
        wanted = [plot.y(point.value or 0) for point in ends]
        places = spread(wanted, self.heights, plot.top - 12, plot.bottom + 24)
        start = plot.right + 14
        for line, point, (names, value), y, at, height in zip(
            self.lines, ends, self.texts, places, wanted, self.heights, strict=True
        ):
            x = plot.x(year_of(point.period))
            if abs(y - at) > step or plot.right - x > 20:
                canvas.line(x + 7, at, start - 4, y, stroke=line.role, width=0.75)
            colour, strong = word_colour(line.role), line.role == "area"
            baseline = y - height / 2 + 2 + canvas.size * 0.95
            baseline = canvas.lines_of_text(start, baseline, names, strong=strong, fill=colour)
            canvas.text(start, baseline, value, fill=colour, strong=strong)
