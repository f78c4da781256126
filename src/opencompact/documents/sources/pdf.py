"""PDF: the text layer, page by page; numbers set small and raised are recognised as footnote marks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from opencompact.documents.model import Trouble
from opencompact.documents.sources.source import PAGE_BREAK, SUPERSCRIPTS, Source
from opencompact.errors import InputError, MissingExtraError

MOST_PAGES = 2000


def read_pdf(raw: bytes, path: Path) -> Source:
    """The text layer of a PDF.

    Raises InputError where the file is damaged, locked, or a scan without text; some pages without text make the result
    partial.
    """
    try:
        import pypdfium2 as pdfium  # type: ignore[import-untyped]
    except ImportError as problem:
        raise MissingExtraError(
            "Reading PDF needs pypdfium2.", file=path, remedy="Install it: pip install pypdfium2."
        ) from problem
    try:
        document = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as problem:
        raise InputError(
            f"The PDF cannot be opened: {problem}.",
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
    if not empty:
        return ()
    return (
        Trouble("pages-without-text", f"Pages without text, left unread: {', '.join(map(str, empty))}.", partial=True),
    )


def _page(page: Any, pdfium: Any) -> str:
    layer = page.get_textpage()
    try:
        text = str(layer.get_text_range()).replace("\r\n", "\n").replace("\r", "\n")
        # PDFium marks a hyphen at the end of a line, and what it could not read, with characters that are no letters.
        text = text.replace("\ufffe", "-").replace("\x02", "-").replace(PAGE_BREAK, "\n")
        return _raise_marks(text, layer, pdfium) if re.search(r"\d", text) else text
    finally:
        layer.close()
        page.close()


def _raise_marks(text: str, layer: Any, pdfium: Any) -> str:
    """The page's text with runs of digits raised where they are set much smaller than what is before or after them."""
    characters = layer.count_chars()
    sizes: list[tuple[str, float]] = []
    for index in range(characters):
        code = pdfium.raw.FPDFText_GetUnicode(layer.raw, index)
        sizes.append((chr(code) if 0 < code < 0x110000 else " ", pdfium.raw.FPDFText_GetFontSize(layer.raw, index)))
    small = [
        (match.start(), match.group())
        for match in re.finditer(r"\d{1,3}", "".join(letter for letter, _ in sizes))
        if _is_small(sizes, match.start(), match.end())
    ]
    if not small:
        return text
    # The text and the list of characters differ in line ends only: walk both.
    raised = list(text)
    letters = "".join(letter for letter, _ in sizes)
    at = 0
    place = {}
    for index, letter in enumerate(letters):
        if letter in "\r\n":
            continue
        found = text.find(letter, at, at + 4)
        if found >= 0:
            place[index] = found
            at = found + 1
    for start, digits in small:
        for offset in range(len(digits)):
            if (where := place.get(start + offset)) is not None:
                raised[where] = raised[where].translate(SUPERSCRIPTS)
    return "".join(raised)


def _is_small(sizes: list[tuple[str, float]], start: int, end: int) -> bool:
    size = sizes[start][1]
    before = next((other for letter, other in reversed(sizes[max(0, start - 3) : start]) if letter.strip()), 0.0)
    after = next((other for letter, other in sizes[end : end + 3] if letter.strip()), 0.0)
    return size > 0 and max(before, after) > 0 and size < 0.8 * max(before, after)
