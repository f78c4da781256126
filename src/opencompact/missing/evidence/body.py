"""Parts of the body and words of marks in the languages in which offices write, and how they are told to a reader.

`body.csv` has each part in thirteen languages, the word by which it is told first, and the coarser part by which it is compared; `words.csv` the concepts of
`concepts.toml` in the languages that are not of the product. Own lists; those in Amharic, Tigrinya, Bengali, Italian, Turkish, Persian and Urdu nobody has
reviewed. A word that is one thing in one language and another elsewhere is in none ("sol" is the left in Turkish and the sun in Spanish: it is the left
before a part of the body in Turkish).
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Part(NamedTuple):
    """A part of the body: what it is compared as (a site of `concepts.toml`), and its words by language, the first of which is told."""

    site: str
    words: dict[str, tuple[str, ...]]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with files("opencompact.missing.evidence").joinpath(name).open(encoding="utf-8") as stream:
        yield from csv.DictReader(stream)


def _several(words: str) -> tuple[str, ...]:
    return tuple(word for word in words.split("|") if word)


@cache
def parts() -> dict[str, Part]:
    """The parts of the body by name."""
    return {
        row["part"]: Part(
            row["site"], {code: _several(words) for code, words in row.items() if code not in ("part", "site")}
        )
        for row in _rows("body.csv")
    }


def words_of_offices() -> Iterator[tuple[str, str]]:
    """(word, concept) of every language of both lists."""
    for row in _rows("words.csv"):
        yield from (
            (word, row["concept"]) for code, words in row.items() if code != "concept" for word in _several(words)
        )
    for part in parts().values():
        yield from ((word, part.site) for words in part.words.values() for word in words)


def turkish_left() -> Iterator[tuple[str, frozenset[str]]]:
    """The left and a part of the body, in Turkish: "sol kolunda"."""
    for part in parts().values():
        yield from ((f"sol {word}", frozenset(("left", part.site))) for word in part.words["tr"])
