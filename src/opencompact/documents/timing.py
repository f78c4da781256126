"""When a figure is of: the period that its sentence names, its footnote's, or the sentence's before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from opencompact.documents.figures import Number, is_target
from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Footnote, Paragraph, Span
from opencompact.documents.periods import Period, periods_in

# The years in the name of a plan or a report are no period of the figures beside it.
_TITLE = re.compile("《(?![^》]*议程》)[^》]*》")


class Timing:
    """The periods of one paragraph, found once: which of them is a figure's own.

    `date` is the text's own, for spans that run until it was written.
    """

    def __init__(self, paragraph: Paragraph, numbers: Sequence[Number], rules: Grammar, date: str | None) -> None:
        self.paragraph, self.numbers, self.rules, self.date = paragraph, numbers, rules, date
        self.text = paragraph.text
        titles = [match.span() for match in _TITLE.finditer(self.text)]
        self.named = [
            period
            for period in periods_in(self.text, rules, date)
            if not any(start <= period.at[0] and period.at[1] < end for start, end in titles)
        ]
        self.starts = [period.at[0] for period in self.named]

    def of(self, index: int, sentence: Span) -> Period | None:
        """When: the last period named before the number in its sentence, else the first after it; a change's two ends."""
        number = self.numbers[index]
        here = self.named[bisect_left(self.starts, sentence[0]) : bisect_left(self.starts, sentence[1])]
        before = [period for period in here if period.at[0] < number.span[0]]
        after = self._after(index, [period for period in here if period.at[0] >= number.span[1]])
        if change := self._of_change(index, before, sentence):
            return change
        if self._stands_behind(number, after):
            before, after = [], after[:1]
        target = is_target(self.text, number, self.rules)
        for period in sorted([*reversed(before), *after], key=lambda period: period.goal != target):
            if period.goal == target:
                return self._closed(period, number.span, sentence)
        return None if target else self._from_around(number.span, sentence)

    def _after(self, index: int, after: list[Period]) -> list[Period]:
        """The periods after a number that are its own: not those behind a comma and before another figure."""
        following = self.numbers[index + 1] if index + 1 < len(self.numbers) else None
        if not self.rules.joins_without_space or not after or not following or after[0].at[0] > following.span[0]:
            return after
        between = self.text[self.numbers[index].span[1] : after[0].at[0]]
        others = re.search("[，,；;]", between) and not self.rules.pattern("claims", "reports").search(between)
        return [] if others else after

    def _stands_behind(self, number: Number, after: Sequence[Period]) -> bool:
        """ "8,500 in 2023": the period stands right behind the number."""
        if not after or self.rules.joins_without_space:
            return False
        return bool(re.fullmatch(r"[\s\w]{0,14}", self.text[number.span[1] : after[0].at[0]]))

    def _of_change(self, index: int, before: Sequence[Period], sentence: Span) -> Period | None:
        """The start or the end of the span before, where the number is what a change starts from or ends at."""
        end = end_of_change(self.text, self.rules, self.numbers, index)
        if end is None or (before and "/" not in before[-1].iso):
            return None
        number = self.numbers[index]
        for period in reversed(self.named[: bisect_left(self.starts, number.span[0])]):
            if "/" in period.iso:
                start, _, last = self._closed(period, number.span, sentence).iso.partition("/")
                return replace(period, iso=start if end == 0 else last, read_from="change in the text")
        return None

    def _closed(self, period: Period, span: Span, sentence: Span) -> Period:
        """A span "since" ends at the day that the paragraph named before, else with the source's year, else the text's."""
        if not period.since:
            return period
        start = period.iso.partition("/")[0]
        earlier = (one.iso for one in self.named if one.at < period.at and re.search(r"-\d\d$", one.iso))
        days = [iso.partition("/")[2] for iso in earlier]
        noted = self._of_note(span, sentence)
        end = days[-1] if days and days[-1] else noted.iso if noted else period.iso.partition("/")[2]
        return replace(period, iso=f"{start}/{end}") if end else period

    def _from_around(self, span: Span, sentence: Span) -> Period | None:
        """The year of the footnote's source, else the last period of the sentences before."""
        if noted := self._of_note(span, sentence):
            return noted
        for period in reversed(self.named[: bisect_left(self.starts, sentence[0])]):
            if not period.goal:
                return replace(period, read_from="sentence before")
        return None

    def _of_note(self, span: Span, sentence: Span) -> Period | None:
        """The year in the title of the source that the footnote names, where the text gives none."""
        note = note_after(self.paragraph, span, sentence)
        if note is None:
            return None
        years = [one for one in periods_in(note.text, self.rules, self.date) if re.fullmatch(r"\d{4}", one.iso)]
        return replace(years[0], read_from="footnote") if years else None


def end_of_change(text: str, rules: Grammar, numbers: Sequence[Number], index: int) -> int | None:
    """0 where the number is what a change starts from ("from 2.8 % to 3.4 %"), 1 where it is what it ends at."""
    change = rules.pattern("claims", "change")
    number = numbers[index]
    following = numbers[index + 1] if index + 1 < len(numbers) else None
    if following and following.unit == number.unit and change.search(text[number.span[1] : following.span[0]]):
        return 0
    before = numbers[index - 1] if index else None
    if before and before.unit == number.unit and change.search(text[before.span[1] : number.span[0]]):
        return 1
    return None


def note_after(paragraph: Paragraph, span: Span, sentence: Span) -> Footnote | None:
    marked = [note for note in paragraph.footnotes if note.at is not None and span[0] <= note.at <= sentence[1] + 1]
    return marked[0] if marked else None
