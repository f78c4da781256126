"""Claims: every figure that a text states, as value, unit, what, where, when, and the footnote that gives its source.

How numbers, units and periods are written is in the grammar of the language; what figures are about is in
`facts/subjects.toml`. Checking a claim against data is the work of `review.claims`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from opencompact.documents.figures import Number, is_target, numbers_in
from opencompact.documents.grammar import Grammar, grammar
from opencompact.documents.model import Document, Paragraph, Span
from opencompact.documents.places import places_in
from opencompact.documents.subjects import Subject, subject_of, subjects
from opencompact.documents.timing import Timing, end_of_change, note_after

__all__ = ["Claim", "Subject", "claims_in", "subjects"]

WORLD = "001"


@dataclass(frozen=True)
class Claim:
    """A figure that a text states.

    `value` is in units (281000000, not 281 million; 3.6 for 3.6 %); `unit` is persons, percent, usd, countries, events …;
    `subject` is an id of `facts/subjects.toml`, or "other"; `area` an ISO or M49 code, or None where the place is none;
    `period` ISO 8601 (2023, 2021-Q3, 2019/2021 for a span), with `period_from` saying what it was read from;
    `qualifier` is about, over, under or up-to; `role` is statement or target; `note` the mark of the source's footnote;
    `at` is the span of the number and its unit in the paragraph's text; `precision` what its last digit counts.
    """

    document: str
    paragraph: str
    value: float
    unit: str
    subject: str
    area: str | None
    period: str | None
    period_from: str | None
    sex: str
    qualifier: str | None
    role: str
    note: str | None
    written: str
    at: Span
    precision: float = 1.0

    @property
    def id(self) -> str:
        """The provision and the value: the same whether the text is loaded or not."""
        return f"{self.document}#{self.paragraph}={self.value:.12g}"

    def as_dict(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "paragraph": self.paragraph,
            "value": int(self.value) if self.value == int(self.value) else self.value,
            "unit": self.unit,
            "subject": self.subject,
            "area": self.area,
            "period": self.period,
            "period_from": self.period_from,
            "sex": self.sex,
            "qualifier": self.qualifier,
            "role": self.role,
            "footnote": self.note,
            "written": self.written,
            "at": list(self.at),
        }


def claims_in(document: Document) -> tuple[Claim, ...]:
    """Every figure that the numbered paragraphs, sub-paragraphs and boxes of a document state, in order."""
    rules = grammar(document.language)
    return tuple(claim for paragraph in document.paragraphs for claim in _paragraph_claims(paragraph, document, rules))


def _paragraph_claims(paragraph: Paragraph, document: Document, rules: Grammar) -> Iterator[Claim]:
    text = paragraph.text
    numbers = list(numbers_in(paragraph, rules))
    stops = [match.end() for match in rules.pattern("claims", "sentence_end").finditer(text)]
    timing = Timing(paragraph, numbers, rules, document.date)
    before: Subject | None = None
    for index, number in enumerate(numbers):
        sentence = _sentence(len(text), number.span, stops)
        window = _window(sentence, numbers, index)
        subject = subject_of(number, text, window, sentence, rules)
        if subject is None and end_of_change(text, rules, numbers, index) == 1:
            subject = before
        before = subject
        period = timing.of(index, sentence)
        yield Claim(
            document=document.symbol,
            paragraph=paragraph.place,
            value=number.value,
            unit=number.unit,
            subject=subject.id if subject else "other",
            area=_area(text, number.span, sentence, subject, rules),
            period=period.iso if period else None,
            period_from=period.read_from if period else None,
            sex=_sex(text, number.span, window, subject, rules),
            qualifier=number.qualifier,
            role="target" if is_target(text, number, rules) else "statement",
            note=_source_note(paragraph, number.span, sentence),
            written=number.written,
            at=number.span,
            precision=number.precision,
        )


def _sentence(length: int, span: Span, stops: Sequence[int]) -> Span:
    before, after = bisect_right(stops, span[0]), bisect_left(stops, span[1])
    return stops[before - 1] if before else 0, stops[after] if after < len(stops) else length


def _window(sentence: Span, numbers: Sequence[Number], index: int) -> Span:
    """From the number before to the number after, within the sentence: the words that are this number's own."""
    span = numbers[index].span
    start = max(sentence[0], numbers[index - 1].span[1] if index else 0)
    end = min(sentence[1], numbers[index + 1].span[0] if index + 1 < len(numbers) else sentence[1])
    return min(start, span[0]), max(end, span[1])


def _source_note(paragraph: Paragraph, span: Span, sentence: Span) -> str | None:
    note = note_after(paragraph, span, sentence)
    return note.mark if note else None


def _area(text: str, span: Span, sentence: Span, subject: Subject | None, rules: Grammar) -> str | None:
    """Where: a country that the sentence names, a group that the subject tells, else the world if that is meant."""
    words = text[sentence[0] : sentence[1]]
    if subject and subject.area:
        return subject.area
    toward = rules.pattern("claims", "toward")
    before = [
        place
        for place in places_in(words, rules.code)
        if sentence[0] + place.at[0] < span[0] and not toward.search(words[: place.at[0]])
    ]
    if before:
        return before[-1].area
    if rules.pattern("claims", "elsewhere").search(words):
        return None
    return WORLD if subject else None


def _sex(text: str, span: Span, window: Span, subject: Subject | None, rules: Grammar) -> str:
    if subject and subject.sex:
        return subject.sex
    after = text[span[0] : window[1]]
    return "F" if rules.pattern("claims", "women").search(after[:24]) else "_T"
