"""Lines become paragraphs, headings, notes and furniture: one pass, in the order of the text."""

from __future__ import annotations

from opencompact.documents.assembly.opening import Opening
from opencompact.documents.assembly.state import Piece
from opencompact.documents.lines import Line


class Assembly(Opening):
    """Reads lines one after the other and knows where it is: part, section, paragraph, note.

    After `read`, every line that is not blank is in a paragraph, a note, or `furniture`.
    """

    def read(self) -> None:
        for index, line in enumerate(self.lines):
            if line.cut and not self._is_next_number(line) and self._goes_on(self.lines[index - 1], line):
                continue
            if line.furniture is not None and not self._is_text_after_all(index, line):
                self._take_furniture(line)
                continue
            if line.page_starts:
                self._note_area = False
            if self._take_note(index, line) or self._take_label(index, line):
                continue
            self._take_text(index, line)

    def _goes_on(self, above: Line, line: Line) -> bool:
        """Puts what a fixed width cut off where the line above it went; False where that is nowhere to go on."""
        if self._note is not None and self._note.pieces[-1].line is above:
            self._note.pieces.append(Piece(line))
        elif self._current is not None and self._current.pieces and self._current.pieces[-1].line is above:
            self._current.pieces.append(Piece(line))
        elif self.headings and self.headings[-1].lines[-1] is above:
            self._lengthen_heading(line)
        elif self.furniture and self.furniture[-1][1] is above and self.furniture[-1][0] != "heading":
            self.furniture.append((self.furniture[-1][0], line))
            if self.front and self.front[-1] is above:
                self.front.append(line)
        else:
            return False
        return True

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

    def _continues(self, line: Line) -> bool:
        """Whether text without a label goes on with the paragraph in hand rather than begin one."""
        assert self._current is not None
        if self._current.kind in {"paragraph", "subparagraph"}:
            return True
        return self.wrapped and line.indent == 0

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
