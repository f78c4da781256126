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
def _nearest(word, slots, offsets, cost, gap, row, limit):  # type: ignore[no-untyped-def]
    """The index of the nearest name and its distance."""
    best, nearest = limit, -1
    for k in range(len(offsets)):
        start, width = offsets[k, 0], offsets[k, 1] - offsets[k, 0]
        row[0, 0] = 0.0
        for j in range(width):
            row[0, j + 1] = row[0, j] + gap[slots[start + j]]
        above, here = 0, 1
        for i in range(len(word)):
            row[here, 0] = row[above, 0] + gap[word[i]]
            least = row[here, 0]
            for j in range(width):
                y = slots[start + j]
                value = min(row[above, j] + cost[word[i], y], row[above, j + 1] + gap[word[i]], row[here, j] + gap[y])
                row[here, j + 1] = value
                least = min(least, value)
            above, here = here, above
            if least >= best:
                break
        else:
            if row[above, width] < best:
                best, nearest = row[above, width], k
    return nearest, best


def recognise(read: tuple[Reading, ...]) -> Known | None:
    """The well-known name that a part is, by any of its first readings; None for the others."""
    slots, offsets = _spelled()
    letters = alphabet()
    row = np.empty((2, 32), np.float32)
    best: tuple[float, int] = (FARTHEST, -1)
    for reading in read[:4]:
        word = np.array(reading.slots, np.int16)
        nearest, distance = _nearest(word, slots, offsets, letters.cost, letters.gap, row, best[0] - reading.cost)
        if nearest >= 0:
            best = (float(distance) + reading.cost, int(nearest))
    return vocabulary()[best[1]] if best[1] >= 0 else None
