"""Where a reading stands: the part, section, paragraph and note in hand, and what was read so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from opencompact.documents.grammar import Grammar
from opencompact.documents.lines import Line, complete
from opencompact.documents.model import Trouble

Kind = Literal["paragraph", "subparagraph", "unnumbered", "box"]


@dataclass
class Piece:
    """A line, or what follows its label: `skip` characters of it are the label."""

    line: Line
    skip: int = 0


@dataclass
class RawParagraph:
    place: str
    number: str | None
    kind: Kind
    part: str
    sections: tuple[str, ...]
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class RawNote:
    """A footnote: `after` is the index of the paragraph in hand where it stands, `box` whether it is a box's own."""

    mark: str
    after: int
    mended: bool
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class RawHeading:
    title: str
    level: int
    part: str
    first: int
    lines: list[Line]


@dataclass
class RawPart:
    id: str
    kind: str
    title: str | None = None


class State:
    """What a reading remembers. `paragraphs`, `notes`, `headings`, `parts`, `furniture`, `front`, `troubles` are its result."""

    def __init__(self, grammar: Grammar, lines: Sequence[Line], *, wrapped: bool, in_front: bool = True) -> None:
        self.grammar = grammar
        self.lines = [line for line in lines if not line.blank]
        self.wrapped = wrapped
        self.width = _width(self.lines)
        self._turns_pages = any(line.page_starts for line in self.lines)
        self.paragraphs: list[RawParagraph] = []
        self.notes: list[RawNote] = []
        self.headings: list[RawHeading] = []
        self.parts: list[RawPart] = [RawPart("front", "front")]
        self.furniture: list[tuple[str, Line]] = []
        self.front: list[Line] = []
        self.troubles: list[Trouble] = []
        self._path: list[tuple[str, int]] = []
        self._order: list[str] = []
        self._number = 0
        self._letter = ""
        self._box: str | None = None
        self._box_items = 0
        self._unnumbered = 0
        self._current: RawParagraph | None = None
        self._note: RawNote | None = None
        self._note_area = False
        self._letters_seen: list[str] = []
        self._heading_lines: list[Line] = []
        self._in_front = in_front
        self._continues_note = False
        self._expects_title = False
        self._box_start = 0

    def _body_complete(self) -> bool:
        if self._current is None:
            return True
        return complete(self._words_of(self._current.pieces[-1:]), self.grammar)

    @staticmethod
    def _words_of(pieces: list[Piece]) -> str:
        return "".join(piece.line.text[piece.skip :] for piece in pieces)


def _width(lines: Sequence[Line]) -> int:
    """How long lines are where they are full: nine in ten are no longer."""
    lengths = sorted(len(line.words) for line in lines)
    return lengths[len(lengths) * 9 // 10] if lengths else 0
