"""Words of English that a page in another language with the same letters must not have: Spanish and French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Protocol

from opencompact import compact
from opencompact.documents.subjects import subjects
from opencompact.language import translator
from opencompact.review.labels import known, label

# Messages in which a review speaks, and all in which the language is heard.
_OURS = ("review", "look", "documents")
_ALL = (*_OURS, "actions", "cli", "compact", "errors", "language", "missing", "public", "statistics", "tables")
# A word without a capital, whole: no part of an address, a command or the name of a file.
_WORD = re.compile(r"(?<![\w/.{=@-])[a-zß-ÿœ]{4,}(?![\w/.}=@-])")
# What is typed or cited as it stands.
_TYPED = frozenset({"opencompact", "import", "review"})


class _Named(Protocol):
    def name(self, code: str, /) -> str: ...


def english_word(text: str, code: str) -> str | None:
    """The first word of a text that is one of English and none of the language: "stated" on a page in French."""
    return next((word for word in _WORD.findall(text) if word in _english_words(code)), None)


@cache
def _english_words(code: str) -> frozenset[str]:
    """Words that a review says in English and that stand in nothing that is said or named in the language."""
    own = {word for text in _said(code) for word in _WORD.findall(text)}
    return frozenset({word for text in _in_english() for word in _WORD.findall(text)} - own - _TYPED)


def _in_english() -> Iterator[str]:
    """What a review may say in English: its messages, and the names of units and indicators."""
    for domain in _OURS:
        yield from translator("fr", domain)._messages
    catalogue = compact.catalogue()
    yield from (entry.name("en") for entry in (*catalogue.units, *catalogue.indicators()))


def _said(code: str) -> Iterator[str]:
    """All that is said in the language: translations, names of what was agreed, labels, subjects of claims."""
    for domain in _ALL:
        for said in translator(code, domain)._messages.values():
            yield from said if isinstance(said, tuple) else (said,)
    catalogue = compact.catalogue()
    named: tuple[_Named, ...] = (
        *catalogue.units, *catalogue.indicators(), *compact.objectives(), *compact.actions(), *compact.principles(),
        *compact.round_tables(), *compact.recommendations(), *compact.thematic_areas(), *compact.stakeholders(), *subjects().values(),
    )  # fmt: skip
    yield from (entry.name(code) for entry in named)
    yield from (label(each, code) or "" for each in known())
