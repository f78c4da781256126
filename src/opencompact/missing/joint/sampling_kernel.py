"""The compiled loop of the sampler. Imported only when it is needed."""

from __future__ import annotations

import numpy as np
from numba import njit


@njit(cache=True)
def _is_free(used, option, taken):  # type: ignore[no-untyped-def]
    for k in range(used.shape[1]):
        place = used[option, k]
        if place >= 0 and taken[place]:
            return False
    return True


@njit(cache=True)
def _mark(used, option, taken, value):  # type: ignore[no-untyped-def]
    for k in range(used.shape[1]):
        if used[option, k] >= 0:
            taken[used[option, k]] = value


@njit(cache=True)
def run(seed, sweeps, first, used, weights, remains, state, counts, best):  # type: ignore[no-untyped-def]
    """One chain: fills `counts` (two halves, options) and `best`; gives the greatest ln weight met."""
    np.random.seed(seed)
    families = len(first) - 1
    taken = np.zeros(remains, np.bool_)
    total = 0.0
    for f in range(families):
        state[f] += first[f]
        _mark(used, state[f], taken, True)
        total += weights[state[f]]
    highest = total
    best[:] = state - first[:-1]
    width = 0
    for f in range(families):
        width = max(width, first[f + 1] - first[f])
    inner = np.empty(width)
    outer = np.empty(width)
    for sweep in range(sweeps + sweeps // 4):
        for _ in range(families):
            a = np.random.randint(families)
            b = np.random.randint(families)
            _mark(used, state[a], taken, False)
            total -= weights[state[a]]
            if b != a:
                _mark(used, state[b], taken, False)
                total -= weights[state[b]]
            # The weight of each option of a is its own times the sum over what b can then do.
            top = -np.inf
            for o in range(first[a], first[a + 1]):
                value = -np.inf
                if _is_free(used, o, taken):
                    value = weights[o]
                    if b != a:
                        _mark(used, o, taken, True)
                        most = -np.inf
                        for q in range(first[b], first[b + 1]):
                            if weights[q] > most and _is_free(used, q, taken):
                                most = weights[q]
                        if most > -np.inf:
                            rest = 0.0
                            for q in range(first[b], first[b + 1]):
                                if weights[q] > most - 40.0 and _is_free(used, q, taken):
                                    rest += np.exp(weights[q] - most)
                            value += most + np.log(rest)
                        else:
                            value = -np.inf
                        _mark(used, o, taken, False)
                outer[o - first[a]] = value
                top = max(top, value)
            state[a] = first[a] + _draw(outer, first[a + 1] - first[a], top)
            _mark(used, state[a], taken, True)
            total += weights[state[a]]
            if b != a:
                top = -np.inf
                for q in range(first[b], first[b + 1]):
                    value = weights[q] if _is_free(used, q, taken) else -np.inf
                    inner[q - first[b]] = value
                    top = max(top, value)
                state[b] = first[b] + _draw(inner, first[b + 1] - first[b], top)
                _mark(used, state[b], taken, True)
                total += weights[state[b]]
        if total > highest + 1e-9:
            highest = total
            best[:] = state - first[:-1]
        if sweep >= sweeps // 4:
            half = 2 * (sweep - sweeps // 4) // sweeps
            for f in range(families):
                counts[half, state[f]] += 1
    return highest


@njit(cache=True)
def _draw(values, number, top):  # type: ignore[no-untyped-def]
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
