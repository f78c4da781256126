"""What a text becomes: a document of paragraphs, footnotes, citations, and the furniture around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
"""Where something stands: from the first character, up to but not including the last, counted from 0."""


@dataclass(frozen=True)
class Citation:
    """Another text that a paragraph names.

    `symbol` is the document symbol it resolves to (A/RES/73/195), or None where the text gives a name that is in no
    list; `paragraphs` are those it points at; `written` is what stands in the text, and `at` where, in the text of the
    paragraph or footnote.
    """

    symbol: str | None
    kind: str
    written: str
    at: Span
    paragraphs: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        return {
            "symbol": self.symbol,
            "kind": self.kind,
            "paragraphs": list(self.paragraphs),
            "written": self.written,
            "at": list(self.at),
        }


@dataclass(frozen=True)
class Footnote:
    """A footnote and the place of its mark in the text of the paragraph (`at`, None where no mark was found).

    `mended` tells that the copy spoils the mark (a scanner reads ᵉ as °) and that the sequence gave the right one.
    """

    mark: str
    text: str
    offsets: tuple[Span, ...]
    at: int | None
    citations: tuple[Citation, ...] = ()
    mended: bool = False

    def as_dict(self) -> dict[str, Any]:
        return {
            "mark": self.mark,
            "text": self.text,
            "at": self.at,
            "offsets": [list(span) for span in self.offsets],
            "citations": [citation.as_dict() for citation in self.citations],
            "mended": self.mended,
        }


@dataclass(frozen=True)
class Paragraph:
    """One numbered paragraph, lettered sub-paragraph, or piece of running text without a number.

    `id` is the symbol and the place in it: `A/RES/76/266#14`, `A/79/590#annex.1.a`, `A/79/590#box-1.2`. `number` is as
    people cite it ("14", "1(a)"), None for text without a number. `kind` is paragraph, subparagraph, unnumbered or box.
    `section` is the heading it stands under, `sections` the whole path. `offsets` are its spans in the source, number
    and footnote marks included; `text` has neither, and its broken lines are mended.
    """

    id: str
    number: str | None
    kind: str
    part: str
    sections: tuple[str, ...]
    text: str
    offsets: tuple[Span, ...]
    footnotes: tuple[Footnote, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def place(self) -> str:
        """The place within the document: what follows `#` in the id."""
        return self.id.partition("#")[2]

    @property
    def section(self) -> str | None:
        return self.sections[-1] if self.sections else None

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "number": self.number,
            "kind": self.kind,
            "part": self.part,
            "section": self.section,
            "sections": list(self.sections),
            "text": self.text,
            "footnotes": [note.as_dict() for note in self.footnotes],
            "citations": [citation.as_dict() for citation in self.citations],
            "offsets": [list(span) for span in self.offsets],
        }


@dataclass(frozen=True)
class Furniture:
    """What is in the source and is no running text: headings, titles, running heads, page numbers, rules, links.

    `kind` says which; `text` is as it stands.
    """

    kind: str
    text: str
    offsets: Span

    def as_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "offsets": list(self.offsets)}


@dataclass(frozen=True)
class Section:
    """A heading: its `level` in the part (1 = outermost), and the ids of its first and last paragraph, if any."""

    title: str
    level: int
    first: str | None
    last: str | None

    def as_dict(self) -> dict[str, Any]:
        return {"title": self.title, "level": self.level, "first": self.first, "last": self.last}


@dataclass(frozen=True)
class Part:
    """A part of a document: summary, preamble, main, annex, appendix; `id` is what paragraph ids begin with."""

    id: str
    kind: str
    title: str | None
    sections: tuple[Section, ...]
    paragraphs: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "sections": [section.as_dict() for section in self.sections],
            "paragraphs": self.paragraphs,
        }


@dataclass(frozen=True)
class Trouble:
    """Something a reader of the result must know: a gap in the numbers, a note without a mark, a file cut short.

    `partial` tells that text is missing or may be in the wrong place.
    """

    code: str
    message: str
    partial: bool

    def as_dict(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "partial": self.partial}


@dataclass(frozen=True)
class Document:
    """A United Nations text, read.

    `date` is ISO 8601 as far as it is known (2022-06-07, 2024-10, 2024) and `date_from` says from what; `symbol_from`
    likewise. `source` describes the file: its format, encoding, and length in characters of the text that offsets count
    in. `partial` is true where some trouble means that text is missing.
    """

    symbol: str
    symbol_from: str
    title: str
    date: str | None
    date_from: str | None
    language: str
    kind: str
    parts: tuple[Part, ...]
    paragraphs: tuple[Paragraph, ...]
    furniture: tuple[Furniture, ...]
    source: dict[str, Any]
    troubles: tuple[Trouble, ...] = ()
    session: str | None = None
    agenda_items: tuple[str, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def partial(self) -> bool:
        return any(trouble.partial for trouble in self.troubles)

    @property
    def numbered(self) -> tuple[Paragraph, ...]:
        """The paragraphs that have a number of their own, without their sub-paragraphs."""
        return tuple(paragraph for paragraph in self.paragraphs if paragraph.kind == "paragraph")

    def paragraph(self, place: str) -> Paragraph | None:
        """The paragraph at that place ("14", "annex.1.a"), or None."""
        return next((paragraph for paragraph in self.paragraphs if paragraph.place == place), None)

    def as_dict(self) -> dict[str, Any]:
        return {
            "document": {
                "symbol": self.symbol,
                "symbol_from": self.symbol_from,
                "title": self.title,
                "date": self.date,
                "date_from": self.date_from,
                "language": self.language,
                "kind": self.kind,
                "session": self.session,
                "agenda_items": list(self.agenda_items),
                "parts": [part.as_dict() for part in self.parts],
                "source": self.source,
                "partial": self.partial,
                "troubles": [trouble.as_dict() for trouble in self.troubles],
            },
            "paragraphs": [paragraph.as_dict() for paragraph in self.paragraphs],
            "furniture": [piece.as_dict() for piece in self.furniture],
        }
