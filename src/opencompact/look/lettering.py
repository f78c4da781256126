"""Letters that a reader's own fonts may lack, carried within an HTML page.

The names on a sheet stand in scripts that its language has not. A reader of Spanish may have no Ethiopic font and would see boxes:
the letters that are used are cut out of the fonts of the package, a few kilobytes a script, and stand in the page itself.
Nothing of it is kept on disk: which letters a name has is told to no cache.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from opencompact.look.fonts import assets, characters_of
from opencompact.look.letters import is_seen
from opencompact.look.measure import is_han
from opencompact.look.tokens import SCRIPTS, families
from opencompact.look.webfonts import SETS, Face, subset

_JOINERS = "\u200c\u200d"
FAMILY = "Letters of names"
"""The family to name after the generic one: what the reader's own fonts have is shown with them."""


def carried(language: str, text: str) -> tuple[Face, ...]:
    """The fonts, cut to what is used, for the letters of a text that readers of a language may have no font for.

    A letter that no font of the package has is left to the reader's own.
    """
    letters = set(_foreign(language, text))
    shared = _shared_out(letters, _fonts(language))
    # A letter and a mark that no one font has both come from two.
    apart = _shared_out({sign for letter in letters.difference(*shared.values()) for sign in letter}, _fonts(language))
    found = []
    for path in _fonts(language):
        codes = tuple(sorted({ord(sign) for letter in shared[path] | apart[path] for sign in letter}))
        if codes:
            found.append(Face(FAMILY, 400, path.stem, _cut(path, codes), ",".join(_ranges(codes))))
    return tuple(found)


def rules(faces: Iterable[Face]) -> str:
    """The fonts as rules of a stylesheet, each with its bytes within it."""
    return "\n".join(
        f'@font-face{{font-family:"{face.family}";font-weight:{face.weight};unicode-range:{face.range};'
        f'src:url("data:font/woff2;base64,{base64.b64encode(face.content).decode()}") format("woff2")}}'
        for face in faces
    )


def _shared_out(letters: set[str], fonts: Iterable[Path]) -> dict[Path, set[str]]:
    """Which font each letter comes from: the first that has it with its marks."""
    left, found = set(letters), {}
    for path in fonts:
        known = characters_of(path)
        found[path] = {letter for letter in left if known.issuperset(letter)}
        left -= found[path]
    return found


@cache
def _fonts(language: str) -> tuple[Path, ...]:
    """The fonts of the package in the order in which a page of that language is set with them."""
    own = [f"{family.replace(' ', '')}_400Regular" for family in families(language)]
    known = sorted((assets() / "fonts").glob("*_400Regular.ttf"))
    return tuple(sorted(known, key=lambda path: own.index(path.stem) if path.stem in own else len(own)))


def _foreign(language: str, text: str) -> Iterator[str]:
    """The letters of other scripts, each with its marks and joiners."""
    for letter in _letters(text):
        if is_seen(letter[0]) and not all(_usual(language, sign) for sign in letter):
            yield letter


def _letters(text: str) -> Iterator[str]:
    start = 0
    for place, sign in enumerate(text):
        if place > start and unicodedata.category(sign)[0] != "M" and sign not in _JOINERS:
            yield text[start:place]
            start = place
    yield from (text[start:],) if text else ()


def _usual(language: str, sign: str) -> bool:
    """Whether whoever reads the language has a font for a sign."""
    code, script = ord(sign), SCRIPTS[language]
    if script == "han" and (is_han(sign) or 0x3000 <= code < 0x3040 or 0xFF00 <= code < 0xFF5F):
        return True
    return code < 0x100 or code in SETS["latin"] or code in SETS["cyrillic" if language == "ru" else script]


@lru_cache(maxsize=64)
def _cut(path: Path, codes: tuple[int, ...]) -> bytes:
    return subset(path, codes)


def _ranges(codes: Iterable[int]) -> Iterator[str]:
    """Characters as CSS names them: `U+1200-1203`, `U+1208`."""
    first = last = -2
    for code in (*codes, -2):
        if code != last + 1:
            if last >= 0:
                yield f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}"
            first = code
        last = code
