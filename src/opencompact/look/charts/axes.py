"""The frame of a chart over time: value axis at the left, years below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opencompact.look.charts.chart import Number
from opencompact.look.charts.labels import tick_labels
from opencompact.look.charts.scale import Scale, ticks, year_ticks
from opencompact.look.svg import Anchor, Canvas


@dataclass(frozen=True)
class Plot:
    """The part of the picture that holds the marks, with its scales."""

    left: float
    right: float
    top: float
    bottom: float
    x: Scale
    y: Scale


def draw_value_axis(
    canvas: Canvas, top: float, bottom: float, right: float, low: float, high: float, number: Number, *, count: int = 4
) -> tuple[float, Scale]:
    """Round values with thin lines from the labels to `right`; gives where the plot begins and the scale."""
    marks = ticks(low, high, count, whole=number.whole)
    labels = tick_labels(marks, number, canvas.language)
    left = value_axis_width(canvas, low, high, number, count)
    scale = Scale(marks[0], marks[-1], bottom, top)
    for value, label in zip(marks, labels, strict=True):
        y = scale(value)
        zero = value == 0
        canvas.line(left - 4, y, right, y, stroke="grey" if zero else "rule")
        canvas.text(left - 10, y + canvas.size * 0.34, label, anchor="end", fill="quiet")
    return left, scale


def value_axis_width(canvas: Canvas, low: float, high: float, number: Number, count: int) -> float:
    """The room that the labels of a value axis take at the left."""
    return (
        max(
            canvas.measure(label)
            for label in tick_labels(ticks(low, high, count, whole=number.whole), number, canvas.language)
        )
        + 10
    )


def draw_year_axis(canvas: Canvas, x: Scale, first: float, last: float, y: float, *, offset: float = 0) -> None:
    """Years under the plot: the first, the last, and round ones where there is room."""
    width = canvas.measure("2000") + 14
    room = min(8, max(2, int(abs(x(last) - x(first)) // width) + 1))
    years = year_ticks(first, last, room)
    for index, year in enumerate(years):
        place = x(year + offset)
        canvas.line(place, y, place, y + 5, stroke="grey")
        half = canvas.measure(str(year)) / 2
        anchor: Anchor = "start" if place - half < 0 else "end" if place + half > canvas.width else "middle"
        if index and index == len(years) - 1 and place - x(years[0] + offset) < width:
            continue
        edge = 0.0 if anchor == "start" else canvas.width if anchor == "end" else place
        canvas.text(edge, y + 9 + canvas.size, str(year), anchor=anchor, fill="quiet")


def domain(values: Sequence[float | None]) -> list[float]:
    """The values that there are."""
    return [value for value in values if value is not None]
