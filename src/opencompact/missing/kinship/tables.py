"""Tables: how much likelier each genotype is in a missing person, given the relatives, than in anyone.

For unlinked markers LR(remains = missing person) is the product over markers of T[genotype of the remains], where
T[g] = P(g | relatives) / P(g) depends on the family alone. The table of one family and marker is a matrix of ratios
over pairs of alleles, from which any observation follows: what was seen with drop-out, a silent allele, one allele
only, or a typing error is a weighted mean of it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.batches import Ratios, ratios_of
from opencompact.missing.kinship.case import Family, Marker, Profile
from opencompact.missing.kinship.proposition import calls_at
from opencompact.missing.kinship.shapes import question


def table_of(family: Family, person: str, marker: Marker, extra: Mapping[str, Profile] | None = None) -> Ratios:
    """T of one missing person at one marker."""
    ((_, ratios),) = ratios_of([question(family, person, marker, extra)], marker)
    return ratios


def genotype_probabilities(family: Family, person: str, marker: Marker) -> dict[str, float]:
    """P(genotype of the missing person | relatives) for every genotype of a marker, keys `11/12`; they sum to one."""
    full = table_of(family, person, marker).full()[0]
    p = marker.frequencies
    if full.ndim == 1:
        return {allele: float(full[i] * p[i]) for i, allele in enumerate(marker.alleles)}
    size = len(marker.alleles)
    return {
        f"{marker.alleles[a]}/{marker.alleles[b]}": float(full[a, b] * p[a] * p[b] * (1 if a == b else 2))
        for a in range(size)
        for b in range(a, size)
    }


def refuse_impossible(family: Family, marker: Marker, ratios: Ratios, row: int = 0) -> None:
    """Raises where the relatives' own calls have the likelihood zero under the pedigree."""
    if ratios.evidence[row] > -np.inf:
        return
    calls = calls_at(family.profiles, marker)
    shown = ", ".join(f"{person} {marker.spell(call)}" for person, call in calls.items())
    raise InvalidDataError(
        said(
            "The relatives of family {family} cannot be related as stated: at {marker} their genotypes are impossible together.",
            family=family.name,
            marker=marker.name,
        ),
        column=f"{family.name}, {marker.name}",
        value=shown,
        rule="kinship.relatives-impossible",
        remedy="Check the samples and the pedigree, or give the marker a mutation model.",
    )
