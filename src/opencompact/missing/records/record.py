"""One schema for a person sought, remains, and a person found. Every field may be unknown; nothing is a guess.

Own schema, over what INTERPOL's AM and PM forms ask; sex and areas by SDMX and ISO 3166 codes, teeth ISO 3950 (FDI).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from opencompact.missing.records.intervals import Days, Range
from opencompact.missing.records.places import Place

Kind = Literal["sought", "remains", "found"]
NameKind = Literal["full", "given", "father", "grandfather", "mother", "family", "nickname", "document"]
StatureHow = Literal["living", "body", "bone", "decomposed", "unknown"]
HowKnown = Literal["reported", "documents", "external", "skeletal", "dental", "dna", "unknown"]


@dataclass(frozen=True)
class PersonName:
    """A name or a part of one, as written, in its own script. `language` is ISO 639-1 where known."""

    text: str
    kind: NameKind = "full"
    language: str | None = None

    @property
    def script(self) -> str:
        """The script of its first letter, as Unicode names it: LATIN, ARABIC, ETHIOPIC, CJK…; "" without a letter."""
        letters = (unicodedata.name(letter, "").split(" ")[0] for letter in self.text if letter.isalpha())
        return next(letters, "")


@dataclass(frozen=True)
class Sex:
    """`F` or `M` and how it is known: what a family says, an external examination, a skeleton or DNA err differently."""

    value: Literal["F", "M"]
    how: HowKnown = "reported"


@dataclass(frozen=True)
class Age:
    """Age in completed years, as a range, on the days `at`; `how` it was told."""

    years: Range
    at: Days | None = None
    how: HowKnown = "reported"


@dataclass(frozen=True)
class Stop:
    """A place of the journey and when: `last-contact`, `departure`, `transit`, `found`."""

    place: Place | None
    days: Days | None
    kind: Literal["last-contact", "departure", "transit", "found"] = "transit"


@dataclass(frozen=True)
class Mark:
    """A scar, tattoo, piercing, prosthesis or birthmark: where on the body, and in words."""

    kind: Literal["scar", "tattoo", "piercing", "prosthesis", "birthmark", "amputation", "other"]
    words: str
    site: str | None = None


@dataclass(frozen=True)
class Document:
    """A document: its kind, number and issuing country (ISO 3166 alpha-3)."""

    kind: str
    number: str
    country: str | None = None


@dataclass(frozen=True)
class Consent:
    """What the giver of the record agreed to: for which purpose, towards which recipient ("all" or a name)."""

    purpose: str
    recipient: str
    given: bool


@dataclass(frozen=True)
class Record:
    """A person sought (`sought`), human remains (`remains`), or a person in hospital, detention, rescued, found (`found`).

    Stature in cm. `teeth` maps an FDI number (11–48, 51–85) to a state: sound, filled, crowned, missing, implant, root-treated.
    `phones` are the person's own, or were found on them; `reporter_phones` are those of who reports. `traits` are hair, eyes, skin, build in words. `birth_how` is how the date of birth is known. `file` and `row` say where the record came
    from, `rows` how many rows of it made the record.
    """

    id: str
    kind: Kind
    names: tuple[PersonName, ...] = ()
    sex: Sex | None = None
    birth: Days | None = None
    birth_how: HowKnown = "documents"
    age: Age | None = None
    nationality: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    stops: tuple[Stop, ...] = ()
    route: str | None = None
    companions: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    stature: Range | None = None
    stature_how: StatureHow = "unknown"
    traits: tuple[tuple[str, str], ...] = ()
    marks: tuple[Mark, ...] = ()
    objects: tuple[str, ...] = ()
    medical: tuple[str, ...] = ()
    teeth: tuple[tuple[int, str], ...] = ()
    documents: tuple[Document, ...] = ()
    phones: tuple[str, ...] = ()
    reporter_phones: tuple[str, ...] = ()
    reporter: str | None = None
    reporter_relation: str | None = None
    consents: tuple[Consent, ...] = ()
    language: str | None = None
    synthetic: bool = False
    file: str | None = None
    row: int | None = None
    rows: int = 1
    notes: tuple[str, ...] = field(default=())

    def trait(self, name: str) -> str | None:
        """Hair, eyes, skin or build, or None where it is not known."""
        return dict(self.traits).get(name)

    def stop(self, kind: str) -> Stop | None:
        """The first stop of a kind."""
        return next((stop for stop in self.stops if stop.kind == kind), None)
