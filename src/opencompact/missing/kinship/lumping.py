"""A marker as one computation sees it: alleles that nobody showed are one state wherever that is exact.

Lumping is exact when all alleles of the lump have the same probability of mutating into every allele outside it
(strong lumpability, Kemeny and Snell 1976, §6.3). That holds without mutation, for the proportional and the equal
model, never for the stepwise ones; it is tested on the matrix itself, so a custom matrix is treated by what it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.kinship.case import Array, Marker

_SAME = 1e-12


@dataclass(frozen=True, eq=False)
class Locus:
    """States of one marker: frequency and transmission between them, and the state of every allele.

    `states[a]` is the state of allele a. In a batch of families, frequencies, matrices and states have a leading axis.
    """

    frequencies: Array
    female: Array
    male: Array
    states: NDArray[np.intp]
    silent: int | None
    mutates: bool

    @property
    def size(self) -> int:
        return int(self.frequencies.shape[-1])


def lumped(marker: Marker, seen: Iterable[int]) -> Locus:
    """The marker with the alleles outside `seen` in one state, or with all its alleles where that would not be exact."""
    kept = sorted({*seen, *(() if marker.silent is None else (marker.silent,))})
    rest = [allele for allele in range(len(marker.alleles)) if allele not in set(kept)]
    if len(rest) < 2 or not _may_lump(marker, kept, rest):
        return whole(marker)
    states = np.full(len(marker.alleles), len(kept), dtype=np.intp)
    states[kept] = np.arange(len(kept))
    # What is left to 1, not the sum of the others: rounded frequencies then still add up.
    frequencies = np.append(marker.frequencies[kept], 1 - marker.frequencies[kept].sum())
    if marker.mutation is None:
        female = male = np.eye(len(frequencies))
    else:
        female = _between(marker.mutation.female, states, kept, rest)
        male = _between(marker.mutation.male, states, kept, rest)
    silent = None if marker.silent is None else int(states[marker.silent])
    return Locus(frequencies, female, male, states, silent, marker.mutation is not None)


def whole(marker: Marker) -> Locus:
    """The marker with every allele a state of its own."""
    size = len(marker.alleles)
    identity = np.eye(size)
    female = identity if marker.mutation is None else marker.mutation.female
    male = identity if marker.mutation is None else marker.mutation.male
    return Locus(marker.frequencies, female, male, np.arange(size), marker.silent, marker.mutation is not None)


def _may_lump(marker: Marker, kept: list[int], rest: list[int]) -> bool:
    if marker.mutation is None:
        return True
    for matrix in (marker.mutation.female, marker.mutation.male):
        leaving = matrix[np.ix_(rest, kept)]
        if np.any(np.ptp(leaving, axis=0) > _SAME * np.maximum(leaving.max(axis=0, initial=0.0), 1e-12)):
            return False
    return True


def _between(matrix: Array, states: NDArray[np.intp], kept: list[int], rest: list[int]) -> Array:
    """Transmission between states; any allele of the lump can stand for it, since all leave it alike."""
    rows = matrix[[*kept, rest[0]]]
    return np.stack([rows[:, states == state].sum(axis=1) for state in range(len(kept) + 1)], axis=1)


def renewal_rates(marker: Marker) -> tuple[float, float] | None:
    """(female, male) k if transmission is (1 - k)·I + k·1·pᵀ with p the frequencies (no mutation: k = 0), else None.

    With such a marker the likelihood ratio of a genotype is the same for all alleles that nobody showed, but for a
    term in 1/p where both its copies can be one and the same ancestral copy (see `tables`).
    """
    if marker.mutation is None:
        return 0.0, 0.0
    rates = []
    p = marker.frequencies
    for matrix in (marker.mutation.female, marker.mutation.male):
        pivot = int(np.argmin(np.abs(p - 0.5)))
        rate = float((1 - matrix[pivot, pivot]) / (1 - p[pivot])) if p[pivot] < 1 else 0.0
        expected = (1 - rate) * np.eye(len(p)) + rate * p
        if np.abs(matrix - expected).max() > _SAME:
            return None
        rates.append(rate)
    return rates[0], rates[1]
