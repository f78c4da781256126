"""Claims: every figure that a text states, as value, unit, what, where, when, and the footnote that gives its source.

How numbers, units and periods are written is in the grammar of the language; what figures are about is in
`facts/subjects.toml`. Checking a claim against data is the work of `review.claims`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.documents.figures import Number, numbers_in
from opencompact.documents.grammar import Grammar, grammar
from opencompact.documents.model import Document, Footnote, Paragraph, Span
from opencompact.documents.periods import Period, periods_in
from opencompact.documents.places import places_in

WORLD = "001"
# The years in the name of a plan or a report are no period of the figures beside it.
_TITLE = re.compile("《(?![^》]*议程》)[^》]*》")


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


@dataclass(frozen=True)
class Subject:
    """What a figure may be about: its `name` in six languages, the `units` it is counted in, words that tell it."""

    id: str
    names: Mapping[str, str]
    units: tuple[str, ...]
    near: Mapping[str, re.Pattern[str]]
    also: Mapping[str, re.Pattern[str]]
    unless: Mapping[str, re.Pattern[str]]
    area: str | None
    sex: str | None

    def name(self, language: str) -> str:
        return self.names[language]


def claims_in(document: Document) -> tuple[Claim, ...]:
    """Every figure that the numbered paragraphs, sub-paragraphs and boxes of a document state, in order."""
    rules = grammar(document.language)
    return tuple(claim for paragraph in document.paragraphs for claim in _paragraph_claims(paragraph, document, rules))


@cache
def subjects() -> dict[str, Subject]:
    """What figures may be about, in the order in which the rules are tried."""
    source = files("opencompact.documents").joinpath("facts", "subjects.toml")
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["subject"]
    return {entry["id"]: _subject(entry) for entry in entries}


def _subject(entry: Mapping[str, Any]) -> Subject:
    def patterns(name: str) -> dict[str, re.Pattern[str]]:
        return {code: re.compile(pattern, re.I) for code, pattern in entry.get(name, {}).items()}

    return Subject(
        entry["id"], entry["name"], tuple(entry["units"]), patterns("near"), patterns("also"), patterns("unless"),
        entry.get("area"), entry.get("sex"),
    )  # fmt: skip


def _paragraph_claims(paragraph: Paragraph, document: Document, rules: Grammar) -> Iterator[Claim]:
    text = paragraph.text
    numbers = list(numbers_in(paragraph, rules))
    before: Subject | None = None
    for index, number in enumerate(numbers):
        sentence = _sentence(text, number.span, rules)
        window = _window(text, sentence, numbers, index)
        subject = _subject_of(number, text, window, sentence, rules)
        if subject is None and _end_of_change(number, text, rules, numbers, index) == 1:
            subject = before
        before = subject
        period = _period(number, text, sentence, paragraph, document, rules, numbers, index)
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
            role="target" if _is_target(text, number, rules) else "statement",
            note=_source_note(paragraph, number.span, sentence),
            written=number.written,
            at=number.span,
            precision=number.precision,
        )


def _sentence(text: str, span: Span, rules: Grammar) -> Span:
    stops = [match.end() for match in rules.pattern("claims", "sentence_end").finditer(text)]
    start = max((stop for stop in stops if stop <= span[0]), default=0)
    end = min((stop for stop in stops if stop >= span[1]), default=len(text))
    return start, end


def _window(text: str, sentence: Span, numbers: Sequence[Number], index: int) -> Span:
    """From the number before to the number after, within the sentence: the words that are this number's own."""
    start = max([sentence[0], *(number.span[1] for number in numbers[:index])])
    end = min([sentence[1], *(number.span[0] for number in numbers[index + 1 :])])
    return min(start, numbers[index].span[0]), max(end, numbers[index].span[1])


def _subject_of(number: Number, text: str, window: Span, sentence: Span, rules: Grammar) -> Subject | None:
    """The first subject whose words stand in the number's own clause, else around it; None where none does."""
    before = text[window[0] : number.span[0]]
    after = text[number.span[0] : window[1]]
    whole = text[sentence[0] : sentence[1]]
    length = number.span[1] - number.span[0]
    own = after[:length] + re.split(r"[，,；;、،]|\s(?:and|et|y|и)\s|\sو", after[length:])[0]
    for words, nearest in ((own, False), (before + own, not rules.joins_without_space), (before + after, False)):
        told = [
            (at, subject)
            for subject in subjects().values()
            if number.unit in subject.units and (at := _tells(subject, words, whole, rules.code)) is not None
        ]
        if told:
            return max(told, key=lambda entry: entry[0])[1] if nearest else told[0][1]
    return None


def _tells(subject: Subject, words: str, sentence: str, language: str) -> int | None:
    """Where, in the words, the last word that tells the subject ends; None where the words do not tell it."""
    near, also, unless = subject.near.get(language), subject.also.get(language), subject.unless.get(language)
    ends = [match.end() for match in near.finditer(words)] if near else []
    if not ends or (also and not also.search(sentence)) or (unless and unless.search(words)):
        return None
    return ends[-1]


def _period(
    number: Number,
    text: str,
    sentence: Span,
    paragraph: Paragraph,
    document: Document,
    rules: Grammar,
    numbers: Sequence[Number],
    index: int,
) -> Period | None:
    """When: the last period named before the number in its sentence, else the first after it; a change's two ends."""
    titles = [match.span() for match in _TITLE.finditer(text)]
    named = [
        period
        for period in periods_in(text, rules, document.date)
        if not any(start <= period.at[0] and period.at[1] < end for start, end in titles)
    ]
    here = [period for period in named if sentence[0] <= period.at[0] < sentence[1]]
    before = [period for period in here if period.at[0] < number.span[0]]
    after = [period for period in here if period.at[0] >= number.span[1]]
    if rules.joins_without_space and _next_counts_too(text, number.span[1], after, numbers[index + 1 :], rules):
        after = []
    if (end := _end_of_change(number, text, rules, numbers, index)) is not None:
        spans = [period for period in named if period.at[0] < number.span[0] and "/" in period.iso]
        if spans and not (before and "/" not in before[-1].iso):
            closed = _closed(spans[-1], named, paragraph, number.span, sentence, rules, document)
            start, _, last = closed.iso.partition("/")
            return replace(spans[-1], iso=start if end == 0 else last, read_from="change in the text")
    target = _is_target(text, number, rules)
    if after and not rules.joins_without_space and re.fullmatch(r"[\s\w]{0,14}", text[number.span[1] : after[0].at[0]]):
        before, after = [], after[:1]
    for period in sorted([*reversed(before), *after], key=lambda period: period.goal != target):
        if period.goal == target:
            return _closed(period, named, paragraph, number.span, sentence, rules, document)
    if target:
        return None
    noted = _period_of_note(paragraph, number.span, sentence, rules, document.date)
    earlier = [period for period in named if period.at[0] < sentence[0] and not period.goal]
    return noted or (replace(earlier[-1], read_from="sentence before") if earlier else None)


def _next_counts_too(text: str, end: int, after: Sequence[Period], following: Sequence[Number], rules: Grammar) -> bool:
    """Whether the next period stands behind a comma and before another figure: then it is that figure's own."""
    if not after or not following or after[0].at[0] > following[0].span[0]:
        return False
    between = text[end : after[0].at[0]]
    return bool(re.search("[，,；;]", between)) and not rules.pattern("claims", "reports").search(between)


def _closed(
    period: Period,
    named: Sequence[Period],
    paragraph: Paragraph,
    span: Span,
    sentence: Span,
    rules: Grammar,
    document: Document,
) -> Period:
    """A span "since" ends at the day that the paragraph named before, else with the source's year, else with the text's."""
    if not period.since:
        return period
    start = period.iso.partition("/")[0]
    days = [other.iso.partition("/")[2] for other in named if other.at < period.at and re.search(r"-\d\d$", other.iso)]
    noted = _period_of_note(paragraph, span, sentence, rules, document.date)
    end = days[-1] if days and days[-1] else noted.iso if noted else period.iso.partition("/")[2]
    return replace(period, iso=f"{start}/{end}") if end else period


def _end_of_change(number: Number, text: str, rules: Grammar, numbers: Sequence[Number], index: int) -> int | None:
    """0 where the number is what a change starts from ("from 2.8 % to 3.4 %"), 1 where it is what it ends at."""
    change = rules.pattern("claims", "change")
    following = numbers[index + 1] if index + 1 < len(numbers) else None
    if following and following.unit == number.unit and change.search(text[number.span[1] : following.span[0]]):
        return 0
    before = numbers[index - 1] if index else None
    if before and before.unit == number.unit and change.search(text[before.span[1] : number.span[0]]):
        return 1
    return None


def _period_of_note(
    paragraph: Paragraph, span: Span, sentence: Span, rules: Grammar, date: str | None
) -> Period | None:
    """The year in the title of the source that the footnote names, where the text gives none."""
    note = _note_after(paragraph, span, sentence)
    if note is None:
        return None
    years = [period for period in periods_in(note.text, rules, date) if re.fullmatch(r"\d{4}", period.iso)]
    return replace(years[0], read_from="footnote") if years else None


def _note_after(paragraph: Paragraph, span: Span, sentence: Span) -> Footnote | None:
    marked = [note for note in paragraph.footnotes if note.at is not None and span[0] <= note.at <= sentence[1] + 1]
    return marked[0] if marked else None


def _source_note(paragraph: Paragraph, span: Span, sentence: Span) -> str | None:
    note = _note_after(paragraph, span, sentence)
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


def _is_target(text: str, number: Number, rules: Grammar) -> bool:
    before, after = text[max(0, number.span[0] - 12) : number.span[0]], text[number.span[1] : number.span[1] + 6]
    return bool(rules.pattern("claims", "target").search(before + "\0" + after))
