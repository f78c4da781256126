"""Names in six languages, and where each fact was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from opencompact.language import LANGUAGES, language


@dataclass(frozen=True)
class Citation:
    """Where a fact was read: a United Nations document `symbol` and the `place` in it (a paragraph, mostly)."""

    symbol: str
    place: str

    @classmethod
    def parse(cls, text: str) -> Citation:
        """Reads `"A/RES/76/266, annex, ¶23"`: what stands before the first comma is the symbol."""
        symbol, _, place = text.partition(", ")
        return cls(symbol, place)

    def __str__(self) -> str:
        return f"{self.symbol}, {self.place}" if self.place else self.symbol


@dataclass(frozen=True)
class Named:
    """Something with a name in each of the six languages.

    `official_names` holds the languages whose name is the one of the document cited; the other names are translations
    of our own that nobody has checked against an official one.
    """

    names: Mapping[str, str] = field(hash=False)
    official_names: frozenset[str]
    citations: tuple[Citation, ...]

    def name(self, code: str = "en") -> str:
        """The name in a language; raises UnknownCodeError for a language that is not one of the six."""
        return self.names[language(code).code]

    def has_official_name(self, code: str) -> bool:
        """Whether the name in that language is the official one."""
        return language(code).code in self.official_names


def six(texts: Mapping[str, str]) -> Mapping[str, str]:
    """The six texts of a table of a definition file, in the order of the languages; KeyError where one lacks."""
    return {code: texts[code] for code in LANGUAGES}


def cited(entry: Mapping[str, object]) -> tuple[Citation, ...]:
    """The citations of an entry of a definition file."""
    texts = entry.get("citations", [])
    assert isinstance(texts, list)
    return tuple(Citation.parse(text) for text in texts)
