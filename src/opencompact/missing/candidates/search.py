"""Candidates: for every record the likeliest others, found by keys and by what is known besides names.

Own; the sum of evidence as in Fellegi & Sunter 1969 (JASA 64:1183), the prior of `evidence.ledger`.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.blocking import near_pairs
from opencompact.missing.candidates.comparing import Comparison
from opencompact.missing.candidates.competition import (
    Beyond,
    Left,
    Repeats,
    beyond_of,
    learned_share,
    left_by_rivals,
    odds_of,
    shares_of_one,
)
from opencompact.missing.candidates.dna import Dna
from opencompact.missing.candidates.exactly import exact_scores
from opencompact.missing.candidates.namesakes import weighed_by_names
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.repeats import Judged, Sameness, likely_with, repeats_of, within
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.evidence.again import told_of
from opencompact.missing.evidence.compare import Setting, compare
from opencompact.missing.evidence.crowd import crowd_of
from opencompact.missing.evidence.crowded_days import crowded_days
from opencompact.missing.evidence.journey import journeys_of
from opencompact.missing.evidence.ledger import Ledger, Prior
from opencompact.missing.evidence.marks import word_shares
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.traits import trait_shares
from opencompact.missing.evidence.where_when import window_of
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]
Pairs = tuple[Ints, Ints]
KEPT_BY_KEYS = 60
LARGEST_BLOCK = 3_000
LEARN_FROM = 20
"""So many of each record compete, whatever is asked for: what is asked for never changes who is first."""
DRAWN, DRAWN_OF_EACH = 200_000, 200
"""So many pairs that do not compete, and so many of each record of the shorter file, stand for all of those."""
CHUNK = 400_000
"""Pairs that are in memory at once."""


@dataclass(frozen=True)
class Candidate:
    """Two records with their evidence; `rank` among the candidates of the record sought, 1 the likeliest.

    `probability` is the posterior when the other candidates of both records are taken into account: each record is
    at most one of them (see `shared_probability`). `also_sought` and `also_found` are other records of the two files that are likely
    of the same person, or were judged so; they compete for the same and are no rivals.
    """

    sought: str
    found: str
    rank: int
    ledger: Ledger
    probability: float
    also_sought: tuple[str, ...] = ()
    also_found: tuple[str, ...] = ()


def setting_of(
    sought: Sequence[Record], found: Sequence[Record], today: datetime.date, base: Setting | None = None
) -> Setting:
    """How often each origin and each trait is met among the people found (with those sought, where they are few)."""
    everyone = [*found, *sought]
    origins = Counter(code for record in everyone for code in {*record.nationality, *record.origins})
    known = sum(1 for record in everyone if record.nationality or record.origins)
    shares = {code: (count + 0.5) / (known + 4) for code, count in origins.items()}
    base = base or Setting(today)
    time = {**base.parameters["time"], "window": window_of(found, base.parameters)}
    # Of one file that is searched in itself both are the same records.
    each = {(record.file, record.row, record.id): record for record in everyone}.values()
    sides = [[record for record in each if (record.kind == "sought") is side] for side in (True, False)]
    return replace(
        base,
        today=today,
        parameters={**base.parameters, "time": time, **_words(found, base.parameters)},
        origins=shares,
        traits=trait_shares(found),
        journeys=journeys_of(found, base.parameters),
        reported=told_of(sides[0]),
        discovered=told_of(sides[1]),
        crowd=crowd_of(found),
        departed=crowd_of(found, "departure"),
        crowd_days=crowded_days(found),
        departed_days=crowded_days(found, "departure"),
    )


def _words(found: Sequence[Record], parameters: Parameters) -> dict[str, Parameters]:
    """The parameters of marks and objects with how often the people found are described by each word."""
    return {field: {**parameters[field], "shares": told} for field, told in word_shares(found, parameters).items()}


class Search:
    """Two registers ready to be searched. Every pair that lacks a name is looked at by what is known besides names. `judged` is what people
    judged of records of one file: those that are the same person are no rivals."""

    def __init__(
        self,
        sought: Register,
        found: Register,
        setting: Setting,
        *,
        itself: bool = False,
        dna: Dna | None = None,
        judged: Judged | None = None,
    ) -> None:
        setting = weighed_by_names(setting, found.names_count)
        self.sought, self.found, self.setting = sought, found, setting
        self.itself = itself
        self.dna = dna
        self.same_sought = Sameness(sought, setting, judged)
        self.same_found = self.same_sought if itself else Sameness(found, setting, judged)
        self.compare = Comparison(sought, found, setting)
        self.names = NameScores(
            sought.values, sought.spelled, found.values, found.spelled, setting.parameters["names"]["least"]
        )

    def pairs(self, keep: int) -> Pairs:
        """Pairs worth scoring (row sought, row found): those that share keys of names or numbers, those of DNA, and for records
        without a name the likeliest by everything else."""
        keys = self.sought.keys(self.found.bearers)
        most = max(KEPT_BY_KEYS, 2 * keep)
        parts: list[Pairs] = [
            near_pairs(keys, 0, self.found.index, self.compare.cheap(), most, LARGEST_BLOCK, self.itself)
        ]
        parts += [self._nameless(keep)]
        if self.dna:
            parts.append(self._of_dna())
        joined = np.unique(np.concatenate([self._numbered(rows, columns) for rows, columns in parts]))
        rows, columns = np.divmod(joined, max(1, len(self.found)))
        return rows.astype(np.int32), columns.astype(np.int32)

    def _nameless(self, keep: int) -> Pairs:
        """For each record sought its likeliest among those found without a name, and, if it has none itself, among all."""
        kept: list[Pairs] = []
        unnamed = np.flatnonzero(~self.names.named[1]).astype(np.int32)
        everyone = np.arange(len(self.found), dtype=np.int32)
        has_name = self.names.named[0]
        for rows, columns in (
            (np.flatnonzero(has_name).astype(np.int32), unnamed),
            (np.flatnonzero(~has_name).astype(np.int32), everyone),
        ):
            kept += list(self._likeliest(rows, columns, 2 * keep))
        empty = np.zeros(0, np.int32)
        return (
            np.concatenate([pair[0] for pair in kept]) if kept else empty,
            np.concatenate([pair[1] for pair in kept]) if kept else empty,
        )

    def _likeliest(self, rows: Ints, columns: Ints, keep: int) -> Iterator[Pairs]:
        """The best `keep` columns of each row by everything but names, a block of rows at a time."""
        if not len(columns):
            return
        step = max(1, CHUNK // len(columns))
        for start in range(0, len(rows), step):
            block = rows[start : start + step]
            first, second = np.repeat(block, len(columns)), np.tile(columns, len(block))
            scores = self.compare(first, second)
            if self.itself:
                scores[second <= first] = -np.inf
            scores = scores.reshape(len(block), len(columns))
            best = np.argpartition(-scores, min(keep, len(columns)) - 1, axis=1)[:, :keep]
            chosen = np.repeat(block, best.shape[1]), columns[best].ravel()
            fine = np.isfinite(np.take_along_axis(scores, best, axis=1)).ravel()
            yield chosen[0][fine], chosen[1][fine]

    def _of_dna(self) -> Pairs:
        assert self.dna is not None
        known = [
            (self.sought.place_of[a], self.found.place_of[b])
            for (a, b), one in self.dna.entries.items()
            if one.ln_likelihood_ratio > 0 and a in self.sought.place_of and b in self.found.place_of
        ]
        pairs = np.array(known, np.int32).reshape(-1, 2)
        return pairs[:, 0], pairs[:, 1]

    def scores(self, rows: Ints, columns: Ints) -> NDArray[np.float64]:
        """ln likelihood ratios of pairs, all fields, by the fast twin of `evidence.compare`."""
        total = np.empty(len(rows))
        for start in range(0, len(rows), CHUNK):
            first, second = rows[start : start + CHUNK], columns[start : start + CHUNK]
            total[start : start + CHUNK] = self.compare(first, second, self.names(first, second))
        return total + self._dna(rows, columns)

    def exact(self, rows: Ints, columns: Ints) -> NDArray[np.float64]:
        """The same as the ledger says it: births to the day, places as they were told."""
        return exact_scores(self.sought, self.found, rows, columns, self.setting) + self._dna(rows, columns)

    def _dna(self, rows: Ints, columns: Ints) -> NDArray[np.float64]:
        """What DNA says of pairs; 0 where there is none."""
        if not self.dna:
            return np.zeros(len(rows))
        first, second = self.sought.records, self.found.records
        pairs = zip(rows.tolist(), columns.tolist(), strict=True)
        told = (self.dna.entries.get((first[row].id, second[column].id)) for row, column in pairs)
        return np.array([entry.ln_likelihood_ratio if entry else 0.0 for entry in told], float)

    def best(self, top: int) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """(row sought, row found, fast score) of the `top` likeliest of each record sought, the likeliest first."""
        rows, columns = self.pairs(top) if top != LEARN_FROM else self.compared
        scores = self.scores(rows, columns)
        order = np.lexsort((columns, -scores, rows))
        rows, columns, scores = rows[order], columns[order], scores[order]
        kept = place_in_group(rows) < top
        return rows[kept], columns[kept], scores[kept]

    @cached_property
    def compared(self) -> Pairs:
        """The pairs among which those that compete are chosen, whatever is asked for."""
        return self.pairs(LEARN_FROM)

    def share_compared(self, truth: Sequence[tuple[int, int]]) -> float:
        """The share of these pairs (row sought, row found) that were compared: those of `compared`, and those of which one record has no name,
        which are all compared by everything else (`_nameless`)."""
        rows, columns = np.array(truth, np.int32).reshape(-1, 2).T
        nameless = ~(self.names.named[0][rows] & self.names.named[1][columns])
        met = np.isin(self._numbered(rows, columns), self._numbered(*self.compared))
        return float((nameless | met).mean()) if len(truth) else 1.0

    def _numbered(self, rows: Ints, columns: Ints) -> NDArray[np.int64]:
        """A number for each pair."""
        return rows.astype(np.int64) * max(1, len(self.found)) + columns

    @cached_property
    def likeliest(self) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """(row sought, row found, exact score) of those that compete, `LEARN_FROM` of each record sought at most, the likeliest first."""
        rows, columns, _ = self.best(LEARN_FROM)
        scores = self.exact(rows, columns)
        order = np.lexsort((columns, -scores, rows))
        return rows[order], columns[order], scores[order]

    def ledger(self, row: int, column: int, prior: Prior | None = None) -> Ledger:
        """The full evidence of a pair."""
        first, second = self.sought.records[row], self.found.records[column]
        entry = self.dna.entries.get((first.id, second.id)) if self.dna else None
        return compare(first, second, self.setting, prior, [entry] if entry else ())

    def repeats(self, rows: Ints, columns: Ints, scores: NDArray[np.float64], prior: float) -> Repeats:
        """Which of these pairs are no rivals, because their records sought, or those found, are likely one person's."""
        return repeats_of(rows, columns, odds_of(scores, prior), self.same_sought, self.same_found)

    def prior(self, closed: float | None = None) -> Prior:
        """The prior of the two files; without `closed` the share of people who are in both is learned from them."""
        sought, found = max(1, len(self.sought)), max(1, len(self.found))
        if closed is None:
            closed = learned_share(*self.likeliest, sought, found, self.beyond)
        return Prior(sought, found, closed)

    @cached_property
    def beyond(self) -> Beyond:
        """What the pairs say that are none of the likeliest: all of them where there are few, else some drawn by lot, always the same."""
        sought, found = len(self.sought), len(self.found)
        pairs, drawn = sought * found, min(DRAWN, DRAWN_OF_EACH * min(sought, found))
        lots = np.arange(pairs) if pairs <= drawn else np.random.default_rng(0).integers(0, pairs, drawn)
        rest = lots[~np.isin(lots, self._numbered(*self.likeliest[:2]))]
        if self.itself:  # each pair of one file stands once, and no record beside itself
            rest = rest[rest // max(1, found) < rest % max(1, found)]
        rows, columns = (part.astype(np.int32) for part in np.divmod(rest, max(1, found)))
        return beyond_of(rows, columns, self.scores(rows, columns), sought, found, len(rest) / max(1, len(lots)))

    def candidates(self, top: int, prior: Prior | None = None) -> Iterator[list[Candidate]]:
        """The candidates of each record sought that has any, in the order of the file, the most probable first.

        As many compete and are ranked whatever `top` is; where more are asked for, the others follow in the order of their evidence.
        """
        prior = prior or self.prior()
        rivals = self.rivals(prior)
        wide = self._rivals(*self.best(top), prior) if top > LEARN_FROM else None
        further = dict(groups(wide.rows)) if wide else {}
        for row, at in groups(rivals.rows):
            weighed = self.weighed(at, rivals, prior)
            if wide and row in further:
                known = {one.column for one in weighed}
                weighed += [one for one in self.weighed(further[row], wide, prior) if one.column not in known]
            yield [self._candidate(row, one, rank, prior) for rank, one in enumerate(weighed[:top], 1)]

    def candidate(self, row: int, column: int, prior: Prior) -> Candidate:
        """One pair as it stands among the candidates of both its records, even where it is none of the likeliest."""
        rivals = self.rivals(prior, (row, column))
        at = next(at for one, at in groups(rivals.rows) if one == row)
        weighed = self.weighed(at, rivals, prior)
        rank = next(k for k, one in enumerate(weighed, 1) if one.column == column)
        return self._candidate(row, weighed[rank - 1], rank, prior)

    def rivals(self, prior: Prior, also: tuple[int, int] | None = None) -> Rivals:
        """All pairs that compete, and the pair `also` where it is none of the likeliest."""
        return self._rivals(*(self._with(*also) if also else self.likeliest), prior)

    def _candidate(self, row: int, one: Weighed, rank: int, prior: Prior) -> Candidate:
        first, second = self.sought.records, self.found.records
        also_sought, also_found = tuple(first[k].id for k in one.rows), tuple(second[k].id for k in one.columns)
        ledger = self.ledger(row, one.column, prior)
        return Candidate(first[row].id, second[one.column].id, rank, ledger, one.share, also_sought, also_found)

    def _with(self, row: int, column: int) -> tuple[Ints, Ints, NDArray[np.float64]]:
        """The likeliest pairs, and this one."""
        rows, columns, scores = self.likeliest
        if ((rows == row) & (columns == column)).any():
            return rows, columns, scores
        told = self.exact(np.array([row], np.int32), np.array([column], np.int32))
        at = int(np.searchsorted(rows, row, side="right"))
        return np.insert(rows, at, row), np.insert(columns, at, column), np.insert(scores, at, told[0])

    def _rivals(self, rows: Ints, columns: Ints, scores: NDArray[np.float64], prior: Prior) -> Rivals:
        """Pairs of every record sought, and how much of each pair those for the same record found leave."""
        repeats = self.repeats(rows, columns, scores, prior.if_no_other)
        left = left_by_rivals(rows, columns, scores, prior.if_no_other, repeats, self.beyond)
        return Rivals(rows, columns, scores, left, repeats)

    def weighed(self, at: range, rivals: Rivals, prior: Prior) -> list[Weighed]:
        """The candidates of a record, the most probable first."""
        columns, scores, left = (x[at.start : at.stop] for x in (rivals.columns, rivals.scores, rivals.left.of_pairs))
        others = float(rivals.left.beyond[rivals.rows[at.start]])
        shares = shares_of_one(odds_of(scores, prior.if_no_other) * left, within(rivals.repeats.in_row, at), others)
        return [
            Weighed(int(columns[k]), float(shares[k]), *self._also(at.start + k, rivals))
            for k in np.lexsort((columns, -scores, -shares)).tolist()
        ]

    def _also(self, pair: int, rivals: Rivals) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The rows, and the columns, that compete with a pair and are likely of its person."""
        of_column, of_row = (likely_with(links, pair) for links in (rivals.repeats.in_column, rivals.repeats.in_row))
        return tuple(rivals.rows[of_column].tolist()), tuple(rivals.columns[of_row].tolist())


class Rivals(NamedTuple):
    """Pairs that compete, ascending by row: ln likelihood ratio, what rivals leave of the odds, and which are none."""

    rows: Ints
    columns: Ints
    scores: NDArray[np.float64]
    left: Left
    repeats: Repeats


class Weighed(NamedTuple):
    """A candidate of a record: its column, probability, and the rows and columns that are likely of the same person."""

    column: int
    share: float
    rows: tuple[int, ...]
    columns: tuple[int, ...]


def place_in_group(ordered: Ints) -> NDArray[np.int64]:
    """For values that stand together: 0, 1, 2… within each run."""
    if not len(ordered):
        return np.zeros(0, np.int64)
    fresh = np.append(True, ordered[1:] != ordered[:-1])
    starts = np.flatnonzero(fresh)
    return np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))


def groups(ordered: Ints) -> Iterator[tuple[int, range]]:
    """(value, positions) of each run."""
    fresh = np.append(True, ordered[1:] != ordered[:-1]) if len(ordered) else np.zeros(0, bool)
    starts = np.flatnonzero(fresh).tolist()
    for start, end in zip(starts, [*starts[1:], len(ordered)], strict=False):
        yield int(ordered[start]), range(start, end)


def recall(pairs: Pairs, truth: Iterable[tuple[int, int]]) -> float:
    """Share of true pairs that are among these."""
    known = set(zip(pairs[0].tolist(), pairs[1].tolist(), strict=True))
    true = list(truth)
    return sum(pair in known for pair in true) / len(true) if true else 1.0
