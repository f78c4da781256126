"""Mends the text layer of a PDF with Arabic: what is copied, searched and read aloud.

A PDF keeps the glyphs of a line from left to right. Readers turn a right-to-left run round again, glyph by glyph, and so meet
four faults, each mended here without a change to what is seen (docs/decisions/0004):

* a ligature's letters, kept in reading order, come out reversed (لا as ال): they are kept in the order of the line;
* a letter with a vowel sign is two glyphs, often at two heights, that each carry the text of both, and readers part them, put
  them in two lines or tell both twice: the letter's glyph gets a number of its own that carries both, and the sign is drawn;
* a replacement text in the midst of a word parts it: none is needed where each glyph means one thing;
* a wide gap within a word (أك) is read as a space: what is too much of it is given to the other side of the letter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from typing import Any

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")
_ARABIC_PAIR = re.compile(rb"<[0-9A-Fa-f]+>\s*<06")
# A literal string; round brackets that match stand in it as they are, hardly ever more than four within one another.
_LITERAL = rb"\((?:\\.|[^\\()])*\)"
for _ in range(4):
    _LITERAL = rb"\((?:\\.|[^\\()]|" + _LITERAL + rb")*\)"
_PART = re.compile(
    rb"/(?P<font>\w+) (?P<size>[\d.]+) Tf\s*(?P<matrix>(?:-?[\d.]+ ){6})Tm\s*"
    rb"(?P<shown>\[(?:" + _LITERAL + rb"|[^\]()])*\]\s*TJ|" + _LITERAL + rb"\s*Tj|<[0-9A-Fa-f]*>\s*Tj)"
    rb"|(?P<span>/Span<</ActualText(?:<FEFF(?P<text>(?:06[0-9A-F]{2})+)>|\(\))>>BDC)|(?P<open>B[MD]C)|(?P<close>EMC)|(?P<end>ET)(?=\s)",
    re.DOTALL,
)
_PIECE = re.compile(rb"(?P<literal>" + _LITERAL + rb")|<(?P<hex>[0-9A-Fa-f]*)>|(?P<number>-?[\d.]+)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}
# In thousandths of the size of the letters: readers take a gap of a tenth for a space.
_WIDEST_GAP = 80


def mend_arabic(pdf: bytes) -> bytes:
    """The same PDF with a text layer that reads as it looks; the same bytes for the same input."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        known: dict[Any, MendedFont] = {}
        for holder in [*document.pages, *filter(_is_form, document.objects)]:
            fonts = _fonts(holder, known)
            if any(font.arabic for font in fonts.values()):
                stream = holder.Contents if isinstance(holder, pikepdf.Page) else holder
                before = stream.read_bytes()
                after = mend_stream(before, fonts)
                if after != before:
                    stream.write(after)
        for font in known.values():
            if font.arabic:
                font.write(document)
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def _is_form(item: Any) -> bool:
    import pikepdf

    return isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"


def _fonts(holder: Any, known: dict[Any, MendedFont]) -> dict[bytes, MendedFont]:
    """Name of a font in a page or form → the font, where it says what its glyphs mean."""
    fonts = (holder.get("/Resources") or {}).get("/Font") or {}
    named = {}
    for name, font in fonts.items():
        if "/ToUnicode" in font:
            if font.objgen not in known:
                known[font.objgen] = MendedFont(font)
            named[name.lstrip("/").encode("ascii")] = known[font.objgen]
    return named


class MendedFont:
    """A font of the PDF, the meaning of its glyphs, and the numbers given to glyphs that mean more than the glyph alone."""

    def __init__(self, font: Any) -> None:
        self.font = font
        self._cmap: bytes = font["/ToUnicode"].read_bytes()
        self.arabic = _ARABIC_PAIR.search(self._cmap) is not None
        self.meanings = read_map(self._cmap) if self.arabic else {}
        self.numbers: dict[tuple[int, str], int] = {}
        self.untouched: set[bytes] = set()

    @cached_property
    def widths(self) -> dict[int, float]:
        """Glyph → how far it moves on, in thousandths of the size."""
        entries = iter(self.font.DescendantFonts[0].W)
        return {
            glyph: float(width)
            for first, last, width in zip(entries, entries, entries, strict=True)
            for glyph in range(int(first), int(last) + 1)
        }

    @cached_property
    def _outlines(self) -> Any:
        from fontTools.ttLib import TTFont

        descriptor = self.font.DescendantFonts[0].FontDescriptor
        return TTFont(BytesIO(descriptor.FontFile2.read_bytes()), lazy=True)

    def is_sign(self, glyph: int, text: str) -> bool:
        """Whether a glyph is a vowel sign over or under its letter."""
        return bool(_signs(text)) and not self.widths.get(glyph)

    def is_letter(self, item: int | float) -> bool:
        """Whether a piece of a run is an Arabic glyph, and no move, space or sign of another script."""
        return isinstance(item, int) and (item not in self.meanings or _is_arabic(self.meanings[item]))

    def number(self, glyph: int, text: str) -> int:
        """The number of a glyph that means a text: its own, or one more where it means the letters alone elsewhere."""
        if text == _letters(self.meanings.get(glyph, "")):
            return glyph
        return self.numbers.setdefault((glyph, text), max(self.meanings) + 1 + len(self.numbers))

    def drawn(self, glyph: int) -> tuple[bytes, int]:
        """The outline of a glyph as operators, and the units of its em."""
        from fontTools.pens.basePen import BasePen

        operators: list[str] = []

        class Pen(BasePen):  # type: ignore[misc]
            def _moveTo(self, pt: Any) -> None:
                operators.append(_operator("m", pt))

            def _lineTo(self, pt: Any) -> None:
                operators.append(_operator("l", pt))

            def _curveToOne(self, pt1: Any, pt2: Any, pt3: Any) -> None:
                operators.append(_operator("c", pt1, pt2, pt3))

            def _closePath(self) -> None:
                operators.append("h")

        shapes = self._outlines.getGlyphSet()
        shapes[self._outlines.getGlyphName(glyph)].draw(Pen(shapes))
        return " ".join(operators).encode("ascii"), int(self._outlines["head"].unitsPerEm)

    def write(self, document: Any) -> None:
        """Puts the mended meanings, and the new numbers with their glyphs and widths, into the PDF."""
        self.font["/ToUnicode"].write(mend_map(self._cmap, {new: text for (_, text), new in self.numbers.items()}))
        if not self.numbers:
            return
        shapes = self.font.DescendantFonts[0]
        glyphs = dict(enumerate(range(max(self.meanings) + 1))) | {new: old for (old, _), new in self.numbers.items()}
        shapes.CIDToGIDMap = document.make_stream(b"".join(glyphs[n].to_bytes(2, "big") for n in sorted(glyphs)))
        for (old, _), new in self.numbers.items():
            shapes.W.extend([new, new, self.widths.get(old, 0)])
        if "/CIDSet" in shapes.FontDescriptor:
            del shapes.FontDescriptor.CIDSet


def _operator(name: str, *points: tuple[float, float]) -> str:
    return " ".join(f"{value:.6g}" for point in points for value in point) + " " + name


def read_map(cmap: bytes) -> dict[int, str]:
    """A ToUnicode map's single entries: glyph → text."""
    return {int(m[1], 16): _text(m[2]) for part in _parts(cmap) if _lists(part) for m in _PAIR.finditer(part)}


def mend_map(cmap: bytes, more: dict[int, str]) -> bytes:
    """A ToUnicode map in which Arabic glyphs mean their letters without signs, in the order of the line, with more entries.

    A glyph that is a sign and nothing else keeps its text.
    """

    def turned(match: re.Match[bytes]) -> bytes:
        text = _text(match[2])
        return _entry(int(match[1], 16), _letters(text)[::-1] or text) if _is_arabic(text) else match[0]

    mended = b"".join(_PAIR.sub(turned, part) if _lists(part) else part for part in _parts(cmap))
    entries = [_entry(number, text[::-1]) for number, text in sorted(more.items())]
    sections = [entries[start : start + 100] for start in range(0, len(entries), 100)]
    added = b"".join(b"%d beginbfchar\n%s\nendbfchar\n" % (len(each), b"\n".join(each)) for each in sections)
    head, found, tail = mended.rpartition(b"endbfchar\n")
    return head + found + added + tail


def _entry(number: int, text: str) -> bytes:
    return b"<%04X> <%s>" % (number, text.encode("utf-16-be").hex().upper().encode("ascii"))


def _parts(cmap: bytes) -> list[bytes]:
    return re.split(rb"(?=beginbfchar)|(?<=endbfchar)", cmap)


def _lists(part: bytes) -> bool:
    return part.startswith(b"beginbfchar")


def _text(digits: bytes) -> str:
    return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be", errors="replace")


def _is_arabic(text: str) -> bool:
    return bool(text) and all("\u0600" <= character <= "\u06ff" for character in text)


def _letters(text: str) -> str:
    return "".join(character for character in text if not unicodedata.combining(character))


def _signs(text: str) -> str:
    return "".join(character for character in text if unicodedata.combining(character))


@dataclass
class _Span:
    """A replacement text, where it stands, the glyphs that are letters and the marked contents that are open within it.

    In pictures a sign carries the text of its letter too, and the letter none: it owes its text to the sign before it.
    """

    text: str
    place: tuple[int, int]
    letters: int = 0
    depth: int = 1

    @property
    def needless(self) -> bool:
        return self.letters <= 1 and bool(self.text)


@dataclass
class _Edits:
    """What is to be put where in a stream; drawings that wait for the end of their text; the text of a sign that was drawn."""

    changes: list[tuple[tuple[int, int], bytes]] = field(default_factory=list)
    drawings: list[bytes] = field(default_factory=list)
    cluster: str = ""

    def apply(self, stream: bytes) -> bytes:
        pieces, done = [], 0
        for (start, end), text in sorted(self.changes):
            pieces += [stream[done:start], text]
            done = end
        return b"".join([*pieces, stream[done:]])


def mend_stream(stream: bytes, fonts: dict[bytes, MendedFont]) -> bytes:
    """A content stream in which each Arabic glyph means one thing and vowel signs are drawn, not shown as text."""
    edits = _Edits()
    span: _Span | None = None
    for part in _PART.finditer(stream):
        if part["span"]:
            span = _Span(_text(part["text"] or b""), part.span())
        elif span and part["open"]:
            span.depth += 1
        elif span and part["close"]:
            span.depth -= 1
            if not span.depth:
                if span.needless:
                    edits.changes.append((span.place, b"/Span BMC"))
                span = None
        elif part["end"] and edits.drawings:
            edits.changes.append(((part.end(), part.end()), b"".join(edits.drawings)))
            edits.drawings = []
        elif (font := fonts.get(part["font"])) and font.arabic and (span or part["shown"] not in font.untouched):
            _mend_run(part, font, span, edits)
    return edits.apply(stream)


def _mend_run(part: re.Match[bytes], font: MendedFont, span: _Span | None, edits: _Edits) -> None:
    """Notes what is to be changed in a run of glyphs."""
    pieces = list(_pieces(part["shown"]))
    run = _Run(part, font)
    for piece in pieces:
        if isinstance(piece, float):
            run.move(piece)
            continue
        text = span.text if span else font.meanings.get(piece, "")
        if font.is_sign(piece, text):
            edits.cluster = text
            run.draw(piece)
            continue
        if span:
            span.text = text = text or edits.cluster
            span.letters += 1
        run.keep(piece, text)
        edits.cluster = ""
    items = _without_wide_gaps(run.items, font)
    if items != pieces:
        edits.changes.append((part.span("shown"), _shown(items)))
        edits.drawings += run.drawings
    elif not span:
        font.untouched.add(part["shown"])


class _Run:
    """Glyphs and moves of one run, taken one after the other: the letters kept, the signs drawn where they stood."""

    def __init__(self, part: re.Match[bytes], font: MendedFont) -> None:
        self.font, self.size = font, float(part["size"])
        self.matrix = [float(value) for value in part["matrix"].split()]
        self.along = 0.0
        self.items: list[int | float] = []
        self.drawings: list[bytes] = []

    def move(self, back: float) -> None:
        self.along -= back
        self.items.append(back)

    def keep(self, glyph: int, text: str) -> None:
        self.items.append(self.font.number(glyph, text) if _is_arabic(text) else glyph)
        self.along += self.font.widths.get(glyph, 0.0)

    def draw(self, glyph: int) -> None:
        self.drawings.append(self._drawing(glyph))

    def _drawing(self, glyph: int) -> bytes:
        path, units = self.font.drawn(glyph)
        a, b, c, d, e, f = self.matrix
        scale, move = self.size / units, self.along * self.size / 1000
        placed = (a * scale, b * scale, c * scale, d * scale, e + a * move, f + b * move)
        return b"\nq %s cm %s f Q" % (" ".join(f"{value:.6g}" for value in placed).encode("ascii"), path)


def _without_wide_gaps(items: list[int | float], font: MendedFont) -> list[int | float]:
    """The same run where no gap between two letters is so wide that it reads as a space: the rest goes behind the letter."""
    out: list[int | float] = []
    owed = 0.0
    for place, item in enumerate(items):
        within = 0 < place < len(items) - 1 and font.is_letter(items[place - 1]) and font.is_letter(items[place + 1])
        if isinstance(item, float) and item < -_WIDEST_GAP and within:
            out.append(float(-_WIDEST_GAP))
            owed = item + _WIDEST_GAP
            continue
        out.append(item)
        if isinstance(item, int) and owed:
            out.append(owed)
            owed = 0.0
    return out


def _shown(items: Iterable[int | float]) -> bytes:
    """A run as an array to show."""
    parts = [b"<%04X>" % item if isinstance(item, int) else f"{item:g} ".encode("ascii") for item in items]
    return b"[" + b"".join(parts).replace(b"><", b"") + b"]TJ"


def _pieces(shown: bytes) -> Iterator[int | float]:
    """The glyphs (whole numbers) and moves (with a point) of what is shown, in order."""
    for piece in _PIECE.finditer(shown):
        if piece["number"] is not None:
            yield float(piece["number"])
        else:
            raw = (
                _unescaped(piece["literal"][1:-1])
                if piece["hex"] is None
                else bytes.fromhex(piece["hex"].decode("ascii"))
            )
            yield from (raw[index] << 8 | raw[index + 1] for index in range(0, len(raw) - 1, 2))


def _unescaped(literal: bytes) -> bytes:
    def byte(match: re.Match[bytes]) -> bytes:
        code = match[1]
        return bytes([int(code, 8) & 0xFF]) if code[:1].isdigit() else _ESCAPED.get(code, code)

    return _ESCAPE.sub(byte, literal)
