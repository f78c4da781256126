"""A publication as DOCX: styles from the tokens, headings, contents, page numbers, tables with heads, pictures as SVG
with a PNG beside for readers that cannot draw SVG, and everything turned round in Arabic.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from opencompact.language import format_date, translator
from opencompact.look._word import Word
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
from opencompact.look.drawing import Picture, depict, map_note
from opencompact.look.outline import Outline, anchor_label, elsewhere, heading_levels, leads_on, outline
from opencompact.look.pictures import MARGIN, as_png
from opencompact.look.words import named
from opencompact.tables import write_bytes

# What a matrix's states look like in words that any font has.
_STATES = {"full": "■", "part": "◧", "none": "✕", "not-asked": "·"}
# The style of a paragraph that no page parts from what stands below it.
_LEADING = {"body": "Leading", "note": "Leading Note"}


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
        self.words = translator(self.code, "look")
        self.outline: Outline = outline(publication)
        self.word = Word(self.code)
        self._numbers = self.outline.numbers
        self._pictures = self._draw()

    def _draw(self) -> dict[int, tuple[Picture, bytes]]:
        """Every picture, by the identity of its figure or fact, with its PNG."""
        wanted: list[tuple[int, Picture]] = []
        for page in self.publication.pages:
            for block in page.blocks:
                if isinstance(block, Figure):
                    wanted.append((id(block), depict(block.chart, self.code, block.title, block.alt)))
                elif isinstance(block, Facts):
                    wanted += [(id(fact), depict(fact.spark, self.code)) for fact in block.facts if fact.spark]
        drawn = as_png([picture for _, picture in wanted])
        return {key: (picture, png) for (key, picture), png in zip(wanted, drawn, strict=True)}

    def whole(self) -> bytes:
        """The file."""
        self._cover()
        for page in self.publication.pages:
            self._chapter(page)
        self._annex()
        meta = self.publication.meta
        date = datetime.date.fromisoformat(meta.date) if meta.date else datetime.date(2000, 1, 1)
        return self.word.bytes(
            title=self.publication.title,
            subject=self.publication.subtitle,
            author=meta.publisher or "OpenCompact",
            keywords=", ".join(meta.keywords),
            date=date,
            notices=" ".join(
                "".join(s.text for s in n.spans) for n in self.publication.notices if n.kind == "synthetic"
            ),
        )

    def _cover(self) -> None:
        meta = self.publication.meta
        date = format_date(datetime.date.fromisoformat(meta.date), self.code) if meta.date else ""
        self.word.paragraph("Title", (Span(self.publication.title),))
        self.word.paragraph("Subtitle", (Span(self.publication.subtitle),))
        for notice in self.publication.notices:
            self._callout(notice)
        imprint = " · ".join(part for part in (meta.publisher, date, meta.edition, meta.licence) if part)
        self.word.paragraph("Note", (Span(imprint),))
        _ = self.words
        self.word.paragraph("Contents Title", (Span(_("Contents")),))
        self.word.contents([(self.outline.levels[p.slug], p.title, p.slug) for p in self.publication.pages])

    def _chapter(self, page: Page) -> None:
        top = self.outline.levels[page.slug]
        self.word.heading(top, page.title, page.slug)
        if page.lead:
            self._paragraph("Lead", page.lead)
        levels = heading_levels(self.publication, page, top)
        self._blocks(page, page.blocks, levels)

    def _blocks(self, page: Page, blocks: tuple[Block, ...], levels: dict[int, int]) -> None:
        for place, block in enumerate(blocks):
            style = _LEADING.get(block.role) if isinstance(block, Paragraph) else None
            if isinstance(block, Paragraph) and style and leads_on(blocks, place):
                self._paragraph(style, block.spans)
            else:
                self._block(page, block, levels.get(place, 0))

    def _block(self, page: Page, block: Block, level: int) -> None:
        match block:
            case Paragraph():
                style = {"lead": "Lead", "note": "Note", "quote": "Quote", "body": "Normal"}[block.role]
                self._paragraph(style, block.spans)
            case Heading():
                self.word.heading(level, block.text, anchor_label(page.slug, block.anchor))
            case Table():
                self._table(block)
            case Figure():
                self._figure(page, block)
            case Facts():
                self._facts(block)
            case BulletList():
                for item in block.items:
                    self._paragraph("List Number" if block.ordered else "List Bullet", item)
            case Definitions():
                for term, meaning in block.items:
                    self._paragraph("Term", (Span(term, strong=True),))
                    self._paragraph("Normal", meaning)
            case Callout():
                self._callout(block)
            case Matrix():
                self._matrix(block)
            case Contents() if block.title:
                pass
            case Contents():
                for entry in self.publication.below(block.parent):
                    if entry.slug != page.slug:
                        self._paragraph("Normal", (Span(entry.title, href=f"page:{entry.slug}"),))
                        if block.leads and entry.lead:
                            self._paragraph("Note", entry.lead)
            case Disclosure():
                self._paragraph("Term", (Span(block.summary, strong=True),))
                self._blocks(page, block.on_paper, {})

    def _paragraph(self, style: str, spans: Spans) -> None:
        self.word.paragraph(style, tuple(self._aimed(span) for span in spans))

    def _aimed(self, span: Span) -> Span:
        """A span with its link as it is within the document, or without one where it leads nowhere."""
        if not span.href:
            return span
        address = self.publication.meta.address
        target = self.outline.target(span.href, address)
        return Span(self.outline.printed(span.text, span.href, address), span.strong, target, span.language)

    def _callout(self, block: Callout) -> None:
        title = (Span(block.title + "\n", strong=True),) if block.title else ()
        style = "Warning" if block.kind in ("warning", "synthetic", "distress") else "Callout"
        self._paragraph(style, (*title, *block.spans))

    def _table(self, table: Table, caption: str = "") -> None:
        caption = table.caption or caption
        if table.caption:
            self.word.paragraph("Table Caption", (Span(table.caption),))
        numeric = [column.kind == "number" for column in table.columns]
        cells = [[as_cell(cell) for cell in row] for row in table.rows]
        rows = [[self._aimed(Span(c.text, c.strong, c.href, c.language)) for c in row] for row in cells]
        absences = {(n, place): c.absence for n, row in enumerate(cells) for place, c in enumerate(row) if c.absence}
        heads = [column.title for column in table.columns]
        self.word.table(heads, rows, numeric, rules=table.rules, summary=caption, absences=absences)
        if table.note:
            self.word.paragraph("Note", (Span(table.note),))

    def _figure(self, page: Page, figure: Figure) -> None:
        label = anchor_label(page.slug, figure.anchor) if figure.anchor else None
        self.word.paragraph("Finding", (Span(figure.title),), anchor=label)
        self.word.paragraph("Measure", (Span(figure.subtitle),))
        picture, png = self._pictures[id(figure)]
        self.word.picture(picture.alone(MARGIN), png, picture.width + 2 * MARGIN, picture.height, figure.alt)
        number, _ = self._numbers.get(id(figure)), self.words
        caution = map_note(figure.chart, self.code)
        link = (Span(" "), Span(_("Table {n}", n=number), href=f"#table-{number}")) if number else ()
        notes = [*figure.notes, (Span(caution),) if caution else (), figure.source, elsewhere(figure, _)]
        aimed = [tuple(self._aimed(span) for span in note) for note in notes]
        aimed[-2] = (*aimed[-2], *link)
        below = [note for note in aimed if note]
        for place, note in enumerate(below, 1):  # all of a figure stands on one page
            self.word.paragraph("Leading Note" if place < len(below) else "Note", note)

    def _facts(self, block: Facts) -> None:
        for fact in block.facts:
            drawn = self._pictures.get(id(fact))
            if drawn:
                picture, png = drawn
                self.word.picture(
                    picture.alone(MARGIN),
                    png,
                    picture.width + 2 * MARGIN,
                    picture.height,
                    named(fact.label, fact.value, self.code),
                    share=0.2,
                )
            self.word.paragraph("Fact", (Span(fact.value),))
            self._paragraph("Fact Label", (Span(fact.label, href=fact.href),))
            detail = (Span(fact.detail),) if fact.detail else ()
            apart = (Span(" · "),) if fact.detail and fact.source else ()
            if detail or fact.source:
                self._paragraph("Note", (*detail, *apart, *fact.source))

    def _matrix(self, block: Matrix) -> None:
        self.word.paragraph("Table Caption", (Span(block.caption),))
        key = "\u2003".join(f"{_STATES[state]} {words}" for state, words in block.states)
        self.word.paragraph("Table Caption", (Span(key),))
        rows, rules = [], []
        for position, row in enumerate(block.rows):
            if not row.cells:
                rules.append(position)
            label = self._aimed(Span(row.label, strong=not row.cells, href=row.href))
            cells = [Span(f"{_STATES[cell.state]} {cell.text}".strip()) for cell in row.cells]
            rows.append([label, *(cells or [Span("")] * len(block.columns))])
        heads = [block.corner, *block.columns]
        self.word.table(heads, rows, [False] * len(heads), rules=tuple(rules), summary=block.caption, centred=True)

    def _annex(self) -> None:
        if not self.outline.annex:
            return
        _ = self.words
        self.word.heading(1, _("The values as tables"), "annex")
        for entry in self.outline.annex:
            title = f"{_('Table {n}', n=entry.number)} · {entry.figure.title}"
            self.word.heading(2, title, f"table-{entry.number}")
            self.word.paragraph("Measure", (Span(entry.figure.subtitle),))
            self._table(entry.table, entry.figure.title)
