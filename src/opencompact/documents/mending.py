"""Broken lines and words become one text again, and every character keeps the place it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u3000-\u303f“”‘’—…]")
# Zero width, and marks of direction: copies from the web carry them inside words; the joiners of Arabic (U+200C, U+200D) stay.
_UNSEEN = frozenset("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff")
_SPACES = " \t\u00a0\u2002\u2003\u2009\u202f\u3000"


@dataclass(frozen=True)
class Mended:
    """A text and, for each of its characters, where it stands in the source (a joining space: where the break was)."""

    text: str
    origins: tuple[int, ...]

    def without(self, spans: Sequence[tuple[int, int]]) -> Mended:
        """The text with those spans taken out, and doubled spaces with them, or all where the script has none."""
        if not spans:
            return self
        cut = {index for start, end in spans for index in range(start, end)}
        kept = [index for index in range(len(self.text)) if index not in cut]
        kept = [index for index in kept if not self._left_over(index, cut)]
        return _tidy([self.text[index] for index in kept], [self.origins[index] for index in kept])

    def _left_over(self, index: int, cut: set[int]) -> bool:
        """Whether a space beside what is cut parted only that from the Chinese words at both sides."""
        if self.text[index] != " " or not {index - 1, index + 1} & cut:
            return False
        before = next((self.text[i] for i in range(index - 1, -1, -1) if i not in cut and self.text[i] != " "), "")
        after = next((each for i, each in enumerate(self.text[index:], index) if i not in cut and each != " "), "")
        return bool(_WIDE.match(before) and _WIDE.match(after))


_ONE_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code - 0xFEE0) not in "!,:;?()"}


def in_one_width(text: str) -> str:
    """The same text, of the same length, with wide letters, digits and signs made narrow; Chinese stops stay wide."""
    return text.translate(_ONE_WIDTH)


def folded(text: str) -> str:
    """A text in one width and without white space: what two copies of a document share."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def mend(pieces: Sequence[tuple[int, str]], *, without_space: bool) -> Mended:
    """One text out of the pieces of its lines, each with its place in the source.

    Lines join with a space, or without one where the script has none (`without_space`) unless two Latin words meet; a
    word broken at a hyphen is closed, a web address broken anywhere is too.
    """
    letters: list[str] = []
    origins: list[int] = []
    for start, piece in pieces:
        first = len(piece) - len(piece.lstrip())
        body = piece.strip()
        if not body:
            continue
        if letters:
            _join(letters, origins, body, without_space)
        letters += body
        origins += range(start + first, start + first + len(body))
    return _tidy(letters, origins)


def _join(letters: list[str], origins: list[int], following: str, without_space: bool) -> None:
    last, next_letter = letters[-1], following[0]
    word = re.search(r"\S*$", "".join(letters[-200:]))
    if word and re.search(r"https?://|www\.", word.group()):
        return
    if last == "\u00ad" or (last == "-" and len(letters) > 1 and letters[-2].islower() and next_letter.islower()):
        if not without_space:
            letters.pop()
            origins.pop()
        return
    if last in "-/—" or _WIDE.match(last) or _WIDE.match(next_letter):
        return
    if without_space and last.isdigit() and _goes_on(letters, following):
        return
    letters.append(" ")
    origins.append(origins[-1])


def _goes_on(letters: Sequence[str], following: str) -> bool:
    """Whether a line was cut within a number: a sign of per cent, or digits that are no group of thousands, come next."""
    if following[0] in "%％":
        return True
    digits = re.match(r"\d+", following)
    before = re.search(r"\d+$", "".join(letters[-12:]))
    if digits is None or before is None:
        return False
    return not (len(digits.group()) == 3 and len(before.group()) <= 3)


def _tidy(letters: Sequence[str], origins: Sequence[int]) -> Mended:
    kept_letters: list[str] = []
    kept_origins: list[int] = []
    for letter, origin in zip(letters, origins, strict=True):
        if letter in _UNSEEN:
            continue
        plain = " " if letter in _SPACES or letter in "\n\r" else letter
        if plain == " " and (not kept_letters or kept_letters[-1] == " "):
            continue
        kept_letters.append(plain)
        kept_origins.append(origin)
    while kept_letters and kept_letters[-1] == " ":
        kept_letters.pop()
        kept_origins.pop()
    return Mended("".join(kept_letters), tuple(kept_origins))
