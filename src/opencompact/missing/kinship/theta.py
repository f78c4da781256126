"""theta: founders of one subpopulation, so that an allele seen once is likelier to be seen again.

The alleles of all founders of all components are one sequence of draws from a Polya urn with the population's
frequencies and weight A = (1 - theta) / theta (Balding and Nichols 1994, Forensic Science International 64: 125). What
typed founders drew for certain is taken out of the urn first; the sum over the other draws is `urn.ln_sum`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

import numpy as np

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import Call, Family, Marker, Pedigree, Person, Profile
from opencompact.missing.kinship.lumping import Locus, lumped
from opencompact.missing.kinship.network import Network, Observed, build, copies, merged
from opencompact.missing.kinship.observation import is_exact
from opencompact.missing.kinship.proposition import calls_at, inbreeding_at, members_at, observe, seen_alleles
from opencompact.missing.kinship.urn import ln_sum, renamed, urn_of


def ln_likelihood_with_theta(
    components: Sequence[Pedigree], profiles: Mapping[str, Profile], marker: Marker, theta: float
) -> float:
    """ln P(calls | pedigrees) at one marker with the founder alleles of all components pooled."""
    locus = lumped(marker, seen_alleles(profiles, marker))
    network, folded, inbred = open_network(components, profiles, marker, locus)
    urn, logarithm = urn_of(theta, locus.frequencies).after(folded)
    if logarithm == -np.inf:
        return logarithm
    terms = [ln_sum(part, urn) + weight for part, weight in autozygous_or_not(network, inbred)]
    return float(logarithm + np.logaddexp.reduce(terms))


def open_network(
    components: Sequence[Pedigree], profiles: Mapping[str, Profile], marker: Marker, locus: Locus
) -> tuple[Network, list[int], dict[tuple[int, int], float]]:
    """(a network whose founders have no prior, the states that typed founders drew for certain, inbred founders' copies)."""
    calls = calls_at(profiles, marker)
    networks: list[Network] = []
    folded: list[int] = []
    inbred: dict[tuple[int, int], float] = {}
    number = 0
    for pedigree in components:
        members = members_at(pedigree, calls, marker)
        inbreeding = inbreeding_at(pedigree, marker)
        observed: dict[str, Observed] = {}
        fixed: set[int] = set()
        for place, member in enumerate(members):
            own = copies(number + place, member, marker.x_linked)
            if member.is_founder and len(own) == 2 and inbreeding.get(member.id):
                inbred[own[0], own[1]] = inbreeding[member.id]
            if member.id not in calls:
                continue
            call, profile = calls[member.id], profiles[member.id]
            seen = observe(member, call, profile, marker, locus)
            known = _known_draws(call, profile, marker, locus, len(own))
            if member.is_founder and known is not None and own not in inbred:
                folded.extend(known)
                fixed.update(own)
            elif member.father is None or member.mother is None:
                seen = _over_all_states(seen, locus)
            observed[member.id] = seen
        made = build(
            members,
            locus,
            observed,
            x_linked=marker.x_linked,
            draws_are_open=True,
            first_number=number,
        )
        networks.append(replace(made, draws=tuple(draw for draw in made.draws if draw not in fixed)))
        number += len(members)
    return merged(networks), folded, inbred


def _known_draws(call: Call, profile: Profile, marker: Marker, locus: Locus, number: int) -> list[int] | None:
    """The states that a typed founder drew, where the call says them for certain."""
    if not is_exact(
        call, profile.dropout_at(marker.name), profile.typing_error, marker.silent if number == 2 else None
    ):
        return None
    states = [int(locus.states[allele]) for allele in call]
    return states[:1] if number == 1 else states


def _over_all_states(observed: Observed, locus: Locus) -> Observed:
    """The same evidence over every state: draws of one group must have the same states."""
    allowed = observed.states[0]
    table = np.zeros((1,) + (locus.size,) * (observed.table.ndim - 1))
    table[(slice(None), *np.ix_(*[allowed] * (observed.table.ndim - 1)))] = observed.table
    return Observed(np.arange(locus.size)[None, :], table)


def autozygous_or_not(network: Network, inbred: Mapping[tuple[int, int], float]) -> Iterator[tuple[Network, float]]:
    """Every way in which inbred founders have one ancestral copy or two, with its ln-probability."""
    for ways in product((True, False), repeat=len(inbred)):
        weight = 0.0
        names: dict[int, int] = {}
        for (pair, coefficient), one in zip(inbred.items(), ways, strict=True):
            chance = coefficient if one else 1 - coefficient
            weight += float(np.log(chance)) if chance > 0 else -np.inf
            if one:
                names[pair[0]] = pair[1]
        if weight > -np.inf:
            yield renamed(network, names), weight


def log10_ratio(family: Family, person: str, seen: Profile, marker: Marker, theta: float) -> float:
    """log10 of P(relatives, remains | the remains are this person) / P(relatives, remains | they are a stranger).

    The stranger is of the same subpopulation: the urn holds the alleles of family and stranger together. Raises where
    the relatives are impossible together.
    """
    stranger = "\0stranger"
    alone = Pedigree((Person(stranger, sex=seen.sex),))
    as_stranger = ln_likelihood_with_theta([family.pedigree, alone], {**family.profiles, stranger: seen}, marker, theta)
    if as_stranger == -np.inf:
        raise impossible(family, marker)
    as_person = ln_likelihood_with_theta([family.pedigree], {**family.profiles, person: seen}, marker, theta)
    return (as_person - as_stranger) / float(np.log(10))


def impossible(family: Family, marker: Marker) -> InvalidDataError:
    """The fault of relatives whose own calls contradict their pedigree."""
    return InvalidDataError(
        said(
            "The relatives of family {family} cannot be related as stated at {marker}.",
            family=family.name,
            marker=marker.name,
        ),
        column=f"{family.name}, {marker.name}",
        value=", ".join(f"{person} {marker.spell(call)}" for person, call in calls_at(family.profiles, marker).items()),
        rule="kinship.relatives-impossible",
        remedy="Check the samples and the pedigree, or give the marker a mutation model.",
    )


def ln_ratio_of_tuple(family: Family, placed: Mapping[str, Profile], markers: Sequence[Marker], theta: float) -> float:
    """ln P(relatives, these remains as these missing people) - ln P(relatives, these remains as strangers), all markers."""
    strangers = {f"\0{person}": profile for person, profile in placed.items()}
    alone = [Pedigree((Person(name, sex=profile.sex),)) for name, profile in strangers.items()]
    total = 0.0
    for marker in markers:
        apart = ln_likelihood_with_theta([family.pedigree, *alone], {**family.profiles, **strangers}, marker, theta)
        if apart == -np.inf:
            raise impossible(family, marker)
        total += ln_likelihood_with_theta([family.pedigree], {**family.profiles, **placed}, marker, theta) - apart
    return total
