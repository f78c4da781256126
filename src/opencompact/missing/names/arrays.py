"""Names made ready once, to be compared many times: whole numbers in flat arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.names.prepared import Element, Prepared, prepare
from opencompact.missing.names.sounds import firm_letters, own_sounds

KINDS = ("name", "joined", "kunya", "particle", "title", "initial")
INITIAL = KINDS.index("initial")
GROUPS = 3
"""Groups of names that go for one another, of which an element may be in this many."""


class Lexicon(NamedTuple):
    """The elements that names are made of, each once.

    `elements` (n, 4 + GROUPS) int32: first and last + 1 of its readings, kind, concept or -1, groups or -1;
    `information` (n,) nats; `readings` (m, 3) int32: first and last + 1 of its slots, firm consonants;
    `costs` (m,) nats; `sounds` (m,) uint64 bits; `slots` (k,) int16.
    """

    elements: NDArray[np.int32]
    information: NDArray[np.float32]
    readings: NDArray[np.int32]
    costs: NDArray[np.float32]
    sounds: NDArray[np.uint64]
    slots: NDArray[np.int16]


class Rolls(NamedTuple):
    """The names of one side.

    `names` (n, 2) int32: first and last + 1 of its spellings; `spellings` (m, 4) int32: first and last + 1 of its
    occurrences and of its parts; `occurrences` (k, 3) int32: element, the part it starts at, parts it spans;
    `weights` (p,) of the parts.
    """

    names: NDArray[np.int32]
    spellings: NDArray[np.int32]
    occurrences: NDArray[np.int32]
    weights: NDArray[np.float32]


def _ranges(lengths: Sequence[int]) -> NDArray[np.int32]:
    ends = np.cumsum(np.array(lengths, np.int64))
    return np.stack([ends - lengths, ends], axis=1).astype(np.int32) if len(lengths) else np.zeros((0, 2), np.int32)


def _lexicon(elements: Sequence[Element]) -> Lexicon:
    readings = [reading for element in elements for reading in element.readings]
    spans = _ranges([len(element.readings) for element in elements])
    facts = [[KINDS.index(e.kind), e.concept, *_padded(e.groups)] for e in elements]
    firm = np.array([firm_letters(reading.slots) for reading in readings], np.int32).reshape(-1, 1)
    return Lexicon(
        elements=np.hstack([spans, np.array(facts, np.int32).reshape(-1, 2 + GROUPS)]),
        information=np.array([element.information for element in elements], np.float32),
        readings=np.hstack([_ranges([len(reading.slots) for reading in readings]), firm]),
        costs=np.array([reading.cost for reading in readings], np.float32),
        sounds=np.array([own_sounds(reading.slots) for reading in readings], np.uint64),
        slots=np.array([slot for reading in readings for slot in reading.slots], np.int16),
    )


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
        np.vstack([one.readings, readings]),
        np.concatenate([one.costs, other.costs]),
        np.concatenate([one.sounds, other.sounds]),
        np.concatenate([one.slots, other.slots]),
    )


class PreparedNames:
    """Many names, ready to be scored: their texts, the lexicon of their elements, and the rolls that refer to it."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = list(texts)
        self.lexicon, self.rolls = encode([prepare(text) for text in self.texts])

    def __len__(self) -> int:
        return len(self.texts)


def encode(names: Sequence[Prepared]) -> tuple[Lexicon, Rolls]:
    """The flat arrays of prepared names."""
    numbers: dict[tuple[str, str, str], int] = {}
    elements: list[Element] = []
    occurrences = []
    spellings = [spelling for name in names for spelling in name.spellings]
    for spelling in spellings:
        for element in spelling.elements:
            number = numbers.setdefault((element.text, element.script, element.kind), len(numbers))
            if number == len(elements):
                elements.append(element)
            occurrences.append((number, element.start, element.span))
    held = _ranges([len(spelling.elements) for spelling in spellings])
    parts = _ranges([len(spelling.parts) for spelling in spellings])
    return _lexicon(elements), Rolls(
        names=_ranges([len(name.spellings) for name in names]),
        spellings=np.hstack([held, parts]),
        occurrences=np.array(occurrences, np.int32).reshape(-1, 3),
        weights=np.array([part.weight for spelling in spellings for part in spelling.parts], np.float32),
    )
