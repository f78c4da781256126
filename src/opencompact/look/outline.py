"""The order of a printed publication: levels of headings, where links lead, tables gathered in an annex.

The PDF and the DOCX are one text: pages become chapters, and the short tables that stand under figures on the site stand together
at the end, each named by its figure. Of a long one the text says where it stands: a picture shows its course, and whoever works
with its rows wants the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from opencompact.language import Translator
from opencompact.look.blocks import (
    Block,
    BulletList,
    Callout,
    Definitions,
    Disclosure,
    Figure,
    Heading,
    Page,
    Paragraph,
    Publication,
    Span,
    Spans,
    Table,
    as_cell,
)

SHORT = 12  # rows of a figure's table that is printed


@dataclass(frozen=True)
class AnnexTable:
    """A figure's table: its number in the annex, the figure it belongs to."""

    number: int
    figure: Figure
    table: Table


@dataclass(frozen=True)
class Outline:
    """Levels of chapters by slug (1 for a page under the first one), the anchors that exist, the annex by figure.

    `numbers` are those of the tables of figures, by the figure's id: a figure that stands twice has one table.
    """

    levels: dict[str, int]
    anchors: frozenset[str]
    annex: tuple[AnnexTable, ...]
    numbers: dict[int, int]

    def target(self, href: str, address: str | None) -> str | None:
        """Where a link leads: `#label` in the text, an address, or None where a printed text has no such place."""
        kind, _, rest = href.partition(":")
        if kind == "page":
            label = anchor_label(*rest.split("#", 1))
            return f"#{label}" if label in self.anchors else f"#{anchor_label(rest.split('#')[0])}"
        if kind == "file":
            return f"{address.rstrip('/')}/{rest}" if address else None
        return href

    def printed(self, text: str, href: str | None, address: str | None) -> str:
        """Words that are a link as they are printed: those that name a file (and not a value in one) say which, where no link
        leads there."""
        kind, _, path = (href or "").partition(":")
        if kind != "file" or address or "#" in path or any(map(str.isdigit, text)):
            return text
        return f"{text} ({path})"


def anchor_label(slug: str, anchor: str = "") -> str:
    """The name of a place in a printed text."""
    return f"{slug}--{anchor}" if anchor else slug


def outline(publication: Publication) -> Outline:
    """The order of a publication."""
    levels = {
        page.slug: 1 + sum(each.slug != "index" for each in publication.path_to(page)) for page in publication.pages
    }
    anchors = set(levels)
    annex: list[AnnexTable] = []
    numbers: dict[int, int] = {}
    for page in publication.pages:
        for block in page.blocks:
            if isinstance(block, Heading):
                anchors.add(anchor_label(page.slug, block.anchor))
            if isinstance(block, Figure):
                if block.anchor:
                    anchors.add(anchor_label(page.slug, block.anchor))
                if block.table and len(block.table.rows) <= SHORT:
                    same = next((each for each in annex if _alike(each.figure, block)), None)
                    if same is None:
                        annex.append(AnnexTable(len(annex) + 1, block, block.table))
                    numbers[id(block)] = len(annex) if same is None else same.number
    return Outline(levels, frozenset(anchors), tuple(annex), numbers)


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same of the same table: an indicator stands under each of its objectives."""
    same = (one.title, one.table) == (other.title, other.table)
    return same and (one.chart == other.chart or one.data_href == other.data_href is not None)


def elsewhere(figure: Figure, words: Translator) -> Spans:
    """Where a figure's table stands that is too long to be printed; () where there is none."""
    if figure.table is None or len(figure.table.rows) <= SHORT:
        return ()
    count = len(figure.table.rows)
    kind, _colon, file = (figure.data_href or "").partition(":")
    if kind != "file":
        told = words.plural("As a table ({n} row): on the site.", "As a table ({n} rows): on the site.", count, n=count)
        return (Span(told),)
    told = words.plural(
        "As a table ({n} row): on the site, and in the file {file}.",
        "As a table ({n} rows): on the site, and in the file {file}.",
        count,
        n=count,
        file=file.partition("#")[0],
    )
    return (Span(told, href=figure.data_href),)


def leads_on(blocks: tuple[Block, ...], place: int) -> bool:
    """Whether a paragraph leads to what stands below it: no printed page ends between the two.

    A note right under a heading does so always: alone with its heading it would close a page.
    """
    if place + 1 >= len(blocks):
        return False
    block, below = blocks[place], blocks[place + 1]
    if isinstance(block, Callout):
        return isinstance(below, Figure | Table)  # a caution about what stands below it
    if not isinstance(block, Paragraph):
        return False
    quoted = isinstance(below, Paragraph) and below.role == "quote" and block.role != "quote"
    heading = block.role == "note" and place > 0 and isinstance(blocks[place - 1], Heading)
    return quoted or heading or isinstance(below, Figure | Table | BulletList | Definitions | Disclosure)


def shares(table: Table) -> list[float]:
    """How wide each column of words should be beside the others: by the square root of the length of what stands in it."""
    found = []
    for index, column in enumerate(table.columns):
        lengths = [len(as_cell(row[index]).text) for row in table.rows] or [0]
        longest = max(max(map(len, column.title.split()), default=0), sum(lengths) / len(lengths), max(lengths) / 2)
        found.append(round(max(3.0, longest**0.5), 2))
    return found


def heading_levels(publication: Publication, page: Page, top: int) -> dict[int, int]:
    """Position of each heading among a page's blocks → its level in the text, with no level left out on the way down."""
    found, before = {}, top
    for position, block in enumerate(page.blocks):
        if isinstance(block, Heading):
            before = min(top + block.level - 1, before + 1)
            found[position] = before
    return found
