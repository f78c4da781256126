"""Country examples: what the texts say that a country did, in a few words of our own, with the paragraph."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from opencompact.language import language as known_language


@dataclass(frozen=True)
class CountryExample:
    """What one or several countries did (`areas`, ISO codes), under which objectives, in which year if the text says."""

    document: str
    paragraph: str
    areas: tuple[str, ...]
    objectives: tuple[int, ...]
    year: str | None
    names: Mapping[str, str]

    @property
    def provision(self) -> str:
        """The id of the provision that tells it."""
        return f"{self.document}#{self.paragraph}"

    def name(self, language: str) -> str:
        """A few words of ours for what was done, in a language."""
        return self.names[known_language(language).code]

    def as_dict(self, language: str = "en") -> dict[str, Any]:
        return {
            "document": self.document,
            "paragraph": self.paragraph,
            "areas": list(self.areas),
            "objectives": list(self.objectives),
            "year": self.year,
            "name": self.name(language),
        }


@cache
def examples() -> tuple[CountryExample, ...]:
    """Every example, in the order of the texts."""
    source = files("opencompact.documents").joinpath("facts", "examples.toml")
    entries = tomllib.loads(source.read_text(encoding="utf-8"))["example"]
    return tuple(
        CountryExample(
            entry["document"],
            entry["paragraph"],
            tuple(entry["areas"]),
            tuple(entry["objectives"]),
            entry.get("year"),
            entry["name"],
        )
        for entry in entries
    )
