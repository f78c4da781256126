"""What a workbook holds beside its values: what is hidden, merged, computed, and shown otherwise than it is kept.

Read from the parts of the file themselves (ECMA-376, part 1, §18): a person who sees the sheet does not see these, and a
reader of values alone does not either.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal
from xml.etree.ElementTree import Element, ParseError, fromstring, iterparse

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN_PERCENT = {9, 10}
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")

#: How a number is shown: as a hundred times what is kept, or in thousands or millions of it.
Shown = Literal["percent", "scaled"]


@dataclass(frozen=True)
class Formula:
    """A cell that is computed: its place, its text without "=", and what the spreadsheet saved as its value, if it did."""

    row: int
    column: int
    text: str
    saved: str | None


@dataclass(frozen=True)
class Facts:
    """What is to be known of one sheet; rows and columns count from 1.

    `merged` are (first row, first column, last row, last column); `shown` says of cells with a number how they are shown
    where that is not as they are kept; `stale` are (row, column, saved value, computed value) of formulas that give
    something else now; `remarks` are (row, column, text) of comments; `hidden_sheets` are the names of the workbook's hidden
    sheets.
    """

    hidden_sheets: tuple[str, ...] = ()
    hidden_rows: tuple[int, ...] = ()
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    remarks: tuple[tuple[int, int, str], ...] = ()
    formulas: tuple[Formula, ...] = ()
    shown: Mapping[tuple[int, int], Shown] = field(default_factory=dict)
    stale: tuple[tuple[int, int, float, float], ...] = ()


class Workbook:
    """The parts of an XLSX file. Raises KeyError, ParseError or BadZipFile where it is damaged."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))

    @cached_property
    def _sheets(self) -> list[Element]:
        return list(fromstring(self._archive.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"))

    @property
    def visible(self) -> list[str]:
        """Names of the sheets that a person sees, in order."""
        return [sheet.get("name", "") for sheet in self._sheets if sheet.get("state", "visible") == "visible"]

    @property
    def hidden(self) -> list[str]:
        """Names of the sheets that nobody sees who opens the file."""
        return [sheet.get("name", "") for sheet in self._sheets if sheet.get("state", "visible") != "visible"]

    def facts(self, name: str) -> Facts:
        """The facts of the sheet of that name."""
        rows: list[int] = []
        columns: list[int] = []
        merged: list[tuple[int, int, int, int]] = []
        formulas: list[Formula] = []
        shown: dict[tuple[int, int], Shown] = {}
        for element in self._elements(name):
            kind = element.tag.removeprefix(_MAIN)
            if kind == "row":
                rows += [int(element.get("r", 0))] if element.get("hidden") in ("1", "true") else []
                element.clear()
            elif kind == "c":
                self._cell(element, formulas, shown)
            elif kind == "col" and element.get("hidden") in ("1", "true"):
                columns += range(int(element.get("min", 1)), min(int(element.get("max", 1)), 1024) + 1)
            elif kind == "mergeCell":
                merged.append(_span(element.get("ref", "A1")))
        remarks = tuple(self._remarks(name))
        return Facts(tuple(self.hidden), tuple(rows), tuple(columns), tuple(merged), remarks, tuple(formulas), shown)

    def _elements(self, name: str) -> Iterator[Element]:
        """The elements of a sheet as each ends: cells before their row, rows before what is said of the sheet."""
        with self._archive.open(self._part(name)) as stream:
            for _, element in iterparse(stream):
                yield element

    def _part(self, name: str) -> str:
        """Where in the archive a sheet lies."""
        sheet = next(sheet for sheet in self._sheets if sheet.get("name") == name)
        links = fromstring(self._archive.read("xl/_rels/workbook.xml.rels"))
        target = next(link.get("Target", "") for link in links if link.get("Id") == sheet.get(_LINK))
        return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def _remarks(self, name: str) -> Iterator[tuple[int, int, str]]:
        """The comments on cells of a sheet."""
        folder, _, file = self._part(name).rpartition("/")
        relations = f"{folder}/_rels/{file}.rels"
        if relations not in self._archive.namelist():
            return
        for link in fromstring(self._archive.read(relations)):
            if link.get("Type", "").endswith("/comments"):
                part = posixpath.normpath(posixpath.join("/", folder, link.get("Target", ""))).lstrip("/")
                for remark in fromstring(self._archive.read(part)).iter(f"{_MAIN}comment"):
                    text = "".join(piece.text or "" for piece in remark.iter(f"{_MAIN}t"))
                    yield (*place(remark.get("ref", "A1")), text.strip())

    def _cell(self, cell: Element, formulas: list[Formula], shown: dict[tuple[int, int], Shown]) -> None:
        formula, value = cell.find(f"{_MAIN}f"), cell.find(f"{_MAIN}v")
        style = self._styles.get(int(cell.get("s", 0)))
        if formula is None and style is None:
            return
        row, column = place(cell.get("r", "A1"))
        if formula is not None:
            saved = None if value is None or not value.text else value.text
            formulas.append(Formula(row, column, formula.text or "", saved))
        if style is not None and value is not None and cell.get("t", "n") == "n":
            shown[(row, column)] = style

    @cached_property
    def _styles(self) -> dict[int, Shown]:
        """By the number of a cell's style: how it shows a number, where that is not as it is kept."""
        if "xl/styles.xml" not in self._archive.namelist():
            return {}
        styles = fromstring(self._archive.read("xl/styles.xml"))
        codes = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in styles.iter(f"{_MAIN}numFmt")}
        cells = styles.find(f"{_MAIN}cellXfs")
        found = {index: _shown(int(each.get("numFmtId", 0)), codes) for index, each in enumerate(cells or ())}
        return {index: how for index, how in found.items() if how}


def _shown(number: int, codes: Mapping[int, str]) -> Shown | None:
    code = re.sub(r'"[^"]*"|\\.', "", codes.get(number, "")).split(";")[0]
    if number in _BUILT_IN_PERCENT or "%" in code:
        return "percent"
    return "scaled" if _SCALED.search(code) else None


def place(name: str) -> tuple[int, int]:
    """Row and column of a cell: "C2" → (2, 3)."""
    found = _REFERENCE.fullmatch(name)
    if found is None:
        raise ParseError(f"no cell is called {name}")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def reference(row: int, column: int) -> str:
    """The name of a cell: (2, 3) → "C2"."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _span(cells: str) -> tuple[int, int, int, int]:
    first, _, last = cells.partition(":")
    return (*place(first), *place(last or first))
