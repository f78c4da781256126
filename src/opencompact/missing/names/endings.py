"""The ending that tells a woman's name from a man's: Samira, Samir; سميرة, سمير; Daniela, Daniel; Amina, Aminu; አበባ, አበበ.

Brothers and sisters travel together and may share all else. Own; in Arabic the ending is the feminine tāʾ marbūṭa (Wright 1896, A Grammar of the Arabic
Language, volume I, on the gender of nouns), in Romance, Slavic and Hausa names -a.
"""

from __future__ import annotations

from functools import lru_cache

from opencompact.missing.names.han import one_form

NEITHER, WOMAN, MAN = 0, 1, 2

CHARACTER = 256
"""What ends a single Han character is the character itself: its number, with traditional and simplified forms as one, lies above this."""

_FEWEST = 4
"""Shorter words, and those that Latin letters end in -h, are spelled with and without a last a: Ba, Bah."""

_PLAIN = frozenset("bcdfgjklmnpqrstvwxzu")
"""No -o, with which Somali women's names end as well: Khadiijo, Khadija."""

_FEWEST_SYLLABLES = 3
_ORDERS = {0: MAN, 3: WOMAN}
"""A syllable's order is in the last three bits of its number: the first (አበበ, Abebe) and the fourth (አበባ, Abeba)."""

_FIRST_IS_A = frozenset({0x1200, 0x1210, 0x1280, 0x12A0, 0x12D0})
"""ሀ ሐ ኀ አ ዐ are read with the vowel of the fourth."""

_FAMILY = ("ov", "ev", "ova", "eva", "ow", "owa")
"""Families of which one person is written both ways, as her papers and her husband's have it: Petrov, Petrova."""

_MARKED = frozenset("ةه")
_UNMARKED = frozenset("بتثجحخدذرزسشصضطظغفقكکگلمن")


@lru_cache(maxsize=100_000)
def ending_of(text: str, script: str) -> int:
    """Whether a folded word ends as a woman's name does, as a man's beside it, or in a way that tells neither; which Han character it is."""
    if script == "HAN" and len(text) == 1:
        return ord(one_form(text))
    if len(text) < (_FEWEST_SYLLABLES if script == "ETHIOPIC" else _FEWEST):
        return NEITHER
    if script == "LATIN" and not text.endswith(_FAMILY):
        return WOMAN if text[-1] == "a" and text[-2] in _PLAIN else MAN if text[-1] in _PLAIN else NEITHER
    if script == "ETHIOPIC" and ord(text[-1]) & ~7 not in _FIRST_IS_A:
        return _ORDERS.get(ord(text[-1]) & 7, NEITHER)
    if script == "ARABIC":
        return WOMAN if text[-1] in _MARKED else MAN if text[-1] in _UNMARKED else NEITHER
    return NEITHER
