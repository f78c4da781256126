"""Pedigrees and propositions as a case states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from opencompact.language import said
from opencompact.missing.kinship.case import Hypothesis, Pedigree, Person, Sex
from opencompact.missing.kinship.descent import check_pedigree
from opencompact.missing.kinship.reading.stated import Reading


def hypotheses_of(reading: Reading) -> Iterator[Hypothesis]:
    """The propositions of a case, each with a name of its own and nobody in two of its components."""
    names: set[str] = set()
    for stated in reading.stated.get("hypotheses") or []:
        name = str(stated["name"])
        if name in names:
            reading.fail("Two hypotheses have one name.", "hypotheses", name, "hypothesis-twice")
        names.add(name)
        components = tuple(pedigree_of(reading, component, name) for component in stated["components"])
        people: set[str] = set()
        for member in (member for component in components for member in component.members):
            if member.id in people:
                reading.fail(
                    said("{name}: The same person is in two components.", name=name),
                    "hypotheses",
                    member.id,
                    "person-twice",
                )
            people.add(member.id)
        yield Hypothesis(name, components)


def pedigree_of(reading: Reading, stated: Mapping[str, Any], name: str) -> Pedigree:
    """A pedigree whose people can be what they are said to be; `name` is that of its family or hypothesis."""
    if not isinstance(stated.get("members"), list) or not all(isinstance(one, dict) for one in stated["members"]):
        reading.fail("A pedigree has a list of members, each with id, father, mother and sex.", f"{name}/members", stated.get("members"), "members")  # fmt: skip
    members = tuple(
        Person(
            reading.name(member["id"], name),
            None if member.get("father") in (None, "", "0") else str(member["father"]),
            None if member.get("mother") in (None, "", "0") else str(member["mother"]),
            reading.sex(member.get("sex"), f"{name}/{member['id']}"),
        )
        for member in stated["members"]
    )
    pedigree = Pedigree(
        members,
        {str(k): float(v) for k, v in (stated.get("founder_inbreeding") or {}).items()},
        {str(k): float(v) for k, v in (stated.get("founder_inbreeding_x") or {}).items()},
    )
    check_pedigree(pedigree, name=name, file=reading.file)
    return with_parents_sexes(pedigree)


def with_parents_sexes(pedigree: Pedigree) -> Pedigree:
    """Fathers are men and mothers women, also where the file leaves it open."""
    roles: dict[str, Sex] = {}
    for member in pedigree.members:
        if member.father is not None:
            roles[member.father] = "male"
        if member.mother is not None:
            roles[member.mother] = "female"
    members = tuple(
        replace(member, sex=roles[member.id]) if member.sex == "unknown" and member.id in roles else member
        for member in pedigree.members
    )
    return replace(pedigree, members=members)
