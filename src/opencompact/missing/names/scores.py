"""Scores of many pairs: whole files against each other, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.names.arrays import PreparedNames, joined
from opencompact.missing.names.kernel import score_rows
from opencompact.missing.names.model import DEFAULT, Weights, costs

BLOCK = 1_000_000
"""Pairs that are scored at a time."""


class Ranked(NamedTuple):
    """One candidate of a query: indices into the two lists, its rank (1 = best) and its score in nats."""

    query: int
    candidate: int
    rank: int
    score: float


class Scorer:
    """Two lists of prepared names under one lexicon: scores any pairs of them.

    A score is a log likelihood ratio in nats: above zero the names speak for one person, below zero against.
    """

    def __init__(self, one: PreparedNames, other: PreparedNames, weights: Weights = DEFAULT) -> None:
        occurrences = other.rolls.occurrences.copy()
        occurrences[:, 0] += len(one.lexicon.elements)
        self._one = one.rolls
        self._other = other.rolls._replace(occurrences=occurrences)
        self._lexicon = joined(one.lexicon, other.lexicon)
        self._costs = costs(weights)
        self._width = len(other)

    def pairs(self, rows: NDArray[np.integer], columns: NDArray[np.integer]) -> NDArray[np.float32]:
        """Scores of the pairs (rows[k], columns[k])."""
        return score_rows(
            self._lexicon,
            self._one,
            np.ascontiguousarray(rows, np.int32),
            self._other,
            np.ascontiguousarray(columns, np.int32),
            self._costs,
        )

    def against_all(self, row: int) -> NDArray[np.float32]:
        """Scores of one name against all of the other list."""
        return self.pairs(np.full(self._width, row), np.arange(self._width))


def score_pairs(one: Sequence[str], other: Sequence[str], weights: Weights = DEFAULT) -> NDArray[np.float32]:
    """Scores of name k of one list with name k of the other, a block of pairs at a time; each text is read once."""
    found = np.empty(len(one), np.float32)
    for start in range(0, len(one), BLOCK):
        left, rows = _numbered(one[start : start + BLOCK])
        right, columns = _numbered(other[start : start + BLOCK])
        scorer = Scorer(PreparedNames(left), PreparedNames(right), weights)
        found[start : start + BLOCK] = scorer.pairs(rows, columns)
    return found


def _numbered(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    numbers: dict[str, int] = {}
    rows = np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int32)
    return list(numbers), rows


def search(queries: Sequence[str], candidates: Sequence[str], top: int, weights: Weights = DEFAULT) -> Iterator[Ranked]:
    """The `top` candidates of each query, best first; ties in the order of the list.

    Every query is scored against every candidate: nothing is lost before scoring. For registers too large for that,
    choose pairs by `blocking_keys` and score them with `Scorer.pairs`.
    """
    if not queries or not candidates:
        return
    scorer = Scorer(PreparedNames(queries), PreparedNames(candidates), weights)
    for query in range(len(queries)):
        scores = scorer.against_all(query)
        for rank, candidate in enumerate(_best(scores, top), start=1):
            yield Ranked(query, int(candidate), rank, float(scores[candidate]))


def _best(scores: NDArray[np.float32], top: int) -> NDArray[np.intp]:
    """The indices of the highest scores, best first; equal ones by index."""
    if top < len(scores):
        least = np.partition(scores, len(scores) - top)[len(scores) - top]
        chosen = np.flatnonzero(scores >= least)
    else:
        chosen = np.arange(len(scores))
    order = chosen[np.argsort(-scores[chosen], kind="stable")]
    return order[:top]
