"""Columns by month or year, in parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby

from opencompact.look.charts.axes import draw_value_axis, draw_year_axis
from opencompact.look.charts.chart import Chart, Key, NoValue, Number
from opencompact.look.charts.labels import absence_label, legend
from opencompact.look.charts.scale import Scale, year_of
from opencompact.look.svg import Canvas
from opencompact.look.tokens import tokens

STRIP = 10.0  # px under the axis for periods without data


@dataclass(frozen=True)
class ColumnBar:
    """A period and the values of its parts, in the order of the chart's keys. `partial`: the period is not over, or not all in."""

    period: str
    values: tuple[float | None, ...]
    partial: bool = False
    absence: NoValue = "missing"


@dataclass(frozen=True)
class ColumnChart(Chart):
    """Columns from zero, parts stacked in the order of `keys`; a partial one has an outline.

    Periods without data are a hatched strip under the axis: over their whole height they would drown what is known where they are many.
    """

    columns: tuple[ColumnBar, ...]
    keys: tuple[Key, ...]
    number: Number = field(default_factory=Number)
    partial_label: str = ""


def render_columns(chart: ColumnChart, canvas: Canvas) -> float:
    """Draws the columns, time from left to right; gives the height."""
    extra = [("outline", chart.partial_label)] if chart.partial_label and any(c.partial for c in chart.columns) else []
    for absence in dict.fromkeys(c.absence for c in chart.columns if all(v is None for v in c.values)):
        extra.append((canvas.pattern(absence), absence_label(absence, canvas.language)))
    keys = chart.keys if len(chart.keys) > 1 or extra else ()
    top = legend(canvas, 0, keys, marks="swatch", extra=extra) + 8
    bottom = top + (190.0 if canvas.narrow else 250.0)
    totals = [sum(v or 0 for v in column.values) for column in chart.columns]
    left, y = draw_value_axis(canvas, top, bottom, canvas.width, 0, max(totals, default=1) or 1, chart.number)
    width = (canvas.width - left) / max(1, len(chart.columns))
    thick = min(48.0, width * 0.8 if width > 4 else max(width - 0.5, 0.8))
    for index, column in enumerate(chart.columns):
        _draw_column(canvas, chart, column, left + (index + 0.5) * width - thick / 2, thick, y)
    canvas.line(left, bottom, canvas.width, bottom, stroke="grey")
    foot = bottom + _draw_absences(canvas, chart, left, width, bottom)
    _draw_periods(canvas, chart, left, width, foot)
    return foot + 30


def _draw_absences(canvas: Canvas, chart: ColumnChart, left: float, width: float, bottom: float) -> float:
    """Hatches the periods without data under the axis, those in a row as one; gives the height that it takes."""
    absences = [c.absence if all(v is None for v in c.values) else None for c in chart.columns]
    place = 0
    for absence, row in groupby(absences):
        length = len(list(row))
        if absence:
            canvas.rect(left + place * width, bottom + 2, length * width, STRIP - 2, fill=canvas.pattern(absence))
        place += length
    return STRIP if any(absences) else 0.0


def _draw_column(canvas: Canvas, chart: ColumnChart, column: ColumnBar, x: float, thick: float, y: Scale) -> None:
    below = 0.0
    for key, value in zip(chart.keys, column.values, strict=True):
        if value:
            top, bottom = y(below + value), y(below)
            canvas.rect(x, top, thick, bottom - top, fill=tokens().roles[key.role])
            below += value
    if column.partial:
        canvas.rect(
            x, y(below) - 1, thick, y.start - y(below) + 1, fill="none", stroke="ink", extra=' stroke-width="1.5"'
        )


def _draw_periods(canvas: Canvas, chart: ColumnChart, left: float, width: float, bottom: float) -> None:
    """Years under the columns: under the middle of a year's column, or where a year of months begins."""
    if not chart.columns:
        return
    first, last = year_of(chart.columns[0].period), year_of(chart.columns[-1].period)
    step = (last - first) / max(1, len(chart.columns) - 1) or 1.0
    middle = 0.5 if step >= 1 else 0.0
    per_year = width / step
    scale = Scale(first, first + 1, left + middle * width, left + middle * width + per_year)
    if int(last) >= first:
        draw_year_axis(canvas, scale, first, last, bottom)
