"""Two large lists with the same plain columns, linked: names, categories and years as columns, a million a side.

The same keys, the same compiled scorer of names and the same first order as for records; what other columns say is learned from the
lists themselves (`evidence.learning`). At the end a person is taken to be in each list once: pairs compete.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from opencompact.missing.candidates.blocking import CheapTables, index_keys, near_pairs
from opencompact.missing.candidates.naming import Spellings, Values, prepare_values
from opencompact.missing.candidates.register import SINGLES_UP_TO, Sets, name_keys
from opencompact.missing.candidates.scoring import NameScores
from opencompact.missing.candidates.search import shared_probability
from opencompact.missing.evidence.learning import Rates, learn_from_weighed, level_frequencies

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Levels = NDArray[np.int8]
CHUNK = 1_000_000


@dataclass(frozen=True)
class Plan:
    """Which columns are what. `names` in the order they are spoken; `categories` and `years` by column.

    `texts` are whole texts (a postcode, a date) that agree, are a slip apart, or differ; each is also a key together with a part of
    the name. `name_weight` scales what names say: parts of a name are not independent of each other nor of the country (tuned on seed 11 of the benchmark); `keep` pairs go on per record to the scorer.
    """

    names: Sequence[str]
    categories: Sequence[str] = ()
    years: Sequence[str] = ()
    texts: Sequence[str] = ()
    keep: int = 40
    largest: int = 3_000
    name_weight: float = 0.8
    prior_cases: float = 20.0
    within: Mapping[str, str] = field(default_factory=dict)
    frequent: float = 0.5
    rounds: int = 4


@dataclass(frozen=True)
class Linked:
    """Scored pairs (rows of either list), ln likelihood ratios, probabilities when pairs compete, and what was learned."""

    left: Ints
    right: Ints
    score: Floats
    probability: Floats
    learned: Mapping[str, Rates]
    compared: int
    fields: Mapping[str, Floats]


def link(left: pl.DataFrame, right: pl.DataFrame, plan: Plan, *, itself: bool = False) -> Linked:
    """Links two lists, or one with itself. Null is unknown; every column of the plan is in both."""
    names = _NameColumns(left, right, plan, itself)
    coded = {name: _codes(left[name], right[name]) for name in (*plan.categories, *plan.years, *plan.texts)}
    rows, columns = near_pairs(
        *names.keys[0], len(left), index_keys(*names.keys[1], len(right)), _cheap(coded, plan, len(left), len(right)),
        plan.keep, plan.largest, itself,
    )  # fmt: skip
    spoken = plan.name_weight * names.scores(rows, columns)
    levels = {name: _levels(coded[name], name in plan.years, name in plan.texts, rows, columns) for name in coded}
    generator = np.random.default_rng(0)
    sample = [generator.integers(0, size, 200_000).astype(np.int32) for size in (len(left), len(right))]
    other = {
        name: level_frequencies(_levels(coded[name], name in plan.years, name in plan.texts, *sample), LEVELS)
        for name in coded
    }
    prior = 0.5 / max(len(left), len(right))

    def told(rates: Mapping[str, Rates]) -> dict[str, Floats]:
        said = {
            name: _told(coded[name], levels[name], rates[name], other[name], columns, name in plan.categories)
            for name in coded
        }
        for part, whole in plan.within.items():
            said[part] = said[part] - _already_said(coded[whole], levels[part], levels[whole], columns)
        return {"names": spoken, **said}

    rates = {name: Rates(PRIOR, 0.0, plan.prior_cases) for name in coded}
    for _ in range(plan.rounds):
        probability = shared_probability(rows, columns, _sum(told(rates)), prior)
        rates = {name: learn_from_weighed(levels[name], probability, PRIOR, plan.prior_cases) for name in coded}
    fields = told(rates)
    score = _sum(fields)
    return Linked(rows, columns, score, shared_probability(rows, columns, score, prior), rates, len(rows), fields)


def _sum(fields: Mapping[str, Floats]) -> Floats:
    return np.asarray(np.sum(list(fields.values()), axis=0))


def _already_said(whole: _Codes, part_levels: Levels, whole_levels: Levels, columns: Ints) -> Floats:
    """What agreement on a part (a town) repeats of agreement on the whole (its country)."""
    both = (part_levels == 0) & (whole_levels == 0)
    said = np.zeros(len(columns))
    said[both] = -np.log(whole.shares[whole.right[columns[both]]])
    return said


LEVELS = 4
PRIOR = (0.85, 0.06, 0.04, 0.05)
"""Levels: the same, one step away (a year, a slip), two steps away, apart."""


class _NameColumns:
    """The names of both lists: every distinct value prepared once."""

    def __init__(self, left: pl.DataFrame, right: pl.DataFrame, plan: Plan, itself: bool) -> None:
        distinct = (
            pl.concat([side[name].cast(pl.String) for side in (left, right) for name in plan.names])
            .unique()
            .drop_nulls()
            .sort()
        )
        self.values = prepare_values(distinct.to_list())
        spelled = [_spelled(side, plan.names, distinct) for side in (left, right)]
        self.values = _with_rarity(self.values, spelled, plan.frequent)
        singles = max(len(left), len(right)) <= SINGLES_UP_TO
        sets = [_text_sets(side, plan.texts) for side in (left, right)]
        self.keys = [name_keys(self.values, one, singles, held) for one, held in zip(spelled, sets, strict=True)]
        self._scores = NameScores(self.values, spelled[0], self.values, spelled[1], least=-12.0)

    def scores(self, rows: Ints, columns: Ints) -> Floats:
        """A chunk at a time."""
        parts = [self._scores(rows[at : at + CHUNK], columns[at : at + CHUNK]) for at in range(0, len(rows), CHUNK)]
        return np.concatenate(parts) if parts else np.zeros(0)


def _spelled(side: pl.DataFrame, names: Sequence[str], distinct: pl.Series) -> Spellings:
    """One spelling per record: the values of its columns in order; none where all are unknown."""
    numbers = pl.DataFrame({"value": distinct, "number": np.arange(len(distinct), dtype=np.int32)})
    table = np.stack(
        [
            side.select(pl.col(name).cast(pl.String).alias("value"))
            .join(numbers, on="value", how="left", maintain_order="left")["number"]
            .fill_null(-1)
            .to_numpy()
            for name in names
        ],
        axis=1,
    )
    counts = (table >= 0).sum(axis=1)
    ends = np.cumsum(counts)
    bounds = np.stack([ends - counts, ends], axis=1).astype(np.int32)
    some = (counts > 0).astype(np.int64)
    upto = np.cumsum(some)
    records = np.stack([upto - some, upto], axis=1).astype(np.int32)
    return Spellings(table[table >= 0].astype(np.int32), bounds[counts > 0], records)


def _with_rarity(values: Values, spelled: Sequence[Spellings], power: float) -> Values:
    """What an element tells by how many people in the lists bear it, where they are many enough to say."""
    size = sum(len(one.records) for one in spelled)
    uses = np.bincount(np.concatenate([one.values for one in spelled]), minlength=len(values.parts))
    borne = np.zeros(len(values.lexicon.elements))
    for value in np.flatnonzero(uses):
        for element in {int(e) for e in values.held[slice(*values.occurrences[value]), 0]}:
            borne[element] += uses[value]
    rare = np.log((size + 1) / (borne + 1)).astype(np.float32)
    information = values.lexicon.information
    mixed = (1 - power) * information + power * np.minimum(rare, information + 2.0)
    lexicon = values.lexicon._replace(information=np.maximum(0.5, mixed).astype(np.float32))
    return replace(values, lexicon=lexicon)


def _text_sets(side: pl.DataFrame, texts: Sequence[str]) -> Sets | None:
    if not texts:
        return None
    hashed = [side[name].cast(pl.String).hash(seed).to_numpy() >> np.uint64(2) for seed, name in enumerate(texts)]
    known = [side[name].is_not_null().to_numpy() for name in texts]
    table, held = np.stack(hashed, axis=1).astype(np.int64), np.stack(known, axis=1)
    counts = held.sum(axis=1)
    ends = np.cumsum(counts)
    return Sets(np.stack([ends - counts, ends], axis=1).astype(np.int32), table[held])


@dataclass(frozen=True)
class _Codes:
    """Distinct values of a column of both lists: numbers per record, -1 unknown, values and shares."""

    left: Ints
    right: Ints
    values: pl.Series
    shares: Floats


def _codes(left: pl.Series, right: pl.Series) -> _Codes:
    both = pl.concat([left, right])
    distinct = both.drop_nulls().unique().sort()
    frame = pl.DataFrame({"value": distinct, "number": np.arange(len(distinct), dtype=np.int32)})
    numbers = (
        pl.DataFrame({"value": both})
        .join(frame, on="value", how="left", maintain_order="left")["number"]
        .fill_null(-1)
        .to_numpy()
        .astype(np.int32)
    )
    counts = np.bincount(numbers[numbers >= 0], minlength=len(distinct)) + 0.5
    return _Codes(numbers[: len(left)], numbers[len(left) :], distinct, counts / counts.sum())


def _levels(codes: _Codes, years: bool, text: bool, rows: Ints, columns: Ints) -> Levels:
    """0 the same, 1 and 2 near (a year or two; a slip or two), 3 apart, -1 unknown."""
    a, b = codes.left[rows], codes.right[columns]
    unknown = (a < 0) | (b < 0)
    if years:
        numbers = codes.values.cast(pl.Int64).to_numpy() if len(codes.values) else np.zeros(1, np.int64)
        found = np.minimum(np.abs(numbers[a] - numbers[b]), 3)
    elif text:
        found = _slips(codes.values.to_list(), a, b)
    else:
        found = np.where(a == b, 0, 3)
    return np.where(unknown, -1, found).astype(np.int8)


def _slips(values: Sequence[str], a: Ints, b: Ints) -> NDArray[np.int8]:
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import cpdist

    found = np.full(len(a), 3, np.int8)
    found[a == b] = 0
    apart = np.flatnonzero((a != b) & (a >= 0) & (b >= 0))
    for at in range(0, len(apart), CHUNK):
        part = apart[at : at + CHUNK]
        slips = cpdist(
            [values[x] for x in a[part]], [values[x] for x in b[part]], scorer=DamerauLevenshtein.distance,
            score_cutoff=2, dtype=np.uint8,
        )  # fmt: skip
        found[part] = np.minimum(slips, 3)
    return found


def _told(codes: _Codes, levels: Levels, rates: Rates, other: Floats, columns: Ints, category: bool) -> Floats:
    """ln LR of the level; agreement on a category counts by how rare it is in the lists."""
    same = np.array(rates.same)
    ratio = np.append(np.log(same / other), 0.0)
    told = ratio[levels]
    if category:
        agree = levels == 0
        shares = codes.shares[codes.right[columns[agree]]]
        told[agree] = np.log(same[0] / shares)
    return np.asarray(told)


MOST_IN_A_TABLE = 1_500


def _cheap(coded: Mapping[str, _Codes], plan: Plan, rows: int, columns: int) -> CheapTables:
    """First guesses for the rough order: agreement by rarity, years by how near they are."""
    tables, chosen = [], []
    for name, codes in coded.items():
        size = len(codes.values)
        if name in plan.texts or size > MOST_IN_A_TABLE:
            continue
        if name in plan.years:
            numbers = codes.values.cast(pl.Int64).to_numpy()
            gap = np.minimum(np.abs(numbers[:, None] - numbers[None, :]), 3)
            table = np.array([2.5, 1.5, 1.5, -2.5])[gap]
        else:
            table = np.full((size, size), -1.5)
            np.fill_diagonal(table, np.log(0.8 / codes.shares))
        tables.append(table.astype(np.float32))
        chosen.append(codes)
    if not tables:
        empty = np.zeros(0, np.int64)
        return CheapTables(
            np.zeros((0, rows), np.int32), np.zeros((0, columns), np.int32), np.zeros(0, np.float32), empty, empty
        )
    ends = np.cumsum([table.size for table in tables])
    return CheapTables(
        np.stack([codes.left for codes in chosen]),
        np.stack([codes.right for codes in chosen]),
        np.concatenate([table.ravel() for table in tables]),
        (ends - [table.size for table in tables]).astype(np.int64),
        np.array([table.shape[1] for table in tables], np.int64),
    )


def mutual_best(linked: Linked, least: float = 0.5) -> NDArray[np.bool_]:
    """Pairs of which each is the other's likeliest, and whose probability is at least `least`: one to one."""
    best_left = _is_best(linked.left, linked.score)
    best_right = _is_best(linked.right, linked.score)
    return np.asarray(best_left & best_right & (linked.probability >= least))


def _is_best(owner: Ints, score: Floats) -> NDArray[np.bool_]:
    best = np.full(int(owner.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, owner, score)
    return np.asarray(score == best[owner])
