"""Fonts cut down for the web: WOFF2 files with the characters that a language, or a publication, uses.

Latin, Cyrillic and Arabic are cut to a fixed set of characters, with their shaping and kerning, by fontTools: a second of
work, kept in a cache between runs. Chinese is cut to the characters that a publication uses, by the few lines below, in
hundredths of a second: ideographs need no shaping, and each publication uses others.
"""

from __future__ import annotations

import hashlib
import os
import struct
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from opencompact.look.fonts import font_path
from opencompact.look.measure import is_han
from opencompact.look.tokens import SCRIPTS, families, tokens

# The format of what lies in the cache; raise it when the cutting changes.
_EDITION = "1"

_LATIN = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x218, 0x21C), *range(0x2010, 0x2040), 0x202F, 0x20AC, 0x2122)
_SIGNS = (0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2248, 0x2260, 0x2264, 0x2265, 0x2026, 0x2713, 0x00D7)
_CYRILLIC = tuple(range(0x400, 0x460))
_ARABIC = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *range(0x600, 0x700),
    *range(0x2010, 0x2027),
    0x2030,
    0x2039,
    0x203A,
)
SETS: dict[str, tuple[int, ...]] = {
    "latin": (*_LATIN, *_SIGNS),
    "cyrillic": (*_LATIN, *_SIGNS, *_CYRILLIC),
    "arabic": (*_ARABIC, *_SIGNS),
}


@dataclass(frozen=True)
class Face:
    """A font file of a site: its family and weight, its name, its bytes; `range` where it adds letters to another file."""

    family: str
    weight: int
    name: str
    content: bytes
    range: str = ""


def faces(language: str, text: Iterable[str]) -> tuple[Face, ...]:
    """The font files that a publication needs: its language's own in both weights, and others where words need them.

    `text` is every character shown. Foreign words are set in the regular weight of their script's font.
    """
    used = frozenset(text)
    own, *others = families(language)
    codes, part = _own_set(own, language, used)
    found = [_face(own, weight, codes, part) for weight in (tokens().regular, tokens().strong)]
    missing = {c for c in used if ord(c) > 0x20 and not _has(own, language, c)}
    russian = frozenset(c for c in missing if ord(c) in _CYRILLIC)
    if russian and own == tokens().families["latin"]:
        extra = _face(own, tokens().regular, *_foreign_set(own, language, russian))
        found.append(replace(extra, range="U+400-45F"))
        missing -= russian
    for family in others:
        foreign = frozenset(c for c in missing if _has(family, language, c))
        if foreign:
            found.append(_face(family, tokens().regular, *_foreign_set(family, language, foreign)))
            missing -= foreign
    return tuple(found)


def _own_set(family: str, language: str, used: frozenset[str]) -> tuple[tuple[int, ...], str]:
    """The characters of a language's own font, and the name of that set."""
    script = SCRIPTS[language]
    if script == "han":
        return tuple(sorted({*range(0x20, 0x7F), *(ord(c) for c in used if _has(family, language, c))})), language
    name = "cyrillic" if language == "ru" else script
    return SETS[name], name


def _foreign_set(family: str, language: str, characters: frozenset[str]) -> tuple[tuple[int, ...], str]:
    """Few letters (the names of languages): just these. More: the whole set, which is cut once and kept."""
    if family == tokens().families["han"] or len(characters) <= 16:
        return tuple(sorted(map(ord, characters))), f"words-{language}"
    if family == tokens().families["arabic"]:
        return SETS["arabic"], "arabic"
    name = "cyrillic" if any("\u0400" <= c <= "\u045f" for c in characters) else "latin"
    return SETS[name], name


def _has(family: str, language: str, character: str) -> bool:
    code = ord(character)
    if family == tokens().families["han"]:
        return is_han(character) or (SCRIPTS[language] == "han" and code in _codes(family))
    if family == tokens().families["arabic"]:
        return code in SETS["arabic"] and (code > 0x5FF or SCRIPTS[language] == "arabic")
    return code in SETS["latin" if SCRIPTS[language] == "latin" and language != "ru" else "cyrillic"]


@lru_cache(maxsize=32)
def _face(family: str, weight: int, codes: tuple[int, ...], part: str) -> Face:
    if family == tokens().families["han"]:
        content = woff2(cut(font_path(f"{family} {weight}").read_bytes(), codes))
    else:
        content = _shaped(family, weight, codes)
    return Face(family, weight, f"{family.replace(' ', '')}-{weight}-{part}.woff2", content)


def _shaped(family: str, weight: int, codes: tuple[int, ...]) -> bytes:
    """A font cut by fontTools, from the cache where it is there."""
    key = hashlib.blake2s(f"{_EDITION} {family} {weight} {codes}".encode(), digest_size=12).hexdigest()
    kept = cache_folder() / "fonts" / f"{key}.woff2"
    if kept.is_file():
        return kept.read_bytes()
    content = subset(font_path(f"{family} {weight}"), codes)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        os.replace(name, kept)
    except OSError:  # a cache that cannot be written only costs the next run a second
        pass
    return content


def cache_folder() -> Path:
    """Where what costs time to make is kept between runs; it may be removed at any time."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "opencompact"


def subset(path: Path, codes: Iterable[int]) -> bytes:
    """A font cut by fontTools to those characters, with what shapes them, as WOFF2."""
    from fontTools import subset as cutting

    options = cutting.Options(
        flavor="woff2",
        hinting=False,
        name_IDs=[],
        layout_features=["*"],
        notdef_outline=True,
        drop_tables=["meta", "DSIG"],
    )
    font = cutting.load_font(str(path), options, lazy=True)
    cutter = cutting.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    content = BytesIO()
    cutting.save_font(font, content, options)
    return content.getvalue()


# TrueType, by hand. Tables: https://learn.microsoft.com/typography/opentype/spec/ (cmap 12, glyf, loca, hmtx).


@lru_cache(maxsize=4)
def _codes(family: str) -> dict[int, int]:
    """Character → glyph of a font."""
    return _read_cmap(_tables(font_path(f"{family} {tokens().regular}").read_bytes())["cmap"])


def _tables(font: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from(">H", font, 4)
    found = {}
    for index in range(count):
        tag, _sum, offset, length = struct.unpack_from(">4sLLL", font, 12 + 16 * index)
        found[tag.decode("ascii")] = font[offset : offset + length]
    return found


def _read_cmap(table: bytes) -> dict[int, int]:
    (count,) = struct.unpack_from(">H", table, 2)
    for index in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHL", table, 4 + 8 * index)
        if struct.unpack_from(">H", table, offset)[0] == 12:
            (groups,) = struct.unpack_from(">L", table, offset + 12)
            found: dict[int, int] = {}
            for first, last, glyph in struct.iter_unpack(">LLL", table[offset + 16 : offset + 16 + 12 * groups]):
                found.update(zip(range(first, last + 1), range(glyph, glyph + last - first + 1), strict=True))
            return found
    raise ValueError("the font has no cmap of format 12")


def cut(font: bytes, codes: Iterable[int]) -> dict[str, bytes]:
    """The tables of a TrueType font with only the glyphs of those characters; without shaping, kerning or hints."""
    tables = _tables(font)
    cmap = _read_cmap(tables["cmap"])
    long = struct.unpack_from(">h", tables["head"], 50)[0]
    loca = struct.unpack(f">{len(tables['loca']) // (4 if long else 2)}{'L' if long else 'H'}", tables["loca"])
    starts = loca if long else tuple(2 * place for place in loca)
    mapped = {code: cmap[code] for code in sorted(set(codes)) if code in cmap}
    order = list(dict.fromkeys([0, *mapped.values()]))
    place = {glyph: index for index, glyph in enumerate(order)}
    outlines: list[bytes] = []
    for glyph in order:  # grows while composites name their parts
        outlines.append(_with_parts(tables["glyf"][starts[glyph] : starts[glyph + 1]], order, place))
    return {
        "OS/2": tables["OS/2"],
        "cmap": _write_cmap({code: place[glyph] for code, glyph in mapped.items()}),
        "glyf": b"".join(outlines),
        "head": tables["head"][:8] + bytes(4) + tables["head"][12:50] + struct.pack(">h", 1) + tables["head"][52:],
        "hhea": tables["hhea"][:34] + struct.pack(">H", len(order)),
        "hmtx": _widths(tables, order),
        "loca": struct.pack(f">{len(outlines) + 1}L", *_running(map(len, outlines))),
        "maxp": tables["maxp"][:4] + struct.pack(">H", len(order)) + tables["maxp"][6:],
        "name": struct.pack(">HHH", 0, 0, 6),
        "post": struct.pack(">L", 0x00030000) + tables["post"][4:32],
    }


def _with_parts(outline: bytes, order: list[int], place: dict[int, int]) -> bytes:
    """An outline padded to four bytes, the parts of a composite renumbered (and added to `order`)."""
    if outline and struct.unpack_from(">h", outline)[0] < 0:
        changed, offset, more = bytearray(outline), 10, True
        while more:
            flags, part = struct.unpack_from(">HH", changed, offset)
            if part not in place:
                place[part] = len(order)
                order.append(part)
            struct.pack_into(">H", changed, offset + 2, place[part])
            offset += 4 + (4 if flags & 0x0001 else 2)
            offset += 2 if flags & 0x0008 else 4 if flags & 0x0040 else 8 if flags & 0x0080 else 0
            more = bool(flags & 0x0020)
        outline = bytes(changed)
    return outline + bytes(-len(outline) % 4)


def _widths(tables: dict[str, bytes], order: list[int]) -> bytes:
    (full,) = struct.unpack_from(">H", tables["hhea"], 34)
    hmtx = tables["hmtx"]
    last = hmtx[4 * full - 4 : 4 * full - 2]
    rows = []
    for glyph in order:
        if glyph < full:
            rows.append(hmtx[4 * glyph : 4 * glyph + 4])
        else:
            side = 4 * full + 2 * (glyph - full)
            rows.append(last + hmtx[side : side + 2])
    return b"".join(rows)


def _running(lengths: Iterable[int]) -> list[int]:
    total, found = 0, [0]
    for length in lengths:
        total += length
        found.append(total)
    return found


def _write_cmap(mapped: dict[int, int]) -> bytes:
    groups: list[list[int]] = []
    for code, glyph in sorted(mapped.items()):
        if groups and code == groups[-1][1] + 1 and glyph == groups[-1][2] + code - groups[-1][0]:
            groups[-1][1] = code
        else:
            groups.append([code, code, glyph])
    body = b"".join(struct.pack(">LLL", *group) for group in groups)
    return struct.pack(">HHHHL", 0, 1, 3, 10, 12) + struct.pack(">HHLLL", 12, 0, 16 + len(body), 0, len(groups)) + body


# WOFF2 (W3C Recommendation, 2024), §4–5: the numbers of known tables; glyf and loca as they are (transform 3).
_KNOWN = {
    "cmap": 0,
    "head": 1,
    "hhea": 2,
    "hmtx": 3,
    "maxp": 4,
    "name": 5,
    "OS/2": 6,
    "post": 7,
    "glyf": 10,
    "loca": 11,
}


def woff2(tables: dict[str, bytes]) -> bytes:
    """A WOFF2 file of those tables."""
    import brotli  # type: ignore[import-untyped]

    order = sorted(tables, key=lambda tag: (tag == "loca", tag == "glyf", tag))
    order.remove("loca")
    order.insert(order.index("glyf") + 1, "loca")
    directory = b"".join(
        bytes([_KNOWN[tag] | (3 << 6 if tag in ("glyf", "loca") else 0)]) + _base128(len(tables[tag])) for tag in order
    )
    packed: bytes = brotli.compress(b"".join(tables[tag] for tag in order), mode=brotli.MODE_FONT, quality=9)
    plain = 12 + 16 * len(order) + sum(len(table) + (-len(table) % 4) for table in tables.values())
    length = 48 + len(directory) + len(packed)
    header = struct.pack(">4sLLHHLLHHLLLLL", b"wOF2", 0x00010000, length + (-length % 4), len(order), 0, plain, len(packed), 1, 0, 0, 0, 0, 0, 0)  # fmt: skip
    return header + directory + packed + bytes(-length % 4)


def _base128(value: int) -> bytes:
    digits = [value & 0x7F]
    while value := value >> 7:
        digits.append(value & 0x7F | 0x80)
    return bytes(reversed(digits))
