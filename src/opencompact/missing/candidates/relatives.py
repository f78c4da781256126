"""The fast twin of `evidence.relatives`: which pairs of one side name other given names, over arrays of pairs.

Own; the method is that of `missing.evidence.relatives`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.naming import Spellings, Values, prepare_values, spellings_of
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.evidence.again import SOUGHT
from opencompact.missing.evidence.relatives import MEETS, given_names, parts_named
from opencompact.missing.names.likeness import NEVER

Ints = NDArray[np.int32]
Flags = NDArray[np.bool_]
Others = Callable[[Ints, Ints], Flags | None]


def named_otherwise(left: Register, right: Register) -> Others:
    """Which of pairs (row of `left`, row of `right`) are of one side and name another given name each; None where no pair can be."""
    if not left.sides & right.sides:
        return lambda _rows, _columns: None
    sides, other_sides = (side.roles == SOUGHT for side in (left, right))

    @cache
    def scores() -> tuple[NameScores, NameScores]:
        given, named = ([_values(of, side) for side in (left, right)] for of in (given_names, parts_named))
        return NameScores(*given[0], *named[1], least=NEVER), NameScores(*named[0], *given[1], least=NEVER)

    def told(rows: Ints, columns: Ints) -> Flags:
        out = sides[rows] == other_sides[columns]
        for one in scores():
            at = np.flatnonzero(out)
            known = one.named[0][rows[at]] & one.named[1][columns[at]]
            out[at] = known & (one(rows[at], columns[at]) <= MEETS)
        return out

    return told


def _values(of: Callable[..., Sequence[str]], side: Register) -> tuple[Values, Spellings]:
    """The names that a function gives of each record, each a spelling of its own."""
    numbers: dict[str, int] = {}
    records = [[[numbers.setdefault(text, len(numbers))] for text in of(record)] for record in side.records]
    return prepare_values(list(numbers)), spellings_of(records)
