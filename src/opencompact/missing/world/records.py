"""From people to files: what families report, what is written of those who are found, and which is whose.

Own: how files are kept, by judgement; errors are those of `evidence/parameters.toml` (`errors`). Not fitted to any real file.
"""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from opencompact.missing.evidence.marks import words_for
from opencompact.missing.world.errors import Errors
from opencompact.missing.world.journeys import BY_FAMILY, BY_SURVIVOR, OF_REMAINS, told_of_journey
from opencompact.missing.world.people import BUILD, ENDS, EYES, HAIR, NamePart, Person, Rng, people, sibling
from opencompact.tables import write_text

LANGUAGE = {
    "arabic": "ar",
    "ethiopic": "en",
    "west-african": "fr",
    "bengali": "en",
    "persian": "ar",
    "spanish": "es",
    "somali": "en",
}
OFFICER = ("en", "fr", "es")
COLUMNS = (
    "id",
    "kind",
    "synthetic",
    "given_name",
    "father_name",
    "grandfather_name",
    "family_name",
    "sex",
    "sex_how",
    "birth_date",
    "age",
    "age_how",
    "age_date",
    "nationality",
    "departure_place",
    "departure_date",
    "transit_places",
    "means",
    "last_contact_place",
    "last_contact_date",
    "found_place",
    "found_date",
    "coordinates",
    "stature",
    "stature_how",
    "hair",
    "eyes",
    "build",
    "scars",
    "tattoos",
    "objects",
    "teeth",
    "consent",
)
Row = dict[str, str]


@dataclass(frozen=True)
class World:
    """Rows of two files and the truth: (id of the person sought, id of the one found) pairs, and pairs of one file that
    are the same person reported twice."""

    sought: tuple[Row, ...]
    found: tuple[Row, ...]
    truth: tuple[tuple[str, str], ...]
    duplicates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Rates:
    """How records err: shares of people and of fields."""

    reported: float = 0.7  # of the people who are found, a family looks for them
    found: float = 0.45  # of the people sought, someone is found
    remains: float = 0.7  # of those found, as remains
    named: float = 0.45  # of remains, with a name (papers, companions)
    spelling: float = 0.45  # a name written in another of its spellings
    typo: float = 0.15
    swapped: float = 0.08
    father_unknown: float = 0.30
    unknown: float = 0.15  # any other field that a side does not know
    reported_twice: float = 0.03
    siblings: float = 0.0  # of people of whom nobody looks for, or nobody finds, a brother or sister who went along is found, or looked for
    errors: float = 1.0  # times the rates of error of `evidence/parameters.toml`


def make_world(seed: int, size: int, rates: Rates | None = None) -> World:
    """A world of `size` people, the same for the same seed."""
    rates, rng = rates or Rates(), np.random.default_rng(seed)
    ways = np.random.default_rng(
        [seed, 1]
    )  # journeys have a chance of their own, so that all else stays as it is without them
    sought: list[Row] = []
    found: list[Row] = []
    truth, duplicates = [], []
    kin = np.random.default_rng([seed, 2])  # brothers and sisters too
    for person in people(rng, size):
        looked_for = rng.random() < rates.reported
        discovered = rng.random() < rates.found
        if looked_for:
            sought.append(_report(rng, person, f"S{person.number:06}", rates) | _way_of_one_sought(ways, person))
            if rng.random() < rates.reported_twice:
                sought.append(_report(rng, person, f"S{person.number:06}B", rates) | _way_of_one_sought(ways, person))
                duplicates.append((f"S{person.number:06}", f"S{person.number:06}B"))
        if discovered:
            row = _discovery(rng, person, f"R{person.number:06}", rates)
            told = OF_REMAINS if row["kind"] == "remains" else BY_SURVIVOR
            found.append(row | told_of_journey(ways, person, told, str(ways.choice(OFFICER))))
        if looked_for != discovered and kin.random() < rates.siblings:
            other = sibling(kin, person, size + person.number)
            if discovered:
                sought.append(_report(kin, other, f"S{other.number:06}", rates) | _way_of_one_sought(kin, other))
            else:
                found.append(_discovery(kin, other, f"R{other.number:06}", rates))
        if looked_for and discovered:
            truth.append((f"S{person.number:06}", f"R{person.number:06}"))
            if duplicates and duplicates[-1][0] == f"S{person.number:06}":
                truth.append((f"S{person.number:06}B", f"R{person.number:06}"))
    order = rng.permutation(len(found))
    return World(tuple(sought), tuple(found[index] for index in order), tuple(truth), tuple(duplicates))


def _way_of_one_sought(rng: Rng, person: Person) -> Row:
    return told_of_journey(rng, person, BY_FAMILY, LANGUAGE[person.culture])


def _maybe(rng: Rng, rates: Rates, row: Row, **fields: str) -> None:
    """Fields that a side knows, most of the time."""
    row.update({name: text for name, text in fields.items() if text and rng.random() >= rates.unknown})


def _report(rng: Rng, person: Person, record: str, rates: Rates) -> Row:
    """What a family says, in its own script."""
    language = LANGUAGE[person.culture]
    row: Row = {
        "id": record,
        "kind": "sought",
        "synthetic": "yes",
        "given_name": person.given.native,
        "nationality": person.country,
    }
    row["consent"], errors = "humanitarian search: all yes", Errors(rng, rates.errors)
    _maybe(
        rng,
        rates,
        row,
        father_name=person.father.native,
        grandfather_name=person.grandfather.native if rng.random() < 0.4 else "",
    )
    if person.family:
        row["family_name"] = person.family.native
    row |= {"sex": errors.sex(person.sex, "reported"), **_birth_told(rng, person, errors)}
    contact = errors.day(max(person.departure, person.fate - datetime.timedelta(days=int(rng.exponential(6)))))
    stop = person.way[person.stage - 1] if rng.random() < 0.75 else person.way[max(0, person.stage - 2)]
    _maybe(
        rng,
        rates,
        row,
        last_contact_place=errors.town(stop),
        last_contact_date=contact.isoformat() if rng.random() < 0.7 else contact.strftime("%Y-%m"),
        stature=f"about {round(errors.stature(person.stature, 'living'))}",
        hair=person.traits["hair"],
        eyes=person.traits["eyes"],
        build=person.traits["build"],
        scars=_mark(person.scar, language),
        tattoos=_mark(person.tattoo, language),
        objects="; ".join(
            " ".join(words_for(word, language) for word in thing) for thing in person.objects[: int(rng.integers(0, 4))]
        ),
        teeth=_chart(rng, person.teeth, 0.02) if rng.random() < 0.12 else "",
    )
    return row


def _birth_told(rng: Rng, person: Person, errors: Errors) -> Row:
    """A date or a year of birth, or an age, as a family tells it."""
    off = errors.years_off("reported")
    birth = person.birth + datetime.timedelta(days=round(365.25 * off))
    if rng.random() < 0.6:
        return {"birth_date": birth.isoformat() if rng.random() < 0.7 else str(birth.year)}
    years = max(0.0, (person.fate - birth).days / 365.25)
    told = max(0, round(years + rng.normal(0, 1) if years > 4 else years))
    return {"age": f"about {told}", "age_date": person.departure.isoformat()}


def _discovery(rng: Rng, person: Person, record: str, rates: Rates) -> Row:
    """What is written of remains or of a person found, by an officer in Latin letters."""
    dead = rng.random() < rates.remains
    row: Row = {"id": record, "kind": "remains" if dead else "found", "synthetic": "yes"}
    language = str(rng.choice(OFFICER))
    skeletal = dead and rng.random() < 0.35
    how, errors = "skeletal" if skeletal else "external", Errors(rng, rates.errors)
    if not dead or rng.random() < rates.named:
        row |= _written(rng, person, rates)
    if rng.random() > 0.05:
        row |= {"sex": errors.sex(person.sex, how), "sex_how": how}
    years = (person.fate - person.birth).days / 365.25
    half = 6 if skeletal else 4 if dead else 2
    middle = max(half, years + rng.normal(0, half * 0.5) + errors.years_off(how))
    row |= {"age": f"{round(middle - half)}-{round(middle + half)}", "age_how": how}
    day = min(ENDS, person.fate + datetime.timedelta(days=_days_until_found(rng, dead, skeletal)))
    row["found_date"] = row["age_date"] = day.isoformat()
    row["coordinates"] = f"{person.end.latitude:.2f}, {person.end.longitude:.2f}"
    row["stature_how"] = "bone" if skeletal else "body" if dead else "living"
    measured = round(errors.stature(person.stature, row["stature_how"]))
    if rng.random() < 0.45:
        _maybe(rng, rates, row, nationality=errors.country(person.country))
    _maybe(
        rng,
        rates,
        row,
        stature=f"{measured - 3}-{measured + 3}" if skeletal else str(measured),
        tattoos="" if skeletal else _mark(person.tattoo, language),
        scars="" if skeletal else _mark(person.scar, language),
        hair=errors.trait("hair", person.traits["hair"], HAIR),
        eyes="" if skeletal else errors.trait("eyes", person.traits["eyes"], EYES),
        build="" if skeletal else errors.trait("build", person.traits["build"], BUILD),
        teeth=_chart(rng, person.teeth, 0.03) if dead and rng.random() < 0.5 else "",
        objects="; ".join(
            " ".join(words_for(word, language) for word in thing) for thing in person.objects if rng.random() < 0.35
        ),
    )
    return row


def _days_until_found(rng: Rng, dead: bool, skeletal: bool) -> int:
    """Days from the end of a journey; of a body only bones are left after two months at least."""
    if skeletal:
        return LEAST_DAYS_OF_BONES + int(rng.exponential(240))
    return int(rng.exponential(8 if dead else 15))


LEAST_DAYS_OF_BONES = 60


def _written(rng: Rng, person: Person, rates: Rates) -> Row:
    """The name as an officer writes it: another spelling, a slip, the order turned, the father left out."""
    parts = {"given_name": person.given}
    if rng.random() >= rates.father_unknown:
        parts["father_name"] = person.father
    if person.family:
        parts["family_name"] = person.family
    row = {field: _spell(rng, part, rates) for field, part in parts.items()}
    if len(row) > 1 and rng.random() < rates.swapped:
        first, last = next(iter(row)), next(reversed(row))
        row[first], row[last] = row[last], row[first]
    return row


def _spell(rng: Rng, part: NamePart, rates: Rates) -> str:
    text = str(rng.choice(part.spellings)) if rng.random() < rates.spelling else part.spellings[0]
    if rng.random() < rates.typo / 2 and len(text) > 3:
        at = int(rng.integers(1, len(text) - 1))
        kind = rng.integers(3)
        text = (
            text[:at] + text[at + 1 :]
            if kind == 0
            else text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            if kind == 1
            else text[:at] + text[at] + text[at:]
        )
    return text


def _mark(mark: tuple[str, str] | None, language: str) -> str:
    return " ".join(words_for(word, language) for word in mark) if mark else ""


def _chart(rng: Rng, teeth: dict[int, str], error: float) -> str:
    """A chart on which some teeth are sound that are not; fewer of those that are gone (Brown & Jephcote 2017, Dent Update 44:254)."""
    wrong = {
        tooth: rng.random() < (error * GONE_SEEN if state == "missing" else error) for tooth, state in teeth.items()
    }
    return ", ".join(f"{tooth} {'sound' if wrong[tooth] else state}" for tooth, state in teeth.items())


GONE_SEEN = 0.4
"""How much rarer a tooth that is gone is charted as sound than one that was treated."""


def write_world(world: World, folder: Path) -> None:
    """Writes sought.csv, found.csv and truth.csv; each row says that it is synthetic."""
    for name, rows in (("sought", world.sought), ("found", world.found)):
        stream = io.StringIO()
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        write_text(folder / f"{name}.csv", stream.getvalue())
    lines = ["sought,found", *(f"{a},{b}" for a, b in world.truth)]
    write_text(folder / "truth.csv", "\n".join(lines) + "\n")
