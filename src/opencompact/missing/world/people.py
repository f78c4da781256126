"""People of the synthetic world: names of their culture, a birth, a body, a journey that ends somewhere on its way.

Own: shares and spreads by judgement, names of `names.tsv`, ways of `journeys.toml`.
"""

from __future__ import annotations

import csv
import datetime
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from opencompact.missing.evidence.concepts import listed
from opencompact.missing.records.places import Point
from opencompact.missing.records.sayings import plain

TATTOOS = ("cross", "heart", "star", "rose", "bird", "lion", "snake", "anchor", "name")
SITES = ("arm", "hand", "leg", "head", "face", "neck", "chest", "back", "shoulder", "belly")
OBJECTS = (
    "ring",
    "necklace",
    "bracelet",
    "watch",
    "amulet",
    "rosary",
    "phone",
    "bag",
    "belt",
    "jacket",
    "shirt",
    "trousers",
    "shoes",
    "cap",
)
COLOURS = ("red", "blue", "black", "white", "green", "yellow", "brown", "grey")
HAIR = {"black": 0.78, "dark brown": 0.15, "brown": 0.05, "grey": 0.02}
EYES = {"dark brown": 0.75, "brown": 0.18, "hazel": 0.04, "green": 0.03}
BUILD = {"slim": 0.35, "medium": 0.5, "heavy": 0.15}
Rng = np.random.Generator


@dataclass(frozen=True)
class NamePart:
    """A name in its own script (or none) and in the Latin spellings that officers write."""

    native: str
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """Someone who never lived. `stage` is how far along `way` the journey got; `fate` is the day it ended."""

    number: int
    sex: str
    country: str
    culture: str
    given: NamePart
    father: NamePart
    grandfather: NamePart
    family: NamePart | None
    birth: datetime.date
    stature: float
    traits: dict[str, str]
    tattoo: tuple[str, str] | None
    scar: tuple[str, str] | None
    objects: tuple[tuple[str, str], ...]
    teeth: dict[int, str]
    way: tuple[str, ...]
    stage: int
    departure: datetime.date
    fate: datetime.date
    end: Point


@cache
def _names() -> dict[tuple[str, str], list[NamePart]]:
    found: dict[tuple[str, str], list[NamePart]] = defaultdict(list)
    with files("opencompact.missing.world").joinpath("names.tsv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            part = NamePart(row["native"] or row["spellings"].split("|")[0], tuple(row["spellings"].split("|")))
            found[row["culture"], row["kind"]].append(part)
    return found


@cache
def journeys() -> list[dict[str, Any]]:
    """The ways that people of the synthetic world take."""
    text = files("opencompact.missing.world").joinpath("journeys.toml").read_text(encoding="utf-8")
    return list(tomllib.loads(text)["journeys"])


def _common(rng: Rng, parts: Sequence[NamePart]) -> NamePart:
    """Few names are common and most are rare: rank frequency, so that a shared name says more or less."""
    weights = 1 / np.arange(1, len(parts) + 1) ** 0.7
    return parts[int(rng.choice(len(parts), p=weights / weights.sum()))]


def _usual(rng: Rng, words: Sequence[str], count: int = 1) -> list[str]:
    """So many different words, each as often as people are described by it (`evidence/concepts.toml`)."""
    shares = np.array([listed().frequencies[word] for word in words])
    return [str(word) for word in rng.choice(words, size=count, replace=False, p=shares / shares.sum())]


def _pick(rng: Rng, shares: dict[str, float]) -> str:
    return str(rng.choice(list(shares), p=np.array(list(shares.values())) / sum(shares.values())))


ENDS = datetime.date(2026, 6, 30)
"""The last day of a world: nobody in it is found, or last heard of, on a day that is still to come for whoever reads it."""


def people(rng: Rng, count: int, start: datetime.date = datetime.date(2021, 1, 1)) -> list[Person]:
    """So many people, from that day on over two years."""
    shares = np.array([journey["share"] for journey in journeys()])
    chosen = rng.choice(len(shares), size=count, p=shares / shares.sum())
    return [_person(rng, number, journeys()[index], start) for number, index in enumerate(chosen)]


def _person(rng: Rng, number: int, journey: dict[str, Any], start: datetime.date) -> Person:
    from opencompact.missing.records.gazetteer import gazetteer

    sex = "F" if rng.random() < 0.22 else "M"
    names, culture = _names(), journey["culture"]
    age = float(np.clip(rng.lognormal(np.log(24), 0.42), 0.2, 85))
    departure = start + datetime.timedelta(days=int(rng.integers(0, 730)))
    way = tuple(journey["way"])
    stage = int(rng.integers(1, len(way)))
    fate = min(ENDS, departure + datetime.timedelta(days=int(rng.exponential(25) * stage + rng.integers(1, 10))))
    a, b = (gazetteer()[plain(way[at])].point for at in (stage - 1, stage))
    assert a is not None
    assert b is not None
    share, drift = rng.random(), rng.normal(0, 0.25, 2)
    end = Point(
        float(a.latitude + share * (b.latitude - a.latitude) + drift[0]),
        float(a.longitude + share * (b.longitude - a.longitude) + drift[1]),
    )
    mean, deviation = {"F": (159, 6.5), "M": (171, 7.0)}[sex]
    grown = min(1.0, 0.42 + 0.58 * (age / 17)) if age < 17 else 1.0
    families = names.get((culture, "family"))
    return Person(
        number,
        sex,
        journey["country"],
        culture,
        _common(rng, names[culture, sex]),
        _common(rng, names[culture, "M"]),
        _common(rng, names[culture, "M"]),
        _common(rng, families) if families else None,
        departure - datetime.timedelta(days=int(age * 365.25)),
        float(rng.normal(mean, deviation) * grown),
        {"hair": _pick(rng, HAIR), "eyes": _pick(rng, EYES), "build": _pick(rng, BUILD)},
        (_usual(rng, TATTOOS)[0], _usual(rng, SITES)[0]) if rng.random() < 0.15 else None,
        (_usual(rng, SITES)[0], str(rng.choice(("left", "right")))) if rng.random() < 0.4 else None,
        tuple((_usual(rng, COLOURS)[0], thing) for thing in _usual(rng, OBJECTS, 3)),
        _teeth(rng, age),
        way,
        stage,
        departure,
        fate,
        end,
    )


def sibling(rng: Rng, person: Person, number: int) -> Person:
    """A brother of a man, or a sister of a woman, who went the same way with them: another given name, birth and body."""
    given, names = person.given, _names()[person.culture, person.sex]
    while given == person.given:
        given = _common(rng, names)
    apart = max(YOUNGEST_NEXT, float(rng.exponential(3.5))) * (1 if rng.random() < 0.5 else -1)
    birth = min(person.birth + datetime.timedelta(days=int(365.25 * apart)), person.departure)
    age = (person.departure - birth).days / 365.25
    return replace(
        person,
        number=number,
        given=given,
        birth=birth,
        stature=person.stature + float(rng.normal(0, 6)),
        traits={"hair": person.traits["hair"], "eyes": person.traits["eyes"], "build": _pick(rng, BUILD)},
        tattoo=None,
        scar=(_usual(rng, SITES)[0], str(rng.choice(("left", "right")))) if rng.random() < 0.4 else None,
        objects=tuple((_usual(rng, COLOURS)[0], thing) for thing in _usual(rng, OBJECTS, 3)),
        teeth=_teeth(rng, age),
    )


YOUNGEST_NEXT = 1.0
"""Years between two births of one mother at least; twins are left out."""


def _teeth(rng: Rng, age: float) -> dict[int, str]:
    if age < 14:
        return {}
    states = np.array(["sound", "filled", "crowned", "root-treated", "missing"])
    worn = min(0.5, max(0.03, (age - 12) / 90))
    shares = np.array([1 - worn, worn * 0.35, worn * 0.1, worn * 0.1, worn * 0.45])
    return {10 * q + p: str(rng.choice(states, p=shares / shares.sum())) for q in (1, 2, 3, 4) for p in range(1, 9)}
