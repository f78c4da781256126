"""Pairs that compete: a person is one of the candidates at most, and is in each list once, unless two records there are one person's.

Shares by belief propagation for matchings (Bayati, Shah & Sharma 2008; Huang & Jebara 2009); that two records of a file may be one person is own.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from opencompact.missing.evidence.ledger import MOST_CLOSED, if_no_other

Ints = NDArray[np.int32]
ROUNDS = 30
LARGEST = 1e30
"""Odds beyond this are as good as certain."""


class Links(NamedTuple):
    """Pairs that compete for one record, and how probable it is that their other records are one person: positions of two pairs, both ways
    round, and the probability."""

    one: Ints
    other: Ints
    same: NDArray[np.float64]


NO_LINKS = Links(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))


class Repeats(NamedTuple):
    """What is known of records of one person within one file: links of pairs of one row (two records found may be one person) and of
    pairs of one column (two reports may be of one person)."""

    in_row: Links = NO_LINKS
    in_column: Links = NO_LINKS


NO_REPEATS = Repeats()


def shared_probability(
    rows: Ints, columns: Ints, scores: NDArray[Any], prior: float, repeats: Repeats = NO_REPEATS
) -> NDArray[np.float64]:
    """Posterior of each pair when every record is one person at most: its share in all one-to-one assignments.

    The weight of an assignment is the product of the odds of its pairs (prior odds × likelihood ratio), `prior` being the probability of a pair
    whose records have no other counterpart (`evidence.ledger.if_no_other`): the others are in the sum. The shares are found by
    messages between records: what a pair would have without its other end's rivals, over and over (belief propagation for
    matchings; Bayati, Shah & Sharma 2008, IEEE Trans Inf Theory 54:1241; Huang & Jebara 2009). Exact where candidates form no rings, as for one
    record with its candidates; else near it. Two records of one file that may be one person (`repeats`) are rivals only as far as they
    are not: the share is that with the rival and that without it, each by its probability.
    """
    if not len(rows):
        return np.zeros(0)
    odds = odds_of(scores, prior)
    return _share(*_messages(rows, columns, odds, repeats), odds)


def odds_of(scores: NDArray[Any], prior: float) -> NDArray[np.float64]:
    """Posterior odds of ln likelihood ratios, each on its own (Bayes; Aitken & Taroni 2004, ch. 3), bounded by `LARGEST`."""
    weights = np.exp(np.minimum(np.asarray(scores, float), 60.0)) * prior / (1 - min(prior, 0.999999))
    return np.asarray(np.minimum(weights, LARGEST))


def left_by_rivals(
    rows: Ints, columns: Ints, scores: NDArray[Any], prior: float, repeats: Repeats = NO_REPEATS
) -> NDArray[np.float64]:
    """What the rivals for its column leave of the odds of each pair, from 0 to 1. With it the pairs of one row can be weighed again,
    on better scores, without the rest (`shares_of_one`)."""
    if not len(rows):
        return np.zeros(0)
    odds = odds_of(scores, prior)
    return np.asarray(_messages(rows, columns, odds, repeats)[1] / np.maximum(odds, 1e-300))


def shares_of_one(odds: NDArray[np.float64], links: Links = NO_LINKS) -> NDArray[np.float64]:
    """Probabilities of the pairs of one record from their odds (what rivals of the other file leave of them): each its odds in one and
    all odds, but for those that may be one person with it."""
    owner = np.zeros(len(odds), np.int32)
    return np.asarray(odds / (1 + odds + _others(owner, odds, odds, links)))


def _messages(
    rows: Ints, columns: Ints, odds: NDArray[np.float64], repeats: Repeats
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each pair has without the rivals of its row, and without those of its column."""
    in_row, in_column = repeats
    from_row = odds / (1 + _others(rows, odds, odds, in_row))
    from_column = odds / (1 + _others(columns, odds, odds, in_column))
    for _ in range(ROUNDS):
        fresh = odds / (1 + _others(rows, from_column, from_column, in_row))
        back = odds / (1 + _others(columns, from_row, from_row, in_column))
        moved = max(float(np.abs(_share(fresh, back, odds) - _share(from_row, from_column, odds)).max()), 0.0)
        from_row, from_column = np.sqrt(fresh * from_row), np.sqrt(back * from_column)
        if moved < 1e-4:
            break
    return from_row, from_column


ROUNDING = 1e-13
"""What is left of a sum below this share of it is rounding."""


def _others(
    owner: Ints, value: NDArray[np.float64], own: NDArray[np.float64], links: Links = NO_LINKS
) -> NDArray[np.float64]:
    """What the other pairs of the same record weigh beside each pair, of odds `own`.

    A rival of odds r that is the same person with probability s weighs (1 − s) r / (1 + s r / (1 + own)): so much that the share
    becomes s times that without the rival and 1 − s times that with it, exactly where it is the only one.
    """
    total = np.bincount(owner, value)[owner] if len(owner) else np.zeros(0)
    if not len(links.one):
        return np.asarray(np.maximum(total - value, 0.0))
    rival = value[links.other]
    rest = total - value - np.bincount(links.one, rival, minlength=len(value))
    rest[rest < ROUNDING * total] = 0.0
    weighs = (1 - links.same) * rival / (1 + links.same * rival / (1 + own[links.one]))
    return np.asarray(rest + np.bincount(links.one, weighs, minlength=len(value)))


def _share(one: NDArray[np.float64], other: NDArray[np.float64], odds: NDArray[np.float64]) -> NDArray[np.float64]:
    met = one * (other / np.maximum(odds, 1e-300))
    return np.asarray(met / (1 + met))


FIRST_GUESS, GUESS_WEIGHT = 0.5, 20.0
"""Before anything is known half of the smaller file is in the other; that counts as so many records."""
OF_AN_EVENT = 50
"""Files of fewer records than this do not hold an event: who is found is one of so many people, and so much less likely the one sought."""


def first_guess(sought: int, found: int) -> float:
    """The share of the smaller file's people who are in the other, before anything is known."""
    return FIRST_GUESS * min(1.0, max(sought, found) / OF_AN_EVENT)


def learned_share(rows: Ints, columns: Ints, scores: NDArray[Any], sought: int, found: int) -> float:
    """The share of the smaller file's people who are in the other, by expectation and maximisation over competing pairs.

    The first guess counts as twenty records, so that a handful of records does not pretend to know its event
    (Dempster, Laird, Rubin 1977; the mixing share of Fellegi and Sunter's model).
    """
    least, guess = max(1, min(sought, found)), first_guess(sought, found)

    def moved(share: float) -> float:
        """How far one step of the two moves a share."""
        prior = if_no_other(share * least, max(1, sought), max(1, found))
        expected = min(float(shared_probability(rows, columns, scores, prior).sum()), least)
        return (expected + guess * GUESS_WEIGHT) / (least + GUESS_WEIGHT) - share

    if moved(LEAST_SHARE) <= 0:
        return LEAST_SHARE
    if moved(MOST_CLOSED) >= 0:
        return MOST_CLOSED
    # Where evidence is weak the steps are short and many: the share that a step leaves where it is is looked for at once (Brent 1973).
    return float(brentq(moved, LEAST_SHARE, MOST_CLOSED, xtol=1e-3))


LEAST_SHARE = 0.01
