"""From what a chart says to its picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from opencompact.look.charts import (
    AgeBars,
    BarChart,
    Chart,
    ColumnChart,
    CoverageMatrix,
    DotPlot,
    LineChart,
    Pyramid,
    SmallMultiples,
    Spark,
)
from opencompact.look.charts.bars import render_bars
from opencompact.look.charts.columns import render_columns
from opencompact.look.charts.coverage import render_coverage
from opencompact.look.charts.dots import render_dots
from opencompact.look.charts.line import render_line
from opencompact.look.charts.multiples import render_multiples
from opencompact.look.charts.pyramid import render_ages, render_pyramid
from opencompact.look.charts.spark import render_spark
from opencompact.look.maps import FlowMap, PointMap, ShadeMap
from opencompact.look.maps.render import MapCanvas, render_flows, render_points, render_shades
from opencompact.look.svg import Canvas, number
from opencompact.look.tokens import tokens
from opencompact.look.words import disclaimer, fiction

# form → (what draws it, whether places turn in languages read from the right). Time stays left to right.
_FORMS: dict[type[Chart], tuple[Callable[[Any, Canvas], float], bool]] = {
    AgeBars: (render_ages, True),
    BarChart: (render_bars, True),
    ColumnChart: (render_columns, False),
    CoverageMatrix: (render_coverage, True),
    DotPlot: (render_dots, True),
    LineChart: (render_line, False),
    Pyramid: (render_pyramid, True),
    SmallMultiples: (render_multiples, False),
    Spark: (render_spark, False),
}

_MAPS: dict[type[Chart], Callable[[Any, MapCanvas], float]] = {
    FlowMap: render_flows,
    PointMap: render_points,
    ShadeMap: render_shades,
}

SPARK_WIDTH = 120


@dataclass(frozen=True)
class Picture:
    """An `svg` element and the sheets of shapes that it refers to, by identifier; a page holds each sheet once."""

    svg: str
    width: float
    height: float
    sheets: tuple[tuple[str, str], ...] = ()

    def alone(self, margin: float = 0) -> str:
        """The picture with its shapes inside, for a file of its own; with a margin at both sides, in px."""
        svg = self.svg
        if margin:
            size = f'viewBox="0 0 {number(self.width)} '
            svg = svg.replace(size, f'viewBox="{number(-margin)} 0 {number(self.width + 2 * margin)} ', 1)
            svg = svg.replace(f' width="{number(self.width)}"', f' width="{number(self.width + 2 * margin)}"', 1)
        if not self.sheets:
            return svg
        shapes = "".join(sheet for _key, sheet in self.sheets)
        start = svg.index(">") + 1
        return f"{svg[:start]}<defs>{shapes}</defs>{svg[start:]}"


def map_note(chart: Chart, language: str) -> str:
    """What must stand under a map: the disclaimer about boundaries, or that its coast is made up; nothing under a chart."""
    if not isinstance(chart, FlowMap | PointMap | ShadeMap):
        return ""
    return fiction(language) if chart.frame == "fiction" else disclaimer(language)


@lru_cache(maxsize=1024)
def depict(chart: Chart, language: str, title: str = "", description: str = "", width: float = 0) -> Picture:
    """The picture of a chart or map; see `draw`. Its shapes stand apart, so that a page can hold them once."""
    width = width or (SPARK_WIDTH if isinstance(chart, Spark) else tokens().figure_width)
    if type(chart) in _MAPS:
        ground = MapCanvas(language, width)
        height = _MAPS[type(chart)](chart, ground)
        svg = ground.finish(height, title=title, description=description)
        return Picture(svg, width, height, tuple((key, base.sheet()) for key, base in ground.sheets.items()))
    render, mirrored = _FORMS[type(chart)]
    canvas = Canvas(language, width, mirror=mirrored)
    height = render(chart, canvas)
    return Picture(canvas.finish(height, title=title, description=description), width, height)


def draw(chart: Chart, language: str, *, title: str = "", description: str = "", width: float = 0) -> str:
    """The picture of a chart or map as SVG, whole in itself, in one language.

    `title` and `description` are read aloud in its place; without both the picture is marked as decoration. `width` in px is
    that of a figure in a column of text if not given (a spark: 120); under 480 the narrow form for phones is drawn.
    """
    return depict(chart, language, title, description, width).alone()
