"""A reading: one way in which a part of a name may be spoken, as slots of sounds."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from anyascii import anyascii

from opencompact.missing.names.sounds import table

MOST_LETTERS = 20
"""Letters of a reading beyond this many are set aside."""


@dataclass(frozen=True)
class Reading:
    """One way to read a part: the numbers of its slots, the system it is read by, and what that reading costs."""

    slots: tuple[int, ...]
    system: str
    cost: float = 0.0


Reader = Callable[[str], list[Reading]]
"""All readings of a folded word of one script."""


def spelled(name: str, word: str, system: str, cost: float = 0.0) -> Reading:
    """The reading of a word letter by letter, by the letter table `name`."""
    return Reading(tuple(table(name).spell(word)), system, cost)


def plain_latin(word: str) -> str:
    """Marks that the Latin table does not know are taken off; other letters are brought to ASCII."""
    known = table("latin").anywhere
    plain = []
    for character in unicodedata.normalize("NFC", word):
        if character in known:
            plain.append(character)
            continue
        bare = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
        plain.append(bare if bare in known else anyascii(bare).lower())
    return "".join(plain)
