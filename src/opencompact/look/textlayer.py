"""Mends the text layer of a PDF with Arabic: what is copied, searched and read aloud.

A PDF keeps the glyphs of a line from left to right. Readers turn a right-to-left run round again, letter by letter; a
ligature's letters, kept in reading order, come out reversed (لا as ال). The letters of each Arabic ligature are therefore kept
in the order of the line, so that readers turn them back. Shapes are not touched. See docs/decisions/0004.
"""

from __future__ import annotations

import re
from io import BytesIO

_PAIR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def mend_arabic(pdf: bytes) -> bytes:
    """The same PDF with the letters of Arabic ligatures in the order in which lines are kept."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/ToUnicode" in item:
                stream = item["/ToUnicode"]
                before = stream.read_bytes()
                after = turn_ligatures(before)
                if after != before:
                    stream.write(after)
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return out.getvalue()


def turn_ligatures(cmap: bytes) -> bytes:
    """A ToUnicode map with its Arabic entries of several letters turned round."""

    def turned(match: re.Match[bytes]) -> bytes:
        text = bytes.fromhex(match[2].decode("ascii")).decode("utf-16-be", errors="replace")
        letters = [character for character in text if "\u0600" <= character <= "\u06ff"]
        if len(text) < 2 or len(letters) != len(text):
            return match[0]
        return b"<" + match[1] + b"> <" + text[::-1].encode("utf-16-be").hex().upper().encode("ascii") + b">"

    return b"".join(
        _PAIR.sub(turned, part) if part.startswith(b"beginbfchar") else part
        for part in re.split(rb"(?=beginbfchar)|(?<=endbfchar)", cmap)
    )
