"""The pairs that are kept, compared again: as the ledger says it, over arrays.

The tables by which millions of pairs are put in order are a little coarse (`comparing`). What is kept of them is ranked, and its
probability told, by this; the ledger itself, which also has the words, is made only for what is shown. A test holds the two together.
Own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.evidence.compare import Setting

Ints = NDArray[np.int32]
AT_ONCE = 200_000
"""Pairs that are in memory at once."""


def exact_scores(left: Register, right: Register, rows: Ints, columns: Ints, setting: Setting) -> NDArray[np.float64]:
    """ln likelihood ratios of pairs (row of `left`, row of `right`), every field that two records have, as `evidence.compare.compare`."""
    total = np.zeros(len(rows))
    if not len(rows):
        return total
    (first, rows), (second, columns) = left.exactly(rows), right.exactly(columns)
    compared = Comparison(first, second, setting)
    names = NameScores(first.values, first.spelled, second.values, second.spelled, setting.parameters["names"]["least"])
    for start in range(0, len(rows), AT_ONCE):
        a, b = rows[start : start + AT_ONCE], columns[start : start + AT_ONCE]
        total[start : start + AT_ONCE] = compared(a, b, names(a, b))
    return total
