"""What surrounds the profiles of a case: other populations, the prior, other evidence, haplotype databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from opencompact.language import one_of, said
from opencompact.missing.kinship.case import Family, HaplotypeDatabase, Marker, Prior, Profile
from opencompact.missing.kinship.lineage import KINDS
from opencompact.missing.kinship.loci import allele_label, matching
from opencompact.missing.kinship.reading.stated import Reading


def populations_of(reading: Reading, markers: Sequence[Marker]) -> dict[str, dict[str, dict[str, float]]]:
    names = [marker.name for marker in markers]
    made: dict[str, dict[str, dict[str, float]]] = {}
    for population, table in (reading.stated.get("populations") or {}).items():
        made[population] = {}
        for locus, frequencies in table.items():
            name = matching(locus, names)
            if name is None:
                continue
            values = {allele_label(k): float(v) for k, v in frequencies.items()}
            if min(values.values()) < 0 or abs(sum(values.values()) - 1) > 0.01:
                reading.fail(said("The frequencies of {locus} in {population} do not add up to 1.", locus=locus, population=population), f"populations/{population}/{locus}", sum(values.values()), "frequencies")  # fmt: skip
            made[population][name] = values
    return made


def prior_of(reading: Reading, remains: int, missing: int) -> Prior:
    stated = reading.stated.get("prior") or {}
    kind: Any = stated.get("kind") or ("event" if stated else "flat")
    if kind not in ("flat", "event"):
        reading.fail("This kind of prior is not known.", "prior.kind", kind, "prior", "Known: flat, event.")
    counts = [reading.whole_number(stated.get(what), f"prior.{what}", 0) for what in ("missing", "remains")]
    made = Prior(kind, counts[0], counts[1], bool(stated.get("closed")))
    for what, number, least in (("missing", made.missing, missing), ("remains", made.remains, remains)):
        if number is not None and number < least:
            reading.fail(said("The prior counts fewer {what} than the case has ({least}).", what=what, least=least), f"prior.{what}", number, "prior")  # fmt: skip
    return made


def other_likelihood_ratios_of(
    reading: Reading, families: Sequence[Family], remains: Sequence[Profile]
) -> dict[tuple[str, str], float]:
    """(remains, label of the missing person) → LR; a person is named by id, or family/id where families share it."""
    known_remains = {profile.id for profile in remains}
    made: dict[tuple[str, str], float] = {}
    for identity, row in (reading.stated.get("other_likelihood_ratios") or {}).items():
        for person, ratio in row.items():
            place = f"other_likelihood_ratios/{identity}/{person}"
            named = _labels_of(families, str(person))
            if identity not in known_remains or not named:
                reading.fail("A likelihood ratio is given for someone who is not in the case.", "other_likelihood_ratios", f"{identity} × {person}", "person-unknown")  # fmt: skip
            if len(named) > 1:
                reading.fail("Several families look for someone of this id.", place, person, "person-ambiguous", said("Write {names}.", names=one_of(named)))  # fmt: skip
            if not _is_ratio(ratio):
                reading.fail("A likelihood ratio is no number from 0 up.", place, ratio, "other-likelihood-ratio")
            if (identity, named[0]) in made:
                reading.fail("A likelihood ratio is given twice.", place, ratio, "person-twice")
            made[identity, named[0]] = float(ratio)
    return made


def _labels_of(families: Sequence[Family], key: str) -> list[str]:
    """The labels of the missing persons that a key may mean: `family/id`, or an id."""
    ids = Counter(person for family in families for person in family.missing)
    return [
        f"{family.name}/{person}" if ids[person] > 1 else person
        for family in families
        for person in family.missing
        if key in (person, f"{family.name}/{person}")
    ]


def _is_ratio(stated: object) -> bool:
    try:
        return 0 <= float(str(stated)) < float("inf")
    except ValueError:
        return False


def haplotype_databases_of(reading: Reading) -> Iterator[tuple[str, HaplotypeDatabase]]:
    """How often haplotypes were seen in a sample of the population, by kind."""
    for kind, stated in (reading.stated.get("haplotype_databases") or {}).items():
        if kind not in KINDS:
            reading.fail("Haplotypes are of kind Y or mtDNA.", "haplotype_databases", kind, "haplotype-kind")
        place = f"haplotype_databases/{kind}"
        size = reading.whole_number(stated.get("size"), f"{place}/size", 1)
        if size is None:
            reading.fail("How many people were typed is not stated.", f"{place}/size", None, "number")
        counts = {
            str(haplotype): reading.whole_number(number, f"{place}/counts/{haplotype}", 0) or 0
            for haplotype, number in (stated.get("counts") or {}).items()
        }
        yield (
            kind,
            HaplotypeDatabase(
                kind,
                size,
                counts,
                reading.probability(stated.get("theta"), f"{place}/theta"),
                reading.probability(stated.get("mutation_rate", 0.002), f"{place}/mutation_rate"),
                reading.whole_number(stated.get("singletons"), f"{place}/singletons", 0),
            ),
        )
