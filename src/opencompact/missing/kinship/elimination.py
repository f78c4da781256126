"""Exact sums of products: variable elimination, with the order chosen for the structure at hand.

A factor is a table over variables, with a leading axis for a batch of problems of one structure (size 1 where the
table is the same for all). Eliminating a variable multiplies the tables that hold it and sums over it; the order is
chosen greedily by the size of the table that arises (Lauritzen and Sheehan 2003, Statistical Science 18: 489). The
plan depends on the structure alone and is kept.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from opencompact.missing.kinship.case import Array

_RESCALE_BELOW = 1e-100
_FEW = 60
"""Of so few factors no product gets too small for a float."""


@dataclass(frozen=True, eq=False)
class Factor:
    """A table over `variables`: `values` has a batch axis (1 or the number of problems), then an axis per variable."""

    variables: tuple[int, ...]
    values: Array


Shape = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Step:
    """Multiply the factors at these places in the list, sum over a variable, and append what is left over `rest`."""

    factors: tuple[int, ...]
    variable: int
    rest: tuple[int, ...]


@dataclass(frozen=True)
class Plan:
    """Steps and the number of cells of the largest product among them."""

    steps: tuple[Step, ...]
    largest: int


@lru_cache(maxsize=20_000)
def plan(scopes: Shape, sizes: tuple[tuple[int, int], ...], keep: tuple[int, ...]) -> Plan:
    """The elimination of every variable outside `keep`; `scopes` are the factors' variables, `sizes` (variable, size)."""
    size = dict(sizes)
    alive: dict[int, frozenset[int]] = {place: frozenset(scope) for place, scope in enumerate(scopes)}
    waiting = {variable for scope in scopes for variable in scope} - set(keep)
    steps: list[Step] = []
    largest = 1
    while waiting:
        cost, variable = min((_cost(v, alive, size), v) for v in waiting)
        largest = max(largest, cost[0])
        places = tuple(place for place, scope in alive.items() if variable in scope)
        rest = frozenset[int]().union(*(alive.pop(place) for place in places)) - {variable}
        steps.append(Step(places, variable, tuple(sorted(rest))))
        alive[len(scopes) + len(steps) - 1] = rest
        waiting.discard(variable)
    return Plan(tuple(steps), largest)


def _cost(variable: int, alive: dict[int, frozenset[int]], size: dict[int, int]) -> tuple[int, int]:
    """(cells of the product, factors in it): what eliminating the variable now would cost."""
    union: set[int] = set()
    count = 0
    for scope in alive.values():
        if variable in scope:
            union |= scope
            count += 1
    return math.prod(size[v] for v in union), count


def structure(factors: Sequence[Factor], keep: tuple[int, ...]) -> Plan:
    """The plan for these factors."""
    sizes: dict[int, int] = {}
    for factor in factors:
        sizes.update(zip(factor.variables, factor.values.shape[1:], strict=True))
    return plan(tuple(factor.variables for factor in factors), tuple(sorted(sizes.items())), keep)


def eliminate(factors: Sequence[Factor], keep: tuple[int, ...] = ()) -> tuple[Array, Array]:
    """Sums the product of all factors over every variable outside `keep`.

    Gives (values, logarithm): the sum is values · exp(logarithm), values of shape (batch, *sizes of keep), logarithm of
    shape (batch,). Zero stays zero; small numbers do not become zero.
    """
    tables: dict[int, Factor] = dict(enumerate(factors))
    logarithm = np.zeros(1)
    number = len(factors)
    for place, step in enumerate(structure(factors, keep).steps):
        made = _sum_out([tables.pop(index) for index in step.factors], step.variable, step.rest)
        if number > _FEW:
            made, lost = _rescaled(made)
            logarithm = logarithm + lost
        tables[number + place] = made
    values, lost = _product(list(tables.values()), keep)
    return values, logarithm + lost


def _sum_out(factors: list[Factor], variable: int, rest: tuple[int, ...]) -> Factor:
    factors = sorted(factors, key=lambda factor: factor.values.size)
    first = factors[0]
    if len(factors) == 1:
        axis = 1 + first.variables.index(variable)
        names = tuple(v for v in first.variables if v != variable)
        return Factor(names, first.values.sum(axis=axis))
    for second in factors[1:-1]:
        names = (*first.variables, *(v for v in second.variables if v not in first.variables))
        first = Factor(names, _einsum(first, second, names))
    return Factor(rest, _einsum(first, factors[-1], rest))


def _einsum(first: Factor, second: Factor, names: tuple[int, ...]) -> Array:
    label = {v: place + 1 for place, v in enumerate(dict.fromkeys((*first.variables, *second.variables)))}
    # numpy has the form with lists of labels, its type stubs do not.
    operands: list[Any] = []
    for factor in (first, second):
        operands += [factor.values, [0, *(label[v] for v in factor.variables)]]
    return np.asarray(np.einsum(*operands, [0, *(label[v] for v in names)]))


def diagonal(factor: Factor) -> Factor:
    """A factor that names a variable more than once, over each variable once."""
    kept = tuple(dict.fromkeys(factor.variables))
    if len(kept) == len(factor.variables):
        return factor
    label = {v: place + 1 for place, v in enumerate(kept)}
    operands: list[Any] = [factor.values, [0, *(label[v] for v in factor.variables)], [0, *(label[v] for v in kept)]]
    return Factor(kept, np.asarray(np.einsum(*operands)))


def _rescaled(factor: Factor) -> tuple[Factor, Array]:
    """Brings tables that have become very small back to 1; a table of zeros stays as it is."""
    largest = factor.values.max(axis=tuple(range(1, factor.values.ndim))) if factor.variables else factor.values
    if not np.any((largest < _RESCALE_BELOW) & (largest > 0)):
        return factor, np.zeros(1)
    by = np.where(largest > 0, largest, 1.0)
    return Factor(factor.variables, factor.values / by.reshape(-1, *[1] * len(factor.variables))), np.log(by)


def _product(factors: list[Factor], keep: tuple[int, ...]) -> tuple[Array, Array]:
    made = Factor((), np.ones(1))
    logarithm = np.zeros(1)
    for factor in sorted(factors, key=lambda f: len(f.variables)):
        names = (*made.variables, *(v for v in factor.variables if v not in made.variables))
        made, lost = _rescaled(Factor(names, _einsum(made, factor, names)))
        logarithm = logarithm + lost
    order = [0, *(1 + made.variables.index(v) for v in keep)]
    return made.values.transpose(order), logarithm
