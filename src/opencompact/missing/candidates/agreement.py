"""How well two lists' columns agree, and how often two other people would agree as well: categories, years, texts.

A level is 0 for the same value, higher for less agreement, -1 where a side does not know. What agreement tells depends on how common the
value is (Fellegi & Sunter 1969, JASA 64:1183, §3.3: value-specific weights), so `others` gives, pair by pair, the log
probability that another person of the right list shows this level.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from opencompact.missing.evidence.learning import level_frequencies

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Levels = NDArray[np.int8]
YEARS_APART = 3
"""Years from which on a level says no more than: apart."""


@dataclass(frozen=True)
class Codes:
    """Distinct values of a column of both lists: numbers per record, -1 unknown; the values in order and their shares."""

    left: Ints
    right: Ints
    values: pl.Series
    shares: Floats


def codes_of(left: pl.Series, right: pl.Series) -> Codes:
    """Numbers the values of a column of both lists."""
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
    return Codes(numbers[: len(left)], numbers[len(left) :], distinct, (counts / counts.sum()).astype(np.float32))


class Category:
    """Values that are the same or not. `within` is the column of which this one is a part: a town tells little beside its country."""

    prior = (0.85, 0.15)

    def __init__(self, codes: Codes, within: Codes | None = None) -> None:
        self.codes, self.within = codes, within
        self.same = np.log(np.append(codes.shares, 1.0)).astype(np.float32)
        self.whole = None if within is None else np.log(np.append(within.shares, 1.0)).astype(np.float32)

    def levels(self, rows: Ints, columns: Ints) -> Levels:
        """0 the same, 1 another."""
        a, b = self.codes.left[rows], self.codes.right[columns]
        return np.where((a < 0) | (b < 0), -1, (a != b).astype(np.int8)).astype(np.int8)

    def others(self, levels: Levels, rows: Ints, columns: Ints) -> Floats:
        """How common the value is, among those who share the whole if both do."""
        told = np.where(levels == 0, self.same[self.codes.right[columns]], np.float32(0.0))
        if self.within is not None and self.whole is not None:
            b = self.within.right[columns]
            told -= np.where((levels == 0) & (b >= 0) & (self.within.left[rows] == b), self.whole[b], np.float32(0.0))
        return np.asarray(np.minimum(told, 0.0), np.float32)

    def table(self) -> Floats:
        """What two values say at first sight (left code, right code)."""
        size = len(self.codes.values)
        table = np.full((size, size), -1.5, np.float32)
        shares = self.codes.shares
        if self.within is not None:
            of = np.full(size, -1, np.int32)
            of[self.codes.right] = self.within.right
            shares = np.minimum(1.0, shares / np.where(of >= 0, self.within.shares[of], 1.0))
        np.fill_diagonal(table, np.log(0.8 / shares))
        return table


class Years:
    """Whole years: the same, one apart, two apart, further apart."""

    prior = (0.75, 0.12, 0.08, 0.05)

    def __init__(self, codes: Codes) -> None:
        self.codes = codes
        self.numbers = codes.values.cast(pl.Int64).to_numpy() if len(codes.values) else np.zeros(1, np.int64)
        gaps = np.minimum(np.abs(self.numbers[:, None] - self.numbers[None, :]), YEARS_APART)
        shares = np.stack(
            [(np.where(gaps == gap, codes.shares[:, None], 0)).sum(axis=0) for gap in range(YEARS_APART + 1)]
        )
        self.chance = np.log(np.maximum(shares, 1e-6)).astype(np.float32)

    def levels(self, rows: Ints, columns: Ints) -> Levels:
        """Years apart, at most YEARS_APART."""
        a, b = self.codes.left[rows], self.codes.right[columns]
        gaps = np.minimum(np.abs(self.numbers[a] - self.numbers[b]), YEARS_APART)
        return np.where((a < 0) | (b < 0), -1, gaps).astype(np.int8)

    def others(self, levels: Levels, rows: Ints, columns: Ints) -> Floats:
        """The share of people born so far from the year of the right."""
        return np.asarray(self.chance[levels, self.codes.right[columns]], np.float32)

    def table(self) -> Floats:
        """What two years say at first sight."""
        gaps = np.minimum(np.abs(self.numbers[:, None] - self.numbers[None, :]), YEARS_APART)
        return np.array([2.5, 1.5, 1.5, -2.5], np.float32)[gaps]


class Texts:
    """Whole texts (a postcode, a date): the same, a slip apart, two slips apart, otherwise."""

    prior = (0.75, 0.12, 0.06, 0.07)

    def __init__(self, codes: Codes, sample: tuple[Ints, Ints]) -> None:
        self.codes = codes
        self.texts = codes.values.cast(pl.String).to_list()
        self.same = np.log(np.append(codes.shares, 1.0)).astype(np.float32)
        self.chance = np.log(level_frequencies(self.levels(*sample), len(self.prior))).astype(np.float32)

    def levels(self, rows: Ints, columns: Ints) -> Levels:
        """Slips between the two (Damerau–Levenshtein), at most three."""
        a, b = self.codes.left[rows], self.codes.right[columns]
        return np.where((a < 0) | (b < 0), -1, slips(self.texts, a, b, 2)).astype(np.int8)

    def others(self, levels: Levels, rows: Ints, columns: Ints) -> Floats:
        """How common the text is, or how often texts are so near."""
        return np.where(levels == 0, self.same[self.codes.right[columns]], self.chance[levels]).astype(np.float32)


def slips(texts: Sequence[str], a: Ints, b: Ints, most: int) -> NDArray[np.int8]:
    """Slips of typing between texts number `a` and `b`; `most` + 1 where there are more."""
    from rapidfuzz.distance import DamerauLevenshtein
    from rapidfuzz.process import cpdist

    found = np.full(len(a), most + 1, np.int8)
    found[a == b] = 0
    apart = np.flatnonzero((a != b) & (a >= 0) & (b >= 0))
    if len(apart):
        first, second = ([texts[number] for number in side[apart].tolist()] for side in (a, b))
        counted = cpdist(first, second, scorer=DamerauLevenshtein.distance, score_cutoff=most, dtype=np.uint8)
        found[apart] = np.minimum(counted, most + 1)
    return found
