"""Scores of names for many pairs, by the compiled scorer of `missing.names`.

Own; rarity as in Fellegi & Sunter 1969 (JASA 64:1183), §3.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.naming import Spellings, Values, both, only_records, only_values, rolls_of
from opencompact.missing.names import model
from opencompact.missing.names.arrays import Lexicon, Rolls
from opencompact.missing.names.kernel import Costs, score_rows

Ints = NDArray[np.int32]


def costs() -> Costs:
    """The weights of the names' score."""
    return model.costs()


FEW = 16
"""Where fewer than one in so many records of the right is met, only the names of those are put together."""


@dataclass
class NameScores:
    """ln likelihood ratios of the names of pairs of records; 0 where one has no name.

    `least` bounds what names may say against: a person can be recorded under another name altogether.
    """

    left: Values
    left_spelled: Spellings
    right: Values
    right_spelled: Spellings
    least: float = -6.0

    def __post_init__(self) -> None:
        self.named = (self.left_spelled.named, self.right_spelled.named)
        self.costs = costs()

    def __call__(self, rows: Ints, columns: Ints) -> NDArray[np.float64]:
        out = np.zeros(len(rows))
        known = np.flatnonzero(self.named[0][rows] & self.named[1][columns])
        if len(known):
            scores = self._scored(rows[known].astype(np.int32), columns[known].astype(np.int32))
            out[known] = np.maximum(scores.astype(float), self.least)
        return out

    def _scored(self, rows: Ints, columns: Ints) -> NDArray[np.float32]:
        if len(rows) * FEW > len(self.named[1]):
            lexicon, one, other = self._whole
            return score_rows(lexicon, one, rows, other, columns, self.costs)
        met, places = np.unique(columns, return_inverse=True)
        spelled = only_records(self.right_spelled, met)
        used, values = np.unique(spelled.values, return_inverse=True)
        spelled = Spellings(values.astype(np.int32), spelled.spellings, spelled.records)
        lexicon, one, other = self._together(only_values(self.right, used), spelled)
        return score_rows(lexicon, one, rows, other, places.astype(np.int32), self.costs)

    @cached_property
    def _whole(self) -> tuple[Lexicon, Rolls, Rolls]:
        return self._together(self.right, self.right_spelled)

    def _together(self, right: Values, spelled: Spellings) -> tuple[Lexicon, Rolls, Rolls]:
        """One lexicon, and the rolls of both sides."""
        shift = len(self.left.lexicon.elements)
        return both(self.left, right), rolls_of(self.left, self.left_spelled), rolls_of(right, spelled, shift)


def rarity(count: int, size: int) -> float:
    """What a name borne by `count` of `size` people tells, in nats (one is added to each: Laplace)."""
    return math.log((size + 1) / (count + 1))
