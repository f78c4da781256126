"""What the readers of sayings share: the plain form of a text, and the words for what is not known.

Forms of letters and digits: Unicode (normalisation forms C, D and KC, decimal digits); the lists are own.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

# Every sign for a digit that Unicode knows, as its Western digit.
_DIGITS = {
    code: str(unicodedata.digit(chr(code))) for code in range(0x660, 0x1FBFA) if unicodedata.category(chr(code)) == "Nd"
}
# Letters and signs that are written in several ways, by the one that stands for them here; marks above and below are left out.
_ONE_FORM = {
    "ا": "أإآٱ", "ي": "ىی", "ك": "ک", "ه": "ةەہ", "'": "’‘‛ʼ′", '"': "″”“„", "-": "–—−‐‑‒―", "~": "～∼", "/": "／⁄", ",": "،﹐、", ".": "٫",
}  # fmt: skip
_LETTERS = {ord(form): one for one, forms in _ONE_FORM.items() for form in forms} | dict.fromkeys(
    [*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640]
)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


@cache
def words() -> dict[str, Any]:
    """The lists of `sayings.toml`."""
    return tomllib.loads(files("opencompact.missing.records").joinpath("sayings.toml").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """The text without bidi marks and zero-width characters, Western digits, single blanks, lower case."""
    return re.sub(r"\s+", " ", INVISIBLE.sub("", text).translate(_DIGITS)).strip().casefold()


# Signs for fractions, alone or after a whole number, and the Arabic sign between thousands.
_FRACTION = re.compile(r"(?:(?<![\d.,٫])(\d+)\s?)?([\u00bc-\u00be\u2150-\u215e\u2189])")
_THOUSANDS = re.compile(r"(?<=\d)٬(?=\d{3}(?!\d))")


def _decimal(match: re.Match[str]) -> str:
    """2½ → 2.5, ¼ → 0.25: read as signs one by one it would be 21/2 and 1/4."""
    return f"{int(match[1] or 0) + unicodedata.numeric(match[2]):.4g}"


@lru_cache(maxsize=50_000)
def folded(text: str) -> str:
    """The text in one form of each letter: no accents, vowel signs or kinds of dash, comma and quote, Western digits, decimal points,
    fractions in digits, lower case."""
    digits = _THOUSANDS.sub("", _FRACTION.sub(_decimal, plain(text)))
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", digits))
    return plain(unicodedata.normalize("NFC", apart.translate(_LETTERS)))


def number_of_name(name: str) -> int | None:
    """A number of 64 bits for a name, whatever its blanks, hyphens, accents and capitals; None for one without a letter.

    Two names share a number by chance once in 10^19 / (names of the list), which no reader of a list needs to fear.
    """
    letters = re.sub(r"[\W_]+", "", folded(name))
    if not letters or letters.isdecimal():
        return None
    return int.from_bytes(blake2b(letters.encode(), digest_size=8).digest(), "big")


@cache
def _unknown() -> frozenset[str]:
    return frozenset(folded(word) for word in words()["unknown"])


@lru_cache(maxsize=50_000)
def is_unknown(text: str) -> bool:
    """Whether this says that nothing is known."""
    said = text.strip()
    if len(said) > 60:
        return False
    said = said.lower() if said.isascii() else folded(said)
    return not plain(said) or said in _unknown() or said.rstrip(" .!…。") in _unknown()
