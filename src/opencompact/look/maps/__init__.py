"""Maps on equal-area projections: shades for rates, circles for counts, arcs for flows."""

from opencompact.look.maps.forms import AreaValue, Flow, FlowMap, Frame, MapPoint, PointMap, ShadeMap
from opencompact.look.maps.render import in_picture

__all__ = ["AreaValue", "Flow", "FlowMap", "Frame", "MapPoint", "PointMap", "ShadeMap", "in_picture"]
