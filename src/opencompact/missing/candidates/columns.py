"""Two large lists with the same plain columns, linked: names, categories and years as columns, a million a side.

The same keys and the same first order as for records, a chunk of the left at a time; of each record only the likeliest pairs are
held, so that memory grows with the lists and not with the pairs. Every column has levels of agreement; how often one person's records
show each is learned from the lists themselves (`evidence.learning`), how often two other people's do is counted
(`agreement`, `slots`). At the end a person is taken to be in each list once: pairs compete.
The model is that of Fellegi & Sunter 1969 (JASA 64:1183) with its rates learned by EM (Winkler 1988, ASA Proceedings of Survey Research Methods); the
order, the levels and the competition are own.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.agreement import Category, Codes, Texts, Years, codes_of
from opencompact.missing.candidates.blocking import (
    CheapTables,
    KeyIndex,
    Keys,
    Written,
    cheap_tables,
    index_keys,
    near_pairs,
)
from opencompact.missing.candidates.coded import Sets
from opencompact.missing.candidates.competition import shared_probability
from opencompact.missing.candidates.naming import bearers, told_by_parts
from opencompact.missing.candidates.register import keys_of
from opencompact.missing.candidates.slots import PRIOR, Slots
from opencompact.missing.evidence.learning import Rates, learn_from_weighed
from opencompact.missing.evidence.ledger import if_no_other

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Levels = NDArray[np.int8]
TURNED = (0.96, 0.04)
"""Names in their own columns, or two of them exchanged."""
MOST_IN_A_TABLE = 1_500
GROUP = 1.0
"""What the same group adds at most in the rough order (nats): names go with it."""
HOPELESS = 5.0
"""A pair that falls short of the size of the lists by so many nats at first sight is not compared."""
TEXT = 7.0
"""What a shared text tells in the rough order (nats)."""
SHARE_BEFORE, ROWS_BEFORE = 0.1, 10.0
"""The share of the shorter list that is taken to be in the other before anything is known, and for how many rows that counts: a single row has taught
nobody that most people are in both."""
FEW = 20
"""Rows of the shorter list from which on the lists teach more than what was taken beforehand (`Plan.prior_cases`)."""


MOST_WORKERS = 8
"""Chunks of the left that are looked at at once: each takes twelve bytes a record of the right."""


@dataclass(frozen=True)
class Plan:
    """Which columns are what. `names` in the order they are spoken; `categories`, `years` and `texts` by column.

    `texts` are whole texts (a postcode, a date) that agree, are a slip apart, or differ; each is also a key. `within` says which
    column is a part of which (a town of its country); `group` is the category that names go with (country). Per record, `keep`
    pairs are compared at most, of those within `reach` nats of its best at first sight, and `hold` of them held; of keys that more than `largest`
    records share only those of the same group are met, and so where a key leaves a consonant out and more than `largest_slipped` share it. Of lists up to `singles` records a part of a name alone is a key, beyond it only
    pairs of parts: raise it where records often lack a name or give another one (of the pairs that pairs of parts lose on
    historical_50k 44 in 100 are written alike in one name, 1 in two).
    """

    names: Sequence[str]
    categories: Sequence[str] = ()
    years: Sequence[str] = ()
    texts: Sequence[str] = ()
    within: Mapping[str, str] = field(default_factory=dict)
    group: str | None = None
    keep: int = 16
    hold: int = 10
    reach: float = 10.0
    largest: int = 300
    largest_slipped: int = 60
    singles: int = 20_000
    prior_cases: float = 20.0
    rounds: int = 6
    chunk: int = 25_000


@dataclass(frozen=True)
class Linked:
    """Scored pairs (rows of either list), ln likelihood ratios, probabilities when pairs compete, and what was learned.

    `fields` is what each column says; `compared` pairs were compared in all; `prior` is that of a pair, as learned.
    """

    left: Ints
    right: Ints
    score: Floats
    probability: Floats
    learned: Mapping[str, Rates]
    compared: int
    fields: Mapping[str, Floats]
    prior: float = 0.0


@dataclass
class _Held:
    """Pairs that are held: per column the level and ln of how often others show it; `turned` is the exchange of names."""

    left: Ints
    right: Ints
    levels: dict[str, Levels]
    others: dict[str, Floats]

    def only(self, chosen: NDArray[np.int64]) -> _Held:
        return _Held(
            self.left[chosen],
            self.right[chosen],
            {name: levels[chosen] for name, levels in self.levels.items()},
            {name: others[chosen] for name, others in self.others.items()},
        )

    def fields(self, rates: Mapping[str, Rates]) -> dict[str, Floats]:
        """ln likelihood ratio of each column: its level among one person's records over that among others'."""
        told = {}
        for name, levels in self.levels.items():
            same = np.append(np.log(rates[name].same), 0.0).astype(np.float32)
            told[name] = np.where(levels < 0, np.float32(0.0), same[levels] - self.others[name])
        return told


def link(left: pl.DataFrame, right: pl.DataFrame, plan: Plan, *, itself: bool = False) -> Linked:
    """Links two lists, or one with itself. Null is unknown; every column of the plan is in both."""
    order = () if itself else tuple(_neighbours(side, plan) for side in (left, right))
    if order:
        left, right = (side[places] for side, places in zip((left, right), order, strict=True))
    lists = _Lists(left, right, plan, itself)
    rates = {name: Rates(tuple(prior), 0.0, plan.prior_cases) for name, prior in lists.priors.items()}
    parts: list[_Held] = []
    compared = 0
    for rows, columns in lists.pairs():
        compared += len(rows)
        parts.append(lists.compared(rows, columns, rates))
    held = _joined(parts)
    size = max(len(left), len(right))
    # Of two lists a person is in each once; in one file a person may have many records, and each two of them are a pair.
    pairs = max(1.0, size * (size - 1) / 2 if itself else len(left) * len(right))
    prior = 0.5 / max(1, size)
    probability = np.zeros(0, np.float32)
    for _ in range(plan.rounds):
        score = _sum(held.fields(rates), len(held.left))
        probability = _probability(held, score, prior, None if itself else lists.sizes)
        expected = probability.sum(dtype=float)
        if itself:
            prior = float(np.clip(expected, 1.0, max(1.0, 0.5 * pairs)) / pairs)
        else:
            prior = expected_in_both(expected, len(left), len(right)) / pairs
        rates = {
            name: learn_from_weighed(levels, probability.astype(float), lists.priors[name], plan.prior_cases)
            for name, levels in held.levels.items()
        }
    fields = held.fields(rates)
    score = _sum(fields, len(held.left))
    probability = _probability(held, score, prior, None if itself else lists.sizes)
    rows, columns = (
        (side[of] for side, of in zip(order, (held.left, held.right), strict=True))
        if order
        else (held.left, held.right)
    )
    return Linked(rows, columns, score, probability, rates, compared, fields, prior)


def expected_in_both(found: float, left: int, right: int) -> float:
    """How many people are taken to be in two lists of which pairs add up to `found` people (posterior mean of a share, Beta prior)."""
    fewer = max(1, min(left, right))
    share = (found + SHARE_BEFORE * ROWS_BEFORE) / (fewer + ROWS_BEFORE)
    return float(min(share * fewer, 0.9 * max(left, right, 1)))


def _neighbours(side: pl.DataFrame, plan: Plan) -> Ints:
    """An order in which people of one group and of like names follow one another: what is met together then lies together in memory,
    which at a million a side more than halves the time."""
    keys = [*([plan.group] if plan.group else []), *reversed(plan.names)]
    numbered = side.select(*dict.fromkeys(keys)).with_row_index("place")
    return numbered.sort(*dict.fromkeys(keys), maintain_order=True)["place"].to_numpy().astype(np.int32)


def _sum(fields: Mapping[str, Floats], size: int) -> Floats:
    total = np.zeros(size, np.float32)
    for told in fields.values():
        total += told
    return total


def _probability(held: _Held, score: Floats, prior: float, sizes: tuple[int, int] | None) -> Floats:
    """Pairs of two lists of these sizes compete; within one list (None) a person may stand many times, and each pair stands for itself."""
    if sizes is None:
        odds = np.exp(np.minimum(score, 60.0)) * prior / (1 - prior)
        return np.asarray(odds / (1 + odds), np.float32)
    left, right = (max(1, size) for size in sizes)
    free = if_no_other(prior * left * right, left, right)
    return shared_probability(held.left, held.right, score, free).astype(np.float32)


class _Lists:
    """Two lists made ready: keys, codes and names."""

    def __init__(self, left: pl.DataFrame, right: pl.DataFrame, plan: Plan, itself: bool) -> None:
        self.plan, self.itself = plan, itself
        left, right = (_cleaned(side, (*plan.names, *plan.texts)) for side in (left, right))
        self.sizes = len(left), len(right)
        codes = {name: codes_of(left[name], right[name]) for name in (*plan.categories, *plan.years, *plan.texts)}
        codes = completed_codes(codes, plan)
        self.group = (codes[plan.group].left, codes[plan.group].right) if plan.group else None
        self.names = Slots(left, right, plan.names, self.group)
        self.columns = _columns(codes, plan, self.sizes)
        self.texts = [_text_sets(side, plan.texts) for side in (left, right)]
        self.cheap = _cheap(self.columns, plan.group, self.sizes)
        self.priors: dict[str, Sequence[float]] = {
            **dict.fromkeys(plan.names, PRIOR),
            "turned": TURNED,
            **{name: column.prior for name, column in self.columns.items()},
        }
        known = bearers(self.names.values, self.names.spelled[1])
        self.told = told_by_parts(self.names.values, known)

    def _keys(self, side: int, start: int, end: int) -> Keys:
        return keys_of(
            self.names.values, self.names.spelled[side], self.told, self.texts[side], (start, end),
            max(self.sizes) <= self.plan.singles, TEXT,
        )  # fmt: skip

    def _index(self) -> KeyIndex:
        keys, owners, counts = [], [], []
        for start in range(0, self.sizes[1], 4 * self.plan.chunk):
            found = self._keys(1, start, min(self.sizes[1], start + 4 * self.plan.chunk))
            keys.append(found.keys)
            owners.append(found.owners + np.int32(start))
            counts.append(found.counts)
        if not keys:
            return index_keys(np.zeros(0, np.uint64), np.zeros(0, np.int32), np.zeros(0, np.int8))
        joined = np.concatenate(keys), np.concatenate(owners), np.concatenate(counts)
        return index_keys(*joined, self.group[1] if self.group else None)

    def pairs(self) -> Iterator[tuple[Ints, Ints]]:
        """Pairs that share a key, a chunk of the left at a time, in order; the next ones are looked for meanwhile on the other cores."""
        index, written = self._index(), self.names.written()
        workers = max(1, min(MOST_WORKERS, (os.cpu_count() or 1)))
        waiting: deque[Future[tuple[Ints, Ints]]] = deque()
        with ThreadPoolExecutor(workers) as pool:
            for start in range(0, self.sizes[0], self.plan.chunk):
                waiting.append(pool.submit(self._near, start, index, written))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

    def _near(self, start: int, index: KeyIndex, written: Written) -> tuple[Ints, Ints]:
        # Within one file a person may stand many times: none of their pairs makes the others hopeless.
        least, reach = (-np.inf, np.inf) if self.itself else (np.log(max(1, *self.sizes)) - HOPELESS, self.plan.reach)
        return near_pairs(
            self._keys(0, start, min(self.sizes[0], start + self.plan.chunk)), start, index, self.cheap, self.plan.keep,
            self.plan.largest, self.itself, written, self.group[0] if self.group else None, least, reach,
            self.plan.largest_slipped if self.group else None,
        )  # fmt: skip

    def compared(self, rows: Ints, columns: Ints, rates: Mapping[str, Rates]) -> _Held:
        """Levels of all columns of these pairs; names turned where that is likelier; the likeliest of each row."""
        levels: dict[str, Levels] = {}
        others: dict[str, Floats] = {}
        for slot, name in enumerate(self.plan.names):
            levels[name] = self.names.levels(rows, columns, slot, slot)
            others[name] = self.names.others(levels[name], columns, slot)
        levels["turned"] = np.zeros(len(rows), np.int8)
        others["turned"] = np.zeros(len(rows), np.float32)
        for name, column in self.columns.items():
            levels[name] = column.levels(rows, columns)
            others[name] = column.others(levels[name], rows, columns)
        held = _Held(rows, columns, levels, others)
        for one, other in self.names.turned():
            self._turn(held, one, other, rates)
        if self.itself:
            return held
        score = _sum(held.fields(rates), len(rows))
        return held.only(_best_of_each(rows, score, self.plan.hold))

    def _turn(self, held: _Held, one: int, other: int, rates: Mapping[str, Rates]) -> None:
        """Takes two names as exchanged where that says more than to take them as they stand."""
        names = self.plan.names[one], self.plan.names[other]
        doubtful = np.flatnonzero(
            (held.levels[names[0]] > 3) & (held.levels[names[1]] > 3) & (held.levels["turned"] == 0)
        )
        rows, columns = held.left[doubtful], held.right[doubtful]
        # The name in one slot of the right is compared with that in the other of the left.
        crossed = [self.names.levels(rows, columns, b, a) for a, b in ((one, other), (other, one))]
        chance = [self.names.others(crossed[at], columns, slot) for at, slot in enumerate((one, other))]
        order = np.log(rates["turned"].same)
        gain = np.full(len(doubtful), order[1] - order[0], np.float32)
        for at, name in enumerate(names):
            same = np.append(np.log(rates[name].same), 0.0).astype(np.float32)
            gain += same[crossed[at]] - chance[at]
            gain -= same[held.levels[name][doubtful]] - held.others[name][doubtful]
        better = gain > 0
        for at, name in enumerate(names):
            held.levels[name][doubtful[better]] = crossed[at][better]
            held.others[name][doubtful[better]] = chance[at][better]
        held.levels["turned"][doubtful[better]] = 1


def completed_codes(codes: Mapping[str, Codes], plan: Plan) -> dict[str, Codes]:
    """With the group of a record, where it is unknown, that which its part always lies in: the country of its town."""
    found = dict(codes)
    for part, whole in plan.within.items():
        if part in found and whole in found:
            of_part = _whole_of(found[part], found[whole])
            left, right = (
                np.where(one >= 0, one, of_part[in_part]).astype(np.int32)
                for one, in_part in zip(
                    (found[whole].left, found[whole].right), (found[part].left, found[part].right), strict=True
                )
            )
            found[whole] = replace(found[whole], left=left, right=right)
    return found


def _whole_of(part: Codes, whole: Codes) -> Ints:
    """The one whole that a part is seen in, twice at least; -1 where it is seen in several, or is unknown (the last)."""
    parts, wholes = np.concatenate([part.left, part.right]), np.concatenate([whole.left, whole.right])
    known = (parts >= 0) & (wholes >= 0)
    met = np.bincount(parts[known], minlength=len(part.values))
    first = np.full(len(part.values), len(whole.values), np.int32)
    last = np.full(len(part.values), -1, np.int32)
    np.minimum.at(first, parts[known], wholes[known])
    np.maximum.at(last, parts[known], wholes[known])
    return np.append(np.where((met > 1) & (first == last), last, -1), -1).astype(np.int32)


def _cleaned(side: pl.DataFrame, texts: Sequence[str]) -> pl.DataFrame:
    """Texts without blanks around them; an empty one is unknown."""
    stripped = [pl.col(name).cast(pl.String).str.strip_chars() for name in texts]
    return side.with_columns(*stripped).with_columns(
        pl.when(pl.col(name) != "").then(pl.col(name)).alias(name) for name in texts
    )


def _columns(codes: Mapping[str, Codes], plan: Plan, sizes: tuple[int, int]) -> dict[str, Category | Years | Texts]:
    generator = np.random.default_rng(0)
    first, second = (generator.integers(0, max(1, size), 200_000 if size else 0).astype(np.int32) for size in sizes)
    return {
        **{name: Category(codes[name], codes.get(plan.within.get(name, ""))) for name in plan.categories},
        **{name: Years(codes[name]) for name in plan.years},
        **{name: Texts(codes[name], (first, second)) for name in plan.texts},
    }


def _cheap(columns: Mapping[str, Category | Years | Texts], group: str | None, sizes: tuple[int, int]) -> CheapTables:
    """First guesses for the rough order: agreement by rarity, years by how near they are; that of the group names say already."""
    tables = [
        (column.codes.left, column.codes.right, np.minimum(column.table(), GROUP if name == group else np.inf))
        for name, column in columns.items()
        if not isinstance(column, Texts) and 0 < len(column.codes.values) <= MOST_IN_A_TABLE
    ]
    return cheap_tables(tables, *sizes)


def _text_sets(side: pl.DataFrame, texts: Sequence[str]) -> Sets | None:
    if not texts:
        return None
    hashed = [side[name].cast(pl.String).hash(seed).to_numpy() >> np.uint64(2) for seed, name in enumerate(texts)]
    known = [side[name].is_not_null().to_numpy() for name in texts]
    table, held = np.stack(hashed, axis=1).astype(np.int64), np.stack(known, axis=1)
    counts = held.sum(axis=1)
    ends = np.cumsum(counts)
    return Sets(np.stack([ends - counts, ends], axis=1).astype(np.int32), table[held])


def _joined(parts: Sequence[_Held]) -> _Held:
    if not parts:
        none = np.zeros(0, np.int32)
        return _Held(none, none, {}, {})
    first = parts[0]
    return _Held(
        np.concatenate([part.left for part in parts]),
        np.concatenate([part.right for part in parts]),
        {name: np.concatenate([part.levels[name] for part in parts]) for name in first.levels},
        {name: np.concatenate([part.others[name] for part in parts]) for name in first.others},
    )


def _best_of_each(rows: Ints, score: Floats, most: int) -> NDArray[np.int64]:
    """Positions of the `most` highest scores of each row."""
    order = np.lexsort((-score, rows))
    ordered = rows[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])) if len(ordered) else np.zeros(0, np.int64)
    place = np.arange(len(ordered)) - np.repeat(starts, np.diff(np.append(starts, len(ordered))))
    return np.sort(order[place < most])


def one_to_one(linked: Linked, least: float = 0.5) -> NDArray[np.bool_]:
    """Pairs chosen from the likeliest on, each record once; those below `least` probability are not chosen."""
    order = np.argsort(-linked.probability, kind="stable")
    order = order[linked.probability[order] >= least]
    chosen = np.zeros(len(linked.left), bool)
    taken = _take(
        linked.left, linked.right, order, int(linked.left.max(initial=-1)) + 1, int(linked.right.max(initial=-1)) + 1
    )
    chosen[order[taken]] = True
    return chosen


@njit(cache=True)
def _take(left: Ints, right: Ints, order: NDArray[np.intp], rows: int, columns: int) -> NDArray[np.bool_]:
    gone, gone_2 = np.zeros(rows, np.bool_), np.zeros(columns, np.bool_)
    taken = np.zeros(len(order), np.bool_)
    for at in range(len(order)):
        k = order[at]
        if not gone[left[k]] and not gone_2[right[k]]:
            gone[left[k]] = gone_2[right[k]] = taken[at] = True
    return taken
