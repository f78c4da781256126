"""The fast twin of `evidence.marks`: marks mark by mark, objects as one description, over arrays of pairs.

Own arrays; the methods are those of `evidence.marks`, with their sources there.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Sets
from opencompact.missing.candidates.sides import LEFT, RIGHT, SITE, UNLISTED, Side, word_weights
from opencompact.missing.evidence.marks import MOST_MARKS
from opencompact.missing.evidence.sites import displaced_log_ratio

Array = NDArray[Any]
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Field = Callable[[Ints, Ints], Floats]
MOST = math.log(1e4)


class _Weights(NamedTuple):
    """The words of the left with the numbers that the right has for them, new ones behind; what each word says."""

    numbers: NDArray[np.int64]
    gain: Floats
    loss: Floats
    kinds: NDArray[np.int8]
    places: NDArray[np.int64]
    opposed: float
    displaced: float
    least: float


def _weights(left: Side, right: Side, kind: str) -> _Weights:
    settings, words = left.parameters[kind], right.register.words
    fresh = {word: len(words) + number for number, word in enumerate(w for w in left.register.words if w not in words)}
    numbers = np.array([words[word] if word in words else fresh[word] for word in left.register.words], np.int64)
    gain, loss, kinds, at, about = np.concatenate([right.weights[kind], word_weights(list(fresh), settings)]).T.copy()
    told = math.log(2 * settings["turned"]), displaced_log_ratio(settings["displaced"]), float(settings["least"])
    return _Weights(numbers, gain, loss, kinds.astype(np.int8), np.stack([at, about], axis=1).astype(np.int64), *told)


def described(left: Side, right: Side) -> Field:
    """What objects say of pairs (rows of the left, rows of the right): ln LR, 0 where a side has none. `evidence.marks.compare_objects`."""
    known = _weights(left, right, "objects")
    first, second = _reordered(left.register.objects, known.numbers), right.register.objects
    return lambda rows, columns: np.asarray(
        _objects(first.ranges, first.held, second.ranges, second.held, rows, columns, *known[1:])
    )


def marked(left: Side, right: Side) -> Field:
    """What marks say of pairs (rows of the left, rows of the right): ln LR, 0 where a side has none. `evidence.marks.compare_marks`."""
    known = _weights(left, right, "marks")
    first, second = _reordered(left.register.marks, known.numbers), right.register.marks
    of = left.register.marks_of, right.register.marks_of
    sets = first.ranges, first.held, second.ranges, second.held
    missed, at_odds = (left.missed, right.missed), _parts(left, right)
    signs = _signs(first.ranges, first.held, known.gain), _signs(second.ranges, second.held, known.gain)

    def say(rows: Ints, columns: Ints) -> Floats:
        return np.asarray(_marks(*of, *sets, rows, columns, *missed, *signs, *known[1:])) + at_odds(rows, columns)

    return say


@njit(cache=True)
def _signs(ranges: Ints, held: Array, gain: Floats) -> NDArray[np.uint64]:
    """Of each mark, the words that say something where they are shared, as 64 bits: marks without a common bit share none."""
    found = np.zeros(len(ranges), np.uint64)
    for k in range(len(ranges)):
        for at in range(ranges[k, 0], ranges[k, 1]):
            if gain[held[at]] > 0:
                found[k] |= np.uint64(1) << np.uint64(held[at] % 64)
    return found


def _parts(left: Side, right: Side) -> Field:
    """`evidence.parts.parts_log_ratio`."""
    one, other, settings = left.register.parts, right.register.parts, left.parameters["marks"]
    if not one.any() or not other.any():
        return lambda rows, columns: np.zeros(len(rows))
    regained, lost_since = math.log(settings["regained"]), math.log(settings["lost_since"])

    def at_odds(lost: Array, seen: Array) -> NDArray[np.bool_]:
        return np.asarray(((lost[:, 0] & seen[:, 1]) | (lost[:, 2] & seen[:, 3])) != 0)

    def say(rows: Ints, columns: Ints) -> Floats:
        before, after = one[rows], other[columns]
        return np.where(at_odds(before, after), regained, np.where(at_odds(after, before), lost_since, 0.0))

    return say


def _reordered(sets: Sets, numbers: NDArray[np.int64]) -> Sets:
    held = numbers[sets.held] if len(sets.held) else sets.held
    owner = np.repeat(np.arange(len(sets.ranges)), np.diff(sets.ranges, axis=1).ravel())
    return Sets(sets.ranges, held[np.lexsort((held, owner))])


@njit(cache=True)
def _agreement(
    held: Ints, held_2: Ints, gain: Array, loss: Array, kinds: Array, places: Array, opposed: float, displaced: float
) -> tuple[float, float, float]:
    """As `evidence.marks.agreement`: what is gained, and what either side loses."""
    won = unlisted = lost = lost_2 = of_side = of_side_2 = of_site = of_site_2 = won_sides = 0.0
    side = side_2 = at = at_2 = about = i = j = (
        0  # sides: LEFT and RIGHT, as bits; parts of the body, and those about the first
    )
    shared = things = False
    while i < len(held) or j < len(held_2):
        mine = j == len(held_2) or (i < len(held) and held[i] <= held_2[j])
        theirs = i == len(held) or (j < len(held_2) and held_2[j] <= held[i])
        word = held[i] if mine else held_2[j]
        kind, is_side = kinds[word], kinds[word] == LEFT or kinds[word] == RIGHT
        if mine:
            side |= kind if is_side else 0
            at, about = at | places[word, 0], about | places[word, 1]
            i += 1
        if theirs:
            side_2 |= kind if is_side else 0
            at_2 |= places[word, 0]
            j += 1
        if mine and theirs:
            shared, things = shared or not is_side, things or not (is_side or kind == SITE)
            if kind == UNLISTED:
                unlisted = max(unlisted, gain[word])
            else:
                won += gain[word]
                won_sides += gain[word] if is_side else 0.0
        elif mine:
            lost += loss[word]
            of_side += loss[word] if is_side else 0.0
            of_site += loss[word] if kind == SITE else 0.0
        else:
            lost_2 += loss[word]
            of_side_2 += loss[word] if is_side else 0.0
            of_site_2 += loss[word] if kind == SITE else 0.0
    won += unlisted
    if things and at != 0 and at_2 != 0 and about & at_2 == 0:
        return won - won_sides + displaced, lost - of_side - of_site, lost_2 - of_side_2 - of_site_2
    if shared and side + side_2 == LEFT + RIGHT and side != 0 and side_2 != 0:
        return won + opposed, lost - of_side, lost_2 - of_side_2
    return won, lost, lost_2


@njit(cache=True)
def _objects(
    ranges: Ints, held: Ints, ranges_2: Ints, held_2: Ints, rows: Ints, columns: Ints,
    gain: Array, loss: Array, kinds: Array, places: Array, opposed: float, displaced: float, least: float,
) -> Floats:  # fmt: skip
    """As `evidence.marks.description_likelihood_ratio`."""
    out = np.zeros(len(rows))
    for k in range(len(rows)):
        first = held[ranges[rows[k], 0] : ranges[rows[k], 1]]
        second = held_2[ranges_2[columns[k], 0] : ranges_2[columns[k], 1]]
        if len(first) and len(second):
            won, lost, lost_2 = _agreement(first, second, gain, loss, kinds, places, opposed, displaced)
            out[k] = min(MOST, max(least, won + max(lost, lost_2, least)))
    return out


@njit(cache=True)
def _marks(
    of: Ints, of_2: Ints, ranges: Ints, held: Ints, ranges_2: Ints, held_2: Ints, rows: Ints, columns: Ints,
    lost: Floats, lost_2: Floats, signs: Array, signs_2: Array,
    gain: Array, loss: Array, kinds: Array, places: Array, opposed: float, displaced: float, least: float,
) -> Floats:  # fmt: skip
    """As `evidence.marks.marks_likelihood_ratio`."""
    out = np.zeros(len(rows))
    one, best = np.empty((MOST_MARKS, MOST_MARKS)), np.empty(1 << MOST_MARKS)
    nothing = np.zeros(MOST_MARKS)
    for k in range(len(rows)):
        i, j = of[rows[k], 0], of_2[columns[k], 0]
        m, n = of[rows[k], 1] - i, of_2[columns[k], 1] - j
        if m == 0 or n == 0:
            continue
        alike = False
        for a in range(m):
            first = held[ranges[i + a, 0] : ranges[i + a, 1]]
            for b in range(n):
                one[a, b] = -np.inf
                if not signs[i + a] & signs_2[j + b]:
                    continue
                second = held_2[ranges_2[j + b, 0] : ranges_2[j + b, 1]]
                won, alone, alone_2 = _agreement(first, second, gain, loss, kinds, places, opposed, displaced)
                if won > 0:
                    one[a, b], alike = won + max(alone, alone_2), True
        missed, missed_2 = lost[i : i + m], lost_2[j : j + n]
        all_missed, all_missed_2 = missed.sum(), missed_2.sum()
        value = max(least, all_missed, all_missed_2)
        if alike:
            value = least + _assigned(one, nothing[:m], nothing[:n], best)
            value = max(value, all_missed + _assigned(one, missed, nothing[:n], best))
            value = max(value, all_missed_2 + _assigned(one, nothing[:m], missed_2, best))
        out[k] = min(MOST, max(least, value))
    return out


@njit(cache=True)
def _assigned(one: Floats, less: Floats, less_2: Floats, best: Floats) -> float:
    """As `evidence.marks._assigned`; of `one` is taken away what `less` says of its row and `less_2` of its column. Where no two pairs that
    say something share a row or a column, the best of them; else over the sets of columns that are taken. `best` is room for these sets.
    """
    m, n = len(less), len(less_2)
    pairs, taken_columns, apart = 0, 0, True
    for a in range(m):
        met = 0
        for b in range(n):
            told = one[a, b] - less[a] - less_2[b]
            if told > 0:
                apart = apart and met == 0 and not taken_columns >> b & 1
                met += 1
                taken_columns |= 1 << b
                if apart:
                    best[pairs] = told
                    pairs += 1
    if apart:
        return _likeliest(best[:pairs], max(m, n))
    best[: 1 << n] = -np.inf
    best[0] = 0.0
    for a in range(m):
        for taken in range((1 << n) - 1, 0, -1):
            if taken & ~taken_columns:
                continue
            for b in range(n):
                told = one[a, b] - less[a] - less_2[b]
                if taken >> b & 1 and told > 0:
                    best[taken] = max(best[taken], best[taken ^ (1 << b)] + told)
    most = 0.0
    for taken in range(1, 1 << n):
        ways = 0.0
        for k in range(_members(taken)):
            ways += math.log(max(m, n) - k)
        most = max(most, best[taken] - ways)
    return most


@njit(cache=True)
def _likeliest(told: Floats, many: int) -> float:
    """Of pairs of which each may be taken beside each, those that say most, less `ways_log`."""
    most = whole = 0.0
    for k, one in enumerate(np.sort(told)[::-1]):
        whole += one - math.log(many - k)
        most = max(most, whole)
    return most


@njit(cache=True)
def _members(taken: int) -> int:
    many = 0
    while taken:
        many += taken & 1
        taken >>= 1
    return many
