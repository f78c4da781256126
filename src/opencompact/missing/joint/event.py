"""An event under one prior: its parts, solved, and its assignments in order, the likeliest first."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from opencompact.errors import InvalidDataError
from opencompact.missing.joint.components import Component, components_of
from opencompact.missing.joint.options import FamilyOptions
from opencompact.missing.joint.part import Part
from opencompact.missing.joint.result import Assignment, Identified
from opencompact.missing.joint.subsets import fits_exactly
from opencompact.missing.joint.symmetry import SymmetricMatch
from opencompact.missing.joint.weighing import Weights
from opencompact.missing.kinship.case import Array, Case

LISTED = 20_000
"""Up to so many assignments are listed in full; of more, the likeliest `LISTED_OF_MANY`."""
LISTED_OF_MANY = 1_000
_LEAST = (0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4)


class Event:
    """One prior: the parts of the event, solved."""

    def __init__(
        self,
        case: Case,
        families: Sequence[FamilyOptions],
        others: Sequence[Array],
        prior: Weights,
        seed: int,
        sweeps: int,
    ) -> None:
        self.case, self.families, self.others, self.prior = case, families, others, prior
        self.column = {
            (place, seat): number
            for number, (place, seat) in enumerate(
                (place, seat) for place, family in enumerate(families) for seat in range(len(family.family.missing))
            )
        }
        self.marginal = np.zeros((len(case.remains), len(self.column) + 1))
        self.marginal[:, -1] = 1.0
        self._weights = [
            np.array([self._weight(family, option) for option in range(len(one.options))])
            for family, one in enumerate(families)
        ]
        components = self._components()
        self.parts = [Part(self, component, seed + place, sweeps) for place, component in enumerate(components)]
        self.exact = all(part.exact for part in self.parts) and self.left_out == 0
        self.error = max((part.error for part in self.parts), default=0.0)
        counts = [part.number for part in self.parts]
        self.number = None if None in counts else float(np.prod([c for c in counts if c is not None]))
        self.ln_total = sum(part.ln_total for part in self.parts)
        self._refuse_impossible()

    def _refuse_impossible(self) -> None:
        if any(part.ln_total == -np.inf for part in self.parts):
            raise InvalidDataError(
                "No assignment is possible under this prior.",
                rule="joint.impossible",
                remedy="A closed event in which every missing person is listed leaves no remains unassigned.",
            )

    def _components(self) -> list[Component]:
        """The parts of the event. Where one is too large for an exact sum, options of next to no weight are left out.

        The posterior of an option is at most the ratio of its weight to that of the same option with one of its remains
        unassigned: every assignment that has the first has a like one with the second. `left_out` sums these bounds.
        """
        for least in _LEAST:
            self.kept = [
                [o for o, bound in enumerate(bounds) if bound >= least]
                for bounds in map(self._bounds, range(len(self.families)))
            ]
            self.left_out = float(
                sum(
                    bound for family in range(len(self.families)) for bound in self._bounds(family) if 0 < bound < least
                )
            )
            candidates = [
                {remains for option in kept for remains in self.families[family].options[option].used}
                for family, kept in enumerate(self.kept)
            ]
            found = [part for part in components_of(candidates, len(self.case.remains)) if part.families]
            if all(self.fits(part) for part in found):
                break
        return found

    def slots_and_blocks(self, part: Component) -> tuple[int, int]:
        """How many slots and blocks an exact sum over a part has: the smaller side of it, where that can be chosen."""
        single = all(len(self.families[f].family.missing) == 1 for f in part.families)
        sides = len(part.remains), len(part.families)
        return (sides[1], sides[0]) if single and sides[1] < sides[0] else sides

    def fits(self, part: Component) -> bool:
        """Whether a part can be summed exactly."""
        return fits_exactly(*self.slots_and_blocks(part))

    def _bounds(self, family: int) -> list[float]:
        """For every option an upper bound of its posterior; 0 where it is impossible, 1 where nothing is known."""
        weights = self._weights[family]
        place = {option.remains: number for number, option in enumerate(self.families[family].options)}
        made = []
        for number, option in enumerate(self.families[family].options):
            ratios = [0.0]
            for seat, remains in enumerate(option.remains):
                without = place.get((*option.remains[:seat], -1, *option.remains[seat + 1 :])) if remains >= 0 else None
                if without is not None and weights[without] > -np.inf:
                    ratios.append(float(weights[number] - weights[without]))
            made.append(float(np.exp(min(ratios))) if weights[number] > -np.inf else 0.0)
        return made

    def weight(self, family: int, option: int) -> float:
        """ln weight of an option: DNA, other evidence, prior."""
        return float(self._weights[family][option])

    def _weight(self, family: int, option: int) -> float:
        """ln weight of an option: DNA, other evidence, and the prior against leaving its remains unassigned."""
        one = self.families[family].options[option]
        used = len(one.used)
        alone = self.prior.alone if self.prior.alone > -np.inf else 0.0
        return one.ln_LR + float(self.others[family][option]) + used * (self.prior.pair - alone)

    def ln_evidence(self, family: int, option: int) -> float:
        return self.families[family].options[option].ln_LR

    def assignments(self, flat: Event, null: float, listed: int | None) -> Iterator[Assignment]:
        most = listed or (LISTED if self.number is not None and self.number <= LISTED else LISTED_OF_MANY)
        ids, labels = [profile.id for profile in self.case.remains], self.case.labels
        for taken, weight in itertools.islice(_merged([part.in_order() for part in self.parts]), most):
            made = dict.fromkeys(ids, "*")
            for family, option in taken:
                for seat, remains in enumerate(self.families[family].options[option].remains):
                    if remains >= 0:
                        made[ids[remains]] = labels[self.column[family, seat]]
            ratio = sum(self.ln_evidence(family, option) for family, option in taken)
            plain = sum(flat.weight(family, option) for family, option in taken)
            yield Assignment(
                made,
                null + ratio,
                ratio,
                float(np.exp(plain - flat.ln_total)),
                float(np.exp(weight - self.ln_total)),
            )

    def identified(self, assignments: Sequence[Assignment]) -> Iterator[Identified]:
        ids = [profile.id for profile in self.case.remains]
        for (place, seat), column in self.column.items():
            family = self.families[place].family
            person = self.case.label(family, family.missing[seat])
            found = self.marginal[:, column]
            best = int(found.argmax()) if len(found) else 0
            named = len(found) > 0 and found[best] > 0
            remains = ids[best] if named else None
            yield Identified(
                family.name,
                person,
                remains,
                float(found[best]) if named else 0.0,
                float(found.sum()),
                _ln_glr(assignments, remains, person) if remains else None,
            )

    def symmetric(self) -> Iterator[SymmetricMatch]:
        for part in self.parts:
            yield from part.symmetric()


def _ln_glr(assignments: Sequence[Assignment], remains: str, person: str) -> float | None:
    """ln of the best assignment with a pair over the best without it, among those listed."""
    having = [one.ln_LR_vs_null for one in assignments if one.assignment[remains] == person]
    lacking = [one.ln_LR_vs_null for one in assignments if one.assignment[remains] != person]
    return max(having) - max(lacking) if having and lacking else None


def _merged(
    streams: Sequence[Iterator[tuple[tuple[tuple[int, int], ...], float]]],
) -> Iterator[tuple[tuple[tuple[int, int], ...], float]]:
    """Every combination of one from each stream, the heaviest first; each stream comes heaviest first."""
    kept: list[list[tuple[tuple[tuple[int, int], ...], float]]] = [[] for _ in streams]

    def nth(stream: int, number: int) -> tuple[tuple[tuple[int, int], ...], float] | None:
        while len(kept[stream]) <= number:
            item = next(streams[stream], None)
            if item is None:
                return None
            kept[stream].append(item)
        return kept[stream][number]

    start = (0,) * len(streams)
    if any(nth(stream, 0) is None for stream in range(len(streams))):
        return
    heap = [(-sum(kept[s][0][1] for s in range(len(streams))), start)]
    seen = {start}
    while heap:
        negative, places = heapq.heappop(heap)
        yield tuple(pair for s, place in enumerate(places) for pair in kept[s][place][0]), -negative
        for stream in range(len(streams)):
            further = (*places[:stream], places[stream] + 1, *places[stream + 1 :])
            item = nth(stream, places[stream] + 1)
            if item is not None and further not in seen:
                seen.add(further)
                heapq.heappush(heap, (negative + kept[stream][places[stream]][1] - item[1], further))
