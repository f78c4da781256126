"""Scripts whose consonants carry a vowel of their own: Ethiopic, the scripts of India, Bengali, Burmese, Thai and Lao.

The letters' sounds follow the romanisations of BGN/PCGN and ALA-LC, for Thai RTGS (Royal Institute, 1999); that the Indic blocks are laid out
alike is Unicode's doing, after ISCII (1991). Where a hidden vowel stands is our own rule of thumb; the shares are our own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from opencompact.missing.names.reading import Reading
from opencompact.missing.names.sounds import LetterTable, table

_GUTTURALS = "ሀሐኀአዐ"


@cache
def _first_order() -> dict[str, str]:
    return {chr(start + order): chr(start) for start in range(0x1200, 0x1380, 8) for order in range(8)}


def ethiopic(word: str) -> list[Reading]:
    """Each sign is a consonant and one of seven vowels; the sixth is silent or weak, the eighth labial."""
    letters = table("ethiopic").anywhere
    slots: list[int] = []
    for sign in word:
        order = (ord(sign) - 0x1200) % 8
        row = _first_order().get(sign, sign)
        if row not in letters:
            row = next((c for c in (chr(ord(row) - 8),) if c in letters), row)
            order = 7
        if row not in letters:
            continue
        vowel = "a" if order == 0 and row in _GUTTURALS else str(order + 1)
        slots += [*letters[row], *letters[vowel]]
    return [Reading(tuple(slots), "ethiopic")]


_INDEPENDENT = set("अआइईउऊऋएऐऑऒओऔऍऎঅআইঈউঊঋএঐওঔ") | {"অ্যা", "এ্যা"}
_INDIC_SIGNS = "ँंःािीुूृॅॆेैॉॊोौ"
_BENGALI_SIGNS = "ঁংঃািীুূৃেৈোৌ্"
_MYANMAR_SIGNS = "ါာိီုူေဲံျြွှ"
_ASAT = "်"
_VIRAMA = {"indic": "्", "bengali": "্", "myanmar": _ASAT}


def _as_devanagari(word: str) -> str:
    """The Indic blocks of Unicode stand in one order, that of ISCII: a letter's place in its block says what it is."""
    return "".join(chr(0x0900 + (ord(c) & 0x7F)) if 0x0900 <= ord(c) < 0x0D80 else c for c in word)


def _signed(name: str, word: str, signs: str) -> Reading:
    """Consonants carry a hidden vowel unless a vowel sign, a final with its own vowel or the vowel killer follows."""
    letters, virama = table(name), _VIRAMA[name]
    slots: list[int] = []
    at, hidden = 0, False
    while at < len(word):
        chunk = _longest(letters, word, at)
        if chunk is None:
            hidden = hidden and word[at] != virama
            at += 1
            continue
        consonant = chunk[0] not in signs and _ASAT not in chunk
        if hidden and consonant:
            slots += letters.anywhere["◌"]
        slots += letters.anywhere[chunk]
        hidden = consonant and chunk not in _INDEPENDENT and chunk[0] != virama
        at += len(chunk)
    if hidden:
        slots += letters.anywhere["◌"]
    return Reading(tuple(slots), name)


def _longest(letters: LetterTable, word: str, at: int) -> str | None:
    """The longest entry of the table that stands here."""
    for length in range(min(letters.longest, len(word) - at), 0, -1):
        if word[at : at + length] in letters.anywhere:
            return word[at : at + length]
    return None


_MALAYALAM = str.maketrans(
    {"ൺ": "ണ്", "ൻ": "ന്", "ർ": "ര്", "ൽ": "ല്", "ൾ": "ള്", "ൿ": "ക്", "ൔ": "മ്", "ൕ": "യ്", "ൖ": "ഴ്", "ൗ": "ൌ"}
)
"""The letters without a vowel, and the sign of au, which Malayalam has beyond ISCII."""

_MALAYALAM_TT = re.compile("റ്റ|(?<=ന്)റ")
"""A doubled r of Malayalam is tt (റ്റ), and behind n it is t (ന്റ)."""


def indic(word: str) -> list[Reading]:
    """Devanagari, and the scripts that Unicode lays out like it."""
    word = unicodedata.normalize("NFC", word)  # o and au of the south are one sign then, and not e and a
    word = unicodedata.normalize("NFC", _as_devanagari(_MALAYALAM_TT.sub("ട്ട", word.translate(_MALAYALAM))))
    return [_signed("indic", word, _INDIC_SIGNS)]


def bengali(word: str) -> list[Reading]:
    """Bengali and Assamese."""
    word = unicodedata.normalize("NFC", word).replace("য়", "য়").replace("ড়", "ড়").replace("ঢ়", "ঢ়")
    word = word.replace("ৰ", "র").replace("ৱ", "ওয়")
    return [_signed("bengali", word, _BENGALI_SIGNS)]


def myanmar(word: str) -> list[Reading]:
    """Burmese: finals that are killed by an asat have vowels of their own; tones are left out."""
    word = word.replace("့", "").replace("း", "").replace("္", _ASAT).replace("ွှ", "ှွ")  # the h is heard with the consonant
    return [_signed("myanmar", word, _MYANMAR_SIGNS)]


_BEFORE = "เแโใไ"
"""Thai vowels that are written before the consonant they follow in speech."""

_VOWELS = set("ะัาำิีึืุูๅฤอว") | set(_BEFORE)
_THAI_LETTERS = range(0x0E01, 0x0E2F)
_SILENT = "์"


def _spoken_order(word: str) -> str:
    """Vowels after their consonants; consonants under the mark of silence left out; Lao letters as their Thai twins."""
    thai = [chr(ord(c) - 0x80) if 0x0E80 <= ord(c) < 0x0F00 else c for c in unicodedata.normalize("NFKC", word)]
    spoken: list[str] = []
    held = ""
    for letter in thai:
        if letter == _SILENT:
            while spoken and ord(spoken[-1]) not in _THAI_LETTERS:
                spoken.pop()
            del spoken[-1:]
        elif letter in _BEFORE:
            spoken += held
            held = letter
        elif letter in table("thai").anywhere:
            spoken += [letter, held] if held else [letter]
            held = ""
    return "".join(spoken) + held


def thai(word: str) -> list[Reading]:
    """Thai and Lao: a hidden vowel may stand between two consonants without a written one."""
    letters, spoken = table("thai"), _spoken_order(word)
    slots: list[int] = []
    for index, letter in enumerate(spoken):
        before = spoken[index - 1] if index else ""
        carried = before in _VOWELS and not (index == 1 and before in "วอ")
        if before and letter not in _VOWELS and not carried:
            slots += letters.anywhere["◌"]
        slots += letters.find(letter, first=index == 0, last=index == len(spoken) - 1)
    return [Reading(tuple(slots), "thai")]
