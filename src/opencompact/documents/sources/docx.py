"""DOCX: the paragraphs of the body with their automatic numbers, and the footnotes after the paragraph that bears them.

The package is opened under limits, so that a file that unpacks to gigabytes is refused before it is unpacked, and its
XML is read without entities, without a network and without external parts (OWASP, XML External Entity Prevention).
"""

from __future__ import annotations

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from opencompact.documents.sources.source import SUPERSCRIPTS, Source
from opencompact.errors import InputError
from opencompact.language import said

LARGEST_PART = 48 * 1024 * 1024
LARGEST_RATIO = 150
MOST_PARTS = 5000

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_docx(raw: bytes, path: Path) -> Source:
    """The text of a DOCX file.

    Raises InputError where it is no DOCX, is damaged or cut short, or unpacks to more than the limits.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _refuse_bombs(package, path)
            body = _part(package, "word/document.xml", path)
            notes = _part(package, "word/footnotes.xml", path)
            numbering = _part(package, "word/numbering.xml", path)
            styles = _part(package, "word/styles.xml", path)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as problem:
        raise InputError(
            said("The package is damaged or cut short: {reason}.", reason=problem),
            file=path,
            rule="damaged",
            remedy="Fetch it again.",
        ) from problem
    if body is None:
        raise InputError(
            "This is not a DOCX file.", file=path, rule="format", remedy="Give a DOCX, text, HTML or PDF file."
        )
    return Source(_Story(notes, numbering, styles).text(body), "docx", "utf-8", path)


def _refuse_bombs(package: zipfile.ZipFile, path: Path) -> None:
    parts = package.infolist()
    whole = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts) or 1
    if len(parts) > MOST_PARTS or whole > 4 * LARGEST_PART or (whole > 1024**2 and whole / packed > LARGEST_RATIO):
        raise InputError(
            "The package unpacks to far more than a document holds, and was not opened.",
            file=path,
            value=f"{len(parts)} parts, {whole // 1024**2} MB from {packed // 1024} KB",
            rule="zip-bomb",
            remedy="Do not trust this file; fetch the document from its publisher.",
        )


def _part(package: zipfile.ZipFile, name: str, path: Path) -> Any:
    """The parsed part, or None. What it unpacks to is counted while it is unpacked: the directory may lie."""
    if name not in package.namelist():
        return None
    with package.open(name) as stream:
        content = stream.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise InputError(
            "A part of the package is too large.",
            file=path,
            value=name,
            rule="zip-bomb",
            remedy="Do not trust this file.",
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as problem:
        raise InputError(
            said("A part of the package is not XML: {reason}.", reason=problem.msg),
            file=path,
            value=name,
            rule="damaged",
            remedy="Fetch it again.",
        ) from problem
    if root.getroottree().docinfo.internalDTD is not None:
        raise InputError(
            "A part of the package defines entities.",
            file=path,
            value=name,
            rule="entities",
            remedy="Do not trust this file.",
        )
    return root


class _Story:
    def __init__(self, notes: Any, numbering: Any, styles: Any) -> None:
        self._notes = {
            note.get(f"{_W}id"): note
            for note in (notes.iter(f"{_W}footnote") if notes is not None else ())
            if note.get(f"{_W}type") is None
        }
        self._marks: dict[str, str] = {}
        self._formats = _formats(numbering)
        self._style_numbers = _style_numbers(styles)
        self._counts: dict[str, list[int]] = defaultdict(lambda: [0] * 10)

    def text(self, body: Any) -> str:
        lines: list[str] = []
        for paragraph in body.iter(f"{_W}p"):
            marks: list[str] = []
            line = "".join(self._words(paragraph, marks)).strip()
            if not line:
                continue
            lines += (self._label(paragraph) + line).split("\n")
            lines += [f"{self._marks[mark]} {self._note(mark)}" for mark in marks]
        return "\n\n".join(lines) + "\n"

    def _words(self, paragraph: Any, marks: list[str]) -> Iterator[str]:
        for run in paragraph.iter(f"{_W}r"):
            if next(run.iterancestors(f"{_W}del"), None) is not None:
                continue
            raised = run.find(f"{_W}rPr/{_W}vertAlign")
            is_raised = raised is not None and raised.get(f"{_W}val") == "superscript"
            for piece in run:
                yield self._piece(piece, is_raised, marks)

    def _piece(self, piece: Any, is_raised: bool, marks: list[str]) -> str:
        if piece.tag == f"{_W}t":
            words = str(piece.text or "")
            mark = words.strip()
            if is_raised and mark.isdigit():
                return mark.translate(SUPERSCRIPTS)
            return f"^{mark}" if is_raised and mark.isalpha() and len(mark) == 1 else words
        if piece.tag == f"{_W}footnoteReference" and (note := piece.get(f"{_W}id")) in self._notes:
            self._marks.setdefault(note, str(len(self._marks) + 1).translate(SUPERSCRIPTS))
            marks.append(note)
            return self._marks[note]
        return {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}.get(piece.tag, "")

    def _note(self, identifier: str) -> str:
        words = (piece.text or "" for piece in self._notes[identifier].iter(f"{_W}t"))
        return "".join(words).strip()

    def _label(self, paragraph: Any) -> str:
        number = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        if number is None and style is not None:
            found = self._style_numbers.get(style.get(f"{_W}val"))
        elif number is not None:
            identifier, level = number.find(f"{_W}numId"), number.find(f"{_W}ilvl")
            found = (
                "0" if identifier is None else identifier.get(f"{_W}val"),
                int(level.get(f"{_W}val")) if level is not None else 0,
            )
        else:
            found = None
        if found is None or found not in self._formats:
            return ""
        return self._next_label(*found)

    def _next_label(self, identifier: str, level: int) -> str:
        counts = self._counts[identifier]
        kind, pattern, start = self._formats[identifier, level]
        counts[level] = counts[level] + 1 if counts[level] else start
        for deeper in range(level + 1, 10):
            counts[deeper] = 0
        label = pattern.replace(f"%{level + 1}", _written(counts[level], kind))
        return "" if kind in {"bullet", "none"} or "%" in label else f"{label} "


def _formats(numbering: Any) -> dict[tuple[str, int], tuple[str, str, int]]:
    """(list, level) → kind of number, pattern, first number."""
    if numbering is None:
        return {}
    abstract = {entry.get(f"{_W}abstractNumId"): entry for entry in numbering.iter(f"{_W}abstractNum")}
    found: dict[tuple[str, int], tuple[str, str, int]] = {}
    for entry in numbering.iter(f"{_W}num"):
        link = entry.find(f"{_W}abstractNumId")
        pattern = abstract.get(link.get(f"{_W}val")) if link is not None else None
        for level in pattern.iter(f"{_W}lvl") if pattern is not None else ():
            values = {
                name: (child.get(f"{_W}val") if (child := level.find(f"{_W}{name}")) is not None else None)
                for name in ("numFmt", "lvlText", "start")
            }
            found[entry.get(f"{_W}numId"), int(level.get(f"{_W}ilvl"))] = (
                values["numFmt"] or "decimal",
                values["lvlText"] or "",
                int(values["start"] or 1),
            )
    return found


def _style_numbers(styles: Any) -> dict[str, tuple[str, int]]:
    found = {}
    for style in styles.iter(f"{_W}style") if styles is not None else ():
        number = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        level = style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl")
        if number is not None:
            found[style.get(f"{_W}styleId")] = (
                number.get(f"{_W}val"),
                int(level.get(f"{_W}val")) if level is not None else 0,
            )
    return found


def _written(number: int, kind: str) -> str:
    if kind in {"lowerLetter", "upperLetter"}:
        letter = _LETTERS[(number - 1) % 26] * ((number - 1) // 26 + 1)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in {"lowerRoman", "upperRoman"}:
        roman = _roman(number)
        return roman.upper() if kind == "upperRoman" else roman
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")):
        written += letters * (number // value)
        number %= value
    return written
