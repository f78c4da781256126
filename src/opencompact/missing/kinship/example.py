"""A synthetic event for learning and trying out: made-up loci, frequencies, families and remains. Nobody in it exists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from opencompact.missing.kinship.case import Array, Family, Marker, Pedigree, Person
from opencompact.missing.kinship.mutation import Mutation, MutationModel, matrix_of
from opencompact.missing.kinship.power import drop_genes

LOCI = 16
RATE = 0.002

# name → (members, who is sought, who gave a sample, which of those sought are among the remains)
FAMILIES: Mapping[str, tuple[tuple[Person, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]] = {
    "Amber": (
        (Person("father", sex="male"), Person("mother", sex="female"), Person("Ada", "father", "mother", "female"),
         Person("sister", "father", "mother", "female")),
        ("Ada",), ("mother", "sister"), ("Ada",),
    ),
    "Birch": (
        (Person("father", sex="male"), Person("mother", sex="female"), Person("Bo", "father", "mother", "male"),
         Person("Ben", "father", "mother", "male"), Person("sister", "father", "mother", "female")),
        ("Bo", "Ben"), ("mother", "sister"), ("Bo", "Ben"),
    ),
    "Cedar": (
        (Person("Carl", sex="male"), Person("wife", sex="female"), Person("son", "Carl", "wife", "male"),
         Person("daughter", "Carl", "wife", "female")),
        ("Carl",), ("wife", "son", "daughter"), ("Carl",),
    ),
    "Dune": (
        (Person("grandmother", sex="female"), Person("grandfather", sex="male"),
         Person("father", "grandfather", "grandmother", "male"), Person("uncle", "grandfather", "grandmother", "male"),
         Person("mother", sex="female"), Person("Dina", "father", "mother", "female")),
        ("Dina",), ("uncle",), (),
    ),
}  # fmt: skip


def example(seed: int = 1, *, strangers: int = 3) -> dict[str, Any]:
    """The case file of a synthetic event: four families, five sought, remains of four of them and of strangers.

    One of the remains lost some loci and has drop-out stated. Under `truth` stands who the remains are.
    """
    random = np.random.default_rng(seed)
    markers = [_marker(number, random) for number in range(LOCI)]
    references: dict[str, Any] = {}
    remains: list[tuple[str | None, str, dict[str, list[str]]]] = []
    for name, (members, sought, typed, found) in FAMILIES.items():
        family = Family(name, Pedigree(members), sought, {})
        dropped = {marker.name: drop_genes(family, marker, 1, random) for marker in markers}
        people = {m.id: _spelled({k: v[m.id][0] for k, v in dropped.items()}, markers) for m in members}
        references.update({f"{name}/{person}": people[person] for person in typed})
        remains += [(person, family.pedigree.person(person).sex, people[person]) for person in found]
    for number in range(strangers):
        calls = {m.name: random.choice(len(m.alleles), 2, p=m.frequencies) for m in markers}
        remains.append((None, "male" if number % 2 else "female", _spelled(calls, markers)))
    remains = [remains[place] for place in random.permutation(len(remains))]
    names = [f"R{number + 1}" for number in range(len(remains))]
    profiles = {name: calls for name, (_, _, calls) in zip(names, remains, strict=True)}
    worn = next(name for name, (person, _, _) in zip(names, remains, strict=True) if person == "Carl")
    profiles[worn] = {locus: calls for place, (locus, calls) in enumerate(profiles[worn].items()) if place % 4}
    return {
        "format": "opencompact-kinship/1",
        "id": f"synthetic-event-{seed}",
        "kind": "joint_dvi",
        "synthetic": True,
        "description": "Synthetic event, made up by seed. Nobody in it exists.",
        "markers": [_stated(marker) for marker in markers],
        "families": [{"name": name, "members": [_member(m) for m in FAMILIES[name][0]]} for name in FAMILIES],
        "missing": [person for _, sought, _, _ in FAMILIES.values() for person in sought],
        "genotypes_references": references,
        "victims": [{"id": name, "sex": sex} for name, (_, sex, _) in zip(names, remains, strict=True)],
        "genotypes_victims": profiles,
        "samples": {worn: {"dropout": 0.05}},
        "prior": {"kind": "event", "missing": 8, "remains": len(remains)},
        "truth": {name: person for name, (person, _, _) in zip(names, remains, strict=True)},
    }


def _marker(number: int, random: np.random.Generator) -> Marker:
    size = int(random.integers(7, 13))
    first = int(random.integers(8, 16))
    alleles = tuple(str(first + step) for step in range(size))
    heights: Array = random.dirichlet(np.full(size, 1.2)) + 0.01
    frequencies = np.round(heights / heights.sum(), 6)
    frequencies[frequencies.argmax()] += 1 - frequencies.sum()
    model = MutationModel("proportional", RATE)
    matrix = matrix_of(model, alleles, frequencies)
    return Marker(f"SYN{number + 1:02d}", alleles, frequencies, False, Mutation(matrix, matrix, model, model))


def _spelled(calls: Mapping[str, Any], markers: list[Marker]) -> dict[str, list[str]]:
    return {m.name: [m.alleles[int(a)] for a in sorted(int(x) for x in calls[m.name])] for m in markers}


def _stated(marker: Marker) -> dict[str, Any]:
    return {
        "name": marker.name,
        "chromosome": "autosomal",
        "alleles": list(marker.alleles),
        "frequencies": [float(value) for value in marker.frequencies],
        "mutation": {"model": "proportional", "rate": RATE},
    }


def _member(person: Person) -> dict[str, Any]:
    return {"id": person.id, "father": person.father, "mother": person.mother, "sex": person.sex}
