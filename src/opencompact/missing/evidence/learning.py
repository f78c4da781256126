"""Error rates learned from confirmed identifications, or from pairs weighed by their probability.

Two things are learned here. Of lists, how often each level of agreement of a field occurs for one person (0 the best agreement, -1
unknown): counted over pairs that are one person with some probability, one step of the EM of Fellegi and Sunter's mixture (1969, JASA
64:1183; Winkler 1988). Of records, rates of error: each pair confirmed to be one person is a case that can have come about in several ways,
such as that the family told the sex wrongly, or the examiner did; which of them it was is not known, and its expectation takes its place
(EM: Dempster, Laird & Rubin 1977, J R Stat Soc B 39:1; Dawid & Skene 1979, Appl Stat 28:20).

In both the default rates count as so many earlier cases (a Dirichlet prior), whose weight is given back: nobody mistakes ten cases for
knowledge. What is not known about the ways widens the interval of a rate (Louis 1982, J R Stat Soc B 44:226).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from opencompact.errors import InvalidDataError

Levels = NDArray[np.int8]
Floats = NDArray[np.float64]
PRIOR_WEIGHT = 20.0
"""Rates known before count as so many cases at least: own choice, shown with what is learned."""


@dataclass(frozen=True)
class Rates:
    """How often each level occurs, and what that rests on: so many cases beside a prior of so many.

    `share` is that of the prior in the result: 1 nothing was learned, near 0 the cases speak for themselves.
    """

    same: tuple[float, ...]
    cases: float
    prior_weight: float

    @property
    def share(self) -> float:
        """Weight of the prior in the result."""
        return self.prior_weight / (self.prior_weight + self.cases)


def learn_from_weighed(
    levels: Levels, probability: Floats, prior: Sequence[float], weight: float = PRIOR_WEIGHT
) -> Rates:
    """One step of maximisation: rates of a field from pairs that are one person with these probabilities (pairs,).

    Raises InvalidDataError where the prior is no distribution.
    """
    expected = _distribution(prior)
    held = levels >= 0
    counted = np.bincount(levels[held], probability[held], minlength=len(expected))
    cases = float(counted.sum())
    same = (counted + weight * expected) / (cases + weight)
    return Rates(tuple(float(value) for value in same), cases, weight)


def level_frequencies(levels: Levels, count: int) -> Floats:
    """How often each level occurs among pairs taken at random, one added to each (Laplace)."""
    counted = np.bincount(levels[levels >= 0], minlength=count) + 1.0
    return np.asarray(counted / counted.sum())


def _distribution(prior: Sequence[float]) -> Floats:
    expected = np.asarray(prior, float)
    if expected.ndim != 1 or not len(expected) or (expected <= 0).any() or abs(expected.sum() - 1) > 1e-6:
        raise InvalidDataError(
            "A prior is rates above zero that add up to one.", value=list(map(float, expected)), remedy="Correct them."
        )
    return expected


@dataclass(frozen=True)
class Way:
    """One way in which what is recorded can have come about: how probable it is apart from the rates, up to a factor that all ways of the
    case share, and of which rates the event took place (an error, say) and of which it did not."""

    weight: float
    happened: tuple[str, ...] = ()
    did_not: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """What one field of a pair that is one person tells: the ways in which it can have come about. `counts` is its weight as a case."""

    ways: tuple[Way, ...]
    counts: float = 1.0


@dataclass(frozen=True)
class Learned:
    """A rate that was learned: `value`, and the 95 % interval `low` to `high` (equal-tailed, of a beta distribution).

    `default` is the rate before; it counted as `prior_weight` cases. `cases` is how many cases tell of the rate, each by its weight;
    `worth` is how many they are worth, since of some it is not known what came about.
    """

    default: float
    prior_weight: float
    cases: float
    worth: float
    value: float
    low: float
    high: float

    @property
    def share(self) -> float:
        """Weight of the prior in the result."""
        return self.prior_weight / (self.prior_weight + self.worth)


MOST_ROUNDS = 2_000
MOVED = 1e-9


def learn_from_cases(
    cases: Iterable[Case], default: Mapping[str, float], weight: float | None = None
) -> dict[str, Learned]:
    """Every rate that these cases tell of, by EM from its `default` (between 0 and 1), which counts as `weight` cases (else
    `prior_weight`). Dempster, Laird & Rubin 1977; intervals by the observed information of Louis 1982, beside that of the prior.
    """
    ways = _ways_of(cases)
    if not ways.names:
        return {}
    before = np.array([default[name] for name in ways.names])
    prior = np.array([weight or prior_weight(default[name]) for name in ways.names])
    rates = before
    for _ in range(MOST_ROUNDS):
        happened, met = ways.expected(rates)
        fresh = (happened + prior * before) / (met + prior)
        moved = float(np.abs(fresh / rates - 1).max())
        rates = fresh
        if moved < MOVED:
            break
    met = ways.expected(rates)[1]
    worth = np.clip(1 / (ways.variance(rates, prior) * rates * (1 - rates)) - prior, 0.0, met)
    low, high = (betaincinv((worth + prior) * rates, (worth + prior) * (1 - rates), tail) for tail in (0.025, 0.975))
    columns = np.array((before, prior, met, worth, rates, low, high)).T.tolist()
    return {name: Learned(*numbers) for name, numbers in zip(ways.names, columns, strict=True)}


def prior_weight(rate: float) -> float:
    """As how many cases a default rate counts: twenty, and for a rare event half as many as hold one of it, so that a rate of one in five
    hundred is not overturned by one case. Own choice, shown with every rate."""
    return max(PRIOR_WEIGHT, 0.5 / min(rate, 1 - rate))


@dataclass(frozen=True)
class _Ways:
    """The ways of all cases, one after the other: where each case begins, the ln weight of each way, how often each rate (columns) is met in
    it and how often its event happened; how much each case counts."""

    names: tuple[str, ...]
    starts: NDArray[np.intp]
    ln_weight: Floats
    happened: Floats
    met: Floats
    counts: Floats

    def shares(self, rates: Floats) -> Floats:
        """The probability of each way among those of its case."""
        told = self.ln_weight + self.happened @ np.log(rates) + (self.met - self.happened) @ np.log1p(-rates)
        sizes = np.diff(np.append(self.starts, len(told)))
        weighed = np.exp(told - np.repeat(np.maximum.reduceat(told, self.starts), sizes))
        return np.asarray(weighed / np.repeat(np.add.reduceat(weighed, self.starts), sizes))

    def expected(self, rates: Floats) -> tuple[Floats, Floats]:
        """How often the event of each rate is expected to have happened, and how often the rate was met."""
        weighed = self.shares(rates) * np.repeat(self.counts, np.diff(np.append(self.starts, len(self.ln_weight))))
        return weighed @ self.happened, weighed @ self.met

    def variance(self, rates: Floats, prior: Floats) -> Floats:
        """Variance of the logit of each rate: the inverse of what cases and prior tell, less what is missing because the way of a case is
        not known (Louis 1982, eq. 3.2')."""
        sizes = np.diff(np.append(self.starts, len(self.ln_weight)))
        shares = self.shares(rates)
        scores = self.happened - self.met * rates
        mean = np.add.reduceat(shares[:, None] * scores, self.starts)
        weighed = shares * np.repeat(self.counts, sizes)
        missing = scores.T @ (weighed[:, None] * scores) - mean.T @ (self.counts[:, None] * mean)
        whole = np.diag((weighed @ self.met + prior) * rates * (1 - rates))
        return np.asarray(np.diag(np.linalg.inv(whole - missing)))


def _ways_of(cases: Iterable[Case]) -> _Ways:
    """The ways of cases, of which those that are alike count together; ways that cannot be are left out, and cases that have no other."""
    alike: dict[tuple[Way, ...], float] = defaultdict(float)
    for case in cases:
        possible = tuple(way for way in case.ways if way.weight > 0)
        if possible and case.counts > 0:
            alike[possible] += case.counts
    ways = [way for possible in alike for way in possible]
    names = tuple(dict.fromkeys(name for way in ways for name in (*way.happened, *way.did_not)))
    sizes = np.array([len(possible) for possible in alike], np.intp)
    happened, did_not = (
        np.array([[getattr(way, which).count(name) for name in names] for way in ways], float).reshape(
            len(ways), len(names)
        )
        for which in ("happened", "did_not")
    )
    return _Ways(
        names,
        np.cumsum(sizes) - sizes,
        np.log([way.weight for way in ways]),
        happened,
        happened + did_not,
        np.array(list(alike.values()), float),
    )
