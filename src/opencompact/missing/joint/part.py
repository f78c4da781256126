"""One part of an event: families and remains that can only be assigned among themselves, summed or sampled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

import numpy as np

from opencompact.missing.joint.components import Component
from opencompact.missing.joint.options import FamilyOptions, Option
from opencompact.missing.joint.sampler import sample
from opencompact.missing.joint.subsets import Block, best_first, sums
from opencompact.missing.joint.symmetry import SymmetricMatch, interchangeable, reason_for
from opencompact.missing.joint.weighing import Weights
from opencompact.missing.kinship.case import Array, Case


class Whole(Protocol):
    """What a part asks of its event: the case, the prior, the families with their options, and where marginals are written."""

    case: Case
    prior: Weights
    families: Sequence[FamilyOptions]
    kept: list[list[int]]
    column: dict[tuple[int, int], int]
    marginal: Array

    def slots_and_blocks(self, part: Component) -> tuple[int, int]:
        """How many slots and blocks an exact sum over a part has."""

    def fits(self, part: Component) -> bool:
        """Whether a part can be summed exactly."""

    def weight(self, family: int, option: int) -> float:
        """ln weight of an option."""


class Part:
    """One component, solved exactly or by sampling; writes its marginals into the event's."""

    def __init__(self, event: Whole, component: Component, seed: int, sweeps: int) -> None:
        self.event, self.component = event, component
        self.slots, _ = event.slots_and_blocks(component)
        self.by_missing = self.slots == len(component.families) < len(component.remains)
        self.exact = event.fits(component)
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
