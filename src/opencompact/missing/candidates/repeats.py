"""Records of one file that are one person's, among those that compete: two relatives' reports are no rivals for the person found.

Only records that compete, with odds that matter, are compared with one another. How probable it is that they are one person follows
from the same evidence as that of candidates, with the prior of `opencompact missing duplicates`; a person's judgement goes before it.
Own; the methods are those of `missing.evidence`, with their sources there.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.competition import Links, Repeats
from opencompact.missing.candidates.exactly import exact_scores
from opencompact.missing.candidates.register import Register
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.ledger import posterior

Ints = NDArray[np.int32]
Judged = Mapping[tuple[str, str], bool]
"""Pairs of ids, each in ascending order, that people judged: the same (True) or not."""
REPEATED = 0.02
"""One record in fifty is taken to have another of the same person in its file: the prior of `opencompact missing duplicates`."""
MATTERS = 0.01
"""Odds below which a pair takes nothing from another that a reader would see."""
MOST_RIVALS = 12
"""So many rivals for one record, the likeliest, are compared with one another."""
LEAST = 0.01
"""Below this probability two records count as two people's."""
LIKELY = 0.5


def pair_of(one: str, other: str) -> tuple[str, str]:
    """Two ids in ascending order."""
    return (one, other) if one <= other else (other, one)


class Sameness:
    """How probable it is that two records of one file are one person, asked for many at once and kept."""

    def __init__(self, register: Register, setting: Setting, judged: Judged | None = None) -> None:
        self.register, self.setting, self.judged = register, setting, judged or {}
        self.prior = REPEATED / max(1, len(register))
        self._known: dict[tuple[int, int], float] = {}

    def __call__(self, one: int, other: int) -> float:
        """The probability for two rows."""
        pair = (min(one, other), max(one, other))
        self.learn([pair])
        return self._known[pair]

    def learn(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Works out the probability of these pairs of rows, each ascending."""
        fresh = [pair for pair in dict.fromkeys(pairs) if pair not in self._known]
        if not fresh:
            return
        first, second = np.array(fresh, np.int32).T
        scores = exact_scores(self.register, self.register, first.copy(), second.copy(), self.setting).tolist()
        for pair, told in zip(fresh, scores, strict=True):
            judged = self.judged.get(pair_of(*(self.register.records[row].id for row in pair)))
            self._known[pair] = posterior(told, self.prior) if judged is None else float(judged)


def repeats_of(rows: Ints, columns: Ints, odds: NDArray[np.float64], of_row: Sameness, of_column: Sameness) -> Repeats:
    """Links of the pairs that compete: `of_row` compares records sought, `of_column` those found."""
    return Repeats(_links(rows, columns, odds, of_column), _links(columns, rows, odds, of_row))


def _links(shared: Ints, rival: Ints, odds: NDArray[np.float64], same: Sameness) -> Links:
    """Links of the pairs that share one record, by the records in which they differ, ascending."""
    competing = list(_rivals(shared, odds))
    records = [(int(min(rival[a], rival[b])), int(max(rival[a], rival[b]))) for a, b in competing]
    same.learn(records)
    found: list[tuple[int, int, float]] = []
    for (one, other), pair in zip(competing, records, strict=True):
        likely = same(*pair)
        if likely >= LEAST:
            found += [(one, other, likely), (other, one, likely)]
    ones, others, likelies = zip(*sorted(found), strict=True) if found else ((), (), ())
    return Links(np.array(ones, np.int32), np.array(others, np.int32), np.array(likelies, float))


def _rivals(shared: Ints, odds: NDArray[np.float64]) -> Iterator[tuple[int, int]]:
    """Positions of two pairs of the same record whose odds matter."""
    mattering = np.flatnonzero(odds >= MATTERS)
    ordered = mattering[np.lexsort((-odds[mattering], shared[mattering]))]
    for _, group in itertools.groupby(ordered.tolist(), key=lambda at: int(shared[at])):
        yield from itertools.combinations(itertools.islice(group, MOST_RIVALS), 2)


def within(links: Links, at: range) -> Links:
    """Links of the pairs of a range, numbered from its start."""
    start, end = np.searchsorted(links.one, [at.start, at.stop]).tolist()
    return Links(links.one[start:end] - at.start, links.other[start:end] - at.start, links.same[start:end])


def likely_with(links: Links, pair: int) -> Ints:
    """The pairs that compete with one and are likely of its person."""
    start, end = np.searchsorted(links.one, [pair, pair + 1]).tolist()
    return links.other[start:end][links.same[start:end] >= LIKELY]


def judged_pairs(
    same: Iterable[Iterable[str]], different: Iterable[tuple[str, str]] = ()
) -> dict[tuple[str, str], bool]:
    """What people judged, from groups of records that are one person and pairs that are not."""
    judged = {pair_of(*pair): False for pair in different}
    judged |= {pair_of(*pair): True for group in same for pair in itertools.combinations(group, 2)}
    return judged
