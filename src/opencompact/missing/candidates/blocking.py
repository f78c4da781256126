"""Pairs worth scoring, without comparing all with all: an inverted index of keys, and a first rough order.

For every record of the left the compiled loop walks the blocks of its keys, meets each record of the right once, adds the cheap
evidence (tables of distinct values) to what the shared keys say, and keeps the best: memory is bounded by the index and
the number kept, whatever the number of pairs met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numba import njit
from numpy.typing import NDArray

BUCKET_BITS = 22


@dataclass(frozen=True)
class KeyIndex:
    """Keys of the right in order, the record of each, and where each range of leading bits begins."""

    keys: NDArray[np.uint64]
    records: NDArray[np.int32]
    starts: NDArray[np.int64]
    size: int


def index_keys(keys: NDArray[np.uint64], owners: NDArray[np.int32], size: int) -> KeyIndex:
    """Sorts the keys of `size` records; a record that has a key twice is held once."""
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    if len(keys):
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        keys, owners = keys[fresh], owners[fresh]
    edges = np.arange(1 << BUCKET_BITS, dtype=np.uint64) << np.uint64(64 - BUCKET_BITS)
    starts = np.append(np.searchsorted(keys, edges), len(keys)).astype(np.int64)
    return KeyIndex(keys, owners, starts, size)


@dataclass(frozen=True)
class CheapTables:
    """Log likelihood ratios of distinct values: `codes` (fields, records) of each side, -1 unknown, and flat tables.

    Field f of the pair (i, j) says `flat[start[f] + left[f, i] * width[f] + right[f, j]]`.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    flat: NDArray[np.float32]
    start: NDArray[np.int64]
    width: NDArray[np.int64]


def near_pairs(
    keys: NDArray[np.uint64],
    owners: NDArray[np.int32],
    rows: int,
    index: KeyIndex,
    tables: CheapTables,
    keep: int,
    largest: int,
    itself: bool = False,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(left, right) pairs that share a key, at most `keep` per record of the left, the likeliest by cheap evidence.

    `owners` ascend. Blocks larger than `largest` are passed over (single common names), unless nothing else is left. With
    `itself` both sides are one file: only pairs left < right are given.
    """
    bounds = np.searchsorted(owners, np.arange(rows + 1)).astype(np.int64)
    out = np.full((rows, keep), -1, np.int32)
    _near(
        keys, bounds, index.keys, index.records, index.starts, index.size,
        tables.left, tables.right, tables.flat, tables.start, tables.width, largest, itself, out,
    )  # fmt: skip
    left, place = np.nonzero(out >= 0)
    return left.astype(np.int32), out[left, place]


@njit(cache=True, nogil=True)
def _near(  # type: ignore[no-untyped-def]
    keys, bounds, known, records, starts, size, left, right, flat, start, width, largest, itself, out
):  # fmt: skip
    rows, keep = out.shape
    seen = np.full(size, -1, np.int32)
    told = np.zeros(size, np.float32)
    touched = np.empty(size, np.int32)
    best = np.empty(keep, np.float32)
    shift = np.uint64(64 - BUCKET_BITS)
    for i in range(rows):
        count = 0
        for turn in range(2):
            if turn and count:
                break
            for k in range(bounds[i], bounds[i + 1]):
                key = keys[k]
                low, high = starts[key >> shift], starts[(key >> shift) + np.uint64(1)]
                while low < high:
                    middle = (low + high) // 2
                    if known[middle] < key:
                        low = middle + 1
                    else:
                        high = middle
                end = low
                while end < len(known) and known[end] == key and (turn or end - low <= largest):
                    end += 1
                if end - low > largest and not turn:
                    continue
                gain = np.float32(np.log((size + 1.0) / (end - low + 1.0)))
                for at in range(low, end):
                    j = records[at]
                    if itself and j <= i:
                        continue
                    if seen[j] != i:
                        seen[j] = i
                        told[j] = gain
                        touched[count] = j
                        count += 1
                    else:
                        told[j] = max(told[j], gain) + np.float32(0.7)
        held = 0
        for t in range(count):
            j = touched[t]
            value = told[j]
            for f in range(len(start)):
                a, b = left[f, i], right[f, j]
                if a >= 0 and b >= 0:
                    value += flat[start[f] + a * width[f] + b]
            if held == keep and value <= best[held - 1]:
                continue
            at = held if held < keep else keep - 1
            held = min(held + 1, keep)
            while at > 0 and best[at - 1] < value:
                best[at] = best[at - 1]
                out[i, at] = out[i, at - 1]
                at -= 1
            best[at] = value
            out[i, at] = j
