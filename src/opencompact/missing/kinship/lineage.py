"""Y-STR and mitochondrial haplotypes: one likelihood ratio per lineage, multiplied in as independent evidence.

Everyone on a line shares the haplotype but for mutation. The probability of meeting it in a stranger of the population
is estimated from a database of `size` people in which it was seen `count` times, with both compared haplotypes added:
(count + 1) / (size + 1) (Egeland and Salas 2008), or Brenner's kappa (1 - k) / (n + 1) for one never seen where the
number of singletons is known (Brenner 2010, FSI Genetics 4: 281), then theta + (1 - theta)·p for subpopulations. A
lineage says nothing about which person of the line it is; independence of the autosomal markers is an assumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log

from opencompact.missing.kinship.case import Case, Family, HaplotypeDatabase, Person, Profile

KINDS = ("Y", "mtDNA")
_MOST_DIFFERENCES = {"Y": 3, "mtDNA": 2}


def ln_lineage_ratio(case: Case, family: Family, person: str, remains: Profile) -> float:
    """ln of the product of the lineage ratios of remains being a missing person; 0 where nothing can be compared."""
    return sum(ratio.ln_LR for ratio in lineage_ratios(case, family, person, remains))


def lineages_of(case: Case) -> Iterator[tuple[str, str, float]]:
    """(remains, label of the missing person, log10 LR) of every pair of which a haplotype of the remains is compared with one of a relative."""
    for (family, person), label in zip(case.missing, case.labels, strict=True):
        for remains in case.remains if any(one.haplotypes for one in family.profiles.values()) else ():
            ratios = [ratio.ln_LR for ratio in lineage_ratios(case, family, person, remains) if ratio.shared]
            if ratios:
                yield remains.id, label, sum(ratios) / log(10)


class LineageRatio:
    """One lineage compared: its kind, the relative it was compared with, in how many places they differ, ln LR."""

    def __init__(self, kind: str, relative: str, shared: int, differences: int, meioses: int, ln_LR: float) -> None:
        self.kind, self.relative, self.shared = kind, relative, shared
        self.differences, self.meioses, self.ln_LR = differences, meioses, ln_LR

    def as_dict(self) -> dict[str, object]:
        return {**vars(self)}


def lineage_ratios(case: Case, family: Family, person: str, remains: Profile) -> Iterator[LineageRatio]:
    """One ratio per kind of haplotype: against the nearest relative on the line whose haplotype is known."""
    for kind in KINDS:
        seen = remains.haplotypes.get(kind)
        database = case.haplotype_databases.get(kind)
        if not seen or database is None:
            continue
        on_line = [
            (steps, relative)
            for relative, steps in _line(family, person, kind).items()
            if relative in family.profiles and family.profiles[relative].haplotypes.get(kind)
        ]
        if on_line:
            steps, relative = min(on_line)
            theirs = family.profiles[relative].haplotypes[kind]
            yield _ratio(kind, relative, seen, theirs, steps, database)


def _line(family: Family, person: str, kind: str) -> dict[str, int]:
    """Everyone on a person's paternal (Y) or maternal (mtDNA) line → the number of meioses between."""
    people = {member.id: member for member in family.pedigree.members}
    if kind == "Y" and people[person].sex == "female":
        return {}
    above = _ancestors(people, person, kind)
    found: dict[str, int] = {}
    for other in people:
        if other == person or (kind == "Y" and people[other].sex == "female"):
            continue
        theirs = _ancestors(people, other, kind)
        shared = [above[one] + theirs[one] for one in above if one in theirs]
        if shared:
            found[other] = min(shared)
    return found


def _ancestors(people: Mapping[str, Person], person: str, kind: str) -> dict[str, int]:
    """The person and those they have the haplotype from → the number of meioses up to each."""
    found, steps = {person: 0}, 0
    now = people[person].father if kind == "Y" else people[person].mother
    while now is not None and now in people and now not in found:
        steps += 1
        found[now] = steps
        now = people[now].father if kind == "Y" else people[now].mother
    return found


def _ratio(
    kind: str,
    relative: str,
    seen: Mapping[str, str],
    theirs: Mapping[str, str],
    meioses: int,
    database: HaplotypeDatabase,
) -> LineageRatio:
    """P(haplotype of the remains | it descends from the relative's) / P(it in the population)."""
    shared = sorted(set(seen) & set(theirs))
    differences = sum(seen[name] != theirs[name] for name in shared)
    if not shared:
        return LineageRatio(kind, relative, 0, 0, meioses, 0.0)
    rate = database.mutation_rate * max(meioses, 1)
    if differences > _MOST_DIFFERENCES[kind]:
        return LineageRatio(kind, relative, len(shared), differences, meioses, float("-inf"))
    # Any given difference is one of two steps at that place; places are independent.
    changed = differences * log(rate / 2) if differences else 0.0
    kept = (len(shared) - differences) * log(max(1 - rate, 1e-12))
    chance = haplotype_probability({name: seen[name] for name in shared}, database)
    return LineageRatio(kind, relative, len(shared), differences, meioses, changed + kept - log(chance))


def haplotype_probability(haplotype: Mapping[str, str], database: HaplotypeDatabase) -> float:
    """The probability of meeting a haplotype in someone of the population (see the module)."""
    count = database.counts.get(haplotype_key(haplotype), 0)
    estimate = (count + 1) / (database.size + 1)
    if count == 0 and database.singletons is not None:
        kappa = (database.singletons + 1) / (database.size + 1)
        estimate = max((1 - kappa) / (database.size + 1), 1e-12)
    return database.theta + (1 - database.theta) * estimate


def haplotype_key(haplotype: Mapping[str, str]) -> str:
    """A haplotype as one text, as `haplotype_databases` counts it: `DYS19=14;DYS390=24`, names in order."""
    return ";".join(f"{name}={haplotype[name]}" for name in sorted(haplotype))
