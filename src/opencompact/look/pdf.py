"""A publication as PDF: tagged (PDF/UA-1), with contents, page numbers and running heads, the same bytes for the same input.

Typst sets it from `templates/publication.typ` with our fonts alone; Arabic ligatures in the text layer are mended afterwards
(`look.textlayer`, docs/decisions/0004).
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import Any

from opencompact.language import LANGUAGES
from opencompact.look.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    Column,
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
from opencompact.look.drawing import depict, draw
from opencompact.look.outline import anchor_label, heading_levels, leads_on, shares
from opencompact.look.pagination import paginate
from opencompact.look.printed import Printed
from opencompact.look.states import state_mark
from opencompact.look.tokens import families, tokens
from opencompact.look.typesetting import as_pdf, forget, layout
from opencompact.look.words import whole
from opencompact.tables import write_bytes


def write_pdf(publication: Publication, path: Path) -> Path:
    """Writes a publication as one PDF file.

    Raises OutputError where Typst refuses it (a picture without a text, a link to nothing) or the file cannot be written.
    """
    write_bytes(path, typeset(publication))
    return path


def typeset(publication: Publication) -> bytes:
    """A publication as the bytes of a PDF. Raises OutputError as `write_pdf` does."""
    forget()
    data = json.dumps(_Setting(publication).publication(), ensure_ascii=False)
    made = paginate(layout(data))
    if made.closer:
        made = paginate(layout(data, made), made)
    return as_pdf(made.source(), {"publication": data}, publication.meta.date)


class _Setting:
    """Turns a publication into what the template reads: strings, numbers and pictures."""

    def __init__(self, publication: Publication) -> None:
        self.whole = publication
        self.code = publication.language
        self.printed = Printed(publication)
        self.outline = self.printed.outline

    def publication(self) -> dict[str, Any]:
        """The whole."""
        whole, meta, known, _ = self.whole, self.whole.meta, tokens(), self.printed.words
        return {
            "language": self.code,
            "direction": LANGUAGES[self.code].direction,
            "families": list(families(self.code)),
            "leading": known.leading[self.code],
            "tokens": {
                **{name: getattr(known, name) for name in ("small", "body", "large", "display", "strong", "unit")},
                "print_body": known.print_body,
                "colour": known.colour,
            },
            "title": whole.title,
            "subtitle": whole.subtitle,
            "publisher": self.printed.author(),
            "keywords": list(meta.keywords),
            "date": _day(meta.date),
            "imprint": self.printed.imprint(),
            "notices": [self._callout(notice) for notice in whole.notices],
            "words": {
                "contents": _("Contents"),
                "annex": _("The values as tables"),
            },
            "states": {state: state_mark(state) for state in ("full", "part", "none", "not-asked")},
            "chapters": [self._chapter(page) for page in whole.pages],
            "annex": [
                {
                    "number": entry.number,
                    "title": self.printed.table_title(entry),
                    "subtitle": entry.figure.subtitle,
                    "table": self._table(entry.table),
                }
                for entry in self.outline.annex
            ],
        }

    def _chapter(self, page: Page) -> dict[str, Any]:
        top = self.outline.levels[page.slug]
        levels = heading_levels(self.whole, page, top)
        return {
            "slug": page.slug,
            "title": page.title,
            "level": top,
            "lead": self._spans(page.lead),
            "blocks": [
                self._block(page, block, levels.get(place, 0)) | {"keep": leads_on(page.blocks, place)}
                for place, block in enumerate(page.blocks)
                if not (isinstance(block, Contents) and block.title)
            ],
        }

    def _block(self, page: Page, block: Block, level: int) -> dict[str, Any]:
        match block:
            case Paragraph():
                return {"kind": "paragraph", "role": block.role, "spans": self._spans(block.spans)}
            case Heading():
                label = anchor_label(page.slug, block.anchor)
                return {"kind": "heading", "level": level, "text": block.text, "label": label}
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(page, block)
            case Facts():
                return self._facts(block)
            case BulletList():
                return {"kind": "list", "ordered": block.ordered, "items": [self._spans(i) for i in block.items]}
            case Definitions():
                return {"kind": "definitions", "items": [[term, self._spans(text)] for term, text in block.items]}
            case Callout():
                return self._callout(block)
            case Matrix():
                return self._matrix(block)
            case Contents():
                return self._contents(page, block)
            case Disclosure():
                inner = [
                    self._block(page, each, 0) | {"keep": leads_on(block.on_paper, place)}
                    for place, each in enumerate(block.on_paper)
                ]
                return {"kind": "disclosure", "summary": block.summary, "blocks": inner}

    def _spans(self, spans: Spans) -> list[dict[str, Any]]:
        return [self._span(span) for span in spans]

    def _span(self, span: Span | Cell) -> dict[str, Any]:
        aimed = self.printed.aimed(span)
        return {"text": aimed.text, "strong": aimed.strong, "href": aimed.href, "language": aimed.language}

    def _table(self, table: Table) -> dict[str, Any]:
        rows = [
            [
                {**self._span(known), "text": self._cell_text(known, column), "absence": known.absence}
                for known, column in zip(map(as_cell, row), table.columns, strict=True)
            ]
            for row in table.rows
        ]
        return {
            "kind": "table",
            "columns": [
                {"title": column.title, "kind": column.kind, "share": share}
                for column, share in zip(table.columns, shares(table), strict=True)
            ],
            "rows": rows,
            "rules": list(table.rules),
            "caption": table.caption,
            "note": table.note,
        }

    def _cell_text(self, cell: Cell, column: Column) -> str:
        return whole(cell.text, self.code) if column.kind == "number" else cell.text

    def _figure(self, page: Page, figure: Figure) -> dict[str, Any]:
        return {
            "kind": "figure",
            "title": figure.title,
            "subtitle": figure.subtitle,
            "svg": draw(figure.chart, self.code, title=figure.title, description=figure.alt),
            "alt": figure.alt,
            "below": [[vars(span) for span in line] for line in self.printed.below(figure)],
            "label": anchor_label(page.slug, figure.anchor) if figure.anchor else None,
        }

    def _facts(self, block: Facts) -> dict[str, Any]:
        return {
            "kind": "facts",
            "facts": [
                {
                    "label": fact.label,
                    "value": fact.value,
                    "svg": depict(fact.spark, self.code).svg if fact.spark else None,
                    "alt": self.printed.fact_alt(fact),
                    "below": [vars(span) for span in self.printed.below_fact(fact)],
                    "href": self.printed.inner(fact.href),
                }
                for fact in block.facts
            ],
        }

    def _callout(self, block: Callout) -> dict[str, Any]:
        # `kind` says which block it is, so the sort of callout travels as `kind_of`; notices are callouts too.
        return {
            "kind": "callout" if block not in self.whole.notices else block.kind,
            "kind_of": block.kind,
            "title": block.title,
            "spans": self._spans(block.spans),
        }

    def _matrix(self, block: Matrix) -> dict[str, Any]:
        return {
            "kind": "matrix",
            "caption": block.caption,
            "corner": block.corner,
            "columns": list(block.columns),
            "states": [list(state) for state in block.states],
            "words": dict(block.states),
            "rows": [
                {
                    "label": row.label,
                    "href": self.printed.inner(row.href),
                    "cells": [{"state": cell.state, "text": cell.text} for cell in row.cells],
                }
                for row in block.rows
            ],
        }

    def _contents(self, page: Page, block: Contents) -> dict[str, Any]:
        return {
            "kind": "contents",
            "pages": [
                {
                    "slug": entry.slug,
                    "title": entry.title,
                    "lead": "".join(span.text for span in entry.lead) if block.leads else "",
                }
                for entry in self.printed.listed(page, block)
            ],
        }


def _day(date: str) -> dict[str, int] | None:
    if not date:
        return None
    day = datetime.date.fromisoformat(date)
    return {"year": day.year, "month": day.month, "day": day.day}
