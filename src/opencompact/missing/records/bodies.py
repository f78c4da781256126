"""Which body a name is, however it is written: in another language, in short, misspelt, or in letters that only look alike.

It serves refusals alone: a name that may be that of a refused body is refused. A permission reaches the name that it gives, and no other.
Lists own (`bodies.toml`). How far two writings are: optimal string alignment (Damerau 1964, CACM 7:171).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from opencompact.missing.records.sayings import folded

HAN = re.compile(r"[\u3400-\u9fff]")
SHORTEST_NEAR, LONG = 4, 8
"""Of so many letters one may be wrong, and of so many two."""


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.records").joinpath("bodies.toml").read_text(encoding="utf-8"))


@cache
def _alike() -> dict[int, str]:
    return {ord(sign): letter for letter, signs in _lists()["alike"].items() for sign in signs}


@lru_cache(maxsize=20_000)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in one form of each letter, the Arabic article and what is written together with it left out."""
    found = re.findall(r"[^\W_]+[*]?", folded(name.replace("|", "l")).translate(_alike()))
    bare = " ".join(re.sub("^(?:[وبفك]?ال|لل)(?=..)", "", word) for word in found)
    return tuple(re.sub(r"(?<![^ ])([^\W\d_]) (?=[^\W\d_](?![^ ]))", r"\1", bare).split())  # I.C.R.C. is ICRC


@cache
def _phrases() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """(body, words of one of its names); those of Chinese apart."""
    return tuple((body, words_of(name)) for body, names in _lists()["bodies"].items() for name in names)


@lru_cache(maxsize=5_000)
def bodies_of(name: str) -> frozenset[str]:
    """The listed bodies that a name may be of: keys of [bodies]."""
    told = words_of(name)
    return frozenset(body for body, phrase in _phrases() if _holds(told, phrase))


def is_body(name: str) -> bool:
    """Whether a text is a listed name of one body and nothing more, but for articles and what means "to"."""
    towards = {word for one in _lists()["words"]["towards"] for word in words_of(one)}
    told = [word for word in words_of(name) if word not in towards]
    return any(len(told) == len(phrase) and all(map(_begins, told, phrase)) for _, phrase in _phrases())


@lru_cache(maxsize=5_000)
def is_enforcement(name: str) -> bool:
    """Whether a name may be that of a body of border or immigration enforcement; whoever helps people before one is none."""
    lists, told = _lists()["enforcement"], words_of(name)
    if any(_holds(told, words_of(one), 0) for one in lists["help"]):
        return False
    return any(_holds(told, words_of(one), 1) for one in lists["phrases"])  # "migration" is not "immigration"


def _holds(told: Sequence[str], phrase: Sequence[str], most: int = 2) -> bool:
    """Whether a phrase stands among words, together or apart, with at most so many letters wrong."""
    if HAN.search(phrase[0]):
        return "".join(phrase) in "".join(told)
    n = len(phrase)
    if any(all(map(_begins, told[at : at + n], phrase)) for at in range(len(told) - n + 1)):
        return True
    whole = "".join(phrase).replace("*", "")
    sizes = range(max(1, n - 1), n + 2)
    return any(is_near("".join(told[at : at + m]), whole, most) for m in sizes for at in range(len(told) - m + 1))


def _begins(word: str, stem: str) -> bool:
    return word.startswith(stem[:-1]) if stem.endswith("*") else word == stem


def near_names(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the words of one name are among those of the other, nearly, or the two are nearly one when written together."""
    if not one or not other:
        return False
    fewer, more = sorted((one, other), key=len)
    within = all(any(is_near(word, among) for among in more) for word in fewer)
    return within or is_near("".join(one), "".join(other))


@lru_cache(maxsize=50_000)
def is_near(one: str, other: str, most: int = 2) -> bool:
    """Whether two words are one but for a letter or two (at most `most`) left out, added, changed or swapped; short ones are not."""
    if one == other:
        return True
    shorter, longer = sorted((len(one), len(other)))
    if shorter < SHORTEST_NEAR:
        return False
    allowed = min(most, 1 if longer < LONG else 2)
    return longer - shorter <= allowed and _distance(one, other) <= allowed


def _distance(one: str, other: str) -> int:
    before: list[int] = []
    above = list(range(len(other) + 1))
    for i, x in enumerate(one, 1):
        here = [i]
        for j, y in enumerate(other, 1):
            value = min(above[j] + 1, here[-1] + 1, above[j - 1] + (x != y))
            if i > 1 and j > 1 and x == other[j - 2] and one[i - 2] == y:
                value = min(value, before[j - 2] + 1)
            here.append(value)
        before, above = above, here
    return above[-1]
