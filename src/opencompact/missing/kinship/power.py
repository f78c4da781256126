"""Power: before anyone is sampled, what LR the true person will get with these relatives, and what chance will give.

Profiles of the relatives are simulated by gene dropping (founders draw alleles, children inherit and mutate), seeded.
For each simulated family the LR of the true person and that of a stranger are drawn from the family's own tables, so
that one simulated family gives exact conditional distributions, not one draw. Which relative would help most is asked
with the same simulated families, so that differences are not noise (Kling, Egeland et al. 2017, FSI Genetics 31: 57).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import UsageError
from opencompact.missing.kinship.case import Array, Call, Case, Family, Marker, Person, Profile
from opencompact.missing.kinship.layout import Layout, Target

Alleles = NDArray[np.int64]
THRESHOLDS = (2.0, 4.0, 6.0)
_CONFIDENCE = 1.96


@dataclass(frozen=True)
class Estimate:
    """A simulated probability or mean with its 95 % confidence interval."""

    value: float
    low: float
    high: float

    def as_dict(self) -> dict[str, float]:
        return vars(self)


@dataclass(frozen=True)
class Power:
    """What a set of typed relatives can do for one missing person.

    `median`, `lower` and `upper` are the 50, 5 and 95 % points of log10 LR of the true person. `reach` and `chance` give,
    by threshold of log10 LR, the probability that the true person and that a stranger reach it; `excluded` is the
    probability that a stranger gets an LR of zero.
    """

    missing: str
    typed: tuple[str, ...]
    simulations: int
    mean: Estimate
    median: float
    lower: float
    upper: float
    reach: Mapping[float, Estimate]
    chance: Mapping[float, Estimate]
    excluded: Estimate

    def as_dict(self) -> dict[str, object]:
        return {
            "missing": self.missing,
            "typed": list(self.typed),
            "simulations": self.simulations,
            "mean_log10_LR": self.mean.as_dict(),
            "log10_LR": {"5%": self.lower, "50%": self.median, "95%": self.upper},
            "true_person_reaches": {f"{t:g}": e.as_dict() for t, e in self.reach.items()},
            "stranger_reaches": {f"{t:g}": e.as_dict() for t, e in self.chance.items()},
            "stranger_excluded": self.excluded.as_dict(),
        }


def power(
    case: Case,
    target: Target,
    typed: Sequence[str] | None = None,
    *,
    simulations: int = 1_000,
    seed: int = 1,
) -> Power:
    """Simulates families in which `typed` relatives (those of the case by default) were sampled at all markers.

    Raises `UsageError` for fewer than one simulation.
    """
    if simulations < 1:
        raise UsageError("At least one family must be simulated.", value=simulations, rule="kinship.simulations")
    family, person = target
    people = tuple(typed) if typed is not None else tuple(family.profiles)
    true, stranger = simulate(case, family, person, people, simulations, seed)
    return _summary(case.label(family, person), people, true, stranger)


def whom_to_sample(
    case: Case, target: Target, *, simulations: int = 500, seed: int = 1, candidates: Sequence[str] | None = None
) -> list[tuple[str, Power]]:
    """Every relative not yet typed with the power that typing them as well would give, the most helpful first.

    Ranked by the mean log10 LR of the true person, over the same simulated families.
    """
    family, _person = target
    already = tuple(family.profiles)
    others = candidates or [m.id for m in family.pedigree.members if m.id not in (*already, *family.missing)]
    made = [(other, power(case, target, (*already, other), simulations=simulations, seed=seed)) for other in others]
    return sorted(made, key=lambda item: -item[1].mean.value)


def simulate(
    case: Case, family: Family, person: str, typed: Sequence[str], simulations: int, seed: int
) -> tuple[Array, Array]:
    """log10 LR of the true person and of a stranger in each simulated family; -inf for zero."""
    markers = case.markers_of(family)
    families = [Family(family.name, family.pedigree, (person,), {}, family.population)] * simulations
    dropped = {marker.name: drop_genes(family, marker, simulations, _stream(seed, marker.name)) for marker in markers}
    strangers = {marker.name: _strangers(family, person, marker, simulations, seed) for marker in markers}
    profiles = [
        {one: _profile(family.pedigree.person(one), markers, dropped, number) for one in typed}
        for number in range(simulations)
    ]
    families = [replace(one, profiles=profiles[number]) for number, one in enumerate(families)]
    true = [_profile(family.pedigree.person(person), markers, dropped, number) for number in range(simulations)]
    other = [
        Profile(person, {m.name: tuple(strangers[m.name][number].tolist()) for m in markers})
        for number in range(simulations)
    ]
    layout = Layout(case.markers, [])
    rows = layout.rows([(one, person) for one in families], markers=markers)
    each = np.arange(simulations)[:, None]
    return rows[each, layout.offsets(true)].sum(axis=1), rows[each, layout.offsets(other)].sum(axis=1)


def _stream(seed: int, name: str) -> np.random.Generator:
    """Random numbers of one marker, the same whoever else is asked about."""
    return np.random.default_rng([seed, *name.encode()])


def _profile(
    person: Person, markers: Sequence[Marker], dropped: Mapping[str, Mapping[str, Alleles]], number: int
) -> Profile:
    calls = {m.name: _shown([int(a) for a in dropped[m.name][person.id][number]], m) for m in markers}
    return Profile(person.id, {name: call for name, call in calls.items() if call}, person.sex)


def _shown(alleles: Sequence[int], marker: Marker) -> Call:
    """What a laboratory reads of a pair: a silent allele is not seen, the other then looks like two."""
    seen = sorted(allele for allele in alleles if allele != marker.silent)
    return tuple(seen * 2 if len(seen) == 1 < len(alleles) else seen)


def drop_genes(family: Family, marker: Marker, number: int, random: np.random.Generator) -> dict[str, Alleles]:
    """Alleles of every member of a pedigree in `number` simulated families, shape (number, copies)."""
    made: dict[str, Alleles] = {}
    waiting = list(family.pedigree.members)
    inbreeding = family.pedigree.founder_inbreeding_x if marker.x_linked else family.pedigree.founder_inbreeding
    while waiting:
        ready = [m for m in waiting if all(p is None or p in made for p in (m.father, m.mother))]
        for member in ready:
            made[member.id] = _alleles(member, made, marker, number, random, inbreeding.get(member.id, 0.0))
        waiting = [member for member in waiting if member.id not in made]
    return made


def _alleles(
    member: Person,
    made: Mapping[str, Alleles],
    marker: Marker,
    number: int,
    random: np.random.Generator,
    inbreeding: float,
) -> Alleles:
    hemizygous = marker.x_linked and member.sex == "male"
    if member.is_founder:
        drawn = random.choice(len(marker.alleles), size=(number, 1 if hemizygous else 2), p=_chances(marker))
        if inbreeding and not hemizygous:
            same = random.random(number) < inbreeding
            drawn[same, 1] = drawn[same, 0]
        return drawn
    copies = []
    for parent, matrix in ((member.father, "male"), (member.mother, "female")):
        if parent is None or (hemizygous and matrix == "male"):
            continue
        theirs = made[parent]
        which = random.integers(theirs.shape[1], size=number)
        copies.append(_mutated(theirs[np.arange(number), which], marker, matrix, random))
    return np.stack(copies, axis=1)


def _chances(marker: Marker) -> Array:
    return np.asarray(marker.frequencies / marker.frequencies.sum())


def _mutated(alleles: Alleles, marker: Marker, matrix: str, random: np.random.Generator) -> Alleles:
    if marker.mutation is None:
        return alleles
    below = np.cumsum(getattr(marker.mutation, matrix), axis=1)[alleles]
    return np.asarray(np.minimum((random.random(len(alleles))[:, None] > below).sum(axis=1), len(marker.alleles) - 1))


def _strangers(family: Family, person: str, marker: Marker, number: int, seed: int) -> Alleles:
    copies = 1 if marker.x_linked and family.pedigree.person(person).sex == "male" else 2
    drawn = _stream(seed + 1, marker.name).choice(len(marker.alleles), size=(number, copies), p=_chances(marker))
    return np.asarray(np.sort(drawn, axis=1), dtype=np.int64)


def _summary(person: str, typed: tuple[str, ...], true: Array, stranger: Array) -> Power:
    number = len(true)
    finite = np.where(np.isfinite(true), true, np.nan)
    mean, spread = float(np.nanmean(finite)), float(np.nanstd(finite)) / max(number, 1) ** 0.5
    lower, median, upper = (float(q) for q in np.quantile(true, (0.05, 0.5, 0.95), method="lower"))
    return Power(
        person,
        typed,
        number,
        Estimate(mean, mean - _CONFIDENCE * spread, mean + _CONFIDENCE * spread),
        median,
        lower,
        upper,
        {t: _share(int((true >= t).sum()), number) for t in THRESHOLDS},
        {t: _chance(true, t) for t in THRESHOLDS},
        _share(int(np.isneginf(stranger).sum()), number),
    )


def _chance(true: Array, threshold: float) -> Estimate:
    """P(a stranger reaches it), from the true person's draws weighed by 1 / LR: exact in the mean, and not noise where
    the probability is one in millions (importance sampling)."""
    weights = np.where(true >= threshold, 10.0 ** -np.maximum(true, threshold), 0.0)
    mean, spread = float(weights.mean()), float(weights.std()) / len(weights) ** 0.5
    return Estimate(mean, max(0.0, mean - _CONFIDENCE * spread), min(1.0, mean + _CONFIDENCE * spread))


def _share(count: int, number: int) -> Estimate:
    """A share with its interval (Wilson 1927), which is honest at 0 and 1."""
    p, z = count / number, _CONFIDENCE
    middle = (p + z * z / (2 * number)) / (1 + z * z / number)
    half = z / (1 + z * z / number) * (p * (1 - p) / number + z * z / (4 * number * number)) ** 0.5
    return Estimate(p, max(0.0, middle - half), min(1.0, middle + half))
