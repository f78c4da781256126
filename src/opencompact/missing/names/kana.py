"""Kana, in which foreign names are transcribed: ッ doubles, ー lengthens, small letters stand for consonants Japanese lacks.

A sign is first spelled by its name in Unicode (シ is `si`, ャ after it `'ya`), then the letters are read by `letters/kana.tsv`: what
a syllable may stand for in a foreign name (ラ ra or la, ス s with a mute vowel, アー ar or er), as the Japanese cabinet's notice on the
writing of foreign words (Gairaigo no hyōki, 1991) and the usual practice of transcription have it; the shares are our own.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from opencompact.missing.names.reading import Reading, spelled

LONG, DOUBLED = "ー", "ッっ"


def kana(word: str) -> list[Reading]:
    """The reading of a word of Katakana or Hiragana, as a foreign name or as the Japanese word it spells."""
    return [spelled("kana", "".join(map(_letters, word)), "kana")]


@cache
def _letters(sign: str) -> str:
    """The letters of a sign by its Unicode name: カ ka, ン N, ェ 'e; none for ッ, because a doubled letter counts once."""
    if sign in DOUBLED:
        return ""
    if sign == LONG:
        return "-"
    kind, _letter, name = unicodedata.name(sign, "").partition(" LETTER ")
    if kind not in ("KATAKANA", "HIRAGANA"):
        return ""
    small, name = name.startswith("SMALL "), name.removeprefix("SMALL ").lower()
    return "N" if name == "n" else f"'{name}" if small and name[0] in "aiueoyw" else name
