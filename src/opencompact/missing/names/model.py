"""The weights of the score, in nats, and the costs of letters, as the kernel takes them.

Own: set by hand and tuned on fresh draws of seeds 1 to 3 (`benchmarks/names.py`).
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from functools import cache

import numpy as np

from opencompact.missing.names.kernel import Costs
from opencompact.missing.names.sounds import alphabet


@dataclass(frozen=True)
class Weights:
    """What each thing that two names may share or lack says for or against one person.

    Set by hand and tuned on names that no fixed task holds (docs/explanation/names.md says how, and what they measure).
    The order of the fields is that of the kernel's array.
    """

    scale: float = 1.25
    """How much one nat of distance between two readings takes from what the part tells."""
    conflict: float = 3.5
    """Against: a part of each that has no counterpart in the other."""
    missing: float = 0.9
    """Against: a part of one where the other has fewer parts."""
    order: float = 0.3
    """Against: two matched parts that stand the other way round; three such pairs at most."""
    join: float = 0.4
    """The distance of writing two parts as one."""
    farthest: float = 5.9
    """Readings farther apart than this are not equated, whatever the part would tell."""
    initial: float = 1.0
    """For: an initial that fits a part."""
    same: float = 0.3
    """The greatest distance of two spellings of one well-known name."""
    kindred: float = 2.0
    """The greatest distance of names that go for one another: John and Yohannes, Bill and William."""
    distinct: float = 1.0
    """Added to the distance of two well-known names that are not the same: Mohamed and Mahmoud."""
    doubt: float = 2.0
    """How far below zero the ratio of two parts may be for them to be equated rather than held against each other."""
    family: float = 5.0
    """Where a part is disputed, the others count up to this and a tenth beyond: relatives share them too."""
    shorter: float = 3.0
    """Against: one of two Latin words is only the beginning or the end of the other: Kipli of Julkipli."""
    typing: float = 1.2
    """In one script spellings vary less than across scripts: distances count this many times."""


DEFAULT = Weights()


@cache
def costs(weights: Weights = DEFAULT) -> Costs:
    """The costs of letters and the weights, as arrays."""
    letters = alphabet()
    return Costs(
        letters.cost,
        np.concatenate([letters.gap, letters.written]),
        letters.near,
        letters.own,
        letters.hard,
        np.array(astuple(weights), np.float32),
    )
