"""Names that were written to fill a field: "Unidentified male", "John Doe", "Grave 4", "مجهول الهوية". They say nothing.

Two records that both say "unidentified body" share a rare text and no name: taken for one, it would be strong evidence for nothing.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from opencompact.missing.records.sayings import folded, is_unknown, plain


@dataclass(frozen=True)
class _Lists:
    """The lists of `placeholders.toml`; what finds a word of them in a text written without blanks; every word that a name that is none
    may hold."""

    names: frozenset[str]
    outright: frozenset[str]
    persons: frozenset[str]
    alone: frozenset[str]
    describing: frozenset[str]
    denying: frozenset[str]
    naming: frozenset[str]
    codes: frozenset[str]
    token: re.Pattern[str]
    every: frozenset[str]


@cache
def _lists() -> _Lists:
    text = files("opencompact.missing.evidence").joinpath("placeholders.toml").read_text(encoding="utf-8")
    lists = {name: frozenset(_form(plain(word)) for word in words) for name, words in tomllib.loads(text).items()}
    han = sorted({word for words in lists.values() for word in words if _HAN.match(word)}, key=len, reverse=True)
    token = re.compile("|".join([*map(re.escape, han), "[\u3400-\u9fff]", r"\d+", "[^\\W\\d_\u3400-\u9fff]+"]))
    every = frozenset[str]().union(*(words for name, words in lists.items() if name != "names"))
    return _Lists(**lists, token=token, every=every)


_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[a-z\u00df-\u024f]")
_WORD = re.compile(r"\d+|[^\W\d_]+")


def _form(word: str) -> str:
    """A word as it is compared: in Latin letters with its accents, since Nina is no niña; else in one form of each letter."""
    return word if _LATIN.match(word) else folded(word)


def names_nobody(name: str) -> bool:
    """Whether a name is none: a word for "not known", a stock name, a description of anybody ("young man"), the mark of a body or a
    file ("PM-0012"), or such words with a number ("unknown male 3"). Judgement: lists of what registers hold in six languages."""
    lists = _lists()
    said = plain(name)
    told = [_form(token) for token in (lists.token if _HAN.search(said) else _WORD).findall(said)]
    words, numbered = [word for word in told if not word.isdigit()], any(map(str.isdigit, told))
    if not words or is_unknown(name) or _form(" ".join(words)) in lists.names or "".join(words) in lists.names:
        return True
    filling = all(word in lists.every or (len(word) == 1 and not _HAN.match(word)) for word in words)
    return filling and _says_so(words, numbered, lists)


def _says_so(words: list[str], numbered: bool, lists: _Lists) -> bool:
    """Whether words that are all of the lists make no name: alone, or side by side, some are names (Man, Fille, Baby)."""
    held = frozenset(words)
    described = numbered or not held.isdisjoint(lists.describing)
    return (
        not held.isdisjoint(lists.outright)
        or (described and not held.isdisjoint(lists.persons))
        or (numbered and held <= lists.codes | lists.describing)
        or (not held.isdisjoint(lists.denying) and not held.isdisjoint(lists.naming))
        or held <= lists.alone
        or (len(held) > 1 and held <= lists.persons)
    )
