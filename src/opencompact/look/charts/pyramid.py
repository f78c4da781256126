"""A population pyramid: ages upwards, women and men to either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Key, Number, Role
from opencompact.look.charts.labels import legend, tick_labels
from opencompact.look.charts.scale import Scale, ticks
from opencompact.look.svg import Canvas


@dataclass(frozen=True)
class AgeBand:
    """An age group: the values of women and men, and those of the population they are compared with (an outline)."""

    label: str
    women: float | None
    men: float | None
    women_compared: float | None = None
    men_compared: float | None = None


@dataclass(frozen=True)
class Pyramid(Chart):
    """Bands from the youngest; `compared` names the outline ("whole population")."""

    bands: tuple[AgeBand, ...]
    women: str
    men: str
    compared: str = ""
    number: Number = field(default_factory=Number)


@dataclass(frozen=True)
class AgeBar:
    """An age group without sex: a value, and the compared one (an outline)."""

    label: str
    value: float | None
    compared: float | None = None


@dataclass(frozen=True)
class AgeBars(Chart):
    """Ages upwards, one bar each, for data without sex."""

    bands: tuple[AgeBar, ...]
    name: str
    compared: str = ""
    number: Number = field(default_factory=Number)


_BAND, _GAP = 18.0, 3.0


def render_pyramid(chart: Pyramid, canvas: Canvas) -> float:
    """Draws both sides around the ages; gives the height. In Arabic women are at the right, where reading starts."""
    keys = (Key("women", chart.women), Key("men", chart.men))
    extra = [("outline", chart.compared)] if chart.compared else []
    top = legend(canvas, 0, keys, marks="swatch", extra=extra)
    middle = max((canvas.measure(band.label) for band in chart.bands), default=0) + 20
    side = (canvas.width - middle) / 2
    values = [v for b in chart.bands for v in (b.women, b.men, b.women_compared, b.men_compared) if v is not None]
    marks = ticks(0, max(values, default=1), 2 if canvas.narrow else 3, whole=chart.number.whole)
    edge = max(map(canvas.measure, tick_labels(marks, chart.number, canvas.language))) / 2
    women = Scale(marks[0], marks[-1], side, edge)
    men = Scale(marks[0], marks[-1], canvas.width - side, canvas.width - edge)
    bottom = top + len(chart.bands) * (_BAND + _GAP)
    for scale in (women, men):
        _draw_ticks(canvas, scale, marks, chart.number, top, bottom)
    for index, band in enumerate(reversed(chart.bands)):
        y = top + index * (_BAND + _GAP)
        canvas.text(canvas.width / 2, y + _BAND / 2 + canvas.size * 0.35, band.label, anchor="middle")
        _draw_side(canvas, women, band.women, "women", y)
        _draw_side(canvas, men, band.men, "men", y)
    for scale, compared in (
        (women, [band.women_compared for band in reversed(chart.bands)]),
        (men, [band.men_compared for band in reversed(chart.bands)]),
    ):
        _draw_outline(canvas, scale, compared, top)
    return bottom + canvas.line_height + 8


def render_ages(chart: AgeBars, canvas: Canvas) -> float:
    """Draws ages upwards with one bar each; gives the height."""
    extra = [("outline", chart.compared)] if chart.compared else []
    top = legend(canvas, 0, (Key("area", chart.name),), marks="swatch", extra=extra)
    values = [v for band in chart.bands for v in (band.value, band.compared) if v is not None]
    marks = ticks(0, max(values, default=1), 3 if canvas.narrow else 4, whole=chart.number.whole)
    edge = max(map(canvas.measure, tick_labels(marks, chart.number, canvas.language))) / 2
    start = max((canvas.measure(band.label) for band in chart.bands), default=edge) + 12
    scale = Scale(marks[0], marks[-1], start, canvas.width - edge)
    bottom = top + len(chart.bands) * (_BAND + _GAP)
    _draw_ticks(canvas, scale, marks, chart.number, top, bottom)
    for index, band in enumerate(reversed(chart.bands)):
        y = top + index * (_BAND + _GAP)
        canvas.text(start - 10, y + _BAND / 2 + canvas.size * 0.35, band.label, anchor="end")
        _draw_side(canvas, scale, band.value, "area", y)
    _draw_outline(canvas, scale, [band.compared for band in reversed(chart.bands)], top)
    return bottom + canvas.line_height + 8


def _draw_ticks(
    canvas: Canvas, scale: Scale, marks: tuple[float, ...], number: Number, top: float, bottom: float
) -> None:
    for value, text in zip(marks, tick_labels(marks, number, canvas.language), strict=True):
        canvas.line(scale(value), top, scale(value), bottom, stroke="grey" if value == 0 else "rule")
        canvas.text(scale(value), bottom + canvas.size + 4, text, anchor="middle", fill="quiet")


def _draw_side(canvas: Canvas, scale: Scale, value: float | None, role: Role, y: float) -> None:
    zero = scale(0)
    if value is None:
        width = 24.0
        canvas.rect(zero if scale.end > zero else zero - width, y, width, _BAND, fill=canvas.pattern("missing"))
        return
    canvas.rect(min(zero, scale(value)), y, abs(scale(value) - zero), _BAND, fill=role)


def _draw_outline(canvas: Canvas, scale: Scale, values: Sequence[float | None], top: float) -> None:
    """The compared population as one stepped line down the bands; a band without a value ends it."""
    places: list[tuple[float, float]] = []
    for index, value in enumerate([*values, None]):
        y = top + index * (_BAND + _GAP) - _GAP / 2
        if value is not None:
            places += [(scale(value), y), (scale(value), y + _BAND + _GAP)]
        elif places:
            canvas.polyline(places, stroke="ink", width=1.5)
            places = []
