"""Who else competes: the other candidates of both records of a pair, each with what it weighs.

Own; the probabilities are those of `candidates.competition`, with its sources there.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from opencompact.missing.candidates.search import Search, groups
from opencompact.missing.evidence.ledger import Prior

MOST_RIVALS, LEAST_RIVAL = 5, 1e-4
"""So many others of a record are told, of those that have evidence for them or are as probable as this."""


@dataclass(frozen=True)
class Rival:
    """Another candidate of a record: the record that competes for it, log10 of the likelihood ratio of the two, and the probability that
    they are one person, all others taken into account."""

    record: str
    log10_likelihood_ratio: float
    probability: float


@dataclass(frozen=True)
class Contest:
    """The rivals of a pair: others found for the record sought, and others sought for the record found, the likeliest first."""

    for_sought: tuple[Rival, ...]
    for_found: tuple[Rival, ...]


class Contests:
    """The pairs of a search that compete, weighed once; `also` is a pair that is none of the likeliest."""

    def __init__(self, search: Search, prior: Prior, also: tuple[int, int] | None = None) -> None:
        self.search, self.prior = search, prior
        self._pairs = search.rivals(prior, also)
        self._of_row = dict(groups(self._pairs.rows))
        self._weighed: dict[int, dict[int, float]] = {}
        self._of_column: dict[int, list[int]] = defaultdict(list)
        for place, column in enumerate(self._pairs.columns.tolist()):
            self._of_column[column].append(place)

    def of(self, row: int, column: int) -> Contest:
        """Who competes with a pair (row sought, row found)."""
        found, sought = self.search.found.records, self.search.sought.records
        of_row = self._strongest(self._of_row.get(row, range(0)))
        of_column = self._strongest(self._of_column.get(column, []))
        return Contest(
            _likeliest([self._rival(found[c].id, place) for place, _, c in of_row if c != column]),
            _likeliest([self._rival(sought[r].id, place) for place, r, _ in of_column if r != row]),
        )

    def _strongest(self, places: Iterable[int]) -> list[tuple[int, int, int]]:
        """(pair, row, column) of those with the strongest evidence: more than are told, since the most probable are told."""
        pairs = self._pairs
        order = sorted(places, key=lambda place: -pairs.scores[place])[: 3 * MOST_RIVALS]
        return [(place, int(pairs.rows[place]), int(pairs.columns[place])) for place in order]

    def _rival(self, record: str, place: int) -> Rival:
        row, column = int(self._pairs.rows[place]), int(self._pairs.columns[place])
        return Rival(record, float(self._pairs.scores[place]) / math.log(10), self._shares(row)[column])

    def _shares(self, row: int) -> dict[int, float]:
        """Record found → probability, of the candidates of a record sought."""
        if row not in self._weighed:
            weighed = self.search.weighed(self._of_row[row], self._pairs, self.prior)
            self._weighed[row] = {one.column: one.share for one in weighed}
        return self._weighed[row]


def _likeliest(rivals: list[Rival]) -> tuple[Rival, ...]:
    telling = [one for one in rivals if one.log10_likelihood_ratio > 0 or one.probability >= LEAST_RIVAL]
    return tuple(sorted(telling, key=lambda one: (-one.probability, -one.log10_likelihood_ratio))[:MOST_RIVALS])
