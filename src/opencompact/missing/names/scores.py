"""Scores of many pairs: whole files against each other, in bounded memory.

Own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from opencompact.missing.names.arrays import PreparedNames, joined
from opencompact.missing.names.kernel import score_rows
from opencompact.missing.names.model import DEFAULT, Weights, costs
from opencompact.missing.names.normalise import clean, fold

BLOCK = 50_000
"""Pairs, or candidates, that are read and scored at a time: what is held of them fits in a few hundred megabytes."""


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


def _unheard(_done: int) -> None:
    """Where nobody asks how far the work is."""


def score_pairs(
    one: Sequence[str],
    other: Sequence[str],
    weights: Weights = DEFAULT,
    advance: Callable[[int], None] = _unheard,
) -> NDArray[np.float32]:
    """Scores of name k of one list with name k of the other, a block of pairs at a time; in a block each text is read once.

    `advance` is called with the number of pairs that each block has scored.
    """
    found = np.empty(len(one), np.float32)
    for start in range(0, len(one), BLOCK):
        left, rows = _numbered(one[start : start + BLOCK])
        right, columns = _numbered(other[start : start + BLOCK])
        scorer = Scorer(PreparedNames(left), PreparedNames(right), weights)
        found[start : start + BLOCK] = scorer.pairs(rows, columns)
        advance(len(rows))
    return found


def _numbered(texts: Sequence[str]) -> tuple[list[str], NDArray[np.int32]]:
    numbers: dict[str, int] = {}
    rows = np.array([numbers.setdefault(text, len(numbers)) for text in texts], np.int32)
    return list(numbers), rows


def search(
    queries: Sequence[str],
    candidates: Sequence[str],
    top: int,
    weights: Weights = DEFAULT,
    advance: Callable[[int], None] = _unheard,
) -> Iterator[Ranked]:
    """The `top` candidates of each query, best first.

    Of candidates whose scores are equal the one that is written most like the query stands first, by its letters without case, marks and
    blanks (Indel similarity, rapidfuzz); then they stand in the order of the list.

    Every query is scored against every candidate: nothing is lost before scoring. Candidates are read a block at a time,
    and only the best are kept, so memory does not grow with the scores. `advance` is called with the number of candidates
    that all queries have met. For registers against registers choose pairs by `blocking_keys` and score them with
    `Scorer.pairs`.
    """
    if not queries or not candidates:
        return
    prepared = PreparedNames(queries)
    wanted = [_letters(query) for query in queries]
    best = [_NONE] * len(queries)
    for start in range(0, len(candidates), BLOCK):
        block = candidates[start : start + BLOCK]
        scorer = Scorer(prepared, PreparedNames(block), weights)
        for query in range(len(queries)):
            found = _best(scorer.against_all(query), wanted[query], block, top)
            best[query] = _merged(best[query], found._replace(places=found.places + start), top)
        advance(len(block))
    for query, (places, scores, _alike) in enumerate(best):
        for rank, (candidate, score) in enumerate(zip(places.tolist(), scores.tolist(), strict=True), start=1):
            yield Ranked(query, candidate, rank, score)


class Best(NamedTuple):
    """The best candidates of a query so far, best first: their places in the list, their scores, and how alike their letters are to its own."""

    places: NDArray[np.int64]
    scores: NDArray[np.float32]
    alike: NDArray[np.float64]


_NONE = Best(np.empty(0, np.int64), np.empty(0, np.float32), np.empty(0))


def _merged(best: Best, found: Best, top: int) -> Best:
    """The best so far and those of a block behind them."""
    together = Best(
        np.concatenate([best.places, found.places]),
        np.concatenate([best.scores, found.scores]),
        np.concatenate([best.alike, found.alike]),
    )
    return _ordered(together, top)


def _ordered(found: Best, top: int) -> Best:
    order = np.lexsort((found.places, -found.alike, -found.scores))[:top]
    return Best(found.places[order], found.scores[order], found.alike[order])


def _best(scores: NDArray[np.float32], letters: str, names: Sequence[str], top: int) -> Best:
    """The best of a block: the highest scores, and of equal ones those whose letters are most like these."""
    least = np.partition(scores, len(scores) - top)[len(scores) - top] if top < len(scores) else -np.inf
    chosen = np.flatnonzero(scores >= least)
    alike = np.array([Indel.normalized_similarity(letters, _letters(names[place])) for place in chosen.tolist()])
    return _ordered(Best(chosen, scores[chosen], alike), top)


@lru_cache(maxsize=100_000)
def _letters(name: str) -> str:
    """The letters of a name alone, without case and marks."""
    text = clean(name)
    return "".join(filter(str.isalpha, fold(text))) if text else ""
