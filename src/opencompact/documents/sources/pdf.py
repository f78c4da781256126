"""PDF: the text layer, page by page; numbers set small and raised are recognised as footnote marks."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from opencompact.documents.model import Trouble
from opencompact.documents.sources.source import PAGE_BREAK, SUPERSCRIPTS, Source
from opencompact.errors import InputError, MissingExtraError
from opencompact.language import said

MOST_PAGES = 2000
UNREADABLE = "\ufffd"
"""What stands for a character that the PDF draws but does not name."""


@dataclass(frozen=True)
class _Place:
    baseline: float
    bottom: float
    top: float
    size: float


def read_pdf(raw: bytes, path: Path) -> Source:
    """The text layer of a PDF.

    Raises InputError where the file is damaged, locked, or a scan without text; some pages without text make the result
    partial.
    """
    try:
        import pypdfium2 as pdfium
    except ImportError as problem:
        raise MissingExtraError(
            "Reading PDF needs pypdfium2.", file=path, remedy="Install it: pip install pypdfium2."
        ) from problem
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as problem:
        raise InputError(
            said("The PDF cannot be opened: {reason}.", reason=problem),
            file=path,
            rule="damaged",
            remedy="Fetch it again, without a password.",
        ) from problem
    try:
        pages = [_page(document[number], pdfium) for number in range(min(len(document), MOST_PAGES))]
        title = document.get_metadata_value("Title") or None
    finally:
        document.close()
    return Source(PAGE_BREAK.join(pages), "pdf", None, path, _troubles(pages, path), title=title)


def _troubles(pages: list[str], path: Path) -> tuple[Trouble, ...]:
    empty = [number for number, page in enumerate(pages, start=1) if not page.strip()]
    if len(empty) == len(pages):
        raise InputError(
            "The PDF is a scan: its pages are pictures without text.",
            file=path,
            rule="no-text",
            remedy="Recognise its text first (OCR), or fetch the DOCX or PDF with text from documents.un.org.",
        )
    unreadable = sum(page.count(UNREADABLE) for page in pages)
    troubles = []
    if unreadable:
        troubles.append(
            Trouble(
                "unreadable",
                said(
                    "The PDF does not name {n} of its characters; they stand as {sign}.", n=unreadable, sign=UNREADABLE
                ),
                partial=True,
            )
        )
    if not empty:
        return tuple(troubles)
    return (
        *troubles,
        Trouble(
            "pages-without-text",
            said("Pages without text, left unread: {empty}.", empty=", ".join(map(str, empty))),
            partial=True,
        ),
    )


def _page(page: Any, pdfium: Any) -> str:
    layer = page.get_textpage()
    try:
        letters = _letters(layer, pdfium)
        text = "".join(letter for letter, _ in _raised(letters))
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace(PAGE_BREAK, "\n")
        # PDFium marks a hyphen at the end of a line with characters that are no letters.
        return text.replace("\ufffe", "-").replace("\x02", "-")
    finally:
        layer.close()
        page.close()


def _letters(layer: Any, pdfium: Any) -> list[tuple[str, _Place | None]]:
    """Every character of the page's text layer, in reading order; digits and their neighbours with their place."""
    count = layer.count_chars()
    unicode, raw = pdfium.raw.FPDFText_GetUnicode, layer.raw
    letters = [chr(code) if 0 < (code := unicode(raw, index)) < 0x110000 else UNREADABLE for index in range(count)]
    near = {
        index + step
        for index, letter in enumerate(letters)
        if letter.isdigit()
        for step in range(-4, 5)
        if 0 <= index + step < count
    }
    return [
        (letter, _place(raw, index, pdfium) if index in near and letter.strip() else None)
        for index, letter in enumerate(letters)
    ]


def _place(raw: Any, index: int, pdfium: Any) -> _Place:
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.raw.FPDFText_GetCharOrigin(raw, index, x, y)
    pdfium.raw.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    return _Place(y.value, bottom.value, top.value, pdfium.raw.FPDFText_GetFontSize(raw, index))


def _raised(letters: list[tuple[str, _Place | None]]) -> list[tuple[str, _Place | None]]:
    """The same characters, with digits that stand above the line written as raised digits."""
    return [
        (letter.translate(SUPERSCRIPTS), place)
        if place and letter in "0123456789" and _is_raised(letters, index, place)
        else (letter, place)
        for index, (letter, place) in enumerate(letters)
    ]


def _is_raised(letters: list[tuple[str, _Place | None]], index: int, place: _Place) -> bool:
    for step in (-1, 1, -2, 2, -3, 3, -4, 4):
        if not 0 <= index + step < len(letters):
            continue
        letter, other = letters[index + step]
        if letter in "\r\n" and step < 0:
            continue
        if (
            other is None
            or letter.isdigit()
            or not letter.isalnum()
            or abs(other.baseline - place.baseline) > other.size
        ):
            continue
        return place.bottom - other.baseline > 0.15 * other.size
    return False
