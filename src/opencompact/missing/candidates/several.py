"""Pairs of which a place has the name of several: each of them weighed, over arrays. The fast twin of `evidence.distances.weighed`.

Own arrays; the method is that of `missing.evidence`, with its source there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Coded

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Several(NamedTuple):
    """Pairs that may mean several: `pairs` are their positions; of each way to mean them, `of` which of `pairs` it is, the numbers of the two places, and
    its share."""

    pairs: NDArray[np.intp]
    of: NDArray[np.intp]
    first: Ints
    second: Ints
    shares: Floats

    @property
    def each(self) -> NDArray[np.intp]:
        """The position of the pair of each."""
        return self.pairs[self.of]

    def total(self, told: Floats) -> Floats:
        """The sum over all that each pair may mean, by their shares."""
        return np.bincount(self.of, self.shares * told, len(self.pairs)).astype(float)

    def weighed(self, ln_ratios: Floats) -> Floats:
        """ln LR of each pair; a place that is in no list says nothing."""
        rest = np.maximum(0.0, 1 - self.total(np.ones(len(self.of))))
        return np.asarray(np.log(self.total(np.exp(ln_ratios)) + rest))


def several(first: Coded, a: Ints, second: Coded, b: Ints) -> Several | None:
    """Of pairs of places by their numbers (`a` of the first, `b` of the second) those that may mean several; None where there are none."""
    many, many_2 = _counts(first, a), _counts(second, b)
    pairs = np.flatnonzero(many * many_2 > 1)
    if not len(pairs):
        return None
    counts = (many * many_2)[pairs]
    of = np.repeat(np.arange(len(pairs)), counts)
    at = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
    one, share = _each(first, a[pairs][of], at // many_2[pairs][of])
    other, share_2 = _each(second, b[pairs][of], at % many_2[pairs][of])
    return Several(pairs, of, one, other, share * share_2)


def _counts(places: Coded, numbers: Ints) -> Ints:
    return np.ones(len(numbers), np.int32) if places.meant is None else places.meant.counts[numbers]


def _each(places: Coded, numbers: Ints, at: NDArray[np.intp]) -> tuple[Ints, Floats]:
    if places.meant is None:
        return numbers, np.ones(len(numbers))
    held = places.meant.starts[numbers] + at
    return places.meant.codes[held], places.meant.shares[held]
