"""Ranked bars, with the change since an earlier year."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Key, Number, NoValue, Role, Target


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
    names the tick ("2000"); `target` is a line across ("3%")."""

    bars: tuple[Bar, ...]
    number: Number = field(default_factory=Number)
    change_title: str = ""
    earlier_label: str = ""
    target: Target | None = None
    keys: tuple[Key, ...] = ()
