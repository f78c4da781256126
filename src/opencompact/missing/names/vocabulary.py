"""Well-known names: how common they are, and which of them go for one another.

`common.tsv` gives the share of a name among bearers of its tradition, in rounded steps, with its unlike spellings
joined by a bar; `kindred.tsv` the forms of one
name in several languages, and nicknames. A part is recognised by its sounds, in whatever script it is written.
Both tables are our own, by hand: rounded orders of magnitude, no count of any list.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.names.compiled import Bits, Nats, Shorts, Whole, compiled
from opencompact.missing.names.distance import MOST_SLOTS, reading_distance
from opencompact.missing.names.parts import Part
from opencompact.missing.names.readings import Reading, readings
from opencompact.missing.names.sounds import alphabet, rows
from opencompact.missing.names.written import written

FARTHEST = 1.0
"""A part is recognised as a well-known name when it is no farther from it than this, in nats."""

SURELY_IT = 0.45
"""A part that is no farther from a well-known name than this is surely that name, and no other that is near to it."""

RARER = 0.08
"""How much farther a name seems for each nat that it is rarer."""


_AS_SPELLED = ("vietnamese_given", "pinyin_given")
"""Names that are so short that nothing but their own spelling is recognised as them."""

_OF_SYLLABLES = ("korean", "chinese", "vietnamese", *_AS_SPELLED)


@dataclass(frozen=True)
class Known:
    """A well-known name: its number, its spelling here, what it tells (nats), and the groups that it belongs to.

    `beside`: the number of the row of `different.tsv` that holds it, or 0; `syllabic`: of Korean, Chinese and Vietnamese names the spelling
    hardly tells which it is (Jong, Chong, Jung) unless they stand in `different.tsv`; `by_sound`: whether another spelling is recognised as it.
    """

    concept: int
    name: str
    information: float
    groups: tuple[int, ...]
    beside: int = 0
    syllabic: bool = False
    by_sound: bool = True

    @property
    def settled(self) -> bool:
        """Whether the spelling tells the name from the others."""
        return not self.syllabic or self.beside > 0


@cache
def vocabulary() -> tuple[Known, ...]:
    """Every spelling of the two tables, once; spellings of one name (`mohammed|muhammad`) have one number."""
    shares: dict[str, float] = {}
    first: dict[str, str] = {}
    syllabic: set[str] = set()
    spelled_only: set[str] = set()
    for row in rows("common.tsv"):
        for name in row["names"].split():
            usual, *others = name.split("|")
            first.update(dict.fromkeys([usual, *others], usual))
            if row["tradition"] in _OF_SYLLABLES:
                syllabic.add(usual)
            if row["tradition"] in _AS_SPELLED and usual not in shares:
                spelled_only.add(usual)
            shares[usual] = max(shares.get(usual, 0.0), float(row["per_mille"]))
    groups: dict[str, list[int]] = {}
    for number, row in enumerate(rows("kindred.tsv")):
        for name in row["names"].split():
            groups.setdefault(first.get(name, name), []).append(number)
    beside = {name: row for row, name in _different()}
    numbers = {usual: number for number, usual in enumerate(dict.fromkeys([*shares, *groups]))}
    spellings = {**first, **{usual: usual for usual in numbers if usual not in first}}
    return tuple(
        Known(
            numbers[usual],
            name,
            -math.log(shares.get(usual, 0.5) / 1000),
            tuple(groups.get(usual, ())),
            beside.get(usual, 0),
            usual in syllabic,
            usual not in spelled_only,
        )
        for name, usual in spellings.items()
    )


def _different() -> Iterator[tuple[int, str]]:
    """Names that are two though they are spelled nearly alike, with the number of their row."""
    return ((number, name) for number, row in enumerate(rows("different.tsv"), 1) for name in row["names"].split())


@cache
def _kindred() -> tuple[str, ...]:
    """The first name of each group of names that go for one another."""
    return tuple(row["names"].split()[0] for row in rows("kindred.tsv"))


def kindred_names(groups: tuple[int, ...]) -> list[str]:
    """The names by which these groups are known, each once."""
    return list(dict.fromkeys(_kindred()[group] for group in groups))


class _Spelled(NamedTuple):
    """All names of the vocabulary: their slots one after the other, where each begins and ends, its handicap.

    `fitting` (slots, words): bits of the names in which a slot may have its counterpart, within `FARTHEST`, or be left out;
    `like` (slots, words): bits of the slots that may be counterparts of each; `needy` (n,): the slots of names that are not
    left out within `FARTHEST`, `bearing` (n, words): bits of the names that have each of these.
    """

    slots: NDArray[np.int16]
    offsets: NDArray[np.int32]
    handicap: NDArray[np.float32]
    fitting: NDArray[np.uint64]
    like: NDArray[np.uint64]
    needy: NDArray[np.int16]
    bearing: NDArray[np.uint64]


@cache
def _spelled() -> _Spelled:
    letters = alphabet()
    read = [readings(Part(known.name, "LATIN"))[0].slots for known in vocabulary()]
    ends = np.cumsum([len(slots) for slots in read])
    offsets = np.stack([ends - [len(slots) for slots in read], ends], axis=1)
    handicap = np.array([RARER * known.information for known in vocabulary()], np.float32)
    near = letters.cost < FARTHEST
    lasting = letters.gap >= FARTHEST
    fitting = np.stack([near[:, list(slots)].any(axis=1) for slots in read], axis=1) | ~lasting[:, None]
    fitting &= np.array([known.by_sound for known in vocabulary()])
    needy = np.flatnonzero(lasting & np.isin(np.arange(len(lasting)), np.concatenate(read)))
    bearing = np.stack([np.isin(needy, slots) for slots in read], axis=1)
    slots = np.array([slot for slots in read for slot in slots], np.int16)
    return _Spelled(
        slots, offsets.astype(np.int32), handicap, _bits(fitting), _bits(near), needy.astype(np.int16), _bits(bearing)
    )


def _bits(flags: NDArray[np.bool_]) -> NDArray[np.uint64]:
    """The flags of each row as bits of whole numbers, the first flag lowest."""
    padded = np.zeros((len(flags), -(-flags.shape[1] // 64) * 64), np.uint8)
    padded[:, : flags.shape[1]] = flags
    return np.packbits(padded, axis=1, bitorder="little").view("<u8").astype(np.uint64)


@compiled()
def _fitting(
    read: Shorts, start: int, end: int, fitting: Bits, like: Bits, needy: Shorts, bearing: Bits, found: Bits
) -> None:
    """Into `found`, the bits of the names of which nothing is lost on the reading, and that lose nothing of it."""
    found[:] = fitting[read[start]]
    for i in range(start + 1, end):
        found &= fitting[read[i]]
    for n in range(len(needy)):
        word, bit = needy[n] >> 6, np.uint64(1) << np.uint64(needy[n] & 63)
        met = False
        for i in range(start, end):
            met = met or (like[read[i], word] & bit) != 0
        if not met:
            found &= ~bearing[n]


@compiled()
def _likeliest(
    read: Shorts,
    bounds: Whole,
    costs: Nats,
    slots: Shorts,
    offsets: Whole,
    handicap: Nats,
    fitting: Bits,
    like: Bits,
    needy: Shorts,
    bearing: Bits,
    cost: Nats,
    gap: Nats,
    farthest: float,
) -> tuple[int, np.float32]:
    """The name that the readings (ranges `bounds` of `read`) most likely are, and how far they are from it; -1 for none.

    The least distance with its handicap decides; only names within `farthest` of a reading.
    """
    row = np.empty((3, MOST_SLOTS), np.float32)
    pair = np.empty(2 * MOST_SLOTS, np.int16)
    names = np.empty(fitting.shape[1], np.uint64)
    likeliest, least, apart = -1, np.float32(np.inf), np.float32(np.inf)
    for r in range(len(bounds)):
        _fitting(read, bounds[r, 0], bounds[r, 1], fitting, like, needy, bearing, names)
        width = bounds[r, 1] - bounds[r, 0]
        pair[:width] = read[bounds[r, 0] : bounds[r, 1]]
        within, below = np.float32(farthest - costs[r]), np.float32(least - costs[r])
        for word in range(len(names)):
            k, left = 64 * word, names[word]
            while left:
                limit = min(within, below - handicap[k])
                if left & np.uint64(1) and limit > 0:
                    end = width + offsets[k, 1] - offsets[k, 0]
                    pair[width:end] = slots[offsets[k, 0] : offsets[k, 1]]
                    found = reading_distance(pair, 0, width, width, end, cost, gap, 0, row, limit)
                    if found < limit:
                        below, likeliest = found + handicap[k], k
                        least, apart = np.float32(below + costs[r]), np.float32(found + costs[r])
                left >>= np.uint64(1)
                k += 1
    return likeliest, apart


@cache
def _by_name() -> dict[str, Known]:
    return {known.name: known for known in vocabulary()}


def known_as(text: str, script: str) -> Known | None:
    """The well-known name that a word is by how its script writes it (`written.tsv`), or as a table spells it; None for the others."""
    if script == "LATIN" and (spelled := _by_name().get(text) or _unmarked(text)):
        return spelled
    found = written(text, script)
    return _by_name().get(found.name) if found else None


def _unmarked(text: str) -> Known | None:
    """A name of syllables that is listed without the marks that it is written with: ánh."""
    if text.isascii():
        return None
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    known = _by_name().get(bare.replace("đ", "d"))
    return known if known and not known.by_sound else None


def recognise(read: tuple[Reading, ...]) -> tuple[Known | None, bool]:
    """The well-known name that a part is, by any of its first readings, and whether it surely is; None for the others.

    Of several names nearly as near, the more usual: the unvowelled `محمد` is Mohammed rather than Mahmoud.
    """
    read = read[:4]
    letters = alphabet()
    ends = list(accumulate([len(reading.slots) for reading in read]))
    best, apart = _likeliest(
        np.array([slot for reading in read for slot in reading.slots], np.int16),
        np.array(list(zip([0, *ends], ends, strict=False)), np.int32),
        np.array([reading.cost for reading in read], np.float32),
        *_spelled(), letters.cost, letters.gap, np.float32(FARTHEST),
    )  # fmt: skip
    return (vocabulary()[best], bool(apart <= SURELY_IT)) if best >= 0 else (None, False)
