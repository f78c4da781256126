"""A document that is written from its start to its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from opencompact.look.blocks import Span, Spans
from opencompact.look.word.markup import RELATIONS, bookmark
from opencompact.look.word.package import About, field, save
from opencompact.look.word.pictures import Drawn, Pictures
from opencompact.look.word.styles import SPACED, set_styles
from opencompact.look.word.tables import Grid, side_by_side, table
from opencompact.look.word.writing import Writing

# The distance of a paragraph from the table above it.
_BELOW_TABLE = '<w:spacing w:before="160"/>'


class Word:
    """A document in one language, written from its start to its end."""

    def __init__(self, language: str) -> None:
        import docx

        self._document: Any = docx.Document()
        self._body: list[str] = []
        self._below_table = False
        self._links: dict[str, str] = {}
        self._writing = Writing(language, self._relate)
        self._pictures = Pictures(self._document.part)
        set_styles(self._document, language)

    def paragraph(self, style: str, spans: Spans, *, anchor: str | None = None) -> None:
        """A paragraph of a style; links within the text are `#name`."""
        space = _BELOW_TABLE if self._below_table and style not in SPACED else ""
        self._add(self._writing.paragraph(style, spans, anchor=anchor, extra=space))

    def heading(self, level: int, text: str, anchor: str) -> None:
        """A heading with a name to link to."""
        self._add(self._writing.paragraph(f"Heading {min(level, 4)}", (Span(text),), anchor=anchor))

    def contents(self, entries: Sequence[tuple[int, str, str]]) -> None:
        """The contents: each entry (level, title, name) leads to its chapter and asks for the number of its page. A field over
        the whole (TOC) would hide these from every program but one: they would stand empty until the reader asks for them."""
        for level, title, slug in entries:
            asked = f"<w:r><w:tab/></w:r>{field(f'PAGEREF {bookmark(slug)} {chr(92)}h', ' ', dirty=True)}"
            link = (Span(title, href=f"#{slug}"),)
            self._add(self._writing.paragraph(f"TOC {min(level, 2)}", link, after=asked))

    def table(self, grid: Grid) -> None:
        """A table with a head that is repeated on each page, ruled between groups."""
        self._table(table(grid, self._writing))

    def facts(self, cells: Sequence[Sequence[tuple[str, Spans, Drawn | None]]]) -> None:
        """Paragraphs (a style, words, a small picture behind them), each cell's together, two cells beside each other."""
        made = ["".join(self._small(*part) for part in cell) for cell in cells]
        self._table(side_by_side(made, 2, rtl=self._writing.rtl))

    def _small(self, style: str, spans: Spans, drawn: Drawn | None) -> str:
        picture = self._pictures.run(drawn, share=0.15) if drawn else ""
        return self._writing.paragraph(style, (*spans, Span("\u2003")) if drawn else spans, after=picture)

    def picture(self, drawn: Drawn, *, share: float = 1.0) -> None:
        """A picture over `share` of the width of the text, with a text in place of it."""
        self._add(self._writing.paragraph("Picture", (), after=self._pictures.run(drawn, share)))

    def bytes(self, about: About) -> bytes:
        """The file, the same for the same content."""
        self._part_tables()
        return save(self._document, "".join(self._body), self._writing, about)

    def _add(self, element: str) -> None:
        """The next part of the text. What stands under a table keeps its distance by itself: an empty paragraph there would
        begin a page of its own where the table fills one."""
        self._body.append(element)
        self._below_table = False

    def _table(self, markup: str) -> None:
        self._part_tables()
        self._add(markup)
        self._below_table = True

    def _part_tables(self) -> None:
        """Between two tables, and at the end of the text, Word needs a paragraph."""
        if self._below_table:
            self._add(self._writing.paragraph("After Table", ()))

    def _relate(self, address: str) -> str:
        if address not in self._links:
            kind = f"{RELATIONS}/hyperlink"
            self._links[address] = self._document.part.relate_to(address, kind, is_external=True)
        return self._links[address]
