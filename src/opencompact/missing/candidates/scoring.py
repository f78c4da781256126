"""Scores of names for many pairs, by the compiled scorer of `missing.names`."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.naming import Spellings, Values, both, rolls_of
from opencompact.missing.names import model
from opencompact.missing.names.kernel import Costs, score_rows

Ints = NDArray[np.int32]


def costs() -> Costs:
    """The weights of the names' score."""
    return model.costs()


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
        self.lexicon = both(self.left, self.right)
        self.rolls = (
            rolls_of(self.left, self.left_spelled),
            rolls_of(self.right, self.right_spelled, len(self.left.lexicon.elements)),
        )
        self.named = (self.left_spelled.named, self.right_spelled.named)
        self.costs = costs()

    def __call__(self, rows: Ints, columns: Ints) -> NDArray[np.float64]:
        out = np.zeros(len(rows))
        known = np.flatnonzero(self.named[0][rows] & self.named[1][columns])
        if len(known):
            first, second = rows[known].astype(np.int32), columns[known].astype(np.int32)
            scores = score_rows(self.lexicon, self.rolls[0], first, self.rolls[1], second, self.costs)
            out[known] = np.maximum(scores.astype(float), self.least)
        return out


def rarity(count: int, size: int) -> float:
    """What a name borne by `count` of `size` people tells, in nats (one is added to each: Laplace)."""
    return math.log((size + 1) / (count + 1))
