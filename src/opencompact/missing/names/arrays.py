"""Names made ready once, to be compared many times: whole numbers in flat arrays.

Own: a layout for the compiled kernel; what the arrays mean stands in `prepared.py`.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.names.endings import ending_of
from opencompact.missing.names.prepared import Element, Prepared, Spelling, prepare
from opencompact.missing.names.sounds import alphabet, firm

KINDS = ("name", "joined", "kunya", "particle", "title", "initial", "article", "ending", "child")
INITIAL, CHILD = KINDS.index("initial"), KINDS.index("child")
GROUPS, GROUPS_FROM = 3, 9
"""Groups of names that go for one another, of which an element may be in this many."""


class Lexicon(NamedTuple):
    """The elements that names are made of, each once.

    `elements` (n, GROUPS_FROM + GROUPS) int32: first and last + 1 of its readings, kind, concept or -1, script, the least and the
    most firm consonants of its readings, how it ends or which Han character it is (`endings.py`), whether it surely is its concept, groups or -1;
    `information` (n,) nats; `unions` (n,) uint64: bits of the sounds of all its readings;
    `ends` (n, 4) uint64: bits of the sounds near the first firm consonants of its readings, of these themselves, and the
    same of the last ones; `readings` (m, 5) int32: first and last + 1 of its slots, firm consonants, the first and the last of these or -1;
    `costs` (m,) nats; `sounds` (m,) uint64 bits; `slots` (k,) int16.
    """

    elements: NDArray[np.int32]
    information: NDArray[np.float32]
    unions: NDArray[np.uint64]
    ends: NDArray[np.uint64]
    readings: NDArray[np.int32]
    costs: NDArray[np.float32]
    sounds: NDArray[np.uint64]
    slots: NDArray[np.int16]


class Rolls(NamedTuple):
    """The names of one side.

    `names` (n, 2) int32: first and last + 1 of its spellings; `spellings` (m, 4) int32: first and last + 1 of its
    occurrences and of its parts; `occurrences` (k, 3) int32: element, the part it starts at, parts it spans;
    `hefts` (k,) the weights of the parts that an occurrence spans, added up; `weights` (p,) of the parts, below zero where bound.
    """

    names: NDArray[np.int32]
    spellings: NDArray[np.int32]
    occurrences: NDArray[np.int32]
    hefts: NDArray[np.float32]
    weights: NDArray[np.float32]


def _ranges(lengths: Sequence[int]) -> NDArray[np.int32]:
    ends = np.cumsum(np.array(lengths, np.int64))
    return np.stack([ends - lengths, ends], axis=1).astype(np.int32) if len(lengths) else np.zeros((0, 2), np.int32)


def lexicon_of(elements: Sequence[Element]) -> Lexicon:
    """The lexicon of these elements, numbered in their order; each has a reading, and each reading a slot."""
    readings = [reading for element in elements for reading in element.readings]
    spans = _ranges([len(element.readings) for element in elements])
    bounds = _ranges([len(reading.slots) for reading in readings])
    slots = np.array([slot for reading in readings for slot in reading.slots], np.int16)
    firm = _firm(slots, bounds)
    sounds = _gathered(np.bitwise_or, alphabet().own[slots], bounds)
    facts = np.array([[KINDS.index(e.kind), e.concept, script_number(e.script)] for e in elements], np.int32)
    endings = np.array([(ending_of(e.text, e.script), e.sure) for e in elements], np.int32).reshape(-1, 2)
    groups = np.array([_padded(e.groups) for e in elements], np.int32)
    firm_range = [_gathered(least, firm[:, 0], spans) for least in (np.minimum, np.maximum)]
    return Lexicon(
        elements=np.hstack(
            [spans, facts.reshape(-1, 3), np.stack(firm_range, axis=1), endings, groups.reshape(-1, GROUPS)]
        ),
        information=np.array([element.information for element in elements], np.float32),
        unions=_gathered(np.bitwise_or, sounds, spans),
        ends=_ends(firm, spans, facts.reshape(-1, 3)[:, 0] == INITIAL),
        readings=np.hstack([bounds, firm]),
        costs=np.array([reading.cost for reading in readings], np.float32),
        sounds=sounds,
        slots=slots,
    )


def _gathered(operation: np.ufunc, values: NDArray[Any], ranges: NDArray[np.int32]) -> NDArray[Any]:
    """The operation over each of the ranges, which follow one another and are not empty."""
    return np.asarray(operation.reduceat(values, ranges[:, 0])) if len(ranges) else values[:0]


def _firm(slots: NDArray[np.int16], bounds: NDArray[np.int32]) -> NDArray[np.int32]:
    """How many firm consonants each reading has, the first and the last of them, or -1."""
    letters = slots[firm()[slots]]
    before = np.append(0, np.cumsum(firm()[slots]))[bounds]
    counts = before[:, 1] - before[:, 0]
    ends = np.full((len(bounds), 2), -1)
    some = counts > 0
    ends[some] = letters[np.stack([before[some, 0], before[some, 1] - 1], axis=1)]
    return np.column_stack([counts, ends]).astype(np.int32)


_ANY = np.uint64((1 << 64) - 1)


def _ends(firm: NDArray[np.int32], spans: NDArray[np.int32], initials: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """What may meet the ends of elements; anything may where a reading has no firm consonant, and with initials."""
    near, own = alphabet().near, alphabet().own
    bits = np.column_stack([near[firm[:, 1]], own[firm[:, 1]], near[firm[:, 2]], own[firm[:, 2]]])
    found = _gathered(np.bitwise_or, bits, spans)
    found[initials | (_gathered(np.minimum, firm[:, 0], spans) == 0)] = _ANY
    return found


@cache
def script_number(script: str) -> int:
    """The same number for the same script, in this process and any other."""
    return zlib.crc32(script.encode()) & 0x7FFFFFFF


def _padded(groups: Sequence[int]) -> list[int]:
    return [*groups[:GROUPS], *[-1] * (GROUPS - len(groups[:GROUPS]))]


def joined(one: Lexicon, other: Lexicon) -> Lexicon:
    """One lexicon of two: the elements of the other follow those of the one."""
    elements = other.elements.copy()
    elements[:, :2] += len(one.readings)
    readings = other.readings.copy()
    readings[:, :2] += len(one.slots)
    return Lexicon(
        np.vstack([one.elements, elements]),
        np.concatenate([one.information, other.information]),
        np.concatenate([one.unions, other.unions]),
        np.vstack([one.ends, other.ends]),
        np.vstack([one.readings, readings]),
        np.concatenate([one.costs, other.costs]),
        np.concatenate([one.sounds, other.sounds]),
        np.concatenate([one.slots, other.slots]),
    )


def only(lexicon: Lexicon, chosen: NDArray[np.int32]) -> Lexicon:
    """The lexicon of the chosen elements alone, numbered in their order."""
    elements = lexicon.elements[chosen].copy()
    read = each_of(elements[:, :2])
    readings = lexicon.readings[read].copy()
    heard = each_of(readings[:, :2])
    elements[:, :2] = _ranges((elements[:, 1] - elements[:, 0]).tolist())
    readings[:, :2] = _ranges((readings[:, 1] - readings[:, 0]).tolist())
    return Lexicon(
        elements, lexicon.information[chosen], lexicon.unions[chosen], lexicon.ends[chosen],
        readings, lexicon.costs[read], lexicon.sounds[read], lexicon.slots[heard],
    )  # fmt: skip


def each_of(ranges: NDArray[np.int32]) -> NDArray[np.int64]:
    """The numbers in ranges (first, last + 1), one range after the other."""
    lengths = (ranges[:, 1] - ranges[:, 0]).astype(np.int64)
    before = np.cumsum(lengths) - lengths
    return np.asarray(np.arange(int(lengths.sum())) + np.repeat(ranges[:, 0] - before, lengths))


class PreparedNames:
    """Many names, ready to be scored: their texts, the lexicon of their elements, and the rolls that refer to it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.lexicon, self.rolls = encode([prepare(text) for text in self.texts])

    def __len__(self) -> int:
        return len(self.texts)


def encode(names: Sequence[Prepared]) -> tuple[Lexicon, Rolls]:
    """The flat arrays of prepared names."""
    numbers: dict[tuple[str, str, str, float], int] = {}  # Md tells less than Mohammed, of whom it has the letters
    elements: list[Element] = []
    occurrences = []
    hefts = []
    spellings = [spelling for name in names for spelling in name.spellings]
    for spelling in spellings:
        for element in spelling.elements:
            number = numbers.setdefault((element.text, element.script, element.kind, element.information), len(numbers))
            if number == len(elements):
                elements.append(element)
            occurrences.append((number, element.start, element.span))
            hefts.append(_heft(spelling, element))
    held = _ranges([len(spelling.elements) for spelling in spellings])
    parts = _ranges([len(spelling.parts) for spelling in spellings])
    return lexicon_of(elements), Rolls(
        names=_ranges([len(name.spellings) for name in names]),
        spellings=np.hstack([held, parts]),
        occurrences=np.array(occurrences, np.int32).reshape(-1, 3),
        hefts=np.array(hefts, np.float32),
        weights=np.array([part.held for spelling in spellings for part in spelling.parts], np.float32),
    )


def _heft(spelling: Spelling, element: Element) -> float:
    if element.span == 1:
        return spelling.parts[element.start].weight
    return sum([part.weight for part in spelling.parts[element.start : element.start + element.span]])
