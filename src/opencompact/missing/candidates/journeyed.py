"""What records tell of their journeys, as columns: departures, places passed, means of travel, routes.

Own arrays; what is read of a record is what `evidence.departure` and `evidence.journey` read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Coded, coded
from opencompact.missing.evidence.departure import bare, departure_of, is_known
from opencompact.missing.evidence.journey import means_of, places_passed, routes_of
from opencompact.missing.records.places import Place
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Journeyed:
    """What the records of a register tell of their journeys: who tells a departure at all, its days (first, number) and place, the places passed
    (ranges into numbers of places), means and routes."""

    tells: NDArray[np.bool_]
    days: Coded
    places: Coded
    passed: tuple[Place, ...]
    ranges: Ints
    held: Ints
    means: Coded
    routes: Coded

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """First day and number of days of each distinct departure."""
        first, length = np.array(self.days.values, np.int32).reshape(-1, 2).T
        return first, length


def journeyed(records: Sequence[Record]) -> Journeyed:
    """The journeys of records, ready."""
    departures = [departure_of(record) for record in records]
    passed: dict[Place, int] = {}
    each = [
        sorted({passed.setdefault(bare(place), len(passed)) for place in places_passed(record)}) for record in records
    ]
    ends = np.cumsum([0, *map(len, each)])
    return Journeyed(
        np.array([record.stop("departure") is not None for record in records], bool),
        coded((stop.days.start.toordinal(), stop.days.length) if stop and stop.days else None for stop in departures),
        coded(bare(stop.place) if stop and stop.place and is_known(stop.place) else None for stop in departures),
        tuple(passed),
        np.stack([ends[:-1], ends[1:]], axis=1).astype(np.int32),
        np.array([place for one in each for place in one], np.int32),
        coded(means_of(record) or None for record in records),
        coded(routes_of(record) or None for record in records),
    )
