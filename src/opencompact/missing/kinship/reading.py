"""Case files: `kinship-reference/1` as it is, and our own `opencompact-kinship/1`, which holds more (docs/reference).

Every fault is named with the place in the file, the person, the marker and the value; nothing is guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn, cast

import numpy as np

from opencompact.errors import InputError, InvalidDataError, OpenCompactError
from opencompact.missing.kinship.calls import check_amelogenin, read_call
from opencompact.missing.kinship.case import (
    Case,
    CaseKind,
    Family,
    Finding,
    HaplotypeDatabase,
    Hypothesis,
    Marker,
    Pedigree,
    Person,
    Prior,
    Profile,
    Sex,
)
from opencompact.missing.kinship.descent import check_pedigree
from opencompact.missing.kinship.loci import (
    allele_label,
    is_amelogenin,
    is_nothing,
    is_off_ladder,
    is_y_locus,
    matching,
)
from opencompact.missing.kinship.mutation import read_mutation

FORMATS = ("kinship-reference/1", "opencompact-kinship/1")
_SUM_TOLERANCE = 1e-6
SEXES: Mapping[str, Sex] = {
    "male": "male",
    "m": "male",
    "1": "male",
    "female": "female",
    "f": "female",
    "2": "female",
    "unknown": "unknown",
    "u": "unknown",
    "0": "unknown",
    "": "unknown",
}


def read_case(path: Path) -> Case:
    """Reads a case file. Raises `InputError` where it is no JSON, `InvalidDataError` where it contradicts itself."""
    return case_of(stated_case(path), file=str(path))


def stated_case(path: Path) -> Any:
    """The JSON of a case file, as it stands."""
    try:
        return json.loads(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError("There is no such file.", file=path, rule="kinship.file-absent") from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(f"The case cannot be read as JSON ({error}).", file=path, rule="kinship.not-json") from None


def with_findings(case: Case, findings: tuple[Finding, ...]) -> Case:
    """The case with what was found before it was put together."""
    return replace(case, findings=(*findings, *case.findings))


def case_of(stated: Any, file: str | None = None) -> Case:
    """A case from what its JSON says. Raises `InvalidDataError` with the place, the person, the marker and the value."""
    try:
        return _Reader(stated, file).case()
    except OpenCompactError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InvalidDataError(
            f"The case has not the shape of its format ({type(error).__name__}: {error}).",
            file=file,
            rule="kinship.shape",
            remedy="docs/reference/kinship-case.md describes the format; kinship-case.schema.json checks it.",
        ) from error


class _Reader:
    """One reading of one file: remembers where it is and collects findings on its way."""

    def __init__(self, stated: Any, file: str | None) -> None:
        self.file = file
        self.findings: list[Finding] = []
        if not isinstance(stated, dict) or stated.get("format") not in FORMATS:
            found = stated.get("format") if isinstance(stated, dict) else type(stated).__name__
            self.fail("This is not a kinship case.", "format", found, "format", f"Known: {', '.join(FORMATS)}.")
        self.stated: dict[str, Any] = stated

    def fail(self, problem: str, place: str, value: object, rule: str, remedy: str | None = None) -> NoReturn:
        raise InvalidDataError(
            problem, file=self.file, column=place, value=value, rule=f"kinship.{rule}", remedy=remedy
        )

    def case(self) -> Case:
        stated = self.stated
        try:
            theta = float(stated.get("theta") or 0.0)
        except (TypeError, ValueError):
            self.fail("theta is no number from 0 to below 1.", "theta", stated.get("theta"), "theta")
        if not 0 <= theta < 1:
            self.fail("theta is no number from 0 to below 1.", "theta", theta, "theta")
        self.markers = self._markers()
        hypotheses = tuple(self._hypotheses())
        families = tuple(self._families())
        remains = tuple(self._remains())
        reference = stated.get("reference_hypothesis")
        if reference is not None and reference not in {hypothesis.name for hypothesis in hypotheses}:
            self.fail("The reference hypothesis is none of the hypotheses.", "reference_hypothesis", reference, "reference")  # fmt: skip
        return Case(
            id=str(stated.get("id") or Path(self.file or "case").stem),
            kind=self._kind(hypotheses),
            markers=self.markers,
            description=str(stated.get("description") or ""),
            theta=theta,
            hypotheses=hypotheses,
            reference_hypothesis=reference,
            profiles=self._people_of_hypotheses(hypotheses),
            families=families,
            remains=remains,
            populations=self._populations(),
            prior=self._prior(len(remains), sum(len(family.missing) for family in families)),
            other_likelihood_ratios=self._other_likelihood_ratios(families, remains),
            haplotype_databases=dict(self._haplotype_databases()),
            findings=tuple(self.findings),
            synthetic=bool(stated.get("synthetic")),
            file=self.file,
        )

    def _kind(self, hypotheses: tuple[Hypothesis, ...]) -> CaseKind:
        kind: Any = self.stated.get("kind") or ("kinship_lr" if hypotheses else "joint_dvi")
        if kind not in ("kinship_lr", "joint_dvi", "genotype_distribution_and_dropout"):
            self.fail("This kind of case is not known.", "kind", kind, "kind")
        return cast("CaseKind", kind)

    # markers

    def _markers(self) -> tuple[Marker, ...]:
        used = self._labels_used() if self.stated.get("rare_alleles") else {}
        markers: list[Marker] = []
        for place, stated in enumerate(self.stated.get("markers") or []):
            marker = self._marker(stated, f"markers[{place}]", used)
            if matching(marker.name, [other.name for other in markers]):
                self.fail("A marker is given twice.", f"markers[{place}].name", marker.name, "marker-twice")
            markers.append(marker)
        if not markers:
            self.fail("The case has no markers.", "markers", None, "no-markers")
        return tuple(markers)

    def _marker(self, stated: Mapping[str, Any], place: str, used: Mapping[str, set[str]]) -> Marker:
        name = str(stated["name"])
        chromosome = str(stated.get("chromosome") or "autosomal")
        if chromosome not in ("autosomal", "X"):
            self.fail(f"Marker {name} is neither autosomal nor on X.", f"{place}.chromosome", chromosome, "chromosome", "Y and mitochondrial markers go under `haplotypes`.")  # fmt: skip
        alleles = [allele_label(allele) for allele in stated["alleles"]]
        frequencies = np.array(stated["frequencies"], dtype=np.float64)
        self._check_frequencies(name, alleles, frequencies, place)
        alleles, frequencies = self._with_rare(name, alleles, frequencies, used)
        silent = stated.get("silent_allele")
        if silent is not None and allele_label(silent) not in alleles:
            self.fail(f"The silent allele of {name} is none of its alleles.", f"{place}.silent_allele", silent, "silent-allele")  # fmt: skip
        silent_index = None if silent is None else alleles.index(allele_label(silent))
        try:
            mutation = read_mutation(stated.get("mutation"), alleles, frequencies, silent_index)
        except InvalidDataError as error:
            self.fail(f"Marker {name}: {error.problem}", f"{place}.mutation", error.value, (error.rule or "").removeprefix("kinship."), error.remedy)  # fmt: skip
        founders = stated.get("untyped_founders") or self.stated.get("untyped_founders")
        if founders not in (None, "kept", "pruned"):
            self.fail("Untyped founders are kept or pruned.", f"{place}.untyped_founders", founders, "untyped-founders")
        # Silent alleles come from Familias, which prunes; a case that has them is computed as it was there.
        prunes = founders == "pruned" or (founders is None and silent is not None)
        return Marker(name, tuple(alleles), frequencies, chromosome == "X", mutation, silent_index, prunes)

    def _check_frequencies(self, name: str, alleles: list[str], frequencies: Any, place: str) -> None:
        if len(set(alleles)) < len(alleles):
            twice = next(allele for allele in alleles if alleles.count(allele) > 1)
            self.fail(f"Marker {name} has an allele twice.", f"{place}.alleles", twice, "allele-twice")
        if len(alleles) != len(frequencies) or not alleles:
            self.fail(f"Marker {name} has {len(alleles)} alleles and {len(frequencies)} frequencies.", place, None, "frequencies")  # fmt: skip
        for allele, frequency in zip(alleles, frequencies, strict=True):
            if not 0 < frequency <= 1:
                self.fail(f"The frequency of allele {allele} of marker {name} is not above 0 and at most 1.", f"{place}.frequencies", float(frequency), "frequencies", "Give an allele that was never seen a small frequency, such as 5/(2N).")  # fmt: skip
        total = float(frequencies.sum())
        if abs(total - 1) > _SUM_TOLERANCE:
            self.fail(f"The frequencies of marker {name} do not add up to 1.", f"{place}.frequencies", total, "frequencies", "Correct them, or add an allele `other` for what is left.")  # fmt: skip

    def _with_rare(
        self, name: str, alleles: list[str], frequencies: Any, used: Mapping[str, set[str]]
    ) -> tuple[list[str], Any]:
        """Alleles that profiles show and the table lacks, at the frequency that the case states for such alleles."""
        unknown = sorted(used.get(name, set()) - set(alleles))
        if not unknown:
            return alleles, frequencies
        frequency = float(self.stated["rare_alleles"]["frequency"])
        if not 0 < frequency < 0.5:
            self.fail("The frequency of rare alleles is not between 0 and 0.5.", "rare_alleles.frequency", frequency, "rare-alleles")  # fmt: skip
        for allele in unknown:
            self.findings.append(
                Finding(
                    "kinship.rare-allele",
                    f"Allele {allele} is not in the table of {name}; it has the stated frequency {frequency:g}.",
                    marker=name,
                    value=allele,
                    level="note",
                )
            )
        frequencies = np.append(frequencies, [frequency] * len(unknown))
        return [*alleles, *unknown], frequencies / frequencies.sum()

    def _labels_used(self) -> dict[str, set[str]]:
        names = [str(marker["name"]) for marker in self.stated.get("markers") or []]
        used: dict[str, set[str]] = {}
        tables = [self.stated.get(key) or {} for key in ("genotypes", "genotypes_references", "genotypes_victims")]
        for genotypes in (genotypes for table in tables for genotypes in table.values()):
            for marker, alleles in genotypes.items():
                name = matching(marker, names)
                labels = {allele_label(allele) for allele in alleles if allele is not None}
                if name and len(alleles) <= 2:
                    used.setdefault(name, set()).update(
                        label for label in labels if not is_nothing(label) and not is_off_ladder(label)
                    )
        return used

    # people

    def _hypotheses(self) -> Iterator[Hypothesis]:
        names: set[str] = set()
        for stated in self.stated.get("hypotheses") or []:
            name = str(stated["name"])
            if name in names:
                self.fail("Two hypotheses have one name.", "hypotheses", name, "hypothesis-twice")
            names.add(name)
            components = tuple(self._pedigree(component, name) for component in stated["components"])
            people: set[str] = set()
            for member in (member for component in components for member in component.members):
                if member.id in people:
                    self.fail(f"{name}: The same person is in two components.", "hypotheses", member.id, "person-twice")
                people.add(member.id)
            yield Hypothesis(name, components)

    def _pedigree(self, stated: Mapping[str, Any], name: str) -> Pedigree:
        members = tuple(
            Person(
                str(member["id"]),
                None if member.get("father") in (None, "", "0") else str(member["father"]),
                None if member.get("mother") in (None, "", "0") else str(member["mother"]),
                self._sex(member.get("sex"), f"{name}/{member['id']}"),
            )
            for member in stated["members"]
        )
        pedigree = Pedigree(
            members,
            {str(k): float(v) for k, v in (stated.get("founder_inbreeding") or {}).items()},
            {str(k): float(v) for k, v in (stated.get("founder_inbreeding_x") or {}).items()},
        )
        check_pedigree(pedigree, name=name, file=self.file)
        return with_parents_sexes(pedigree)

    def _sex(self, stated: object, place: str) -> Sex:
        sex = SEXES.get(str("" if stated is None else stated).strip().lower())
        if sex is None:
            self.fail("This sex is not known.", place, stated, "sex", "Known: male, female, unknown.")
        return sex

    def _people_of_hypotheses(self, hypotheses: tuple[Hypothesis, ...]) -> dict[str, Profile]:
        genotypes: Mapping[str, Any] = self.stated.get("genotypes") or {}
        sexes: dict[str, Sex] = {}
        for hypothesis in hypotheses:
            everyone = (member for component in hypothesis.components for member in component.members)
            for member in (member for member in everyone if member.id in genotypes):
                known = sexes.setdefault(member.id, member.sex)
                if "unknown" not in (known, member.sex) and known != member.sex:
                    self.fail(f"{member.id} is {known} in one hypothesis and {member.sex} in {hypothesis.name}.", "hypotheses", member.id, "sex-contradiction")  # fmt: skip
                if known == "unknown":
                    sexes[member.id] = member.sex
        for person in genotypes:
            if person not in sexes:
                self.fail("A typed person is in no hypothesis.", f"genotypes/{person}", person, "person-unknown")
        for hypothesis in hypotheses:
            members = {member.id for component in hypothesis.components for member in component.members}
            for person in genotypes:
                if person not in members:
                    self.fail(f"Hypothesis {hypothesis.name} leaves out a typed person.", f"hypotheses/{hypothesis.name}", person, "person-left-out", "Put them there as a component of their own; otherwise the likelihoods are not of the same observations.")  # fmt: skip
        return {person: self.profile(person, calls, sexes[person], "genotypes") for person, calls in genotypes.items()}

    def profile(
        self, person: str, genotypes: Mapping[str, Any], sex: Sex, place: str, *, peaks: bool = False
    ) -> Profile:
        """One person's profile; drop-out and typing error come from `samples`."""
        sample: Mapping[str, Any] = (self.stated.get("samples") or {}).get(person) or {}
        haplotypes = {kind: dict(values) for kind, values in (sample.get("haplotypes") or {}).items()}
        known = {marker.name: marker for marker in self.markers}
        calls: dict[str, tuple[int, ...]] = {}
        for name, raw in genotypes.items():
            if not isinstance(raw, list):
                self.fail("A genotype is a list of alleles.", f"{place}/{person}/{name}", raw, "genotype")
            found = matching(name, known)
            if found in calls:
                self.fail(f"{person} has marker {found} twice.", f"{place}/{person}", name, "marker-twice")
            if found is None and is_amelogenin(name):
                shown = check_amelogenin(raw, person, sex, name, self.file)
                sex = shown if sex == "unknown" else sex
            elif found is None and is_y_locus(name):
                haplotypes.setdefault("Y", {})[name] = "/".join(allele_label(value) for value in raw)
            elif found is None:
                self.fail(f"{person} has a call at a marker that the case does not define.", f"{place}/{person}", name, "marker-unknown")  # fmt: skip
            else:
                call, finding = read_call(raw, known[found], person, sex, peaks=peaks, file=self.file)
                calls[found] = call
                self.findings.extend([finding] if finding else [])
        return Profile(
            person,
            {name: call for name, call in calls.items() if call},
            sex,
            self._probability(sample.get("dropout"), f"samples/{person}/dropout"),
            self._probability(sample.get("typing_error"), f"samples/{person}/typing_error"),
            {str(k): self._probability(v, f"samples/{person}") for k, v in (sample.get("dropout_by_marker") or {}).items()},
            haplotypes,
        )  # fmt: skip

    def _probability(self, stated: object, place: str) -> float:
        number = float(str(stated)) if stated is not None else 0.0
        if not 0 <= number <= 1:
            self.fail("This is no probability.", place, number, "probability")
        return number

    # families and remains

    def _families(self) -> Iterator[Family]:
        missing = [str(person) for person in self.stated.get("missing") or []]
        genotypes: dict[str, Any] = dict(self.stated.get("genotypes_references") or {})
        pedigrees = [(str(f["name"]), self._pedigree(f, str(f["name"])), f) for f in self.stated.get("families") or []]
        names = [name for name, _, _ in pedigrees]
        if len(set(names)) < len(names):
            self.fail("Two families have one name.", "families", next(n for n in names if names.count(n) > 1), "family-twice")  # fmt: skip
        where = self._where(pedigrees, [*missing, *genotypes])
        for name, pedigree, stated in pedigrees:
            sought = [m.split("/")[-1] for m in missing if where[m] == name]
            here = [str(p) for p in stated.get("missing") or []]
            for listed in (sought, here):
                if len(set(listed)) < len(listed):
                    self.fail(f"The same person of family {name} is missing twice.", "missing", next(p for p in listed if listed.count(p) > 1), "person-twice")  # fmt: skip
            sought += [p for p in here if p not in sought]
            given = {p.split("/")[-1]: (p, calls) for p, calls in genotypes.items() if where[p] == name}
            profiles = {}
            for person, (key, calls) in given.items():
                profiles[person] = self.profile(person, calls, pedigree.person(person).sex, f"genotypes_references/{key}")  # fmt: skip
                if person in sought:
                    self.fail(f"{person} is sought and typed at once.", f"families/{name}", person, "missing-typed", "A profile from a personal object is a reference to compare remains with directly, not a relative's.")  # fmt: skip
            population = stated.get("population")
            if population is not None and population not in (self.stated.get("populations") or {}):
                self.fail(f"Family {name} names a population that the case does not carry.", f"families/{name}/population", population, "population-unknown")  # fmt: skip
            for person in sought:
                pedigree.person(person)
            yield Family(name, pedigree, tuple(sought), profiles, population)

    def _where(self, pedigrees: list[tuple[str, Pedigree, Any]], people: list[str]) -> dict[str, str]:
        """person (or family/person) → the one family that has them."""
        found: dict[str, str] = {}
        for person in people:
            family, _, identity = person.rpartition("/")
            homes = [
                name
                for name, pedigree, _ in pedigrees
                if (not family or family == name) and any(member.id == identity for member in pedigree.members)
            ]
            if len(homes) != 1:
                problem = "This person is in no family." if not homes else f"{', '.join(homes)} all have a person of this id."  # fmt: skip
                self.fail(problem, "families", person, "person-unknown" if not homes else "person-ambiguous", "Write family/person." if homes else None)  # fmt: skip
            found[person] = homes[0]
        return found

    def _remains(self) -> Iterator[Profile]:
        genotypes: Mapping[str, Any] = self.stated.get("genotypes_victims") or {}
        listed = self.stated.get("victims") or [{"id": identity} for identity in genotypes]
        seen: set[str] = set()
        for stated in listed:
            identity = str(stated["id"])
            if identity in seen:
                self.fail("The same remains are listed twice.", "victims", identity, "person-twice")
            seen.add(identity)
            sex = self._sex(stated.get("sex"), f"victims/{identity}")
            yield self.profile(identity, genotypes.get(identity) or {}, sex, "genotypes_victims")
        for identity in genotypes:
            if identity not in seen:
                self.fail("Remains have a profile but are not listed.", "victims", identity, "person-unknown")
        if one := self.stated.get("remains"):
            yield self._observed(one)

    def _observed(self, stated: Mapping[str, Any]) -> Profile:
        """`remains` with `observed_alleles`: the different alleles seen, under drop-out."""
        identity = str(stated["id"])
        sex = self._sex(stated.get("sex"), f"remains/{identity}")
        profile = self.profile(identity, stated["observed_alleles"], sex, "remains", peaks=True)
        dropout = self._probability(self.stated.get("dropout_probability"), "dropout_probability")
        return replace(profile, dropout=dropout or profile.dropout)

    # what surrounds the profiles

    def _populations(self) -> dict[str, dict[str, dict[str, float]]]:
        names = [marker.name for marker in self.markers]
        made: dict[str, dict[str, dict[str, float]]] = {}
        for population, table in (self.stated.get("populations") or {}).items():
            made[population] = {}
            for locus, frequencies in table.items():
                name = matching(locus, names)
                if name is None:
                    continue
                values = {allele_label(k): float(v) for k, v in frequencies.items()}
                if min(values.values()) < 0 or abs(sum(values.values()) - 1) > 0.01:
                    self.fail(f"The frequencies of {locus} in {population} do not add up to 1.", f"populations/{population}/{locus}", sum(values.values()), "frequencies")  # fmt: skip
                made[population][name] = values
        return made

    def _prior(self, remains: int, missing: int) -> Prior:
        stated = self.stated.get("prior") or {}
        kind: Any = stated.get("kind") or ("event" if stated else "flat")
        if kind not in ("flat", "event"):
            self.fail("This kind of prior is not known.", "prior.kind", kind, "prior", "Known: flat, event.")
        made = Prior(kind, stated.get("missing"), stated.get("remains"), bool(stated.get("closed")))
        for what, number, least in (("missing", made.missing, missing), ("remains", made.remains, remains)):
            if number is not None and number < least:
                self.fail(f"The prior counts fewer {what} than the case has ({least}).", f"prior.{what}", number, "prior")  # fmt: skip
        return made

    def _other_likelihood_ratios(
        self, families: tuple[Family, ...], remains: tuple[Profile, ...]
    ) -> dict[tuple[str, str], float]:
        known_remains = {profile.id for profile in remains}
        known_missing = {person for family in families for person in family.missing}
        made: dict[tuple[str, str], float] = {}
        for identity, row in (self.stated.get("other_likelihood_ratios") or {}).items():
            for person, ratio in row.items():
                if identity not in known_remains or person not in known_missing:
                    self.fail("A likelihood ratio is given for someone who is not in the case.", "other_likelihood_ratios", f"{identity} × {person}", "person-unknown")  # fmt: skip
                if not float(ratio) >= 0:
                    self.fail("A likelihood ratio is negative.", f"other_likelihood_ratios/{identity}/{person}", ratio, "other-likelihood-ratio")  # fmt: skip
                made[identity, person] = float(ratio)
        return made

    def _haplotype_databases(self) -> Iterator[tuple[str, HaplotypeDatabase]]:
        for kind, stated in (self.stated.get("haplotype_databases") or {}).items():
            if kind not in ("Y", "mtDNA"):
                self.fail("Haplotypes are of kind Y or mtDNA.", "haplotype_databases", kind, "haplotype-kind")
            yield (
                kind,
                HaplotypeDatabase(
                    kind,
                    int(stated["size"]),
                    {str(k): int(v) for k, v in (stated.get("counts") or {}).items()},
                    float(stated.get("theta") or 0.0),
                    float(stated.get("mutation_rate", 0.002)),
                    stated.get("singletons"),
                ),
            )


def with_parents_sexes(pedigree: Pedigree) -> Pedigree:
    """Fathers are men and mothers women, also where the file leaves it open."""
    roles: dict[str, Sex] = {}
    for member in pedigree.members:
        if member.father is not None:
            roles[member.father] = "male"
        if member.mother is not None:
            roles[member.mother] = "female"
    members = tuple(
        replace(member, sex=roles[member.id]) if member.sex == "unknown" and member.id in roles else member
        for member in pedigree.members
    )
    return replace(pedigree, members=members)
