"""Columns of records as whole numbers: distinct values as codes, and sets of numbers per record.

Own.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Meant:
    """Of distinct places those that the name of each may mean, itself where it is that of one: where they begin, how many they are; of each its
    number and its share."""

    starts: Ints
    counts: Ints
    codes: Ints
    shares: NDArray[np.float64]


@dataclass(frozen=True)
class Coded:
    """Distinct values and, per record, which one it has; -1 where it is unknown."""

    values: tuple[Any, ...]
    codes: Ints
    meant: Meant | None = None


def coded(values: Iterable[Hashable | None]) -> Coded:
    """Numbers the distinct values in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    codes = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return Coded(tuple(numbers), np.array(codes, np.int32))


def with_others(places: Coded, others: Callable[[Any], Sequence[tuple[float, Any]]]) -> Coded:
    """The places with those that a name may mean instead (share, value) as further values; as they are where no name is that of several."""
    each = [tuple(others(value)) for value in places.values]
    if not any(each):
        return places
    numbers = {value: number for number, value in enumerate(places.values)}
    told = [
        [(share, numbers.setdefault(value, len(numbers))) for share, value in meant] or [(1.0, number)]
        for number, meant in enumerate(each)
    ]
    told += [[(1.0, number)] for number in range(len(told), len(numbers))]
    counts = np.array([len(one) for one in told], np.int32)
    meant = Meant(
        (np.cumsum(counts) - counts).astype(np.int32),
        counts,
        np.array([number for one in told for _, number in one], np.int32),
        np.array([share for one in told for share, _ in one], float),
    )
    return Coded((*places.values, *list(numbers)[len(places.values) :]), places.codes, meant)


@dataclass(frozen=True)
class Sets:
    """A set of whole numbers per record: ranges into `held`, ascending within each."""

    ranges: Ints
    held: NDArray[np.int64]


def sets_of(each: Sequence[Iterable[int]]) -> Sets:
    """The sets of each record."""
    ordered = [sorted(set(one)) for one in each]
    ends = np.cumsum([len(one) for one in ordered])
    starts = ends - [len(one) for one in ordered]
    ranges = np.stack([starts, ends], axis=1).astype(np.int32) if len(each) else np.zeros((0, 2), np.int32)
    return Sets(ranges, np.array([number for one in ordered for number in one], np.int64))
