"""A proposition at one marker: who was typed and as what, who else matters, the network that they make."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from opencompact.missing.kinship.case import Array, Call, Marker, Pedigree, Person, Profile
from opencompact.missing.kinship.descent import relevant, without_single_founders
from opencompact.missing.kinship.lumping import Locus
from opencompact.missing.kinship.network import Network, Observed, build, merged, softly
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
