"""Every rate that confirmed identifications tell of, with what it rests on.

Methods: `evidence.learning` for rates, `evidence.deviations` for errors of measurement, with their sources there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from opencompact.missing.evidence.cases import FIELDS, WOMEN, statures_of
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.described import Parameter, learnable
from opencompact.missing.evidence.deviations import PRIOR_OF_DEVIATION, MeasuredTwice, learn_deviations
from opencompact.missing.evidence.learning import Case, Learned, learn_from_cases
from opencompact.missing.records.record import Record

FEWEST = 10
"""A rate that fewer people tell of is shown and not written: it would say more of them than of others."""


@dataclass(frozen=True)
class LearnedRate:
    """A parameter that was learned: its value and 95 % interval in its own unit, how many people tell of it, and the rate behind it."""

    name: str
    default: float
    value: float
    low: float
    high: float
    people: int
    rate: Learned

    @property
    def enough(self) -> bool:
        """Whether so many people tell of it that it may be written."""
        return self.people >= FEWEST


Person = Sequence[tuple[Record, Record]]
"""The pairs of records, one sought and one found, that are confirmed to be of one person."""


def learn_rates(people: Iterable[Person], setting: Setting, weight: float | None = None) -> list[LearnedRate]:
    """Every rate that the confirmed identifications tell of, in the order of the parameters.

    The pairs of one person count together as one case, so that whoever was reported three times does not count thrice. The default of a rate
    counts as `weight` cases (else `learning.prior_weight`, of a deviation `PRIOR_OF_DEVIATION`).
    """
    known = learnable(setting.parameters)
    told = _Told()
    for number, pairs in enumerate(people):
        for sought, found in pairs:
            told.add(number, sought, found, setting, 1 / len(pairs))
    default = {name: _as_rate(one, float(one.value)) for name, one in known.items()}  # type: ignore[arg-type]
    learned = learn_deviations(told.measured, default, weight or PRIOR_OF_DEVIATION)
    for cases in told.cases.values():
        learned |= learn_from_cases(cases, {**default, WOMEN: 0.5}, weight)
    return [_learned(known[name], learned[name], len(told.people[name])) for name in known if name in learned]


class _Told:
    """What pairs tell so far: the cases of each field, statures measured twice, and who tells of each rate."""

    def __init__(self) -> None:
        self.cases: dict[int, list[Case]] = defaultdict(list)
        self.measured: list[MeasuredTwice] = []
        self.people: dict[str, set[int]] = defaultdict(set)

    def add(self, person: int, sought: Record, found: Record, setting: Setting, counts: float) -> None:
        """Adds a pair of a person, which counts so much."""
        for at, field in enumerate(FIELDS):
            for case in field(sought, found, setting):
                self.cases[at].append(Case(case.ways, case.counts * counts))
                for name in {name for way in case.ways for name in (*way.happened, *way.did_not)}:
                    self.people[name].add(person)
        statures = statures_of(sought, found, setting)
        if statures:
            self.measured.append(statures._replace(counts=counts))
            for one in (statures.first, statures.second):
                self.people[one.error].add(person)


def _as_rate(one: Parameter, value: float) -> float:
    """A parameter as the rate, or the deviation, that is learned."""
    return math.exp(value) if one.described and one.described.learned == "ln" else value


def _learned(one: Parameter, rate: Learned, people: int) -> LearnedRate:
    """A rate in the unit of its parameter, within what that may be."""
    assert one.described is not None
    (least, most), is_log = one.described.between[0], one.described.learned == "ln"
    numbers = (rate.default, rate.value, rate.low, rate.high)
    default, value, low, high = (min(most, max(least, math.log(max(x, 1e-300)) if is_log else x)) for x in numbers)
    return LearnedRate(one.name, default, value, low, high, people, rate)
