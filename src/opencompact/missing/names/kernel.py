"""The compiled part, second half: the best alignment of the parts of two names, and the scores of many pairs.

Everything here works on the flat arrays of `arrays.py`, allocates nothing per pair, and gives the same numbers whatever
the order or the number of threads.
The sum over aligned parts is that of Fellegi & Sunter (1969, JASA 64:1183); the best alignment is found by branch and bound (Land & Doig 1960,
Econometrica 28:497). What disputed parts, order and missing parts cost is our own.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import prange
from numpy.typing import NDArray

from opencompact.missing.names.arrays import Lexicon, Rolls
from opencompact.missing.names.compiled import Bits, Flags, Long, Nats, Shorts, Whole, compiled
from opencompact.missing.names.distance import MOST_SLOTS
from opencompact.missing.names.likeness import (
    CONFLICT,
    FAMILY,
    HAN,
    MISSING,
    NEVER,
    ORDER,
    OTHER_VOWELS,
    SHORT,
    element_ratio,
    kinship_of,
    may_meet,
)
from opencompact.missing.names.parts import KUNYA_ALONE

MOST_EDGES = 64
MOST_STEPS = 300
"""Alignments tried for one pair of spellings: beyond it the best one found so far is taken (bounded time)."""

NOTHING_READ = 0.0
"""The log likelihood ratio of a name in which nothing can be read, or that names nobody: it says nothing, for or against."""

CHUNK = 4096
"""Pairs that one thread scores at a time."""

UNREAD = -1
"""How many pairs a score rests on where a spelling has no parts."""


class Costs(NamedTuple):
    """Costs of letters (see `sounds.Alphabet`; `gap` and behind it `written`) and the weights of the score, in nats."""

    cost: NDArray[np.float32]
    gap: NDArray[np.float32]
    near: NDArray[np.uint64]
    own: NDArray[np.uint64]
    hard: NDArray[np.bool_]
    weights: NDArray[np.float32]


@compiled(inline="always")
def _place(edges: Long, k: int) -> int:
    """How far apart the two elements of a pair stand, and behind that how far from the beginning: from either side the same."""
    return MOST_EDGES * abs(edges[k, 1] - edges[k, 4]) + edges[k, 1] + edges[k, 4]


@compiled(fastmath=True, inline="always")
def _room(n: int, gain: np.float32, place: int, gains: Nats, edges: Long) -> int:
    """Where a pair belongs among the `n` so far, after which it is free.

    Of two that win as much the one that leaves the order as it is comes first, then the one that stands nearer to the
    beginning: from either side the same.
    """
    at = n
    while at > 0 and (gains[at - 1, 0] < gain or (gains[at - 1, 0] == gain and _place(edges, at - 1) > place)):
        gains[at, 0] = gains[at - 1, 0]
        gains[at, 1] = gains[at - 1, 1]
        for column in range(8):
            edges[at, column] = edges[at - 1, column]
        at -= 1
    return at


@compiled(fastmath=True)
def _edges(
    elements: Whole, information: Nats, unions: Bits, ends: Bits, readings: Whole, costs: Nats, sounds: Bits, slots: Shorts,
    spellings: Whole, occurrences: Whole, hefts: Nats, parts: Nats, s: int,
    spellings_2: Whole, occurrences_2: Whole, hefts_2: Nats, parts_2: Nats, t: int,
    cost: Nats, gap: Nats, near: Bits, own: Bits, hard: Flags, weights: Nats,
    row: Nats, gains: Nats, edges: Long,
) -> int:  # fmt: skip
    """All pairs of elements that say something for the same name, the most telling first; gives how many.

    `edges` (n, 8): mask, start, whether it is a full name; the same for the other side (no third); the two elements.
    `gains` (n, 2): what choosing the pair wins, and its log likelihood ratio.
    """
    n = 0
    for i in range(spellings[s, 0], spellings[s, 1]):
        e, start, span = occurrences[i, 0], occurrences[i, 1], occurrences[i, 2]
        weight = hefts[i]
        low, high = elements[e, 5], elements[e, 6]
        for j in range(spellings_2[t, 0], spellings_2[t, 1]):
            f, start_2, span_2 = occurrences_2[j, 0], occurrences_2[j, 1], occurrences_2[j, 2]
            extra = span + span_2 - 2
            spread = 1 if extra else 2
            syllables = elements[e, 4] == HAN or elements[f, 4] == HAN
            if span > 1 and span_2 > 1:
                continue
            if kinship_of(elements, e, f) <= 0 and (
                low - elements[f, 6] > spread
                or elements[f, 5] - high > spread
                or not may_meet(ends, e, f, syllables and min(high, elements[f, 6]) <= SHORT)
            ):
                continue
            least = min(weight, hefts_2[j])
            ratio = element_ratio(
                elements, information, unions, readings, costs, sounds, slots,
                e, f, extra, least, cost, gap, near, own, hard, weights, row,
            )  # fmt: skip
            gain = ratio + weights[CONFLICT] * least
            place = MOST_EDGES * abs(start - start_2) + start + start_2
            if gain <= 0 or (
                n == MOST_EDGES
                and (gain < gains[n - 1, 0] or (gain == gains[n - 1, 0] and place >= _place(edges, n - 1)))
            ):
                continue
            n -= n == MOST_EDGES
            at = _room(n, gain, place, gains, edges)
            gains[at, 0] = gain
            gains[at, 1] = ratio
            edges[at, 0] = ((1 << span) - 1) << start
            edges[at, 1] = start
            edges[at, 2] = least >= 0.5
            edges[at, 3] = ((1 << span_2) - 1) << start_2
            edges[at, 4] = start_2
            edges[at, 5] = span + span_2
            edges[at, 6] = i
            edges[at, 7] = j
            n += 1
    return n


@compiled(fastmath=True)
def _choose(n: int, most: int, gains: Nats, edges: Long, rest: Nats, chosen: Long, best_set: Long) -> int:
    """The set of pairs without overlap whose gains add up to most (branch and bound); gives how many it has.

    No more than `most` pairs fit, so the next `most` gains bound what can still be won.
    """
    rest[0] = 0.0
    for k in range(n):
        rest[k + 1] = rest[k] + gains[k, 0]
    depth = size = k = 0
    used = used_2 = 0
    total = best = np.float32(0.0)
    for _step in range(MOST_STEPS):
        ahead = min(k + most - depth, n)
        if ahead > k and total + rest[ahead] - rest[k] > best:
            if not (edges[k, 0] & used) and not (edges[k, 3] & used_2):
                chosen[depth] = k
                depth += 1
                total += gains[k, 0]
                used |= edges[k, 0]
                used_2 |= edges[k, 3]
                if total > best:
                    best, size = total, depth
                    for d in range(depth):
                        best_set[d] = chosen[d]
            k += 1
        elif depth:
            depth -= 1
            k = chosen[depth]
            total -= gains[k, 0]
            used ^= edges[k, 0]
            used_2 ^= edges[k, 3]
            k += 1
        else:
            break
    return size


@compiled(fastmath=True, inline="always")
def _lost(parts: Nats, start: int, count: int, used: int) -> np.float32:
    """What the parts without counterpart weigh; one that is bound (below zero) is lost with the part before it."""
    lost = np.float32(0.0)
    for p in range(count):
        weight = parts[start + p]
        if not (used >> p) & 1 and (weight > 0 or p == 0 or (used >> (p - 1)) & 1):
            lost += abs(weight)
    return lost


@compiled(fastmath=True, inline="always")
def _lost_side(parts: Nats, start: int, count: int, used: int, at: int) -> int:
    """Where the full parts without counterpart stand: -1 all before `at`, 1 all behind it, 0 on both sides or none."""
    before = behind = False
    for p in range(count):
        if not (used >> p) & 1 and parts[start + p] >= 1.0:
            before = before or p < at
            behind = behind or p > at
    return int(behind) - int(before)


@compiled(fastmath=True)
def spelling_score(
    elements: Whole, information: Nats, unions: Bits, ends: Bits, readings: Whole, costs: Nats, sounds: Bits, slots: Shorts,
    spellings: Whole, occurrences: Whole, hefts: Nats, parts: Nats, s: int,
    spellings_2: Whole, occurrences_2: Whole, hefts_2: Nats, parts_2: Nats, t: int,
    cost: Nats, gap: Nats, near: Bits, own: Bits, hard: Flags, weights: Nats,
    row: Nats, gains: Nats, edges: Long, rest: Nats, chosen: Long, best_set: Long,
) -> tuple[np.float32, int]:  # fmt: skip
    """The log likelihood ratio of two spellings, and how many pairs of elements it rests on (they are in `best_set`), or UNREAD."""
    count, count_2 = spellings[s, 3] - spellings[s, 2], spellings_2[t, 3] - spellings_2[t, 2]
    if count == 0 or count_2 == 0:
        return np.float32(NOTHING_READ), UNREAD
    n = _edges(
        elements, information, unions, ends, readings, costs, sounds, slots,
        spellings, occurrences, hefts, parts, s, spellings_2, occurrences_2, hefts_2, parts_2, t,
        cost, gap, near, own, hard, weights, row, gains, edges,
    )  # fmt: skip
    size = _choose(n, min(count, count_2), gains, edges, rest, chosen, best_set)
    total = np.float32(0.0)
    used = used_2 = crossed = 0
    doubted = False
    for p in range(size):
        e = best_set[p]
        total += gains[e, 1]
        doubted = doubted or gains[e, 1] == -OTHER_VOWELS
        used |= edges[e, 0]
        used_2 |= edges[e, 3]
        for q in range(p):
            f = best_set[q]
            apart = (edges[e, 1] - edges[f, 1]) * (edges[e, 4] - edges[f, 4])
            crossed += edges[e, 2] and edges[f, 2] and apart < 0
    lost = _lost(parts, spellings[s, 2], count, used)
    lost_2 = _lost(parts_2, spellings_2[t, 2], count_2, used_2)
    disputed = min(lost, lost_2)
    if size == 0 and disputed <= np.float32(KUNYA_ALONE):  # Umm Ahmed may have any name
        return np.float32(NOTHING_READ), size
    if (disputed >= 0.5 or doubted) and total > weights[FAMILY]:
        total = weights[FAMILY] + np.float32(0.1) * (total - weights[FAMILY])
    if (
        disputed >= 0.5
    ):  # what stands before the disputed parts on one side and behind them on the other changed its place too
        for p in range(size):
            e = best_set[p]
            side = _lost_side(parts, spellings[s, 2], count, used, edges[e, 1])
            if edges[e, 2] and side * _lost_side(parts_2, spellings_2[t, 2], count_2, used_2, edges[e, 4]) < 0:
                crossed += 1
    total -= weights[CONFLICT] * disputed + weights[MISSING] * abs(lost - lost_2)
    return np.float32(total - weights[ORDER] * min(crossed, 3)), size


@compiled(fastmath=True)
def _score_rows(
    elements: Whole, information: Nats, unions: Bits, ends: Bits, readings: Whole, costs: Nats, sounds: Bits, slots: Shorts,
    names: Whole, spellings: Whole, occurrences: Whole, hefts: Nats, parts: Nats, rows: Whole,
    names_2: Whole, spellings_2: Whole, occurrences_2: Whole, hefts_2: Nats, parts_2: Nats, columns: Whole,
    cost: Nats, gap: Nats, near: Bits, own: Bits, hard: Flags, weights: Nats, scores: Nats,
) -> None:  # fmt: skip
    """Scores of the pairs (rows[k], columns[k]): the best over the spellings, with parts, that two names are given in."""
    row = np.empty((3, MOST_SLOTS), np.float32)
    gains = np.empty((MOST_EDGES, 2), np.float32)
    edges = np.empty((MOST_EDGES, 8), np.int64)
    rest = np.empty(MOST_EDGES + 1, np.float32)
    chosen = np.empty(MOST_EDGES, np.int64)
    best_set = np.empty(MOST_EDGES, np.int64)
    for k in range(len(rows)):
        best = np.float32(NEVER)
        unread = False
        for s in range(names[rows[k], 0], names[rows[k], 1]):
            for t in range(names_2[columns[k], 0], names_2[columns[k], 1]):
                score, size = spelling_score(
                    elements, information, unions, ends, readings, costs, sounds, slots,
                    spellings, occurrences, hefts, parts, s, spellings_2, occurrences_2, hefts_2, parts_2, t,
                    cost, gap, near, own, hard, weights, row, gains, edges, rest, chosen, best_set,
                )  # fmt: skip
                if size == UNREAD:
                    unread = True
                else:
                    best = max(best, score)
        scores[k] = np.float32(NOTHING_READ) if unread and best == np.float32(NEVER) else best


@compiled(fastmath=True, parallel=True)
def _score_parallel(
    elements: Whole, information: Nats, unions: Bits, ends: Bits, readings: Whole, costs: Nats, sounds: Bits, slots: Shorts,
    names: Whole, spellings: Whole, occurrences: Whole, hefts: Nats, parts: Nats, rows: Whole,
    names_2: Whole, spellings_2: Whole, occurrences_2: Whole, hefts_2: Nats, parts_2: Nats, columns: Whole,
    cost: Nats, gap: Nats, near: Bits, own: Bits, hard: Flags, weights: Nats, scores: Nats, chunk: int,
) -> None:  # fmt: skip
    for c in prange((len(rows) + chunk - 1) // chunk):
        start, end = c * chunk, min((c + 1) * chunk, len(rows))
        _score_rows(
            elements, information, unions, ends, readings, costs, sounds, slots,
            names, spellings, occurrences, hefts, parts, rows[start:end],
            names_2, spellings_2, occurrences_2, hefts_2, parts_2, columns[start:end],
            cost, gap, near, own, hard, weights, scores[start:end],
        )  # fmt: skip


def score_rows(
    lexicon: Lexicon, one: Rolls, rows: NDArray[np.int32], other: Rolls, columns: NDArray[np.int32], costs: Costs
) -> NDArray[np.float32]:
    """Scores of the pairs (rows[k], columns[k]) of two rolls that share a lexicon, on all threads."""
    scores = np.empty(len(rows), np.float32)
    if len(rows) <= CHUNK:  # to wake the other threads would take longer
        _score_rows(*lexicon, *one, rows, *other, columns, *costs, scores)
    else:
        _score_parallel(*lexicon, *one, rows, *other, columns, *costs, scores, CHUNK)
    return scores
