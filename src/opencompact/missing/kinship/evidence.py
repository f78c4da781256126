"""The evidence sheet of one candidate: what each marker says, what the match needs, and what it hangs on.

Words for how strong a likelihood ratio is are those of the ENFSI guideline for evaluative reporting (2015): a
convention on words, not a rule for deciding. A computed score never identifies anyone: a person decides.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from opencompact.language import N_
from opencompact.missing.kinship.case import Case, Family, Marker, Profile
from opencompact.missing.kinship.chance import ChanceHits, chance_hits
from opencompact.missing.kinship.distribution import find_missing, log10_ratios, refuse_other_sex
from opencompact.missing.kinship.layout import Target
from opencompact.missing.kinship.lineage import LineageRatio, lineage_ratios
from opencompact.missing.kinship.linkage import LinkedMarkers, linked_markers
from opencompact.missing.kinship.mutation import scaled
from opencompact.missing.kinship.posterior import pair_prior, weighed
from opencompact.missing.kinship.sameness import same_profiles

STRENGTHS = (
    (1.0, N_("no support for either")),
    (2.0, N_("weak support")),
    (10.0, N_("moderate support")),
    (100.0, N_("moderately strong support")),
    (1_000.0, N_("strong support")),
    (10_000.0, N_("very strong support")),
    (1_000_000.0, N_("extremely strong support")),
)
THETAS = (0.01, 0.03)
RATE_FACTORS = (0.1, 10.0)


@dataclass(frozen=True)
class LocusEvidence:
    """One marker: what the remains and the relatives show, its LR, and what it needs to be possible at all."""

    marker: str
    remains: str
    relatives: Mapping[str, str]
    log10_LR: float
    needs_mutation: bool
    needs_dropout: bool


@dataclass(frozen=True)
class Sensitivity:
    """The whole log10 LR with one assumption changed: `kind` is population, theta or mutation."""

    kind: str
    assumption: str
    log10_LR: float


@dataclass(frozen=True)
class EvidenceSheet:
    """All that is said of remains being one missing person. `log10_total` holds DNA, lineages and other evidence.

    `same_profile` names the remains and relatives that have the profile of these remains, `linked` the markers typed in
    them that are not independent. `missing` is the label of the case (family/id where several families miss that id), `person` the id in the family.
    """

    case: str
    remains: str
    missing: str
    person: str
    family: str
    loci: tuple[LocusEvidence, ...]
    log10_LR: float
    lineages: tuple[LineageRatio, ...]
    log10_other: float
    log10_total: float
    prior: float
    posterior: float
    strength: str
    chance: ChanceHits
    sensitivity: tuple[Sensitivity, ...]
    symmetric: tuple[str, ...]
    same_profile: tuple[str, ...]
    linked: tuple[LinkedMarkers, ...]
    synthetic: bool

    def as_dict(self) -> dict[str, object]:
        return {
            **vars(self),
            "loci": [vars(locus) for locus in self.loci],
            "lineages": [lineage.as_dict() for lineage in self.lineages],
            "chance": vars(self.chance),
            "sensitivity": [vars(one) for one in self.sensitivity],
            "symmetric": list(self.symmetric),
            "same_profile": list(self.same_profile),
            "linked": [one.as_dict() for one in self.linked],
        }


def evidence_sheet(case: Case, remains: str, missing: str) -> EvidenceSheet:
    """The sheet of one candidate of a case; the posterior weighs it against everyone else who is sought.

    Raises where the case has no such remains or missing person, and `UsageError` where their sexes differ.
    """
    target = find_missing(case, missing)
    profile = case.remains_called(remains)
    refuse_other_sex(case, target, profile)
    ratios = log10_ratios(case, target, profile)
    total = float(sum(ratios.values()))
    lineages = tuple(lineage_ratios(case, *target, profile))
    label = case.label(*target)
    stated = case.other_likelihood_ratios.get((remains, label), 1.0)
    other = float(np.log10(stated)) if stated > 0 else -np.inf
    whole = total + other + sum(lineage.ln_LR for lineage in lineages) / float(np.log(10))
    prior = pair_prior(case.prior, len(case.missing), len(case.remains))
    return EvidenceSheet(
        case.id,
        remains,
        label,
        target[1],
        target[0].name,
        tuple(_loci(case, target, profile, ratios)),
        total,
        lineages,
        other,
        whole,
        prior,
        weighed(case, profile)[label][1],
        strength_of(whole),
        chance_hits(case, target, total),
        tuple(_sensitivity(case, target, profile)),
        _alike(case, target, profile, total),
        _same(case, remains),
        tuple(linked_markers(case.markers, [profile])),
        case.synthetic,
    )


def _same(case: Case, remains: str) -> tuple[str, ...]:
    """Who else in the case has the profile of these remains."""
    return tuple(
        name for same in same_profiles(case) if remains in same.remains for name in same.names if name != remains
    )


def strength_of(log10_LR: float) -> str:
    """The words for a likelihood ratio of at least one; below one they speak for the stranger."""
    size = abs(log10_LR)
    return next(word for least, word in reversed(STRENGTHS) if size >= np.log10(least) - 1e-12)


def _loci(case: Case, target: Target, profile: Profile, ratios: Mapping[str, float]) -> Iterator[LocusEvidence]:
    family, _ = target
    strict = log10_ratios(_without_mutation(case), target, profile) if _consistent(case, family) else {}
    complete = log10_ratios(case, target, replace(profile, dropout=0.0, dropout_by_marker={}))
    for marker in case.markers:
        call = profile.calls.get(marker.name)
        ratio = ratios[marker.name]
        possible = ratio > -np.inf
        yield LocusEvidence(
            marker.name,
            marker.spell(call) if call else "",
            {
                person: marker.spell(relative.calls[marker.name])
                for person, relative in family.profiles.items()
                if marker.name in relative.calls
            },
            ratio,
            possible and strict.get(marker.name, 0.0) == -np.inf,
            possible and profile.dropout_at(marker.name) > 0 and complete[marker.name] < ratio - 1,
        )


def _without_mutation(case: Case) -> Case:
    return replace(
        case, theta=0.0, markers=tuple(replace(marker, mutation=None) for marker in case.markers), populations={}
    )


def _consistent(case: Case, family: Family) -> bool:
    """Whether the relatives are possible without mutation; where not, it cannot be asked of the match."""
    from opencompact.missing.kinship.likelihood import ln_likelihood

    markers = _without_mutation(case).markers
    return all(ln_likelihood([family.pedigree], family.profiles, marker) > -np.inf for marker in markers)


def _sensitivity(case: Case, target: Target, profile: Profile) -> Iterator[Sensitivity]:
    family, person = target
    for population in case.populations:
        other = (replace(family, population=population), person)
        yield Sensitivity("population", population, _total(case, other, profile))
    for theta in THETAS:
        if theta != case.theta:
            yield Sensitivity("theta", f"{theta:g}", _total(replace(case, theta=theta), target, profile))
    if any(marker.mutation for marker in case.markers):
        for factor in RATE_FACTORS:
            changed = tuple(_rescaled(marker, factor) for marker in case.markers)
            yield Sensitivity("mutation", f"× {factor:g}", _total(replace(case, markers=changed), target, profile))


def _rescaled(marker: Marker, factor: float) -> Marker:
    return replace(marker, mutation=scaled(marker.mutation, factor))


def _total(case: Case, target: Target, profile: Profile) -> float:
    return float(sum(log10_ratios(case, target, profile).values()))


def _alike(case: Case, target: Target, profile: Profile, total: float) -> tuple[str, ...]:
    """Others whom the same family misses and who fit these remains as well: the family is certain, the person is not."""
    family, person = target
    return tuple(
        other
        for other in family.missing
        if other != person
        and family.pedigree.person(other).sex == family.pedigree.person(person).sex
        and abs(_total(case, (family, other), profile) - total) < 1e-9
    )
