"""Where footnotes begin and end, and which mark each bears."""

from __future__ import annotations

import re

from opencompact.documents.assembly.labels import Labels
from opencompact.documents.assembly.state import Piece, RawNote
from opencompact.documents.lines import Line

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


class Notes(Labels):
    """Takes the lines of furniture and of footnotes."""

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
