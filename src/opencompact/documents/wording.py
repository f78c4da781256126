"""Words that respect people: terms that take their dignity or are wrong, why, and what to write instead (A/72/643, ¶18).

The terms are in `facts/wording.toml`, by language; each names the paragraph or the guidance that it rests on.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.documents.grammar import detect
from opencompact.documents.model import Span
from opencompact.errors import InvalidDataError
from opencompact.language import LANGUAGES


@dataclass(frozen=True)
class Term:
    """A term to avoid: its pattern, why (`reasons`, in six languages), what to write instead, and the sources."""

    id: str
    language: str
    pattern: re.Pattern[str]
    instead: str
    reasons: Mapping[str, str]
    sources: tuple[str, ...]

    def reason(self, language: str = "en") -> str:
        """Why it is better not written, in a language."""
        return self.reasons[language]


@dataclass(frozen=True)
class Remark:
    """A term found in a text: where (`at`, and the line, from 1), as it stands there."""

    term: Term
    written: str
    at: Span
    line: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "term": self.term.id,
            "language": self.term.language,
            "written": self.written,
            "line": self.line,
            "at": list(self.at),
            "reason": self.term.reason(),
            "instead": self.term.instead,
            "sources": list(self.term.sources),
        }


@cache
def terms(language: str) -> tuple[Term, ...]:
    """The terms to avoid in a language."""
    facts = tomllib.loads(files("opencompact.documents").joinpath("facts", "wording.toml").read_text(encoding="utf-8"))
    found = []
    for entry in facts["term"]:
        if language in entry["pattern"]:
            flags = re.IGNORECASE if language not in {"zh", "ar"} else 0
            pattern = re.compile(entry["pattern"][language], flags)
            found.append(
                Term(
                    entry["id"],
                    language,
                    pattern,
                    entry["instead"][language],
                    facts["reason"][entry["reason"]],
                    tuple(entry["sources"]),
                )
            )
    return tuple(found)


def remarks(text: str, language: str | None = None) -> tuple[Remark, ...]:
    """Every term to avoid in a text, in order; in its language, or in all six where the language cannot be told.

    A term between marks of quotation counts too: who quotes it sees the remark and decides.
    """
    found: list[Remark] = []
    for code in (language,) if language else _languages_of(text):
        for term in terms(code):
            for match in term.pattern.finditer(text):
                if not any(match.start() < other.at[1] and other.at[0] < match.end() for other in found):
                    line = text.count("\n", 0, match.start()) + 1
                    found.append(Remark(term, match.group(), match.span(), line))
    return tuple(sorted(found, key=lambda remark: remark.at))


def _languages_of(text: str) -> tuple[str, ...]:
    try:
        return (detect(text, "text"),) if len(text) > 400 else tuple(LANGUAGES)
    except InvalidDataError:
        return tuple(LANGUAGES)
