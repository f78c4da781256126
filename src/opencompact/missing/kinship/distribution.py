"""What the relatives say about the genotype of a missing person, and what remains then say about being that person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from opencompact.errors import NoDataError, UsageError
from opencompact.language import said
from opencompact.missing.kinship.case import Case, Family, Marker, Profile
from opencompact.missing.kinship.layout import Layout, Target
from opencompact.missing.kinship.likelihood import ln_likelihood
from opencompact.missing.kinship.search import may_be
from opencompact.missing.kinship.tables import genotype_probabilities


@dataclass(frozen=True)
class GenotypeTable:
    """P(genotype | relatives) by marker and genotype, and the LR of remains against a stranger; names of the references."""

    missing: str
    genotype_probability_given_relatives: Mapping[str, Mapping[str, float]]
    LR_per_marker_with_dropout: Mapping[str, float] | None
    log10_LR_with_dropout: float | None

    def as_dict(self) -> dict[str, object]:
        return vars(self)


def find_missing(case: Case, person: str | None = None) -> Target:
    """A missing person of a case by id (or family/id), or its first.

    Raises `NoDataError` where there is none, `UsageError` where families share the id.
    """
    found = [(f, m) for f, m in case.missing if person is None or person in (m, f"{f.name}/{m}")]
    if person is not None and len(found) > 1:
        known = ", ".join(f"{family.name}/{missing}" for family, missing in found)
        raise UsageError(
            "Several families look for someone of this id.",
            file=case.file,
            value=person,
            rule="kinship.person-ambiguous",
            remedy=said("Write family/person: {choices}.", choices=known),
        )
    if found:
        return found[0]
    sought = ", ".join(case.labels[:20])
    raise NoDataError(
        "There is no such missing person in the case." if person else "The case has no missing person.",
        value=person,
        file=case.file,
        rule="kinship.missing-unknown",
        remedy=said("It has {sought}.", sought=sought) if sought else None,
    )


def find_remains(case: Case) -> None:
    """Raises `NoDataError` where a case has no remains to search."""
    if not case.remains:
        raise NoDataError(
            "The case has no remains.",
            file=case.file,
            rule="kinship.no-remains",
            remedy="List them under `victims`, their profiles under `genotypes_victims`.",
        )


def refuse_other_sex(case: Case, target: Target, profile: Profile) -> None:
    """Raises `UsageError` where remains are of another sex than a missing person: such a pair is not evaluated."""
    sex = target[0].pedigree.person(target[1]).sex
    if not may_be(profile.sex, sex):
        raise UsageError(
            said(
                "{remains} and {missing} are not of one sex: this pair is not evaluated.",
                remains=profile.id,
                missing=case.label(*target),
            ),
            file=case.file,
            value=f"{profile.sex}, {sex}",
            rule="kinship.sexes-differ",
            remedy="Correct the sex in the case where it is wrong, or state it as unknown where it is in doubt.",
        )


def genotype_table(case: Case, person: str | None = None, remains: str | None = None) -> GenotypeTable:
    """The table of one missing person (the first by default), and the LR of remains (the only ones by default)."""
    family, missing = find_missing(case, person)
    label, markers = case.label(family, missing), case.markers_of(family)
    probabilities = {marker.name: _probabilities(case, family, missing, marker) for marker in markers}
    if remains is None and len(case.remains) != 1:
        return GenotypeTable(label, probabilities, None, None)
    profile = case.remains_called(remains) if remains else case.remains[0]
    refuse_other_sex(case, (family, missing), profile)
    ratios = log10_ratios(case, (family, missing), profile)
    return GenotypeTable(
        label, probabilities, {name: 10.0**value for name, value in ratios.items()}, float(sum(ratios.values()))
    )


def log10_ratios(case: Case, target: Target, profile: Profile) -> dict[str, float]:
    """log10 LR of remains being a missing person against a stranger, by marker; 0 where the remains were not typed."""
    layout = Layout(case.markers, [profile], only_seen=case.theta > 0)
    row = layout.rows([target], case.theta, markers=case.markers_of(target[0]))[0]
    offsets = layout.offsets([profile])[0]
    return {marker.name: float(row[offset]) for marker, offset in zip(case.markers, offsets, strict=True)}


def _probabilities(case: Case, family: Family, person: str, marker: Marker) -> dict[str, float]:
    if case.theta == 0:
        return genotype_probabilities(family, person, marker)
    sex = family.pedigree.person(person).sex
    names = genotype_probabilities(family, person, marker)
    relatives = ln_likelihood([family.pedigree], family.profiles, marker, case.theta)
    made = {}
    for name in names:
        call = tuple(sorted(marker.index(allele) for allele in name.split("/")))
        known = Profile(person, {marker.name: call}, sex)
        both = ln_likelihood([family.pedigree], {**family.profiles, person: known}, marker, case.theta)
        made[name] = float(np.exp(both - relatives))
    return made
