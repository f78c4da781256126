"""Places and days among the others of the register, over arrays of pairs: the fast twin of `evidence.crowd` and `evidence.crowded_days`.

Own tables; the methods are those of `evidence`, with their sources there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.sides import Side
from opencompact.missing.candidates.tables import tabled_where_small
from opencompact.missing.candidates.travelled import met_before
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.crowd import STEPS, Codes, Crowd, even_density, steps_of
from opencompact.missing.evidence.crowded_days import CrowdedDays, fits_no_better, less_by
from opencompact.missing.evidence.routes import ways, ways_between, widths, widths_between
from opencompact.missing.evidence.where_when import WIDE, delay_density

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
LARGEST_TABLE = 4_000_000
"""Pairs of places up to which the ways between all of them are worked out; beyond, those that are asked for."""


Told = Callable[[Ints, Ints, Floats, Flags | None], Floats]
"""Rows, columns, ln LR of places, and of which pairs the names are alike (of none)."""


def crowding(left: Side, right: Side, setting: Setting) -> Told:
    """What places say among those of the register, where each journey is met (`where_when.first_known`)."""
    before, found = met_before(left, right), Crowding(left, right, setting, setting.crowd)
    if before is None:
        return found
    departed = Crowding(left, right.departing, setting, setting.departed)

    def told(rows: Ints, columns: Ints, places: Floats, alike: Flags | None) -> Floats:
        out, at = found(rows, columns, places, alike), np.flatnonzero(before(rows, columns))
        out[at] = departed(rows[at], columns[at], places[at], None if alike is None else alike[at])
        return out

    return told


def timing(left: Side, right: Side, setting: Setting) -> Callable[[Ints, Ints, Floats], Floats]:
    """What days say among those of the register, where each journey is met: of rows, columns, ln LR of days. `evidence.crowded_days`."""
    before, found = met_before(left, right), _timing(left, right, setting, setting.crowd_days)
    if before is None:
        return found
    departed = _timing(left, right.departing, setting, setting.departed_days)

    def told(rows: Ints, columns: Ints, times: Floats) -> Floats:
        out, at = found(rows, columns, times), np.flatnonzero(before(rows, columns))
        out[at] = departed(rows[at], columns[at], times[at])
        return out

    return told


def _timing(left: Side, right: Side, setting: Setting, days: CrowdedDays) -> Callable[[Ints, Ints, Floats], Floats]:
    if not days.people:
        return lambda rows, columns, times: times.copy()
    parameters, (starts, lengths), (found, found_lengths) = setting.parameters, left.last_days, right.found_days
    settings, fitting = parameters["time"], days.fitting(starts, lengths, parameters)

    def fits(a: Ints, b: Ints) -> Floats:
        density = delay_density(found[b] - starts[a], lengths[a], found_lengths[b], parameters)
        return np.log(fits_no_better(density, fitting[a], days.people, settings))

    less = tabled_where_small(left.register.last_days, right.register.found_days, fits)

    def told(rows: Ints, columns: Ints, times: Floats) -> Floats:
        share = np.where(left.are_sought[rows] == right.are_sought[columns], 0.0, less(rows, columns))
        out, at = times.copy(), np.flatnonzero(share)
        out[at] = less_by(times[at], np.exp(share[at]), settings["error"])
        return out

    return told


class Crowding:
    """What places say among those of the register, for pairs (row of `left`, row of `right`)."""

    def __init__(self, left: Side, right: Side, setting: Setting, crowd: Crowd) -> None:
        self.left, self.right, self.crowd = left, right, crowd
        self.settings = setting.parameters["place"]
        self.starts, self.ends = left.register.last, right.register.found
        self.origins = left.register.origin, right.register.origin
        if not self.crowd.points:
            return
        mine, others = (side.values for side in self.origins)
        self.pairs, self.own_of = self._pairs_met(mine)
        tables = self.crowd.tables(self.starts.values, self.pairs, self.settings["other"], self.settings["crowd"])
        self.whole, self.own = (table.astype(np.float32) for table in tables)
        shared = [[not set(one).isdisjoint(other) for other in others] for one in mine]
        self.shared = np.array(shared, bool).reshape(len(mine), len(others))
        self.wide = np.array([place.radius >= WIDE for place in self.starts.values], bool), right.radii >= WIDE
        self.away = self._away()

    def __call__(self, rows: Ints, columns: Ints, places: Floats, alike: Flags | None) -> Floats:
        """`places` as they count among those of the register."""
        starts, ends = self.starts.codes[rows], self.ends.codes[columns]
        if not self.crowd.points or not len(self.wide[0]) or not len(self.wide[1]):
            return places.copy()
        apart = self.left.are_sought[rows] != self.right.are_sought[columns]
        known = np.flatnonzero(apart & (starts >= 0) & (ends >= 0) & ~self.wide[0][starts] & ~self.wide[1][ends])
        rows, columns, starts, ends = (each[known] for each in (rows, columns, starts, ends))
        own = self._own(rows, columns, np.zeros(len(known), bool) if alike is None else alike[known])
        at, even = self.away(starts, ends)
        out = places.copy()
        out[known] = _crowded(places[known], starts, own, self.whole, self.own, at, even, self.settings["error"])
        return out

    def _pairs_met(self, origins: Sequence[Codes]) -> tuple[list[tuple[int, Codes]], Ints]:
        """The pairs (place, origins) that records of the left have, and which one each has; -1 where one is unknown."""
        starts, codes = self.starts.codes.astype(np.int64), self.origins[0].codes
        known = np.flatnonzero((starts >= 0) & (codes >= 0))
        pairs, numbers = np.unique(starts[known] * max(1, len(origins)) + codes[known], return_inverse=True)
        of = np.full(len(starts), -1, np.int32)
        of[known] = numbers
        return [(pair // len(origins), origins[pair % len(origins)]) for pair in pairs.tolist()], of

    def _own(self, rows: Ints, columns: Ints, alike: Flags) -> Ints:
        """The pair of place and origins whose people are the others (`evidence.crowd.same_ways`); -1 where all are."""
        mine, other = self.origins[0].codes[rows], self.origins[1].codes[columns]
        same = (mine >= 0) & (other < 0) & alike
        if self.shared.size:
            same |= (mine >= 0) & (other >= 0) & self.shared[mine, other]
        return np.where(same, self.own_of[rows], np.int32(-1)).astype(np.int32)

    def _away(self) -> Callable[[Ints, Ints], tuple[Floats, Floats]]:
        """Of numbers of distinct places: steps to the middle of the way, and the density of others that are spread evenly."""
        starts, ends, radii, wide = self.starts.values, self.right.ends, self.right.radii, self.settings["other"]

        def told(kilometres: Floats, width: Floats) -> tuple[Floats, Floats]:
            return steps_of(kilometres + width / 2) - 0.5, even_density(kilometres, width, wide)

        if len(starts) * len(radii) <= LARGEST_TABLE:
            at, even = told(np.maximum(0.0, ways(starts, ends) - radii), widths(starts, ends, radii))
            return lambda a, b: (at[a, b], even[a, b])

        def between(a: Ints, b: Ints) -> tuple[Floats, Floats]:
            far = np.maximum(0.0, ways_between(starts, ends, a, b) - radii[b])
            return told(far, widths_between(starts, ends, radii, a, b))

        return between


@njit(cache=True, nogil=True)
def _crowded(
    places: Floats, starts: Ints, own: Ints, whole: NDArray[np.float32], owns: NDArray[np.float32],
    at: Floats, even: Floats, error: float,
) -> Floats:  # fmt: skip
    """`evidence.crowd.crowded`, with what is counted between the middles of two steps."""
    out = np.zeros(len(places))
    for k in range(len(places)):
        step = min(max(at[k], 0.0), STEPS - 1.0)
        before = min(int(step), STEPS - 2)
        table = whole[starts[k]] if own[k] < 0 else owns[own[k]]
        counted = table[before] + (step - before) * (table[before + 1] - table[before])
        rightly = max(math.exp(places[k]) - error, 0.0)
        out[k] = math.log(rightly * math.exp(even[k] - counted) + error)
    return out
