"""What the PDF and the DOCX say alike of a publication, before either is set: they are one text.

Where a link leads on paper, what stands under a figure, what a cover and the annex are called.
"""

from __future__ import annotations

import datetime

from opencompact.language import format_date, translator
from opencompact.look.blocks import Cell, Contents, Fact, Figure, Page, Publication, Span, Spans
from opencompact.look.drawing import map_note
from opencompact.look.outline import AnnexTable, Outline, elsewhere, outline
from opencompact.look.words import named, whole


class Printed:
    """A publication as it is printed; `words` translates what the look itself says."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication
        self.code = publication.language
        self.words = translator(self.code, "look")
        self.outline: Outline = outline(publication)

    def imprint(self) -> str:
        """Who published it, when, which edition, under which licence."""
        meta = self.publication.meta
        date = format_date(datetime.date.fromisoformat(meta.date), self.code) if meta.date else ""
        parts = (meta.publisher, date, meta.edition, meta.licence)
        return " · ".join(whole(part, self.code) for part in parts if part)

    def author(self) -> str:
        """Who stands as the author in what a file says of itself."""
        return self.publication.meta.publisher or "OpenCompact"

    def aimed(self, span: Span | Cell) -> Span:
        """A span with its link as it is within the text, or without one where it leads nowhere."""
        if not span.href:
            return Span(span.text, span.strong, None, span.language)
        address = self.publication.meta.address
        target = self.outline.target(span.href, address)
        return Span(self.outline.printed(span.text, span.href, address), span.strong, target, span.language)

    def all_aimed(self, spans: Spans) -> Spans:
        """Spans with their links as they are within the text."""
        return tuple(self.aimed(span) for span in spans)

    def inner(self, href: str | None) -> str | None:
        """A link within the text, or none."""
        target = self.outline.target(href, None) if href else None
        return target if target and target.startswith("#") else None

    def below(self, figure: Figure) -> list[Spans]:
        """The lines under a picture: what a reader must know, where the values come from with the number of their table in the
        annex, and where a table stands that is too long to be printed."""
        caution, number = map_note(figure.chart, self.code), self.outline.numbers.get(id(figure))
        source = figure.source
        if number:
            apart = (Span(" "),) if source else ()
            source = (*source, *apart, Span(self.table_name(number), href=f"#table-{number}"))
        lines = [*figure.notes, (Span(caution),) if caution else (), source, elsewhere(figure, self.words)]
        return [self.all_aimed(line) for line in lines if line]

    def below_fact(self, fact: Fact) -> Spans:
        """The line under a fact: its year or share, and where it comes from."""
        detail = (Span(fact.detail),) if fact.detail else ()
        apart = (Span(" · "),) if fact.detail and fact.source else ()
        return self.all_aimed((*detail, *apart, *fact.source))

    def fact_alt(self, fact: Fact) -> str:
        """What is read in place of a fact's picture."""
        return named(fact.label, fact.value, self.code)

    def table_name(self, number: int) -> str:
        """What a table of the annex is called."""
        _ = self.words
        return _("Table {n}", n=number)

    def table_title(self, entry: AnnexTable) -> str:
        """The heading of a table of the annex."""
        return f"{self.table_name(entry.number)} · {entry.figure.title}"

    def listed(self, page: Page, block: Contents) -> list[Page]:
        """The pages that a list of contents on a page names."""
        return [entry for entry in self.publication.below(block.parent) if entry.slug != page.slug]
