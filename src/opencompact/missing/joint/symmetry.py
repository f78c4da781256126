"""Missing people whom no DNA of the others can tell apart: the family is certain, the person is not.

Two brothers without children have the same tables, alone and jointly. They are found by their tables, whatever the
pedigree: putting one's remains on the other, in every option of the family, leaves its likelihood as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from opencompact.language import N_, said
from opencompact.missing.joint.options import FamilyOptions
from opencompact.missing.kinship.case import Family

_SAME = 1e-9


@dataclass(frozen=True)
class SymmetricMatch:
    """People of one family who cannot be told apart, the remains that are theirs, and how sure that much is."""

    family: str
    missing: tuple[str, ...]
    remains: tuple[str, ...]
    posterior: float
    reason: str

    def as_dict(self) -> dict[str, object]:
        return {
            "family": self.family,
            "missing": list(self.missing),
            "remains": list(self.remains),
            "posterior": self.posterior,
            "reason": self.reason,
        }


def interchangeable(family: FamilyOptions) -> list[tuple[int, ...]]:
    """Groups of places among the family's missing who cannot be told apart; people who can be are in no group."""
    weights = {option.remains: option.ln_LR for option in family.options}
    groups: list[list[int]] = []
    for place in range(len(family.family.missing)):
        for group in groups:
            if _same(weights, group[0], place):
                group.append(place)
                break
        else:
            groups.append([place])
    return [tuple(group) for group in groups if len(group) > 1]


def _same(weights: dict[tuple[int, ...], float], first: int, second: int) -> bool:
    """Whether swapping two places changes no option's likelihood, and some option tells of them at all."""
    told = False
    for remains, weight in weights.items():
        if remains[first] == remains[second]:
            continue
        swapped = list(remains)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        other = weights.get(tuple(swapped))
        if other is None or abs(other - weight) > _SAME * max(1.0, abs(weight)):
            return False
        told = told or abs(weight) > _SAME
    return told


def reason_for(family: Family, people: Sequence[str]) -> str:
    """How the people are related: `full siblings` where they share both parents, else that their relations are alike."""
    parents = {(family.pedigree.person(one).father, family.pedigree.person(one).mother) for one in people}
    if len(parents) == 1 and None not in next(iter(parents)):
        return N_("full siblings")
    return said("related alike to everyone typed")
