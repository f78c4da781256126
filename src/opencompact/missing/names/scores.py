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

    Who is written with the query's letters, case, marks and blanks aside, stands before all others, whatever the scores: Ali before Aly, which is
    rarer and tells more. Of candidates whose scores are equal the one whose letters are most like the query's stands first, then the one whose
    text is (Indel similarity, rapidfuzz), then the earlier of the list. Scores are never touched.

    Every query is scored against every candidate: nothing is lost before scoring. Candidates are read a block at a time,
    and only the best are kept, so memory does not grow with the scores. `advance` is called with the number of candidates
    that all queries have met. For registers against registers choose pairs by `blocking_keys` and score them with
    `Scorer.pairs`.
    """
    if not queries or not candidates:
        return
    prepared = PreparedNames(queries)
    best = [_NONE] * len(queries)
    for start in range(0, len(candidates), BLOCK):
        block = _Block(candidates[start : start + BLOCK])
        scorer = Scorer(prepared, PreparedNames(block.names), weights)
        for query, name in enumerate(queries):
            found = block.best(scorer.against_all(query), name, top)
            best[query] = _merged(best[query], found._replace(places=found.places + start), top)
        advance(len(block.names))
    for query, (places, scores, _alike) in enumerate(best):
        for rank, (candidate, score) in enumerate(zip(places.tolist(), scores.tolist(), strict=True), start=1):
            yield Ranked(query, candidate, rank, score)


class Best(NamedTuple):
    """The best candidates of a query so far, best first: their places in the list, their scores, and how alike they are written to it.

    `alike` (n, 3): 1 where the letters are the query's own, how alike the letters are, and how alike the texts, from 0 to 1.
    """

    places: NDArray[np.int64]
    scores: NDArray[np.float32]
    alike: NDArray[np.float64]


_NONE = Best(np.empty(0, np.int64), np.empty(0, np.float32), np.empty((0, 3)))


def _merged(best: Best, found: Best, top: int) -> Best:
    """The best so far and those of a block behind them."""
    together = Best(
        np.concatenate([best.places, found.places]),
        np.concatenate([best.scores, found.scores]),
        np.concatenate([best.alike, found.alike]),
    )
    return _ordered(together, top)


def _ordered(found: Best, top: int) -> Best:
    same, letters, text = found.alike.T
    order = np.lexsort((found.places, -text, -letters, -found.scores, -same))[:top]
    return Best(found.places[order], found.scores[order], found.alike[order])


class _Block:
    """Candidates that are read at a time, and which of them are written with which letters."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._written: dict[str, list[int]] = {}
        for place, name in enumerate(names):
            self._written.setdefault(_letters(name), []).append(place)

    def best(self, scores: NDArray[np.float32], query: str, top: int) -> Best:
        """Those with the query's own letters, and those with the highest scores, by their places in the block."""
        least = np.partition(scores, len(scores) - top)[len(scores) - top] if top < len(scores) else -np.inf
        letters = _letters(query)
        same = self._written.get(letters, []) if letters else []
        chosen = np.union1d(np.flatnonzero(scores >= least), np.array(same, np.int64))
        alike = [_alike(letters, query, self.names[place]) for place in chosen.tolist()]
        return _ordered(Best(chosen, scores[chosen], np.array(alike, float).reshape(-1, 3)), top)


def _alike(letters: str, query: str, name: str) -> tuple[bool, float, float]:
    """How alike a name is written to a query of these letters."""
    own = _letters(name)
    same = bool(letters) and own == letters
    return same, Indel.normalized_similarity(letters, own), Indel.normalized_similarity(query, name)


@lru_cache(maxsize=100_000)
def _letters(name: str) -> str:
    """The letters of a name alone, without case and marks."""
    text = clean(name)
    return "".join(filter(str.isalpha, fold(text))) if text else ""
