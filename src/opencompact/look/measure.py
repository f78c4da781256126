"""How wide a text is, without opening a font: widths come from `widths.json`, written from the fonts by `look.widths`."""

from __future__ import annotations

import json
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from opencompact.look.tokens import families, tokens

_ALONE, _FIRST, _MIDDLE, _LAST, _JOINS_ON = range(5)
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@cache
def _widths() -> dict[str, Any]:
    widths: dict[str, Any] = json.loads(files("opencompact.look").joinpath("widths.json").read_text("ascii"))
    return widths


def is_arabic(text: str) -> bool:
    """Whether a text has letters that are read from the right."""
    return any("\u0590" <= character <= "\u08ff" or "\ufb50" <= character <= "\ufefc" for character in text)


def is_han(character: str) -> bool:
    """Whether a character is an ideograph or a full-width sign: one em wide, and a place where a line may end."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


@lru_cache(maxsize=8192)
def family_of(text: str, language: str) -> str:
    """The one family that sets a text in a chart: the language's own if it has every letter, else the first that has."""
    candidates = families(language)
    return next((family for family in candidates if _sets(family, text)), candidates[0])


def _sets(family: str, text: str) -> bool:
    plain = _widths()[f"{family} {tokens().regular}"]["plain"]
    return all(
        character in plain or character in _INVISIBLE or (family == tokens().families["han"] and is_han(character))
        for character in text
    )


@lru_cache(maxsize=16384)
def text_width(text: str, language: str, size: float, *, strong: bool = False) -> float:
    """The width of one line of text in px at a size in px; Arabic letters in the form their neighbours ask for."""
    family = family_of(text, language)
    weight = tokens().strong if strong else tokens().regular
    known = _widths()[f"{family} {weight}"]
    if known["arabic"] and is_arabic(text):
        ems = _arabic_width(text, known["plain"], known["arabic"])
    else:
        plain = known["plain"]
        ems = sum(0 if character in _INVISIBLE else plain.get(character, 1000) for character in text)
    return ems * size / 1000


def _arabic_width(text: str, plain: dict[str, int], letters: dict[str, list[int]]) -> int:
    """The sum over letters, each alone, first, middle or last in its run. Ligatures make a text narrower, never wider."""
    shown = [c for c in text if c not in _INVISIBLE and not unicodedata.combining(c)]
    total = 0
    for index, character in enumerate(shown):
        form = letters.get(character)
        if form is None:
            total += plain.get(character, 1000)
            continue
        before = letters.get(shown[index - 1]) if index else None
        after = letters.get(shown[index + 1]) if index + 1 < len(shown) else None
        joined = before is not None and bool(before[_JOINS_ON])
        joins = bool(form[_JOINS_ON]) and after is not None
        total += form[(_MIDDLE if joins else _LAST) if joined else (_FIRST if joins else _ALONE)]
    return total


@lru_cache(maxsize=4096)
def wrap(
    text: str, language: str, size: float, width: float, *, strong: bool = False, lines: int = 0
) -> tuple[str, ...]:
    """A text in lines no wider than `width`, at most `lines` of them (0: as many as it takes); a cut ends in an ellipsis.

    Chinese may break after any character but not before a closing mark; other languages between words, and a single word
    that is wider than a line is cut where it must be.
    """
    done: list[str] = []
    line = ""
    for piece in _pieces(text):
        tried = line + piece
        if line and text_width(tried.rstrip(), language, size, strong=strong) > width:
            done.append(line.rstrip())
            line = piece.lstrip()
        else:
            line = tried
    done.append(line.rstrip())
    if lines and len(done) > lines:
        rest = (" " if " " in text else "").join(done[lines - 1 :])
        done = [*done[: lines - 1], rest]
        done[-1] = _cut(done[-1], language, size, width, strong=strong)
    return tuple(_cut(line, language, size, width, strong=strong) for line in done if line)


_CLOSING = frozenset("，。、；：？！）」』》”’%％,.;:?!)")


def _pieces(text: str) -> list[str]:
    """Where a line may end: after a space or a hyphen, around an ideograph."""
    pieces: list[str] = []
    for character in text:
        if pieces and (
            character in _CLOSING
            or character == " "
            or not (is_han(character) or is_han(pieces[-1][-1]) or pieces[-1][-1] in " -–/")
        ):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _cut(line: str, language: str, size: float, width: float, *, strong: bool) -> str:
    """The line, or as much of it as fits before an ellipsis."""
    if text_width(line, language, size, strong=strong) <= width:
        return line
    while line and text_width(line + "…", language, size, strong=strong) > width:
        line = line[:-1].rstrip()
    return line + "…"
