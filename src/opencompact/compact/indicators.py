"""What an indicator is: its name, where it belongs, which way is better, what is asked for and what would give it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from opencompact.compact.names import Citation, Named
from opencompact.language import language

Tier = Literal["core", "additional", "provisional", "context"]
Direction = Literal["up", "down", "neither"]
Comparison = Literal["<", "<=", "=", ">=", ">"]

TIERS: tuple[Tier, ...] = ("core", "additional", "provisional", "context")
#: Columns of the observation table by which an indicator may be asked for.
DIMENSIONS = ("sex", "age", "migratory_status", "origin", "breakdown")


@dataclass(frozen=True)
class Word(Named):
    """An entry of the vocabulary that indicators share: a unit, or a way of computing."""

    id: str


@dataclass(frozen=True)
class Question(Word):
    """What would fill a gap: a census question, a survey module, a register, or a questionnaire on policy."""

    kind: Literal["census", "survey", "register", "policy"]


@dataclass(frozen=True)
class Target:
    """A value that a text states: where the indicator should stand, by which year, and which text says so."""

    comparison: Comparison
    value: float
    year: int | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Indicator(Named):
    """One indicator of a catalogue.

    `official` says whether it comes from the official list of the UN Network on Migration; `official_code` is its code
    there or in the SDG framework. `disaggregations` are the columns of an observation by which it is asked for,
    `sources` the ids of the sources that give it, best first. `same_as` is the id under which the same definition is
    kept, where it has two codes: `canonical` is the id to look for values under. `translated` holds the languages that
    the file names; in the others the English name stands in.
    """

    id: str
    official_code: str | None
    objectives: tuple[int, ...]
    tier: Tier
    official: bool
    unit: str
    direction: Direction
    short_names: Mapping[str, str] = field(hash=False)
    targets: tuple[Target, ...] = ()
    disaggregations: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    computation: Word | None = None
    questions: tuple[Question, ...] = ()
    same_as: str | None = None
    translated: frozenset[str] = frozenset()

    @property
    def canonical(self) -> str:
        """The id under which values of this definition are kept."""
        return self.same_as or self.id

    def short(self, code: str = "en") -> str:
        """A short name of our own, for titles and axes; the name where there is none."""
        return self.short_names[language(code).code]
