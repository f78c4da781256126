"""Mends the text layer of a PDF with Arabic: what is copied, searched and read aloud.

A PDF keeps the glyphs of a line from left to right. Readers turn a right-to-left run round again, letter by letter, and so
meet two faults. A ligature's letters, kept in reading order, come out reversed (لا as ال): they are kept in the order of the
line instead. A letter with a vowel sign is two glyphs, and each carries the text of both (أساسًا as أساسًسًا): each is
made to carry its own. Shapes are not touched. See docs/decisions/0004.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from io import BytesIO
from itertools import chain, pairwise
from typing import Any

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_MARK = re.compile(
    rb"/(?P<font>\w+) [\d.]+ Tf|ActualText<FEFF(?P<text>[0-9A-F]+)>|\((?P<glyphs>(?:\\.|[^\\)])*)\)"
    rb"|(?:(?<![A-Za-z<])|(?<=Tm))<(?P<codes>[0-9A-F]+)>|(?P<end>EMC)",
    re.DOTALL,
)
# A replacement text with a sign from fathatan to sukun; its letter is shown within so many bytes of it.
_SIGNED = re.compile(rb"ActualText<FEFF(?:[0-9A-F]{4})*?06(?:4[B-F]|5[0-2])")
_REACH = 1000
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def mend_arabic(pdf: bytes) -> bytes:
    """The same PDF with a text layer that reads as it looks; the same bytes for the same input."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        bare: dict[Any, set[int]] = defaultdict(set)
        for holder in [*document.pages, *filter(_is_form, document.objects)]:
            stream = holder.Contents if isinstance(holder, pikepdf.Page) else holder
            before = stream.read_bytes()
            if _SIGNED.search(before):
                fonts = _fonts(holder)
                maps = {name: read_map(font["/ToUnicode"].read_bytes()) for name, font in fonts.items()}
                after, glyphs = part_doubles(before, maps)
                if after != before:
                    stream.write(after)
                for name, glyph in glyphs:
                    bare[fonts[name].objgen].add(glyph)
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/ToUnicode" in item:
                cmap = item["/ToUnicode"]
                cmap.write(turn_ligatures(cmap.read_bytes(), bare[item.objgen]))
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _is_form(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


def _fonts(holder: Any) -> dict[str, Any]:
    """Name of a font in a page or form → the font, where it says what its glyphs mean."""
    resources = holder.get("/Resources") or {}
    fonts = resources.get("/Font") or {}
    return {name.lstrip("/"): font for name, font in fonts.items() if "/ToUnicode" in font}


def read_map(cmap: bytes) -> dict[int, str]:
    """A ToUnicode map's single entries: glyph → text."""
    return {int(m[1], 16): _text(m[2]) for part in _parts(cmap) if _lists(part) for m in _PAIR.finditer(part)}


def turn_ligatures(cmap: bytes, bare: Collection[int] = ()) -> bytes:
    """A ToUnicode map with its Arabic entries of several letters turned round; the glyphs of `bare` lose their vowel signs."""

    def turned(match: re.Match[bytes]) -> bytes:
        text = _text(match[2])
        if len(text) < 2 or not all("\u0600" <= character <= "\u06ff" for character in text):
            return match[0]
        if int(match[1], 16) in bare:
            text = _apart(text)[0] or text
        return b"<" + match[1] + b"> <" + text[::-1].encode("utf-16-be").hex().upper().encode("ascii") + b">"

    return b"".join(_PAIR.sub(turned, part) if _lists(part) else part for part in _parts(cmap))


def _parts(cmap: bytes) -> list[bytes]:
    return re.split(rb"(?=beginbfchar)|(?<=endbfchar)", cmap)


def _lists(part: bytes) -> bool:
    return part.startswith(b"beginbfchar")


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", errors="replace")


@dataclass
class _Shown:
    """One glyph as it was shown: its text, and where its replacement text stands in the stream, if it has one."""

    text: str
    place: tuple[int, int] | None = None
    glyph: tuple[str, int] | None = None


def part_doubles(stream: bytes, fonts: dict[str, dict[int, str]]) -> tuple[bytes, set[tuple[str, int]]]:
    """A content stream in which a letter and its vowel sign do not both carry the text of both, but each its own.

    Gives also the glyphs (font, number) whose letter's text comes from the font's map, from which the sign is to be taken.
    """
    changes: dict[tuple[int, int], str] = {}
    letters_in_map: set[tuple[str, int]] = set()
    for one, other in chain.from_iterable(pairwise(_read_shown(stream, fonts, *part)) for part in _near_signs(stream)):
        letters, signs = _apart(one.text)
        if one.text != other.text or not letters or not signs:
            continue
        if one.place and other.place:
            changes.setdefault(one.place, signs)
            changes.setdefault(other.place, letters)
        elif place := one.place or other.place:
            changes.setdefault(place, signs)
            letters_in_map |= {shown.glyph for shown in (one, other) if shown.glyph}
    for (start, end), text in sorted(changes.items(), reverse=True):
        stream = stream[:start] + text.encode("utf-16-be").hex().upper().encode("ascii") + stream[end:]
    return stream, letters_in_map


def _apart(text: str) -> tuple[str, str]:
    """The letters of a text and its vowel signs."""
    signs = "".join(character for character in text if unicodedata.combining(character))
    return "".join(character for character in text if not unicodedata.combining(character)), signs


def _near_signs(stream: bytes) -> list[tuple[int, int]]:
    """The parts of a stream around replacement texts with a vowel sign: the only ones that need reading."""
    parts: list[tuple[int, int]] = []
    for found in _SIGNED.finditer(stream):
        start, end = max(0, found.start() - _REACH), found.end() + _REACH
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    return parts


def _read_shown(stream: bytes, fonts: dict[str, dict[int, str]], start: int, end: int) -> list[_Shown]:
    """The glyphs of a part of a stream in its order; a replacement text stands for all the glyphs within it."""
    font, known = "", dict[int, str]()
    shown: list[_Shown] = []
    replaced = False
    for found in _MARK.finditer(stream, start, end):
        if found["font"]:
            font = found["font"].decode("ascii")
            known = fonts.get(font, {})
        elif found["text"]:
            shown.append(_Shown(_text(found["text"]), found.span("text")))
            replaced = True
        elif found["end"]:
            replaced = False
        elif not replaced:
            glyphs = (
                _glyphs(found["glyphs"])
                if found["glyphs"] is not None
                else _pairs(bytes.fromhex(found["codes"].decode()))
            )
            shown += [_Shown(known.get(glyph, ""), None, (font, glyph)) for glyph in glyphs]
    return shown


def _glyphs(literal: bytes) -> list[int]:
    """The two-byte glyph numbers of a literal string."""

    def unescaped(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 0xFF]) if code[:1].isdigit() else _ESCAPED.get(code, code)

    return _pairs(_ESCAPE.sub(unescaped, literal))


def _pairs(raw: bytes) -> list[int]:
    return [raw[index] << 8 | raw[index + 1] for index in range(0, len(raw) - 1, 2)]
