"""How a part of a name is read: its letters as slots of sounds, in every reading that its script allows."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
from anyascii import anyascii

from opencompact.missing.names.distance import MOST_SLOTS, reading_distance
from opencompact.missing.names.parts import Part
from opencompact.missing.names.sounds import LetterTable, alphabet, rows, table

MOST_LETTERS = 20
"""Letters of a reading beyond this many are set aside."""


@dataclass(frozen=True)
class Reading:
    """One way to read a part: the numbers of its slots, the system it is read by, and what that reading costs."""

    slots: tuple[int, ...]
    system: str
    cost: float = 0.0


@lru_cache(maxsize=200_000)
def readings(part: Part) -> tuple[Reading, ...]:
    """All readings of a part, the usual one first; none only where the script has no sounds at all."""
    found = _READERS.get(part.script, _general)(part.text)
    kept: dict[tuple[int, ...], Reading] = {}
    for reading in found:
        slots = _without_doubles(reading.slots)[:MOST_LETTERS]
        if slots and (slots not in kept or kept[slots].cost > reading.cost):
            kept[slots] = Reading(slots, reading.system, reading.cost)
    return tuple(kept.values())


def _without_doubles(slots: Iterable[int]) -> tuple[int, ...]:
    """A doubled letter counts once: most transliterations drop or add doubling at will."""
    once: list[int] = []
    for slot in slots:
        if not once or once[-1] != slot:
            once.append(slot)
    return tuple(once)


def _spelled(name: str, word: str, system: str, cost: float = 0.0) -> Reading:
    return Reading(tuple(table(name).spell(word)), system, cost)


def _plain_latin(word: str) -> str:
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


def _latin(word: str) -> list[Reading]:
    word = _plain_latin(word)
    found = [_spelled("latin", word, "latin")]
    stem = word[2:].lstrip("ʼ")
    if len(stem) > 3 and word[:2] in ("al", "el") and stem[0] not in "aeiou":
        found.append(_spelled("latin", stem, "latin", 0.7))
    return found


def _general(word: str) -> list[Reading]:
    return [_spelled("latin", anyascii(word).lower(), "anyascii", 0.2)]


_ARABIC_VOWELS = set("اآأإٱوۇۆيیىےېۍئؤءةهەۀ")
_HEBREW_VOWELS = set("אהוי")


def _unvowelled(name: str, vowels: set[str]) -> Callable[[str], list[Reading]]:
    def read(word: str) -> list[Reading]:
        letters = [c for c in word if c in table(name).anywhere]
        slots: list[int] = []
        hidden = table(name).anywhere["◌"]
        for index, letter in enumerate(letters):
            first, last = index == 0, index == len(letters) - 1
            if not first and not _spoken_vowel(letter, letters[index - 1], last, vowels):
                slots += hidden
            slots += table(name)._find(letter, first, last) or ()
        return [Reading(tuple(slots), name)]

    return read


def _spoken_vowel(letter: str, before: str, last: bool, vowels: set[str]) -> bool:
    """No short vowel hides beside a long one."""
    del last
    return letter in "اآىאהةه" or (before in "اآأإאהى")


@cache
def _ethiopic_rows() -> dict[str, str]:
    return {chr(start + order): chr(start) for start in range(0x1200, 0x1380, 8) for order in range(8)}


_GUTTURALS = "ሀሐኀአዐ"


def _ethiopic(word: str) -> list[Reading]:
    """Each sign is a consonant and one of seven vowels; the sixth is silent or weak, the eighth labial."""
    letters = table("ethiopic").anywhere
    slots: list[int] = []
    for sign in word:
        order = (ord(sign) - 0x1200) % 8
        row = _ethiopic_rows().get(sign, sign)
        if row not in letters:
            row = next((c for c in (chr(ord(row) - 8),) if c in letters), row)
            order = 7
        if row not in letters:
            continue
        vowel = "a" if order == 0 and row in _GUTTURALS else str(order + 1)
        slots += [*letters[row], *letters[vowel]]
    return [Reading(tuple(slots), "ethiopic")]


_INDIC_BLOCKS = {0x0900: "devanagari", 0x0A00: "gurmukhi", 0x0A80: "gujarati", 0x0B00: "odia", 0x0B80: "tamil",
                 0x0C00: "telugu", 0x0C80: "kannada", 0x0D00: "malayalam"}  # fmt: skip


def _as_devanagari(word: str) -> str:
    """The Indic blocks of Unicode stand in one order, that of ISCII: a letter's place in its block says what it is."""
    return "".join(chr(0x0900 + (ord(c) & 0x7F)) if 0x0900 <= ord(c) < 0x0D80 else c for c in word)


def _abugida(letters: LetterTable, word: str, system: str, virama: str, signs: str) -> Reading:
    """Consonants carry a hidden vowel unless a vowel sign or the vowel killer follows."""
    slots: list[int] = []
    at = 0
    hidden = False
    while at < len(word):
        for length in range(min(letters.longest, len(word) - at), 0, -1):
            chunk = word[at : at + length]
            if chunk in letters.anywhere:
                break
        else:
            hidden = hidden and word[at] != virama
            at += 1
            continue
        consonant = chunk[0] not in signs
        if hidden and consonant:
            slots += letters.anywhere["◌"]
        slots += letters.anywhere[chunk]
        hidden = consonant and chunk not in _INDEPENDENT
        if chunk[0] == virama:
            hidden = chunk[-1] not in signs and False
        at += length
    if hidden:
        slots += letters.anywhere["◌"]
    return Reading(tuple(slots), system)


_INDEPENDENT = set("अआइईउऊऋएऐऑऒओऔऍऎঅআইঈউঊঋএঐওঔ") | {"অ্যা", "এ্যা"}
_INDIC_SIGNS = set("ँंःािीुूृॅॆेैॉॊोौ")
_BENGALI_SIGNS = set("ঁংঃািীুূৃেৈোৌ্")


def _indic(word: str) -> list[Reading]:
    word = unicodedata.normalize("NFC", _as_devanagari(unicodedata.normalize("NFD", word)))
    return [_abugida(table("indic"), word, "indic", "्", "".join(_INDIC_SIGNS))]


def _bengali(word: str) -> list[Reading]:
    word = unicodedata.normalize("NFC", word).replace("য়", "য়").replace("ড়", "ড়").replace("ঢ়", "ঢ়")
    word = word.replace("ৰ", "র").replace("ৱ", "ওয়")
    return [_abugida(table("bengali"), word, "bengali", "্", "".join(_BENGALI_SIGNS))]


def _hangul(word: str) -> list[Reading]:
    jamo = unicodedata.normalize("NFD", word)
    return [_spelled("hangul", jamo, "korean")]


@cache
def _han() -> dict[str, dict[str, str]]:
    return {row["character"]: row for row in rows("letters/han.tsv")}


@cache
def _minnan() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows("han_minnan.tsv"):
        for character in row["characters"]:
            found.setdefault(character, []).append(row["syllable"])
    return found


_HAN_SYSTEMS = (
    ("mandarin", 0.0),
    ("cantonese", 0.0),
    ("minnan", 0.3),
    ("korean", 0.6),
    ("japanese", 0.8),
    ("vietnamese", 0.8),
)


_ONE_READING = ("japanese", "vietnamese")


def _han_syllables(character: str) -> dict[str, list[tuple[int, ...]]]:
    """Every system's readings of one character, as slots."""
    row = _han().get(character, {})
    found: dict[str, list[tuple[int, ...]]] = {}
    for system, _cost in _HAN_SYSTEMS:
        spellings = _minnan().get(character, []) if system == "minnan" else row.get(system, "").split()
        found[system] = [_syllable(system, spelling) for spelling in spellings]
    return found


def _syllable(system: str, spelling: str) -> tuple[int, ...]:
    if system == "korean":
        return tuple(table("hangul").spell(unicodedata.normalize("NFD", spelling)))
    if system in ("japanese", "vietnamese"):
        return tuple(table("latin").spell(_plain_latin(spelling)))
    if system == "minnan" and len(spelling) > 2 and spelling[-1] == "h" and spelling[-2] in "aeiou":
        spelling = spelling[:-1]
    return tuple(table(system).spell(spelling))


def _han_reading(word: str) -> list[Reading]:
    """A run of characters read throughout by one system; a character with several readings gives several."""
    syllables = [_han_syllables(character) for character in word]
    found = []
    for system, cost in _HAN_SYSTEMS:
        chains: list[tuple[int, ...]] = [()]
        for syllable in syllables:
            choices = syllable[system][: 1 if system in _ONE_READING else 2]
            chains = [chain + choice for chain in chains for choice in choices][:4]
        found += [Reading(chain, system, cost) for chain in chains if chain]
    return _unlike(found) or _general(word)


ALIKE = 0.5
"""Readings of one character nearer than this to a reading before them add nothing."""


def _unlike(found: list[Reading]) -> list[Reading]:
    """The readings that differ in sound: Mandarin `li` stands for Hokkien `li` too."""
    kept: list[Reading] = []
    for reading in found:
        if all(_distance(reading.slots, other.slots) > ALIKE for other in kept):
            kept.append(reading)
    return kept


def _distance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    letters = alphabet()
    slots = np.array([*one[:MOST_LETTERS], *other[:MOST_LETTERS]], np.int16)
    row = np.empty((3, MOST_SLOTS), np.float32)
    middle = len(one[:MOST_LETTERS])
    found = reading_distance(slots, 0, middle, middle, len(slots), letters.cost, letters.gap, row, np.float32(ALIKE))
    return float(found)


_READERS = {
    "LATIN": _latin,
    "ARABIC": _unvowelled("arabic", _ARABIC_VOWELS),
    "HEBREW": _unvowelled("hebrew", _HEBREW_VOWELS),
    "CYRILLIC": lambda word: [_spelled("cyrillic", word, "cyrillic")],
    "GREEK": lambda word: [_spelled("greek", _greek(word), "greek")],
    "GEORGIAN": lambda word: [_spelled("georgian", word, "georgian")],
    "ARMENIAN": lambda word: [_spelled("armenian", word, "armenian")],
    "ETHIOPIC": _ethiopic,
    "BENGALI": _bengali,
    "HANGUL": _hangul,
    "HAN": _han_reading,
    **dict.fromkeys(("DEVANAGARI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"), _indic),
}


def _greek(word: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
