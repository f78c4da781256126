"""A publication as DOCX: styles from the tokens, headings, contents, page numbers, tables with heads, pictures as SVG
with a PNG beside for readers that cannot draw SVG, and everything turned round in Arabic.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from opencompact.look.blocks import (
    Block,
    BulletList,
    Callout,
    Contents,
    Definitions,
    Disclosure,
    Facts,
    Figure,
    Heading,
    Matrix,
    Page,
    Paragraph,
    Publication,
    Span,
    Spans,
    Table,
    as_cell,
)
from opencompact.look.drawing import Picture, depict
from opencompact.look.outline import anchor_label, heading_levels, leads_on
from opencompact.look.pictures import MARGIN, as_png
from opencompact.look.printed import Printed
from opencompact.look.word import About, Drawn, Grid, Word
from opencompact.tables import write_bytes

# What a matrix's states look like in words that any font has.
_STATES = {"full": "■", "part": "◧", "none": "✕", "not-asked": "·"}
# The style of a paragraph that no page parts from what stands below it.
_LEADING = {"body": "Leading", "note": "Leading Note"}
_STYLES = {"lead": "Lead", "note": "Note", "quote": "Quote", "body": "Normal"}
_PICTURE = 0.88  # of the width of the text, as in the PDF: two find room on a page


def write_docx(publication: Publication, path: Path) -> Path:
    """Writes a publication as one DOCX file, the same bytes for the same input.

    Raises OutputError where a picture cannot be drawn or the file cannot be written.
    """
    write_bytes(path, assemble(publication))
    return path


def assemble(publication: Publication) -> bytes:
    """A publication as the bytes of a DOCX."""
    return _Assembly(publication).whole()


class _Assembly:
    """Writes one publication, block by block."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.code = publication.language
        self.printed = Printed(publication)
        self.word = Word(self.code)
        self._pictures = self._draw()

    def _draw(self) -> dict[int, Drawn]:
        """Every picture, by the identity of its figure or fact."""
        wanted: list[tuple[int, Picture, str]] = []
        for page in self.publication.pages:
            for block in page.blocks:
                if isinstance(block, Figure):
                    wanted.append((id(block), depict(block.chart, self.code, block.title, block.alt), block.alt))
                elif isinstance(block, Facts):
                    facts = [(fact, depict(fact.spark, self.code)) for fact in block.facts if fact.spark]
                    wanted += [(id(fact), spark, self.printed.fact_alt(fact)) for fact, spark in facts]
        pngs = as_png([picture for _, picture, _alt in wanted])
        return {
            key: Drawn(picture.alone(MARGIN), png, picture.width + 2 * MARGIN, picture.height, alt)
            for (key, picture, alt), png in zip(wanted, pngs, strict=True)
        }

    def whole(self) -> bytes:
        """The file."""
        self._cover()
        for page in self.publication.pages:
            self._chapter(page)
        self._annex()
        return self.word.bytes(self._about())

    def _about(self) -> About:
        publication, meta = self.publication, self.publication.meta
        synthetic = [notice for notice in publication.notices if notice.kind == "synthetic"]
        return About(
            title=publication.title,
            subject=publication.subtitle,
            author=self.printed.author(),
            keywords=", ".join(meta.keywords),
            date=datetime.date.fromisoformat(meta.date) if meta.date else datetime.date(2000, 1, 1),
            notices=" ".join("".join(span.text for span in notice.spans) for notice in synthetic),
        )

    def _cover(self) -> None:
        self.word.paragraph("Title", (Span(self.publication.title),))
        self.word.paragraph("Subtitle", (Span(self.publication.subtitle),))
        for notice in self.publication.notices:
            self._callout(notice)
        self.word.paragraph("Note", (Span(self.printed.imprint()),))
        _, levels = self.printed.words, self.printed.outline.levels
        self.word.paragraph("Contents Title", (Span(_("Contents")),))
        entries = [(levels[page.slug], page.title, page.slug) for page in self.publication.pages]
        if self.printed.outline.annex:
            entries.append((1, _("The values as tables"), "annex"))
        self.word.contents(entries)

    def _chapter(self, page: Page) -> None:
        top = self.printed.outline.levels[page.slug]
        self.word.heading(top, page.title, page.slug)
        if page.lead:
            self._paragraph("Lead", page.lead)
        levels = heading_levels(self.publication, page, top)
        self._blocks(page, page.blocks, levels)

    def _blocks(self, page: Page, blocks: tuple[Block, ...], levels: dict[int, int]) -> None:
        for place, block in enumerate(blocks):
            leads = leads_on(blocks, place)
            match block:
                case Paragraph():
                    style = _LEADING.get(block.role) if leads else None
                    self._paragraph(style or _STYLES[block.role], block.spans)
                case Heading():
                    self.word.heading(levels[place], block.text, anchor_label(page.slug, block.anchor))
                case Callout():
                    self._callout(block, leads=leads)
                case BulletList():
                    self._list(block)
                case Definitions():
                    self._definitions(block)
                case Contents():
                    self._contents(page, block)
                case Disclosure():
                    self._paragraph("Term", (Span(block.summary, strong=True),))
                    self._blocks(page, block.on_paper, {})
                case Table():
                    self._table(block)
                case Figure():
                    self._figure(page, block)
                case Facts():
                    self._facts(block)
                case Matrix():
                    self._matrix(block)

    def _paragraph(self, style: str, spans: Spans) -> None:
        self.word.paragraph(style, self.printed.all_aimed(spans))

    def _callout(self, block: Callout, *, leads: bool = False) -> None:
        title = (Span(block.title + "\n", strong=True),) if block.title else ()
        style = "Warning" if block.kind in ("warning", "synthetic", "distress") else "Callout"
        self._paragraph(f"Leading {style}" if leads else style, (*title, *block.spans))

    def _list(self, block: BulletList) -> None:
        """A list; its first point and the last but one stand with what follows, so that no page parts a single one."""
        style = "List Number" if block.ordered else "List Bullet"
        last = len(block.items) - 1
        for place, item in enumerate(block.items):
            self._paragraph(f"Leading {style}" if place < last and place in (0, last - 1) else style, item)

    def _definitions(self, block: Definitions) -> None:
        for term, meaning in block.items:
            self._paragraph("Term", (Span(term, strong=True),))
            self._paragraph("Normal", meaning)

    def _contents(self, page: Page, block: Contents) -> None:
        if block.title:
            return
        for entry in self.printed.listed(page, block):
            lead = entry.lead if block.leads else ()
            self._paragraph("Link" if lead else "Link Alone", (Span(entry.title, href=f"page:{entry.slug}"),))
            if lead:
                self._paragraph("Link Lead", lead)

    def _table(self, table: Table, caption: str = "") -> None:
        if table.caption:
            self.word.paragraph("Table Caption", (Span(table.caption),))
        cells = [[as_cell(cell) for cell in row] for row in table.rows]
        self.word.table(
            Grid(
                heads=[column.title for column in table.columns],
                rows=[[self.printed.aimed(cell) for cell in row] for row in cells],
                numeric=[column.kind == "number" for column in table.columns],
                rules=table.rules,
                summary=table.caption or caption,
                absences={
                    (n, place): c.absence for n, row in enumerate(cells) for place, c in enumerate(row) if c.absence
                },
            )
        )
        if table.note:
            self.word.paragraph("Note", (Span(table.note),))

    def _figure(self, page: Page, figure: Figure) -> None:
        label = anchor_label(page.slug, figure.anchor) if figure.anchor else None
        self.word.paragraph("Finding", (Span(figure.title),), anchor=label)
        self.word.paragraph("Measure", (Span(figure.subtitle),))
        self.word.picture(self._pictures[id(figure)], share=_PICTURE)
        below = self.printed.below(figure)
        for place, line in enumerate(below, 1):  # all of a figure stands on one page
            self.word.paragraph("Leading Note" if place < len(below) else "Note", line)

    def _facts(self, block: Facts) -> None:
        """Facts two beside each other, as in the PDF; what a fact leads to is its label."""
        cells: list[list[tuple[str, Spans, Drawn | None]]] = []
        for fact in block.facts:
            label, below = Span(fact.label, href=self.printed.inner(fact.href)), self.printed.below_fact(fact)
            cell: list[tuple[str, Spans, Drawn | None]] = [
                ("Fact", (Span(fact.value),), self._pictures.get(id(fact))),
                ("Fact Label", (label,), None),
            ]
            cells.append([*cell, ("Note", below, None)] if below else cell)
        self.word.facts(cells)

    def _matrix(self, block: Matrix) -> None:
        self.word.paragraph("Table Caption", (Span(block.caption),))
        key = "\u2003".join(f"{_STATES[state]} {words}" for state, words in block.states)
        self.word.paragraph("Table Caption", (Span(key),))
        rows, rules = [], []
        for position, row in enumerate(block.rows):
            if not row.cells:
                rules.append(position)
            label = Span(row.label, strong=not row.cells, href=self.printed.inner(row.href))
            cells = [Span(f"{_STATES[cell.state]} {cell.text}".strip()) for cell in row.cells]
            rows.append([label, *(cells or [Span("")] * len(block.columns))])
        heads = [block.corner, *block.columns]
        flat = [False] * len(heads)
        self.word.table(Grid(heads, rows, flat, rules=tuple(rules), summary=block.caption, centred=True))

    def _annex(self) -> None:
        if not self.printed.outline.annex:
            return
        _ = self.printed.words
        self.word.heading(1, _("The values as tables"), "annex")
        for entry in self.printed.outline.annex:
            self.word.heading(2, self.printed.table_title(entry), f"table-{entry.number}")
            self.word.paragraph("Measure", (Span(entry.figure.subtitle),))
            self._table(entry.table, entry.figure.title)
