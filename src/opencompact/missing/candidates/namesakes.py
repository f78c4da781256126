"""How much the names of a register count: as much as they say, or less where more people of it are namesakes than names in general make them.

What a name tells is taken from its sounds and from lists of common names, and is the same in every register. In a register with few names, of one
town or one people, more strangers are namesakes than that. Of pairs of two people no more than one in k may reach a likelihood ratio of k (Royall
2000, J Am Stat Assoc 95:760), and of those that one person's pairs reach as often as not, fewer: the exponent of names is the one under which that holds
between people of the register. How far in the tail it is looked at, and the least exponent, are our own.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.naming import Spellings, Values
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.parameters import Parameters, defaults

FEW = 30
"""Fewer people with a name tell too little of how many are namesakes: there the exponent of the parameters counts."""
PAIRS = 200_000
"""So many pairs of people are looked at."""
TAIL, TWICE = 5e-4, 0.2
"""The share of pairs whose names are most alike, at which it is looked: a hundred of those drawn. Further out are few, nearly all of them with all names
in common, which says little of the others. More of a small register, where so many records in it may be of one person as another is."""
REACHED = 0.25
"""The share of true pairs whose names reach what is looked at there."""
LEAST, MOST = 0.5, 1.0


def weighed_by_names(setting: Setting, count: float | None) -> Setting:
    """The setting with this exponent of names, that the people found call for (`names_count`); as it is where the parameters state one of their own, or
    there are too few people (None)."""
    base = setting.parameters
    stated = base["dependence"]["share"]["names"]
    if stated != defaults()["dependence"]["share"]["names"] or count is None:
        return setting
    return replace(setting, parameters=_with_names(base, count))


_made: dict[tuple[int, float], tuple[Parameters, Parameters]] = {}


def _with_names(base: Parameters, share: float) -> Parameters:
    """The parameters with this exponent of names: the same object for the same ones, by which what was worked out under them is known."""
    made = _made.get((id(base), share))
    if made is None or made[0] is not base:
        dependence = base["dependence"]
        changed = {**base, "dependence": {**dependence, "share": {**dependence["share"], "names": share}}}
        made = _made[(id(base), share)] = base, changed
    return made[1]


def names_count(values: Values, spelled: Spellings) -> float | None:
    """The exponent of names, between `LEAST` and `MOST`, under which strangers of a register are namesakes no more often than names in general make
    them; None for a register with too few names."""
    named = np.flatnonzero(spelled.named).astype(np.int32)
    if len(named) < FEW:
        return None
    share = max(TAIL, TWICE / len(named))
    reached = float(np.quantile(_between_strangers(values, spelled, named), 1 - share))
    return float(np.clip(math.log(REACHED / share) / max(reached, 1e-9), LEAST, MOST))


def _between_strangers(values: Values, spelled: Spellings, named: NDArray[np.int32]) -> NDArray[np.float64]:
    """ln LR of the names of pairs of people of a register: of all, or of so many drawn by lot, always the same."""
    if len(named) * (len(named) - 1) // 2 <= PAIRS:
        first, second = np.triu_indices(len(named), 1)
    else:
        first, second = np.random.default_rng(0).integers(0, len(named), (2, PAIRS))
        first, second = first[first != second], second[first != second]
    least = defaults()["names"]["least"]
    scores = NameScores(values, spelled, values, spelled, least)
    return scores(named[first], named[second])
