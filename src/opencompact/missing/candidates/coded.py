"""Columns of records as whole numbers: distinct values as codes, and sets of numbers per record.

Own.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Coded:
    """Distinct values and, per record, which one it has; -1 where it is unknown."""

    values: tuple[Any, ...]
    codes: Ints


def coded(values: Iterable[Hashable | None]) -> Coded:
    """Numbers the distinct values in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    codes = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return Coded(tuple(numbers), np.array(codes, np.int32))


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
