"""Names of many records as arrays: every value prepared once, however many records bear it.

A record has spellings: each of its full names, and its given, father's, grandfather's and family names put together. The compiled
scorer of `missing.names` takes the best pair of spellings; how much a part tells follows its rarity in the register.
Own; rarity as in Fellegi & Sunter 1969 (JASA 64:1183), §3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.keys import part_keys
from opencompact.missing.names.arrays import KINDS, Lexicon, Rolls, each_of, joined, lexicon_of, only
from opencompact.missing.names.prepared import Element, prepare

Array = NDArray[np.float32]
Bits = NDArray[np.uint64]
Ints = NDArray[np.int32]
NAME = KINDS.index("name")
MOST_WEIGHT = 0.5
"""A part that weighs less is a particle or an initial, and makes no key."""


@dataclass(frozen=True)
class Values:
    """Distinct written names, ready: the lexicon of their elements, and per value its parts and elements.

    `parts` (n, 2) and `occurrences` (n, 2): first and last + 1 of `weights` and of `held` (element, start, span), with the weight that each spans in `hefts`.
    `full` and `less`: per part, its key numbers as ranges of `full_keys` and `less_keys`.
    """

    lexicon: Lexicon
    parts: Ints
    occurrences: Ints
    weights: NDArray[np.float32]
    held: Ints
    hefts: NDArray[np.float32]
    full: Ints
    less: Ints
    full_keys: NDArray[np.uint64]
    less_keys: NDArray[np.uint64]


def prepare_values(texts: Sequence[str]) -> Values:
    """Prepares distinct written names; of several spellings in one field the first."""
    numbers: dict[tuple[str, str, str], int] = {}
    elements: list[Element] = []
    parts, occurrences = [], []
    weights: list[float] = []
    held: list[tuple[int, int, int]] = []
    hefts: list[float] = []
    full: list[int] = []
    less: list[int] = []
    ranges: list[tuple[int, int, int, int]] = []
    for text in texts:
        spelling = prepare(text).spellings[0]
        parts.append((len(weights), len(weights) + len(spelling.parts)))
        first = len(held)
        own: dict[int, tuple[tuple[int, ...], tuple[int, ...]]] = {}
        for element in spelling.elements:
            number = numbers.setdefault((element.text, element.script, element.kind), len(numbers))
            if number == len(elements):
                elements.append(element)
            held.append((number, element.start, element.span))
            hefts.append(sum(part.weight for part in spelling.parts[element.start : element.start + element.span]))
            if element.span == 1 and spelling.parts[element.start].weight >= MOST_WEIGHT:
                own[element.start] = part_keys(tuple(reading.slots for reading in element.readings))
        occurrences.append((first, len(held)))
        for at, part in enumerate(spelling.parts):
            weights.append(part.held)
            whole, shorter = own.get(at, ((), ()))
            ranges.append((len(full), len(full) + len(whole), len(less), len(less) + len(shorter)))
            full += whole
            less += shorter
    bounds = np.array(ranges, np.int32).reshape(-1, 4)
    return Values(
        lexicon_of(elements),
        np.array(parts, np.int32).reshape(-1, 2),
        np.array(occurrences, np.int32).reshape(-1, 2),
        np.array(weights, np.float32),
        np.array(held, np.int32).reshape(-1, 3),
        np.array(hefts, np.float32),
        bounds[:, :2].copy(),
        bounds[:, 2:].copy(),
        np.array(full, np.uint64),
        np.array(less, np.uint64),
    )


@dataclass(frozen=True)
class Spellings:
    """Which values make up which spelling of which record: ranges into `values`, ranges into spellings."""

    values: Ints
    spellings: Ints
    records: Ints

    @property
    def named(self) -> NDArray[np.bool_]:
        """Which records have a name at all."""
        return np.asarray(self.records[:, 1] > self.records[:, 0])


def spellings_of(records: Sequence[Sequence[Sequence[int]]]) -> Spellings:
    """From numbers of values, per record and spelling."""
    spelled = [spelling for record in records for spelling in record]
    return Spellings(
        np.array([value for spelling in spelled for value in spelling], np.int32),
        _ranges([len(spelling) for spelling in spelled]),
        _ranges([len(record) for record in records]),
    )


def _ranges(lengths: Sequence[int] | Ints) -> Ints:
    ends = np.cumsum(np.asarray(lengths, np.int64))
    return np.stack([ends - lengths, ends], axis=1).astype(np.int32) if len(lengths) else np.zeros((0, 2), np.int32)


def only_records(spelled: Spellings, chosen: Ints) -> Spellings:
    """The spellings of the chosen records alone, in their order."""
    of_record = spelled.records[chosen]
    spellings = spelled.spellings[each_of(of_record)]
    return Spellings(
        spelled.values[each_of(spellings)],
        _ranges(np.diff(spellings, axis=1).ravel()),
        _ranges(np.diff(of_record, axis=1).ravel()),
    )


def only_values(values: Values, chosen: Ints) -> Values:
    """The chosen values alone, in their order, with the lexicon of their elements; their keys are left out."""
    parts, occurrences = values.parts[chosen], values.occurrences[chosen]
    held = values.held[each_of(occurrences)].copy()
    elements, numbers = np.unique(held[:, 0], return_inverse=True)
    held[:, 0] = numbers
    return replace(
        values,
        lexicon=only(values.lexicon, elements),
        parts=_ranges(np.diff(parts, axis=1).ravel()),
        occurrences=_ranges(np.diff(occurrences, axis=1).ravel()),
        weights=values.weights[each_of(parts)],
        held=held,
        hefts=values.hefts[each_of(occurrences)],
        full=np.zeros((0, 2), np.int32),
        less=np.zeros((0, 2), np.int32),
    )


def rolls_of(values: Values, spelled: Spellings, shift: int = 0) -> Rolls:
    """The rolls that the compiled scorer reads; `shift` is added to the numbers of elements."""
    occurrences, hefts, weights, bounds = _assemble(
        values.parts, values.occurrences, values.weights, values.held, values.hefts, spelled.values, spelled.spellings
    )
    occurrences[:, 0] += shift
    return Rolls(spelled.records, bounds, occurrences, hefts, weights)


@njit(cache=True)
def _assemble(
    parts: Ints, occurrences: Ints, weights: Array, held: Ints, hefts: Array, values: Ints, spellings: Ints
) -> tuple[Ints, Array, Array, Ints]:
    """Occurrences and weights of each spelling, one value after the other."""
    count = held_count = 0
    for value in values:
        count += parts[value, 1] - parts[value, 0]
        held_count += occurrences[value, 1] - occurrences[value, 0]
    out = np.empty((held_count, 3), np.int32)
    out_hefts = np.empty(held_count, np.float32)
    out_weights = np.empty(count, np.float32)
    bounds = np.empty((len(spellings), 4), np.int32)
    p = o = 0
    for s in range(len(spellings)):
        bounds[s, 0], bounds[s, 2] = o, p
        before = p
        for k in range(spellings[s, 0], spellings[s, 1]):
            value = values[k]
            for at in range(occurrences[value, 0], occurrences[value, 1]):
                out[o, 0] = held[at, 0]
                out[o, 1] = held[at, 1] + p - before
                out[o, 2] = held[at, 2]
                out_hefts[o] = hefts[at]
                o += 1
            for at in range(parts[value, 0], parts[value, 1]):
                out_weights[p] = weights[at]
                p += 1
        bounds[s, 1], bounds[s, 3] = o, p
    return out, out_hefts, out_weights, bounds


BITS = 15
"""Parts of a record's names that blocking tells apart; further ones share a bit."""


@njit(cache=True)
def record_keys(
    parts: Ints, full: Ints, less: Ints, full_keys: Bits, less_keys: Bits, told: Array,
    values: Ints, spellings: Ints, records: Ints, singles: bool,
) -> tuple[Bits, Ints, Ints, Array, NDArray[np.int8]]:  # fmt: skip
    """(key, record, mask) of these records, and per record what each of its parts tells and how many it has.

    Keys are unordered pairs of parts, one of them possibly shortened; with `singles` each part alone too; a record with one part
    always has its single key. A mask has a bit for each part in the key, and the same bit `BITS` higher where the part is whole.
    """
    tells = np.zeros((len(records), BITS), np.float32)
    counts = np.zeros(len(records), np.int8)
    total = 0
    own, bits = np.empty(14, np.int32), np.empty(14, np.int32)
    for turn in range(2):
        if turn:
            keys = np.empty(total, np.uint64)
            owners = np.empty(total, np.int32)
            masks = np.empty(total, np.int32)
        n = 0
        for r in range(len(records)):
            before = 0
            for s in range(records[r, 0], records[r, 1]):
                count = 0
                for k in range(spellings[s, 0], spellings[s, 1]):
                    for p in range(parts[values[k], 0], parts[values[k], 1]):
                        if full[p, 1] > full[p, 0] and count < 14:
                            own[count] = p
                            bits[count] = 1 << ((before + count) % BITS)
                            tells[r, (before + count) % BITS] = told[p]
                            count += 1
                before += count
                counts[r] = max(counts[r], count)
                for x in range(count):
                    p, one = own[x], bits[x]
                    if singles or count == 1:
                        for i in range(full[p, 0], full[p, 1]):
                            if turn:
                                keys[n], owners[n], masks[n] = full_keys[i], r, one | one << BITS
                            n += 1
                    for y in range(x):
                        q, other = own[y], bits[y]
                        for i in range(full[p, 0], full[p, 1]):
                            for j in range(full[q, 0], full[q, 1]):
                                if turn:
                                    keys[n], owners[n] = _pair(full_keys[i], full_keys[j]), r
                                    masks[n] = (one | other) * (1 + (1 << BITS))
                                n += 1
                            for j in range(less[q, 0], less[q, 1]):
                                if turn:
                                    keys[n], owners[n] = _pair(full_keys[i], less_keys[j]), r
                                    masks[n] = one | other | one << BITS
                                n += 1
                        for i in range(less[p, 0], less[p, 1]):
                            for j in range(full[q, 0], full[q, 1]):
                                if turn:
                                    keys[n], owners[n] = _pair(less_keys[i], full_keys[j]), r
                                    masks[n] = one | other | other << BITS
                                n += 1
        total = n
    return keys, owners, masks, tells, counts


@njit(cache=True, inline="always")
def _pair(one: np.uint64, other: np.uint64) -> np.uint64:
    """A key of two parts in either order."""
    return (one ^ other) * np.uint64(0x9E3779B97F4A7C15) + (one + other) * np.uint64(0xC2B2AE3D27D4EB4F) + np.uint64(1)


@dataclass(frozen=True)
class Bearers:
    """How many records bear each key of a part, ascending by key; `size` records in all."""

    keys: NDArray[np.uint64]
    counts: NDArray[np.int64]
    size: int


def bearers(values: Values, spelled: Spellings) -> Bearers:
    """Counts the records of a side by the keys of the parts of their names."""
    uses = np.bincount(spelled.values, minlength=len(values.parts))
    of_part = np.repeat(uses, np.diff(values.parts, axis=1).ravel())
    of_key = np.repeat(of_part, np.diff(values.full, axis=1).ravel())
    keys, numbers = np.unique(values.full_keys, return_inverse=True)
    counts = np.bincount(numbers, of_key, minlength=len(keys)).astype(np.int64)
    return Bearers(keys, counts, len(spelled.records))


def told_by_parts(values: Values, known: Bearers) -> NDArray[np.float32]:
    """What sharing each part tells, in nats: how rare its likeliest key is on the other side (Laplace)."""
    told = np.zeros(len(values.full), np.float32)
    some = np.flatnonzero(values.full[:, 1] > values.full[:, 0])
    first = values.full_keys[values.full[some, 0]]
    counts = np.zeros(len(some))
    if len(known.keys):
        at = np.minimum(np.searchsorted(known.keys, first), len(known.keys) - 1)
        counts = np.where(known.keys[at] == first, known.counts[at], 0)
    told[some] = np.log((known.size + 1.0) / (counts + 1.0))
    return told


def both(left: Values, right: Values) -> Lexicon:
    """One lexicon: the elements of the right follow those of the left."""
    return joined(left.lexicon, right.lexicon)
