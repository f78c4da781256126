"""What a map says: areas shaded by a rate, circles by a count, arcs by a flow.

Areas are ISO 3166 alpha-3 codes. A `frame` is `world`, or the codes that the picture must hold (a country and its
neighbours, a region): the map is then cut out around them on an equal-area projection of its own. The frame `fiction` is
the coast of the sample's world, which lies nowhere on the Earth.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from opencompact.look.charts.chart import Chart, Key, NoValue, Number, Role

Frame: TypeAlias = Literal["world", "fiction"] | tuple[str, ...]


@dataclass(frozen=True)
class AreaValue:
    """An area's value; where there is none, why. `label` is its name, shown on the map where it is given."""

    area: str
    value: float | None
    absence: NoValue = "missing"
    label: str = ""


@dataclass(frozen=True)
class ShadeMap(Chart):
    """Rates by area, light to dark in up to six classes with the bounds given (or round ones chosen); no data is hatched.

    `middle` is a real middle (zero change, parity): the scale then goes two ways from it.
    """

    values: tuple[AreaValue, ...]
    number: Number = field(default_factory=Number)
    frame: Frame = "world"
    bounds: tuple[float, ...] = ()
    middle: float | None = None
    highlight: tuple[str, ...] = ()
    no_data_label: str = ""


@dataclass(frozen=True, kw_only=True)
class PlacesMap(Chart):
    """What maps of circles and of arcs share: how numbers are written, what is shown, the key, and `unit`, what is counted."""

    number: Number = field(default_factory=Number)
    frame: Frame = "world"
    highlight: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    unit: str = ""


@dataclass(frozen=True)
class MapPoint:
    """A circle at degrees of longitude and latitude whose area stands for `value`."""

    longitude: float
    latitude: float
    value: float
    role: Role = "first"
    label: str = ""


@dataclass(frozen=True)
class PointMap(PlacesMap):
    """Counts as circles by area; the picture is as large as its frame and the points near it (`maps.in_picture`)."""

    points: tuple[MapPoint, ...]


@dataclass(frozen=True)
class Flow:
    """People or money between two areas; `label` is the name of the other end."""

    origin: str
    destination: str
    value: float
    role: Role = "area"
    label: str = ""


@dataclass(frozen=True)
class FlowMap(PlacesMap):
    """Arcs whose width stands for a number, with an arrow at their end; a frame of areas is widened to hold every end."""

    flows: tuple[Flow, ...]
