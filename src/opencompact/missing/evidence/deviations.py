"""Errors of measurement learned from pairs of measurements of one body, of which neither is the truth.

Each measurement is the true value with a normal error; the true value is normal in its population. What either error was is not known, and its
expectation takes its place (EM: Dempster, Laird & Rubin 1977, J R Stat Soc B 39:1; the question is that of Grubbs 1948, J Am Stat Assoc 43:243). The
defaults count as so many earlier cases (a scaled inverse χ² prior); what is not known about the errors widens the interval (Louis 1982, J R Stat
Soc B 44:226).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from opencompact.missing.evidence.learning import MOST_ROUNDS, MOVED, Learned

Floats = NDArray[np.float64]
PRIOR_OF_DEVIATION = 5.0
"""Deviations known before count as so many cases: then they are known within a third. Own choice, shown with what is learned."""


class Measurement(NamedTuple):
    """A measured value: by what its error is named, and the variance that comes on top since it was stated as a range."""

    error: str
    value: float
    range_variance: float = 0.0


class MeasuredTwice(NamedTuple):
    """Two measurements of one body out of a population of this mean and standard deviation; `counts` is the weight of the pair."""

    first: Measurement
    second: Measurement
    mean: float
    deviation: float
    counts: float = 1.0


def learn_deviations(
    pairs: Sequence[MeasuredTwice], default: Mapping[str, float], weight: float = PRIOR_OF_DEVIATION
) -> dict[str, Learned]:
    """Standard deviations of the errors that these pairs tell of, by EM from their `default`, which counts as `weight` cases."""
    if not pairs:
        return {}
    told = _told(pairs)
    before = np.array([default[name] for name in told.names]) ** 2
    squares, cases = before, told.summed(np.ones_like(told.values))
    for _ in range(MOST_ROUNDS):
        means, covariances = told.errors(squares)
        expected = means**2 + np.diagonal(covariances, axis1=1, axis2=2)
        fresh = (told.summed(expected) + weight * before) / (cases + weight)
        moved = float(np.abs(fresh / squares - 1).max())
        squares = fresh
        if moved < MOVED:
            break
    worth = np.clip(2 / told.variance(squares, weight) - weight, 0.0, cases)
    low, high = (np.sqrt(squares * (worth + weight) / chdtri(worth + weight, tail)) for tail in (0.025, 0.975))
    columns = (np.sqrt(before), np.full(len(before), weight), cases, worth, np.sqrt(squares), low, high)
    return {name: Learned(*numbers) for name, numbers in zip(told.names, np.array(columns).T.tolist(), strict=True)}


@dataclass(frozen=True)
class _Told:
    """Pairs as arrays: which error either measurement has, its value less the mean of its population, the variance of its range (pairs, 2);
    1 / variance of the population, and the weight of each pair."""

    names: tuple[str, ...]
    of: NDArray[np.intp]
    values: Floats
    ranges: Floats
    precision: Floats
    counts: Floats

    def summed(self, each: Floats) -> Floats:
        """Something of each measurement (pairs, 2), by the weight of its pair, summed over those of each error."""
        weighed = (self.counts[:, None] * each).ravel()
        return np.asarray(np.bincount(self.of.ravel(), weighed, minlength=len(self.names)))

    def errors(self, squares: Floats) -> tuple[Floats, Floats]:
        """Mean (pairs, 2) and covariance (pairs, 2, 2) of the two errors of each pair, given both values: the true value is normal about
        their weighted mean, and of the rest the error bears its part beside the range."""
        own = squares[self.of]
        whole = own + self.ranges
        spread = 1 / (self.precision + (1 / whole).sum(axis=1))
        true = spread * (self.values / whole).sum(axis=1)
        part = own / whole
        covariance = part[:, :, None] * part[:, None, :] * spread[:, None, None]
        covariance[:, [0, 1], [0, 1]] += part * self.ranges
        return part * (self.values - true[:, None]), covariance

    def variance(self, squares: Floats, weight: float) -> Floats:
        """Variance of the logarithm of each squared error: the inverse of what pairs and prior tell, less what is missing because the errors
        are not known (Louis 1982). Of two normal ones, Cov(a², b²) = 2 c² + 4 c E(a) E(b), c their covariance (Isserlis 1918)."""
        means, covariance = self.errors(squares)
        of_squares = 2 * covariance**2 + 4 * covariance * means[:, :, None] * means[:, None, :]
        scaled = of_squares / (squares[self.of][:, :, None] * squares[self.of][:, None, :]) / 4
        missing = np.zeros((len(squares), len(squares)))
        for one, other in ((0, 0), (0, 1), (1, 0), (1, 1)):
            np.add.at(missing, (self.of[:, one], self.of[:, other]), self.counts * scaled[:, one, other])
        whole = np.diag((self.summed(np.ones_like(self.values)) + weight) / 2)
        return np.asarray(np.diag(np.linalg.inv(whole - missing)))


def _told(pairs: Sequence[MeasuredTwice]) -> _Told:
    names = tuple(dict.fromkeys(one.error for pair in pairs for one in pair[:2]))
    measured = [[(names.index(one.error), one.value, one.range_variance) for one in pair[:2]] for pair in pairs]
    of, values, ranges = np.moveaxis(np.array(measured, float), 2, 0)
    mean, deviation, counts = np.array([pair[2:] for pair in pairs], float).T
    return _Told(names, of.astype(np.intp), values - mean[:, None], ranges, 1 / deviation**2, counts)
