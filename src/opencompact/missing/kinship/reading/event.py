"""Families that look for someone, and remains, as a case states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from opencompact.language import all_of, said
from opencompact.missing.kinship.case import Family, Marker, Pedigree, Profile
from opencompact.missing.kinship.reading.pedigrees import pedigree_of
from opencompact.missing.kinship.reading.profiles import profile_of
from opencompact.missing.kinship.reading.stated import Reading


def families_of(reading: Reading, markers: Sequence[Marker]) -> Iterator[Family]:
    """The families of a case: who in each is sought, and whose profiles it gave."""
    stated = reading.stated
    pedigrees = {}
    for family in stated.get("families") or []:
        if (name := str(family["name"])) in pedigrees:
            reading.fail("Two families have one name.", "families", name, "family-twice")
        pedigrees[name] = pedigree_of(reading, family, name)
    sought = missing_of(reading, pedigrees)
    typed: dict[tuple[str, str], str] = {}
    for key in stated.get("genotypes_references") or {}:
        person = _found(reading, pedigrees, key)
        if person in typed:
            reading.fail("This person has two profiles.", "genotypes_references", f"{typed[person]}, {key}", "person-twice")  # fmt: skip
        typed[person] = key
    for family, (name, pedigree) in zip(stated.get("families") or [], pedigrees.items(), strict=True):
        population = family.get("population")
        if population is not None and population not in (stated.get("populations") or {}):
            reading.fail(said("Family {name} names a population that the case does not carry.", name=name), f"families/{name}/population", population, "population-unknown")  # fmt: skip
        missing = tuple(person for home, person in sought if home == name)
        keys = {person: key for (home, person), key in typed.items() if home == name}
        yield Family(name, pedigree, missing, _profiles(reading, markers, pedigree, keys, missing, name), population)


def missing_of(reading: Reading, pedigrees: Mapping[str, Pedigree]) -> list[tuple[str, str]]:
    """(family, id) of everyone sought, in the order of the file: under `missing`, then under the families themselves."""
    found: list[tuple[str, str]] = []
    for key in reading.stated.get("missing") or []:
        _add_once(reading, found, _found(reading, pedigrees, str(key)))
    for family in reading.stated.get("families") or []:
        own: list[tuple[str, str]] = []
        for person in family.get("missing") or []:
            pedigrees[str(family["name"])].person(str(person))
            _add_once(reading, own, (str(family["name"]), str(person)))
        found += [one for one in own if one not in found]
    return found


def _add_once(reading: Reading, found: list[tuple[str, str]], one: tuple[str, str]) -> None:
    if one in found:
        reading.fail(
            said("The same person of family {family} is missing twice.", family=one[0]),
            "missing",
            one[1],
            "person-twice",
        )
    found.append(one)


def _found(reading: Reading, pedigrees: Mapping[str, Pedigree], key: str) -> tuple[str, str]:
    """(family, id) of the one person that a key means: their id, which may hold a slash itself, or family/id."""
    homes = [
        (name, member.id)
        for name, pedigree in pedigrees.items()
        for member in pedigree.members
        if key in (member.id, f"{name}/{member.id}")
    ]
    if not homes:
        reading.fail("This person is in no family.", "families", key, "person-unknown")
    if len(homes) > 1:
        names = all_of(dict.fromkeys(name for name, _ in homes))
        reading.fail(said("{names} all have a person of this id.", names=names), "families", key, "person-ambiguous", "Write family/person.")  # fmt: skip
    return homes[0]


def _profiles(
    reading: Reading,
    markers: Sequence[Marker],
    pedigree: Pedigree,
    keys: Mapping[str, str],
    missing: Sequence[str],
    name: str,
) -> dict[str, Profile]:
    made = {}
    for person, key in keys.items():
        calls = reading.stated["genotypes_references"][key]
        sex = pedigree.person(person).sex
        made[person] = profile_of(reading, markers, person, calls, sex, "genotypes_references", key=f"{name}/{person}")
        if person in missing:
            reading.fail(said("{person} is sought and typed at once.", person=person), f"families/{name}", person, "missing-typed", "A profile from a personal object is a reference to compare remains with directly, not a relative's.")  # fmt: skip
    return made


def remains_of(reading: Reading, markers: Sequence[Marker]) -> Iterator[Profile]:
    """The remains of a case, each listed once; one seen under drop-out where the case asks about one."""
    genotypes: Mapping[str, Any] = reading.stated.get("genotypes_victims") or {}
    listed = reading.stated.get("victims") or [{"id": identity} for identity in genotypes]
    seen: set[str] = set()
    for stated in listed:
        identity = reading.name(stated["id"], "victims")
        if identity in seen:
            reading.fail("The same remains are listed twice.", "victims", identity, "person-twice")
        seen.add(identity)
        sex = reading.sex(stated.get("sex"), f"victims/{identity}")
        yield profile_of(reading, markers, identity, genotypes.get(identity) or {}, sex, "genotypes_victims")
    for identity in genotypes:
        if identity not in seen:
            reading.fail("Remains have a profile but are not listed.", "victims", identity, "person-unknown")
    if one := reading.stated.get("remains"):
        yield _observed(reading, markers, one)


def _observed(reading: Reading, markers: Sequence[Marker], stated: Mapping[str, Any]) -> Profile:
    """`remains` with `observed_alleles`: the different alleles seen, under drop-out."""
    identity = reading.name(stated["id"], "remains")
    sex = reading.sex(stated.get("sex"), f"remains/{identity}")
    profile = profile_of(reading, markers, identity, stated["observed_alleles"], sex, "remains", peaks=True)
    dropout = reading.dropout(reading.stated.get("dropout_probability"), "dropout_probability")
    return replace(profile, dropout=dropout or profile.dropout)
