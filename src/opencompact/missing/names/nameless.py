"""What stands in a field of names and names nobody: unknown, N/A, غير معروف, 不详, Unidentified male, John Doe, Grave 4, PM-0012.

Two records that both say "unidentified body" share a rare text and no name: taken for one, it would be strong evidence for nothing.
Own: lists of what registers hold, in `nameless.toml`. What a list may hold and a person may be called (Man, Fille, Baby) names nobody
only beside a word that cannot be a name.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from types import ModuleType

from opencompact.missing.names.normalise import clean, fold
from opencompact.missing.names.sounds import rows


@dataclass(frozen=True)
class _Lists:
    """The lists of `nameless.toml`; what finds a word of them in a text written without blanks; every word that a name that is none
    may hold."""

    anywhere: frozenset[str]
    names: frozenset[str]
    outright: frozenset[str]
    persons: frozenset[str]
    alone: frozenset[str]
    describing: frozenset[str]
    denying: frozenset[str]
    naming: frozenset[str]
    codes: frozenset[str]
    kin: frozenset[str]
    of: frozenset[str]
    sons: frozenset[str]
    the_one: frozenset[str]
    houses: frozenset[str]
    whose: frozenset[str]
    token: re.Pattern[str]
    every: frozenset[str]


def _sayings() -> ModuleType:
    """How records read "not known". Their package reads names in turn, so it is met only when a name is read."""
    from opencompact.missing.records import sayings

    return sayings


def _folded(text: str) -> str:
    """One form of each letter, as records fold their words."""
    form: str = _sayings().folded(text)
    return form


def _plain(text: str) -> str:
    """A text as records read it: lower case, without what cannot be seen."""
    form: str = _sayings().plain(text)
    return form


def _content() -> dict[str, list[str]]:
    text = files("opencompact.missing.names").joinpath("nameless.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = tomllib.loads(text)
    return found


_WHOLE = ("names", "kin", "of", "sons", "the_one", "houses", "whose")


@cache
def _lists() -> _Lists:
    lists = {name: frozenset(_form(_plain(word)) for word in words) for name, words in _content().items()}
    lists["outright"] |= lists["anywhere"]
    lists["names"] |= {_folded(name) for name in lists["names"] if " " in name}
    han = sorted({word for words in lists.values() for word in words if _HAN.match(word)}, key=len, reverse=True)
    token = re.compile(
        "|".join([*map(re.escape, han), "[\u3400-\u9fff]", r"\d+", rf"(?:[^\W\d_\u3400-\u9fff]|{_MARKS})+"])
    )
    every = frozenset[str]().union(*(words for name, words in lists.items() if name not in _WHOLE))
    return _Lists(**lists, token=token, every=every)


@cache
def _anywhere() -> frozenset[str]:
    return frozenset(fold(clean(word)) for word in _content()["anywhere"])


def is_placeholder(word: str) -> bool:
    """Whether a folded word names nobody, wherever it stands: the first of `Unknown Diallo`. Own list."""
    return word in _anywhere()


_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[a-z\u00df-\u024f]")
_MARKS = "[\u0300-\u0903\u093a-\u0dff\u0e31-\u0e4e\u102b-\u103e\u17b4-\u17d3]"
_WORD = re.compile(rf"\d+|(?:[^\W\d_]|{_MARKS})+")
_CODE = re.compile(r"(?:[A-Z]{1,2}|[B-DF-HJ-NP-TV-XZ]{3,5})(?:[-_/ .]*\d{2,})+")
"""A number of a file or a grave, and the letters before it, of which no name is made: PM-0012, KBL 03, BR/2023/15."""


def _form(word: str) -> str:
    """A word as it is compared: in Latin letters with its accents, since Nina is no niña; else in one form of each letter."""
    return word if _LATIN.match(word) else _folded(word)


@lru_cache(maxsize=50_000)
def names_nobody(text: str) -> bool:
    """Whether a text has no letter, or is no name: a word for "not known", a stock name, a description of anybody ("young man"), the
    mark of a body or a file ("PM-0012"), or such words with a number or a place ("unknown male 3", "Lampedusa 12"). Own lists: judgement."""
    lists = _lists()
    text = clean(text)
    if text in _NAMES_BY_CASE:
        return False
    said = _plain(_TYPED_FOR_A_LETTER.sub("x", text))
    told = [_form(token) for token in (lists.token if _HAN.search(said) else _WORD).findall(said)]
    words, numbered = [word for word in told if not word.isdigit()], any(map(str.isdigit, told))
    if not words or not any(map(str.isalpha, text)) or _sayings().is_unknown(text) or _CODE.fullmatch(text):
        return True
    whole = " ".join(words)
    if whole in lists.names or "".join(words) in lists.names or (len(words) > 1 and _folded(whole) in lists.names):
        return True
    if _told_by_another(words, numbered, lists):
        return True
    words = _without_place(words, numbered, lists)
    if not words:
        return True
    filling = all(word in lists.every or (len(word) == 1 and not _HAN.match(word)) for word in words)
    return filling and _says_so(words, numbered, lists)


_NAMES_BY_CASE = frozenset({"Na", "Nan", "Donna"})
"""Names of people; in other cases of letters, what programs write where nothing is, and the Italian word for a woman."""

_TYPED_FOR_A_LETTER = re.compile(r"(?<=[^\W\d_\u3400-\u9fff])\d(?=[^\W\d_\u3400-\u9fff])")
"""A digit within a word: Mari0n is no Mari with a number."""


@cache
def _places() -> frozenset[str]:
    """Towns on the routes and seas, by every name that they are known under, but for those that people bear (Aden, Riad)."""
    from opencompact.missing.records.gazetteer import (
        place_names,
    )  # few names have a number: the places are read for these alone

    borne = (name for table in ("common.tsv", "kindred.tsv") for row in rows(table) for name in row["names"].split())
    return frozenset(place_names()) - {name for spellings in borne for name in spellings.split("|")}


def _without_place(words: list[str], numbered: bool, lists: _Lists) -> list[str]:
    """The words without a town, where a number or a word for somebody unknown stands beside it: "Zarzis 7", "inconnu de Zarzis".

    A town alone may be a name: people are called Catania.
    """
    rest = [word for word in words if word not in lists.every]
    if not rest or not (numbered or not lists.outright.isdisjoint(words)):
        return words
    if _folded(" ".join(rest)) in _places() or _folded("".join(rest)) in _places():
        return [word for word in words if word in lists.every]
    return words


_LONG_ENOUGH = 4


def _told_by_another(words: list[str], numbered: bool, lists: _Lists) -> bool:
    """Whether this tells who it is by another one's name, by what one has or by the house one lies in: "sister of Amina", "mon frère", "the baby of Fatima",
    ابن أحمد, "the one with the red cap", "Tripoli hospital 4"."""
    bare = words[1:] if words[0] in lists.describing and words[0] not in lists.kin else words
    by_kin = len(bare) > 1 and bare[0] in lists.kin and bare[1] in lists.of
    by_whose = len(words) == 2 and words[0] in lists.whose and words[1] in lists.kin and len(words[1]) >= _LONG_ENOUGH
    by_father = len(words) == 2 and words[0] in lists.sons
    by_look = len(words) > 1 and (words[0] in lists.the_one or " ".join(words[:2]) in lists.the_one)
    return by_kin or by_whose or by_father or by_look or (numbered and not lists.houses.isdisjoint(words))


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
