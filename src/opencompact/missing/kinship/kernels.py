"""The compiled loop of the search. Imported only when a search is large: numba takes a second to load.

Each pair costs one look-up per marker. The tables of 32 missing people are interleaved, so that one look-up serves all
32 of them at once with vector instructions; the group (0.3 MB) stays in the second cache while remains stream past.
Nothing of the size of all pairs is ever kept.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Integers = NDArray[np.int64]

LANES = 32
"""Missing people whose tables are interleaved."""
MARKERS_AT_ONCE = 4
"""The number of markers is filled up to a multiple of this with the entry 0, which adds nothing."""

# Sums of minus infinity must stay what they are: no assumption of finite numbers.
_FAST = {"reassoc", "nsz", "nnan", "contract"}


@njit(cache=True)
def _put(values: Scores, places: Integers, number: int, value: np.float32, place: int) -> int:
    """Keeps the best of a fixed number; gives the number kept. `values[0]` is the least once it is full."""
    size = len(values)
    if number < size:
        values[number] = value
        places[number] = place
        number += 1
    elif value > values[0]:
        values[0] = value
        places[0] = place
    else:
        return number
    if number == size:
        least = np.argmin(values)
        values[0], values[least] = values[least], values[0]
        places[0], places[least] = places[least], places[0]
    return number


@njit(parallel=True, cache=True, nogil=True, fastmath=_FAST, error_model="numpy")
def scan(
    groups: Scores, offsets: NDArray[np.uint16], floor: float, check: int, need: Scores, first_missing: int,
    r_values: Scores, r_places: Integers, r_counts: Integers,
    m_values: Scores, m_places: Integers, m_counts: Integers,
) -> None:  # fmt: skip
    """Scores every missing person of `groups` (groups, width · 32) against every row of `offsets` (remains, markers).

    Scores of at least `floor` go to the lists of the best missing of each remains (`r_…`, places count from
    `first_missing`) and to the lists of the best remains of each missing (`m_…`, with a leading axis of chunks of
    remains, which the cores share); all lists are updated in place.

    After `check` markers (0: never) a group is left once no lane reaches `need` (groups, 32), the least partial score
    that can still come to `floor`: an exact bound, so that no hit is lost.
    """
    remains, markers = offsets.shape
    chunks = len(m_counts)
    for chunk in prange(chunks):
        lanes, one, two, three, four = np.uintp(32), np.uintp(1), np.uintp(2), np.uintp(3), np.uintp(4)
        steps, stop_at = np.uintp(markers // 4), np.uintp(check // 4)
        total = np.empty(32, np.float32)
        start = chunk * remains // chunks
        stop = (chunk + 1) * remains // chunks
        for group in range(len(groups)):
            tables = groups[group]
            for r in range(start, stop):
                for lane in range(lanes):
                    total[lane] = np.float32(0.0)
                left = False
                row = offsets[r]
                for step in range(steps):
                    marker = step * four
                    a = np.uintp(row[marker]) * lanes
                    b = np.uintp(row[marker + one]) * lanes
                    c = np.uintp(row[marker + two]) * lanes
                    d = np.uintp(row[marker + three]) * lanes
                    for lane in range(lanes):
                        total[lane] += tables[a + lane] + tables[b + lane] + tables[c + lane] + tables[d + lane]
                    if step + one == stop_at:
                        best = total[0] - need[group, 0]
                        for lane in range(lanes):
                            best = max(best, total[lane] - need[group, lane])
                        if best < 0:
                            left = True
                            break
                if left:
                    continue
                best = total[0]
                for lane in range(lanes):
                    best = max(best, total[lane])
                if best < floor:
                    continue
                for lane in range(32):
                    if total[lane] >= floor:
                        m = group * 32 + lane
                        r_counts[r] = _put(r_values[r], r_places[r], r_counts[r], total[lane], first_missing + m)
                        m_counts[chunk, m] = _put(
                            m_values[chunk, m], m_places[chunk, m], m_counts[chunk, m], total[lane], np.int64(r)
                        )
