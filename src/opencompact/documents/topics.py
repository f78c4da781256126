"""Topics: what a provision is about, and which objectives and principles of the Compact that bears on."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Topic:
    """A topic: its `names` in six languages, the patterns that tell it, the objectives and principles it belongs to.

    `by_heading` is true where a heading that names the topic makes every paragraph under it bear on its objectives.
    """

    id: str
    names: Mapping[str, str]
    objectives: tuple[int, ...]
    principles: tuple[int, ...]
    by_heading: bool
    words: Mapping[str, str]

    def name(self, language: str) -> str:
        return self.names[language]

    def found_in(self, text: str, language: str) -> list[str]:
        """The words of the text that tell this topic, as they stand there."""
        pattern = self.words.get(language)
        return [match.group() for match in _compiled(pattern).finditer(text)] if pattern else []


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when a text is first searched: whoever needs the names alone does not wait for it."""
    return re.compile(pattern, re.I)


@cache
def topics() -> dict[str, Topic]:
    """Every topic, by id."""
    source = files("opencompact.documents").joinpath("facts", "topics.toml")
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["topic"]
    return {
        entry["id"]: Topic(
            entry["id"],
            entry["name"],
            tuple(entry["objectives"]),
            tuple(entry["principles"]),
            entry.get("by_heading", False),
            entry["words"],
        )
        for entry in entries
    }
