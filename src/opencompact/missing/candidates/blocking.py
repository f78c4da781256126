"""Pairs worth scoring, without comparing all with all: an inverted index of keys, and a first rough order.

For every record of the left the compiled loop walks the blocks of its keys, meets each record of the right once, notes which parts of
the names they share, adds how rare these are to the cheap evidence (tables of distinct values), and keeps the best: memory is
bounded by the index and the number kept, whatever the number of pairs met.
An inverted index of keys as in Christen 2012, *Data Matching*, ch. 4; the keys and the rough order are own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Array = NDArray[Any]
Bits = NDArray[np.uint64]
Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Longs = NDArray[np.int64]

BUCKET_BITS = 22
NO_GROUPS = -2
"""The group of every record, where records have none."""
PARTS = 15
"""Bits of a mask: parts of names; the last stands for numbers and texts too (`naming.BITS`)."""
ALL_PARTS = (1 << PARTS) - 1
SLIPPED = 0.7
"""A part met only with a consonant left out tells so much of what it would tell whole."""
PART_MISSED = 1.5
"""Nats against a pair for each part that both have and no key shares."""

LIKE, HALF_LIKE, CROSSED = 7.0, 0.45, 0.15
"""Names written alike count for, unlike against; likeness of half the letters says nothing, in another column it counts less."""


class Keys(NamedTuple):
    """Blocking keys of one side, ascending by record: `masks` say which parts are in a key (`naming.record_keys`), `tells` (records,
    parts) what each part tells in nats, `counts` how many parts a record has."""

    keys: NDArray[np.uint64]
    owners: NDArray[np.int32]
    masks: NDArray[np.int32]
    tells: NDArray[np.float32]
    counts: NDArray[np.int8]


@dataclass(frozen=True)
class KeyIndex:
    """Keys of the right in order, the record of each, where each range of leading bits begins, and parts per record.

    With `groups` (one a record, -1 unknown) the records of a key stand by group.
    """

    keys: NDArray[np.uint64]
    records: NDArray[np.int32]
    starts: NDArray[np.int64]
    counts: NDArray[np.int8]
    groups: NDArray[np.int32]

    @property
    def size(self) -> int:
        """Number of records."""
        return len(self.counts)

    def __getstate__(self) -> dict[str, Any]:
        """What is kept of it: not where the ranges begin, which is long and follows from the keys."""
        return {name: value for name, value in self.__dict__.items() if name != "starts"}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, starts=_starts(state["keys"]))


def index_keys(
    keys: NDArray[np.uint64],
    owners: NDArray[np.int32],
    counts: NDArray[np.int8],
    groups: NDArray[np.int32] | None = None,
) -> KeyIndex:
    """Sorts keys whose `owners` ascend, within a key by group; a record that has a key twice is held once."""
    if groups is not None:
        order = np.argsort(groups[owners], kind="stable")
        keys, owners = keys[order], owners[order]
    order = np.argsort(keys, kind="stable")
    keys, owners = keys[order], owners[order]
    del order
    if len(keys):
        fresh = np.ones(len(keys), bool)
        fresh[1:] = (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])
        keys, owners = keys[fresh], owners[fresh]
    return KeyIndex(keys, owners, _starts(keys), counts, np.zeros(0, np.int32) if groups is None else groups)


def _starts(keys: Bits) -> Longs:
    """Where each range of leading bits begins, and the end."""
    edges = np.arange(1 << BUCKET_BITS, dtype=np.uint64) << np.uint64(64 - BUCKET_BITS)
    return np.append(np.searchsorted(keys, edges), len(keys)).astype(np.int64)


class Written(NamedTuple):
    """Names as they are written, in columns (records, columns): numbers of either side, -1 unknown; what agreement to the letter adds to
    that of the skeletons (records of the right, columns), in nats; and per number the letters, as bits (`slots.letters`)."""

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    adds: NDArray[np.float32]
    letters: NDArray[np.uint64]


@dataclass(frozen=True)
class CheapTables:
    """Log likelihood ratios of distinct values: `codes` (records, fields) of each side, -1 unknown, and flat tables.

    Field f of the pair (i, j) says `flat[start[f] + left[i, f] * width[f] + right[j, f]]`.
    """

    left: NDArray[np.int32]
    right: NDArray[np.int32]
    flat: NDArray[np.float32]
    start: NDArray[np.int64]
    width: NDArray[np.int64]


def cheap_tables(
    tables: Sequence[tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float32]]], rows: int, columns: int
) -> CheapTables:
    """Tables as one: each is the codes of either side and the values (left code, right code)."""
    if not tables:
        empty = np.zeros(0, np.int64)
        nothing = np.zeros(0, np.float32)
        return CheapTables(np.zeros((rows, 0), np.int32), np.zeros((columns, 0), np.int32), nothing, empty, empty)
    ends = np.cumsum([values.size for _, _, values in tables])
    return CheapTables(
        np.stack([left for left, _, _ in tables], axis=1),
        np.stack([right for _, right, _ in tables], axis=1),
        np.concatenate([values.ravel() for _, _, values in tables]).astype(np.float32),
        (ends - [values.size for _, _, values in tables]).astype(np.int64),
        np.array([values.shape[1] for _, _, values in tables], np.int64),
    )


def near_pairs(
    left: Keys,
    first: int,
    index: KeyIndex,
    tables: CheapTables,
    keep: int,
    largest: int,
    itself: bool = False,
    written: Written | None = None,
    groups: NDArray[np.int32] | None = None,
    least: float = -np.inf,
    within: float = np.inf,
    largest_slipped: int | None = None,
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """(left, right) pairs that share a key, at most `keep` per record of the left, the likeliest by cheap evidence.

    `left` are the keys of the records from number `first` on. Of blocks larger than `largest` only the people of the same
    group and of none are met (`groups` of the left), if they are not more; nothing else being left, all. For keys in which a consonant is left
    out `largest_slipped` stands in the place of `largest`: they hold many that merely look alike. With `itself` both sides are one file: only pairs left < right are given. Pairs of which the
    rough order says less than `least` nats, or than the record's best by more than `within`, are not kept.
    """
    bounds = np.searchsorted(left.owners, np.arange(len(left.counts) + 1)).astype(np.int64)
    out = np.full((len(left.counts), keep), -1, np.int32)
    if written is None:
        nothing = np.zeros((0, 0), np.int32)
        written = Written(nothing, nothing, nothing.astype(np.float32), np.zeros(0, np.uint64))
    _near(
        left.keys, left.masks, left.tells, left.counts, bounds, first, index.keys, index.records, index.starts, index.counts,
        tables.left, tables.right, tables.flat, tables.start, tables.width, *written, index.groups,
        np.zeros(0, np.int32) if groups is None else groups, largest, largest_slipped or largest, itself,
        np.float32(least), np.float32(within), out,
    )  # fmt: skip
    row, place = np.nonzero(out >= 0)
    return (row + first).astype(np.int32), out[row, place]


@njit(cache=True, nogil=True)
def _near(
    keys: Bits, masks: Ints, tells: Floats, parts: Array, bounds: Longs, first: int, known: Bits, records: Ints,
    starts: Array, parts_2: Array, left: Ints, right: Ints, flat: Floats, start: Longs, width: Longs,
    names: Ints, names_2: Ints, adds: Floats, letters: Bits, groups_2: Ints, groups: Ints,
    largest: int, largest_slipped: int, itself: bool, least: np.float32, within: np.float32, out: Ints,
) -> None:  # fmt: skip
    rows, keep = out.shape
    size = len(parts_2)
    seen = np.full((size, 2), -1, np.int32)  # which record met it last, and the parts that they share
    touched = np.empty(size, np.int32)
    best = np.empty(keep, np.float32)
    lengths = np.empty(len(letters), np.int32)
    for number in range(len(letters)):
        lengths[number] = _bits(letters[number])
    for i in range(rows):
        group = groups[i + first] if len(groups) else NO_GROUPS
        after = i + first if itself else -1
        count = 0
        # Where nothing else is met, also what the largest blocks hold.
        for most, most_slipped in ((largest, largest_slipped), (size, size)):
            if not count:
                count = _meet(
                    i, bounds[i], bounds[i + 1], keys, masks, known, records, starts, groups_2, group, most, most_slipped,
                    after, seen, touched,
                )  # fmt: skip
        held = 0
        for t in range(count):
            j = touched[t]
            value = _rough(seen[j, 1], tells, i, parts[i], parts_2[j])
            for f in range(len(start)):
                a, b = left[i + first, f], right[j, f]
                if a >= 0 and b >= 0:
                    value += flat[start[f] + a * width[f] + b]
            if names.shape[1]:
                value += _alike(names, i + first, names_2, j, adds, letters, lengths)
            if value < least:
                continue
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
        for at in range(held):
            if best[at] < best[0] - within:
                out[i, at] = -1


@njit(cache=True, nogil=True)
def _meet(
    i: int, start: int, end: int, keys: Bits, masks: Ints, known: Bits, records: Ints, starts: Array, groups_2: Ints,
    group: int, most_whole: int, most_slipped: int, after: int, seen: Ints, touched: Ints,
) -> int:  # fmt: skip
    """How many records of the right behind `after` share a key with a record: put in `touched`, the parts that they share in `seen`."""
    count = 0
    for k in range(start, end):
        low, high = _block(keys[k], known, starts)
        largest = most_whole if masks[k] & ALL_PARTS == masks[k] >> PARTS else most_slipped
        for unknown in range(2):  # of a block that is too large those of the same group, then those of none
            start_at, end_at = low, high
            if high - low > largest:
                if group == NO_GROUPS:
                    break
                start_at, end_at = _of_group(low, high, -1 if unknown else group, records, groups_2)
                if end_at - start_at > largest:
                    continue
            elif unknown:
                break
            for at in range(start_at, end_at):
                j = records[at]
                if j <= after:
                    continue
                if seen[j, 0] != i:
                    seen[j, 0] = i
                    seen[j, 1] = masks[k]
                    touched[count] = j
                    count += 1
                else:
                    seen[j, 1] |= masks[k]
    return count


@njit(cache=True, nogil=True)
def _block(key: np.uint64, known: Bits, starts: Array) -> tuple[int, int]:
    """Where the records of a key stand."""
    shift = np.uint64(64 - BUCKET_BITS)
    low, last = starts[key >> shift], starts[(key >> shift) + np.uint64(1)]
    high = last
    while low < high:
        middle = (low + high) // 2
        if known[middle] < key:
            low = middle + 1
        else:
            high = middle
    end = low
    high = last
    while end < high:
        middle = (end + high) // 2
        if known[middle] <= key:
            end = middle + 1
        else:
            high = middle
    return low, end


@njit(cache=True, nogil=True)
def _of_group(low: int, end: int, group: int, records: Ints, groups: Ints) -> tuple[int, int]:
    """The records of a block that are of a group; nothing where there are no groups."""
    if not len(groups):
        return low, low
    high = end
    while low < high:
        middle = (low + high) // 2
        if groups[records[middle]] < group:
            low = middle + 1
        else:
            high = middle
    start = low
    high = end
    while low < high:
        middle = (low + high) // 2
        if groups[records[middle]] <= group:
            low = middle + 1
        else:
            high = middle
    return start, low


@njit(cache=True, nogil=True, inline="always")
def _rough(mask: int, tells: Floats, i: int, parts: int, parts_2: int) -> np.float32:
    """What the shared parts tell by their rarity, less what both have and do not share."""
    value = np.float32(0.0)
    met = 0
    for bit in range(PARTS):
        if (mask >> bit) & 1:
            met += 1
            whole = (mask >> (bit + PARTS)) & 1
            value += tells[i, bit] * (np.float32(1.0) if whole else np.float32(SLIPPED))
    return value - np.float32(PART_MISSED) * max(0, min(parts, parts_2) - met)


@njit(cache=True, nogil=True, inline="always")
def _alike(names: Ints, i: int, names_2: Ints, j: int, adds: Floats, letters: Bits, lengths: Ints) -> np.float32:
    """How alike the names of two records are written, each with the likest of the other, in nats; the worst counts where a side has fewer.

    `lengths` is how many bits the letters of each name have.
    """
    value, worst = np.float32(0.0), np.float32(1.0)
    known = known_2 = 0
    for c in range(names.shape[1]):
        one = names[i, c]
        other = names_2[j, c]
        known_2 += other >= 0
        if one < 0:
            continue
        known += 1
        best = np.float32(0.0)
        if one == other:
            best = np.float32(1.0)
            value += adds[j, c]
        elif other >= 0:
            best = _like(one, other, letters, lengths)
        for d in range(names.shape[1]):
            if best >= np.float32(1.0 - CROSSED):
                break  # no name of another column can be liker
            other = names_2[j, d]
            if d != c and other >= 0:
                like = np.float32(1.0) if one == other else _like(one, other, letters, lengths)
                best = max(best, like - np.float32(CROSSED))
        value += np.float32(LIKE) * (best - np.float32(HALF_LIKE))
        worst = min(worst, best)
    if known > known_2:
        value -= np.float32(LIKE) * (worst - np.float32(HALF_LIKE))
    return value


@njit(cache=True, nogil=True, inline="always")
def _like(one: int, other: int, letters: Bits, lengths: Ints) -> np.float32:
    """The share of letters that two names have in common (Dice)."""
    shared = _bits(letters[one] & letters[other])
    return np.float32(2 * shared) / np.float32(lengths[one] + lengths[other] + 1)


@njit(cache=True, nogil=True, inline="always")
def _bits(x: np.uint64) -> np.int64:
    """Number of bits set."""
    x = x - ((x >> np.uint64(1)) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))
