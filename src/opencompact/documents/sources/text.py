"""Plain text: which encoding it is in, also where it is in two."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from opencompact.documents.model import Trouble
from opencompact.documents.sources.source import Source
from opencompact.errors import InputError
from opencompact.language import counted, said

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Where a file is not UTF-8: what older files in the six languages are written in, and the letters that prove it.
_OLDER = (
    ("gb18030", re.compile("[\u4e00-\u9fff]")),
    ("cp1251", re.compile("[а-яё]{2}")),
    ("cp1256", re.compile("[\u0621-\u064a]{2}")),
    ("cp1252", re.compile("[a-zà-ÿ]{2}")),
)
# A line of an older encoding may happen to be UTF-8 as well: fewer than this share of the lines are no sign of it.
_FEWEST_LINES = 0.05
_COMMON = {
    "gb18030": "的一是在不了有和人这中大为上个国我以要他",
    "cp1251": "оеаинтсрвл",
    "cp1256": "اليمنوترةب",
    "cp1252": "eaionrstlc",
}


def read_text(raw: bytes, path: Path) -> Source:
    """The text of a plain file, in UTF-8 or an older encoding.

    A file that mixes encodings is decoded line by line and says so; what cannot be decoded at all is replaced and makes
    the result partial. Raises InputError for a file that is no text.
    """
    text, encoding, troubles = decode(raw, path)
    return Source(text, "text", encoding, path, troubles)


def decode(raw: bytes, path: Path, declared: str | None = None) -> tuple[str, str, tuple[Trouble, ...]]:
    """Text, encoding, and what was wrong with it."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            try:
                return raw.decode(encoding), encoding, ()
            except UnicodeDecodeError as problem:
                return raw.decode(encoding, "replace"), encoding, (_undecodable(problem.start),)
    if (bare := _sixteen_bits(raw)) is not None:
        return raw.decode(bare, "replace"), bare, ()
    if b"\x00" in raw[:4096]:
        raise InputError("This is not a text.", file=path, rule="format", remedy="Give a text, DOCX, HTML or PDF file.")
    for candidate in ("utf-8", declared):
        if candidate and (whole := _strictly(raw, candidate)) is not None:
            return whole, candidate, ()
    if (cut := _cut_in_a_letter(raw)) is not None:
        return cut, "utf-8", (_undecodable(len(cut) - 1),)
    return _older(raw)


def _sixteen_bits(raw: bytes) -> str | None:
    """UTF-16 without its mark: line ends and digits then have a zero byte always on the same side."""
    if len(raw) % 2:
        return None
    for encoding, line_end in (("utf-16-le", b"\n\x00"), ("utf-16-be", b"\x00\n")):
        text = _strictly(raw, encoding) if line_end in raw else None
        if text and "\x00" not in text and sum(map(str.isprintable, text[:4000])) > 0.9 * len(text[:4000]):
            return encoding
    return None


def _cut_in_a_letter(raw: bytes) -> str | None:
    """UTF-8 that ends within a character, the file being cut short: the text with U+FFFD at its end."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        text = decoder.decode(raw)
    except UnicodeDecodeError:
        return None
    return f"{text}\ufffd" if decoder.getstate()[0] else None


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _older(raw: bytes) -> tuple[str, str, tuple[Trouble, ...]]:
    encoding = _likeliest(raw)
    lines = raw.splitlines(keepends=True)
    decoded = [(line.decode("utf-8"), True) if _is_utf8(line) else (None, False) for line in lines]
    told = sum(1 for line, (text, _) in zip(lines, decoded, strict=True) if text and not line.isascii())
    if told < _FEWEST_LINES * sum(not line.isascii() for line in lines):
        text = raw.decode(encoding, "replace")
        lost = text.count("\ufffd")
        return text, encoding, (_undecodable(text.index("\ufffd")),) if lost else ()
    text = "".join(good or line.decode(encoding, "replace") for line, (good, _) in zip(lines, decoded, strict=True))
    odd = [number for number, (_, good) in enumerate(decoded, start=1) if not good]
    mixed = Trouble(
        "mixed-encodings",
        counted(
            "The file is in UTF-8, and in {encoding} on {n} line, line {first}. Check it.",
            "The file is in UTF-8, and in {encoding} on {n} lines, first on line {first}. Check those lines.",
            len(odd),
            encoding=encoding,
            first=odd[0],
        ),
        partial="\ufffd" in text,
    )
    return text, f"utf-8 + {encoding}", (mixed,)


def _is_utf8(line: bytes) -> bool:
    return _strictly(line, "utf-8") is not None


def _likeliest(raw: bytes) -> str:
    """The older encoding in which most of the bytes above 127 become common letters of its language."""
    sample = b"".join(line for line in raw.splitlines(keepends=True) if not _is_utf8(line))[:20000]

    def score(encoding: str, letters: re.Pattern[str]) -> float:
        text = sample.decode(encoding, "replace")
        foreign = [letter for letter in text if ord(letter) > 127]
        if not foreign:
            return 0.0
        common = sum(text.count(letter) for letter in _COMMON[encoding] if ord(letter) > 127 or encoding == "cp1252")
        return (common - 5 * text.count("\ufffd")) / len(text) * (1 if letters.search(text) else 0.1)

    return max(_OLDER, key=lambda entry: score(*entry))[0]


def _undecodable(at: int) -> Trouble:
    return Trouble(
        "undecodable",
        said("Some bytes are in no encoding of the six languages, first near character {at}; they stand as �.", at=at),
        partial=True,
    )
