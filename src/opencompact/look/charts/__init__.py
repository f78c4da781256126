"""Charts, one form a file: each a frozen dataclass that says what is shown; `look.draw` makes the picture."""

from opencompact.look.charts.bars import Bar, BarChart
from opencompact.look.charts.chart import Chart, Key, NoValue, Number, Role, Target
from opencompact.look.charts.columns import ColumnBar, ColumnChart
from opencompact.look.charts.coverage import CoverageMatrix, CoverageRow
from opencompact.look.charts.dots import Dot, DotPlot, DotRow
from opencompact.look.charts.line import Line, LineChart, Point
from opencompact.look.charts.multiples import Panel, SmallMultiples
from opencompact.look.charts.pyramid import AgeBand, AgeBar, AgeBars, Pyramid
from opencompact.look.charts.spark import Spark

__all__ = [
    "AgeBand",
    "AgeBar",
    "AgeBars",
    "Bar",
    "BarChart",
    "Chart",
    "ColumnBar",
    "ColumnChart",
    "CoverageMatrix",
    "CoverageRow",
    "Dot",
    "DotPlot",
    "DotRow",
    "Key",
    "Line",
    "LineChart",
    "NoValue",
    "Number",
    "Panel",
    "Point",
    "Pyramid",
    "Role",
    "SmallMultiples",
    "Spark",
    "Target",
]
