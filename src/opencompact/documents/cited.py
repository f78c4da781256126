"""A citation in whatever form it is written → the text and the paragraphs that it names: the other way round of `citing.py`.

A/79/590, para. 82 · A/79/590，第82段 · الفقرة 82 · párr. 2 a) · п. 82 · A/79/590 ¶82–89 · A/79/590#annex.1.a
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from opencompact.documents.citing import PLACE_NAMES
from opencompact.documents.grammar import grammar
from opencompact.language import LANGUAGES, translator

_SYMBOL = re.compile(r"(?<![\w/])(?:[a-z]+/)*\d+/\d+(?:/\d+)*(?![\w/])")
# What a paragraph is called, and short for, in the six languages; singular, dual and plural; letters folded.
_WORD = (
    r"paragraph(?:e?s?)|paras?|pars?|parrafos?|parrs?|пункт[^\W\d]*|пп?|абзац[^\W\d]*|(?:و|ب|ال|لل)*فقر(?:ه|ات|تان|تين)"
)
_RANGE = r"[-–—−‑‐至到]|(?:to|through|al?|hasta|aux?|по|до|الي|حتي)(?!\w)"
_BESIDE = r"[,،、;和及و]|(?:and|y|e|et|и)(?!\w)"
_SAID_BEFORE = r"من|from|del?|с"
_PIECE = re.compile(
    rf"\s*(?:(?P<number>\d{{1,4}})|(?P<letter>\(\s*\w\s*\)|\w\s*\)|\.\w(?!\w))|(?P<word>(?:{_WORD})(?![^\W\d])\.?|[第段¶§#])"
    rf"|(?P<range>{_RANGE})|(?P<beside>{_BESIDE})|(?P<before>{_SAID_BEFORE})(?!\w))"
)
_SIGNS = re.compile("[\u0300-\u036f\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_FORMS = str.maketrans({"ى": "ي", "ة": "ه"})
# No text has so many paragraphs that a longer range would be meant.
_LONGEST_RANGE = 200
# As places are kept: A/79/590#82, A/79/590#annex.1.a.
_EXACTLY = re.compile(r"\s*#\s*((?:[a-z]+(?:-\d+)?|\d+)(?:\.\w+)*)\s*")


@dataclass(frozen=True)
class Cited:
    """The text that is cited (empty where none is named) and the places within it, in their order: `82`, `2.c`, `annex.1`."""

    symbol: str
    places: tuple[str, ...]


def cited_in(words: str, symbols: Collection[str]) -> Cited | None:
    """What a search cites and asks nothing beside; None where it is no citation of a paragraph.

    `symbols` are those of the texts there are; a text is found by the end of its symbol too (79/590). Without a text a
    paragraph is cited by its word or sign alone: `para. 82`, `¶82`.
    """
    plain = _plain(words)
    found = _SYMBOL.search(plain)
    symbol = _symbol(found[0], symbols) if found else ""
    if found and not symbol:
        return None
    before, after = (plain[: found.start()], plain[found.end() :]) if found else ("", plain)
    if symbol and not before.strip() and (exact := _EXACTLY.fullmatch(after)):
        return Cited(symbol, (exact[1],))
    # `para. 82 of A/79/590`: what stands between is said in words that mean nothing by themselves.
    before = re.sub(r"\b(?:of|in|de|du|del|من|в)\s*$", "", before.strip())
    places = _places(f"{before} {after}", named=bool(symbol))
    return Cited(symbol, places) if places else None


def _plain(words: str) -> str:
    """Folded: case, accents, forms of Arabic letters, digits of any script, spaces of any width."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", words[:200]).casefold())
    text = _SIGNS.sub("", text).translate(_FORMS)
    text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def _symbol(written: str, symbols: Collection[str]) -> str:
    near = [symbol for symbol in symbols if f"/{symbol.casefold()}".endswith(f"/{written}")]
    return min(near, key=len, default="")


def _places(text: str, *, named: bool) -> tuple[str, ...]:
    """The places of a citation without its symbol; nothing where something else is said in it."""
    head, rest, within = _kind(text.strip(" ,،.;:"))
    pieces = list(_pieces(rest))
    if not pieces:
        return (head,) if head and named else ()
    if any(kind == "else" for kind, _text in pieces):
        return ()
    if not (named or head or any(kind == "word" for kind, _text in pieces)):
        return ()
    found = _numbers(pieces)
    return tuple(f"{within}.{place}" if within else place for place in found)


def _kind(text: str) -> tuple[str, str, str]:
    """An annex, a box, a summary by its name at the beginning: (it alone as a place, what follows, what goes before a number)."""
    for name, kind in _kinds():
        if text.startswith(name):
            rest = text[len(name) :]
            if kind == "box" and (number := re.match(r"\s*(\d+)", rest)):
                place = f"box-{number[1]}"
                return place, rest[number.end() :].strip(" ,،"), place
            return kind, rest.strip(" ,،"), kind
    return "", text, ""


@cache
def _kinds() -> tuple[tuple[str, str], ...]:
    """The names of the parts of a text in each language, folded, the longest first."""
    named = {(kind, kind) for kind in PLACE_NAMES}
    for code in LANGUAGES:
        named |= {(_plain(translator(code, "documents")(name)), kind) for kind, name in PLACE_NAMES.items()}
    return tuple(sorted(named, key=lambda each: (-len(each[0]), each)))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    start = 0
    while start < len(text):
        piece = _PIECE.match(text, start)
        if piece is None:
            if text[start:].strip(" ."):
                yield "else", text[start:]
            return
        kind = piece.lastgroup or "else"
        yield kind, piece[kind]
        start = piece.end()


def _numbers(pieces: list[tuple[str, str]]) -> list[str]:
    """Numbers with their letters, ranges written out, in the order in which they are cited."""
    found: list[str] = []
    reaching = False
    for kind, text in pieces:
        if kind == "number":
            number = int(text)
            first = int(found.pop().partition(".")[0]) if reaching and found else number
            found += map(str, _reach(*sorted((first, number))))
        elif kind == "letter" and found:
            found[-1] += f".{_latin(text.strip(' ().'))}"
        # A word between two numbers does not end the reach: 第82段至第89段.
        reaching = kind == "range" or (reaching and kind in ("word", "before"))
    return list(dict.fromkeys(found))


def _reach(first: int, last: int) -> range:
    return range(first, min(last, first + _LONGEST_RANGE) + 1)


def _latin(letter: str) -> str:
    """The Latin letter of the same rank as one of the Arabic abjad; another stays."""
    letters = _plain(str(grammar("ar").tables["labels"]["letters"]))
    return chr(ord("a") + letters.index(letter)) if letter in letters else letter
