"""Search in six languages with tokens of our own, kept in a `tsvector`: no dictionary, no extension of PostgreSQL.

    Chinese         pairs of characters: 移民问题 → 移民 民问 问题 (a single character stands for itself)
    other scripts   the word, and its first five letters (n-gram truncation: McNamee and Mayfield, Information Retrieval
                    7, 2004), after folding case, accents, and in Arabic vowel signs, forms of alef, and the article

A query finds what holds all its words by their first letters; whole words and words in titles rank higher.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_PIECE = re.compile(r"[^\s,;:!?()\[\]{}\"«»“”、。，；：！？（）《》]+")
_ACCENTS = re.compile("[\u0300-\u036f\u0483-\u0487]")
_WORD = re.compile(r"[^\W_]+")
_ARABIC_SIGNS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
_ARABIC_FORMS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ة": "ه", "ؤ": "و", "ئ": "ي"})
_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_CODE = re.compile(r"(?<!\w)[A-Za-z0-9]+(?:[./-][A-Za-z0-9]+)+(?!\w)")
STEM = 5
_LONGEST = 40
# A vector holds a megabyte at most: of the longest texts only the beginning is indexed.
_MOST = 4000


def fold(text: str) -> str:
    """Text without what a searcher may leave out: case, accents, Arabic vowel signs and forms of letters."""
    if text.isascii():
        return text.lower()
    text = _ARABIC_SIGNS.sub("", unicodedata.normalize("NFKC", text)).translate(_ARABIC_FORMS)
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def words(text: str) -> Iterator[str]:
    """The words of a folded text; runs of Chinese characters come as pairs."""
    for word in _WORD.findall(text):
        if not _HAN.search(word):
            yield word[:_LONGEST]
            continue
        rest = _HAN.sub(" ", word).split()
        yield from rest
        for run in _HAN.findall(word):
            yield from (run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else (run,)


def bare(word: str) -> str:
    """A folded word without the Arabic article."""
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def stem(word: str) -> str:
    """What a word is found by: its first letters, without the Arabic article; pairs of characters are left whole."""
    word = bare(word)
    if _HAN.match(word) or word.isdecimal():
        return word
    # A plural's s must not part "pledges" from "pledge".
    return word[:STEM] if len(word) > STEM else (word.removesuffix("s") if len(word) > 3 else word)


@lru_cache(maxsize=100_000)
def _tokens_of(piece: str) -> tuple[str, ...]:
    """The tokens of what stands between two spaces. Texts repeat their words: each is folded once."""
    found: list[str] = []
    for word in words(fold(piece)):
        short = stem(word)
        found.append(f"~{short}")
        if word != short:
            found.append(word)
        elif len(word) > 1 and _HAN.match(word):
            found += (f"~{character}" for character in word)
    return tuple(found)


def tokens(text: str) -> Iterator[str]:
    """The tokens of a text: each word's stem as `~stem`, and the word itself; single characters of Chinese too."""
    yield from (code.lower() for code in _CODE.findall(text))
    for piece in dict.fromkeys(_PIECE.findall(text)):
        yield from _tokens_of(piece)


def vector(parts: Iterable[tuple[str, str]]) -> str:
    """A `tsvector` as text, of (weight, text) parts; A is the weightiest, D the least."""
    best: dict[str, str] = {}
    for weight, text in sorted(parts):
        for token in tokens(text):
            best.setdefault(token, weight)
        if len(best) > _MOST:
            break
    return " ".join([f"'{token}':1{weight}" for token, weight in best.items()])


def query(text: str) -> str:
    """A `tsquery` as text: every word by its stem, a code such as 10.c.1 whole; empty where nothing can be searched for."""
    asked = text[:200]
    codes = [code.lower() for code in _CODE.findall(asked)]
    rest = _CODE.sub(" ", asked)
    stems = dict.fromkeys(stem(word) for word in words(fold(rest)))
    return " & ".join([*(f"'{code}'" for code in codes), *map(_asked, stems)][:12])


def _asked(short: str) -> str:
    """A stem in a query: one cut to its full length stands in the index as it is, a shorter one may be a beginning."""
    whole = (len(short) >= STEM and not short.isdecimal()) or _HAN.match(short)
    return f"'~{short}'" if whole else f"'~{short}':*"


def matches(text_tokens: frozenset[str], text: str) -> bool:
    """Whether tokens in memory answer a query, by the rule that the database goes by."""
    codes = [code.lower() for code in _CODE.findall(text)]
    stems = {f"~{stem(word)}" for word in words(fold(_CODE.sub(" ", text)))}
    if not codes and not stems:
        return False
    return all(code in text_tokens for code in codes) and all(
        s in text_tokens or (not _HAN.match(s[1:]) and any(t.startswith(s) for t in text_tokens)) for s in stems
    )
