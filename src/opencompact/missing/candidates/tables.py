"""What values say of one another, looked up: tables of distinct values of two registers, for pairs of their records.

Own arrays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Coded

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Field = Callable[[Ints, Ints], Floats]
"""What a field says of pairs (rows of the left, rows of the right)."""


@dataclass(frozen=True)
class Table:
    """ln LR of distinct values of the left (rows) and right (columns)."""

    left: Ints
    right: Ints
    values: NDArray[np.float32]

    def __call__(self, rows: Ints, columns: Ints) -> Floats:
        return np.asarray(_looked_up(self.values, self.left, self.right, rows, columns))


@njit(cache=True, nogil=True)
def _looked_up(values: NDArray[np.float32], left: Ints, right: Ints, rows: Ints, columns: Ints) -> Floats:
    """What the table says of each pair; 0 where a side is unknown."""
    out = np.zeros(len(rows))
    for k in range(len(rows)):
        a, b = left[rows[k]], right[columns[k]]
        if a >= 0 and b >= 0:
            out[k] = values[a, b]
    return out


def tabled(left: Coded, right: Coded, say: Callable[[Any, Any], float]) -> Table:
    """A table from what two values say."""
    values = np.array([[say(a, b) for b in right.values] for a in left.values], np.float32)
    return Table(left.codes, right.codes, values.reshape(len(left.values), len(right.values)))


LARGEST_TABLE = 4_000_000
"""Pairs of distinct values up to which what they say is worked out for all of them; beyond, for the pairs that are asked for."""


def tabled_where_small(left: Coded, right: Coded, say: Field) -> Field:
    """`say` speaks of numbers of distinct values: looked up in a table of all of them, unless that is too large."""
    size, size_2 = len(left.values), len(right.values)
    if size * size_2 <= LARGEST_TABLE:
        firsts, seconds = np.divmod(np.arange(size * size_2, dtype=np.int32), np.int32(max(1, size_2)))
        values = say(firsts, seconds).astype(np.float32).reshape(size, size_2)
        return Table(left.codes, right.codes, values)

    return directly(left, right, say)


def directly(left: Coded, right: Coded, say: Field) -> Field:
    """`say` speaks of numbers of distinct values, and is asked about the pairs that are met."""

    def told(rows: Ints, columns: Ints) -> Floats:
        a, b = left.codes[rows], right.codes[columns]
        known = np.flatnonzero((a >= 0) & (b >= 0))
        out = np.zeros(len(rows))
        out[known] = say(a[known], b[known])
        return out

    return told
