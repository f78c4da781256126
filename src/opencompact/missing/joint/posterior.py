"""Joint identification of a case: options, components, exact sums, or the sampler where a component is too large."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from opencompact.errors import InvalidDataError, UsageError
from opencompact.language import said
from opencompact.missing.joint.components import Component, components_of
from opencompact.missing.joint.options import FamilyOptions, Option, options_of
from opencompact.missing.joint.sampler import sample
from opencompact.missing.joint.subsets import Block, best_first, fits_exactly, sums
from opencompact.missing.joint.symmetry import SymmetricMatch, interchangeable, reason_for
from opencompact.missing.kinship.case import Array, Case, Pedigree, Person, Prior
from opencompact.missing.kinship.likelihood import ln_likelihood
from opencompact.missing.kinship.posterior import pair_prior

LISTED = 20_000
"""Up to so many assignments are listed in full; of more, the likeliest `LISTED_OF_MANY`."""
LISTED_OF_MANY = 1_000
_LEAST = (0.0, 1e-15, 1e-12, 1e-9, 1e-6, 1e-4)


@dataclass(frozen=True)
class Assignment:
    """Remains → missing person or `*`, with ln P(all profiles | it), its ln LR, and its posterior probability."""

    assignment: Mapping[str, str]
    ln_likelihood: float
    ln_LR_vs_null: float
    posterior_flat_prior: float
    posterior: float


@dataclass(frozen=True)
class Identified:
    """What the event says of one missing person: their likeliest remains, its probability and its strength.

    `ln_GLR` compares the best assignment that makes the pair with the best that does not.
    """

    family: str
    missing: str
    remains: str | None
    posterior: float
    posterior_found: float
    ln_GLR: float | None


@dataclass(frozen=True)
class Joint:
    """The posterior over assignments. Marginals have a row per remains, a column per missing person, and `*` last."""

    remains: tuple[str, ...]
    missing: tuple[str, ...]
    assignments: tuple[Assignment, ...]
    marginal_flat: Array
    marginal: Array
    identified: tuple[Identified, ...]
    symmetric: tuple[SymmetricMatch, ...]
    ln_likelihood_null: float
    exact: bool
    number: float | None
    prior: Prior
    standard_error: float = 0.0
    left_out: float = 0.0
    notes: tuple[str, ...] = field(default=())

    @property
    def best(self) -> Assignment:
        return self.assignments[0]

    def as_dict(self) -> dict[str, object]:
        """With the keys of the reference cases under `joint`, and ours beside them."""
        return {
            "joint": {
                "n_nonzero": self.number,
                "n_listed": len(self.assignments),
                "ln_likelihood_null_assignment": self.ln_likelihood_null,
                "assignments": [vars(assignment) for assignment in self.assignments],
                "marginal_posterior": self._matrix(self.marginal_flat),
                "marginal_posterior_with_prior": self._matrix(self.marginal),
            },
            "exact": self.exact,
            "standard_error": self.standard_error,
            "posterior_left_out_at_most": self.left_out,
            "prior": vars(self.prior),
            "identified": [vars(one) for one in self.identified],
            "symmetric_matches": [one.as_dict() for one in self.symmetric],
            "notes": list(self.notes),
        }

    def _matrix(self, values: Array) -> dict[str, object]:
        return {"rows": list(self.remains), "columns": [*self.missing, "*"], "values": values.tolist()}


@dataclass(frozen=True)
class Weights:
    """ln weight of a pair and of leaving remains unassigned, before any profile is read."""

    pair: float
    alone: float


def weights_of(prior: Prior, missing: int, remains: int) -> Weights:
    """The prior of one pair. A flat prior gives every assignment the same weight.

    In an event, remains are any given missing person with the probability that `kinship.posterior.pair_prior` gives;
    what is left to 1 is the probability that they are nobody listed here.
    """
    if prior.kind == "flat":
        return Weights(0.0, 0.0)
    if prior.closed and remains > max(prior.missing or 0, missing):
        raise InvalidDataError(
            "A closed event has more remains than missing people.",
            value=f"{remains} remains, {max(prior.missing or 0, missing)} missing",
            rule="joint.closed-event",
            remedy="State the whole number of missing under prior.missing, or say that the event is not closed.",
        )
    pair = pair_prior(prior, missing, remains)
    left = 1 - missing * pair
    return Weights(float(np.log(pair)), float(np.log(left)) if left > 1e-12 else -np.inf)


def identify(case: Case, *, seed: int = 1, sweeps: int = 20_000, listed: int | None = None) -> Joint:
    """The posterior over assignments of a case's remains to its missing persons.

    Exact where every component has at most 21 remains (or missing, where families miss one person each). Where one has
    more, options of next to no weight are left out, their posterior bounded; a component that is still too large is
    sampled with `seed`, the standard error stated. `listed` is the number of assignments to list; `UsageError` if below 0.
    """
    if listed is not None and listed < 0:
        raise UsageError("Fewer than no assignments cannot be listed.", value=listed, rule="kinship.top")
    families = options_of(case)
    others = [_other(case, family) for family in families]
    flat = _Event(case, families, others, Weights(0.0, 0.0), seed, sweeps)
    prior = weights_of(case.prior, len(case.missing), len(case.remains))
    stated = flat if case.prior.kind == "flat" else _Event(case, families, others, prior, seed, sweeps)
    null = _ln_likelihood_null(case)
    assignments = tuple(stated.assignments(flat, null, listed))
    identified = list(stated.identified(assignments))
    order = list(case.columns)
    return Joint(
        tuple(profile.id for profile in case.remains),
        tuple(case.labels[place] for place in order),
        assignments,
        flat.marginal[:, [*order, -1]],
        stated.marginal[:, [*order, -1]],
        tuple(identified[place] for place in order),
        tuple(stated.symmetric()),
        null,
        flat.exact and stated.exact,
        flat.number,
        case.prior,
        max(flat.error, stated.error),
        max(flat.left_out, stated.left_out),
        tuple(_notes(case, families, flat)),
    )


def _other(case: Case, family: FamilyOptions) -> Array:
    """ln of the other likelihood ratios of every option: non-genetic evidence and lineage markers."""
    from opencompact.missing.kinship.lineage import ln_lineage_ratio

    made = np.zeros(len(family.options))
    known: dict[tuple[int, int], float] = {}
    for place, option in enumerate(family.options):
        for seat, remains in enumerate(option.remains):
            if remains < 0:
                continue
            if (seat, remains) not in known:
                person, profile = family.family.missing[seat], case.remains[remains]
                label = case.label(family.family, person)
                ratio = case.other_likelihood_ratios.get((profile.id, label), 1.0)
                known[seat, remains] = (float(np.log(ratio)) if ratio > 0 else -np.inf) + ln_lineage_ratio(
                    case, family.family, person, profile
                )
            made[place] += known[seat, remains]
    return made


def _ln_likelihood_null(case: Case) -> float:
    """ln P(all profiles | no remains are any of the missing); with theta, each family and each remains is its own urn."""
    total = 0.0
    for family in case.families:
        for marker in case.markers_of(family):
            total += ln_likelihood([family.pedigree], family.profiles, marker, case.theta)
    for profile in case.remains:
        alone = Pedigree((Person(profile.id, sex=profile.sex),))
        total += sum(ln_likelihood([alone], {profile.id: profile}, marker, case.theta) for marker in case.markers)
    return total


def _notes(case: Case, families: Sequence[FamilyOptions], event: _Event) -> Iterator[str]:
    if event.left_out > 0:
        yield (
            said(
                "Options of next to no weight were left out so that the rest can be summed; all of them together have a posterior of at most {left_out:.2g}.",
                left_out=event.left_out,
            )
        )
    if event.error > 0:
        yield said("Marginals come from a sampler; their largest standard error is {error:.2g}.", error=event.error)
    for family in families:
        if family.least > -np.inf:
            yield (
                said(
                    "Family {family}: pairs with a conditional LR of {ratio:.3g} or less were left out, because there are too many ways to match it.",
                    family=family.family.name,
                    ratio=np.exp(family.least),
                )
            )
    if case.theta > 0:
        yield said(
            "theta pools the founder alleles of each family with those of the remains put in it, family by family."
        )


class _Event:
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
        self.parts = [_Part(self, component, seed + place, sweeps) for place, component in enumerate(components)]
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
            if all(fits_exactly(*self.slots_and_blocks(part)) for part in found):
                break
        return found

    def slots_and_blocks(self, part: Component) -> tuple[int, int]:
        """How many slots and blocks an exact sum over a part has: the smaller side of it, where that can be chosen."""
        single = all(len(self.families[f].family.missing) == 1 for f in part.families)
        sides = len(part.remains), len(part.families)
        return (sides[1], sides[0]) if single and sides[1] < sides[0] else sides

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

    def assignments(self, flat: _Event, null: float, listed: int | None) -> Iterator[Assignment]:
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


class _Part:
    """One component, solved exactly or by sampling; writes its marginals into the event's."""

    def __init__(self, event: _Event, component: Component, seed: int, sweeps: int) -> None:
        self.event, self.component = event, component
        self.slots, blocks = event.slots_and_blocks(component)
        self.by_missing = self.slots == len(component.families) < len(component.remains)
        self.exact = fits_exactly(self.slots, blocks)
        self.error = 0.0
        self.number: float | None = None
        self.choices: list[list[tuple[int, int] | None]] = []
        self.blocks: list[Block] = []
        self.posterior: list[list[float]] = []
        if self.exact:
            self._exactly()
        else:
            self._sampled(seed, sweeps)
        self._write()

    def _exactly(self) -> None:
        (self._blocks_by_remains if self.by_missing else self._blocks_by_family)()
        closed = self.event.prior.alone == -np.inf
        if closed and self.by_missing:
            # Each remains is a block here: in a closed event none of them may stay alone.
            self.blocks = [Block(block.masks[1:], block.weights[1:]) for block in self.blocks]
            self.choices = [choices[1:] for choices in self.choices]
        self.full = (1 << self.slots) - 1 if closed and not self.by_missing else None
        found = sums(self.blocks, self.slots, all_used=self.full is not None)
        self.ln_total, self.number = found.ln_total, found.assignments
        self.posterior = [block.tolist() for block in found.posterior]

    def _blocks_by_family(self) -> None:
        slot = {remains: place for place, remains in enumerate(self.component.remains)}
        for family in self.component.families:
            options = self.event.families[family].options
            kept = [o for o in self.event.kept[family] if self.event.weight(family, o) > -np.inf]
            masks = np.array([sum(1 << slot[r] for r in options[o].used) for o in kept], np.int64)
            self.blocks.append(Block(masks, np.array([self.event.weight(family, o) for o in kept])))
            self.choices.append([(family, o) for o in kept])

    def _blocks_by_remains(self) -> None:
        """One missing person per family: the same sum with remains one after the other, families as slots."""
        rows: dict[int, list[tuple[int, float, tuple[int, int] | None]]] = {
            remains: [(0, 0.0, None)] for remains in self.component.remains
        }
        for slot, family in enumerate(self.component.families):
            for place in self.event.kept[family]:
                weight = self.event.weight(family, place)
                for remains in self.event.families[family].options[place].used if weight > -np.inf else ():
                    rows[remains].append((1 << slot, weight, (family, place)))
        for options in rows.values():
            self.blocks.append(
                Block(np.array([m for m, _, _ in options], np.int64), np.array([w for _, w, _ in options]))
            )
            self.choices.append([choice for _, _, choice in options])

    def _sampled(self, seed: int, sweeps: int) -> None:
        slot = {remains: place for place, remains in enumerate(self.component.remains)}
        families: list[list[tuple[Option, float]]] = []
        for family in self.component.families:
            options = self.event.families[family].options
            kept = [o for o in self.event.kept[family] if self.event.weight(family, o) > -np.inf]
            self.choices.append([(family, o) for o in kept])
            families.append(
                [(Option(tuple(slot[r] for r in options[o].used), 0.0), self.event.weight(family, o)) for o in kept]
            )
        found = sample(families, len(slot), seed=seed, sweeps=sweeps)
        self.posterior = [block.tolist() for block in found.posterior]
        self.error, self.best = found.largest_error, found.best
        self.ln_total = float("nan")

    def in_order(self) -> Iterator[tuple[tuple[tuple[int, int], ...], float]]:
        """The part's assignments as (family, option) pairs with their ln weights, the likeliest first."""
        if self.exact:
            for taken, weight in best_first(self.blocks, full=self.full):
                chosen = (self.choices[block][option] for block, option in enumerate(taken))
                yield tuple(choice for choice in chosen if choice is not None), weight
            return
        best = tuple(c for family, option in enumerate(self.best) if (c := self.choices[family][option]) is not None)
        yield best, sum(self.event.weight(*choice) for choice in best)

    def shares(self) -> Iterator[tuple[int, int, float]]:
        """(family, option, posterior) of every option that uses remains."""
        for choices, posterior in zip(self.choices, self.posterior, strict=True):
            for choice, share in zip(choices, posterior, strict=True):
                if choice is not None:
                    yield choice[0], choice[1], float(share)

    def _write(self) -> None:
        marginal, rows = self.event.marginal, list(self.component.remains)
        assigned = np.zeros(len(marginal))
        for family, option, share in self.shares():
            for seat, remains in enumerate(self.event.families[family].options[option].remains):
                if remains >= 0:
                    marginal[remains, self.event.column[family, seat]] += share
                    assigned[remains] += share
        marginal[rows, -1] = self._alone(rows, assigned)

    def _alone(self, rows: list[int], assigned: Array) -> Array:
        """P(unassigned): summed itself where remains are blocks, so that a small one keeps its digits."""
        if self.exact and self.by_missing and all(choices[0] is None for choices in self.choices):
            return np.array([posterior[0] for posterior in self.posterior])
        return np.maximum(1 - assigned[rows], 0.0)

    def symmetric(self) -> Iterator[SymmetricMatch]:
        ids = [profile.id for profile in self.event.case.remains]
        for family in self.component.families:
            options = self.event.families[family]
            for group in interchangeable(options):
                found: dict[tuple[int, ...], float] = {}
                for place, option, share in self.shares():
                    if place == family:
                        on = [options.options[option].remains[seat] for seat in group]
                        key = tuple(sorted(remains for remains in on if remains >= 0))
                        found[key] = found.get(key, 0.0) + share
                best = max(found, key=lambda key: found[key], default=())
                if best and found[best] > 0:
                    people = tuple(options.family.missing[seat] for seat in group)
                    yield SymmetricMatch(
                        options.family.name,
                        tuple(self.event.case.label(options.family, person) for person in people),
                        tuple(ids[remains] for remains in best),
                        found[best],
                        reason_for(options.family, people),
                    )
