"""Headings that no mapping knows: the field that each is likely meant to be, so that a mapping file need not be written from nothing.

Own: a heading that contains all words of a known one is offered its field; nothing is read by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from opencompact.missing.records.mapping import bare_heading, known_headings, words_for_others

SHORT = 3
"""Letters: a shorter known heading ("n°") says nothing within a longer one. In Chinese a sign is a word."""
JOINING = frozenset(
    (
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "del",
        "el",
        "los",
        "las",
        "of",
        "the",
        "da",
        "do",
        "di",
        "dei",
        "della",
        "dello",
        "delle",
        "degli",
        "al",
    )
)
"""Words that headings leave out as they please: "date naissance", "fecha nacimiento"."""

_CHOICES = re.compile(
    r"\([^()]*/[^()]*\)"
)  # "(dd/mm/yyyy)", "(M/F)": a stroke that parts no group of a form from its question


def offered(fields: Mapping[str, Sequence[str]], unknown: Iterable[str]) -> dict[str, list[str]]:
    """Field → the columns that a mapping file is to name for it: those that it is read from already, and those that no field knows and are likely
    meant to be it. Written below [columns] as they stand, the lines add and take nothing away."""
    found: dict[str, list[str]] = {}
    for column in unknown:
        name = field_meant(column)
        if name is not None:
            found.setdefault(name, list(fields.get(name, ()))).append(column)
    return found


def field_meant(heading: str) -> str | None:
    """The field whose known heading is the longest within this one, of equal ones the one that stands in it as it is: "Nom de la personne recherchée" is a `name`;
    None where none is, or two fields are as near. The name or telephone of who asks or reports is never that of the person sought."""
    heading = _CHOICES.sub("", heading)
    bare, words = bare_heading(heading), _words(heading)
    found: dict[tuple[int, bool], dict[str, frozenset[str]]] = {}
    for field, known in known_headings():
        parts = _words(known)
        if parts and parts <= words and sum(map(len, parts)) >= (1 if _is_han(known) else SHORT):
            found.setdefault((sum(map(len, parts)), bare_heading(known) in bare), {})[field] = parts
    longest = found[max(found)] if found else {}
    if len(longest) != 1:
        return None
    ((field, parts),) = longest.items()
    if field == "reporter" and {name for shorter in found.values() for name in shorter} - set(_OF_OTHERS):
        return None  # the age of who reports
    further = words - parts
    if field in _OF_OTHERS and not further.isdisjoint(words_for_others("kin")):
        return _OF_OTHERS[field]
    return field if further.isdisjoint(words_for_others()) else _OF_OTHERS.get(field)


_OF_OTHERS = {
    "name": "reporter",
    "given_name": "reporter",
    "family_name": "reporter",
    "phone": "reporter_phone",
    **{name: name for name in ("id", "reporter", "reporter_phone", "reporter_relation")},
}
"""What is kept of somebody who asks or reports, by the field that it would be of the person sought. Nothing else is: their age is not his."""


def _words(heading: str) -> frozenset[str]:
    return frozenset(_parts(bare_heading(heading))) - JOINING


def _parts(heading: str) -> Iterator[str]:
    """Words of letters; of Chinese every sign."""
    for word in re.findall(r"[^\W\d_]+", heading):
        yield from word if _is_han(word) else (word,)


def _is_han(text: str) -> bool:
    return any("\u4e00" <= sign <= "\u9fff" for sign in text)
