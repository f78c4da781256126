"""What a stranger's sample would show at one marker, and the LR that each way of being read would get.

The sample is as good as the one asked about: the same drop-out, the same typing error. A marker at which nothing is seen
is no observation, so all probabilities are of samples that show something there. With theta the stranger is of the same
subpopulation as the family, as in the LR itself, so that E[LR | stranger] = 1 holds with every assumption.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from opencompact.missing.kinship.case import Array, Family, Marker, Pedigree, Person, Profile
from opencompact.missing.kinship.likelihood import ln_likelihood
from opencompact.missing.kinship.proposition import seen_alleles
from opencompact.missing.kinship.tables import table_of
from opencompact.missing.kinship.theta import ln_likelihood_with_theta


@dataclass(frozen=True)
class Quality:
    """How well a sample reads: the markers that show something, drop-out at each in their order, typing error."""

    markers: tuple[str, ...]
    dropout: tuple[float, ...]
    typing_error: float = 0.0


def quality_of(profile: Profile, markers: Sequence[Marker]) -> Quality:
    typed = tuple(marker.name for marker in markers if profile.calls.get(marker.name))
    return Quality(typed, tuple(profile.dropout_at(name) for name in typed), profile.typing_error)


def full_quality(markers: Sequence[Marker]) -> Quality:
    """All markers read without doubt."""
    return Quality(tuple(marker.name for marker in markers), (0.0,) * len(markers))


def readings(
    family: Family, person: str, marker: Marker, dropout: float, error: float, theta: float
) -> tuple[Array, Array]:
    """(probability in a stranger, LR) of every way in which the marker can be read in a sample."""
    if theta > 0:
        chances, ratios = _of_subpopulation(family, person, marker, dropout, theta)
    else:
        chances, ratios = _of_population(table_of(family, person, marker).full()[0], marker, dropout)
    # With a typing error the reading is that of anyone: the LR of that part is 1.
    return chances / chances.sum(), (1 - error) * ratios + error


def _of_population(ratios: Array, marker: Marker, d: float) -> tuple[Array, Array]:
    """From T of every genotype: pairs seen whole, and single peaks that may have lost or never shown the other allele."""
    p = marker.frequencies
    if ratios.ndim == 1:
        return p * (1 - d), ratios
    whole = np.outer(p, p)
    seen = np.arange(len(p)) != marker.silent
    weights, joint = (_read(table, marker.silent, d)[:, seen] for table in (whole, whole * ratios))
    kept = weights > 0
    return weights[kept], joint[kept] / weights[kept]


def _read(table: Array, silent: int | None, d: float) -> Array:
    """Chances of single peaks (first row) and of pairs, summed over the ordered pairs of alleles that show them."""
    size = len(table)
    both = table + table.T
    same, visible = np.diag(table), both.copy()
    np.fill_diagonal(visible, 0.0)
    lost = visible.copy()
    if silent is not None:
        lost[:, silent] = 0.0
        visible[silent] = visible[:, silent] = 0.0
    single = (1 - d * d) * same + d * (1 - d) * lost.sum(axis=1)
    if silent is not None:
        single = single + (1 - d) * both[:, silent]
    pairs = np.where(np.triu(np.ones((size, size), np.bool_), 1), visible * (1 - d) ** 2, 0.0)
    return np.concatenate([single[None], pairs])


def _of_subpopulation(family: Family, person: str, marker: Marker, d: float, theta: float) -> tuple[Array, Array]:
    """With theta. Of alleles that no relative shows only the commonest and the rarest are computed.

    An allele that nobody else has enters a likelihood by its first draw from the urn, so as its frequency p, and where
    both copies may be it, as p times a straight line in p. That is exact without mutation and, with mutation, as good
    as its rate is small.
    """
    shown = seen_alleles(family.profiles, marker)
    silent = marker.silent
    p = marker.frequencies
    known = [a for a in range(len(p)) if a in shown and a != silent]
    new = [a for a in np.argsort(-p).tolist() if a not in shown and a != silent]
    relatives = ln_likelihood([family.pedigree], family.profiles, marker, theta)
    sex = family.pedigree.person(person).sex
    haploid = marker.x_linked and sex == "male"

    def both(call: tuple[int, ...]) -> Array:
        """P(reading, relatives) / P(relatives) if it is a stranger's, and if it is the missing person's."""
        seen = Profile("remains", {marker.name: call}, sex, d)
        return np.exp(np.array(_apart_and_together(family, person, seen, marker, theta)) - relatives)

    rows = [both((a,) if haploid else (a, a)) for a in known]
    rows += list(
        _singles(
            [(float(p[x]), both((x,) if haploid else (x, x))) for x in dict.fromkeys([*new[:1], *new[-1:]])], p[new]
        )
    )
    if not haploid:
        rows += [both((a, b)) for place, a in enumerate(known) for b in known[place + 1 :]]
        if new:
            scale = float(p[new].sum() / p[new[0]])
            rows += [both(tuple(sorted((a, new[0])))) * scale for a in known]
        if len(new) > 1:
            pairs = (p[new].sum() ** 2 - (p[new] ** 2).sum()) / 2
            rows.append(both(tuple(sorted(new[:2]))) * float(pairs / (p[new[0]] * p[new[1]])))
    apart, together = np.array(rows).T
    kept = apart > 0
    return apart[kept], together[kept] / apart[kept]


def _singles(computed: list[tuple[float, Array]], frequencies: Array) -> Iterator[Array]:
    """p times a straight line in p, through one or two computed points, at every frequency."""
    if not computed:
        return
    (p, value), (q, other) = computed[0], computed[-1]
    slope = (value / p - other / q) / (p - q) if abs(p - q) > 1e-9 else np.zeros(2)
    for frequency in frequencies:
        yield frequency * (value / p + slope * (frequency - p))


def _apart_and_together(
    family: Family, person: str, seen: Profile, marker: Marker, theta: float
) -> tuple[float, float]:
    stranger = "\0stranger"
    alone = Pedigree((Person(stranger, sex=seen.sex),))
    return (
        ln_likelihood_with_theta([family.pedigree, alone], {**family.profiles, stranger: seen}, marker, theta),
        ln_likelihood_with_theta([family.pedigree], {**family.profiles, person: seen}, marker, theta),
    )
