"""Well-known names: how common they are, and which of them go for one another.

`common.tsv` gives the share of a name among bearers of its tradition, in rounded steps; `kindred.tsv` the forms of one
name in several languages, and nicknames. A part is recognised by its sounds, in whatever script it is written.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.names.distance import MOST_SLOTS, reading_distance
from opencompact.missing.names.parts import Part
from opencompact.missing.names.readings import Reading, readings
from opencompact.missing.names.sounds import alphabet, rows

FARTHEST = 1.0
"""A part is recognised as a well-known name when it is no farther from it than this, in nats."""


@dataclass(frozen=True)
class Known:
    """A well-known name: its number, its spelling here, what it tells (nats), and the groups that it belongs to."""

    concept: int
    name: str
    information: float
    groups: tuple[int, ...]


@cache
def vocabulary() -> tuple[Known, ...]:
    """Every name of the two tables, once."""
    shares: dict[str, float] = {}
    for row in rows("common.tsv"):
        for name in row["names"].split():
            shares[name] = max(shares.get(name, 0.0), float(row["per_mille"]))
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows("kindred.tsv")):
        for name in row["names"].split():
            groups.setdefault(name, []).append(number)
    names = dict.fromkeys([*shares, *groups])
    return tuple(
        Known(number, name, -math.log(shares.get(name, 0.5) / 1000), tuple(groups.get(name, ())))
        for number, name in enumerate(names)
    )


@cache
def _spelled() -> tuple[NDArray[np.int16], NDArray[np.int32]]:
    read = [readings(Part(known.name, "LATIN"))[0].slots for known in vocabulary()]
    ends = np.cumsum([len(slots) for slots in read])
    offsets = np.stack([ends - [len(slots) for slots in read], ends], axis=1)
    return np.array([slot for slots in read for slot in slots], np.int16), offsets.astype(np.int32)


@njit(cache=True)
def _nearest(slots, start, end, offsets, cost, gap, row, limit):  # type: ignore[no-untyped-def]
    """The index of the name nearest to the reading that stands at `start`, and its distance; -1 beyond the limit."""
    best, nearest = np.float32(limit), -1
    for k in range(len(offsets)):
        found = reading_distance(slots, start, end, offsets[k, 0], offsets[k, 1], cost, gap, row, best)
        if found < best:
            best, nearest = found, k
    return nearest, best


def recognise(read: tuple[Reading, ...]) -> Known | None:
    """The well-known name that a part is, by any of its first readings; None for the others."""
    slots, offsets = _spelled()
    letters = alphabet()
    row = np.empty((3, MOST_SLOTS), np.float32)
    best: tuple[float, int] = (FARTHEST, -1)
    for reading in read[:4]:
        start = len(slots)
        together = np.concatenate([slots, np.array(reading.slots, np.int16)])
        limit = best[0] - reading.cost
        nearest, distance = _nearest(
            together, start, len(together), offsets, letters.cost, letters.gap, row, np.float32(limit)
        )
        if nearest >= 0:
            best = (float(distance) + reading.cost, int(nearest))
    return vocabulary()[best[1]] if best[1] >= 0 else None
