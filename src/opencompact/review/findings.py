"""What is found of an area, before any words: assessments, comparisons, gaps, coverage. Found once, told in six languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from opencompact import compact
from opencompact.review.holdings import Holdings
from opencompact.review.together import COMPUTED, of_everybody
from opencompact.statistics.assessment import (
    TOTAL,
    Asked,
    Assessment,
    Available,
    Comparison,
    Direction,
    Gap,
    Goal,
    ObjectiveCoverage,
    Point,
    Wanted,
    assess,
    available,
    by_objective,
    compare,
    gaps,
    known,
    latest,
    wanted,
    whole,
    yearly,
)
from opencompact.statistics.units import NOT_STATED, SCALES

# Units in which a group's value can stand beside a country's: counts cannot.
RATES = ("percent", "per ", "index", "level")


@dataclass(frozen=True)
class Finding:
    """All that is found of one indicator for the area; `slips` are the values left out because their unit cannot be right."""

    indicator: compact.Indicator
    breakdown: str
    unit: str
    points: tuple[Point, ...]
    beside: dict[str, tuple[Point, ...]]
    assessment: Assessment
    comparison: Comparison | None
    gaps: tuple[Gap, ...]
    available: Available
    slips: tuple[Point, ...] = ()

    @property
    def id(self) -> str:
        return self.indicator.canonical

    @property
    def computed(self) -> bool:
        """Whether its points are those of all, computed from women's and men's: the table gives no total."""
        return any(each.note == COMPUTED for each in self.points)

    @property
    def judged(self) -> bool:
        """Whether the indicator says which way is better; a context statistic does not."""
        return self.assessment.goal.direction is not Direction.NEITHER


class Findings:
    """The findings of one area; each is made when it is first asked for."""

    def __init__(self, holdings: Holdings, catalogue: compact.Catalogue, this_year: int) -> None:
        self.holdings = holdings
        self.catalogue = catalogue
        self.this_year = this_year
        self._found: dict[str, Finding] = {}

    def of(self, indicator: compact.Indicator) -> Finding:
        """What is found of an indicator."""
        if indicator.id not in self._found:
            self._found[indicator.id] = self._find(indicator)
        return self._found[indicator.id]

    def under(self, objective: int) -> list[Finding]:
        """What is found of every indicator under an objective, in the catalogue's order, each definition once."""
        seen: dict[str, Finding] = {}
        for indicator in self.catalogue.indicators(objective):
            seen.setdefault(indicator.canonical, self.of(indicator))
        return list(seen.values())

    @cached_property
    def coverage(self) -> list[ObjectiveCoverage]:
        """Asked for × available × by which breakdown, for each of the 23 objectives."""
        every = {each.canonical: self.of(each).available for each in self.catalogue.indicators() if each.objectives}
        return by_objective(list(every.values()), (each.number for each in compact.objectives()))

    @cached_property
    def wanted(self) -> list[Wanted]:
        """Every gap, the one whose filling would say most first."""
        gaps = wanted(self.coverage, self.this_year, self._not_loaded)
        return [gap for gap in gaps if gap.missing != "value" or not self._beyond(gap.indicator)]

    def _beyond(self, indicator: str) -> bool:
        """Whether the tables of an indicator tell of other parts of the world alone: those of Europe's asylum authorities, say.

        Their silence is no gap of a country that none of them could name.
        """
        area, region = self.holdings.area, self.holdings.region
        near = {area.code, *area.members, *(region.members if region else ())}
        told = self.holdings.library.told_of(indicator)
        return bool(told) and area.kind != "world" and not told & near and self.holdings.own(indicator).is_empty()

    def told_elsewhere(self, indicator: str) -> int:
        """Of how many other countries the tables that are loaded, and tell of several, have a value; 0: none is loaded."""
        told = self.holdings.library.told_of(indicator)
        return sum(compact.area(code).fictional == self.holdings.area.fictional for code in told)

    @cached_property
    def _not_loaded(self) -> frozenset[str]:
        """The indicators without a value here of which no table is loaded that could have one."""
        silent = {each.asked.indicator for one in self.coverage for each in one.indicators if not each.has_value}
        return frozenset(
            name for name in silent if self.holdings.own(name).is_empty() and not self.told_elsewhere(name)
        )

    def _find(self, indicator: compact.Indicator) -> Finding:
        holdings, name = self.holdings, indicator.canonical
        cell = holdings.headline(name)
        together = of_everybody(holdings, name)
        points = together or whole(yearly(holdings.points(name)))
        unit = _unit_of(holdings.unit(name) or indicator.unit, points)
        beside = {}
        if unit.startswith(RATES):
            beside = {
                each.code: of_everybody(holdings, name, each.code)
                if together
                else yearly(holdings.points(name, each.code, **cell))
                for each in holdings.beside
            }
        rows = holdings.cells(name)
        return Finding(
            indicator,
            cell["breakdown"],
            unit,
            points,
            {code: series for code, series in beside.items() if series},
            assess(points, goal(indicator, unit)),
            compare(points, beside),
            tuple(gaps(rows, {"breakdown": cell["breakdown"]})) if unit.startswith(RATES) else (),
            self._available(indicator, rows, points),
            whole(yearly(holdings.slips(name))),
        )

    def _available(
        self, indicator: compact.Indicator, rows: list[dict[str, Any]], points: Sequence[Point]
    ) -> Available:
        """What there is; that origins are named is read from the columns, not row by row.

        The newest value is the one that pages tell, of a year that is over; a newer one of some part alone is not.
        """
        own = self.holdings.own(indicator.canonical)
        found = available(_asked(indicator), rows or own.iter_rows(named=True))
        if own.height > len(rows) and (own["origin"] != TOTAL).any():
            found = replace(found, breakdowns=found.breakdowns | {"origin"})
        told = latest(points)
        return found if told is None else replace(found, latest=told.period)


def _unit_of(unit: str, points: Sequence[Point]) -> str:
    """The unit of a series; of a group's answers, which are how many of its countries say yes, a number."""
    counted = unit == "yes or no" and any(each.number > 1 for each in known(points))
    return "number" if counted else unit


def goal(indicator: compact.Indicator, unit: str) -> Goal:
    """Which way is better and how far, as the catalogue declares it; a percentage has its natural limit.

    The target is one of the indicator's own unit: values of which no unit is stated are not held against it.
    """
    target = indicator.targets[0] if indicator.targets and unit != NOT_STATED else None
    limit = SCALES[unit].most if unit in SCALES and target is None and indicator.direction == "up" else None
    return Goal(
        Direction(indicator.direction),
        target.value if target else None,
        target.year if target else None,
        limit,
    )


def _asked(indicator: compact.Indicator) -> Asked:
    return Asked(indicator.canonical, indicator.objectives, indicator.disaggregations)


def newest_year(points: Iterable[Point]) -> int | None:
    """The year of the newest point with a value."""
    return max((int(each.year) for each in points if each.value is not None), default=None)


__all__ = ["TOTAL", "Finding", "Findings", "goal", "newest_year"]
