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
Floats = NDArray[np.float64]
ROUNDS = 30
LARGEST = 1e30
"""Odds beyond this are as good as certain."""


class Links(NamedTuple):
    """Pairs that compete for one record, and how probable it is that their other records are one person: positions of two pairs, both ways
    round, and the probability."""

    one: Ints
    other: Ints
    same: Floats


NO_LINKS = Links(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0))


class Repeats(NamedTuple):
    """What is known of records of one person within one file: links of pairs of one row (two records found may be one person) and of
    pairs of one column (two reports may be of one person)."""

    in_row: Links = NO_LINKS
    in_column: Links = NO_LINKS


NO_REPEATS = Repeats()


class Beyond(NamedTuple):
    """What the pairs say that are too unlikely to compete: the mean of their likelihood ratios, and how many times that those of each row, and those of
    each column, have on average."""

    mean: float
    of_row: Floats
    of_column: Floats


NO_BEYOND = Beyond(0.0, np.zeros(0), np.zeros(0))
SHRUNK = 20.0
"""Before any pair of a record is drawn its pairs are taken to be as those of all; that counts as so many pairs."""


def beyond_of(rows: Ints, columns: Ints, scores: Floats, sought: int, found: int, share: float) -> Beyond:
    """What the pairs that do not compete say, from some of them that were drawn by lot (all alike likely; Horvitz & Thompson 1952, J Am Stat Assoc
    47:663); they are this share of all pairs of the two files."""
    if not len(rows):
        return NO_BEYOND
    ratios = np.exp(np.minimum(scores, 60.0))
    mean = float(ratios.mean())

    def times(owner: Ints, size: int) -> Floats:
        told = np.bincount(owner, ratios, minlength=size) + SHRUNK * mean
        each = told / (np.bincount(owner, minlength=size) + SHRUNK)
        return np.asarray(each / each.mean())

    return Beyond(mean * share, times(rows, sought), times(columns, found))


def shared_probability(
    rows: Ints,
    columns: Ints,
    scores: NDArray[Any],
    prior: float,
    repeats: Repeats = NO_REPEATS,
    beyond: Beyond = NO_BEYOND,
) -> Floats:
    """Posterior of each pair when every record is one person at most: its share in all one-to-one assignments.

    The weight of an assignment is the product of the odds of its pairs (prior odds × likelihood ratio), `prior` being the probability of a pair
    whose records have no other counterpart (`evidence.ledger.if_no_other`): the others are in the sum. The shares are found by
    messages between records: what a pair would have without its other end's rivals, over and over (belief propagation for
    matchings; Bayati, Shah & Sharma 2008, IEEE Trans Inf Theory 54:1241; Huang & Jebara 2009). Exact where candidates form no rings, as for one
    record with its candidates; else near it. Two records of one file that may be one person (`repeats`) are rivals only as far as they
    are not: the share is that with the rival and that without it, each by its probability. The pairs that are not given (`beyond`) compete together,
    each record of the other file as far as it is left over.
    """
    if not len(rows):
        return np.zeros(0)
    odds = odds_of(scores, prior)
    told = _messages(rows, columns, odds, repeats, _weighed(beyond, prior))
    return _share(told.from_row, told.from_column, odds)


def odds_of(scores: NDArray[Any], prior: float) -> Floats:
    """Posterior odds of ln likelihood ratios, each on its own (Bayes; Aitken & Taroni 2004, ch. 3), bounded by `LARGEST`."""
    weights = np.exp(np.minimum(np.asarray(scores, float), 60.0)) * prior / (1 - min(prior, 0.999999))
    return np.asarray(np.minimum(weights, LARGEST))


class Left(NamedTuple):
    """What the rivals for its column leave of the odds of each pair, from 0 to 1, and the odds of each row to be in one of the pairs that do not compete.
    With it the pairs of one row can be weighed again without the rest (`shares_of_one`)."""

    of_pairs: Floats
    beyond: Floats


def left_by_rivals(
    rows: Ints,
    columns: Ints,
    scores: NDArray[Any],
    prior: float,
    repeats: Repeats = NO_REPEATS,
    beyond: Beyond = NO_BEYOND,
) -> Left:
    """What each pair has of its odds beside the rivals for its column."""
    if not len(rows):
        return Left(np.zeros(0), np.zeros(0))
    odds = odds_of(scores, prior)
    told = _messages(rows, columns, odds, repeats, _weighed(beyond, prior))
    return Left(np.asarray(told.from_column / np.maximum(odds, 1e-300)), told.beyond_rows)


def shares_of_one(odds: Floats, links: Links = NO_LINKS, beyond: float = 0.0) -> Floats:
    """Probabilities of the pairs of one record from their odds (what rivals of the other file leave of them): each its odds in one and
    all odds, but for those that may be one person with it; `beyond` are those of the pairs that do not compete."""
    owner = np.zeros(len(odds), np.int32)
    return np.asarray(odds / (1 + beyond + odds + _others(owner, odds, odds, links)))


def _weighed(beyond: Beyond, prior: float) -> Beyond:
    """The same by odds instead of likelihood ratios."""
    return beyond._replace(mean=beyond.mean * prior / (1 - min(prior, 0.999999)))


class _Messages(NamedTuple):
    """What each pair has without the rivals of its row, and without those of its column; the odds of each row and column to be in a pair that does not
    compete."""

    from_row: Floats
    from_column: Floats
    beyond_rows: Floats
    beyond_columns: Floats


def _messages(rows: Ints, columns: Ints, odds: Floats, repeats: Repeats, beyond: Beyond) -> _Messages:
    in_row, in_column = repeats
    told = _Messages(
        odds / (1 + _others(rows, odds, odds, in_row)),
        odds / (1 + _others(columns, odds, odds, in_column)),
        *_met_beyond(rows, columns, odds, odds, beyond),
    )
    for _ in range(ROUNDS):
        fresh = odds / (1 + told.beyond_rows[rows] + _others(rows, told.from_column, told.from_column, in_row))
        back = odds / (1 + told.beyond_columns[columns] + _others(columns, told.from_row, told.from_row, in_column))
        moved = max(float(np.abs(_share(fresh, back, odds) - _share(*told[:2], odds)).max()), 0.0)
        outside = _met_beyond(rows, columns, *told[:2], beyond, told[2:])
        each = zip((fresh, back, *outside), told, strict=True)
        told = _Messages(*(np.sqrt(new * old) for new, old in each))
        if moved < 1e-4:
            break
    return told


def _met_beyond(
    rows: Ints, columns: Ints, from_row: Floats, from_column: Floats, beyond: Beyond, before: tuple[Floats, ...] = ()
) -> tuple[Floats, Floats]:
    """The odds of each row, and of each column, to be in a pair that does not compete: what such pairs say of it, as often as records of the other file
    are left over by all of theirs."""
    if not beyond.mean:
        return np.zeros(int(rows.max()) + 1), np.zeros(int(columns.max()) + 1)
    one, other = before or (0.0, 0.0)
    rows_left = 1 / (1 + np.bincount(rows, from_column, minlength=len(beyond.of_row)) + one)
    columns_left = 1 / (1 + np.bincount(columns, from_row, minlength=len(beyond.of_column)) + other)
    return (
        beyond.mean * beyond.of_row * float((beyond.of_column * columns_left).sum()),
        beyond.mean * beyond.of_column * float((beyond.of_row * rows_left).sum()),
    )


ROUNDING = 1e-13
"""What is left of a sum below this share of it is rounding."""


def _others(owner: Ints, value: Floats, own: Floats, links: Links = NO_LINKS) -> Floats:
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


def _share(one: Floats, other: Floats, odds: Floats) -> Floats:
    met = one * (other / np.maximum(odds, 1e-300))
    return np.asarray(met / (1 + met))


FIRST_GUESS, GUESS_WEIGHT = 0.5, 20.0
"""Before anything is known half of the smaller file is in the other; that counts as so many records."""
OF_AN_EVENT = 50
"""Files of fewer records than this do not hold an event: who is found is one of so many people, and so much less likely the one sought."""


def first_guess(sought: int, found: int) -> float:
    """The share of the smaller file's people who are in the other, before anything is known."""
    return FIRST_GUESS * min(1.0, max(sought, found) / OF_AN_EVENT)


def learned_share(
    rows: Ints, columns: Ints, scores: NDArray[Any], sought: int, found: int, beyond: Beyond = NO_BEYOND
) -> float:
    """The share of the smaller file's people who are in the other, by expectation and maximisation over competing pairs, and those that are
    too unlikely to compete (`beyond`): in large files the counterpart of many a record is none of its likeliest.

    The first guess counts as twenty records, so that a handful of records does not pretend to know its event
    (Dempster, Laird, Rubin 1977; the mixing share of Fellegi and Sunter's model). Of fewer than that nothing is learned: what one pair says would be
    half of what is known of it before it is looked at.
    """
    least, guess = max(1, min(sought, found)), first_guess(sought, found)
    if least < GUESS_WEIGHT:
        return max(LEAST_SHARE, guess)

    def moved(share: float) -> float:
        """How far one step of the two moves a share."""
        prior = if_no_other(share * least, max(1, sought), max(1, found))
        expected = min(_expected(rows, columns, scores, prior, beyond), least)
        return (expected + guess * GUESS_WEIGHT) / (least + GUESS_WEIGHT) - share

    if moved(LEAST_SHARE) <= 0:
        return LEAST_SHARE
    if moved(MOST_CLOSED) >= 0:
        return MOST_CLOSED
    # Where evidence is weak the steps are short and many: the share that a step leaves where it is is looked for at once (Brent 1973).
    return float(brentq(moved, LEAST_SHARE, MOST_CLOSED, xtol=1e-3))


def _expected(rows: Ints, columns: Ints, scores: NDArray[Any], prior: float, beyond: Beyond) -> float:
    """How many people are expected to be in both files: in pairs that compete, and in others."""
    if not len(rows):
        return 0.0
    odds = odds_of(scores, prior)
    told = _messages(rows, columns, odds, NO_REPEATS, _weighed(beyond, prior))
    others = told.beyond_rows / (
        1 + np.bincount(rows, told.from_column, minlength=len(told.beyond_rows)) + told.beyond_rows
    )
    return float(_share(told.from_row, told.from_column, odds).sum() + others.sum())


LEAST_SHARE = 0.01
