"""How many assignments there are: all that the sexes allow, and those made of pairs that are possible alone.

The sexes forbid two blocks of pairs, men's remains with missing women and women's with missing men. The number of
assignments that avoid them is an inclusion-exclusion over the rook numbers of the two blocks (Riordan 1958, chapter 7).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, factorial

import numpy as np

from opencompact.missing.joint.components import components_of
from opencompact.missing.joint.options import FamilyOptions
from opencompact.missing.joint.subsets import MOST_COUNTED
from opencompact.missing.kinship.case import Case, Sex

MOST_PEOPLE = 500
"""Of more people on both sides the number has over a thousand digits and tells nobody anything."""


def sex_consistent(case: Case) -> int | None:
    """The number of ways to take remains for missing persons, each at most once, that the sexes allow; all "*" counts.

    None where both remains and missing are more than `MOST_PEOPLE`.
    """
    if min(len(case.remains), len(case.missing)) > MOST_PEOPLE:
        return None
    remains = [profile.sex for profile in case.remains]
    missing = [family.pedigree.person(person).sex for family, person in case.missing]
    return assignments(remains, missing)


def assignments(remains: Sequence[Sex], missing: Sequence[Sex]) -> int:
    """The same from the sexes alone."""
    men = _rooks(remains.count("male"), missing.count("female"))
    women = _rooks(remains.count("female"), missing.count("male"))
    forbidden = [0] * (len(men) + len(women) - 1)
    for a, first in enumerate(men):
        for b, second in enumerate(women):
            forbidden[a + b] += first * second
    return sum(
        (-1) ** number * ways * sum(_rooks(len(remains) - number, len(missing) - number))
        for number, ways in enumerate(forbidden)
        if ways
    )


def _rooks(rows: int, columns: int) -> list[int]:
    """In how many ways 0, 1, 2 … pairs can be taken from so many rows and columns, none twice."""
    return [comb(rows, k) * comb(columns, k) * factorial(k) for k in range(min(rows, columns) + 1)]


def of_possible_pairs(families: Sequence[FamilyOptions], remains: int) -> int | None:
    """The number of assignments in which every pair has an LR above zero alone. Together they may still be impossible.

    None where some pairs were left out, or where a part of the event is too large to count.
    """
    from opencompact.missing.joint import kernels

    if any(family.least > -np.inf for family in families):
        return None
    pairs = [_possible(family, seat) for family in families for seat in range(len(family.family.missing))]
    total = 1
    for part in components_of(pairs, remains):
        rows, slots = [pairs[place] for place in part.families], list(part.remains)
        if len(rows) < len(slots):
            rows, slots = [{p for p in part.families if one in pairs[p]} for one in part.remains], list(part.families)
        if len(slots) > MOST_COUNTED:
            return None
        number = np.zeros(1 << len(slots))
        number[0] = 1.0
        for row in rows:
            masks = [0, *(1 << slots.index(one) for one in row)]
            number = kernels.count(number, np.array(masks, np.int64))
        total *= int(number.sum())
    return total


def _possible(family: FamilyOptions, seat: int) -> set[int]:
    """The remains that can be one missing person of a family when nobody else is assigned."""
    return {option.remains[seat] for option in family.options if option.remains[seat] >= 0 and len(option.used) == 1}
