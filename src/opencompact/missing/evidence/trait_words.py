"""What a word for hair, eyes, skin or build names, in whatever language: noir, черные, أسود and 黑色 are one colour.

The words are in `traits.toml`, with what they come from. Own: a saying is the words of the list, without those that name the trait itself;
of two with "or" or a stroke between them either may be meant, and so may each class of a word that names several.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from opencompact.missing.records.sayings import folded

TRAITS = ("hair", "eyes", "skin", "build")
OF_A_COLOUR = ("hair", "eyes", "skin")


class _Words(NamedTuple):
    """Of one trait: phrase without fillers → the classes that it names, and what else one of a class may be called."""

    classes: dict[str, frozenset[str]]
    also: dict[str, list[str]]
    fillers: frozenset[str]
    signs: re.Pattern[str]
    between: re.Pattern[str]


@cache
def _words(trait: str) -> _Words:
    content = tomllib.loads(files("opencompact.missing.evidence").joinpath("traits.toml").read_text(encoding="utf-8"))
    fillers = frozenset(map(_form, content["fillers"]["words"]))
    signs = re.compile("|".join(sorted(map(re.escape, content["fillers"]["han"]), key=len, reverse=True)))
    words = "|".join(sorted({re.escape(_form(word)) for word in content["fillers"]["between"]}, key=len, reverse=True))
    between = re.compile(rf"\s*[/,;،、|]\s*|\s+(?:{words})\s+|(?<=[\u3400-\u9fff])[或和](?=[\u3400-\u9fff])")
    found: dict[str, frozenset[str]] = {}
    # A trait's own words go before those of colours: fair hair is blond, fair skin is light.
    for table in (content["colours"] if trait in OF_A_COLOUR else {}, content[trait]):
        for classes, said in table.items():
            for word in (*said, *([] if "," in classes else [classes])):
                found[_bare(_form(word), fillers, signs)] = frozenset(classes.split(","))
    return _Words(found, content["also"].get(trait, {}), fillers, signs, between)


def _form(text: str) -> str:
    """A saying in one form of each letter, words parted by single blanks."""
    return " ".join(re.findall(r"[^\W_]+", folded(text).replace("\u200c", "")))


def _bare(said: str, fillers: frozenset[str], signs: re.Pattern[str]) -> str:
    """A saying without the words that name the trait; as it is where nothing else is in it."""
    kept = [word for word in said.split() if word not in fillers]
    return signs.sub("", " ".join(kept)) or said


@lru_cache(maxsize=20_000)
def named_classes(trait: str, text: str) -> frozenset[str]:
    """The classes that a text names of `hair`, `eyes`, `skin` or `build` ("dark" hair: black, dark brown); none where a word of it
    is in no list."""
    words = _words(trait)
    if (whole := _named(text, words)) is not None:
        return whole
    parts = [part for part in words.between.split(folded(text)) if _form(part) and not _only_fills(part, words)]
    for told in (parts, [word for part in parts for word in part.split()]):  # "black brown": several codes of a form
        named = [_named(part, words) for part in told if not _only_fills(part, words)]
        if None not in named:
            return frozenset[str]().union(*(one for one in named if one is not None))
    return frozenset()


def _only_fills(text: str, words: _Words) -> bool:
    """Whether a text names the trait alone, or what is no colour or build of it: "hair", "curly"."""
    return all(word in words.fillers or not words.signs.sub("", word) for word in _form(text).split())


def _named(text: str, words: _Words) -> frozenset[str] | None:
    return words.classes.get(_bare(_form(text), words.fillers, words.signs))


def trait_classes(trait: str, text: str) -> frozenset[str]:
    """The classes that one of whom this is said may be seen as: those that it names, and what else such a one is called."""
    named, also = named_classes(trait, text), _words(trait).also
    return named.union(*(also.get(one, ()) for one in named))
