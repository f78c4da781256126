"""Maps on equal-area projections: shades for rates, circles for counts, arcs for flows."""

from opencompact.look.maps.boundaries import on_a_map
from opencompact.look.maps.forms import AreaValue, Flow, FlowMap, Frame, MapPoint, PointMap, ShadeMap
from opencompact.look.maps.frame import fits
from opencompact.look.maps.gathering import MOST_CIRCLES
from opencompact.look.maps.render import in_picture

__all__ = [
    "MOST_CIRCLES",
    "AreaValue",
    "Flow",
    "FlowMap",
    "Frame",
    "MapPoint",
    "PointMap",
    "ShadeMap",
    "fits",
    "in_picture",
    "on_a_map",
]
