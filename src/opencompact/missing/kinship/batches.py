"""Tables of many families at once: questions of one shape with as many different alleles are one computation.

Alleles that no relative showed are one state where T is the same for all of them: without mutation and under the
proportional model, but for pairs that can be two copies of one ancestral allele, where T = C1 + C2 / p (see
`lumping.renewal_rates`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.kinship.case import Array, Marker
from opencompact.missing.kinship.elimination import structure
from opencompact.missing.kinship.lumping import Locus, renewal_rates, whole
from opencompact.missing.kinship.network import Network, Observed, build, copies, exactly, solve
from opencompact.missing.kinship.proposition import observe
from opencompact.missing.kinship.shapes import Question, Shape

_CELLS_AT_ONCE = 3_000_000

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Ratios:
    """T of a batch of families at one marker, by states: `values` (batch, states, states), (batch, states) for a man on X.

    `states` (batch, alleles) is the state of every allele; `evidence` (batch,) is ln P(the relatives' calls).
    `inverse` (batch, alleles) is what a pair of two copies of an allele nobody showed adds to its T, 0 for the others.
    """

    values: Array
    states: Indices
    evidence: Array
    inverse: Array | None

    def full(self) -> Array:
        """T by alleles, shape (batch, alleles, alleles), or (batch, alleles) for a man on X."""
        rows = np.arange(len(self.values))
        if self.values.ndim == 2:
            return self.values[rows[:, None], self.states]
        made = self.values[rows[:, None, None], self.states[:, :, None], self.states[:, None, :]]
        if self.inverse is not None:
            each = np.arange(self.states.shape[1])
            made[:, each, each] += self.inverse
        return made

    def of_pairs(self, first: Indices, second: Indices) -> Array:
        """T of the genotypes first/second, shape (batch, genotypes)."""
        rows = np.arange(len(self.values))[:, None]
        made = self.values[rows, self.states[:, first], self.states[:, second]]
        if self.inverse is not None:
            made = made + np.where(first == second, self.inverse[:, first], 0.0)
        return made


@dataclass(frozen=True, eq=False)
class Batch:
    """Questions of one shape at one marker, ready to be computed: their states and their typed people's states.

    `numbers` is (batch, typed, 2), a man's one state on X twice; `spare` is the allele that stands for those not shown,
    where one is needed.
    """

    places: list[int]
    shape: Shape
    marker: Marker
    locus: Locus
    numbers: Indices
    spare: Indices | None

    def key(self) -> object:
        """What batches must share to be computed together, whatever their marker."""
        together = self.locus.frequencies.ndim == 2
        return (self.shape, self.locus.size, self.marker.x_linked) if together else id(self)


def ratios_of(questions: Sequence[Question], marker: Marker) -> Iterator[tuple[list[int], Ratios]]:
    """T for many questions at one marker: (places in `questions`, their ratios), batch by batch."""
    for _, places, ratios in ratios_at([(marker, questions)]):
        yield places, ratios


def ratios_at(asked: Sequence[tuple[Marker, Sequence[Question]]]) -> Iterator[tuple[int, list[int], Ratios]]:
    """T for many questions at many markers: (which marker, places in its questions, their ratios).

    Questions of one shape with as many different alleles are computed together, also across markers.
    """
    together: defaultdict[object, list[tuple[int, Batch]]] = defaultdict(list)
    for number, (marker, questions) in enumerate(asked):
        groups: defaultdict[Shape, list[int]] = defaultdict(list)
        for place, one in enumerate(questions):
            if one.soft:
                yield number, [place], _soft_ratios(one, marker)
            else:
                groups[one.shape].append(place)
        for shape, places in groups.items():
            for batch in _batches(shape, marker, places, questions):
                together[batch.key()].append((number, batch))
    for group in together.values():
        yield from _computed(group)


def _batches(shape: Shape, marker: Marker, places: list[int], questions: Sequence[Question]) -> Iterator[Batch]:
    pairs = [[call if len(call) == 2 else call * 2 for call in questions[place].calls] for place in places]
    calls = np.array(pairs, dtype=np.intp).reshape(len(places), len(shape.typed), 2)
    rates = renewal_rates(marker)
    if rates is None or marker.silent is not None:
        yield Batch(places, shape, marker, whole(marker), calls, None)
        return
    seen = calls.reshape(len(calls), -1)
    spare = None
    if shape.inbred:
        spare = _not_shown(seen, len(marker.alleles))
        seen = np.concatenate([seen, spare[:, None]], axis=1)
    ranks, sizes = _ranked(seen)
    for size in np.unique(sizes):
        rows = np.flatnonzero(sizes == size)
        locus = _renewed(marker, seen[rows], ranks[rows], int(size), rates)
        numbers = ranks[rows][:, : 2 * calls.shape[1]].reshape(len(rows), *calls.shape[1:])
        part = None if spare is None else spare[rows]
        yield Batch([places[row] for row in rows], shape, marker, locus, numbers, part)


def _computed(group: list[tuple[int, Batch]]) -> Iterator[tuple[int, list[int], Ratios]]:
    """Batches that go together, in chunks that fit the cache, given back one by one."""
    _, first = group[0]
    locus = _joined([batch.locus for _, batch in group])
    numbers = np.concatenate([batch.numbers for _, batch in group])
    at_once = max(1, _CELLS_AT_ONCE // _cells(first, locus, numbers))
    parts = [
        _solved(
            first.shape, first.marker.x_linked, _sliced(locus, start, start + at_once), numbers[start : start + at_once]
        )
        for start in range(0, len(numbers), at_once)
    ]
    values = np.concatenate([part[0] for part in parts])
    evidence = np.concatenate([part[1] for part in parts])
    start = 0
    for number, batch in group:
        stop = start + len(batch.places)
        states = np.broadcast_to(batch.locus.states, (len(batch.places), len(batch.marker.alleles)))
        made = values[start:stop]
        yield number, batch.places, Ratios(made, states, evidence[start:stop], _inverse(made, states, batch))
        start = stop


def _joined(loci: Sequence[Locus]) -> Locus:
    """One locus for a batch of several markers of equal size; the states of their alleles stay with the batches."""
    if len(loci) == 1:
        return loci[0]

    def stacked(matrices: Sequence[Array]) -> Array:
        if all(matrix.ndim == 2 for matrix in matrices):
            return matrices[0]
        size = loci[0].size
        return np.concatenate(
            [np.broadcast_to(m, (len(one.frequencies), size, size)) for m, one in zip(matrices, loci, strict=True)]
        )

    return Locus(
        np.concatenate([locus.frequencies for locus in loci]),
        stacked([locus.female for locus in loci]),
        stacked([locus.male for locus in loci]),
        loci[0].states,
        None,
        any(locus.mutates for locus in loci),
    )


def _sliced(locus: Locus, start: int, stop: int) -> Locus:
    if locus.frequencies.ndim == 1:
        return locus
    female, male = (m if m.ndim == 2 else m[start:stop] for m in (locus.female, locus.male))
    return Locus(locus.frequencies[start:stop], female, male, locus.states, None, locus.mutates)


def _cells(batch: Batch, locus: Locus, numbers: Indices) -> int:
    network = _network(batch.shape, batch.marker.x_linked, _sliced(locus, 0, 1), numbers[:1])
    factors = [*network.factors, *(transmission.factor() for transmission in network.transmissions)]
    return structure(factors, _target(batch.shape, batch.marker.x_linked)).largest


def _target(shape: Shape, x_linked: bool) -> tuple[int, ...]:
    return copies(shape.target, shape.members[shape.target], x_linked)


def _network(shape: Shape, x_linked: bool, locus: Locus, numbers: Indices) -> Network:
    observed = {}
    for column, place in enumerate(shape.typed):
        person = shape.members[place]
        if x_linked and person.sex == "male":
            observed[person.id] = Observed(numbers[:, column, :1], np.ones((len(numbers), 1)))
        else:
            observed[person.id] = exactly(numbers[:, column])
    return build(shape.members, locus, observed, x_linked=x_linked, inbreeding=dict(shape.inbreeding))


def _solved(shape: Shape, x_linked: bool, locus: Locus, numbers: Indices) -> tuple[Array, Array]:
    """(T by states, ln P(calls)) of a chunk."""
    return _normalised(_network(shape, x_linked, locus, numbers), _target(shape, x_linked), locus, len(numbers))


def _ranked(seen: Indices) -> tuple[Indices, Indices]:
    """For every family the number of each allele among its different ones, in order, and how many those are."""
    order = np.argsort(seen, axis=1, kind="stable")
    ordered = np.take_along_axis(seen, order, axis=1)
    fresh = np.ones_like(ordered, dtype=np.intp)
    fresh[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    rank = np.cumsum(fresh, axis=1) - 1
    ranks = np.empty_like(rank)
    np.put_along_axis(ranks, order, rank, axis=1)
    return ranks, fresh.sum(axis=1)


def _not_shown(seen: Indices, alleles: int) -> Indices:
    """For every family, the first allele that nobody in it showed."""
    shown = np.zeros((len(seen), alleles), dtype=bool)
    shown[np.arange(len(seen))[:, None], seen] = True
    return np.asarray(np.argmin(shown, axis=1), dtype=np.intp)


def _renewed(marker: Marker, seen: Indices, ranks: Indices, size: int, rates: tuple[float, float]) -> Locus:
    """States for a batch: one for each of `size` alleles seen, and the last for all others."""
    rows = np.arange(len(seen))[:, None]
    states = np.full((len(seen), len(marker.alleles)), size, dtype=np.intp)
    states[rows, seen] = ranks
    frequencies = np.zeros((len(seen), size + 1))
    frequencies[rows, ranks] = marker.frequencies[seen]
    frequencies[:, size] = 1 - frequencies[:, :size].sum(axis=1)
    identity = np.eye(size + 1)
    matrices = [(1 - rate) * identity + rate * frequencies[:, None, :] if rate else identity for rate in rates]
    return Locus(frequencies, matrices[0], matrices[1], states, None, any(rates))


def _soft_ratios(one: Question, marker: Marker) -> Ratios:
    """T of one family in which a relative's call leaves a doubt: every allele a state."""
    locus = whole(marker)
    observed = {
        one.shape.members[place].id: observe(one.shape.members[place], call, profile, marker, locus)
        for place, call, profile in zip(one.shape.typed, one.calls, one.profiles, strict=True)
    }
    inbreeding = dict(one.shape.inbreeding)
    network = build(one.shape.members, locus, observed, x_linked=marker.x_linked, inbreeding=inbreeding)
    values, evidence = _normalised(network, _target(one.shape, marker.x_linked), locus, 1)
    return Ratios(values, locus.states[None, :], evidence, None)


def _normalised(network: Network, keep: tuple[int, ...], locus: Locus, batch: int) -> tuple[Array, Array]:
    values, logarithm = solve(network, keep, batch)
    values = np.broadcast_to(values, (batch, *values.shape[1:]))
    p = np.atleast_2d(locus.frequencies)
    if len(keep) == 2:
        values = (values + values.transpose(0, 2, 1)) / 2
        expected = p[:, :, None] * p[:, None, :]
    else:
        expected = p
    total = values.reshape(batch, -1).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        evidence = np.log(total) + logarithm
        made = values / (total.reshape(-1, *[1] * (values.ndim - 1)) * expected)
    return np.where(expected != 0, made, 0.0), evidence


def _inverse(values: Array, states: Indices, batch: Batch) -> Array | None:
    """C2 / p for alleles that stand in the last state: from one such allele that was kept apart (see the module)."""
    if batch.spare is None or values.ndim == 2:
        return None
    rows = np.arange(len(values))
    apart = states[rows, batch.spare]
    last = values.shape[1] - 1
    p = batch.marker.frequencies
    excess = (values[rows, apart, apart] - values[rows, apart, last]) * p[batch.spare]
    # The state of the others took their mean; their pairs are put right here, those of two different ones included.
    values[rows, last, last] = values[rows, apart, last]
    return np.asarray(np.where(states == last, excess[:, None] / p, 0.0))
