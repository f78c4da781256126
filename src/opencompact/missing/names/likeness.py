"""The compiled part, first half: whether two elements may be one part of a name, and how strongly that speaks.

Functions take arrays one by one, and offsets instead of slices: numba counts references to everything else, which costs
more than the arithmetic.
What a part tells less its distance is a log likelihood ratio as in Fellegi & Sunter (1969, JASA 64:1183, §3.3: value-specific weights); which elements
are held apart, and the filters before the distance, are our own.
"""

from __future__ import annotations

import numpy as np

from opencompact.missing.names.arrays import CHILD, GROUPS_FROM, INITIAL, script_number
from opencompact.missing.names.compiled import Bits, Flags, Nats, Shorts, Whole, compiled
from opencompact.missing.names.distance import lost, reading_distance
from opencompact.missing.names.endings import CHARACTER, NEITHER
from opencompact.missing.names.sounds import SURELY, VOWEL_SOUNDS

NEVER = -99.0
"""The ratio of what cannot be one name."""

SHORT = 2
"""A reading of Han syllables of no more firm consonants than this is short: both its ends must meet."""

HAN = script_number("HAN")
ARABIC = script_number("ARABIC")
HANGUL = script_number("HANGUL")
MYANMAR = script_number("MYANMAR")
LATIN = script_number("LATIN")

LEAST_SHORTER, LEAST_LEFT_OUT, ALIKE = 4, 1, np.float32(0.35)
"""A shortened name has so many letters, lacks so many, and its letters are no farther from those of the whole, in nats."""

SURER = np.float32(4.0)
"""How many times farther apart two well-known names are put, where one of them is written in Arabic letters."""

THREE_LETTERS = 5
"""Slots of a word of three consonants in Arabic letters, with the vowels that are hidden between them, or with one that is written."""

DEARER = np.float32(2.5)
"""How many times a difference of two such words counts: one letter makes another name, فارس is not فرس."""

TWO = np.float32(0.5)
"""How much of the doubt is left between two well-known Latin names that are not the same: Yasin is no Hosein."""

APART = np.float32(0.65)
"""Two well-known names of one script that are both written as usual and whose readings are no nearer than this are two: Samir is no Amir.
Nearer ones are spellings that are met for one another (Salim and Salem, Nasir and Nasser)."""

OTHER_VOWELS = np.float32(0.5)
"""Against: two such names that differ in their vowels alone (Nazar, Nazir; not by one more, which is put
in at will: Nasr, Naser). Either is written for the other about as often as somebody else bears it."""

CONSONANTS = ~((np.uint64(1) << np.uint64(1 + VOWEL_SOUNDS)) - np.uint64(1))
"""The bits of the sounds that are no vowels (`sounds.Alphabet.own`; the first bit is silence)."""

OTHER, VOWELS, BETWEEN = range(3)

SEXES = np.float32(3.5)
"""Against: in one script a woman's ending here and a man's there. A clerk adds or loses it three times in a hundred (own judgement; e^-3.5)."""

OTHER_CHARACTER = np.float32(3.5)
"""Against: two Han characters that are read alike. Whoever writes a name in characters knows which ones: 王芳 is hardly 王方 (own judgement)."""

ONE_READING = np.float32(0.3)
"""Two Han characters that are read no farther apart than this may be put for one another by a clerk; others are two parts: 张 is no 郑."""

PARENT = np.float32(3.0)
"""Against: behind a kunya on one side alone. Umm Ahmed is the mother of Ahmed and not Ahmed: it never speaks for one person."""

(
    SCALE, CONFLICT, MISSING, ORDER, JOIN, FARTHEST, FIRST_LETTER, SAME, KINDRED, DISTINCT, DOUBT, FAMILY, SHORTER, TYPING
) = range(14)  # fmt: skip
"""Where each weight stands in the array of weights (`model.py` says what they mean)."""


@compiled(fastmath=True, inline="always")
def _met(x: int, y: int, near: Bits, own: Bits) -> int:
    """1 where two firm consonants may stand for one another, or where there is none; else 0."""
    return 1 if x < 0 or y < 0 or (near[x] & own[y]) != 0 else 0


@compiled(fastmath=True, inline="always")
def _all_lost(
    elements: Whole, unions: Bits, readings: Whole, slots: Shorts, e: int, f: int, near: Bits, hard: Flags, most: int
) -> bool:
    """Whether an element of a single reading is lost on all readings of another that has several."""
    if elements[e, 1] - elements[e, 0] != 1 or elements[f, 1] - elements[f, 0] == 1:
        return False
    reading = elements[e, 0]
    return lost(slots, readings[reading, 0], readings[reading, 1], near, hard, unions[f], most)


@compiled(fastmath=True, inline="always")
def element_distance(
    elements: Whole, unions: Bits, readings: Whole, costs: Nats, sounds: Bits, slots: Shorts, e: int, f: int,
    cost: Nats, gap: Nats, shift: int, near: Bits, own: Bits, hard: Flags, row: Nats, limit: np.float32, spread: int,
) -> np.float32:  # fmt: skip
    """The least distance over all readings of two elements; `limit` where it is not below it.

    Readings are passed over whose firm consonants differ in number by more than `spread`, or of whose first and last
    firm consonants neither meets its like (both must, where one is a short run of Han syllables).
    """
    best = limit
    syllables = elements[e, 4] == HAN or elements[f, 4] == HAN
    if _all_lost(elements, unions, readings, slots, e, f, near, hard, int(limit / SURELY)) or _all_lost(
        elements, unions, readings, slots, f, e, near, hard, int(limit / SURELY)
    ):
        return best
    for i in range(elements[e, 0], elements[e, 1]):
        for j in range(elements[f, 0], elements[f, 1]):
            left = best - costs[i] - costs[j]
            if left <= 0 or abs(readings[i, 2] - readings[j, 2]) > spread:
                continue
            a, a_end, b, b_end = readings[i, 0], readings[i, 1], readings[j, 0], readings[j, 1]
            ends = _met(readings[i, 3], readings[j, 3], near, own) + _met(readings[i, 4], readings[j, 4], near, own)
            if ends < (2 if syllables and min(readings[i, 2], readings[j, 2]) <= SHORT else 1):
                continue
            most = int(left / SURELY)
            if lost(slots, a, a_end, near, hard, sounds[j], most) or lost(slots, b, b_end, near, hard, sounds[i], most):
                continue
            found = reading_distance(slots, a, a_end, b, b_end, cost, gap, shift, row, left)
            best = min(best, found + costs[i] + costs[j])
    return best


@compiled(fastmath=True, inline="always")
def kinship_of(elements: Whole, e: int, f: int) -> int:
    """2: the same well-known name; 1: names that go for one another; -1: two others; 0: not both are well known.

    A Han character has many readings, each perhaps a well-known name: it is never surely another.
    """
    if elements[e, 3] < 0 or elements[f, 3] < 0:
        return 0
    if elements[e, 3] == elements[f, 3]:
        return 2
    for i in range(GROUPS_FROM, elements.shape[1]):
        if elements[e, i] < 0:
            break
        for j in range(GROUPS_FROM, elements.shape[1]):
            if elements[e, i] == elements[f, j]:
                return 1
    return 0 if elements[e, 4] == HAN or elements[f, 4] == HAN else -1


@compiled(fastmath=True, inline="always")
def _letters(elements: Whole, readings: Whole, e: int) -> int:
    """How many slots the first reading of an element has."""
    return readings[elements[e, 0], 1] - readings[elements[e, 0], 0]


@compiled(fastmath=True)
def _shortened(elements: Whole, readings: Whole, slots: Shorts, e: int, f: int, cost: Nats) -> bool:
    """Whether one of two Latin words is the beginning or the end of the other: Kipli of Julkipli, Benja of Benjamin."""
    a, a_end = readings[elements[e, 0], 0], readings[elements[e, 0], 1]
    b, b_end = readings[elements[f, 0], 0], readings[elements[f, 0], 1]
    width = min(a_end - a, b_end - b)
    if width < LEAST_SHORTER or abs(a_end - a - b_end + b) < LEAST_LEFT_OUT:
        return False
    first = last = True
    for i in range(width):
        first = first and cost[slots[a + i], slots[b + i]] <= ALIKE
        last = last and cost[slots[a_end - 1 - i], slots[b_end - 1 - i]] <= ALIKE
        if not first and not last:
            return False
    return True


@compiled(fastmath=True)
def _consonants_apart(elements: Whole, readings: Whole, slots: Shorts, e: int, f: int, cost: Nats, own: Bits) -> int:
    """How the first readings of two elements differ: OTHER where their consonants do, VOWELS where these are the same and the vowels others,
    BETWEEN where one has a vowel more between two consonants (Nasr, Naser)."""
    a, a_end = readings[elements[e, 0], 0], readings[elements[e, 0], 1]
    b, b_end = readings[elements[f, 0], 0], readings[elements[f, 0], 1]
    start, start_2 = a, b
    between = False
    while True:
        first, first_2 = a, b
        while a < a_end and own[slots[a]] & CONSONANTS == 0:
            a += 1
        while b < b_end and own[slots[b]] & CONSONANTS == 0:
            b += 1
        more, fewer = max(a - first, b - first_2), min(a - first, b - first_2)
        within = min(first - start, first_2 - start_2) > 0 and a < a_end and b < b_end
        if within and more > fewer:
            if more > 1:
                return OTHER
            between = True
        if a == a_end or b == b_end:
            break
        if cost[slots[a], slots[b]] > ALIKE:
            return OTHER
        a, b = a + 1, b + 1
    if a < a_end or b < b_end:
        return OTHER
    return BETWEEN if between else VOWELS


@compiled(fastmath=True, inline="always")
def _of_two_sexes(elements: Whole, e: int, f: int, one_name: bool) -> np.float32:
    """What is against two words of one script of which one ends as a woman's name and one as a man's; nothing where both are one name."""
    one, other = elements[e, 7], elements[f, 7]
    apart = elements[e, 4] == elements[f, 4] and one != NEITHER and other != NEITHER and one != other
    return SEXES if apart and not one_name else np.float32(0.0)


@compiled(fastmath=True, inline="always")
def _other_characters(elements: Whole, e: int, f: int) -> bool:
    """Whether two elements are single Han characters, and not the same."""
    return min(elements[e, 7], elements[f, 7]) > CHARACTER and elements[e, 7] != elements[f, 7]


@compiled(fastmath=True, inline="always")
def element_ratio(
    elements: Whole, information: Nats, unions: Bits, readings: Whole, costs: Nats, sounds: Bits, slots: Shorts,
    e: int, f: int, extra: int, weight: float,
    cost: Nats, gap: Nats, near: Bits, own: Bits, hard: Flags, weights: Nats, row: Nats,
) -> np.float32:  # fmt: skip
    """The log likelihood ratio of two elements being the same part of one name; NEVER where they cannot be."""
    initials = (elements[e, 2] == INITIAL) + (elements[f, 2] == INITIAL)
    if initials:
        first = cost[slots[readings[elements[e, 0], 0]], slots[readings[elements[f, 0], 0]]]
        if extra or first > 0.8:
            return np.float32(NEVER)
        return np.float32((1.5 if initials == 2 else 1.0) * weights[FIRST_LETTER] - first)
    told = np.float32(0.5) * (information[e] + information[f])
    kinship = kinship_of(elements, e, f)
    syllables = elements[e, 4] in (HAN, HANGUL, MYANMAR) or elements[f, 4] in (HAN, HANGUL, MYANMAR)
    latin = elements[e, 4] == LATIN and elements[f, 4] == LATIN
    arabic = elements[e, 4] == ARABIC and elements[f, 4] == ARABIC
    if arabic and kinship == 2:  # كريم and كرم are both heard in Karim; in one script what is written decides
        kinship = 0
    apart = np.float32(0.0)
    if kinship < 0:  # Arabic names are known by their letters, which tell more surely than how a name sounds
        apart = weights[DISTINCT] * (SURER if elements[e, 4] == ARABIC or elements[f, 4] == ARABIC else np.float32(1.0))
    two_names = kinship < 0 and not extra and elements[e, 8] > 0 and elements[f, 8] > 0
    if two_names and elements[e, 8] == elements[f, 8] > 1:
        return np.float32(NEVER)
    two_names = two_names and elements[e, 4] == elements[f, 4]
    joining = extra * weights[JOIN] + apart
    characters = _other_characters(elements, e, f)
    sexes = OTHER_CHARACTER if characters else _of_two_sexes(elements, e, f, extra > 0 or kinship > 0)
    if extra and kinship == 0 and not syllables and (elements[e, 3] >= 0 or elements[f, 3] >= 0):
        return np.float32(NEVER)  # Mahmoud is not Jama and Hamud together
    worst = np.float32(0.0) if extra else weights[DOUBT] * weight * (TWO if latin and kinship < 0 else np.float32(1.0))
    scale = weights[SCALE] * (weights[TYPING] if elements[e, 4] == elements[f, 4] else np.float32(1.0))
    if arabic and _letters(elements, readings, e) <= THREE_LETTERS >= _letters(elements, readings, f):
        scale *= DEARER
    limit = np.float32(min((told + worst) / scale, weights[FARTHEST]) - joining)
    if kinship > 0:
        limit = min(limit, weights[SAME] if kinship == 2 else weights[KINDRED])
    if limit <= 0:
        return np.float32(NEVER)
    shift = len(cost) if arabic and (elements[e, 3] >= 0 or elements[f, 3] >= 0) else 0
    distance = element_distance(
        elements, unions, readings, costs, sounds, slots, e, f,
        cost, gap, shift, near, own, hard, row, limit, 1 if extra else 2,
    )  # fmt: skip
    if two_names and distance >= APART:
        how = _consonants_apart(elements, readings, slots, e, f, cost, own)
        if distance >= limit or how == OTHER:
            return np.float32(NEVER)
        if how == VOWELS:
            return np.float32(-OTHER_VOWELS - sexes)
    if (distance >= limit and kinship <= 0) or (characters and distance > ONE_READING):
        if extra or not latin or not _shortened(elements, readings, slots, e, f, cost):
            return np.float32(NEVER)
        return np.float32(min(information[e], information[f]) - max(weights[SHORTER], sexes))
    ratio = np.float32(told - scale * (distance + joining) - sexes)
    if (elements[e, 2] == CHILD) != (elements[f, 2] == CHILD):
        ratio = min(ratio - PARENT, np.float32(0.0))
    return ratio


@compiled(fastmath=True, inline="always")
def may_meet(ends: Bits, e: int, f: int, both: bool) -> bool:
    """Whether any readings of two elements may meet at their first or last firm consonants, or at both."""
    first, last = (ends[e, 0] & ends[f, 1]) != 0, (ends[e, 2] & ends[f, 3]) != 0
    return (first and last) if both else (first or last)
