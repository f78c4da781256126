"""ln P(profiles | proposition), marker by marker: the full pedigree, nothing pruned that has typed descendants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from opencompact.errors import NoDataError
from opencompact.missing.kinship.case import Array, Case, Hypothesis, Marker, Pedigree, Profile
from opencompact.missing.kinship.lumping import lumped
from opencompact.missing.kinship.network import solve
from opencompact.missing.kinship.proposition import network_of, seen_alleles
from opencompact.missing.kinship.theta import ln_likelihood_with_theta


def ln_likelihood(
    components: Sequence[Pedigree], profiles: Mapping[str, Profile], marker: Marker, theta: float = 0.0
) -> float:
    """ln P(calls of everyone at this marker | the pedigrees); -inf where that is exactly impossible.

    `theta` > 0 pools the alleles of all founders of all components (Balding and Nichols 1994).
    """
    if theta > 0:
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
