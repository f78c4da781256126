"""What figures are about: the subjects of `facts/subjects.toml`, and the words around a figure that tell its own."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.documents.figures import Number
from opencompact.documents.grammar import Grammar
from opencompact.documents.model import Span


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


def subject_of(number: Number, text: str, window: Span, sentence: Span, rules: Grammar) -> Subject | None:
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
