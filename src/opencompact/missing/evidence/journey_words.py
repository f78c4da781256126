"""What words for means of travel and for routes name, in whatever language: "canot pneumatique", "橡皮艇" and "rubber dinghy" are one.

The words are in `journeys.toml`, with what they come from. Own: the longest phrase first; what is in no list says nothing, and neither does a clause
that denies.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal

from opencompact.missing.evidence.concepts import is_absent
from opencompact.missing.records.sayings import folded

Kind = Literal["means", "routes"]
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSES = re.compile(r"[,;.،؛，；。\n]+")
_ARTICLE = re.compile("^(?:[وبفك]?ال|لل)(?=..)")


@cache
def _content() -> dict[str, Any]:
    return tomllib.loads(files("opencompact.missing.evidence").joinpath("journeys.toml").read_text(encoding="utf-8"))


@cache
def _phrases(kind: Kind) -> list[tuple[tuple[str, ...], frozenset[str]]]:
    """(words of a phrase, the classes that it names), the longest first."""
    listed = [
        (tuple(_words(phrase)), frozenset(classes.split(",")))
        for classes, phrases in _content()[kind].items()
        for phrase in (*phrases, *([] if "," in classes else [classes]))
    ]
    return sorted(listed, key=lambda one: (len(one[0]), len("".join(one[0]))), reverse=True)


@cache
def routes_after(route: str) -> frozenset[str]:
    """The routes that people take before or after one."""
    return frozenset(_content()["after"].get(route, ()))


def _words(text: str) -> list[str]:
    """The words of a text without Arabic articles; what is written without blanks as it stands."""
    return [_ARTICLE.sub("", word) for word in re.findall(r"[^\W_]+\*?", folded(text))]


Mentions = frozenset[frozenset[str]]
"""What a text names, each as the classes that it may be of: several where a word may mean any of them ("boat")."""


@lru_cache(maxsize=20_000)
def named_on_the_way(kind: Kind, text: str) -> Mentions:
    """The means or routes that a text names; none where no word of it is in a list."""
    clauses = [clause for clause in _CLAUSES.split(text) if clause.strip() and not is_absent(clause)]
    return Mentions().union(*(_named(kind, clause) for clause in clauses))


def _named(kind: Kind, clause: str) -> Mentions:
    words: list[str | None] = list(_words(clause))
    found = set()
    for phrase, classes in _phrases(kind):
        if _taken_signs(words, "".join(phrase)) if _HAN.search(phrase[0]) else _taken(words, phrase):
            found.add(classes)
    return frozenset(found)


def _taken(words: list[str | None], phrase: tuple[str, ...]) -> bool:
    """Whether a phrase stands in the words, which it then takes."""
    n, found = len(phrase), False
    for at in range(len(words) - n + 1):
        if all(map(_is, words[at : at + n], phrase)):
            words[at : at + n], found = [None] * n, True
    return found


def _is(word: str | None, stem: str) -> bool:
    """Whether a word is that of a phrase, or begins as its stem does; the Arabic "and", "with", "to" is written together with it."""
    if word is None:
        return False
    forms = (word, word[1:]) if word[0] in "وبلف" and len(word) > _SHORT else (word,)
    return any(form.startswith(stem[:-1]) if stem.endswith("*") else form == stem for form in forms)


_SHORT = 3


def _taken_signs(words: list[str | None], phrase: str) -> bool:
    """The same of a phrase of Chinese, which stands within words."""
    found = False
    for at, word in enumerate(words):
        if word and phrase in word:
            words[at], found = word.replace(phrase, "·"), True
    return found
