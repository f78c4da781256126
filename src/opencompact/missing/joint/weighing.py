"""What an assignment weighs besides its DNA profiles: the prior, evidence of other kinds, and the null it is compared with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from opencompact.errors import InvalidDataError
from opencompact.missing.joint.options import FamilyOptions
from opencompact.missing.kinship.case import Array, Case, Pedigree, Person, Prior
from opencompact.missing.kinship.likelihood import ln_likelihood
from opencompact.missing.kinship.lineage import ln_lineage_ratio
from opencompact.missing.kinship.posterior import pair_prior


@dataclass(frozen=True)
class Weights:
    """ln weight of a pair and of leaving remains unassigned, before any profile is read."""

    pair: float
    alone: float


def weights_of(prior: Prior, missing: int, remains: int) -> Weights:
    """The prior of one pair. A flat prior gives every assignment the same weight.

    In an event, remains are any given missing person with the probability that `kinship.posterior.pair_prior` gives;
    what is left to 1 is the probability that they are nobody listed here.
    """
    if prior.kind == "flat":
        return Weights(0.0, 0.0)
    if prior.closed and remains > max(prior.missing or 0, missing):
        raise InvalidDataError(
            "A closed event has more remains than missing people.",
            value=f"{remains} remains, {max(prior.missing or 0, missing)} missing",
            rule="joint.closed-event",
            remedy="State the whole number of missing under prior.missing, or say that the event is not closed.",
        )
    pair = pair_prior(prior, missing, remains)
    left = 1 - missing * pair
    return Weights(float(np.log(pair)), float(np.log(left)) if left > 1e-12 else -np.inf)


def other_evidence(case: Case, family: FamilyOptions) -> Array:
    """ln of the other likelihood ratios of every option: non-genetic evidence and lineage markers."""
    made = np.zeros(len(family.options))
    known: dict[tuple[int, int], float] = {}
    for place, option in enumerate(family.options):
        for seat, remains in enumerate(option.remains):
            if remains < 0:
                continue
            if (seat, remains) not in known:
                person, profile = family.family.missing[seat], case.remains[remains]
                label = case.label(family.family, person)
                ratio = case.other_likelihood_ratios.get((profile.id, label), 1.0)
                known[seat, remains] = (float(np.log(ratio)) if ratio > 0 else -np.inf) + ln_lineage_ratio(
                    case, family.family, person, profile
                )
            made[place] += known[seat, remains]
    return made


def ln_likelihood_null(case: Case) -> float:
    """ln P(all profiles | no remains are any of the missing); with theta, each family and each remains is its own urn."""
    total = 0.0
    for family in case.families:
        for marker in case.markers_of(family):
            total += ln_likelihood([family.pedigree], family.profiles, marker, case.theta)
    for profile in case.remains:
        alone = Pedigree((Person(profile.id, sex=profile.sex),))
        total += sum(ln_likelihood([alone], {profile.id: profile}, marker, case.theta) for marker in case.markers)
    return total
