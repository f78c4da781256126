"""How people name countries when they search: names of every day, words that join, the cases of Russian. The facts are in asked_names.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from opencompact import compact
from opencompact.language import LANGUAGES
from opencompact.public.search import fold
from opencompact.review.labels import short_name

_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_BRACKETS = re.compile(r"\s*[(（].*?[)）]")
# Letters of a Russian word that must stand before its ending, and of the longest ending.
_ROOT, _ENDING = 2, 4


@cache
def _facts() -> Mapping[str, Any]:
    return tomllib.loads(files(__package__).joinpath("asked_names.toml").read_text("utf-8"))


def also_called(area: compact.Area) -> frozenset[str]:
    """What an area is called beside its names and aliases: its short and daily names, and those without what stands in brackets."""
    short = {name for code in LANGUAGES if (name := short_name(area.code, code))}
    bare = {_BRACKETS.sub("", name) for name in area.names.values()} if area.kind == "country" else set()
    return frozenset((short | bare).union(_daily().get(area.code, ())))


@cache
def _daily() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name, code in _facts()["names"].items():
        found.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in found.items()}


@cache
def joins() -> frozenset[str]:
    """Words, folded, that lead to a name or join what is said beside it."""
    return frozenset(map(fold, _facts()["joins"]["words"]))


@lru_cache(maxsize=1000)
def in_han(name: str) -> re.Pattern[str]:
    """A name within a Chinese text, with the words that lead to it and that join it to what follows."""
    before, behind = ("|".join(_facts()["joins"][side]) for side in ("han_before", "han_behind"))
    return re.compile(f"(?:{before})?{re.escape(name)}(?:{behind})?")


def base(word: str) -> str:
    """A folded word as names have it: of a Russian one the form that stands for all its cases."""
    return _bases(compact.areas_known()).get(word, word) if _CYRILLIC.search(word) else word


@lru_cache(maxsize=4)
def _bases(_number: int) -> Mapping[str, str]:
    """Each case of each word of a Russian name → one form for all: words that share a case are taken for one word."""
    stands: dict[str, str] = {}
    for name in _russian():
        for word in re.findall(r"[^\W_]+", name.lower()):
            forms = [fold(word), *map(fold, _cases(word))]
            known = {stands[form] for form in forms if form in stands}
            one = min(known, default=forms[0])
            for form, other in stands.items():
                if other in known:
                    stands[form] = one
            stands |= dict.fromkeys(forms, one)
    return stands


def _russian() -> Iterator[str]:
    daily: Iterable[str] = _facts()["names"]
    yield from (name for name in daily if _CYRILLIC.search(name))
    for area in compact.areas():
        yield area.name("ru")
        yield short_name(area.code, "ru") or ""


def _cases(word: str) -> list[str]:
    """The other cases of a Russian word, by its ending; none of one that is not declined."""
    endings: Mapping[str, list[str]] = _facts()["russian"]
    for length in range(min(_ENDING, len(word) - _ROOT), 0, -1):
        if others := endings.get(word[-length:]):
            return [word[:-length] + ending for ending in others]
    return []
