"""Ranked bars, with the change since an earlier year."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Key, NoValue, Number, Role, Target
from opencompact.look.charts.labels import absence_label, legend, value_label
from opencompact.look.charts.scale import Scale
from opencompact.look.svg import Anchor, Canvas


@dataclass(frozen=True)
class Bar:
    """A bar: `earlier` is marked on it as a tick, `change` is words beside it ("+23%"); `absence` says why there is no value."""

    label: str
    value: float | None
    role: Role = "area"
    earlier: float | None = None
    change: str = ""
    absence: NoValue = "missing"
    note: str = ""


@dataclass(frozen=True)
class BarChart(Chart):
    """Bars from zero, in the order given (ranked by who makes it). `change_title` heads the column of changes, `earlier_label`
    names the tick ("2000"); each target is a line across ("3%"), its words above it."""

    bars: tuple[Bar, ...]
    number: Number = field(default_factory=Number)
    change_title: str = ""
    earlier_label: str = ""
    targets: tuple[Target, ...] = ()
    keys: tuple[Key, ...] = ()


def render_bars(chart: BarChart, canvas: Canvas) -> float:
    """Draws the chart; gives its height."""
    extra = [("tick", chart.earlier_label)] if chart.earlier_label else []
    top = legend(canvas, 0, chart.keys, marks="swatch", extra=extra)
    labels = _label_lines(chart, canvas)
    start = 0.0 if canvas.narrow else max((canvas.measure(t) for lines in labels for t in lines), default=0) + 14
    changes = [canvas.measure(text, strong=True) for text in (chart.change_title, *(b.change for b in chart.bars))]
    change_room = min(max(changes, default=0) + 18 if any(changes) else 0, canvas.width * 0.28)
    scale = _scale(chart, canvas, start, canvas.width - change_room)
    if chart.change_title:
        title = canvas.wrapped(chart.change_title, max(change_room - 6, 40), 2)
        top = canvas.lines_of_text(canvas.width, top + canvas.size, title, anchor="end", fill="quiet") - 8
    for target in chart.targets:
        words = canvas.wrapped(target.label, canvas.width - 4, 2)
        half = max(map(canvas.measure, words)) / 2
        x = min(max(scale(target.value), half), canvas.width - half)
        top = canvas.lines_of_text(x, top + canvas.size, words, anchor="middle", fill="signal") - canvas.size + 8
    for bar, lines in zip(chart.bars, labels, strict=True):
        top = _draw_bar(canvas, chart, bar, lines, top, scale, canvas.width - change_room)
    return top


def _label_lines(chart: BarChart, canvas: Canvas) -> list[tuple[str, ...]]:
    room = canvas.width - (70 if chart.change_title else 0) if canvas.narrow else canvas.width * 0.32
    return [canvas.wrapped(bar.label, room, 2) for bar in chart.bars]


def _scale(chart: BarChart, canvas: Canvas, start: float, end: float) -> Scale:
    """From the smallest of values and zero to the largest, with room for the numbers at the bars' ends."""
    values = [v for bar in chart.bars for v in (bar.value, bar.earlier) if v is not None]
    values += [target.value for target in chart.targets]
    low, high = min([0.0, *values]), max([0.0, *values])
    if low == high:
        high = 1.0
    words = [value_label(bar.value, chart.number, canvas.language) for bar in chart.bars if bar.value is not None]
    room = max((canvas.measure(text, strong=True) for text in words), default=0) + 12
    return Scale(low, high, start + (room if low < 0 else 0), end - (room if high > 0 else 0))


_THICK = 18.0


def _draw_bar(
    canvas: Canvas, chart: BarChart, bar: Bar, lines: tuple[str, ...], top: float, scale: Scale, limit: float
) -> float:
    """One row; gives where the next begins. On narrow pictures the label stands above its bar."""
    text_height = canvas.line_height * len(lines)
    if canvas.narrow:
        middle, below = top + text_height + 4 + _THICK / 2, top + text_height + _THICK + 16
        label, reach = top + canvas.size, (middle - 13, middle + 13)
    else:
        below = top + max(_THICK, text_height) + 10
        middle = (top + below - 10) / 2
        label, reach = middle - text_height / 2 + canvas.size * 0.92, (top - 5, below - 5)
    if bar.value is not None:
        start, end = sorted((scale(0), scale(bar.value)))
        canvas.rect(start, middle - _THICK / 2, max(end - start, 0.5), _THICK, fill=bar.role)
    canvas.line(scale(0), reach[0], scale(0), reach[1], stroke="grey")
    for target in chart.targets:
        x = scale(target.value)
        canvas.line(x, reach[0], x, reach[1], stroke="signal", width=1.5, dash="2 3")
    if bar.earlier is not None:
        for stroke, width in (("paper", 5.0), ("ink", 2.5)):
            x = scale(bar.earlier)
            canvas.line(x, middle - _THICK / 2 - 4, x, middle + _THICK / 2 + 4, stroke=stroke, width=width)
    canvas.lines_of_text(0, label, lines, halo=canvas.narrow)
    _write_value(canvas, chart, bar, scale, middle, limit)
    return below


def _write_value(canvas: Canvas, chart: BarChart, bar: Bar, scale: Scale, middle: float, limit: float) -> None:
    """The value at the outer end of its bar, or the pattern and the words for why there is none; the change at the row's end."""
    baseline, zero = middle + canvas.size * 0.35, scale(0)
    if bar.value is None:
        words = absence_label(bar.absence, canvas.language)
        sign = 1 if zero + 48 + canvas.measure(words) <= canvas.width else -1
        canvas.rect(zero if sign > 0 else zero - 40, middle - _THICK / 2, 40, _THICK, fill=canvas.pattern(bar.absence))
        canvas.text(zero + sign * 48, baseline, words, anchor="start" if sign > 0 else "end", fill="quiet", halo=True)
    else:
        sign = 1 if bar.value >= 0 else -1
        words = value_label(bar.value, chart.number, canvas.language)
        width = canvas.measure(words, strong=True)
        anchor: Anchor = "start" if sign > 0 else "end"
        place = _clear_of(chart, scale, _outer(bar, scale, width) + sign * 8, sign * width, limit)
        canvas.text(place, baseline, words, anchor=anchor, strong=True, halo=True)
    if bar.change:
        canvas.text(canvas.width, baseline, bar.change, anchor="end", fill="quiet")


def _outer(bar: Bar, scale: Scale, width: float) -> float:
    """What the words of the value stand beside: the end of the bar, or the tick of the earlier value where they would touch it."""
    zero = scale(0)
    sign = 1 if (bar.value or 0) >= 0 else -1
    end = scale(bar.value) if bar.value is not None else zero
    if bar.earlier is None:
        return end
    beyond = (scale(bar.earlier) - end) * sign
    return end if beyond < 0 or beyond > width + 16 else scale(bar.earlier)


def _clear_of(chart: BarChart, scale: Scale, place: float, width: float, limit: float) -> float:
    """Where a value is written: beyond the lines of targets that it would touch, where the picture is wide enough."""
    moved = place
    for x in sorted((scale(target.value) for target in chart.targets), reverse=width < 0):
        if min(moved, moved + width) - 5 < x < max(moved, moved + width) + 5:
            moved = x + (7 if width > 0 else -7)
    return moved if 0 <= moved + width <= limit else place
