"""What was agreed, as data: objectives, principles, round tables, recommendations, indicator definitions, areas."""

from opencompact.compact.areas import Area, area, areas, countries, register_areas, registered_areas
from opencompact.compact.names import Citation, Named

__all__ = [
    "Area",
    "Citation",
    "Named",
    "area",
    "areas",
    "countries",
    "register_areas",
    "registered_areas",
]
