"""The compiled loops of the search. Imported only when a search is large: numba takes a second to load.

Each pair costs one look-up per marker: for a missing person (outer loop, one row of 8 KB that stays in the first
cache) over remains (inner loop). Nothing of the size of all pairs is ever kept.
"""

from __future__ import annotations

import numpy as np
from numba import njit, prange


@njit(cache=True, inline="always")
def _put(values, places, number, value, place):  # type: ignore[no-untyped-def]
    """Keeps the best of a fixed number; gives the number kept. `values[0]` is the least once it is full."""
    size = len(values)
    if number < size:
        values[number] = value
        places[number] = place
        number += 1
        if number == size:
            least = np.argmin(values)
            values[0], values[least] = values[least], values[0]
            places[0], places[least] = places[least], places[0]
        return number
    if value > values[0]:
        values[0] = value
        places[0] = place
        least = np.argmin(values)
        values[0], values[least] = values[least], values[0]
        places[0], places[least] = places[least], places[0]
    return number


@njit(parallel=True, cache=True, nogil=True)
def scan(tables, offsets, floor, chunks, per_remains, per_missing, first_missing, r_values, r_places, r_counts):  # type: ignore[no-untyped-def]
    """Scores every row of `tables` (missing, width) against every row of `offsets` (remains, markers).

    Scores of at least `floor` go to the lists of the best `per_remains` missing of each remains, which are updated in
    place (`r_values`, `r_places`, `r_counts`; places count from `first_missing`), and to lists of the best
    `per_missing` remains of each missing, which are given back per chunk of remains: (values, places, counts). The
    chunks are what the cores share.
    """
    missing = tables.shape[0]
    remains, markers = offsets.shape
    m_values = np.empty((chunks, missing, per_missing), np.float32)
    m_places = np.empty((chunks, missing, per_missing), np.int64)
    m_counts = np.zeros((chunks, missing), np.int64)
    for chunk in prange(chunks):
        start = chunk * remains // chunks
        stop = (chunk + 1) * remains // chunks
        for m in range(missing):
            row = tables[m]
            for r in range(start, stop):
                score = np.float32(0.0)
                for marker in range(markers):
                    score += row[offsets[r, marker]]
                if score >= floor:
                    r_counts[r] = _put(r_values[r], r_places[r], r_counts[r], score, first_missing + m)
                    m_counts[chunk, m] = _put(
                        m_values[chunk, m], m_places[chunk, m], m_counts[chunk, m], score, np.int64(r)
                    )
    return m_values, m_places, m_counts


@njit(parallel=True, cache=True, nogil=True)
def scan_bounded(  # type: ignore[no-untyped-def]
    tables, best, offsets, floor, check, chunks, per_remains, per_missing, first_missing, r_values, r_places, r_counts
):
    """As `scan`, but leaves a pair once it can no longer reach `floor`, after the markers in `check`.

    `best[m, k]` is the most that the markers from the k-th on can still add for missing m: an upper bound that no pair
    exceeds, so that no hit is lost.
    """
    missing = tables.shape[0]
    remains, markers = offsets.shape
    m_values = np.empty((chunks, missing, per_missing), np.float32)
    m_places = np.empty((chunks, missing, per_missing), np.int64)
    m_counts = np.zeros((chunks, missing), np.int64)
    first, second = check
    for chunk in prange(chunks):
        start = chunk * remains // chunks
        stop = (chunk + 1) * remains // chunks
        for m in range(missing):
            row = tables[m]
            need_first = floor - best[m, first]
            need_second = floor - best[m, second]
            for r in range(start, stop):
                score = np.float32(0.0)
                for marker in range(first):
                    score += row[offsets[r, marker]]
                if score < need_first:
                    continue
                for marker in range(first, second):
                    score += row[offsets[r, marker]]
                if score < need_second:
                    continue
                for marker in range(second, markers):
                    score += row[offsets[r, marker]]
                if score >= floor:
                    r_counts[r] = _put(r_values[r], r_places[r], r_counts[r], score, first_missing + m)
                    m_counts[chunk, m] = _put(
                        m_values[chunk, m], m_places[chunk, m], m_counts[chunk, m], score, np.int64(r)
                    )
    return m_values, m_places, m_counts
