"""Han characters in six readings: Mandarin, Cantonese, Hokkien, Sino-Korean, Japanese and Vietnamese.

Readings without tones from Unihan (`letters/han.tsv`, made by `letters/make_han.py`), Hokkien ones of the characters usual
in names from `han_minnan.tsv`. Japanese names mix native readings and borrowed ones, and voice the second word's consonant.
Unihan is of Unicode 15.0; the costs of the systems, and which readings are tried, are our own.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from itertools import accumulate, islice, product

import numpy as np

from opencompact.missing.names.compiled import Flags, Nats, Shorts, Whole, compiled
from opencompact.missing.names.distance import MOST_SLOTS, reading_distance
from opencompact.missing.names.reading import MOST_LETTERS, Reading, plain_latin
from opencompact.missing.names.sounds import alphabet, rows, table

Slots = tuple[int, ...]

SYSTEMS = {"mandarin": 0.0, "cantonese": 0.0, "minnan": 0.3, "korean": 0.6, "japanese": 0.8, "vietnamese": 0.8}
"""What it costs to take a name for one of these, in nats: how seldom it is one."""

MOST_CHAINS = {"japanese": 5, "vietnamese": 1}
"""Readings of a run by one system, where they are not four at most."""

ALIKE = 0.5
"""Readings of one run nearer than this to a reading before them add nothing, in nats."""


@cache
def _characters() -> dict[str, dict[str, str]]:
    return {row["character"]: row for row in rows("letters/han.tsv")}


@cache
def _minnan() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("han_minnan.tsv"):
        for character in row["characters"]:
            found.setdefault(character, []).append(row["syllable"])
    return found


def one_form(character: str) -> str:
    """The one of a character's traditional, simplified and Japanese forms that stands for all of them (`folded` of `letters/han.tsv`)."""
    return _characters().get(character, {}).get("folded") or character


def han(word: str) -> list[Reading]:
    """A run of characters read throughout by one system; a character with several readings gives several."""
    found = []
    for system, cost in SYSTEMS.items():
        choices = [_syllables(character, system, place > 0, len(word) > 1) for place, character in enumerate(word)]
        chains = islice(product(*choices), MOST_CHAINS.get(system, 4))
        found += [Reading(sum(chain, ()), system, cost) for chain in chains]
    return _unlike([reading for reading in found if reading.slots])


@lru_cache(maxsize=50_000)
def _syllables(character: str, system: str, inner: bool, together: bool) -> list[Slots]:
    """The readings of one character by one system, the usual one first; `inner`: not the first, `together`: not alone."""
    row = _characters().get(character, {})
    if system == "minnan":
        return [_minnan_syllable(spelling) for spelling in _minnan().get(character, [])[:2]]
    spellings = row.get(system, "").split()
    if system == "korean":
        return [tuple(table("hangul").spell(unicodedata.normalize("NFD", spelling))) for spelling in spellings[:2]]
    if system == "vietnamese":
        return [tuple(table("latin").spell(plain_latin(spelling))) for spelling in spellings[:1]]
    if system == "japanese":
        native = row.get("kun", "").split()[:1] if together else []
        return [tuple(table("japanese").spell("+" * inner + spelling)) for spelling in [*native, *spellings[:1]]]
    return [tuple(table(system).spell(spelling)) for spelling in spellings[:2]]


def _minnan_syllable(spelling: str) -> Slots:
    if len(spelling) > 2 and spelling[-1] == "h" and spelling[-2] in "aeiou":
        spelling = spelling[:-1]
    return tuple(table("minnan").spell(spelling))


def _unlike(found: list[Reading]) -> list[Reading]:
    """The readings that differ in sound: Mandarin `li` stands for Hokkien `li` too."""
    if len(found) < 2:
        return found
    read = [reading.slots[:MOST_LETTERS] for reading in found]
    ends = list(accumulate(map(len, read)))
    kept = _kept(
        np.array([slot for slots in read for slot in slots], np.int16),
        np.array([0, *ends], np.int32),
        alphabet().cost,
        alphabet().gap,
        np.float32(ALIKE),
    )
    return [reading for reading, keep in zip(found, kept, strict=True) if keep]


@compiled()
def _kept(slots: Shorts, ends: Whole, cost: Nats, gap: Nats, alike: float) -> Flags:
    """Which readings are farther than `alike` from all that are kept before them; reading k ends at `ends[k + 1]`."""
    row = np.empty((3, MOST_SLOTS), np.float32)
    kept = np.ones(len(ends) - 1, np.bool_)
    for i in range(1, len(kept)):
        for j in range(i):
            if kept[j] and (
                reading_distance(slots, ends[i], ends[i + 1], ends[j], ends[j + 1], cost, gap, 0, row, alike) <= alike
            ):
                kept[i] = False
                break
    return kept
