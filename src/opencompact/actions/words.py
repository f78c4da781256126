"""The lists that fields of actions are chosen from: a code that stays and a label for the catalogues."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from opencompact import compact
from opencompact.language import N_, translator


@dataclass(frozen=True)
class Choice:
    """One entry of a list: its code in files and addresses, its label in English (translated where it is shown)."""

    code: str
    label: str

    def name(self, language: str = "en") -> str:
        """The label in a language."""
        return translator(language, "actions")(self.label)


STAGES = (
    Choice("promised", N_("Promised")),
    Choice("under-way", N_("Under way")),
    Choice("done", N_("Done")),
    Choice("stopped", N_("Stopped")),
)
EVIDENCE = (
    Choice("document", N_("A document")),
    Choice("figure", N_("A figure")),
    Choice("indicator", N_("An indicator")),
)
# Forms and modes of pledges as the pledging initiative of the first review forum had them (A/RES/76/266, ¶73, 77).
FORMS = (
    Choice("financial", N_("Financial")),
    Choice("human-resources", N_("Human resources")),
    Choice("process", N_("Process")),
    Choice("policy", N_("Policy")),
)
MODES = (
    Choice("individual", N_("By one alone")),
    Choice("common", N_("Common pledge")),
    Choice("partnership", N_("In partnership")),
    Choice("matching", N_("Matching another pledge")),
)
# Where a pledge was made: the review forum's own initiative, and the local governments' call (A/79/590, ¶48, 74).
INITIATIVES = (
    Choice("review-forum", N_("Pledging initiative of the Review Forum")),
    Choice("local-action", N_("Local governments’ Call to Local Action for Migrants and Refugees")),
    Choice("refugee-forum", N_("Global Refugee Forum")),
    Choice("development-forum", N_("Global Forum on Migration and Development")),
)
# Whose text it answers: a city may answer both compacts with one action (A/79/590, ¶48).
COMPACTS = (
    Choice("migration", N_("Global Compact for Migration")),
    Choice("refugees", N_("Global Compact on Refugees")),
)
# What is reviewed, from a city to the world (A/79/590, ¶7, 62, 75, 86–88).
REVIEWS = (
    Choice("national", N_("Voluntary review of a country")),
    Choice("local", N_("Voluntary review of a city or district")),
    Choice("regional", N_("Regional review")),
    Choice("forum", N_("International Migration Review Forum")),
)
# What the instruments of the CLIMB inventory are about (docs/reference/actions.md).
SUBJECTS = (
    Choice("human-mobility", N_("Human mobility")),
    Choice("disaster-risk", N_("Disaster risk")),
    Choice("climate-action", N_("Climate action")),
    Choice("development", N_("Sustainable development")),
)
LEVELS = (
    Choice("local", N_("Local")),
    Choice("national", N_("National")),
    Choice("regional", N_("Regional")),
    Choice("global", N_("Global")),
)
INSTRUMENTS = (
    Choice("law", N_("Law")),
    Choice("policy", N_("Policy")),
    Choice("agreement", N_("Agreement")),
    Choice("plan", N_("Plan or strategy")),
)
HAZARDS = (
    Choice("flood", N_("Flood")),
    Choice("storm", N_("Storm")),
    Choice("drought", N_("Drought")),
    Choice("earthquake", N_("Earthquake or eruption")),
    Choice("fire", N_("Fire")),
    Choice("heat", N_("Extreme heat")),
    Choice("slow-onset", N_("Slow-onset change")),
)
MOBILITY = (
    Choice("migration", N_("Migration")),
    Choice("displacement", N_("Displacement")),
    Choice("planned-relocation", N_("Planned relocation")),
    Choice("return", N_("Return")),
)
SUPPORT = (
    Choice("advice", N_("Advice on policy")),
    Choice("training", N_("Training")),
    Choice("data", N_("Data and statistics")),
    Choice("funding", N_("Funding")),
    Choice("legal", N_("Drafting of law")),
    Choice("exchange", N_("Exchange with peers")),
    Choice("equipment", N_("Systems and equipment")),
)

# The Compact names stakeholders (A/RES/73/195, annex, ¶44); States carry it out and the United Nations system supports it.
STATE = Choice("state", N_("State"))
UNITED_NATIONS = Choice("united-nations", N_("United Nations system"))


@dataclass(frozen=True)
class Speaker(Choice):
    """A type of those who may speak here; a type that the Compact names has its name in the Compact's own data."""

    def name(self, language: str = "en") -> str:
        for entry in compact.stakeholders():
            if entry.code == self.code:
                return entry.name(language)
        return super().name(language)


@cache
def speakers() -> tuple[Choice, ...]:
    """Who may speak: States, the United Nations system, and the stakeholder types of the Compact in its order."""
    named = tuple(Speaker(entry.code, entry.name("en")) for entry in compact.stakeholders())
    return (STATE, UNITED_NATIONS, *named)


def choice(choices: tuple[Choice, ...], code: str) -> Choice:
    """The choice of a code; a code that is in no list stands for itself."""
    return next((entry for entry in choices if entry.code == code), Choice(code, code))
