"""How strong a match chance alone would give: the distribution of the LR of one missing person, computed, not drawn.

The LR of a stranger's profile is a product of independent factors, one per marker, each of which takes few values. The
distribution of its logarithm is therefore a convolution, done on a grid of 0.01 in log10. The mass of a value is shared
between the two neighbouring grid points so that the mean is kept. The same sum weighed by the LR itself is the
distribution for the true person, so P(LR ≥ t | stranger) ≤ 1/t holds as it must (Good 1950).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from opencompact.missing.kinship.case import Array, Case, Profile, Sex
from opencompact.missing.kinship.layout import Target
from opencompact.missing.kinship.search import may_be
from opencompact.missing.kinship.strangers import Quality, full_quality, quality_of, readings

STEP = 0.01
_LOWEST, _HIGHEST = -60.0, 60.0
MOST_KINDS = 24
"""Kinds of samples (markers, drop-out, typing error) whose distributions are computed for one missing person."""


@dataclass(frozen=True, eq=False)
class LogRatioDistribution:
    """Of log10 LR: probability per grid point `low + STEP * k`, the rest being LR = 0 exactly."""

    low: float
    mass: Array

    @property
    def impossible(self) -> float:
        """P(LR = 0)."""
        return float(max(0.0, 1 - self.mass.sum()))

    def at_least(self, log10_LR: float) -> float:
        """P(log10 LR ≥ this), to half a grid step."""
        first = int(np.ceil((log10_LR - self.low) / STEP - 0.5))
        return float(self.mass[max(first, 0) :].sum())

    def quantile(self, probability: float) -> float:
        """The least log10 LR that is reached or not exceeded with this probability; -inf within the mass at zero."""
        below = self.impossible + np.cumsum(self.mass)
        if probability <= self.impossible:
            return -np.inf
        return self.low + STEP * int(np.searchsorted(below, min(probability, below[-1] - 1e-15)))


def distribution(
    case: Case, target: Target, quality: Quality | None = None, *, true_person: bool = False
) -> LogRatioDistribution:
    """The distribution of log10 LR of one missing person for a stranger's sample, or for the true person's.

    `quality` is that of the sample: its markers, drop-out and typing error; by default all markers, read without doubt.
    """
    family, person = target
    markers = {marker.name: marker for marker in case.markers_of(family)}
    quality = quality or full_quality(case.markers)
    low, mass = 0.0, np.ones(1)
    for name, dropout in zip(quality.markers, quality.dropout, strict=True):
        weights, values = readings(family, person, markers[name], dropout, quality.typing_error, case.theta)
        low, mass = _convolved(low, mass, values, weights * values if true_person else weights)
    return LogRatioDistribution(low, mass)


def _convolved(low: float, mass: Array, values: Array, weights: Array) -> tuple[float, Array]:
    """One more marker: shifts by log10 of its values, weighed."""
    kept = (values > 0) & (weights > 0)
    steps = np.log10(values[kept]) / STEP
    first = np.floor(steps).astype(np.int64)
    share = steps - first
    least = int(first.min()) if len(first) else 0
    atoms = np.bincount(
        first - least, weights[kept] * (1 - share), minlength=int(np.ptp(first)) + 2 if len(first) else 1
    )
    atoms += np.bincount(first - least + 1, weights[kept] * share, minlength=len(atoms))[: len(atoms)]
    made = np.zeros(len(mass) + len(atoms) - 1)
    for place in np.flatnonzero(atoms):
        made[place : place + len(mass)] += atoms[place] * mass
    return _within(low + STEP * least, made)


def _within(low: float, mass: Array) -> tuple[float, Array]:
    """Cuts the grid where nothing matters any more: what is below is put at its lower end, what is above kept there."""
    start = max(0, round((_LOWEST - low) / STEP))
    stop = min(len(mass), round((_HIGHEST - low) / STEP) + 1)
    kept = mass[start:stop].copy()
    kept[0] += mass[:start].sum()
    kept[-1] += mass[stop:].sum()
    return low + STEP * start, kept


@dataclass(frozen=True)
class ChanceHits:
    """How many of the strangers among the remains would reach a strength: the number searched, P for one, the mean."""

    searched: int
    probability: float
    expected: float


class ChanceOf:
    """Chance hits of one missing person in a search of remains, for any strength.

    Every remains searched counts with its own markers, drop-out and typing error. Where they are of more kinds than
    `most`, the commonest of those stand for all.
    """

    def __init__(self, case: Case, target: Target, remains: Sequence[Profile], most: int = MOST_KINDS) -> None:
        family, person = target
        sex: Sex = family.pedigree.person(person).sex
        searched = [profile for profile in remains if may_be(profile.sex, sex)]
        kinds = Counter(quality_of(profile, case.markers) for profile in searched).most_common(most)
        self.searched = len(searched)
        self._kinds = [(number, distribution(case, target, quality)) for quality, number in kinds]

    def hits(self, log10_LR: float) -> ChanceHits:
        """How many of the strangers searched would reach this strength."""
        counted = sum(number for number, _ in self._kinds)
        bound = 10.0**-log10_LR if log10_LR > 0 else 1.0
        mean = sum(number * min(found.at_least(log10_LR), bound) for number, found in self._kinds) / max(counted, 1)
        return ChanceHits(self.searched, mean, self.searched * mean)


def chance_hits(case: Case, target: Target, log10_LR: float, remains: Sequence[Profile] | None = None) -> ChanceHits:
    """Chance hits of at least this strength that one missing person has in a search of these remains (the case's)."""
    return ChanceOf(case, target, case.remains if remains is None else remains).hits(log10_LR)
