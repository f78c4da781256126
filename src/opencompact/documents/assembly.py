"""Lines become paragraphs, headings, notes and furniture: one pass, in the order of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from opencompact.documents.grammar import Grammar
from opencompact.documents.lines import Line, complete
from opencompact.documents.model import Trouble

Kind = Literal["paragraph", "subparagraph", "unnumbered", "box"]
LONGEST_HEADING = 110
MOST_SKIPPED = 30

# A raised number, or ^a, at the beginning of a line; a scanner may write the letter as a sign that looks like it.
_RAISED_NOTE = re.compile(r"^\s*(?:[-•]\s*)?(?P<mark>[⁰¹²³⁴-⁹]+|\^[a-z])\s*(?=\S)")
_LETTERED_NOTE = re.compile(r"^\s*[-•]?\s*\^?(?P<mark>\S)\s+(?=\S)")
_NUMBERED_NOTE = re.compile(r"^\s*(?P<mark>\d{1,3})\s+(?=\S)")
_STAR_NOTE = re.compile(r"^\s*(?P<mark>\*{1,3})\s*(?=[^\s*])")
_CLOSING = "".join(("”", "»", '"', "）", ")"))
_PLAIN_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LOOKALIKES = {
    "e": "°ᵉ℮",
    "g": "§ᵍ9",
    "o": "°ᵒ",
    "f": "ᶠ†",
    "h": "ʰ",
    "i": "ⁱ¹",
    "a": "ᵃª",
    "b": "ᵇ",
    "c": "ᶜ",
    "d": "ᵈ",
}


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


class Assembly:
    """Reads lines one after the other and knows where it is: part, section, paragraph, note.

    After `read`, every line that is not blank is in a paragraph, a note, or `furniture`.
    """

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

    def read(self) -> None:
        for index, line in enumerate(self.lines):
            if line.furniture is not None and not self._is_text_after_all(index, line):
                self._take_furniture(line)
                continue
            if line.page_starts:
                self._note_area = False
            if self._take_note(index, line) or self._take_label(index, line):
                continue
            self._take_text(index, line)

    # — furniture and notes —

    def _is_text_after_all(self, index: int, line: Line) -> bool:
        """A line that looks like a page number or a link, in the middle of a paragraph's sentence or of a note."""
        if line.furniture == "link":
            return (
                self._note is not None
                and self._note_area
                and self._words_of(self._note.pieces).rstrip().endswith(("(", "（", "-", "<"))
            )
        return False

    def _take_furniture(self, line: Line) -> None:
        self.furniture.append((line.furniture or "", line))
        if line.furniture == "rule":
            self._note_area = True
            self._continues_note = True
        elif line.furniture == "link":
            # The links of a page stand at its end, under its notes.
            self._note_area = False

    _continues_note = False

    def _take_note(self, index: int, line: Line) -> bool:
        mark = self._mark_at(line)
        if mark is not None:
            self._open_note(line, *mark)
            return True
        if not self._note_area or self._note is None:
            return False
        if self._ends_notes(index, line):
            self._note_area = False
            return False
        self._note.pieces.append(Piece(line))
        self._continues_note = False
        return True

    def _mark_at(self, line: Line) -> tuple[str, int, bool] | None:
        """The mark, where the words begin, and whether the mark was mended; None where no note begins here."""
        if raised := _RAISED_NOTE.match(line.text):
            mark = raised["mark"].translate(_PLAIN_DIGITS)
            if self._opens_note(mark):
                return mark, raised.end(), False
        if self._letters_seen and (lettered := _LETTERED_NOTE.match(line.text)):
            expected = self._next_letter()
            if expected and (lettered["mark"] == expected or lettered["mark"] in _LOOKALIKES.get(expected, "")):
                return f"^{expected}", lettered.end(), lettered["mark"] != expected
        if self._note_area and (numbered := _NUMBERED_NOTE.match(line.text)) and self._follows(numbered["mark"]):
            return numbered["mark"], numbered.end(), False
        if (star := _STAR_NOTE.match(line.text)) and self._number == 0 and not self._box:
            return star["mark"], star.end(), False
        return None

    def _opens_note(self, mark: str) -> bool:
        """A raised mark opens a note when no note has it yet, and the text has it already or the sequence expects it."""
        if any(note.mark == mark for note in self.notes):
            return False
        if mark.startswith("^"):
            return bool(self._box) or any(
                mark in piece.line.text for entry in self.paragraphs for piece in entry.pieces
            )
        seen = self._current is not None and self._body_complete() is False and not self._mark_in_text(mark)
        return not seen and self._follows(mark)

    def _mark_in_text(self, mark: str) -> bool:
        raised = mark.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
        recent = self.paragraphs[-8:]
        return any(raised in piece.line.text for paragraph in recent for piece in paragraph.pieces)

    def _follows(self, mark: str) -> bool:
        numbers = [int(note.mark) for note in self.notes if note.mark.isdecimal()]
        number = int(mark)
        return number == 1 if not numbers else numbers[-1] < number <= numbers[-1] + 3

    def _next_letter(self) -> str | None:
        taken = {note.mark for note in self.notes if note.mark.startswith("^") and note.after >= self._box_start}
        waiting = [letter for letter in "abcdefghijklmnopqrstuvwxyz" if f"^{letter}" not in taken]
        return waiting[0] if waiting and taken else None

    _box_start = 0

    def _open_note(self, line: Line, mark: str, skip: int, mended: bool) -> None:
        self._note = RawNote(mark, len(self.paragraphs) - 1, mended, [Piece(line, skip)])
        self.notes.append(self._note)
        if mark.startswith("^"):
            self._letters_seen.append(mark[1])
        self._note_area = self._note_area or self.wrapped
        self._continues_note = False

    def _ends_notes(self, index: int, line: Line) -> bool:
        """Whether the text goes on with this line: it bears a label, or the notes above are whole and the text is not."""
        if self._is_next_number(line) or self._is_next_letter(line) or self._part_label(line):
            return True
        if self._section_label(line) is not None:
            return True
        if self._continues_note or self._turns_pages or self._another_note_follows(index):
            return False
        ended = self._note is not None and self._note.pieces[-1].line.words.rstrip(_CLOSING)[-1:] in "。.!?！？"
        return ended and (not self._body_complete() or self._heading_run(index) is not None)

    def _another_note_follows(self, index: int) -> bool:
        for line in self.lines[index:]:
            if line.furniture is not None or self._is_next_number(line):
                return False
            if (note := _NUMBERED_NOTE.match(line.text)) and self._follows(note["mark"]):
                return True
        return False

    # — labels —

    def _take_label(self, index: int, line: Line) -> bool:
        if (part := self._part_label(line)) is not None:
            self._open_part(line, *part)
        elif (box := self.grammar.pattern("labels", "box").match(line.words)) and self._body_complete():
            self._open_box(line, box["label"])
        elif self._is_next_number(line):
            self._open_numbered(line)
        elif (label := self._section_label(line)) is not None:
            self._open_heading([line], label)
        elif self._is_next_letter(line):
            self._open_lettered(line)
        elif self._box and (bullet := self.grammar.pattern("labels", "bullet").match(line.text)):
            self._open_unnumbered(line, bullet.end())
        else:
            return False
        return True

    def _part_label(self, line: Line) -> tuple[str, str] | None:
        for kind in ("annex", "appendix", "summary"):
            if match := self.grammar.pattern("labels", kind).match(line.words):
                return kind, (match.groupdict().get("label") or "")
        return None

    def _section_label(self, line: Line) -> int | None:
        """Which kind of section label the line bears (0 for the outermost), where it is a heading."""
        words = line.words
        if len(words) > LONGEST_HEADING or (words[-1:] in self.grammar.terminal and not words.endswith(("?", "？"))):
            return None
        if not self._body_complete():
            return None
        for kind, pattern in enumerate(self.grammar.patterns("labels", "section")):
            if (match := pattern.match(words)) and self._plausible_section(kind, match["label"]):
                return kind
        return None

    def _plausible_section(self, kind: int, label: str) -> bool:
        """A section's label follows the one before it at its level, or is the first."""
        number = self.grammar.number(label) if kind != 1 else (ord(label.upper()) - 64 if len(label) == 1 else None)
        before = [heading for heading in self._labels.get(kind, ()) if heading is not None]
        return number is not None and (number == 1 or not before or number in (before[-1] + 1, before[-1] + 2))

    @property
    def _labels(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for heading in self.headings:
            for kind, pattern in enumerate(self.grammar.patterns("labels", "section")):
                if match := pattern.match(heading.title):
                    value = self.grammar.number(match["label"]) if kind != 1 else ord(match["label"].upper()) - 64
                    found.setdefault(kind, []).append(value or 0)
                    break
        return found

    def _is_next_number(self, line: Line) -> bool:
        match = self.grammar.pattern("labels", "number").match(line.text)
        number = self.grammar.number(match["number"]) if match else None
        if number is None or number == 0:
            return False
        if number == self._number + 1 and not (self._number == 0 and self._in_front and not self._body_complete()):
            return True
        if not self._body_complete():
            return False
        if number == 1 and self._number > 1 and self.headings and self.headings[-1].first == len(self.paragraphs):
            return True
        return self._number < number <= self._number + MOST_SKIPPED or (self._number == 0 and not self.paragraphs)

    def _is_next_letter(self, line: Line) -> bool:
        match = self.grammar.pattern("labels", "letter").match(line.text)
        if not match or self._current is None or self._number == 0:
            return False
        letter = self._latin(match["letter"])
        if letter == _after(self._letter):
            return self._letter != "" or self._opens_list()
        return self._letter != "" and self._body_complete() and self._letter < letter <= _after(_after(self._letter))

    def _latin(self, letter: str) -> str:
        order: str = self.grammar.tables["labels"].get("letters", "")
        return "abcdefghijklmnopqrstuvwxyz"[order.index(letter)] if order and letter in order else letter.lower()

    def _opens_list(self) -> bool:
        words = self._words_of(self._current.pieces).rstrip() if self._current else ""
        return bool(words) and words[-1] in "：:；;。.—–"

    def _open_part(self, line: Line, kind: str, label: str) -> None:
        self._in_front = False
        number = self.grammar.number(label) if label else None
        if kind == "annex" and not any(part.kind == "main" for part in self.parts) and not self._has_numbers():
            part = RawPart("main", "main")
        else:
            suffix = f"-{number or label.lower()}" if label else ""
            part = RawPart(f"{kind}{suffix}", kind)
        self.parts.append(part)
        self.furniture.append(("heading", line))
        self._reset()
        self._expects_title = kind != "summary"

    _expects_title = False

    def _has_numbers(self) -> bool:
        return any(paragraph.kind == "paragraph" for paragraph in self.paragraphs)

    def _reset(self) -> None:
        self._path, self._number, self._letter, self._unnumbered = [], 0, "", 0
        self._current, self._note_area, self._box = None, False, None
        self._order = []

    def _open_box(self, line: Line, label: str) -> None:
        self._box, self._box_items, self._current = label, 0, None
        self._box_start = len(self.paragraphs) - 1
        self._letters_seen = []
        self.furniture.append(("heading", line))
        self._note_area = False

    def _open_heading(self, lines: list[Line], label: int | None) -> None:
        title = (
            " ".join(line.words for line in lines)
            if not self.grammar.joins_without_space
            else "".join(line.words for line in lines)
        )
        self.furniture += [("heading", line) for line in lines]
        self._in_front = False
        part = self._part()
        if self._expects_title and label is None and part.title is None:
            part.title, self._expects_title = title, False
            return
        self._expects_title = False
        if label is None and self._box:
            if self._box_items:
                self._box = None
            else:
                return
        self._box = None
        level = self._level(title, label)
        self._path = [*(entry for entry in self._path if entry[1] < level), (title, level)]
        self.headings.append(RawHeading(title, level, part.id, len(self.paragraphs), lines))
        self._current, self._letter = None, ""

    def _level(self, title: str, label: int | None) -> int:
        kind = f"label {label}" if label is not None else "plain"
        if kind == "plain" and self.grammar.pattern("labels", "round_table").match(title):
            kind = "round table"
        if kind not in self._order:
            self._order.append(kind)
        return self._order.index(kind) + 1

    def _part(self) -> RawPart:
        """The part in hand; the main part begins with the first section or number that no other part claims."""
        if self.parts[-1].kind in {"front", "summary"}:
            self.parts.append(RawPart("main", "main"))
        return self.parts[-1]

    def _open_numbered(self, line: Line) -> None:
        match = self.grammar.pattern("labels", "number").match(line.text)
        assert match is not None
        number = self.grammar.number(match["number"]) or 0
        part = self._part() if self.parts[-1].kind != "preamble" else self._new_part("main", "main")
        if number == 1 and self._number > 1:
            part = self._new_part(f"part-{sum(entry.kind in {'main', 'part'} for entry in self.parts) + 1}", "part")
        elif number != self._number + 1:
            self._report_gap(number)
        self._in_front, self._box, self._expects_title = False, None, False
        self._number, self._letter, self._note_area = number, "", False
        prefix = "" if part.id == "main" else f"{part.id}."
        self._append(f"{prefix}{number}", str(number), "paragraph", line, match.end())

    def _new_part(self, identifier: str, kind: str) -> RawPart:
        self.parts.append(RawPart(identifier, kind))
        return self.parts[-1]

    def _report_gap(self, number: int) -> None:
        if self._number == 0:
            message = f"The first numbered paragraph is {number}: what comes before it is not in the file."
        else:
            message = f"Paragraphs {self._number + 1} to {number - 1} were not found."
        self.troubles.append(Trouble("gap", message, partial=True))

    def _open_lettered(self, line: Line) -> None:
        match = self.grammar.pattern("labels", "letter").match(line.text)
        assert match is not None
        self._letter = self._latin(match["letter"])
        prefix = "" if self.parts[-1].id == "main" else f"{self.parts[-1].id}."
        place, number = f"{prefix}{self._number}.{self._letter}", f"{self._number}({self._letter})"
        self._append(place, number, "subparagraph", line, match.end())

    def _open_unnumbered(self, line: Line, skip: int = 0) -> None:
        if self._box:
            self._box_items += 1
            place, kind = f"box-{self._box}.{self._box_items}", "box"
        else:
            part = self.parts[-1]
            self._unnumbered += 1
            name = {"summary": "", "preamble": ""}.get(
                part.kind, "intro." if self._number == 0 else f"{self._number}.text."
            )
            prefix = "" if part.id == "main" else f"{part.id}."
            place, kind = f"{prefix}{name}{self._unnumbered}", "unnumbered"
        self._append(place, None, "box" if kind == "box" else "unnumbered", line, skip)

    def _append(self, place: str, number: str | None, kind: Kind, line: Line, skip: int) -> None:
        sections = tuple(title for title, _ in self._path)
        self._current = RawParagraph(place, number, kind, self.parts[-1].id, sections, [Piece(line, skip)])
        self.paragraphs.append(self._current)

    # — text —

    def _take_text(self, index: int, line: Line) -> None:
        if self._in_front:
            self._take_front(index, line)
        elif self.parts[-1].kind == "preamble" and self._take_preamble(line):
            pass
        elif self._current is not None and not self._body_complete() and not line.bold:
            self._current.pieces.append(Piece(line))
        elif line.bold:
            self._open_heading([line], None)
        elif any(line is entry for entry in self._heading_lines) or self._begins_heading(index, line):
            self._take_heading(line)
        elif self._current is not None and self._continues(line):
            self._current.pieces.append(Piece(line))
        else:
            self._open_unnumbered(line)

    def _begins_heading(self, index: int, line: Line) -> bool:
        self._heading_lines = self._heading_run(index) or []
        above = self.headings[-1].lines[-1] if self.headings else None
        if index and self._heading_lines and self.lines[index - 1] is above:
            # A labelled heading whose line is full goes on in the next.
            self._heading_lines = [above, *self._heading_lines]
        return any(line is entry for entry in self._heading_lines)

    def _take_heading(self, line: Line) -> None:
        """Opens a heading, or lengthens the one before: a heading goes on where its line was about full."""
        position = next(number for number, entry in enumerate(self._heading_lines) if entry is line)
        before = self._heading_lines[position - 1] if position else None
        set_alike = before is not None and before.indent == line.indent and before.indent >= 2
        if before is not None and self.wrapped and len(before.words) >= 0.8 * self.width and not set_alike:
            self._lengthen_heading(line)
        else:
            self._open_heading([line], None)

    def _lengthen_heading(self, line: Line) -> None:
        self.furniture.append(("heading", line))
        joint = "" if self.grammar.joins_without_space else " "
        if self.headings and self.headings[-1].first == len(self.paragraphs) and self._path:
            title = f"{self.headings[-1].title}{joint}{line.words}"
            self._path[-1] = (title, self._path[-1][1])
            self.headings[-1].title = title
            self.headings[-1].lines.append(line)
        elif self.parts[-1].title is not None:
            self.parts[-1].title += f"{joint}{line.words}"

    def _continues(self, line: Line) -> bool:
        """Whether text without a label goes on with the paragraph in hand rather than begin one."""
        assert self._current is not None
        if self._current.kind in {"paragraph", "subparagraph"}:
            return True
        return self.wrapped and line.indent == 0

    def _heading_run(self, index: int) -> list[Line] | None:
        """The heading lines at the end of the run of unlabelled lines that begins here, if there are any.

        A heading ends without a full stop, is short, and a label, a note's rule or the end of the text follows it.
        """
        run: list[Line] = []
        for line in self.lines[index:]:
            if (
                line.furniture == "rule"
                or self._bears_label(line)
                or (run and not self.wrapped and len(run[-1].words) > LONGEST_HEADING)
            ):
                break
            if line.furniture is None:
                run.append(line)
            if not self.wrapped and len(run) > 3:
                break
        if not self.wrapped:
            return [run[0]] if run and self._looks_like_heading(run[0]) else None
        tail = len(run)
        while tail and self._looks_like_heading(run[tail - 1]):
            tail -= 1
        return run[tail:] or None

    def _bears_label(self, line: Line) -> bool:
        words = line.text
        if self._part_label(line) or self.grammar.pattern("labels", "box").match(line.words):
            return True
        if match := self.grammar.pattern("labels", "number").match(words):
            number = self.grammar.number(match["number"])
            return number is not None and (number == 1 or self._number < number <= self._number + 2)
        if (match := self.grammar.pattern("labels", "letter").match(words)) and line.indent:
            return True
        return any(
            pattern.match(line.words) and len(line.words) < 60 for pattern in self.grammar.patterns("labels", "section")
        )

    def _looks_like_heading(self, line: Line) -> bool:
        words = line.words
        runs_on = words[-1] in "，,،" or (words[-1] == "、" and (not self.wrapped or len(words) < 0.8 * self.width))
        return len(words) <= LONGEST_HEADING and not complete(words, self.grammar) and not runs_on

    def _take_front(self, index: int, line: Line) -> None:
        """What stands before the text: session, agenda, title, author; a resolution's own clauses after its first."""
        front = self.grammar.pattern
        if front("front", "assembly").match(line.words):
            self._in_front = False
            self._new_part("preamble", "preamble")
            self._open_unnumbered(line)
        elif self.parts[-1].kind == "summary":
            self._in_front = False
            self._open_unnumbered(line)
        else:
            self.front.append(line)
            self.furniture.append(("front", line))

    def _take_preamble(self, line: Line) -> bool:
        """A resolution's own clauses, each set in or on a line of its own, and the day and meeting of its adoption."""
        if any(self.grammar.pattern("front", name).match(line.words) for name in ("date_line", "meeting")):
            self.furniture.append(("adoption", line))
            self._current = None
        elif self._current is None or line.indent or not self.wrapped:
            self._open_unnumbered(line)
        else:
            self._current.pieces.append(Piece(line))
        return True

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


def _after(letter: str) -> str:
    """The label after this one: "" → a, a → b, z → aa."""
    if not letter:
        return "a"
    if letter[-1] == "z":
        return "a" * (len(letter) + 1)
    return letter[:-1] + chr(ord(letter[-1]) + 1)
