"""Names in columns of their own (given, father's, family): each compared with its like, or with another where order was turned.

How far two written names are apart is the nats that the names' own score loses against each with itself (`names.kernel`), so that a
transliteration in any script costs little and another name much. What agreement tells is how rare the name is among the people of the right list:
of the same country, where a column says it, because names go with countries. Names of one coarse skeleton that are spelled
otherwise tell how rare the skeleton is.
What a value's rarity tells is of Fellegi & Sunter (1969, JASA 64:1183, §3.3); the levels of a written name are our own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise

import numpy as np
import polars as pl
from anyascii import anyascii
from numpy.typing import NDArray

from opencompact.missing.candidates.agreement import slips
from opencompact.missing.candidates.blocking import Written
from opencompact.missing.candidates.naming import Spellings, Values, prepare_values, rolls_of
from opencompact.missing.evidence.learning import level_frequencies
from opencompact.missing.names import model
from opencompact.missing.names.kernel import score_rows

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Levels = NDArray[np.int8]
LOSSES = (1.0, 3.0)
"""Nats lost up to which two names of one skeleton are at level 1, 2; beyond at 3."""
SLIP_LOSSES = (2.5, 6.0)
"""The same for names of different skeletons: levels 4, 5."""
SLIP, DIFFER = 6, 7
LEVELS = 8
PRIOR = (0.55, 0.14, 0.07, 0.03, 0.07, 0.04, 0.04, 0.06)
PEOPLE = 20.0
"""A country's own shares of names count against those of everyone as so many people."""
PAIR = 2
"""The two records of a pair do not count among the others who bear its name; but a name that is met at all is borne by one more at least."""
SAMPLE = 400_000
LETTERS = 0.5
"""What agreement to the letter adds besides, in nats: few names of two people of one skeleton are spelled alike."""


class Slots:
    """The names of both lists: every distinct value prepared once, compared once for each chunk of pairs."""

    def __init__(
        self, left: pl.DataFrame, right: pl.DataFrame, names: Sequence[str], groups: tuple[Ints, Ints] | None
    ) -> None:
        distinct = pl.concat([side[name].cast(pl.String) for side in (left, right) for name in names])
        distinct = distinct.unique().drop_nulls().sort()
        self.texts = distinct.to_list()
        self.values = prepare_values(self.texts)
        self.codes = (_numbered(left, names, distinct), _numbered(right, names, distinct))
        self.spelled = tuple(_spelled(codes) for codes in self.codes)
        self.width = len(names)
        each = np.arange(len(self.texts), dtype=np.int32)
        alone = np.stack([each, each + 1], axis=1)
        self._rolls = rolls_of(self.values, Spellings(each, alone, alone))
        self._costs = model.costs()
        self._own = self._score(each, each)
        self._ends = _ends(self.texts)
        self.classes = classes(self.values)
        self.groups = groups
        self._rare = [self._rarities(slot, None) for slot in range(self.width)]
        self._rare_class = [self._rarities(slot, self.classes) for slot in range(self.width)]
        self.chance = self._by_chance(np.random.default_rng(0))

    def _score(self, a: Ints, b: Ints) -> Floats:
        return score_rows(self.values.lexicon, self._rolls, a, self._rolls, b, self._costs)

    def levels(self, rows: Ints, columns: Ints, slot: int, other: int) -> Levels:
        """How well the name in a slot of the left agrees with that in a slot of the right."""
        return self._compared(self.codes[0][rows, slot], self.codes[1][columns, other])

    def _compared(self, a: Ints, b: Ints) -> Levels:
        found = np.where((a < 0) | (b < 0), -1, 0).astype(np.int8)
        apart = np.flatnonzero((a != b) & (found == 0))
        pairs, where = np.unique(a[apart].astype(np.int64) * len(self.texts) + b[apart], return_inverse=True)
        first, second = (side.astype(np.int32) for side in np.divmod(pairs, max(1, len(self.texts))))
        found[apart] = self._distances(first, second)[where]
        return found

    def _distances(self, a: Ints, b: Ints) -> Levels:
        """Levels of different names."""
        lost = 0.5 * (self._own[a] + self._own[b]) - self._score(a, b)
        told = np.where(
            self.classes[a] == self.classes[b],
            1 + np.searchsorted(LOSSES, lost),
            SLIP - len(SLIP_LOSSES) + np.searchsorted(SLIP_LOSSES, lost),
        ).astype(np.int8)
        told[told == SLIP] = DIFFER
        # What sounds otherwise may still be a slip: only names with a common end and about as long are looked at.
        like = np.flatnonzero((told == DIFFER) & _like(self._ends, a, b))
        length = np.minimum(self._ends[a[like], 2], self._ends[b[like], 2])
        told[like[slips(self.texts, a[like], b[like], 2) <= np.where(length >= 7, 2, 1)]] = SLIP
        return told

    def others(self, levels: Levels, columns: Ints, slot: int) -> Floats:
        """ln of the probability that another person of the right list shows this level in this slot."""
        chance = np.log(self.chance[slot]).astype(np.float32)
        skeleton = np.append(np.log(self.chance[slot][: SLIP - 2] / self.chance[slot][: SLIP - 2].sum()), np.zeros(4))
        told = np.where(levels == 0, self._rare[slot][columns], chance[levels])
        near = (levels >= 1) & (levels <= len(LOSSES) + 1)
        told = np.where(near, self._rare_class[slot][columns] + skeleton.astype(np.float32)[levels], told)
        return np.where(levels < 0, np.float32(0.0), told).astype(np.float32)

    def _rarities(self, slot: int, of: Ints | None) -> Floats:
        """ln of the share of each right record's name (or its class) in a slot, among the people of its group."""
        sides = [codes[:, slot] if of is None else np.append(of, -1)[codes[:, slot]] for codes in self.codes]
        both = np.concatenate(sides)
        known = both >= 0
        counts = np.bincount(both[known], minlength=1)
        share = np.maximum(counts[sides[1]] - PAIR, 1) / max(1, known.sum() - PAIR)
        if self.groups is not None:
            group = np.concatenate(self.groups)
            known &= group >= 0
            pairs, numbers = np.unique(both[known].astype(np.int64) << 20 | group[known], return_inverse=True)
            many = np.bincount(numbers)
            people = np.bincount(group[known], minlength=int(group.max(initial=0)) + 1)
            wanted = sides[1].astype(np.int64) << 20 | np.maximum(self.groups[1], 0)
            at = np.minimum(np.searchsorted(pairs, wanted), max(0, len(pairs) - 1))
            met = np.where(pairs[at] == wanted, many[at], 0) if len(pairs) else np.zeros(len(wanted))
            met = np.maximum(met - PAIR, np.minimum(met, 1))
            own = (met + PEOPLE * share) / (people[np.maximum(self.groups[1], 0)] + PEOPLE)
            share = np.where(self.groups[1] >= 0, own, share)
        return np.asarray(np.log(np.clip(share, 1e-9, 1.0)), np.float32)

    def _by_chance(self, generator: np.random.Generator) -> list[NDArray[np.float64]]:
        """How often each level is met among two people (of one group) taken at random, per slot."""
        size = min(SAMPLE, 20 * min(len(codes) for codes in self.codes))
        rows, columns = (generator.integers(0, max(1, len(codes)), size, np.int32) for codes in self.codes)
        if self.groups is not None and size:
            columns = _of_same_group(self.groups, rows, generator)
            rows, columns = rows[columns >= 0], columns[columns >= 0]
        return [level_frequencies(self.levels(rows, columns, slot, slot), LEVELS) for slot in range(self.width)]

    def written(self) -> Written:
        """What the rough order of blocking takes from names that agree to the letter: how much rarer they are than their skeleton."""
        adds = np.stack([c - e for c, e in zip(self._rare_class, self._rare, strict=True)], axis=1)
        return Written(*self.codes, np.maximum(adds, 0) + np.float32(LETTERS), letters(self.texts))

    def turned(self) -> list[tuple[int, int]]:
        """Pairs of slots that may have been exchanged."""
        return list(combinations(range(self.width), 2))


def _numbered(side: pl.DataFrame, names: Sequence[str], distinct: pl.Series) -> Ints:
    """(records, names): the number of each value, -1 where it is unknown."""
    numbers = pl.DataFrame({"value": distinct, "number": np.arange(len(distinct), dtype=np.int32)})
    columns = [
        side.select(pl.col(name).cast(pl.String).alias("value"))
        .join(numbers, on="value", how="left", maintain_order="left")["number"]
        .fill_null(-1)
        .to_numpy()
        for name in names
    ]
    return np.ascontiguousarray(np.stack(columns, axis=1))


def _spelled(codes: Ints) -> Spellings:
    """One spelling per record: the values of its columns in order; none where all are unknown."""
    counts = (codes >= 0).sum(axis=1)
    ends = np.cumsum(counts)
    bounds = np.stack([ends - counts, ends], axis=1).astype(np.int32)
    some = (counts > 0).astype(np.int64)
    upto = np.cumsum(some)
    records = np.stack([upto - some, upto], axis=1).astype(np.int32)
    return Spellings(codes[codes >= 0], bounds[counts > 0], records)


def classes(values: Values) -> Ints:
    """A number for the coarse skeletons of all parts of a value, in any order; its own where it has none."""
    first = np.zeros(len(values.full), np.uint64)
    some = values.full[:, 1] > values.full[:, 0]
    first[some] = values.full_keys[values.full[some, 0]]
    summed = np.append(np.uint64(0), np.cumsum(first, dtype=np.uint64))
    of_value = summed[values.parts[:, 1]] - summed[values.parts[:, 0]]
    alone = of_value == 0
    of_value[alone] = np.flatnonzero(alone).astype(np.uint64)
    return np.asarray(np.unique(of_value, return_inverse=True)[1], np.int32)


def letters(texts: Sequence[str]) -> NDArray[np.uint64]:
    """The pairs of letters of each text in Latin letters, and of its consonants alone, as 64 bits."""
    return np.array([_letters(anyascii(text).lower()) for text in texts], np.uint64)


def _letters(text: str) -> int:
    found = 0
    for said in (f"^{text}$", "".join(letter for letter in text if letter not in "aeiouy ")):
        for one, other in pairwise(said):
            found |= 1 << ((ord(one) * 31 + ord(other) * 7) % 61)
    return found


def _ends(texts: Sequence[str]) -> Ints:
    """First letter, last letter and length of each text."""
    return np.array([(ord(text[0]), ord(text[-1]), len(text)) for text in texts], np.int32).reshape(-1, 3)


def _like(ends: Ints, a: Ints, b: Ints) -> NDArray[np.bool_]:
    """Whether two texts begin or end alike, are about as long, and long enough for a slip to be told from another name."""
    alike = (ends[a, 0] == ends[b, 0]) | (ends[a, 1] == ends[b, 1])
    return np.asarray(alike & (np.abs(ends[a, 2] - ends[b, 2]) <= 2) & (np.minimum(ends[a, 2], ends[b, 2]) >= 4))


def _of_same_group(groups: tuple[Ints, Ints], rows: Ints, generator: np.random.Generator) -> Ints:
    """For each row of the left a random one of the right of the same group; -1 where there is none."""
    order = np.argsort(groups[1], kind="stable")
    ordered = groups[1][order]
    low, high = (np.searchsorted(ordered, groups[0][rows], side) for side in ("left", "right"))
    at = low + (generator.random(len(rows)) * (high - low)).astype(np.int64)
    found = order[np.minimum(at, max(0, len(order) - 1))]
    return np.where((high > low) & (groups[0][rows] >= 0), found, -1).astype(np.int32)
