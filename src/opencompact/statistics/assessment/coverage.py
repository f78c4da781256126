"""Coverage: what is asked for, what is there, and by which breakdown; and the gaps whose filling would say most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from opencompact.statistics.assessment.assess import LEAST_VALUES
from opencompact.statistics.assessment.gaps import DIMENSIONS
from opencompact.statistics.assessment.series import TOTAL, Presence, presence, year_of

OLD_AFTER = 5  # years: an older value says little about a policy of today
TREND_POINTS = LEAST_VALUES  # the fewest for which a trend has an interval


@dataclass(frozen=True)
class Asked:
    """What a framework asks of an indicator: its id, the objectives it bears on, the breakdowns wanted."""

    indicator: str
    objectives: tuple[int, ...]
    breakdowns: tuple[str, ...]


@dataclass(frozen=True)
class Available:
    """What there is of one indicator for one area. `absences` counts cells without a value by what they are."""

    asked: Asked
    latest: str | None
    periods: int
    sources: tuple[str, ...]
    breakdowns: frozenset[str]
    absences: Mapping[Presence, int]

    @property
    def has_value(self) -> bool:
        return self.latest is not None

    def age(self, this_year: int) -> int | None:
        """Years since the newest value; None where there is none."""
        return None if self.latest is None else this_year - int(year_of(self.latest))


@dataclass(frozen=True)
class ObjectiveCoverage:
    """One objective: the indicators that bear on it, and what there is of them."""

    objective: int
    indicators: tuple[Available, ...]

    @property
    def available(self) -> int:
        return sum(each.has_value for each in self.indicators)

    @property
    def asked(self) -> int:
        return len(self.indicators)

    def by(self, dimension: str) -> tuple[int, int]:
        """(available, asked) of a breakdown over the indicators that are asked for by it."""
        wanted = [each for each in self.indicators if dimension in each.asked.breakdowns]
        return sum(dimension in each.breakdowns for each in wanted), len(wanted)

    @property
    def newest(self) -> str | None:
        return max((each.latest for each in self.indicators if each.latest), key=year_of, default=None)

    @property
    def sources(self) -> tuple[str, ...]:
        return tuple(sorted({source for each in self.indicators for source in each.sources}))


def available(asked: Asked, rows: Iterable[Mapping[str, Any]]) -> Available:
    """What there is, from the rows of one indicator and area."""
    periods: set[str] = set()
    sources: set[str] = set()
    breakdowns: set[str] = set()
    absences: dict[Presence, int] = {}
    for row in rows:
        what = presence(row["value"], row.get("status") or "A", row.get("confidentiality") or "F")
        if what not in (Presence.VALUE, Presence.ZERO):
            absences[what] = absences.get(what, 0) + 1
            continue
        periods.add(row["period"])
        sources.add(row["source"])
        breakdowns.update(dimension for dimension in (*DIMENSIONS, "origin") if row[dimension] != TOTAL)
        if row["breakdown"] != TOTAL:
            breakdowns.update(pair.partition("=")[0] for pair in row["breakdown"].split(";"))
    newest = max(periods, key=lambda period: (year_of(period), period), default=None)
    return Available(asked, newest, len(periods), tuple(sorted(sources)), frozenset(breakdowns), absences)


def by_objective(found: Sequence[Available], objectives: Iterable[int]) -> list[ObjectiveCoverage]:
    """Each objective with the indicators that bear on it, in the order of `objectives`, those without any included."""
    return [
        ObjectiveCoverage(number, tuple(each for each in found if number in each.asked.objectives))
        for number in objectives
    ]


@dataclass(frozen=True)
class Wanted:
    """A gap: what is missing of an indicator and how much its filling would say.

    `missing` is "table" (none is loaded: nothing is known of what is collected), "value", "newer", "trend" or the name of
    a breakdown. `weight` is the number of questions that it would
    let one answer: one an objective for a first value, less for a newer one, a breakdown, a trend.
    """

    indicator: str
    objectives: tuple[int, ...]
    missing: str
    weight: float


# What each kind of gap would let one say, beside a first value that counts 1 an objective.
WEIGHTS: Mapping[str, float] = {
    "table": 1.0,
    "value": 1.0,
    "migratory_status": 0.8,
    "newer": 0.6,
    "sex": 0.5,
    "age": 0.4,
    "trend": 0.3,
}


def wanted(
    coverage: Sequence[ObjectiveCoverage], this_year: int, not_loaded: Collection[str] = frozenset()
) -> list[Wanted]:
    """Every gap, the one that would say most first.

    not_loaded: the indicators of which no table is loaded that could hold a value: whether one is collected is not known.
    An objective of which nothing can be said counts double: its first value says something where there was nothing.
    """
    silent = {each.objective for each in coverage if each.available == 0}
    every = {each.asked.indicator: each for objective in coverage for each in objective.indicators}
    gaps = [
        Wanted(each.asked.indicator, each.asked.objectives, what, _weight(each, what, silent))
        for each in every.values()
        for what in (["table"] if each.asked.indicator in not_loaded else _missing(each, this_year))
    ]
    return sorted(gaps, key=lambda gap: (-gap.weight, gap.objectives, gap.indicator, gap.missing))


def _missing(found: Available, this_year: int) -> list[str]:
    if not found.has_value:
        return ["value"]
    missing = [dimension for dimension in found.asked.breakdowns if dimension in WEIGHTS]
    missing = [dimension for dimension in missing if dimension not in found.breakdowns]
    age = found.age(this_year)
    if age is not None and age > OLD_AFTER:
        missing.append("newer")
    elif found.periods < TREND_POINTS:
        missing.append("trend")
    return missing


def _weight(found: Available, what: str, silent: set[int]) -> float:
    objectives = sum(2 if number in silent else 1 for number in found.asked.objectives)
    return round(WEIGHTS[what] * objectives, 6)
