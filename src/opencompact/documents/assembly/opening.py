"""Parts, boxes, headings, numbered, lettered and other paragraphs are opened."""

from __future__ import annotations

from opencompact.documents.assembly.notes import Notes
from opencompact.documents.assembly.state import Kind, Piece, RawHeading, RawParagraph, RawPart
from opencompact.documents.lines import Line
from opencompact.documents.model import Trouble
from opencompact.language import said


class Opening(Notes):
    """Opens what a label announces, and gives it its place."""

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

    def _report_gap(self, number: int) -> None:
        if self._number == 0:
            message = said(
                "The first numbered paragraph is {number}: what comes before it is not in the file.", number=number
            )
        else:
            message = said("Paragraphs {first} to {last} were not found.", first=self._number + 1, last=number - 1)
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

    def _part(self) -> RawPart:
        """The part in hand; the main part begins with the first section or number that no other part claims."""
        if self.parts[-1].kind in {"front", "summary"}:
            self.parts.append(RawPart("main", "main"))
        return self.parts[-1]

    def _new_part(self, identifier: str, kind: str) -> RawPart:
        self.parts.append(RawPart(identifier, kind))
        return self.parts[-1]

    def _append(self, place: str, number: str | None, kind: Kind, line: Line, skip: int) -> None:
        sections = tuple(title for title, _ in self._path)
        self._current = RawParagraph(place, number, kind, self.parts[-1].id, sections, [Piece(line, skip)])
        self.paragraphs.append(self._current)

    def _has_numbers(self) -> bool:
        return any(paragraph.kind == "paragraph" for paragraph in self.paragraphs)
