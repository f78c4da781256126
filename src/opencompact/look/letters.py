"""Letters of every script: what our fonts can show, and in what words the rest is told.

A page that goes into a file shows names in scripts that none of its languages has. What no font here has would stand as an empty
box: it is told by its name in Unicode instead, in square brackets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import groupby

from opencompact.look.fonts import assets, characters_of

# What a page obeys instead of showing: control signs, and those that turn the direction of what follows (as `cli.output`).
_ORDERS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
_LETTER = re.compile(r"(?P<script>.+?) (?:CAPITAL |SMALL )?(?:LETTER|VOWEL SIGN|SYLLABLE|SIGN) (?P<letter>.+)")


def harmless(text: str) -> str:
    """The text without signs that a page obeys instead of showing."""
    return _ORDERS.sub("", text)


@cache
def _covered() -> frozenset[str]:
    """Every character that one of the fonts has."""
    return frozenset().union(*map(characters_of, sorted((assets() / "fonts").glob("*.ttf"))))


def is_seen(sign: str) -> bool:
    """Whether a character needs a glyph."""
    return unicodedata.category(sign) not in _UNSEEN


def lacking(text: str) -> frozenset[str]:
    """The characters of a text that no font here has; those that are not seen need none."""
    foreign = {sign for sign in text if ord(sign) > 0xFF and is_seen(sign)}
    return frozenset(foreign - _covered()) if foreign else frozenset()


def legible(text: str) -> str:
    """The text with what no font here has told in brackets: `[Mongolian ma, o]`, `[grinning face]`, `[U+E000]`."""
    absent = lacking(text)
    if not absent:
        return text
    parts = groupby(text, key=lambda sign: sign in absent)
    return "".join(f"[{_spelled(''.join(run))}]" if alone else "".join(run) for alone, run in parts)


def _spelled(run: str) -> str:
    """Signs by their names, the script said once for those that follow one another."""
    told = []
    for script, letters in groupby(map(_named, run), key=lambda pair: pair[0]):
        names = ", ".join(name for _, name in letters)
        told.append(f"{script.capitalize()} {names}" if script else names)
    return "; ".join(told)


def _named(sign: str) -> tuple[str, str]:
    """The script of a sign, where it is a letter, and what it is called."""
    name = unicodedata.name(sign, "")
    if not name:
        return "", f"U+{ord(sign):04X}"
    letter = _LETTER.fullmatch(name)
    return (letter["script"].lower(), letter["letter"].lower()) if letter else ("", name.lower())


_LONGEST_WORD, _PIECE = 24, 10
_RANGE = re.compile(r"(?<=\d)–(?=\d)")
_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")


def breakable(text: str) -> str:
    """The text with places where a line may end in words too long for a column, never within a sign and its marks; and with none
    within a range of numbers."""
    return _WORD.sub(lambda word: "\u200b".join(_pieces(word[0])), _RANGE.sub("–\u2060", text))


def _pieces(word: str) -> Iterator[str]:
    start = 0
    for place in range(1, len(word)):
        joined = unicodedata.combining(word[place - 1]) == 9 or word[place - 1] == "\u200d"
        if place - start >= _PIECE and unicodedata.category(word[place])[0] in "LNPS" and not joined:
            yield word[start:place]
            start = place
    yield word[start:]
