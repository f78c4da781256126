"""A dot plot: the gap between groups, row by row."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Key, Number, Role
from opencompact.look.charts.labels import absence_label, legend, tick_labels, value_label
from opencompact.look.charts.scale import Scale, from_zero, ticks
from opencompact.look.svg import Canvas
from opencompact.look.tokens import tokens


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


def render_dots(chart: DotPlot, canvas: Canvas) -> float:
    """Draws the chart; gives its height."""
    top = legend(canvas, 0, chart.keys)
    room = canvas.width if canvas.narrow else canvas.width * 0.3
    labels = [canvas.wrapped(row.label, room, 2) for row in chart.rows]
    start = 0.0 if canvas.narrow else max((canvas.measure(t) for lines in labels for t in lines), default=0) + 16
    gaps = [canvas.measure(text, strong=True) for text in (chart.gap_title, *(row.gap for row in chart.rows))]
    gap_room = min(max(gaps, default=0) + 16 if any(gaps) else 0, canvas.width * 0.3)
    if chart.gap_title:
        title = canvas.wrapped(chart.gap_title, gap_room - 8, 2)
        top = canvas.lines_of_text(canvas.width, top + canvas.size, title, anchor="end", fill="quiet") - 6
    scale, marks = _scale(chart, canvas, start, canvas.width - gap_room)
    height = _row_height(canvas, labels)
    bottom = top + height * len(chart.rows)
    for value, text in zip(marks, tick_labels(marks, chart.number, canvas.language), strict=True):
        canvas.text(scale(value), bottom + canvas.size + 4, text, anchor="middle", fill="quiet")
    for row, lines in zip(chart.rows, labels, strict=True):
        _draw_row(canvas, chart, row, lines, top, height, scale, marks)
        top += height
    return bottom + canvas.line_height + 8


def _row_height(canvas: Canvas, labels: list[tuple[str, ...]]) -> float:
    tallest = max((len(lines) for lines in labels), default=1) * canvas.line_height
    return tallest + 40 if canvas.narrow else max(44.0, tallest + 12)


def _scale(chart: DotPlot, canvas: Canvas, start: float, end: float) -> tuple[Scale, tuple[float, ...]]:
    values = [v for row in chart.rows for dot in row.dots for v in (dot.value, dot.lower, dot.upper) if v is not None]
    low, high = from_zero(values, zero=chart.zero)
    room = max((canvas.measure(value_label(v, chart.number, canvas.language)) for v in values), default=0)
    for count in range(3 if canvas.narrow else 5, 0, -1):
        marks = ticks(low, high, count, whole=chart.number.whole)
        half = max(canvas.measure(text) for text in tick_labels(marks, chart.number, canvas.language)) / 2
        scale = Scale(marks[0], marks[-1], start + max(half, room + 14), end - max(half, room + 14))
        if scale(marks[1]) - scale(marks[0]) > 2 * half + 6:
            break  # the words under the marks stand clear of each other
    return scale, marks


def _draw_row(
    canvas: Canvas,
    chart: DotPlot,
    row: DotRow,
    lines: tuple[str, ...],
    top: float,
    height: float,
    scale: Scale,
    marks: tuple[float, ...],
) -> None:
    """A row: its label, the gap as a thick pale line, its dots with the outer values beside them."""
    begin = top
    if canvas.narrow:
        middle = canvas.lines_of_text(0, top + canvas.size + 2, lines) + 2
        begin = middle - canvas.line_height + 4
    else:
        middle = top + height / 2
        canvas.lines_of_text(0, middle - canvas.line_height * len(lines) / 2 + canvas.size * 0.92, lines)
    baseline = middle + canvas.size * 0.35
    known = [(dot.value, dot) for dot in row.dots if dot.value is not None]
    values = _outer_values(canvas, chart, known, scale)
    _draw_marks(canvas, scale, marks, (begin, top + height), middle, values)
    if not known:
        canvas.rect(scale.start, middle - 7, 40, 14, fill=canvas.pattern("missing"))
        canvas.text(scale.start + 48, baseline, absence_label("missing", canvas.language), fill="quiet", halo=True)
        return
    places = [scale(value) for value, _dot in known]
    if len(known) > 1:
        canvas.line(min(places), middle, max(places), middle, stroke="rule", width=6)
    for (value, dot), aside in zip(known, _asides(places), strict=True):
        y = middle + aside
        if dot.lower is not None and dot.upper is not None:
            canvas.line(scale(dot.lower), y, scale(dot.upper), y, stroke=tokens().roles[dot.role], width=1.5)
        canvas.marker(dot.role, scale(value), y, 6)
    for x, words in values:
        canvas.text(x, baseline, words, fill="quiet", halo=True)
    if row.gap:
        canvas.text(canvas.width, baseline, row.gap, anchor="end", strong=True)


def _draw_marks(
    canvas: Canvas,
    scale: Scale,
    marks: tuple[float, ...],
    reach: tuple[float, float],
    middle: float,
    values: list[tuple[float, str]],
) -> None:
    """The lines of the axis in one row, with a gap where a value is written."""
    for mark in marks:
        x, stroke = scale(mark), "grey" if mark == 0 else "rule"
        crossed = any(start - 3 < x < start + canvas.measure(words) + 3 for start, words in values)
        half = canvas.size * 0.62
        stretches = [(reach[0], middle - half), (middle + half, reach[1])] if crossed else [reach]
        for first, last in stretches:
            if last > first:
                canvas.line(x, first, x, last, stroke=stroke)


def _asides(places: list[float]) -> list[float]:
    """How far each dot of a row stands above or below its line: those that would hide one another go apart."""
    found = [0.0] * len(places)
    order = sorted(range(len(places)), key=lambda index: places[index])
    group: list[int] = []
    for index in [*order, -1]:
        if group and (index < 0 or places[index] - places[group[-1]] > 9):
            for rank, member in enumerate(sorted(group)):
                found[member] = (rank - (len(group) - 1) / 2) * 12.5
            group = []
        group.append(index)
    return found


def _outer_values(
    canvas: Canvas, chart: DotPlot, known: list[tuple[float, Dot]], scale: Scale
) -> list[tuple[float, str]]:
    """Where which words stand: the largest value after its dot, the smallest before its own; the scale leaves room for both."""
    if not known:
        return []
    largest = max(value for value, _dot in known)
    words = value_label(largest, chart.number, canvas.language)
    found = [(scale(max(max(dot.upper or value, value) for value, dot in known)) + 11, words)]
    smallest = min(known, key=lambda pair: pair[0])
    words = value_label(smallest[0], chart.number, canvas.language)
    x = scale(min(smallest[1].lower or smallest[0], smallest[0])) - 11 - canvas.measure(words)
    if len(known) > 1:
        found.append((x, words))
    return found
