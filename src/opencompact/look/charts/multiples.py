"""Small multiples: many lines, each in a panel of its own, on one scale."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Number
from opencompact.look.charts.line import Line


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
