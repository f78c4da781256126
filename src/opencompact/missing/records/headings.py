"""Headings that no mapping knows: the field that each is likely meant to be, so that a mapping file need not be written from nothing.

Own: a heading that contains all words of a known one is offered its field; nothing is read by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from opencompact.missing.records.mapping import bare_heading, known_headings

SHORT = 3
"""Letters: a shorter known heading ("n°") says nothing within a longer one. In Chinese a sign is a word."""
JOINING = frozenset(
    ("de", "du", "des", "d", "la", "le", "les", "l", "del", "el", "los", "las", "of", "the", "da", "do")
)
"""Words that headings leave out as they please: "date naissance", "fecha nacimiento"."""

_CHOICES = re.compile(
    r"\([^()]*/[^()]*\)"
)  # "(dd/mm/yyyy)", "(M/F)": a stroke that parts no group of a form from its question


def field_meant(heading: str) -> str | None:
    """The field whose known heading is the longest within this one, of equal ones the one that stands in it as it is: "Nom de la personne recherchée" is a `name`;
    None where none is, or two fields are as near."""
    heading = _CHOICES.sub("", heading)
    bare, words = bare_heading(heading), _words(heading)
    found: dict[tuple[int, bool], set[str]] = {}
    for field, known in known_headings():
        parts = _words(known)
        if parts and parts <= words and sum(map(len, parts)) >= (1 if _is_han(known) else SHORT):
            found.setdefault((sum(map(len, parts)), bare_heading(known) in bare), set()).add(field)
    longest = found[max(found)] if found else set()
    return longest.pop() if len(longest) == 1 else None


def _words(heading: str) -> frozenset[str]:
    return frozenset(_parts(bare_heading(heading))) - JOINING


def _parts(heading: str) -> Iterator[str]:
    """Words of letters; of Chinese every sign."""
    for word in re.findall(r"[^\W\d_]+", heading):
        yield from word if _is_han(word) else (word,)


def _is_han(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
