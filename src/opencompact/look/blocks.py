"""What a publication is made of, before it is a site, a PDF or a document.

A `Publication` is one text in one language: pages in reading order, each a tuple of blocks. Blocks carry words that are
already in that language and charts that are already chosen; they hold no language logic and no layout. The same
publication goes to `look.site.write_site`, `look.pdf.write_pdf` and `look.docx.write_docx`, so the three say the same.

Addresses (`href`) are of three kinds: `page:SLUG` or `page:SLUG#ANCHOR` is a page of the same publication (a link within
the site, the PDF and the document); `file:PATH` is a file beside the site, by its path from the site's root (a relative
link on the site; in PDF and DOCX a link only where `Meta.address` says where the site is published); anything else is
taken as it is (`https://…`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from opencompact.look.charts.chart import Chart


@dataclass(frozen=True)
class Span:
    """A run of words. `language` marks words in another language than the publication's (an official title, a name)."""

    text: str
    strong: bool = False
    href: str | None = None
    language: str | None = None


Spans: TypeAlias = tuple[Span, ...]


def spans(*parts: str | Span) -> Spans:
    """Words and spans as spans: `spans("In 2024, ", Span("1.2 million", strong=True), " people …")`."""
    return tuple(Span(part) if isinstance(part, str) else part for part in parts)


@dataclass(frozen=True)
class Paragraph:
    """A paragraph; `role` is `body`, `lead` (the first sentence of a page, larger), `note` (small), `quote`."""

    spans: Spans
    role: Literal["body", "lead", "note", "quote"] = "body"


def paragraph(*parts: str | Span, role: Literal["body", "lead", "note", "quote"] = "body") -> Paragraph:
    """A paragraph of words and spans."""
    return Paragraph(spans(*parts), role)


@dataclass(frozen=True)
class Heading:
    """A heading within a page: level 2 or 3 (level 1 is the page's title); `anchor` is unique on its page."""

    level: Literal[2, 3]
    text: str
    anchor: str


# Why a cell has no number. The writers mark each in its own way; none of them is ever blank or zero.
Absence: TypeAlias = Literal["", "missing", "not-collected", "suppressed", "not-applicable"]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its text as shown, `absence` where it stands for no value, an explanation in `note`."""

    text: str
    href: str | None = None
    absence: Absence = ""
    note: str = ""
    strong: bool = False
    language: str | None = None


def as_cell(value: str | Cell) -> Cell:
    """A cell, made of words alone where it is words."""
    return value if isinstance(value, Cell) else Cell(value)


@dataclass(frozen=True)
class Column:
    """A column of a table; a `number` column is set with tabular figures, against the end of the line."""

    title: str
    kind: Literal["text", "number"] = "text"


@dataclass(frozen=True)
class Table:
    """A table. The first cell of each row is its header. `rules` are row numbers (from 0) above which a line is drawn."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str | Cell, ...], ...]
    caption: str = ""
    note: str = ""
    rules: tuple[int, ...] = ()


@dataclass(frozen=True)
class Figure:
    """A chart or map with all that belongs to it.

    `title` is the finding, `subtitle` the measure, unit and years, `alt` what the picture shows in words, `table` the same
    values as a table, `source` where they come from and of which vintage, `data_href` the rows (usually `file:data/….csv`),
    `notes` what a reader must know (breaks, partial years, the disclaimer of a map is added by itself).
    """

    title: str
    subtitle: str
    chart: Chart
    table: Table | None
    alt: str
    source: Spans = ()
    data_href: str | None = None
    notes: tuple[Spans, ...] = ()
    anchor: str | None = None


@dataclass(frozen=True)
class Fact:
    """One fact of a page's summary: a large `value` as shown ("1.2 million"), what it is, its year or share, its trend."""

    label: str
    value: str
    detail: str = ""
    spark: Chart | None = None
    source: Spans = ()
    href: str | None = None


@dataclass(frozen=True)
class Facts:
    """Six to eight facts side by side."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class BulletList:
    """A list; each item is spans."""

    items: tuple[Spans, ...]
    ordered: bool = False


@dataclass(frozen=True)
class Definitions:
    """Terms and what they mean (glossary, methods, sources)."""

    items: tuple[tuple[str, Spans], ...]


CalloutKind: TypeAlias = Literal["note", "warning", "synthetic", "translation", "distress", "gap"]


@dataclass(frozen=True)
class Callout:
    """A line set apart: a `note`, a `warning`, `synthetic` data, an unreviewed `translation`, content that may hurt
    (`distress`), something that cannot be said (`gap`)."""

    kind: CalloutKind
    spans: Spans
    title: str = ""


@dataclass(frozen=True)
class MatrixCell:
    """`state` is how much there is: full, part, none (asked for and missing), or not asked; `text` says it in a few words."""

    state: Literal["full", "part", "none", "not-asked"]
    text: str = ""


@dataclass(frozen=True)
class MatrixRow:
    """A row of a matrix: its label, where it leads, its cells. A row with no cells is the heading of a group."""

    label: str
    cells: tuple[MatrixCell, ...] = ()
    href: str | None = None


@dataclass(frozen=True)
class Matrix:
    """A matrix of what can be said: rows (objectives, under round tables) by columns (at all, by sex, by age, …).

    Each state is a mark, a shade and a word, never a colour alone. `states` gives the words of the key.
    """

    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]
    caption: str
    states: tuple[tuple[Literal["full", "part", "none", "not-asked"], str], ...]
    corner: str = ""


@dataclass(frozen=True)
class Contents:
    """The list of pages: those below `parent` (a slug), or all of them; with their leads where `leads` is true.

    With a `title` it is a part of its own on the site and left out in print, which has its contents in front.
    """

    parent: str | None = None
    leads: bool = False
    title: str = ""


@dataclass(frozen=True)
class Disclosure:
    """Blocks behind a line that the reader opens, without script: the rest of what was begun above.

    On paper there is nothing to open: a printed page shows all of it under that line, and so do PDF and DOCX, unless what they
    show is `printed`: the same said shorter, with where to find the rest.
    """

    summary: str
    blocks: tuple[Paragraph | Table | BulletList | Definitions | Callout, ...]
    printed: tuple[Paragraph | Table | BulletList | Definitions | Callout, ...] = ()

    @property
    def on_paper(self) -> tuple[Paragraph | Table | BulletList | Definitions | Callout, ...]:
        """What PDF and DOCX show under the line."""
        return self.printed or self.blocks


Block: TypeAlias = (
    Paragraph | Heading | Table | Figure | Facts | BulletList | Definitions | Callout | Matrix | Contents | Disclosure
)


@dataclass(frozen=True)
class Page:
    """One page: the question it answers is its `title`, the answer its `lead`. The first page's slug is `index`.

    `parent` is the slug of the page above it (breadcrumbs, order of headings); `short` is its name in lists and links
    where the title is long.
    """

    slug: str
    title: str
    lead: Spans
    blocks: tuple[Block, ...]
    parent: str | None = None
    short: str = ""

    @property
    def name(self) -> str:
        """The name in lists and links."""
        return self.short or self.title


@dataclass(frozen=True)
class Meta:
    """What a cover and a footer say: publisher, ISO date, edition, licence, languages that exist, address of the site."""

    publisher: str = ""
    date: str = ""
    edition: str = ""
    licence: str = ""
    languages: tuple[str, ...] = ()
    address: str | None = None
    keywords: tuple[str, ...] = ()
    # Links at the foot of every page, and beside the site's title: the PDF, the DOCX, the data.
    downloads: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Publication:
    """One text in one language. `notices` stand on every page as a line each (synthetic data, unreviewed translation)."""

    language: str
    title: str
    subtitle: str
    pages: tuple[Page, ...]
    notices: tuple[Callout, ...] = ()
    meta: Meta = field(default_factory=Meta)

    def page(self, slug: str) -> Page:
        """The page of that slug; KeyError where there is none."""
        for page in self.pages:
            if page.slug == slug:
                return page
        raise KeyError(slug)

    def path_to(self, page: Page) -> tuple[Page, ...]:
        """The pages above that one, from the top: its breadcrumbs."""
        above: list[Page] = []
        while page.parent is not None:
            page = self.page(page.parent)
            above.append(page)
        return tuple(reversed(above))

    def below(self, slug: str | None) -> tuple[Page, ...]:
        """The pages right below that one, in reading order."""
        return tuple(page for page in self.pages if page.parent == slug)

    def figures(self) -> Iterator[Figure]:
        """Every figure, in reading order."""
        for page in self.pages:
            yield from (block for block in page.blocks if isinstance(block, Figure))
