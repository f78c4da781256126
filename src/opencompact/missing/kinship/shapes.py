"""The shape of a question: who descends from whom around a missing person, and who is typed, names left out.

Families of one shape are computed together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from opencompact.missing.kinship.case import Call, Family, Marker, Pedigree, Person, Profile
from opencompact.missing.kinship.descent import may_be_inbred, relevant, without_single_founders
from opencompact.missing.kinship.observation import is_exact
from opencompact.missing.kinship.proposition import calls_at


@dataclass(frozen=True)
class Shape:
    """The pedigree around one missing person as far as it matters: relations by number, who is typed, who is sought."""

    members: tuple[Person, ...]
    typed: tuple[int, ...]
    target: int
    inbreeding: tuple[tuple[str, float], ...]
    inbred: bool


Signature = tuple[tuple[int, int, str, float, float], ...]


def signature(pedigree: Pedigree) -> Signature:
    """A pedigree with its people's names left out: equal for families of one shape."""
    number = {member.id: place for place, member in enumerate(pedigree.members)}
    return tuple(
        (
            -1 if member.father is None else number[member.father],
            -1 if member.mother is None else number[member.mother],
            member.sex,
            pedigree.founder_inbreeding.get(member.id, 0.0),
            pedigree.founder_inbreeding_x.get(member.id, 0.0),
        )
        for member in pedigree.members
    )


@lru_cache(maxsize=50_000)
def shape_of(people: Signature, typed: tuple[int, ...], target: int, x_linked: bool, prunes: bool) -> Shape:
    """What matters of a pedigree when these members are typed and this one is sought."""
    members = tuple(
        Person(str(i), None if father < 0 else str(father), None if mother < 0 else str(mother), sex)  # type: ignore[arg-type]
        for i, (father, mother, sex, _, _) in enumerate(people)
    )
    stated = {str(i): on_x if x_linked else autosomal for i, (_, _, _, autosomal, on_x) in enumerate(people)}
    inbreeding = {identity: coefficient for identity, coefficient in stated.items() if coefficient}
    wanted = [str(i) for i in (*typed, target)]
    inbred = may_be_inbred(Pedigree(members, inbreeding), str(target))
    kept = relevant(members, wanted)
    kept = without_single_founders(kept, wanted) if prunes else kept
    place = {member.id: i for i, member in enumerate(kept)}
    return Shape(
        kept,
        tuple(place[str(i)] for i in typed),
        place[str(target)],
        tuple((i, f) for i, f in inbreeding.items() if i in place),
        inbred,
    )


@dataclass(frozen=True, eq=False)
class Question:
    """One missing person of one family at one marker: the shape, and the calls of the typed in the shape's order."""

    shape: Shape
    calls: tuple[Call, ...]
    profiles: tuple[Profile, ...]
    soft: bool


def question(family: Family, person: str, marker: Marker, extra: Mapping[str, Profile] | None = None) -> Question:
    """What a family asks at a marker; `extra` are profiles put on other missing people of the family."""
    profiles = family.profiles if not extra else {**family.profiles, **extra}
    calls = calls_at(profiles, marker)
    number = {member.id: place for place, member in enumerate(family.pedigree.members)}
    typed = sorted((number[one], one) for one in calls)
    shape = shape_of(
        signature(family.pedigree), tuple(n for n, _ in typed), number[person], marker.x_linked, marker.prunes
    )
    soft = any(
        not is_exact(
            calls[one],
            profiles[one].dropout_at(marker.name),
            profiles[one].typing_error,
            None if marker.x_linked and len(calls[one]) == 1 else marker.silent,
        )
        for _, one in typed
    )
    return Question(shape, tuple(calls[one] for _, one in typed), tuple(profiles[one] for _, one in typed), soft)
