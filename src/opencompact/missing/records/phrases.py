"""A saying taken apart into phrases that a table knows, so that a small grammar can read what their kinds say together.

The longest phrase is taken first. A phrase of a script with spaces stands between them, next to a digit or a sign; the Arabic "and"
and article are written as a part of the next word; Han is written without spaces. What no phrase covers makes the whole unreadable:
nothing that was said is passed over.
Own: the longest phrase first, then every reading of the kinds against the patterns of a grammar.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from opencompact.missing.records.sayings import folded

_SKIPPED = " ,;:!()[]。，、；：！（）؛،.¿¡*"
_PROCLITICS = ("و", "ال")
_WITHOUT_SPACES = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff]")
MOST_READINGS = 4096
LONGEST = 200
"""Characters beyond which a text is no saying."""


@dataclass(frozen=True)
class Phrase:
    """A part of a saying: its text, the kinds it can be ("" for one that says nothing), and what it stands for."""

    text: str
    kinds: tuple[str, ...]
    value: Any = None


Literal = tuple[re.Pattern[str], Callable[[str], Phrase]]


class Phrases:
    """The phrases of a table, found by their first character."""

    def __init__(self, entries: Iterable[tuple[str, str, Any]], literals: Sequence[Literal] = ()) -> None:
        """`entries` are (phrase, kind, value); a phrase may stand in several kinds, the first one preferred."""
        kinds: dict[str, list[str]] = defaultdict(list)
        self._values: dict[str, Any] = {}
        for text, kind, value in entries:
            phrase = folded(text)
            if kind not in kinds[phrase]:
                kinds[phrase].append(kind)
            if value is not None:
                self._values[phrase] = value
        self._kinds = {phrase: tuple(found) for phrase, found in kinds.items()}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for phrase in sorted(filter(None, self._kinds), key=len, reverse=True):
            self._by_first[phrase[0]].append(phrase)
        self._literals = literals

    def split(self, text: str) -> list[Phrase] | None:
        """The phrases of a folded saying in order; None where a part of it is none."""
        found: list[Phrase] = []
        at, free = 0, len(text) <= LONGEST
        if not free:
            return None
        while at < len(text):
            if text[at] in _SKIPPED and not any(text.startswith(one, at) for one in self._by_first.get(text[at], ())):
                at, free = at + 1, True
                continue
            both = filter(None, (self._literal(text, at), self._known(text, at, free)))
            phrase = max(both, key=lambda one: len(one.text), default=None)
            if phrase is None:
                return None
            found.append(phrase)
            at += len(phrase.text)
            free = phrase.text in _PROCLITICS or not text[at - 1].isalpha() or _unspaced(text[at - 1])
        return found

    def _literal(self, text: str, at: int) -> Phrase | None:
        matches = ((pattern.match(text, at), made) for pattern, made in self._literals)
        return next((made(match[0]) for match, made in matches if match and match[0]), None)

    def _known(self, text: str, at: int, free: bool) -> Phrase | None:
        for phrase in self._by_first.get(text[at], ()):
            if not text.startswith(phrase, at):
                continue
            if not free and phrase[0].isalpha() and not _unspaced(phrase[0]):
                continue
            end = at + len(phrase)
            joined = end < len(text) and text[end].isalpha() and phrase[-1].isalpha()
            if joined and phrase not in _PROCLITICS and not (_unspaced(phrase[-1]) or _unspaced(text[end])):
                continue
            return Phrase(phrase, self._kinds[phrase], self._values.get(phrase))
        return None


def _unspaced(letter: str) -> bool:
    return bool(_WITHOUT_SPACES.match(letter))


Reader = Callable[[list[Phrase]], Any]


def read(phrases: Sequence[Phrase], rules: Sequence[tuple[re.Pattern[str], Reader]]) -> Any:
    """What the first rule of a grammar makes of the phrases: a rule is a pattern over their kinds, one character each, and a reader
    of the phrases that say something. None where no rule fits any reading of the kinds."""
    readings = list(_readings(phrases))
    for pattern, reader in rules:
        for kinds, kept in readings:
            if pattern.fullmatch(kinds) and (found := reader(kept)) is not None:
                return found
    return None


def _readings(phrases: Sequence[Phrase]) -> Iterator[tuple[str, list[Phrase]]]:
    """Every way to take the phrases, each as one of its kinds."""
    for kinds in islice(product(*(phrase.kinds for phrase in phrases)), MOST_READINGS):
        kept = [Phrase(phrase.text, (kind,), phrase.value) for phrase, kind in zip(phrases, kinds, strict=True) if kind]
        yield "".join(kinds), kept
