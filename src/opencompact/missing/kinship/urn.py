"""The urn of a subpopulation, and sums of a network over draws from it that no profile fixes, by two exact ways.

* partitions: the draws fall into groups that are copies of one allele; every grouping is one network in which the
  group is one variable (the urn seen as a Chinese restaurant). Right for any mutation model; there are Bell(n).
* quadrature: given the subpopulation's own frequencies q the draws are independent, and the likelihood is a polynomial
  in q; its mean over the Dirichlet distribution is a finite sum (Gauss-Jacobi on the sticks that make up q), all of
  whose terms are positive. Cheap when few states remain after lumping.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from math import lgamma

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import OpenCompactError
from opencompact.language import said
from opencompact.missing.kinship.case import Array
from opencompact.missing.kinship.elimination import Factor, diagonal, structure
from opencompact.missing.kinship.network import Network, Transmission, solve

MOST_PARTITIONS = 150_000
MOST_NODES = 3_000_000
_CELLS_AT_ONCE = 2_000_000


@dataclass(frozen=True, eq=False)
class Urn:
    """Draws still to be made after some were seen: weight A + n, and the chance of each state for the next draw."""

    weight: float
    chances: Array

    def after(self, states: Sequence[int]) -> tuple[Urn, float]:
        """The urn once these states were drawn, and the ln-probability of drawing them in this order."""
        balls = self.chances * self.weight
        logarithm = 0.0
        for state in states:
            with np.errstate(divide="ignore"):
                logarithm += float(np.log(balls[state]) - np.log(balls.sum()))
            balls = balls.copy()
            balls[state] += 1
        return Urn(float(balls.sum()), balls / balls.sum()), logarithm


def urn_of(theta: float, frequencies: Array) -> Urn:
    """The urn of a population; theta 1 would be one single ancestor, and is refused by the reader."""
    return Urn((1 - theta) / theta, frequencies)


def renamed(network: Network, names: Mapping[int, int]) -> Network:
    """The network with some variables made one and the same."""
    if not names:
        return network
    return Network(
        tuple(
            diagonal(Factor(tuple(names.get(v, v) for v in factor.variables), factor.values))
            for factor in network.factors
        ),
        tuple(
            Transmission(names.get(t.child, t.child), parents, t.tables[: len(parents)])
            for t in network.transmissions
            for parents in [tuple(dict.fromkeys(names.get(p, p) for p in t.parent))]
        ),
        tuple(dict.fromkeys(names.get(draw, draw) for draw in network.draws)),
    )


def ln_sum(network: Network, urn: Urn) -> float:
    """ln of the network summed over its draws from the urn, by the cheaper of the two exact ways."""
    number, states = len(network.draws), int(np.count_nonzero(urn.chances > 0))
    nodes = float(number // 2 + 1) ** (states - 1)
    groupings = bell(number)
    if groupings <= MOST_PARTITIONS and groupings * 100 <= nodes + 500:
        return _by_partition(network, urn)
    if nodes <= MOST_NODES:
        return _by_quadrature(network, urn)
    if groupings <= MOST_PARTITIONS:
        return _by_partition(network, urn)
    raise OpenCompactError(
        said(
            "With theta, {number} founder alleles that no profile fixes are too many for an exact computation.",
            number=number,
        ),
        value=number,
        rule="kinship.theta-too-large",
        remedy="Use the proportional mutation model or none, leave out distant founders, or set theta to 0.",
    )


def _by_partition(network: Network, urn: Urn) -> float:
    terms = []
    for names, weight in groupings_of(network.draws, urn.weight):
        grouped = renamed(network, names)
        priors = tuple(Factor((draw,), urn.chances[None, :]) for draw in grouped.draws)
        values, logarithm = solve(replace(grouped, factors=(*grouped.factors, *priors)))
        if values[0] > 0:
            terms.append(weight + float(np.log(values[0]) + logarithm[0]))
    return float(np.logaddexp.reduce(terms)) if terms else -np.inf


def groupings_of(draws: Sequence[int], weight: float) -> Iterator[tuple[dict[int, int], float]]:
    """Every way in which draws from an urn of this weight are copies of each other, with its ln-probability.

    A grouping is given as new names for the variables: all of a group get the name of its first.
    """
    start = lgamma(weight) - lgamma(weight + len(draws))
    for groups in _partitions(tuple(draws)):
        probability = start + sum(np.log(weight) + lgamma(len(group)) for group in groups)
        yield {draw: group[0] for group in groups for draw in group[1:]}, float(probability)


def _partitions(items: tuple[int, ...]) -> Iterator[list[list[int]]]:
    if not items:
        yield []
        return
    for groups in _partitions(items[:-1]):
        for place in range(len(groups)):
            yield [[*group, items[-1]] if i == place else group for i, group in enumerate(groups)]
        yield [*groups, [items[-1]]]


@lru_cache(maxsize=64)
def bell(number: int) -> int:
    """The number of groupings of `number` things."""
    row = [1]
    for _ in range(number):
        row = [row[-1]] + [row[-1] + sum(row[: place + 1]) for place in range(len(row))]
    return row[0]


def _by_quadrature(network: Network, urn: Urn) -> float:
    open_states = np.flatnonzero(urn.chances > 0)
    points = len(network.draws) // 2 + 1
    sticks = [
        beta_nodes(points, urn.weight * urn.chances[state], urn.weight * urn.chances[open_states[place + 1 :]].sum())
        for place, state in enumerate(open_states[:-1])
    ]
    total = points ** len(sticks)
    at_once = max(1, _CELLS_AT_ONCE // _cells_per_node(network, urn))
    terms = [
        _nodes_sum(network, sticks, open_states, len(urn.chances), np.arange(start, min(start + at_once, total)))
        for start in range(0, total, at_once)
    ]
    return float(np.logaddexp.reduce(terms))


def _cells_per_node(network: Network, urn: Urn) -> int:
    factors = [*network.factors, *(transmission.factor() for transmission in network.transmissions)]
    factors += [Factor((draw,), urn.chances[None, :]) for draw in network.draws]
    return structure(factors, ()).largest


def _nodes_sum(
    network: Network,
    sticks: Sequence[tuple[Array, Array]],
    open_states: NDArray[np.intp],
    size: int,
    nodes: NDArray[np.intp],
) -> float:
    """ln of the part of the quadrature sum that these nodes give."""
    left = np.ones(len(nodes))
    weights = np.zeros(len(nodes))
    frequencies = np.zeros((len(nodes), size))
    for (values, log_weights), state in zip(sticks, open_states, strict=False):
        which = nodes % len(values)
        nodes = nodes // len(values)
        frequencies[:, state] = left * values[which]
        left = left * (1 - values[which])
        weights += log_weights[which]
    frequencies[:, open_states[-1]] = left
    priors = tuple(Factor((draw,), frequencies) for draw in network.draws)
    made, logarithm = solve(replace(network, factors=(*network.factors, *priors)), batch=len(frequencies))
    with np.errstate(divide="ignore"):
        return float(np.logaddexp.reduce(np.log(np.broadcast_to(made, len(frequencies))) + logarithm + weights))


def beta_nodes(number: int, first: float, second: float) -> tuple[Array, Array]:
    """Nodes and ln-weights that average polynomials of degree 2·number - 1 exactly over Beta(first, second).

    Gauss-Jacobi quadrature from the eigenvalues of the recurrence (Golub and Welsch 1969).
    """
    a, b = second - 1, first - 1
    n = np.arange(1, number)
    diagonal = np.empty(number)
    diagonal[0] = (b - a) / (a + b + 2)
    diagonal[1:] = (b * b - a * a) / ((2 * n + a + b) * (2 * n + a + b + 2))
    square = 4 * n * (n + a) * (n + b) / ((2 * n + a + b) ** 2 * (2 * n + a + b + 1))
    square = square * np.where(n == 1, 1.0, (n + a + b) / np.where(n == 1, 1.0, 2 * n + a + b - 1))
    matrix = np.diag(diagonal) + np.diag(np.sqrt(square), 1) + np.diag(np.sqrt(square), -1)
    values, vectors = np.linalg.eigh(matrix)
    with np.errstate(divide="ignore"):
        return (values + 1) / 2, np.log(vectors[0] ** 2)
