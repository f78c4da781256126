"""Calibration: do probabilities of 0.9 come true nine times in ten? Misses and false leads per 100 cases.

Measured on a synthetic world, whose truth is known, or on pairs that people have confirmed; never on the seed on which
parameters were tuned. Reliability by bins and Brier score as Murphy (1973, J Appl Meteorol 12:595).
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.competition import learned_share, shared_probability
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.search import Search, place_in_group, recall, setting_of
from opencompact.missing.evidence.ledger import Prior
from opencompact.missing.records.record import Record

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
    """Reliability, and what goes wrong per 100 true pairs (misses) or per 100 leads at 0.9 and above (false leads)."""

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


def reliability(probability: NDArray[np.float64], true: NDArray[np.bool_]) -> tuple[Bin, ...]:
    """What was said against what came true, in bins."""
    bins = []
    for low, high in itertools.pairwise(EDGES):
        inside = (probability >= low) & ((probability < high) | (high == 1.0))
        many = int(inside.sum())
        said, came = (float(x[inside].mean()) if many else 0.0 for x in (probability, true))
        bins.append(Bin(low, high, many, said, came))
    return tuple(bins)


def calibrate(
    sought: Sequence[Record],
    found: Sequence[Record],
    truth: Sequence[tuple[str, str]],
    today: datetime.date,
    closed: float | None = None,
) -> Calibration:
    """Calibration of the candidates of two files whose true pairs (ids) are known; `closed` is learned where it is not given."""
    first, second = Register(sought, today), Register(found, today)
    search = Search(first, second, setting_of(sought, found, today))
    true = {(first.place_of[a], second.place_of[b]) for a, b in truth}
    missed = 1 - recall(search.pairs(TOP), true)
    rows, columns, scores = search.best(TOP)
    if closed is None:
        closed = learned_share(rows, columns, scores, len(first), len(second))
    prior = Prior(len(first), len(second), closed).probability
    repeats = search.repeats(rows, columns, scores, prior)
    probability = shared_probability(rows, columns, scores, prior, repeats)
    came = np.array([pair in true for pair in zip(rows.tolist(), columns.tolist(), strict=True)], bool)
    rank = place_in_group(rows)
    leads = probability >= 0.9
    many = max(1, len(true))
    return Calibration(
        reliability(probability, came),
        len(true),
        100 * missed,
        100 * (1 - float((came & (rank < 1)).sum()) / many),
        100 * (1 - float((came & (rank < 5)).sum()) / many),
        int(leads.sum()),
        100 * float((leads & ~came).sum()) / max(1, int(leads.sum())),
        100 * float((leads & came).sum()) / many,
        float(((probability - came) ** 2).mean()),
        len(first),
        len(second),
    )


def calibrate_world(seed: int, size: int, today: datetime.date) -> Calibration:
    """Calibration on a synthetic world."""
    import tempfile
    from pathlib import Path

    from opencompact.missing.records.reading import read_records
    from opencompact.missing.world import make_world, write_world

    world = make_world(seed, size)
    with tempfile.TemporaryDirectory() as folder:
        write_world(world, Path(folder))
        sought, found = (read_records(Path(folder) / f"{name}.csv").records for name in ("sought", "found"))
    return calibrate(sought, found, world.truth, today)
