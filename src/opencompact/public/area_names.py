"""Countries and areas that a search names: by their codes, and by what they are called in the six languages, letters folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencompact import compact
from opencompact.public.asked_names import also_called, base, in_han, joins
from opencompact.public.search import bare, fold

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W_]+")
# Words in the longest name; letters of a word that alone may stand for a name of several.
_LONGEST_NAME = 9
_SHORTEST = 4
_SHOWN = 10


@dataclass(frozen=True)
class Named:
    """The areas that a search names, and the words that are left of it."""

    codes: tuple[str, ...]
    rest: str


@lru_cache(maxsize=4)
def _known(_number: int) -> tuple[dict[tuple[str, ...], frozenset[str]], dict[str, str]]:
    """Names as their folded words → the codes of those that bear them; of those written in Chinese, the name as it stands."""
    by_words: dict[tuple[str, ...], set[str]] = {}
    by_han: dict[str, str] = {}
    # What is the name of one and the daily name of another means the first.
    for names_of in (lambda area: {*area.names.values(), *area.aliases}, also_called):
        more: dict[tuple[str, ...], set[str]] = {}
        for area in compact.areas():
            for folded in map(fold, names_of(area)):
                if _HAN.search(folded):
                    by_han.setdefault("".join(_WORD.findall(folded)), area.code)
                else:
                    more.setdefault(_words(folded), set()).add(area.code)
        by_words = more | by_words
    return {words: frozenset(codes) for words, codes in by_words.items() if words}, by_han


def _words(folded: str) -> tuple[str, ...]:
    return tuple(base(bare(word)) for word in _WORD.findall(folded))


def areas_found(q: str) -> list[compact.Area]:
    """The areas that a search names, the best ten: what it names outright before those in whose name all its words stand."""
    exact = [compact.area(code) for code in named(q).codes]
    by_words, by_han = _known(compact.areas_known())
    asked = fold(q)
    within: list[str] = []
    if _HAN.search(asked):
        whole = "".join(_WORD.findall(asked))
        within = [code for name, code in by_han.items() if len(whole) > 1 and whole in name]
    elif max(map(len, words := _words(asked)), default=0) >= _SHORTEST:
        within = sorted(code for name, codes in by_words.items() if set(words) <= set(name) for code in codes)
    near = [compact.area(code) for code in dict.fromkeys(within)]
    # A country before a region, among those that are only near.
    near.sort(key=lambda area: area.kind != "country")
    return list({area.code: area for area in (*exact, *near)}.values())[:_SHOWN]


def named(q: str) -> Named:
    """The areas that are named whole in a search, and what it says beside: `children in Mexico` → MEX, `children`."""
    q = q.strip()
    if code := _outright(q):
        return Named((code,), "")
    if _HAN.search(q):
        return _named_in_han(fold(q))
    by_words, _han = _known(compact.areas_known())
    written = _WORD.findall(q)
    folded = [_words(fold(word)) for word in written]
    codes: list[str] = []
    rest: list[str] = []
    start = 0
    while start < len(written):
        end, code = next(_from(start, folded, written, by_words), (start + 1, ""))
        (codes if code else rest).append(code or written[start])
        start = end
    if codes:
        rest = [word for word in rest if fold(word) not in joins()]
    return Named(tuple(dict.fromkeys(codes)), " ".join(rest))


def code_asked(text: str) -> str:
    """The code of the one area that a filter names, by its code or by anything it is called; empty where it names none or several."""
    if area := compact.area_or_none(text[:80].strip()):
        return area.code
    found = named(text[:80])
    return found.codes[0] if len(found.codes) == 1 and not found.rest else ""


def _from(
    start: int, folded: list[tuple[str, ...]], written: list[str], by_words: dict[tuple[str, ...], frozenset[str]]
) -> Iterator[tuple[int, str]]:
    """Where the longest name that begins at a word ends, with its code; a code of three capitals is a name too."""
    for end in range(min(len(folded), start + _LONGEST_NAME), start, -1):
        found = by_words.get(tuple(word for words in folded[start:end] for word in words), frozenset())
        if len(found) == 1:
            yield end, next(iter(found))
    if (
        len(written[start]) == 3
        and written[start].isascii()
        and written[start].isupper()
        and (code := _outright(written[start]))
    ):
        yield start + 1, code


def _outright(q: str) -> str:
    """The code of what is nothing but a code or a name. A number is one of M49 with its three digits: 8 is an objective."""
    if q.isdecimal() and len(q) != 3:
        return ""
    found = compact.area_or_none(q[:80])
    return found.code if found else ""


def _named_in_han(folded: str) -> Named:
    """Between the words of Chinese stands no space: a name is looked for within what is asked, the longest first."""
    _by_words, by_han = _known(compact.areas_known())
    codes: list[str] = []
    for name in sorted((name for name in by_han if len(name) > 1 and name in folded), key=len, reverse=True):
        if name in folded:
            codes.append(by_han[name])
            folded = in_han(name).sub(" ", folded)
    return Named(tuple(codes), " ".join(folded.split()))
