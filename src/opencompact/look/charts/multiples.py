"""Small multiples: many lines, each in a panel of its own, on one scale."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.axes import Plot
from opencompact.look.charts.chart import Chart, Number
from opencompact.look.charts.labels import absence_label, tick_labels, value_label
from opencompact.look.charts.line import Line, draw_series
from opencompact.look.charts.scale import Scale, from_zero, ticks, year_of
from opencompact.look.svg import Canvas, word_colour


@dataclass(frozen=True)
class Panel:
    """A panel: its title and its lines (usually one, with a grey one behind)."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class SmallMultiples(Chart):
    """Panels in reading order on the same axes; `shared` false gives each its own value axis, where only shapes compare."""

    panels: tuple[Panel, ...]
    number: Number = field(default_factory=Number)
    shared: bool = True
    zero: bool = True


def render_multiples(chart: SmallMultiples, canvas: Canvas) -> float:
    """Draws the panels in reading order, time from left to right in each; gives the height."""
    columns = 1 if len(chart.panels) == 1 else 2 if canvas.narrow else 3
    gap = 20.0
    width = (canvas.width - gap * (columns - 1)) / columns
    titles = [canvas.wrapped(panel.title, width, 2, strong=True) for panel in chart.panels]
    years = [year_of(p.period) for panel in chart.panels for line in panel.lines for p in line.points]
    span = (min(years), max(years)) if years and max(years) > min(years) else (2000.0, 2001.0)
    common = _range(chart.panels, chart)
    top = 0.0
    for row in range(0, len(chart.panels), columns):
        cells = range(row, min(row + columns, len(chart.panels)))
        head = max(len(titles[index]) for index in cells) * canvas.line_height + 8
        for index in cells:
            place = index - row
            place = columns - 1 - place if canvas.rtl else place
            low, high = common if chart.shared else _range((chart.panels[index],), chart)
            left = place * (width + gap)
            _draw_title(canvas, titles[index], left, width, top)
            _draw_panel(canvas, chart, chart.panels[index], (left, left + width, top + head), span, (low, high))
        top += head + 132
    return top - 12


def _range(panels: tuple[Panel, ...], chart: SmallMultiples) -> tuple[float, float]:
    values = [p.value for panel in panels for line in panel.lines for p in line.points if p.value is not None]
    marks = ticks(*from_zero(values, zero=chart.zero), 4, whole=chart.number.whole)
    return marks[0], marks[-1]


def _draw_title(canvas: Canvas, lines: tuple[str, ...], left: float, width: float, top: float) -> None:
    x = left + width if canvas.rtl else left
    canvas.lines_of_text(x, top + canvas.size, lines, anchor="end" if canvas.rtl else "start", strong=True)


def _draw_panel(
    canvas: Canvas,
    chart: SmallMultiples,
    panel: Panel,
    box: tuple[float, float, float],
    span: tuple[float, float],
    values: tuple[float, float],
) -> None:
    left, right, top = box
    bottom = top + 84
    y = Scale(*values, bottom, top + 6)
    words = tick_labels(values, chart.number, canvas.language)
    margin = max(canvas.measure(text) for text in words) + 6
    known = [p for p in panel.lines[0].points if p.value is not None] if panel.lines else []
    end = value_label(known[-1].value or 0, chart.number, canvas.language) if known else ""
    x = Scale(*span, left + margin + 4, right - canvas.measure(end, strong=True) - 12)
    for value, text in zip(values, words, strict=True):
        canvas.line(left + margin, y(value), x.end, y(value), stroke="grey" if value == 0 else "rule")
        canvas.text(left + margin - 6, y(value) + canvas.size * 0.34, text, anchor="end", fill="quiet")
    first, last = str(int(span[0])), str(int(span[1]))
    canvas.text(x.start - 4, bottom + canvas.size + 6, first, fill="quiet")
    if x.end - x.start > canvas.measure(first) + canvas.measure(last) + 4:
        canvas.text(x.end + 4, bottom + canvas.size + 6, last, anchor="end", fill="quiet")
    if not known:
        canvas.rect(x.start, top + 6, x.end - x.start, bottom - top - 6, fill=canvas.pattern("missing"))
        words_ = absence_label("missing", canvas.language)
        canvas.text((x.start + x.end) / 2, (top + bottom) / 2, words_, anchor="middle", fill="quiet", halo=True)
        return
    plot = Plot(left, right, top, bottom, x, y)
    for line in reversed(panel.lines):
        draw_series(canvas, plot, line)
    role = panel.lines[0].role
    place = x(year_of(known[-1].period)) + 9, y(known[-1].value or 0) + canvas.size * 0.35
    canvas.text(*place, end, strong=True, fill=word_colour(role), halo=True)
