"""Calibration: do probabilities of 0.9 come true nine times in ten? Misses and false leads per 100 cases.

Measured on a synthetic world, whose truth is known, or on pairs that people have confirmed; never on the seed on which
parameters were tuned. Of people's decisions only the pairs that somebody judged can be counted, and those are mostly likely ones: nobody
knows what became of the others. Reliability by bins and Brier score as Murphy (1973, J Appl Meteorol 12:595).
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Collection, Container, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.competition import shared_probability
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.repeats import pair_of
from opencompact.missing.candidates.search import Search, place_in_group, recall, setting_of
from opencompact.missing.decisions import Judgement, clusters
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.learned_rates import Person
from opencompact.missing.records.record import Record
from opencompact.missing.world.records import Rates

EDGES = (0.0, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 1.0)
TOP = 20


@dataclass(frozen=True)
class Bin:
    """Pairs whose probability lies in [low, high): how many, the mean of what was said, the share that came true."""

    low: float
    high: float
    pairs: int
    said: float
    came_true: float


@dataclass(frozen=True)
class Calibration:
    """Reliability, and what goes wrong per 100 true pairs (misses) or per 100 leads at 0.9 and above (false leads).

    `leads_not_judged` are leads that nobody judged, where only what people judged is counted: they are in no other number.
    """

    bins: tuple[Bin, ...]
    true_pairs: int
    missed_by_blocking: float
    not_first: float
    not_in_five: float
    leads: int
    false_leads: float
    found_by_leads: float
    brier: float
    sought: int
    found: int
    leads_not_judged: int = 0


def reliability(probability: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """What was said against what came true, in bins."""
    bins = []
    for low, high in itertools.pairwise(EDGES):
        inside = (probability >= low) & ((probability < high) | (high == 1.0))
        many = int(inside.sum())
        said, came = (float(x[inside].mean()) if many else 0.0 for x in (probability, true))
        bins.append(Bin(low, high, many, said, came))
    return tuple(bins)


@dataclass(frozen=True)
class Weighed:
    """The pairs of two files that compete: rows of each, their probability and whether they are one person; `named` and `alive` say of which records
    found a name is known and which are no remains, `true` holds the true pairs, `missed` the share of them never compared."""

    rows: NDArray[np.int32]
    columns: NDArray[np.int32]
    probability: NDArray[np.float64]
    came: NDArray[np.bool_]
    named: NDArray[np.bool_]
    alive: NDArray[np.bool_]
    true: frozenset[tuple[int, int]]
    missed: float
    search: Search

    def leads(self, least: float, found: NDArray[np.bool_] | None = None) -> Leads:
        """The leads of at least this probability, to all records found or to those chosen."""
        chosen = np.ones(len(self.named), bool) if found is None else found
        to_them = chosen[self.columns]
        led, cases = to_them & (self.probability >= least), sum(bool(chosen[column]) for _, column in self.true)
        many, right = int(led.sum()), int((led & self.came).sum())
        missed = 100 * (1 - right / cases) if cases else 0.0
        return Leads(least, cases, many, missed, 100 * (many - right) / max(1, many))


@dataclass(frozen=True)
class Leads:
    """Of leads of at least a probability: true pairs, leads, true pairs per 100 that no lead finds, false leads per 100."""

    least: float
    cases: int
    leads: int
    missed: float
    false: float


def weigh(
    sought: Sequence[Record],
    found: Sequence[Record],
    truth: Collection[tuple[str, str]],
    today: datetime.date,
    closed: float | None = None,
    base: Setting | None = None,
) -> Weighed:
    """The pairs of two files as `candidates` weighs them, beside the true ones (ids)."""
    first, second = Register(sought, today), Register(found, today)
    search = Search(first, second, setting_of(sought, found, today, base))
    true = frozenset((first.place_of[a], second.place_of[b]) for a, b in truth)
    rows, columns, scores = search.likeliest
    prior = search.prior(closed).if_no_other
    repeats = search.repeats(rows, columns, scores, prior)
    probability = shared_probability(rows, columns, scores, prior, repeats, search.beyond)
    alive = np.array([record.kind != "remains" for record in found], bool)
    missed = 1 - recall(search.pairs(TOP), true)
    return Weighed(
        rows, columns, probability, _among(true, rows, columns), search.names.named[1], alive, true, missed, search
    )


def calibrate(
    sought: Sequence[Record],
    found: Sequence[Record],
    truth: Collection[tuple[str, str]],
    today: datetime.date,
    closed: float | None = None,
    apart: Iterable[tuple[str, str]] | None = None,
    base: Setting | None = None,
) -> Calibration:
    """Calibration of the candidates of two files whose true pairs (ids) are known; `closed` is learned where it is not given, and the
    parameters are those of `base`.

    With `apart`, the pairs known to be two people, what is in neither counts as unknown and not as two people.
    """
    told = weigh(sought, found, truth, today, closed, base)
    first, second = told.search.sought, told.search.found
    probability, came = told.probability, told.came
    rank, leads = place_in_group(told.rows), probability >= 0.9
    known = np.ones(len(told.rows), bool)
    if apart is not None:
        two = {(first.place_of[a], second.place_of[b]) for a, b in apart}
        known = came | _among(two, told.rows, told.columns)
    many, led = max(1, len(told.true)), int((leads & known).sum())
    return Calibration(
        reliability(probability[known], came[known]),
        len(told.true),
        100 * told.missed,
        100 * (1 - float((came & (rank < 1)).sum()) / many),
        100 * (1 - float((came & (rank < 5)).sum()) / many),
        led,
        100 * float((leads & known & ~came).sum()) / max(1, led),
        100 * float((leads & came).sum()) / many,
        float(((probability - came)[known] ** 2).mean()) if known.any() else 0.0,
        len(first),
        len(second),
        int((leads & ~known).sum()),
    )


def _among(pairs: Container[tuple[int, int]], rows: NDArray[np.int32], columns: NDArray[np.int32]) -> NDArray[np.bool_]:
    return np.array([pair in pairs for pair in zip(rows.tolist(), columns.tolist(), strict=True)], bool)


def labels_of(
    judgements: Sequence[Judgement], sought: Container[str], found: Container[str]
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """(id sought, id found) that the judgements that stand make one person, directly or through other records, and that they make two.

    A pair about which they contradict one another is in neither.
    """
    same = {(a, b) for group in clusters(judgements) for a in group if a in sought for b in group if b in found}
    refused = {(one.left, one.right) for one in judgements if one.verdict == "not-same"}
    apart = {(a, b) for pair in refused for a, b in (pair, pair[::-1]) if a in sought and b in found}
    return {pair for pair in same if pair_of(*pair) not in refused}, apart - same


def confirmed_people(
    judgements: Sequence[Judgement], sought: Iterable[Record], found: Iterable[Record]
) -> list[Person]:
    """Per person whom the judgements that stand put together: the pairs of a record sought and one found, save those about which they
    contradict one another. Who has no such pair is left out."""
    first, second = ({record.id: record for record in records} for records in (sought, found))
    same, _ = labels_of(judgements, first, second)
    people: list[Person] = [
        [(first[a], second[b]) for a in group if a in first for b in group if a != b and (a, b) in same]
        for group in clusters(judgements)
    ]
    return [pairs for pairs in people if pairs]


def calibrate_world(seed: int, size: int, today: datetime.date, base: Setting | None = None) -> Calibration:
    """Calibration on a synthetic world."""
    sought, found, truth = records_of_world(seed, size)
    return calibrate(sought, found, truth, today, base=base)


def records_of_world(
    seed: int, size: int, rates: Rates | None = None
) -> tuple[tuple[Record, ...], tuple[Record, ...], tuple[tuple[str, str], ...]]:
    """Records sought and found of a synthetic world, read from its files, and its true pairs (ids)."""
    import tempfile
    from pathlib import Path

    from opencompact.missing.records.reading import read_records
    from opencompact.missing.world import make_world, write_world

    world = make_world(seed, size, rates)
    with tempfile.TemporaryDirectory() as folder:
        write_world(world, Path(folder))
        sought, found = (tuple(read_records(Path(folder) / f"{name}.csv").records) for name in ("sought", "found"))
    return sought, found, world.truth
