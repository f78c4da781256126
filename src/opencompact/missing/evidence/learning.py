"""Error rates learned: from confirmed identifications, or from the pairs themselves by expectation and maximisation.

A field of a pair is at a level (0 the best agreement, -1 unknown). `same` is how often each level occurs for one person, `other` for
two. Confirmed identifications are counted, with the default rates as so many earlier cases (a Dirichlet prior, whose weight is
given back: nobody mistakes ten cases for knowledge). Without labels, the mixture of Fellegi and Sunter (1969, JASA 64:1183) is
fitted by EM (Winkler 1988; Dempster, Laird, Rubin 1977), `other` being known from pairs taken at random.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError

Levels = NDArray[np.int8]
Floats = NDArray[np.float64]


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


def learn_from_confirmed(levels: Levels, prior: Sequence[float], weight: float = 20.0) -> Rates:
    """Rates of one field from pairs confirmed to be one person; `levels` (pairs,), -1 unknown, which is passed over.

    Raises InvalidDataError where the prior is no distribution or a level lies beyond it.
    """
    expected = _distribution(prior)
    known = levels[levels >= 0]
    if len(known) and known.max() >= len(expected):
        raise InvalidDataError("A level has no rate.", value=int(known.max()), remedy="Give a prior for every level.")
    return _rates(np.asarray(np.bincount(known, minlength=len(expected)), float), expected, weight)


def learn_from_weighed(levels: Levels, probability: Floats, prior: Sequence[float], weight: float = 20.0) -> Rates:
    """One step of maximisation: rates of a field from pairs that are one person with these probabilities (pairs,)."""
    expected = _distribution(prior)
    held = levels >= 0
    return _rates(
        np.asarray(np.bincount(levels[held], probability[held], minlength=len(expected)), float), expected, weight
    )


def level_frequencies(levels: Levels, count: int) -> Floats:
    """How often each level occurs among pairs taken at random, one added to each (Laplace)."""
    counted = np.bincount(levels[levels >= 0], minlength=count) + 1.0
    return np.asarray(counted / counted.sum())


@dataclass(frozen=True)
class Mixture:
    """What EM found: rates per field, the share of pairs that are one person, and the probability of each pair."""

    rates: Mapping[str, Rates]
    share: float
    probability: Floats
    rounds: int


def learn_from_pairs(
    levels: Mapping[str, Levels],
    other: Mapping[str, Sequence[float] | Floats],
    prior: Mapping[str, Sequence[float]],
    *,
    known: Floats | None = None,
    share: float = 0.1,
    weight: float = 20.0,
    most_rounds: int = 50,
) -> Mixture:
    """Rates by EM over unlabelled pairs. `levels` and `other` per field; `known` adds ln likelihood ratios that are not learned
    (such as that of names); `share` is the first guess of the share of one person's pairs."""
    prior_of = {field: _distribution(prior[field]) for field in levels}
    rates = {field: Rates(tuple(expected), 0.0, weight) for field, expected in prior_of.items()}
    size = len(next(iter(levels.values())))
    fixed = np.zeros(size) if known is None else known
    probability = np.zeros(size)
    rounds = 0
    while rounds < most_rounds:
        rounds += 1
        weighed = fixed + np.log(share) - np.log1p(-share)
        for field, seen in levels.items():
            ratio = np.log(np.append(np.array(rates[field].same) / np.asarray(other[field]), 1.0))
            weighed = weighed + ratio[seen]
        fresh = 1 / (1 + np.exp(-np.clip(weighed, -500, 500)))
        moved = float(np.abs(fresh - probability).mean()) if size else 0.0
        probability = fresh
        share = float(np.clip(probability.mean(), 1e-9, 1 - 1e-9)) if size else share
        for field, seen in levels.items():
            rates[field] = learn_from_weighed(seen, probability, prior[field], weight)
        if moved < 1e-6:
            break
    return Mixture(rates, share, probability, rounds)


def _rates(counted: Floats, expected: Floats, weight: float) -> Rates:
    cases = float(counted.sum())
    same = (counted + weight * expected) / (cases + weight)
    return Rates(tuple(float(value) for value in same), cases, weight)


def _distribution(prior: Sequence[float]) -> Floats:
    expected = np.asarray(prior, float)
    if expected.ndim != 1 or not len(expected) or (expected <= 0).any() or abs(expected.sum() - 1) > 1e-6:
        raise InvalidDataError(
            "A prior is rates above zero that add up to one.", value=list(map(float, expected)), remedy="Correct them."
        )
    return expected
