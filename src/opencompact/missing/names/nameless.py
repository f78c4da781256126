"""What stands in a field of names and names nobody: unknown, N/A, غير معروف, 不详, Unidentified male, John Doe."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from opencompact.missing.names.normalise import clean, fold, pieces
from opencompact.missing.names.sounds import rows


class _Placeholders(NamedTuple):
    """Of `placeholders.tsv`: words that name nobody, those that may stand beside one of them, and whole phrases."""

    words: frozenset[str]
    beside: frozenset[str]
    phrases: frozenset[str]


@cache
def _placeholders() -> _Placeholders:
    found: dict[str, set[str]] = {"word": set(), "beside": set(), "phrase": set()}
    for row in rows("placeholders.tsv"):
        written = row["written"].split("|" if row["kind"] == "phrase" else None)
        found[row["kind"]].update(" ".join(_words_of(entry)) for entry in written)
    return _Placeholders(*(frozenset(found[kind]) for kind in ("word", "beside", "phrase")))


def _words_of(text: str) -> list[str]:
    """The folded words of a text, without its numbers and signs: `Unknown #3 (male)` is unknown, male."""
    bare = ["".join(c for c in piece if not c.isdecimal() and c not in "()（）'’`") for piece in pieces(clean(text))]
    return [fold(word) for word in bare if word]


def is_placeholder(word: str) -> bool:
    """Whether a folded word names nobody, wherever it stands: the first of `Unknown Diallo`."""
    return word in _placeholders().words


def names_nobody(text: str) -> bool:
    """Whether a text has no letter, or only words that stand for a name that is not known.

    A word that may be a name (Man, Child, Boy) counts as one unless it stands beside a word that cannot be.
    """
    words = _words_of(text)
    known = _placeholders()
    if not any(map(str.isalpha, text)) or " ".join(words) in known.phrases:
        return True
    return not known.words.isdisjoint(words) and all(word in known.words or word in known.beside for word in words)
