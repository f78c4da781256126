"""Profiles as a case states them: calls at its markers, sex by amelogenin, haplotypes, drop-out and typing error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from opencompact.language import said
from opencompact.missing.kinship.calls import check_amelogenin, read_call
from opencompact.missing.kinship.case import Call, Hypothesis, Marker, Profile, Sex
from opencompact.missing.kinship.lineage import KINDS
from opencompact.missing.kinship.loci import allele_label, is_amelogenin, is_y_locus, matching
from opencompact.missing.kinship.reading.stated import Reading


def people_of_hypotheses(
    reading: Reading, markers: Sequence[Marker], hypotheses: Sequence[Hypothesis]
) -> dict[str, Profile]:
    """The profiles of everyone typed in the propositions; each proposition must hold all of them."""
    genotypes: Mapping[str, Any] = reading.stated.get("genotypes") or {}
    sexes: dict[str, Sex] = {}
    for hypothesis in hypotheses:
        everyone = (member for component in hypothesis.components for member in component.members)
        for member in (member for member in everyone if member.id in genotypes):
            known = sexes.setdefault(member.id, member.sex)
            if "unknown" not in (known, member.sex) and known != member.sex:
                reading.fail(said("{person} is {known} in one hypothesis and {sex} in {hypothesis}.", person=member.id, known=known, sex=member.sex, hypothesis=hypothesis.name), "hypotheses", member.id, "sex-contradiction")  # fmt: skip
            if known == "unknown":
                sexes[member.id] = member.sex
    for person in genotypes:
        if person not in sexes:
            reading.fail("A typed person is in no hypothesis.", f"genotypes/{person}", person, "person-unknown")
    for hypothesis in hypotheses:
        members = {member.id for component in hypothesis.components for member in component.members}
        for person in genotypes:
            if person not in members:
                reading.fail(said("Hypothesis {hypothesis} leaves out a typed person.", hypothesis=hypothesis.name), f"hypotheses/{hypothesis.name}", person, "person-left-out", "Put them there as a component of their own; otherwise the likelihoods are not of the same observations.")  # fmt: skip
    return {
        person: profile_of(reading, markers, person, calls, sexes[person], "genotypes")
        for person, calls in genotypes.items()
    }


def profile_of(
    reading: Reading,
    markers: Sequence[Marker],
    person: str,
    genotypes: Mapping[str, Any],
    sex: Sex,
    place: str,
    *,
    key: str | None = None,
    peaks: bool = False,
) -> Profile:
    """One person's profile; drop-out, typing error and haplotypes come from `samples`, under `key` or the person's id."""
    sample = reading.sample(key or person, person)
    known = {marker.name: marker for marker in markers}
    calls: dict[str, Call] = {}
    haplotypes = _haplotypes(reading, person, sample.get("haplotypes") or {})
    # The sex that amelogenin shows is needed at markers on X, wherever in the list it stands.
    for name, raw in sorted(genotypes.items(), key=lambda item: not is_amelogenin(item[0])):
        if not isinstance(raw, list):
            reading.fail("A genotype is a list of alleles.", f"{place}/{person}/{name}", raw, "genotype")
        found = matching(name, known)
        if found in calls:
            reading.fail(
                said("{person} has marker {found} twice.", person=person, found=found),
                f"{place}/{person}",
                name,
                "marker-twice",
            )
        if found is not None:
            calls[found], finding = read_call(raw, known[found], person, sex, peaks=peaks, file=reading.file)
            reading.findings.extend([finding] if finding else [])
        elif is_amelogenin(name):
            shown = check_amelogenin(raw, person, sex, name, reading.file)
            sex = shown if sex == "unknown" else sex
        elif is_y_locus(name):
            haplotypes.setdefault("Y", {})[name] = "/".join(allele_label(value) for value in raw)
        else:
            reading.fail(said("{person} has a call at a marker that the case does not define.", person=person), f"{place}/{person}", name, "marker-unknown")  # fmt: skip
    return Profile(
        person,
        {name: calls[name] for name in known if calls.get(name)},
        sex,
        reading.dropout(sample.get("dropout"), f"samples/{person}/dropout"),
        reading.probability(sample.get("typing_error"), f"samples/{person}/typing_error"),
        _by_marker(reading, known, person, sample.get("dropout_by_marker") or {}),
        haplotypes,
    )


def _by_marker(reading: Reading, known: Iterable[str], person: str, stated: Mapping[str, Any]) -> dict[str, float]:
    made = {}
    for name, probability in stated.items():
        place = f"samples/{person}/dropout_by_marker"
        if (found := matching(str(name), known)) is None:
            reading.fail("Drop-out is stated for a marker that the case does not define.", place, name, "marker-unknown")  # fmt: skip
        made[found] = reading.dropout(probability, place)
    return made


def _haplotypes(reading: Reading, person: str, stated: Any) -> dict[str, dict[str, str]]:
    place = f"samples/{person}/haplotypes"
    if not isinstance(stated, Mapping) or not all(isinstance(values, Mapping) for values in stated.values()):
        reading.fail("Haplotypes are kinds (Y, mtDNA), each with its markers and values.", place, stated, "haplotype")
    for kind in stated:
        if kind not in KINDS:
            reading.fail("Haplotypes are of kind Y or mtDNA.", place, kind, "haplotype-kind")
    return {kind: {str(name): allele_label(value) for name, value in values.items()} for kind, values in stated.items()}
