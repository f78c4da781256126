"""What stands in a field of names and names nobody: unknown, N/A, غير معروف, 不详, Unidentified male, John Doe."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from opencompact.missing.names.normalise import clean, fold, pieces
from opencompact.missing.names.sounds import rows


class _Placeholders(NamedTuple):
    """Of `placeholders.tsv`: words that name nobody, those that may stand beside one of them, whole phrases, and what is numbered."""

    words: frozenset[str]
    beside: frozenset[str]
    phrases: frozenset[str]
    numbered: frozenset[str]


@cache
def _placeholders() -> _Placeholders:
    found: dict[str, set[str]] = {"word": set(), "beside": set(), "phrase": set(), "numbered": set()}
    for row in rows("placeholders.tsv"):
        written = row["written"].split("|" if row["kind"] == "phrase" else None)
        found[row["kind"]].update(" ".join(_words_of(entry)) for entry in written)
    return _Placeholders(*(frozenset(found[kind]) for kind in ("word", "beside", "phrase", "numbered")))


def _words_of(text: str) -> list[str]:
    """The folded words of a text, without its numbers and signs: `Unknown #3 (male)` is unknown, male."""
    bare = ["".join(c for c in piece if not c.isdecimal() and c not in "()（）'’`") for piece in pieces(clean(text))]
    return [fold(word) for word in bare if word]


def is_placeholder(word: str) -> bool:
    """Whether a folded word names nobody, wherever it stands: the first of `Unknown Diallo`."""
    return word in _placeholders().words


_CODE = re.compile(r"(?:[A-Z]{1,2}|[B-DF-HJ-NP-TV-XZ]{3,5})(?:[-_/ .]*\d{2,})+")
"""A number of a file or a grave, and the letters before it, of which no name is made: PM-0012, KBL 03, BR/2023/15."""

_HAN_NOBODY = re.compile(
    r"(?:无名|無名|不明|不详|不詳|未知|身份|姓名|身元|氏名|男|女|子|性|尸|屍|体|體|人|者|氏|童|孩|婴|儿|童)+"
)
_HAN_OUTRIGHT = re.compile(r"无名|無名|不明|不详|不詳|未知|尸|屍")
"""Chinese and Japanese write no spaces: a text of such words alone, one of which says outright that nobody is named."""


def _is_code(text: str) -> bool:
    """Whether a text is the number of a file, a grave or a body, or a description in Han characters."""
    text = clean(text)
    if _CODE.fullmatch(text) or (_HAN_NOBODY.fullmatch(text) and _HAN_OUTRIGHT.search(text)):
        return True
    return any(map(str.isdecimal, text)) and _placeholders().numbered.issuperset(_words_of(text))


def names_nobody(text: str) -> bool:
    """Whether a text has no letter, or only words that stand for a name that is not known.

    A word that may be a name (Man, Child, Boy) counts as one unless it stands beside a word that cannot be.
    """
    words = _words_of(text)
    known = _placeholders()
    if not any(map(str.isalpha, text)) or " ".join(words) in known.phrases or _is_code(text):
        return True
    return not known.words.isdisjoint(words) and all(word in known.words or word in known.beside for word in words)
