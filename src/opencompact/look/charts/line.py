"""A line chart: how a few things changed over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from opencompact.look.charts.axes import Plot, draw_value_axis, draw_year_axis, value_axis_width
from opencompact.look.charts.chart import Chart, Number, Role, Target
from opencompact.look.charts.labels import value_label
from opencompact.look.charts.scale import Scale, from_zero, spread, year_of
from opencompact.look.svg import ASCENT, Canvas, word_colour
from opencompact.look.tokens import tokens

Box: TypeAlias = tuple[float, float, float, float]  # left, top, right, bottom

_APART = 26.0  # px between the end of a line and the names beside it, with their margin


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
    bottom = max(_height(chart, canvas), labels.height + 40) - 30
    low, high = _value_range(chart)
    count = 4 if canvas.narrow else 5
    first, last = _period_range(chart)
    left = value_axis_width(canvas, low, high, chart.number, count)
    right = _right(canvas, labels, left, (labels.last_year - first) / (last - first))
    _left, y = draw_value_axis(canvas, top, bottom, right, low, high, chart.number, count=count)
    x = Scale(first, last, left + 8, right - 8)
    draw_year_axis(canvas, x, first, last, bottom)
    plot = Plot(left, right, top, bottom, x, y)
    labels.place(plot, chart.target)
    for line in chart.lines:
        _draw_bands(canvas, plot, line)
    _draw_breaks(canvas, plot, chart)
    for line in reversed(chart.lines):
        draw_series(canvas, plot, line)
    if chart.target:
        _draw_target(canvas, plot, chart, chart.target, labels.boxes)
    labels.draw(plot)
    return bottom + 30


def _height(chart: LineChart, canvas: Canvas) -> float:
    """Two values need less of a picture than a series."""
    periods = {point.period for line in chart.lines for point in line.points if point.value is not None}
    if len(periods) <= 2:
        return 190.0
    return 250.0 if canvas.narrow else 290.0


def _right(canvas: Canvas, labels: _EndLabels, left: float, share: float) -> float:
    """Where the plot ends: names stand right at the ends of their lines, within the plot where a target lies beyond them."""
    room = canvas.width - labels.width - left - 8
    return min(canvas.width - 10, left + 16 + (room - 8) / share)


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
        found += _beyond(chart.target.value, found)
    return from_zero(found, zero=chart.zero)


def _beyond(target: float, values: Sequence[float]) -> tuple[float, ...]:
    """The target, and a little more where it would lie on the foot of the picture: a line to reach is not the axis."""
    least, most = min(values, default=target), max(values, default=target)
    below = target - 0.1 * (most - target)
    return (target, max(0.0, below)) if 0 < target <= least else (target,)


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


def _draw_target(canvas: Canvas, plot: Plot, chart: LineChart, target: Target, taken: Sequence[Box]) -> None:
    """The line to reach, its words where lines and names leave room: above or below it, at its start or its end."""
    y = plot.y(target.value)
    canvas.line(plot.left, y, plot.right, y, stroke="signal", width=1.5, dash="2 3")
    room = plot.right - plot.left - 8
    # Words that are as wide as the plot may find every place taken: then in more lines, beside the names.
    whole = min(room, canvas.measure(target.label))
    wraps = (
        canvas.wrapped(target.label, width, rows) for width, rows in ((room, 2), (whole / 1.5, 3), (whole / 2.5, 4))
    )
    found = [place for words in wraps for place in _places(canvas, plot, chart, y, words, taken)]
    free = [place for place in found if place[0] > 0]
    lines = min((len(place[3]) for place in free), default=0)
    fitting = [place for place in free if len(place[3]) == lines] or found
    _free, x, baseline, words = max(fitting, key=lambda place: (min(place[0], 30), -place[2]))
    width = max(map(canvas.measure, words))
    for line in words:
        anchor = x + width if canvas.rtl else x
        canvas.text(anchor, baseline, line, anchor="end" if canvas.rtl else "start", fill="signal", halo=True)
        baseline += canvas.line_height
    if target.period:
        canvas.marker("signal", plot.x(year_of(target.period)), y, 4.5)


def _places(
    canvas: Canvas, plot: Plot, chart: LineChart, y: float, words: Sequence[str], taken: Sequence[Box]
) -> list[tuple[float, float, float, Sequence[str]]]:
    """Where the words of a line to reach may stand: how much room they have there, their start and first baseline."""
    width, height = max(map(canvas.measure, words)), canvas.line_height * (len(words) - 1)
    return [
        (
            min(_clearance(plot, chart, x, x + width, baseline + height / 2), _room(x, x + width, box, taken)),
            x,
            baseline,
            words,
        )
        for baseline in (y - 6 - height, y + canvas.size + 3)
        for x in (plot.left + 6, plot.right - width - 6)
        for box in [(baseline - canvas.size, baseline + height + 4)]
        if plot.top - 6 <= baseline - canvas.size * ASCENT and baseline + height <= plot.bottom - 2
    ]


def _room(left: float, right: float, rows: tuple[float, float], taken: Sequence[Box]) -> float:
    """How far from words between two heights the nearest box beside them is; 0 where one touches."""
    best = 1000.0
    for box in taken:
        if box[0] < right + 4 and box[2] > left - 4:
            best = min(best, max(0.0, box[1] - rows[1], rows[0] - box[3]))
    return best


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
        self.ends = [[p for p in line.points if p.value is not None][-1] for line in self.lines]
        self.last_year = max((year_of(point.period) for point in self.ends), default=_period_range(chart)[1])
        room = canvas.width * (0.3 if canvas.narrow else 0.26)
        self.texts: list[tuple[tuple[str, ...], str]] = []
        for line, end in zip(self.lines, self.ends, strict=True):
            value = value_label(end.value or 0, chart.number, canvas.language)
            self.texts.append((canvas.wrapped(line.name, room, 3, strong=line.role == "area"), value))
        self.widths = [
            max([*(canvas.measure(name, strong=True) for name in names), canvas.measure(value, strong=True)])
            for names, value in self.texts
        ]
        self.width = max(self.widths, default=0) + _APART
        self.heights = [canvas.line_height * (len(names) + 1) + 4.0 for names, _value in self.texts]
        self.height = sum(self.heights)
        self.start = 0.0
        self.boxes: list[Box] = []

    def place(self, plot: Plot, target: Target | None) -> None:
        """Where each stands: beside its line's end, on the side of the target that its end is on, if there is room."""
        end = plot.x(self.last_year)
        within = end + 22 < plot.right
        self.start = end + (14 if within else 22)
        wanted = [plot.y(point.value or 0) for point in self.ends]
        bounds = (plot.top - 12, plot.bottom - 2 if within else plot.bottom + 24)
        places = _beside(wanted, self.heights, bounds, plot.y(target.value) if target else None)
        self.boxes = [
            (self.start, y - height / 2, self.start + width, y + height / 2)
            for y, height, width in zip(places, self.heights, self.widths, strict=True)
        ]

    def draw(self, plot: Plot) -> None:
        """Each label at its place; fine dots in grey lead to one that does not stand beside its end."""
        canvas = self.canvas
        for line, point, (names, value), box in zip(self.lines, self.ends, self.texts, self.boxes, strict=True):
            middle = (box[1] + box[3]) / 2
            self._lead(plot.x(year_of(point.period)) + 8, plot.y(point.value or 0), middle)
            colour, strong = word_colour(line.role), line.role == "area"
            baseline = box[1] + 2 + canvas.size * 0.95
            baseline = canvas.lines_of_text(self.start, baseline, names, strong=strong, fill=colour, halo=True)
            canvas.text(self.start, baseline, value, fill=colour, strong=strong, halo=True)

    def _lead(self, x: float, y: float, middle: float) -> None:
        """Never in the line's own colour nor on its way: nobody shall take it for what comes next."""
        if abs(middle - y) <= self.canvas.line_height and self.start - x <= 20:
            return
        bend = max(x, self.start - 12)
        if bend > x:
            self.canvas.line(x, y, bend, y, stroke="mark", dash="1 4")
        self.canvas.line(bend, y, self.start - 3, middle, stroke="mark", dash="1 4")


def _beside(
    wanted: list[float], heights: list[float], bounds: tuple[float, float], target: float | None
) -> list[float]:
    """The middles of labels: near the ends of their lines, those above the target's line above it, where all have room so."""
    top, bottom = bounds
    if target is None:
        return spread(wanted, heights, top, bottom)
    found = [0.0] * len(wanted)
    for low, high, chosen in (
        (top, target - 2, [index for index, y in enumerate(wanted) if y <= target]),
        (target + 2, bottom, [index for index, y in enumerate(wanted) if y > target]),
    ):
        tall = [heights[index] for index in chosen]
        if sum(tall) > high - low:
            return spread(wanted, heights, top, bottom)
        for index, y in zip(chosen, spread([wanted[index] for index in chosen], tall, low, high), strict=True):
            found[index] = y
    return found
