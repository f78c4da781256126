"""From what a chart says to its picture."""

from __future__ import annotations

from collections.abc import Callable
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
from opencompact.look.svg import Canvas
from opencompact.look.tokens import tokens

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

SPARK_WIDTH = 120


@lru_cache(maxsize=1024)
def draw(chart: Chart, language: str, *, title: str = "", description: str = "", width: float | None = None) -> str:
    """The picture of a chart or map as SVG, in one language.

    `title` and `description` are read aloud in its place; without both the picture is marked as decoration. `width` in px is
    that of a figure in a column of text if not given (a spark: 120); under 480 the narrow form for phones is drawn.
    """
    render, mirrored = _FORMS[type(chart)]
    canvas = Canvas(
        language, width or (SPARK_WIDTH if isinstance(chart, Spark) else tokens().figure_width), mirror=mirrored
    )
    height = render(chart, canvas)
    return canvas.finish(height, title=title, description=description)
