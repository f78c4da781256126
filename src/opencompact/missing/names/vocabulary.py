"""Well-known names: how common they are, and which of them go for one another.

`common.tsv` gives the share of a name among bearers of its tradition, in rounded steps, with its unlike spellings
joined by a bar; `kindred.tsv` the forms of one
name in several languages, and nicknames. A part is recognised by its sounds, in whatever script it is written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.names.distance import MOST_SLOTS, lost, reading_distance
from opencompact.missing.names.parts import Part
from opencompact.missing.names.readings import Reading, readings
from opencompact.missing.names.sounds import alphabet, own_sounds, rows

FARTHEST = 1.0
"""A part is recognised as a well-known name when it is no farther from it than this, in nats."""

RARER = 0.08
"""How much farther a name seems for each nat that it is rarer."""


@dataclass(frozen=True)
class Known:
    """A well-known name: its number, its spelling here, what it tells (nats), and the groups that it belongs to."""

    concept: int
    name: str
    information: float
    groups: tuple[int, ...]


@cache
def vocabulary() -> tuple[Known, ...]:
    """Every spelling of the two tables, once; spellings of one name (`mohammed|muhammad`) have one number."""
    shares: dict[str, float] = {}
    first: dict[str, str] = {}
    for row in rows("common.tsv"):
        for name in row["names"].split():
            usual, *others = name.split("|")
            first.update(dict.fromkeys([usual, *others], usual))
            shares[usual] = max(shares.get(usual, 0.0), float(row["per_mille"]))
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows("kindred.tsv")):
        for name in row["names"].split():
            groups.setdefault(first.get(name, name), []).append(number)
    numbers = {usual: number for number, usual in enumerate(dict.fromkeys([*shares, *groups]))}
    spellings = {**first, **{usual: usual for usual in numbers if usual not in first}}
    return tuple(
        Known(numbers[usual], name, -math.log(shares.get(usual, 0.5) / 1000), tuple(groups.get(usual, ())))
        for name, usual in spellings.items()
    )


@cache
def _kindred() -> tuple[str, ...]:
    """The first name of each group of names that go for one another."""
    return tuple(row["names"].split()[0] for row in rows("kindred.tsv"))


def kindred_names(groups: tuple[int, ...]) -> list[str]:
    """The names by which these groups are known, each once."""
    return list(dict.fromkeys(_kindred()[group] for group in groups))


class _Spelled(NamedTuple):
    """All names of the vocabulary: their slots one after the other, where each begins and ends, its sounds as bits, its handicap."""

    slots: NDArray[np.int16]
    offsets: NDArray[np.int32]
    sounds: NDArray[np.uint64]
    handicap: NDArray[np.float32]


@cache
def _spelled() -> _Spelled:
    read = [readings(Part(known.name, "LATIN"))[0].slots for known in vocabulary()]
    ends = np.cumsum([len(slots) for slots in read])
    offsets = np.stack([ends - [len(slots) for slots in read], ends], axis=1)
    slots = np.array([slot for slots in read for slot in slots], np.int16)
    handicap = np.array([RARER * known.information for known in vocabulary()], np.float32)
    sounds = np.array([own_sounds(each) for each in read], np.uint64)
    return _Spelled(slots, offsets.astype(np.int32), sounds, handicap)


@njit(cache=True)
def _likeliest(slots, start, end, own, offsets, sounds, handicap, cost, gap, near, hard, row, farthest, least):  # type: ignore[no-untyped-def]
    """The name that a reading from `start` to `end` most likely is, and its distance with its handicap; -1 for none.

    Only names within `farthest`; only sums below `least`. `own` are the bits of the sounds that the reading has.
    """
    likeliest = -1
    for k in range(len(offsets)):
        limit = min(farthest, least - handicap[k])
        if limit <= 0 or lost(slots, start, end, near, hard, sounds[k], 0):
            continue
        if not lost(slots, offsets[k, 0], offsets[k, 1], near, hard, own, 0):
            found = reading_distance(slots, start, end, offsets[k, 0], offsets[k, 1], cost, gap, row, limit)
            if found < limit:
                least, likeliest = found + handicap[k], k
    return likeliest, least


def recognise(read: tuple[Reading, ...]) -> Known | None:
    """The well-known name that a part is, by any of its first readings; None for the others.

    Of several names nearly as near, the more usual: the unvowelled `محمد` is Mohammed rather than Mahmoud.
    """
    slots, offsets, sounds, handicap = _spelled()
    letters = alphabet()
    row = np.empty((3, MOST_SLOTS), np.float32)
    least, best = np.float32(np.inf), -1
    for reading in read[:4]:
        start = len(slots)
        together = np.concatenate([slots, np.array(reading.slots, np.int16)])
        found, total = _likeliest(
            together, start, len(together), np.uint64(own_sounds(reading.slots)), offsets, sounds, handicap,
            letters.cost, letters.gap, letters.near, letters.hard, row,
            np.float32(FARTHEST - reading.cost), np.float32(least - reading.cost),
        )  # fmt: skip
        if found >= 0:
            least, best = np.float32(total + reading.cost), int(found)
    return vocabulary()[best] if best >= 0 else None
