"""A reading: one way in which a part of a name may be spoken, as slots of sounds.

Own; what a letter may stand for is in `letters/*.tsv` (docs/explanation/names.md says where each is from), other letters are romanised by anyascii.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from anyascii import anyascii

from opencompact.missing.names.sounds import table

MOST_LETTERS = 20
"""Letters of a reading beyond this many are set aside."""


class Reading(NamedTuple):
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
    if word.isascii():
        return word.lower()
    return "".join([_plain(character) for character in unicodedata.normalize("NFC", word)])


@cache
def _plain(character: str) -> str:
    known = table("latin").anywhere
    if character in known:
        return character
    bare = "".join(c for c in unicodedata.normalize("NFD", character) if not unicodedata.combining(c))
    return bare if bare in known else anyascii(bare).lower()
