"""How far two readings are: the weighted edit distance over slots, compiled; and which need not be measured.

The distance is that of Wagner & Fischer (1974, JACM 21:168) with weights as in Ristad & Yianilos (1998, IEEE TPAMI 20:522) and swaps of neighbours
(Damerau 1964, CACM 7:171). Where it stops early, and which pairs are not measured at all, is our own.
"""

from __future__ import annotations

import numpy as np

from opencompact.missing.names.compiled import Bits, Flags, Nats, Shorts, compiled

MOST_SLOTS = 24
"""The longest reading that fits a workspace row, and one more."""

SWAP = np.float32(1.5)
"""What two neighbouring letters changed about cost, in nats (Damerau 1964)."""


@compiled(fastmath=True)
def reading_distance(
    slots: Shorts, a: int, a_end: int, b: int, b_end: int, cost: Nats, gap: Nats, shift: int, row: Nats, cutoff: float
) -> np.float32:
    """The weighted edit distance of two readings, with swaps of neighbours; above `cutoff` it stops.

    What leaving a letter out costs stands in `gap` from `shift` on: 0, or as many as there are letters for two names that
    are both written in Arabic letters.
    """
    before, above, here = 2, 0, 1
    width = b_end - b
    row[0, 0] = 0.0
    for j in range(width):
        row[0, j + 1] = row[0, j] + gap[shift + slots[b + j]]
    for i in range(a, a_end):
        x = slots[i]
        gap_x = gap[shift + x]
        left = row[above, 0] + gap_x
        row[here, 0] = left
        least = left
        for j in range(width):
            y = slots[b + j]
            value = row[above, j] + cost[x, y]
            value = min(value, row[above, j + 1] + gap_x)
            value = min(value, left + gap[shift + y])
            if i > a and j > 0 and slots[i - 1] == y and slots[b + j - 1] == x:
                value = min(value, row[before, j - 1] + SWAP)
            row[here, j + 1] = value
            left = value
            least = min(least, value)
        if least > cutoff:
            return np.float32(cutoff + 1.0)
        before, above, here = above, here, before
    return row[above, width]


@compiled(fastmath=True, inline="always")
def lost(slots: Shorts, start: int, end: int, near: Bits, hard: Flags, sounds: np.uint64, most: int) -> bool:
    """Whether more than `most` firm consonants have no counterpart among the other's sounds: each costs `sounds.SURELY` at least."""
    lost = 0
    for i in range(start, end):
        x = slots[i]
        if hard[x] and (near[x] & sounds) == 0:
            lost += 1
            if lost > most:
                return True
    return False
