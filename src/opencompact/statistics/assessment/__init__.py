"""Assessment: how an area stands on an indicator, and what can be said at all. Pure functions over observations."""

from opencompact.statistics.assessment.assess import Assessment, Goal, assess
from opencompact.statistics.assessment.comparison import Comparison, compare
from opencompact.statistics.assessment.coverage import (
    Asked,
    Available,
    ObjectiveCoverage,
    Wanted,
    available,
    by_objective,
    wanted,
)
from opencompact.statistics.assessment.gaps import Gap, Group, gaps, groups
from opencompact.statistics.assessment.growth import BASE_YEAR, TARGET_YEAR, Growth, growth_ratio
from opencompact.statistics.assessment.membership import GroupPoint, middle, ratio_of_sums, total
from opencompact.statistics.assessment.series import (
    TOTAL,
    Point,
    Presence,
    comparable,
    known,
    latest,
    other_source,
    presence,
    series,
    silent,
    whole,
    year_of,
    yearly,
)
from opencompact.statistics.assessment.status_index import StatusIndex, current_status, status_index
from opencompact.statistics.assessment.trend import Trend, trend
from opencompact.statistics.assessment.verdicts import Direction, Reason, Refused, Verdict

__all__ = [
    "BASE_YEAR",
    "TARGET_YEAR",
    "TOTAL",
    "Asked",
    "Assessment",
    "Available",
    "Comparison",
    "Direction",
    "Gap",
    "Goal",
    "Group",
    "GroupPoint",
    "Growth",
    "ObjectiveCoverage",
    "Point",
    "Presence",
    "Reason",
    "Refused",
    "StatusIndex",
    "Trend",
    "Verdict",
    "Wanted",
    "assess",
    "available",
    "by_objective",
    "comparable",
    "compare",
    "current_status",
    "gaps",
    "groups",
    "growth_ratio",
    "known",
    "latest",
    "middle",
    "other_source",
    "presence",
    "ratio_of_sums",
    "series",
    "silent",
    "status_index",
    "total",
    "trend",
    "wanted",
    "whole",
    "year_of",
    "yearly",
]
