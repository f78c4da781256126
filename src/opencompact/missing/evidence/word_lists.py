"""Lists of words found whole in a text: those of scripts without blanks anywhere, but not within a word of another list. Own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from opencompact.missing.records.sayings import folded

_HAN = "\u3400-\u9fff"
_BESIDE_HAN = re.compile(rf"[^\W{_HAN}]+")
HAN_SIGN = re.compile(f"[{_HAN}]")


def words_in(said: str) -> list[str]:
    """The words of a text; what is written without blanks, sign by sign. The vowel signs of Indian scripts are of the word, and so is what joins two
    parts of a Persian one."""
    return _WORD.findall(said)


_OF_WORD = "\u0300-\u036f\u064b-\u065f\u0901-\u0963\u0970-\u0dff\u200c"
_SAID = re.compile(rf"(?:\w|[{_OF_WORD}])+")
_WORD = re.compile(rf"[{_HAN}]|[^\W{_HAN}](?:[^\W{_HAN}]|[{_OF_WORD}])*")


@dataclass(frozen=True)
class WordList:
    """Words of a list, found whole in a folded text; those in Han anywhere, but not within a word of another list."""

    words: frozenset[str]
    phrases: tuple[str, ...]
    signs: re.Pattern[str] | None
    but: re.Pattern[str] | None

    def holds(self, text: str) -> bool:
        """Whether one of them is in the text."""
        said = _SAID.findall(text)
        apart = f" {' '.join(said)} "
        if not self.words.isdisjoint((*said, *_BESIDE_HAN.findall(text))) or any(
            phrase in apart for phrase in self.phrases
        ):
            return True
        return bool(self.signs and HAN_SIGN.search(text) and self.signs.search(self._without(text)))

    def rest(self, text: str) -> list[str]:
        """The words of a text that are not of the list."""
        return [word for word in words_in(self.signs.sub(" ", text) if self.signs else text) if word not in self.words]

    def _without(self, text: str) -> str:
        return self.but.sub(" ", text) if self.but else text


@cache
def word_list(words: tuple[str, ...], but: tuple[str, ...] = ()) -> WordList:
    told = sorted((folded(word) for word in words), key=len, reverse=True)
    signs = [word for word in told if HAN_SIGN.match(word)]
    return WordList(
        frozenset(word for word in told if " " not in word),
        tuple(f" {word} " for word in told if " " in word),
        _any_of(signs),
        _any_of([folded(word) for word in but]) if but else None,
    )


def _any_of(words: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(map(re.escape, words))) if words else None
