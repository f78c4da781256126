"""Which format a file is, by its first bytes; a text or a page that is named as a PDF or a DOCX is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from opencompact.documents.sources.docx import read_docx
from opencompact.documents.sources.html import looks_like_html, read_html
from opencompact.documents.sources.pdf import read_pdf
from opencompact.documents.sources.source import Source
from opencompact.documents.sources.text import read_text
from opencompact.errors import InputError
from opencompact.language import said
from opencompact.tables.refusals import unreadable

FORMATS = ("text", "docx", "html", "pdf")
LARGEST_FILE = 64 * 1024 * 1024
"""Bytes: a hundred times the longest text of the Compact's follow-up in any format."""

LONGEST_TEXT = 4_000_000
"""Characters: forty times the longest text of the Compact's follow-up in the longest of the six languages."""

# Names that no text and no page has.
_PACKED = (".pdf", ".docx")
_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def open_source(path: Path) -> Source:
    """The text of a file.

    Raises InputError where there is no such file, where it is empty or too large, where it is not text, DOCX, HTML or
    PDF, or where it holds no words (a scanned PDF).
    """
    raw = _bytes_of(path)
    source = _reader_of(raw, path)(raw, path)
    if not source.text.strip():
        raise InputError(
            "The file holds no words.",
            file=path,
            rule="no-text",
            remedy="If it is a scan, recognise its text first (OCR) and give the result.",
        )
    if len(source.text) > LONGEST_TEXT:
        raise InputError(
            "The text is far longer than a document of this kind, and was not read.",
            file=path,
            value=f"{len(source.text)} characters",
            rule="too-large",
            remedy=said("Give a text of at most {most} characters, or its parts one by one.", most=LONGEST_TEXT),
        )
    return source


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise InputError(
                "The file is too large to be a text of this kind.",
                file=path,
                value=path.stat().st_size,
                rule="too-large",
                remedy=said("Give a file of at most {megabytes} MB.", megabytes=LARGEST_FILE // 1024**2),
            )
        raw = path.read_bytes()
    except OSError as problem:
        raise unreadable(path, problem) from problem
    if not raw.strip():
        raise InputError("The file is empty.", file=path, rule="empty", remedy="Fetch it again.")
    return raw


def _reader_of(raw: bytes, path: Path) -> Callable[[bytes, Path], Source]:
    if raw.startswith(b"%PDF") or b"%PDF-" in raw[:1024]:
        return read_pdf
    if raw.startswith(b"PK\x03\x04"):
        return read_docx
    if raw.startswith(_OLD_WORD):
        raise InputError(
            "This is a Word file of before 2007.", file=path, rule="format", remedy="Save it as DOCX and give that."
        )
    if path.suffix.lower() in _PACKED:
        raise InputError(
            said("The file is called {suffix} and is none.", suffix=path.suffix),
            file=path,
            rule="format",
            remedy="Fetch it again; if it is a text, call it .txt, and a page .html.",
        )
    return read_html if looks_like_html(raw) else read_text
