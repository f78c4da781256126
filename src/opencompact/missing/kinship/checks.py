"""What is odd about a case without making it impossible to read: each person, marker and value named.

What makes a case unreadable is raised by the reader; this lists the rest, and says for each pair of relatives whether
they can be what the pedigree says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from opencompact.language import said
from opencompact.missing.kinship.case import Case, Family, Finding, Marker, Pedigree, Profile
from opencompact.missing.kinship.cautions import cautions
from opencompact.missing.kinship.descent import relevant
from opencompact.missing.kinship.likelihood import ln_likelihood
from opencompact.missing.kinship.mutation import KEEP_FREQUENCIES

_FEW_MARKERS = 8


def findings(case: Case) -> list[Finding]:
    """Everything that the owner of a case should know, from the reading of the file and from the profiles."""
    made = list(case.findings)
    for family in case.families:
        made.extend(_of_family(case, family))
    made.extend(_thin(case))
    made.extend(cautions(case))
    made.extend(_conventions(case))
    return made


def _of_family(case: Case, family: Family) -> Iterator[Finding]:
    if not family.profiles:
        yield Finding(
            "kinship.family-untyped", said("Family {family} has no profile.", family=family.name), family.name
        )
    impossible = [
        marker.name
        for marker in case.markers_of(family)
        if ln_likelihood([family.pedigree], family.profiles, marker) == -np.inf
    ]
    if impossible:
        who = _who_contradicts(family, case.markers_of(family))
        every = said(" at all markers") if len(impossible) == len(case.markers) else ""
        yield Finding(
            "kinship.relatives-impossible",
            said(
                "The relatives of family {family} cannot be related as stated{every}: {who}.",
                family=family.name,
                every=every,
                who=who,
            ),
            family.name,
            ", ".join(impossible),
            level="error",
        )
    yield from _unlikely(case, family)


def _who_contradicts(family: Family, markers: tuple[Marker, ...]) -> str:
    """The smallest set of typed people, two of them where that is enough, who cannot be related as stated."""
    typed = sorted(family.profiles)
    for number in range(2, len(typed) + 1):
        for group in _groups(typed, number):
            profiles = {person: family.profiles[person] for person in group}
            bad = [m.name for m in markers if ln_likelihood([family.pedigree], profiles, m) == -np.inf]
            if bad:
                return said(
                    "{group} contradict each other at {n} of {markers} markers",
                    group=", ".join(group),
                    n=len(bad),
                    markers=len(markers),
                )
        if number == 3:
            break
    return said("all of them together")


def _groups(people: list[str], number: int) -> Iterator[tuple[str, ...]]:
    from itertools import combinations

    yield from combinations(people, number)


def _unlikely(case: Case, family: Family) -> Iterator[Finding]:
    """A typed child and parent whose profiles are far likelier as strangers: samples exchanged, or a wrong pedigree."""
    people = {member.id: member for member in family.pedigree.members}
    for person in family.profiles:
        for parent in (people[person].father, people[person].mother):
            if parent is None or parent not in family.profiles:
                continue
            pair = {one: family.profiles[one] for one in (person, parent)}
            related = _total(case, family, pair, (Pedigree(relevant(family.pedigree.members, pair)),))
            apart = tuple(Pedigree((people[one],)) for one in pair)
            strangers = _total(case, family, pair, tuple(_alone(pedigree) for pedigree in apart))
            if -np.inf < related < strangers - np.log(100):
                yield Finding(
                    "kinship.relation-unlikely",
                    said(
                        "{parent} and {person} of family {family} are likelier strangers than parent and child.",
                        parent=parent,
                        person=person,
                        family=family.name,
                    ),
                    person,
                    value=f"log10 LR {(related - strangers) / np.log(10):.2f}",
                )


def _alone(pedigree: Pedigree) -> Pedigree:
    from dataclasses import replace

    return Pedigree(tuple(replace(member, father=None, mother=None) for member in pedigree.members))


def _total(case: Case, family: Family, profiles: Mapping[str, Profile], components: tuple[Pedigree, ...]) -> float:
    return sum(ln_likelihood(components, profiles, marker) for marker in case.markers_of(family))


def _thin(case: Case) -> Iterator[Finding]:
    for profile in (*case.remains, *case.profiles.values()):
        if len(profile.calls) < min(_FEW_MARKERS, len(case.markers)):
            yield Finding(
                "kinship.few-markers",
                said(
                    "{profile} was typed at {n} of {markers} markers.",
                    profile=profile.id,
                    n=len(profile.calls),
                    markers=len(case.markers),
                ),
                profile.id,
                value=str(len(profile.calls)),
                level="note",
            )


def _conventions(case: Case) -> Iterator[Finding]:
    models = {m.mutation.female_model.model for m in case.markers if m.mutation} - set(KEEP_FREQUENCIES)
    if models:
        yield Finding(
            "kinship.frequencies-not-kept",
            said(
                "Mutation model {models} does not keep the allele frequencies: untyped ancestors matter, and programs that leave them out differ by up to 0.1 in ln a marker.",
                models=", ".join(sorted(models)),
            ),
            value=", ".join(sorted(models)),
            level="note",
        )
