"""What a kinship question is made of: markers, people, pedigrees, profiles, propositions.

Nothing here reads a file or computes a likelihood; see `reading` and `likelihood`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError, UnknownCodeError
from opencompact.language import said
from opencompact.missing.kinship.mutation import Mutation, restated

Array = NDArray[np.float64]
CaseKind = Literal["kinship_lr", "joint_dvi", "genotype_distribution_and_dropout"]
Sex = Literal["male", "female", "unknown"]
Call = tuple[int, ...]
"""A genotype as indices into `Marker.alleles`, sorted; one index on X in a male; `UNDETERMINED` for an allele not seen."""

UNDETERMINED = -1


@dataclass(frozen=True, eq=False)
class Marker:
    """One locus: its alleles, their population frequencies (sum 1), how it mutates, and which allele is silent.

    `prunes` leaves out untyped founders of one child; it matters only where mutation does not keep the frequencies.
    """

    name: str
    alleles: tuple[str, ...]
    frequencies: Array
    x_linked: bool = False
    mutation: Mutation | None = None
    silent: int | None = None
    prunes: bool = False

    def index(self, label: str) -> int:
        """The index of an allele by its label; raises `UnknownCodeError` where the marker does not know it."""
        try:
            return self.alleles.index(label)
        except ValueError:
            raise UnknownCodeError(
                said("Marker {marker} does not know the allele.", marker=self.name),
                value=label,
                rule="kinship.allele-unknown",
                remedy=said("It knows {alleles}.", alleles=", ".join(self.alleles)),
            ) from None

    def spell(self, call: Call) -> str:
        """A genotype in words: `13/15`, `13/?`."""
        return "/".join("?" if allele == UNDETERMINED else self.alleles[allele] for allele in call)


@dataclass(frozen=True)
class Person:
    """A member of a pedigree; a founder has neither father nor mother."""

    id: str
    father: str | None = None
    mother: str | None = None
    sex: Sex = "unknown"

    @property
    def is_founder(self) -> bool:
        return self.father is None and self.mother is None


@dataclass(frozen=True)
class Pedigree:
    """People and how they descend from each other; founders are unrelated, some of them inbred.

    `founder_inbreeding` holds for autosomal markers, `founder_inbreeding_x` for X in women.
    """

    members: tuple[Person, ...]
    founder_inbreeding: Mapping[str, float] = field(default_factory=dict)
    founder_inbreeding_x: Mapping[str, float] = field(default_factory=dict)

    def person(self, identity: str) -> Person:
        for member in self.members:
            if member.id == identity:
                return member
        raise UnknownCodeError(
            said("There is no person {identity} in this pedigree.", identity=identity),
            value=identity,
            rule="kinship.person-unknown",
        )


@dataclass(frozen=True)
class Profile:
    """What was typed in one sample.

    `dropout` is the probability that an allele copy is not seen, `typing_error` that a genotype is read as that of
    anyone else; both per sample, `dropout_by_marker` where it differs. `haplotypes` holds lineage markers: `Y` and
    `mtDNA`, each marker → value.
    """

    id: str
    calls: Mapping[str, Call]
    sex: Sex = "unknown"
    dropout: float = 0.0
    typing_error: float = 0.0
    dropout_by_marker: Mapping[str, float] = field(default_factory=dict)
    haplotypes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def dropout_at(self, marker: str) -> float:
        return self.dropout_by_marker.get(marker, self.dropout)


@dataclass(frozen=True)
class Hypothesis:
    """A proposition: pedigrees that have nothing to do with each other."""

    name: str
    components: tuple[Pedigree, ...]


@dataclass(frozen=True)
class Family:
    """A family that looks for someone: its pedigree, who in it is missing, and whose profiles it gave."""

    name: str
    pedigree: Pedigree
    missing: tuple[str, ...]
    profiles: Mapping[str, Profile]
    population: str | None = None


@dataclass(frozen=True)
class Prior:
    """What is known before any profile is read.

    `remains` and `missing` are the numbers expected in the whole event or region (at least those in the case);
    `closed` says that every remains is one of the missing. `flat` gives every assignment the same weight.
    """

    kind: Literal["flat", "event"] = "flat"
    missing: int | None = None
    remains: int | None = None
    closed: bool = False


@dataclass(frozen=True)
class Finding:
    """Something about the input that its owner should know: which person, which marker, which value, which rule."""

    rule: str
    message: str
    person: str | None = None
    marker: str | None = None
    value: str | None = None
    level: Literal["note", "warning", "error"] = "warning"

    def as_dict(self) -> dict[str, str | None]:
        return {
            "level": self.level,
            "rule": self.rule,
            "person": self.person,
            "marker": self.marker,
            "value": self.value,
            "message": self.message,
        }


Populations = Mapping[str, Mapping[str, Mapping[str, float]]]
"""population → marker → allele → frequency"""


@dataclass(frozen=True)
class HaplotypeDatabase:
    """How often haplotypes of one kind (`Y` or `mtDNA`) were seen in a population sample of `size` people."""

    kind: str
    size: int
    counts: Mapping[str, int] = field(default_factory=dict)
    theta: float = 0.0
    mutation_rate: float = 0.002
    singletons: int | None = None


@dataclass(frozen=True)
class Case:
    """A whole case file. `kind` says which question it asks; what it does not need stays empty.

    `stated_order` holds (family, id) of the missing as the file lists them.
    """

    id: str
    kind: CaseKind
    markers: tuple[Marker, ...]
    description: str = ""
    theta: float = 0.0
    hypotheses: tuple[Hypothesis, ...] = ()
    reference_hypothesis: str | None = None
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    families: tuple[Family, ...] = ()
    stated_order: tuple[tuple[str, str], ...] = ()
    remains: tuple[Profile, ...] = ()
    populations: Populations = field(default_factory=dict)
    prior: Prior = Prior()
    other_likelihood_ratios: Mapping[tuple[str, str], float] = field(default_factory=dict)
    """(remains, label of the missing person) → LR of evidence other than this DNA"""
    haplotype_databases: Mapping[str, HaplotypeDatabase] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    synthetic: bool = False
    file: str | None = None

    @property
    def missing(self) -> tuple[tuple[Family, str], ...]:
        """Every missing person with the family that looks for them, family by family."""
        return tuple((family, person) for family in self.families for person in family.missing)

    def label(self, family: Family, person: str) -> str:
        """What a missing person is called in every output: their id, or family/id where another family misses that id."""
        return f"{family.name}/{person}" if person in self._shared_ids else person

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all missing persons, in the order of `missing`."""
        return tuple(self.label(family, person) for family, person in self.missing)

    @property
    def columns(self) -> tuple[int, ...]:
        """The places in `missing` in the order in which the file lists the missing: that of the columns of matrices."""
        place = {one: number for number, one in enumerate(self.stated_order)}
        everyone = [(family.name, person) for family, person in self.missing]
        return tuple(sorted(range(len(everyone)), key=lambda number: place.get(everyone[number], len(place))))

    @cached_property
    def _shared_ids(self) -> frozenset[str]:
        ids = Counter(person for _, person in self.missing)
        return frozenset(person for person, number in ids.items() if number > 1)

    def hypothesis(self, name: str) -> Hypothesis:
        for hypothesis in self.hypotheses:
            if hypothesis.name == name:
                return hypothesis
        raise UnknownCodeError(
            said("There is no hypothesis {name} in the case.", name=name),
            value=name,
            rule="kinship.hypothesis-unknown",
            remedy=said("The case has {hypotheses}.", hypotheses=", ".join(h.name for h in self.hypotheses)),
        )

    def remains_called(self, identity: str) -> Profile:
        for profile in self.remains:
            if profile.id == identity:
                return profile
        raise UnknownCodeError(
            said("There are no remains {identity} in the case.", identity=identity),
            value=identity,
            rule="kinship.remains-unknown",
            remedy=said("The case has {remains}.", remains=", ".join(r.id for r in self.remains[:20])),
        )

    def markers_of(self, family: Family) -> tuple[Marker, ...]:
        """The markers with the allele frequencies of the population that the family says it comes from."""
        return self.markers if family.population is None else self.markers_in(family.population)

    def markers_in(self, population: str) -> tuple[Marker, ...]:
        """The markers with the frequencies of another population; an allele it lacks gets its smallest frequency.

        Raises `UnknownCodeError` for a population that the case does not carry.
        """
        if population not in self.populations:
            raise UnknownCodeError(
                said("The case carries no allele frequencies of population {population}.", population=population),
                value=population,
                rule="kinship.population-unknown",
                remedy=said("It carries {found}.", found=", ".join(self.populations) or said("none besides its own")),
            )
        table = self.populations[population]
        return tuple(_with_frequencies(marker, table.get(marker.name)) for marker in self.markers)


def _with_frequencies(marker: Marker, table: Mapping[str, float] | None) -> Marker:
    if not table:
        return marker
    floor = min((value for value in table.values() if value > 0), default=0.0)
    if floor == 0:
        raise InvalidDataError(
            said("All frequencies of marker {marker} are zero.", marker=marker.name), rule="kinship.frequencies"
        )
    frequencies = np.array([table.get(allele, 0.0) or floor for allele in marker.alleles])
    frequencies = frequencies / frequencies.sum()
    return replace(
        marker, frequencies=frequencies, mutation=restated(marker.mutation, marker.alleles, frequencies, marker.silent)
    )
