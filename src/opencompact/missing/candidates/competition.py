"""Pairs that compete: a person is one of the candidates at most, and is in each list once."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]
ROUNDS = 30
LARGEST = 1e30
"""Odds beyond this are as good as certain."""


def shared_probability(rows: Ints, columns: Ints, scores: NDArray[Any], prior: float) -> NDArray[np.float64]:
    """Posterior of each pair when every record is one person at most: its share in all one-to-one assignments.

    The weight of an assignment is the product of the odds of its pairs (prior odds × likelihood ratio). The shares are found by
    messages between records: what a pair would have without its other end's rivals, over and over (belief propagation for
    matchings; Bayati, Shah & Sharma 2008, IEEE Trans Inf Theory 54:1241; Huang & Jebara 2009). Exact where candidates form no rings, as for one
    record with its candidates; else near it.
    """
    if not len(rows):
        return np.zeros(0)
    odds = odds_of(scores, prior)
    return _share(*_messages(rows, columns, odds), odds)


def odds_of(scores: NDArray[Any], prior: float) -> NDArray[np.float64]:
    """Posterior odds of ln likelihood ratios, each on its own."""
    weights = np.exp(np.minimum(np.asarray(scores, float), 60.0)) * prior / (1 - min(prior, 0.999999))
    return np.asarray(np.minimum(weights, LARGEST))


def left_by_rivals(rows: Ints, columns: Ints, scores: NDArray[Any], prior: float) -> NDArray[np.float64]:
    """What the rivals for its column leave of the odds of each pair, from 0 to 1. With it the pairs of one row can be weighed again,
    on better scores, without the rest: the share of a pair is its odds so lessened, in one and all of its row's."""
    if not len(rows):
        return np.zeros(0)
    odds = odds_of(scores, prior)
    return np.asarray(_messages(rows, columns, odds)[1] / np.maximum(odds, 1e-300))


def _messages(rows: Ints, columns: Ints, odds: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each pair has without the rivals of its row, and without those of its column."""
    sizes = int(rows.max()) + 1, int(columns.max()) + 1
    from_row = odds / (1 + _others(rows, odds, sizes[0]))
    from_column = odds / (1 + _others(columns, odds, sizes[1]))
    for _ in range(ROUNDS):
        fresh = odds / (1 + _others(rows, from_column, sizes[0]))
        back = odds / (1 + _others(columns, from_row, sizes[1]))
        moved = max(float(np.abs(_share(fresh, back, odds) - _share(from_row, from_column, odds)).max()), 0.0)
        from_row, from_column = np.sqrt(fresh * from_row), np.sqrt(back * from_column)
        if moved < 1e-4:
            break
    return from_row, from_column


def _others(owner: Ints, value: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """The sum over the other pairs of the same record."""
    return np.asarray(np.maximum(np.bincount(owner, value, minlength=size)[owner] - value, 0.0))


def _share(one: NDArray[np.float64], other: NDArray[np.float64], odds: NDArray[np.float64]) -> NDArray[np.float64]:
    met = one * (other / np.maximum(odds, 1e-300))
    return np.asarray(met / (1 + met))


FIRST_GUESS, GUESS_WEIGHT = 0.5, 20.0
"""Before anything is known half of the smaller file is in the other; that counts as so many records."""


def learned_share(rows: Ints, columns: Ints, scores: NDArray[Any], sought: int, found: int) -> float:
    """The share of the smaller file's people who are in the other, by expectation and maximisation over competing pairs.

    The first guess counts as twenty records, so that a handful of records does not pretend to know its event
    (Dempster, Laird, Rubin 1977; the mixing share of Fellegi and Sunter's model).
    """
    least, most = max(1, min(sought, found)), max(1, sought, found)
    share = FIRST_GUESS
    for _ in range(15):
        expected = float(shared_probability(rows, columns, scores, min(0.999, share) / most).sum())
        fresh = (min(expected, least) + FIRST_GUESS * GUESS_WEIGHT) / (least + GUESS_WEIGHT)
        if abs(fresh - share) < 1e-3:
            break
        share = fresh
    return float(min(0.99, max(0.01, share)))
