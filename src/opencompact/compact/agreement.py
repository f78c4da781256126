"""What the Compact says, as data: objectives, actions, principles, round tables, recommendations, stakeholders.

Everything here is read once from the files in `definitions/`, which say for each entry the document and the paragraph.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from opencompact.compact.names import Citation, Named, cited, six
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, language

DEFINITIONS = Path(__file__).parent / "definitions"


@dataclass(frozen=True)
class Entry(Named):
    """An entry of the agreement; `official(code)` says whether its name in a language is the official one."""

    def official(self, code: str) -> bool:
        return self.has_official_name(code)


@dataclass(frozen=True)
class Action(Entry):
    """One lettered action under an objective; its name is a few words of our own, never a sentence of the text."""

    code: str
    objective: int
    letter: str


@dataclass(frozen=True)
class Objective(Entry):
    """One of the 23: its title, a short label, where it is discussed and the actions that it draws on."""

    number: int
    short_names: Mapping[str, str] = field(hash=False)
    round_table: int
    thematic_area: str
    actions: tuple[Action, ...]

    def short(self, code: str = "en") -> str:
        """A label of one to three words of our own, for axes and matrices."""
        return self.short_names[language(code).code]


@dataclass(frozen=True)
class Principle(Entry):
    """One of the ten guiding principles, that cut across all objectives."""

    number: int


@dataclass(frozen=True)
class RoundTable(Entry):
    """One of the four round tables of the review forum, with the numbers of the objectives that it holds.

    The texts name the objectives alone; `subject` says in a few words of our own what these are about.
    """

    number: int
    objectives: tuple[int, ...]
    subjects: Mapping[str, str] = field(hash=False)

    def subject(self, code: str = "en") -> str:
        """What its objectives are about, as it stands within a line."""
        return self.subjects[language(code).code]


@dataclass(frozen=True)
class ThematicArea(Entry):
    """One of the five areas under which A/79/590 tells of progress; which objectives go where is our own assignment."""

    code: str
    objectives: tuple[int, ...]


@dataclass(frozen=True)
class RecommendationGroup(Entry):
    """One of the five parts of the annex of A/79/590."""

    number: int


@dataclass(frozen=True)
class Recommendation(Entry):
    """One of the 26 recommendations on missing migrants, in a few words of our own."""

    code: str
    group: int


@dataclass(frozen=True)
class Stakeholder(Entry):
    """A type of those with whom the Compact is carried out."""

    code: str


@cache
def objectives() -> tuple[Objective, ...]:
    """The 23 objectives, in order."""
    return tuple(_objective(entry) for entry in _entries("objectives", "objective"))


def objective(number: int) -> Objective:
    """The objective of that number; raises UnknownCodeError outside 1–23."""
    if number not in range(1, len(objectives()) + 1):
        raise UnknownCodeError("There is no such objective.", value=number, remedy="The objectives are 1 to 23.")
    return objectives()[number - 1]


@cache
def actions() -> tuple[Action, ...]:
    """The 187 actions, by objective and letter."""
    with (DEFINITIONS / "actions.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(_action(row) for row in csv.DictReader(stream))


def actions_of(number: int) -> tuple[Action, ...]:
    """The actions under one objective."""
    return objective(number).actions


def action(code: str) -> Action:
    """The action of a code such as `8e`; raises UnknownCodeError where there is none."""
    for candidate in actions():
        if candidate.code == code:
            return candidate
    raise UnknownCodeError(
        "There is no such action.", value=code, remedy="Write the objective and the letter, as in 8e."
    )


@cache
def principles() -> tuple[Principle, ...]:
    """The ten guiding principles, in order."""
    return tuple(Principle(**_named(e), number=e["number"]) for e in _entries("principles", "principle"))


@cache
def round_tables() -> tuple[RoundTable, ...]:
    """The four round tables, in order."""
    return tuple(
        RoundTable(**_named(e), number=e["number"], objectives=tuple(e["objectives"]), subjects=six(e["subject"]))
        for e in _entries("round_tables", "round_table")
    )


@cache
def thematic_areas() -> tuple[ThematicArea, ...]:
    """The five thematic areas, in order."""
    return tuple(
        ThematicArea(
            **_named(e),
            code=e["code"],
            objectives=tuple(o.number for o in objectives() if o.thematic_area == e["code"]),
        )
        for e in _entries("thematic_areas", "thematic_area")
    )


@cache
def recommendation_groups() -> tuple[RecommendationGroup, ...]:
    """The five parts of the recommendations on missing migrants."""
    return tuple(RecommendationGroup(**_named(e), number=e["number"]) for e in _entries("recommendations", "group"))


@cache
def recommendations() -> tuple[Recommendation, ...]:
    """The 26 recommendations on missing migrants, in order."""
    return tuple(
        Recommendation(**_named(e), code=e["code"], group=e["group"])
        for e in _entries("recommendations", "recommendation")
    )


@cache
def stakeholders() -> tuple[Stakeholder, ...]:
    """The types of stakeholder that the Compact names, in its order."""
    return tuple(Stakeholder(**_named(e), code=e["code"]) for e in _entries("stakeholders", "stakeholder"))


def _entries(file: str, table: str) -> list[dict[str, Any]]:
    with (DEFINITIONS / f"{file}.toml").open("rb") as stream:
        entries: list[dict[str, Any]] = tomllib.load(stream)[table]
    return entries


def _named(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "names": six(entry["name"]),
        "official_names": frozenset(entry.get("official", ())),
        "citations": cited(entry),
    }


def _objective(entry: Mapping[str, Any]) -> Objective:
    number: int = entry["number"]
    return Objective(
        **_named(entry),
        number=number,
        short_names=six(entry["short"]),
        round_table=entry["round_table"],
        thematic_area=entry["thematic_area"],
        actions=tuple(a for a in actions() if a.objective == number),
    )


def _action(row: Mapping[str, str]) -> Action:
    code = row["code"]
    found = re.fullmatch(r"(\d+)([a-z])", code)
    assert found is not None, code
    number, letter = int(found[1]), found[2]
    return Action(
        names=six({language: row[language] for language in LANGUAGES}),
        official_names=frozenset(),
        # Objective n is paragraph n + 16 of the annex (A/RES/73/195, ¶17–39).
        citations=(Citation("A/RES/73/195", f"annex, ¶{number + 16}({letter})"),),
        code=code,
        objective=number,
        letter=letter,
    )
