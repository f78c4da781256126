"""From a pedigree to factors: one variable for each copy of an allele that a person has.

Person number n of a network has the variables 2n (from the father) and 2n + 1 (from the mother); a man has only the
second on X. All tables have a batch axis, so that families of one shape are computed together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import OpenCompactError
from opencompact.missing.kinship.case import Array, Person
from opencompact.missing.kinship.elimination import Factor, eliminate, structure
from opencompact.missing.kinship.lumping import Locus

LARGEST_TABLE = 30_000_000
"""Cells of the largest product; above it, elimination goes through the two ways of a meiosis one after the other."""

States = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Observed:
    """What is known of one person: the states that each copy may have, shape (batch, n), and P(seen | pair of them).

    `table` is (batch, n, n), or (batch, n) for a man on X.
    """

    states: States
    table: Array


@dataclass(frozen=True, eq=False)
class Transmission:
    """One copy of a child: it is either of the parent's two copies, each with probability one half, then mutated."""

    child: int
    parent: tuple[int, ...]
    tables: tuple[Array, ...]

    def factor(self) -> Factor:
        if len(self.parent) == 1:
            return Factor((self.parent[0], self.child), self.tables[0])
        first, second = self.tables
        return Factor((*self.parent, self.child), (first[:, :, None, :] + second[:, None, :, :]) / 2)

    def ways(self) -> tuple[Factor, ...]:
        """The factor for each of the parent's copies; their mean is the whole."""
        return tuple(Factor((p, self.child), table) for p, table in zip(self.parent, self.tables, strict=True))


@dataclass(frozen=True, eq=False)
class Network:
    """Factors of a question. `draws` are the copies that founders drew from the population: the theta model needs them."""

    factors: tuple[Factor, ...]
    transmissions: tuple[Transmission, ...]
    draws: tuple[int, ...] = ()


def exactly(pair: NDArray[np.integer]) -> Observed:
    """Known pairs of states, shape (batch, 2): two ways for two different states, one way for the same twice."""
    same = pair[:, 0] == pair[:, 1]
    table = np.zeros((len(pair), 2, 2))
    table[:, 0, 1] = table[:, 1, 0] = ~same
    table[:, 0, 0] = same
    return Observed(pair.astype(np.intp), table)


def softly(table: Array) -> Observed:
    """Evidence over all states, shape (states, states) or (states,), kept to the states that it allows."""
    allowed = np.flatnonzero(table.any(axis=tuple(range(1, table.ndim))) if table.ndim > 1 else table)
    if len(allowed) == 0:
        allowed = np.arange(1)
    kept = table[np.ix_(allowed, allowed)] if table.ndim > 1 else table[allowed]
    return Observed(allowed[None, :], kept[None])


def copies(number: int, person: Person, x_linked: bool) -> tuple[int, ...]:
    """The variables of a person: two, or one for a man on X."""
    return (2 * number + 1,) if x_linked and person.sex == "male" else (2 * number, 2 * number + 1)


def build(
    members: Sequence[Person],
    locus: Locus,
    observed: Mapping[str, Observed],
    *,
    x_linked: bool = False,
    inbreeding: Mapping[str, float] | None = None,
    priors: Array | None = None,
    draws_are_open: bool = False,
    first_number: int = 0,
) -> Network:
    """The network of one pedigree whose members are already those that matter.

    `priors` (batch, states) stands for the population's frequencies where they are not the locus' own. With
    `draws_are_open`, copies without a parent get no prior here: they are the network's `draws`, for the caller to weigh.
    """
    numbers = {member.id: first_number + place for place, member in enumerate(members)}
    everything = np.arange(locus.size)[None, :]
    states = {member.id: observed[member.id].states if member.id in observed else everything for member in members}
    prior = np.atleast_2d(locus.frequencies) if priors is None else priors
    factors: list[Factor] = []
    transmissions: list[Transmission] = []
    draws: list[int] = []
    for member in members:
        own = copies(numbers[member.id], member, x_linked)
        if member.id in observed:
            factors.append(Factor(own, observed[member.id].table))
        drawn = _without_parent(own, member)
        if drawn and draws_are_open:
            draws.extend(drawn)
        elif drawn:
            inbred = (inbreeding or {}).get(member.id, 0.0) if member.is_founder else 0.0
            factors.extend(_drawn(drawn, states[member.id], prior, inbred))
        people = {parent.id: parent for parent in members if parent.id in (member.father, member.mother)}
        transmissions.extend(_received(member, own, people, numbers, states, locus, x_linked))
    return Network(tuple(factors), tuple(transmissions), tuple(draws))


def _without_parent(own: tuple[int, ...], member: Person) -> tuple[int, ...]:
    """The copies that come from the population: both of a founder, one where only one parent is in the network."""
    given = (member.father,) * (len(own) - 1) + (member.mother,)
    return tuple(variable for variable, parent in zip(own, given, strict=True) if parent is None)


def _drawn(own: tuple[int, ...], states: States, prior: Array, inbreeding: float) -> list[Factor]:
    rows = np.arange(len(prior))[:, None] if len(prior) > 1 else 0
    frequency = prior[rows, states]
    if not inbreeding or len(own) == 1:
        return [Factor((variable,), frequency) for variable in own]
    pair = (1 - inbreeding) * frequency[:, :, None] * frequency[:, None, :]
    same = states[:, :, None] == states[:, None, :]
    return [Factor(own, pair + inbreeding * same * frequency[:, :, None])]


def _received(
    member: Person,
    own: tuple[int, ...],
    people: Mapping[str, Person],
    numbers: Mapping[str, int],
    states: Mapping[str, States],
    locus: Locus,
    x_linked: bool,
) -> list[Transmission]:
    made = []
    for parent, variable, matrix in (
        (member.father, own[0] if len(own) == 2 else None, locus.male),
        (member.mother, own[-1], locus.female),
    ):
        if parent is None or variable is None:
            continue
        given = copies(numbers[parent], people[parent], x_linked)
        table = _between(matrix, states[parent], states[member.id])
        made.append(Transmission(variable, given, (table,) * len(given)))
    return made


def _between(matrix: Array, given: States, received: States) -> Array:
    """Transmission from the states of a parent's copy to those of a child's, shape (batch, given, received)."""
    if matrix.ndim == 2:
        return matrix[given[:, :, None], received[:, None, :]]
    return matrix[np.arange(len(matrix))[:, None, None], given[:, :, None], received[:, None, :]]


def merged(networks: Sequence[Network]) -> Network:
    """Pedigrees that have nothing to do with each other, as one network."""
    return Network(
        tuple(factor for network in networks for factor in network.factors),
        tuple(transmission for network in networks for transmission in network.transmissions),
        tuple(draw for network in networks for draw in network.draws),
    )


def solve(network: Network, keep: tuple[int, ...] = (), batch: int = 1) -> tuple[Array, Array]:
    """Sums a network over all variables but `keep`; see `eliminate` for what it gives.

    Where the largest table would not fit, the sum is split by which of a parent's copies was handed on.
    """
    factors = [*network.factors, *(transmission.factor() for transmission in network.transmissions)]
    if structure(factors, keep).largest * batch <= LARGEST_TABLE:
        return eliminate(factors, keep)
    place, largest = _best_split(network, keep)
    if place is None or largest >= structure(factors, keep).largest:
        raise OpenCompactError(
            "This pedigree has too many loops for an exact computation with so many alleles.",
            value=structure(factors, keep).largest,
            rule="kinship.too-large",
            remedy="Use the proportional mutation model, under which alleles that nobody showed can be taken together.",
        )
    rest = network.transmissions[:place] + network.transmissions[place + 1 :]
    parts = [
        solve(replace(network, factors=(*network.factors, way), transmissions=rest), keep, batch)
        for way in network.transmissions[place].ways()
    ]
    return _mean(parts)


def _best_split(network: Network, keep: tuple[int, ...]) -> tuple[int | None, int]:
    best: tuple[int | None, int] = (None, 0)
    for place, transmission in enumerate(network.transmissions):
        if len(transmission.parent) < 2:
            continue
        others = [t.factor() for i, t in enumerate(network.transmissions) if i != place]
        largest = structure([*network.factors, *others, transmission.ways()[0]], keep).largest
        if best[0] is None or largest < best[1]:
            best = (place, largest)
    return best


def _mean(parts: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The mean of numbers given as (values, logarithm of their scale)."""
    top = np.maximum.reduce([np.broadcast_to(logarithm, len(values)) for values, logarithm in parts])
    total = sum(values * np.exp(logarithm - top).reshape(-1, *[1] * (values.ndim - 1)) for values, logarithm in parts)
    return np.asarray(total) / len(parts), top
