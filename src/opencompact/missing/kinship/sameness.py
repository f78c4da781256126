"""Profiles that are one and the same: parts of one body, a sample taken twice, contamination, or identical twins.

Compared are remains with remains, remains with relatives, and relatives with each other. Two profiles are the same where
every marker that both show agrees; a sample with drop-out, or with an allele not determined, may lack alleles that the
other has. A pair is told when strangers would agree so rarely that fewer than one in a hundred searches of this size
would meet such a pair by chance, and at least one in a million: siblings with few markers are not taken for one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.kinship.case import UNDETERMINED, Array, Case, Marker, Profile
from opencompact.missing.kinship.observation import visible

LEAST_RARITY = 6.0
_IN_A_HUNDRED = 2.0
MOST_COMPARED = 3_000
"""Of more people only profiles that are equal call by call are found, in time that grows with their number."""


@dataclass(frozen=True)
class SameProfile:
    """Remains (ids) and relatives (`family/id`, or the id of someone typed in the hypotheses) with one and the same profile.

    `markers` is the least number of markers that two of them share, `log10_rarity` the least of -log10 P(a stranger
    agrees with one of them there).
    """

    remains: tuple[str, ...]
    relatives: tuple[str, ...]
    markers: int
    log10_rarity: float

    def as_dict(self) -> dict[str, object]:
        return {**vars(self), "remains": list(self.remains), "relatives": list(self.relatives)}

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.remains, *self.relatives)


def same_profiles(case: Case) -> list[SameProfile]:
    """Groups of people and remains of a case with one and the same profile, in the order of the file."""
    relatives = {
        f"{family.name}/{one}": profile for family in case.families for one, profile in family.profiles.items()
    }
    others = {**relatives, **case.profiles}
    profiles = [*case.remains, *others.values()]
    names = [*(profile.id for profile in case.remains), *others]
    found = _pairs(profiles, case.markers)
    of: defaultdict[int, list[tuple[int, float]]] = defaultdict(list)
    for (first, _), shared in found.items():
        of[first].append(shared)
    return [
        SameProfile(
            tuple(names[place] for place in group if place < len(case.remains)),
            tuple(names[place] for place in group if place >= len(case.remains)),
            min(markers for place in group for markers, _ in of[place]),
            min(rarity for place in group for _, rarity in of[place]),
        )
        for group in _groups(found)
    ]


def _groups(pairs: Mapping[tuple[int, int], object]) -> list[tuple[int, ...]]:
    group: dict[int, set[int]] = {}
    for first, second in pairs:
        together = group.get(first, {first}) | group.get(second, {second})
        group |= dict.fromkeys(together, together)
    return sorted({tuple(sorted(one)) for one in group.values()})


def _pairs(profiles: Sequence[Profile], markers: Sequence[Marker]) -> dict[tuple[int, int], tuple[int, float]]:
    """(place, place) of profiles that are the same → markers shared, and how rare that is among strangers."""
    number = len(profiles)
    needed = max(LEAST_RARITY, _IN_A_HUNDRED + float(np.log10(max(number * (number - 1) / 2, 1))))
    if number > MOST_COMPARED:
        return dict(_equal(profiles, markers, needed))
    table = _Table(profiles, markers)
    found = {pair: table.shared(*pair) for pair in table.agreeing()}
    return {pair: (shared, rarity) for pair, (shared, rarity) in found.items() if rarity >= needed}


def _equal(
    profiles: Sequence[Profile], markers: Sequence[Marker], needed: float
) -> Iterator[tuple[tuple[int, int], tuple[int, float]]]:
    """The same for profiles that are equal call by call, in time that grows with their number."""
    rows: defaultdict[tuple[tuple[str, tuple[int, ...]], ...], list[int]] = defaultdict(list)
    for place, profile in enumerate(profiles):
        rows[tuple(sorted(profile.calls.items()))].append(place)
    for places in rows.values():
        if len(places) > 1:
            shared, rarity = _Table([profiles[place] for place in places[:2]], markers).shared(0, 1)
            if rarity >= needed:
                yield from ((pair, (shared, rarity)) for pair in pairwise(places))


class _Table:
    """The calls of all profiles side by side, (profiles, markers): two alleles, whether typed, whether one may be lost."""

    def __init__(self, profiles: Sequence[Profile], markers: Sequence[Marker]) -> None:
        shape = len(profiles), len(markers)
        self.alleles = np.full((*shape, 2), UNDETERMINED, np.int32)
        self.typed = np.zeros(shape, np.bool_)
        self.loses = np.zeros(shape, np.bool_)
        self.rarity = np.zeros(shape)
        for row, profile in enumerate(profiles):
            for column, marker in enumerate(markers):
                call = profile.calls.get(marker.name)
                if not call or not visible(call):
                    continue
                seen = visible(call)
                self.alleles[row, column] = seen[0], seen[-1]
                self.typed[row, column] = True
                self.loses[row, column] = UNDETERMINED in call or profile.dropout_at(marker.name) > 0
                self.rarity[row, column] = _rarity(marker.frequencies[list(seen)], bool(self.loses[row, column]))

    def agreeing(self) -> Iterator[tuple[int, int]]:
        for first in range(len(self.alleles) - 1):
            agree = self._agree(first, slice(first + 1, None))
            both = self.typed[first] & self.typed[first + 1 :]
            for place in np.flatnonzero((agree | ~both).all(axis=1) & both.any(axis=1)):
                yield first, first + 1 + int(place)

    def _agree(self, first: int, others: slice) -> NDArray[np.bool_]:
        mine, theirs = self.alleles[first], self.alleles[others]
        low, high = mine[:, 0], mine[:, 1]
        ours_seen = ((low == theirs[..., 0]) | (low == theirs[..., 1])) & (
            (high == theirs[..., 0]) | (high == theirs[..., 1])
        )
        theirs_seen = ((theirs[..., 0] == low) | (theirs[..., 0] == high)) & (
            (theirs[..., 1] == low) | (theirs[..., 1] == high)
        )
        loses, they_lose = self.loses[first], self.loses[others]
        single, they_single = low == high, theirs[..., 0] == theirs[..., 1]
        return np.asarray(
            (ours_seen & theirs_seen)
            | (ours_seen & loses)
            | (theirs_seen & they_lose)
            | (loses & they_lose & single & they_single)
        )

    def shared(self, first: int, second: int) -> tuple[int, float]:
        both = self.typed[first] & self.typed[second]
        return int(both.sum()), float(np.minimum(self.rarity[first], self.rarity[second])[both].sum())


def _rarity(frequencies: Array, loses: bool) -> float:
    """-log10 P(a stranger shows these alleles); of one that may have lost another, P(shows at least this one)."""
    p = float(frequencies[0])
    if len(frequencies) == 2:
        chance = 2 * p * float(frequencies[1])
    else:
        chance = p * (2 - p) if loses else p * p
    return -float(np.log10(chance))
