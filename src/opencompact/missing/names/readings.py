"""How a part of a name is read: its letters as slots of sounds, in every reading that its script allows.

The letter tables follow national and international romanisations (BGN/PCGN, ALA-LC, ISO; Korean: Revised Romanization of 2000 and McCune–Reischauer
1939; Somali: the alphabet of 1972); docs/explanation/names.md names the source of each. The shares and the costs are our own.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from opencompact.missing.names.abjads import unvowelled
from opencompact.missing.names.abugidas import bengali, ethiopic, indic, myanmar, thai
from opencompact.missing.names.han import han
from opencompact.missing.names.kana import kana
from opencompact.missing.names.parts import Part
from opencompact.missing.names.reading import MOST_LETTERS, Reader, Reading, plain_latin, spelled
from opencompact.missing.names.written import ONE_FORM, Written, written

__all__ = ["Reading", "readings"]


def readings(part: Part) -> tuple[Reading, ...]:
    """All readings of a part, the usual one first; none only where the script has no sounds at all."""
    known = written(part.text, part.script)
    found = _READERS.get(part.script, _general)(_usual(part.text, known) if part.script == "ARABIC" else part.text)
    if known and part.script != "ARABIC":
        found.insert(0, spelled("latin", known.name, "transcription"))
    kept: dict[tuple[int, ...], Reading] = {}
    for reading in found:
        slots = _without_doubles(reading.slots)[:MOST_LETTERS]
        if slots and (slots not in kept or kept[slots].cost > reading.cost):
            kept[slots] = Reading(slots, reading.system, reading.cost)
    return tuple(kept.values())


def _usual(word: str, known: Written | None) -> str:
    """The usual spelling of a well-known name, for an older one: رحمان for رحمن."""
    return known.usual if known and word.translate(ONE_FORM) != known.usual else word


def _without_doubles(slots: tuple[int, ...]) -> tuple[int, ...]:
    """A doubled letter counts once: most transliterations drop or add doubling at will."""
    return tuple([slot for slot, before in zip(slots, (-1, *slots), strict=False) if slot != before])


def _latin(word: str) -> list[Reading]:
    word = plain_latin(word)
    found = [spelled("latin", word, "latin")]
    stem = word[2:].lstrip("ʼ")
    if len(stem) > 3 and word[:2] in ("al", "el"):
        found.append(spelled("latin", stem, "latin", 0.7))
    if _SOMALI.search(word):
        found.append(spelled("latin", _SOMALI_C.sub("ʼ", word).replace("x", "h"), "somali", OTHERWISE))
    return found


_LONG = "(?:aa|ee|ii|oo|uu)"
_SOMALI = re.compile(
    rf"^c(?:[aou]|i[is])\w{{2}}|x[aeiou]|[aeiou]x(?:[bdlmnry]|$)|{_LONG}\w*c(?:[aeiou]|$)|[aeiou]c\w*{_LONG}"
    r"|[aeiou]c[bdfgjmnw]|^[jns][aiu]mc[aeiou]|(?<!^)ac(?:a(?:[dmnr]|$)|id)"
)
_SOMALI_C = re.compile(r"c(?![hkc])")
"""In the Somali alphabet of 1972 c is ʿayn and x is ħ: Cumar is Omar, Maxamed Mohamed, Jaamac Jamaʿ."""

OTHERWISE = 0.5
"""What it costs to read a Latin word as one of another orthography than most."""


def _general(word: str) -> list[Reading]:
    return [spelled("latin", anyascii(word).lower(), "anyascii", 0.2)]


def _hangul(word: str) -> list[Reading]:
    return [spelled("hangul", unicodedata.normalize("NFD", word), "korean")]


def _greek(word: str) -> list[Reading]:
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return [spelled("greek", bare, "greek")]


def _cyrillic(word: str) -> list[Reading]:
    """г is g or, in Ukrainian and Belarusian, h: also read as surely g, because a consonant that may be h is not firm."""
    return [spelled("cyrillic", spelling, "cyrillic") for spelling in dict.fromkeys([word, word.replace("г", "ґ")])]


def _letter_by_letter(name: str) -> Reader:
    return lambda word: [spelled(name, word, name)]


_READERS: dict[str, Reader] = {
    "LATIN": _latin,
    "ARABIC": unvowelled("arabic"),
    "HEBREW": unvowelled("hebrew"),
    "CYRILLIC": _cyrillic,
    **{name.upper(): _letter_by_letter(name) for name in ("georgian", "armenian")},
    "GREEK": _greek,
    "ETHIOPIC": ethiopic,
    "BENGALI": bengali,
    "THAI": thai,
    "LAO": thai,
    "MYANMAR": myanmar,
    "HANGUL": _hangul,
    "KANA": kana,
    "HAN": lambda word: han(word) or _general(word),
    **dict.fromkeys(("DEVANAGARI", "GURMUKHI", "GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM"), indic),
}
