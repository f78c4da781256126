"""Exact sums over assignments: dynamic programming over sets of used remains, and the best assignments in order.

Families come one after the other; the state is the set of remains already used. All sums are of logarithms, so that
nothing overflows however strong the evidence. This is the permanent-like sum that joint identification needs: 2ⁿ
states for n remains instead of more than n! assignments (Bellman 1962, Held and Karp 1962, for the method).
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.kinship.case import Array

MOST_SLOTS = 21
"""Remains of one component that the table of all subsets can hold: 2²¹ states for every family."""


MOST_CELLS = 1 << 28
"""Cells of the tables of all blocks together: 2 GiB."""
MOST_COUNTED = 16
_CHUNKS = 64


@dataclass(frozen=True, eq=False)
class Block:
    """One family's options: which slots each uses, as a bit mask, and its ln weight. The first uses none."""

    masks: NDArray[np.int64]
    weights: Array


@dataclass(frozen=True, eq=False)
class Sums:
    """ln of the sum over all assignments, the posterior of every option of every block, and the number of assignments.

    `assignments` is None where there are too many slots to count them one by one.
    """

    ln_total: float
    posterior: tuple[Array, ...]
    assignments: float | None


def sums(blocks: Sequence[Block], slots: int, *, all_used: bool = False) -> Sums:
    """Sums over every way of taking one option per block so that no slot is used twice.

    With `all_used`, only ways that use every slot count. Gives ln_total -inf where there is none.
    """
    from opencompact.missing.joint import kernels

    states = 1 << slots
    forward = np.full((len(blocks) + 1, states), -np.inf)
    forward[0, 0] = 0.0
    most = 0
    for place, block in enumerate(blocks):
        most += max(int(mask).bit_count() for mask in block.masks)
        kernels.step(forward[place], block.masks, block.weights, min(most, slots), forward[place + 1])
    backward = np.full(states, -np.inf) if all_used else np.zeros(states)
    backward[states - 1] = 0.0
    ln_total = float(np.logaddexp.reduce(forward[-1] + backward))
    if ln_total == -np.inf:
        return Sums(ln_total, tuple(np.zeros(len(block.masks)) for block in blocks), 0.0)
    posterior: list[Array] = []
    for place in range(len(blocks) - 1, -1, -1):
        block = blocks[place]
        backward, shares = kernels.back(forward[place], backward, block.masks, block.weights, ln_total, _CHUNKS)
        posterior.append(shares.sum(axis=0))
    number = _counted(blocks, slots, all_used) if slots <= MOST_COUNTED else None
    return Sums(ln_total, tuple(reversed(posterior)), number)


def fits_exactly(slots: int, blocks: int) -> bool:
    """Whether the sum over all subsets of so many slots is affordable for so many blocks."""
    return slots <= MOST_SLOTS and (blocks + 1) << slots <= MOST_CELLS


def _counted(blocks: Sequence[Block], slots: int, all_used: bool) -> float:
    from opencompact.missing.joint import kernels

    number = np.zeros(1 << slots)
    number[0] = 1.0
    for block in blocks:
        number = kernels.count(number, block.masks)
    return float(number[-1] if all_used else number.sum())


def best_first(blocks: Sequence[Block], *, full: int | None = None) -> Iterator[tuple[tuple[int, ...], float]]:
    """Every assignment, the likeliest first: (option of each block, ln weight). Exact: the bound is the best completion.

    `full` is the mask that must be used in the end, where that is asked.
    """
    bound = _Completion(blocks, full)
    start = bound.best(0, 0)
    if start == -np.inf:
        return
    heap: list[tuple[float, int, float, int, tuple[int, ...]]] = [(-start, 0, 0.0, 0, ())]
    while heap:
        _, negative_depth, weight, used, taken = heapq.heappop(heap)
        depth = -negative_depth
        if depth == len(blocks):
            yield taken, weight
            continue
        block = blocks[depth]
        for option in np.flatnonzero((block.masks & used) == 0).tolist():
            now = weight + float(block.weights[option])
            after = used | int(block.masks[option])
            reach = now + bound.best(depth + 1, after)
            if reach > -np.inf:
                heapq.heappush(heap, (-reach, -(depth + 1), now, after, (*taken, option)))


class _Completion:
    """The best ln weight of the blocks from one on, given the slots used; kept by what matters of them."""

    def __init__(self, blocks: Sequence[Block], full: int | None) -> None:
        self.blocks, self.full = blocks, full
        self.later = [0] * (len(blocks) + 1)
        for place in range(len(blocks) - 1, -1, -1):
            self.later[place] = self.later[place + 1] | int(np.bitwise_or.reduce(blocks[place].masks))
        self.known: dict[tuple[int, int], float] = {}

    def best(self, depth: int, used: int) -> float:
        if self.full is not None and (used | self.later[depth]) & self.full != self.full:
            return -np.inf
        if depth == len(self.blocks):
            return 0.0
        key = (depth, used if self.full is not None else used & self.later[depth])
        if key not in self.known:
            block = self.blocks[depth]
            self.known[key] = max(
                (
                    float(block.weights[option]) + self.best(depth + 1, used | int(block.masks[option]))
                    for option in np.flatnonzero((block.masks & used) == 0).tolist()
                ),
                default=-np.inf,
            )
        return self.known[key]
