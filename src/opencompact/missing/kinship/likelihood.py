"""ln P(profiles | proposition), marker by marker: the full pedigree, nothing pruned that has typed descendants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from opencompact.errors import NoDataError
from opencompact.missing.kinship.case import Array, Call, Case, Hypothesis, Marker, Pedigree, Person, Profile
from opencompact.missing.kinship.descent import relevant, without_single_founders
from opencompact.missing.kinship.lumping import Locus, lumped
from opencompact.missing.kinship.network import Network, Observed, build, merged, softly, solve
from opencompact.missing.kinship.observation import pair_evidence, single_evidence, visible


def calls_at(profiles: Mapping[str, Profile], marker: Marker) -> dict[str, Call]:
    """Who was typed at a marker, and as what; a call that determines nothing is no call."""
    found = {person: profile.calls.get(marker.name) for person, profile in profiles.items()}
    return {person: call for person, call in found.items() if call and visible(call)}


def observe(person: Person, call: Call, profile: Profile, marker: Marker, locus: Locus) -> Observed:
    """One person's call as evidence over the states of a locus."""
    make = single_evidence if marker.x_linked and person.sex == "male" else pair_evidence
    return softly(make(locus, call, profile.dropout_at(marker.name), profile.typing_error))


def members_at(pedigree: Pedigree, wanted: Iterable[str], marker: Marker) -> tuple[Person, ...]:
    """The members of a pedigree who matter at a marker, given whose alleles are asked for."""
    wanted = tuple(wanted)
    members = relevant(pedigree.members, wanted)
    return without_single_founders(members, wanted) if marker.prunes else members


def inbreeding_at(pedigree: Pedigree, marker: Marker) -> Mapping[str, float]:
    return pedigree.founder_inbreeding_x if marker.x_linked else pedigree.founder_inbreeding


def network_of(
    components: Sequence[Pedigree],
    profiles: Mapping[str, Profile],
    marker: Marker,
    locus: Locus,
    *,
    priors: Array | None = None,
) -> Network:
    """The network of a proposition at one marker, founders drawn from `priors` or the marker's frequencies."""
    calls = calls_at(profiles, marker)
    networks = []
    number = 0
    for pedigree in components:
        members = members_at(pedigree, calls, marker)
        observed = {
            member.id: observe(member, calls[member.id], profiles[member.id], marker, locus)
            for member in members
            if member.id in calls
        }
        networks.append(
            build(
                members,
                locus,
                observed,
                x_linked=marker.x_linked,
                inbreeding=inbreeding_at(pedigree, marker),
                priors=priors,
                first_number=number,
            )
        )
        number += len(members)
    return merged(networks)


def seen_alleles(profiles: Mapping[str, Profile], marker: Marker) -> set[int]:
    return {allele for call in calls_at(profiles, marker).values() for allele in visible(call)}


def ln_likelihood(
    components: Sequence[Pedigree], profiles: Mapping[str, Profile], marker: Marker, theta: float = 0.0
) -> float:
    """ln P(calls of everyone at this marker | the pedigrees); -inf where that is exactly impossible.

    `theta` > 0 pools the alleles of all founders of all components (Balding and Nichols 1994).
    """
    if theta > 0:
        from opencompact.missing.kinship.theta import ln_likelihood_with_theta

        return ln_likelihood_with_theta(components, profiles, marker, theta)
    locus = lumped(marker, seen_alleles(profiles, marker))
    values, logarithm = solve(network_of(components, profiles, marker, locus))
    return float(_ln(values)[0] + logarithm[0])


def _ln(values: Array) -> Array:
    with np.errstate(divide="ignore"):
        return np.log(values)


@dataclass(frozen=True)
class LikelihoodRatios:
    """ln-likelihoods of every hypothesis and their ratios to the reference; names as the reference cases have them."""

    reference: str
    ln_likelihood_per_marker: Mapping[str, Mapping[str, float]]
    ln_likelihood: Mapping[str, float]

    def as_dict(self) -> dict[str, object]:
        """With the keys of the reference cases."""
        return {
            "ln_likelihood_per_marker": self.ln_likelihood_per_marker,
            "ln_likelihood": self.ln_likelihood,
            "LR": self.LR,
            "log10_LR": self.log10_LR,
        }

    @property
    def log10_LR(self) -> dict[str, float]:
        return {name: self._difference(name) / float(np.log(10)) for name in self.ln_likelihood}

    @property
    def LR(self) -> dict[str, float]:
        with np.errstate(over="ignore"):
            return {name: float(np.exp(self._difference(name))) for name in self.ln_likelihood}

    def _difference(self, name: str) -> float:
        if name == self.reference and np.isfinite(self.ln_likelihood[name]):
            return 0.0
        if self.ln_likelihood[self.reference] == -np.inf:
            return float("nan") if self.ln_likelihood[name] == -np.inf else float("inf")
        return self.ln_likelihood[name] - self.ln_likelihood[self.reference]


def likelihood_ratios(case: Case) -> LikelihoodRatios:
    """Every hypothesis of a case against its reference hypothesis (the last, where none is named).

    Raises `NoDataError` where the case states no hypotheses.
    """
    if not case.hypotheses:
        raise NoDataError(
            "The case states no hypotheses to compare.",
            file=case.file,
            rule="kinship.no-hypotheses",
            remedy="Add `hypotheses`, or ask `kinship search` or `kinship joint` where remains and families are given.",
        )
    reference = case.reference_hypothesis or case.hypotheses[-1].name
    per_marker = {
        hypothesis.name: {
            marker.name: ln_likelihood(hypothesis.components, _typed(case, hypothesis), marker, case.theta)
            for marker in case.markers
        }
        for hypothesis in case.hypotheses
    }
    return LikelihoodRatios(
        case.hypothesis(reference).name,
        per_marker,
        {name: float(sum(values.values())) for name, values in per_marker.items()},
    )


def _typed(case: Case, hypothesis: Hypothesis) -> Mapping[str, Profile]:
    members = {member.id for pedigree in hypothesis.components for member in pedigree.members}
    return {person: profile for person, profile in case.profiles.items() if person in members}
