"""What was agreed, as data: objectives, principles, round tables, recommendations, indicator definitions, areas."""

from opencompact.compact.agreement import (
    Action,
    Objective,
    Principle,
    Recommendation,
    RecommendationGroup,
    RoundTable,
    Stakeholder,
    ThematicArea,
    action,
    actions,
    actions_of,
    objective,
    objectives,
    principles,
    recommendation_groups,
    recommendations,
    round_tables,
    stakeholders,
    thematic_areas,
)
from opencompact.compact.areas import (
    area,
    area_or_none,
    areas,
    areas_known,
    countries,
    register_areas,
    registered_areas,
)
from opencompact.compact.catalogue import Catalogue, catalogue
from opencompact.compact.catalogue_faults import CatalogueFaults
from opencompact.compact.catalogue_file import read_catalogue
from opencompact.compact.geography import Area
from opencompact.compact.indicators import Indicator, Question, Target, Word
from opencompact.compact.names import Citation, Named
from opencompact.compact.official_list import ListState, load_official_list, official_list, workspace_folder

__all__ = [
    "Action",
    "Area",
    "Catalogue",
    "CatalogueFaults",
    "Citation",
    "Indicator",
    "ListState",
    "Named",
    "Objective",
    "Principle",
    "Question",
    "Recommendation",
    "RecommendationGroup",
    "RoundTable",
    "Stakeholder",
    "Target",
    "ThematicArea",
    "Word",
    "action",
    "actions",
    "actions_of",
    "area",
    "area_or_none",
    "areas",
    "areas_known",
    "catalogue",
    "countries",
    "load_official_list",
    "objective",
    "objectives",
    "official_list",
    "principles",
    "read_catalogue",
    "recommendation_groups",
    "recommendations",
    "register_areas",
    "registered_areas",
    "round_tables",
    "stakeholders",
    "thematic_areas",
    "workspace_folder",
]
