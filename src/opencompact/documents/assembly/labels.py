"""Which label a line bears: a paragraph's number, a letter, a section's, a part's; and which lines are headings."""

from __future__ import annotations

from opencompact.documents.assembly.state import State
from opencompact.documents.lines import Line, complete

LONGEST_HEADING = 110
MOST_SKIPPED = 30


class Labels(State):
    """Recognises labels, by the grammar and by what came before; changes nothing."""

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

    def _bears_label(self, line: Line) -> bool:
        words = line.text
        if self._part_label(line) or self.grammar.pattern("labels", "box").match(line.words):
            return True
        if match := self.grammar.pattern("labels", "number").match(words):
            number = self.grammar.number(match["number"])
            return number is not None and (number == 1 or self._number < number <= self._number + 2)
        if (match := self.grammar.pattern("labels", "letter").match(words)) and line.indent:
            return True
        if self._box and self.grammar.pattern("labels", "bullet").match(words):
            return True
        return any(
            pattern.match(line.words) and len(line.words) < 60 for pattern in self.grammar.patterns("labels", "section")
        )

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

    def _looks_like_heading(self, line: Line) -> bool:
        words = line.words
        runs_on = words[-1] in "，,،" or (words[-1] == "、" and (not self.wrapped or len(words) < 0.8 * self.width))
        return len(words) <= LONGEST_HEADING and not complete(words, self.grammar) and not runs_on


def _after(letter: str) -> str:
    """The label after this one: "" → a, a → b, z → aa."""
    if not letter:
        return "a"
    if letter[-1] == "z":
        return "a" * (len(letter) + 1)
    return letter[:-1] + chr(ord(letter[-1]) + 1)
