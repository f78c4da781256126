"""The compiled loop of the sampler. Imported only when it is needed."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]


@njit(cache=True)
def run(
    seed: int,
    sweeps: int,
    first: Integers,
    used: Integers,
    weights: Array,
    remains: int,
    state: Integers,
    counts: Array,
    best: Integers,
) -> float:
    """One chain: fills `counts` (two halves, options) and `best`; gives the greatest ln weight met."""
    np.random.seed(seed)
    families = len(first) - 1
    taken = np.zeros(remains, np.bool_)
    total = 0.0
    for f in range(families):
        state[f] += first[f]
        total += _choose(used, weights, taken, state, f, state[f])
    highest = total
    best[:] = state - first[:-1]
    outer = np.empty(np.max(first[1:] - first[:-1]))
    inner = np.empty_like(outer)
    for sweep in range(sweeps + sweeps // 4):
        for _ in range(families):
            total += _redraw_two(first, used, weights, taken, state, outer, inner)
        if total > highest + 1e-9:
            highest = total
            best[:] = state - first[:-1]
        if sweep >= sweeps // 4:
            half = 2 * (sweep - sweeps // 4) // sweeps
            for f in range(families):
                counts[half, state[f]] += 1
    return highest


@njit(cache=True)
def _redraw_two(
    first: Integers, used: Integers, weights: Array, taken: Flags, state: Integers, outer: Array, inner: Array
) -> float:
    """Two families at random choose anew, given all others; the change of the ln weight. `outer`, `inner` are room to work."""
    families = len(first) - 1
    a = np.random.randint(families)
    b = np.random.randint(families)
    before = _leave(used, weights, taken, state, a)
    if b != a:
        before += _leave(used, weights, taken, state, b)
    # The weight of each option of a is its own times the sum over what b can then do.
    top = -np.inf
    for o in range(first[a], first[a + 1]):
        value = -np.inf
        if _is_free(used, o, taken):
            value = weights[o]
            if b != a:
                _mark(used, o, taken, True)
                value += _all_that_is_free(used, weights, taken, first[b], first[b + 1])
                _mark(used, o, taken, False)
        outer[o - first[a]] = value
        top = max(top, value)
    after = _choose(used, weights, taken, state, a, first[a] + _draw(outer, first[a + 1] - first[a], top))
    if b != a:
        top = -np.inf
        for o in range(first[b], first[b + 1]):
            inner[o - first[b]] = weights[o] if _is_free(used, o, taken) else -np.inf
            top = max(top, inner[o - first[b]])
        after += _choose(used, weights, taken, state, b, first[b] + _draw(inner, first[b + 1] - first[b], top))
    return after - before


@njit(cache=True)
def _choose(used: Integers, weights: Array, taken: Flags, state: Integers, family: int, option: int) -> float:
    """The family takes an option; its ln weight."""
    state[family] = option
    _mark(used, option, taken, True)
    return weights[option]


@njit(cache=True)
def _leave(used: Integers, weights: Array, taken: Flags, state: Integers, family: int) -> float:
    """The family gives back what it uses; the ln weight of what it leaves."""
    _mark(used, state[family], taken, False)
    return weights[state[family]]


@njit(cache=True)
def _all_that_is_free(used: Integers, weights: Array, taken: Flags, start: int, end: int) -> float:
    """ln of the sum of the weights of the options from `start` to `end` that use nothing taken."""
    most = -np.inf
    for o in range(start, end):
        if weights[o] > most and _is_free(used, o, taken):
            most = weights[o]
    if most == -np.inf:
        return most
    rest = 0.0
    for o in range(start, end):
        if weights[o] > most - 40.0 and _is_free(used, o, taken):
            rest += np.exp(weights[o] - most)
    return most + np.log(rest)


@njit(cache=True)
def _is_free(used: Integers, option: int, taken: Flags) -> bool:
    for k in range(used.shape[1]):
        place = used[option, k]
        if place >= 0 and taken[place]:
            return False
    return True


@njit(cache=True)
def _mark(used: Integers, option: int, taken: Flags, value: bool) -> None:
    for k in range(used.shape[1]):
        if used[option, k] >= 0:
            taken[used[option, k]] = value


@njit(cache=True)
def _draw(values: Array, number: int, top: float) -> int:
    """One of the first `number` places, by the ln weights in `values`."""
    total = 0.0
    for k in range(number):
        total += np.exp(values[k] - top)
    left = np.random.random() * total
    for k in range(number):
        left -= np.exp(values[k] - top)
        if left < 0 and values[k] > -np.inf:
            return k
    for k in range(number - 1, -1, -1):
        if values[k] > -np.inf:
            return k
    return 0
