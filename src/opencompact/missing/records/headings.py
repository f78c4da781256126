"""Headings that no mapping knows: the field that each is likely meant to be, so that a mapping file need not be written from nothing.

Own: a heading that contains all words of a known one is offered its field; nothing is read by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opencompact.missing.records.mapping import bare_heading, known_headings

SHORT = 3
"""Letters: a shorter known heading ("n°") says nothing within a longer one. In Chinese a sign is a word."""


def field_meant(heading: str) -> str | None:
    """The field whose known heading is the longest within this one, best as it stands: "Nom de la personne recherchée" is a `name`;
    None where none is, or two fields are as near."""
    bare, words = bare_heading(heading), _words(heading)
    found: dict[tuple[bool, int], set[str]] = {}
    for field, known in known_headings():
        parts = _words(known)
        if parts and parts <= words and sum(map(len, parts)) >= (1 if _is_han(known) else SHORT):
            found.setdefault((bare_heading(known) in bare, sum(map(len, parts))), set()).add(field)
    longest = found[max(found)] if found else set()
    return longest.pop() if len(longest) == 1 else None


def _words(heading: str) -> frozenset[str]:
    return frozenset(_parts(bare_heading(heading)))


def _parts(heading: str) -> Iterator[str]:
    """Words of letters; of Chinese every sign."""
    for word in re.findall(r"[^\W\d_]+", heading):
        yield from word if _is_han(word) else (word,)


def _is_han(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
