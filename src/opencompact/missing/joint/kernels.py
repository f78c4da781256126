"""The compiled loops over subsets. Imported only when they are needed: numba takes a second to load."""

from __future__ import annotations

import numpy as np
from numba import njit, prange

_NEGLIGIBLE = -45.0
"""A term e⁻⁴⁵ of the largest changes nothing in double precision."""


@njit(cache=True, inline="always")
def _sum_over(table, masks, weights, state, down):  # type: ignore[no-untyped-def]
    """ln sum over options of table[state without (down) or with the option's slots] · weight."""
    top = -np.inf
    for option in range(len(masks)):
        mask = masks[option]
        if down:
            if (mask & state) != mask:
                continue
            value = table[state ^ mask] + weights[option]
        else:
            if mask & state:
                continue
            value = table[state | mask] + weights[option]
        if value > top:
            top = value
    if top == -np.inf:
        return top
    total = 0.0
    for option in range(len(masks)):
        mask = masks[option]
        if down:
            if (mask & state) != mask:
                continue
            value = table[state ^ mask] + weights[option]
        else:
            if mask & state:
                continue
            value = table[state | mask] + weights[option]
        if value - top > _NEGLIGIBLE:
            total += np.exp(value - top)
    return top + np.log(total)


@njit(parallel=True, cache=True)
def step(before, masks, weights, after):  # type: ignore[no-untyped-def]
    """after[used] = ln sum over options of before[used without it] + weight."""
    for state in prange(len(before)):
        after[state] = _sum_over(before, masks, weights, state, True)


@njit(parallel=True, cache=True)
def back(after, masks, weights):  # type: ignore[no-untyped-def]
    """before[used] = ln sum over options of after[used with it] + weight."""
    made = np.empty(len(after))
    for state in prange(len(after)):
        made[state] = _sum_over(after, masks, weights, state, False)
    return made


@njit(parallel=True, cache=True)
def count(before, masks):  # type: ignore[no-untyped-def]
    """The number of ways to have used each set, one block later."""
    made = np.zeros(len(before))
    for state in prange(len(before)):
        total = 0.0
        for option in range(len(masks)):
            if (masks[option] & state) == masks[option]:
                total += before[state ^ masks[option]]
        made[state] = total
    return made


@njit(parallel=True, cache=True)
def marginals(before, masks, weights, after, ln_total):  # type: ignore[no-untyped-def]
    """The share of the total that takes each option of a block."""
    made = np.zeros(len(masks))
    for option in prange(len(masks)):
        mask = masks[option]
        total = 0.0
        for state in range(len(before)):
            if mask & state:
                continue
            value = before[state] + weights[option] + after[state | mask] - ln_total
            if value > -700.0:
                total += np.exp(value)
        made[option] = total
    return made
