"""A population pyramid: ages upwards, women and men to either side."""

from __future__ import annotations

from dataclasses import dataclass, field

from opencompact.look.charts.chart import Chart, Number


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
