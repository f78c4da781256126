"""What each family allows: every way of putting remains on its missing people, with the likelihood ratio of each way.

Families are independent given an assignment, so that its likelihood ratio is a product over families. Where a family
misses one person the ratios are those of the pairwise search. Where it misses several, the table of the second is
computed given the remains put on the first, and so on (chain rule): a joint table, not a product of pairwise ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.missing.kinship.case import Array, Case, Family, Profile
from opencompact.missing.kinship.layout import Layout
from opencompact.missing.kinship.search import may_be

MOST_OPTIONS = 200_000
_LEAST = (-np.inf, float(np.log(1e-6)), float(np.log(1e-3)), 0.0, float(np.log(1e3)))
_ROWS_AT_ONCE = 1_000


@dataclass(frozen=True)
class Option:
    """Remains put on a family's missing people, in their order (-1: nobody), and ln LR against leaving them unassigned."""

    remains: tuple[int, ...]
    ln_LR: float

    @property
    def used(self) -> tuple[int, ...]:
        return tuple(place for place in self.remains if place >= 0)


@dataclass(frozen=True)
class FamilyOptions:
    """All options of a family. `least` is the conditional ln LR below which pairs were left out (-inf: none were)."""

    family: Family
    options: tuple[Option, ...]
    least: float


def options_of(case: Case) -> list[FamilyOptions]:
    """The options of every family of a case, none with a likelihood of zero."""
    layout = Layout(case.markers, case.remains, only_seen=case.theta > 0)
    return [_of_family(case, family, layout) for family in case.families if family.missing]


def _of_family(case: Case, family: Family, layout: Layout) -> FamilyOptions:
    for least in _LEAST:
        found = _extend(case, family, layout, least)
        if found is not None:
            return FamilyOptions(family, tuple(found), least)
    raise InvalidDataError(
        said("Family {family} misses so many people that its ways to be matched cannot be listed.", family=family.name),
        value=len(family.missing),
        rule="joint.too-many-options",
        remedy="Split the remains by sex or by what else is known, or fix the identifications that are certain.",
    )


def _extend(case: Case, family: Family, layout: Layout, least: float) -> list[Option] | None:
    """Puts remains on one missing person after the other; None where there are too many ways."""
    offsets = layout.offsets(case.remains)
    nodes = [Option((), 0.0)]
    for place, person in enumerate(family.missing):
        sex = family.pedigree.person(person).sex
        fits = np.array([may_be(profile.sex, sex) for profile in case.remains], dtype=bool)
        # Remains that cannot be this person when alone cannot be in company either.
        alone = _scores(case, family, place, layout, offsets, [Option((-1,) * place, 0.0)])[0]
        open_to = set(np.flatnonzero(fits & (alone > -np.inf)).tolist())
        grown = [Option((*node.remains, -1), node.ln_LR) for node in nodes]
        asked = [node for node in nodes if open_to - set(node.remains)]
        for start in range(0, len(asked), _ROWS_AT_ONCE):
            block = asked[start : start + _ROWS_AT_ONCE]
            scores = _scores(case, family, place, layout, offsets, block)
            for node, row in zip(block, scores, strict=True):
                for remains in sorted(open_to - set(node.remains)):
                    if row[remains] > least:
                        grown.append(Option((*node.remains, remains), node.ln_LR + float(row[remains])))
            if len(grown) > MOST_OPTIONS:
                return None
        nodes = grown
    return nodes


def _scores(
    case: Case, family: Family, place: int, layout: Layout, offsets: NDArray[np.uint32], nodes: Sequence[Option]
) -> Array:
    """ln LR of every remains on the next missing person, given the remains already placed; shape (nodes, remains)."""
    if case.theta > 0:
        return np.stack([_with_theta(case, family, place, node) for node in nodes])
    given = [_placed(case, family, node) for node in nodes]
    target = (family, family.missing[place])
    rows = layout.rows([target] * len(nodes), markers=case.markers_of(family), given=given)
    return np.asarray(rows[:, offsets].sum(axis=2) * np.log(10))


def _placed(case: Case, family: Family, node: Option) -> Mapping[str, Profile]:
    return {
        person: case.remains[place] for person, place in zip(family.missing, node.remains, strict=False) if place >= 0
    }


def _with_theta(case: Case, family: Family, place: int, node: Option) -> Array:
    """The same under theta, the urn holding the alleles of the family and of all remains placed in it."""
    from opencompact.missing.kinship.theta import ln_ratio_of_tuple

    before = _placed(case, family, node)
    person = family.missing[place]
    sex = family.pedigree.person(person).sex
    markers = case.markers_of(family)
    made = np.full(len(case.remains), -np.inf)
    for remains, profile in enumerate(case.remains):
        if remains not in node.remains and may_be(profile.sex, sex):
            whole = ln_ratio_of_tuple(family, {**before, person: profile}, markers, case.theta)
            made[remains] = whole - node.ln_LR
    return made
