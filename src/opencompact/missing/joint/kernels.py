"""The compiled loops over subsets. Imported only when they are needed: numba takes a second to load.

Sums of logarithms are kept as a running maximum and a sum relative to it; terms that cannot change a double are left.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]

_NEGLIGIBLE = -45.0
"""A term e⁻⁴⁵ of the largest changes nothing in double precision."""
_INVISIBLE = -230.0
"""A state with so small a share of the total (10⁻¹⁰⁰) is not counted into a marginal."""


@njit(cache=True, inline="always")
def _bits(state: int) -> int:
    """The number of slots in a set of up to 32."""
    state = state - ((state >> 1) & 0x55555555)
    state = (state & 0x33333333) + ((state >> 2) & 0x33333333)
    return (((state + (state >> 4)) & 0x0F0F0F0F) * 0x01010101 & 0xFFFFFFFF) >> 24


@njit(parallel=True, cache=True, error_model="numpy")
def step(before: Array, masks: Integers, weights: Array, most: int, after: Array) -> None:
    """after[used] = ln sum over options of before[used without it] + weight, for sets of at most `most` slots."""
    for state in prange(len(before)):
        top = -np.inf
        total = 0.0
        if _bits(state) <= most:
            for option in range(len(masks)):
                mask = masks[option]
                if (mask & state) == mask:
                    value = before[state ^ mask] + weights[option]
                    if value > top:
                        total = total * np.exp(top - value) + 1.0 if top > value + _NEGLIGIBLE else 1.0
                        top = value
                    elif value > top + _NEGLIGIBLE:
                        total += np.exp(value - top)
        after[state] = top + np.log(total) if total > 0.0 else -np.inf


@njit(parallel=True, cache=True, error_model="numpy")
def back(
    before: Array, after: Array, masks: Integers, weights: Array, ln_total: float, chunks: int
) -> tuple[Array, Array]:
    """One block backwards: (ln sum over options of after[used with it] + weight, share of the total of each option).

    Only sets that the blocks before can have used are looked at.
    """
    made = np.full(len(after), -np.inf)
    shares = np.zeros((chunks, len(masks)))
    for chunk in prange(chunks):
        mine = np.zeros(len(masks))
        for state in range(chunk * len(after) // chunks, (chunk + 1) * len(after) // chunks):
            reached = before[state]
            if reached == -np.inf:
                continue
            top = -np.inf
            total = 0.0
            for option in range(len(masks)):
                mask = masks[option]
                if mask & state:
                    continue
                value = after[state | mask] + weights[option]
                if value > top:
                    total = total * np.exp(top - value) + 1.0 if top > value + _NEGLIGIBLE else 1.0
                    top = value
                elif value > top + _NEGLIGIBLE:
                    total += np.exp(value - top)
                share = reached + value - ln_total
                if share > _INVISIBLE:
                    mine[option] += np.exp(share)
            if total > 0.0:
                made[state] = top + np.log(total)
        shares[chunk] = mine
    return made, shares


@njit(cache=True)
def count(before: Array, masks: Integers) -> Array:
    """The number of ways to have used each set, one block later."""
    made = np.zeros(len(before))
    for state in range(len(before)):
        total = 0.0
        for option in range(len(masks)):
            if (masks[option] & state) == masks[option]:
                total += before[state ^ masks[option]]
        made[state] = total
    return made
