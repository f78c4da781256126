"""Places and days among the others of the register, over arrays of pairs: the fast twin of `evidence.crowd` and `evidence.crowded_days`.

Own tables; the methods are those of `evidence`, with their sources there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.going import Journey, Met
from opencompact.missing.candidates.several import several
from opencompact.missing.candidates.tables import tabled_where_small
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.crowd import STEPS, Codes, Crowd, even_density, steps_of
from opencompact.missing.evidence.crowded_days import CrowdedDays, fits_no_better, less_by
from opencompact.missing.evidence.distances import WIDE
from opencompact.missing.evidence.routes import ways, ways_between, widths, widths_between
from opencompact.missing.evidence.where_when import beside, delay_density

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
LARGEST_TABLE = 4_000_000
"""Pairs of places up to which the ways between all of them are worked out; beyond, those that are asked for."""


Told = Callable[[Ints, Ints, Floats, Flags | None], Floats]
"""Rows, columns, ln LR of places, and of which pairs the names are alike (of none)."""


def crowding(journey: Journey, setting: Setting) -> Told:
    """What places say among those of the register, where each journey is met (`where_when.first_known`)."""
    before, found = journey.before, Crowding(journey.at_discovery, setting, setting.crowd)
    if before is None or journey.at_departure is None:
        return found
    departed = Crowding(journey.at_departure, setting, setting.departed)

    def told(rows: Ints, columns: Ints, places: Floats, alike: Flags | None) -> Floats:
        out, at = found(rows, columns, places, alike), np.flatnonzero(before(rows, columns))
        out[at] = departed(rows[at], columns[at], places[at], None if alike is None else alike[at])
        return out

    return told


def timing(journey: Journey, setting: Setting) -> Callable[[Ints, Ints, Floats], Floats]:
    """What days say among those of the register, where each journey is met: of rows, columns, ln LR of days. `evidence.crowded_days`."""
    before, found = journey.before, _timing(journey.at_discovery, setting, setting.crowd_days)
    if before is None or journey.at_departure is None:
        return found
    departed = _timing(journey.at_departure, setting, setting.departed_days)

    def told(rows: Ints, columns: Ints, times: Floats) -> Floats:
        out, at = found(rows, columns, times), np.flatnonzero(before(rows, columns))
        out[at] = departed(rows[at], columns[at], times[at])
        return out

    return told


def _timing(met: Met, setting: Setting, days: CrowdedDays) -> Callable[[Ints, Ints, Floats], Floats]:
    if not days.people:
        return lambda rows, columns, times: times.copy()
    parameters, left, right = setting.parameters, met.left, met.right
    (starts, lengths), (found, found_lengths) = left.last_days, right.found_days
    settings, fitting = parameters["time"], days.fitting(starts, lengths, parameters)

    def fits(a: Ints, b: Ints) -> Floats:
        density = delay_density(found[b] - starts[a], lengths[a], found_lengths[b], parameters)
        return np.log(fits_no_better(density, fitting[a], days.people, settings))

    less = tabled_where_small(left.register.last_days, right.register.found_days, fits)

    def told(rows: Ints, columns: Ints, times: Floats) -> Floats:
        share = np.where(left.are_sought[rows] == right.are_sought[columns], 0.0, less(rows, columns))
        out, at = times.copy(), np.flatnonzero(share)
        alone = met.delays(rows[at], columns[at])
        less_told = less_by(alone, np.exp(share[at]), settings["error"])
        out[at] = beside(less_told, met.ways(rows[at], columns[at])[1], alone)
        return out

    return told


class Crowding:
    """What places say among those of the register, for pairs (row of `left`, row of `right`)."""

    def __init__(self, met: Met, setting: Setting, crowd: Crowd) -> None:
        self.met, self.left, self.right, self.crowd = met, met.left, met.right, crowd
        self.settings = setting.parameters["place"]
        self.starts, self.ends = self.left.register.last, self.right.register.found
        self.origins = self.left.register.origin, self.right.register.origin
        if not self.crowd.points:
            return
        mine, others = (side.values for side in self.origins)
        self.pairs, self.keys = self._pairs_met(mine)
        tables = self.crowd.tables(self.starts.values, self.pairs, self.settings["other"], self.settings["crowd"])
        self.whole, self.own = (table.astype(np.float32) for table in tables)
        shared = [[not set(one).isdisjoint(other) for other in others] for one in mine]
        self.shared = np.array(shared, bool).reshape(len(mine), len(others))
        self.wide = np.array([place.radius >= WIDE for place in self.starts.values], bool), self.right.radii >= WIDE
        self.away = self._away()

    def __call__(self, rows: Ints, columns: Ints, places: Floats, alike: Flags | None) -> Floats:
        """`places` as they count among those of the register."""
        starts, ends = self.starts.codes[rows], self.ends.codes[columns]
        if not self.crowd.points or not len(self.wide[0]) or not len(self.wide[1]):
            return places.copy()
        apart = self.left.are_sought[rows] != self.right.are_sought[columns]
        known = np.flatnonzero(apart & (starts >= 0) & (ends >= 0))
        rows, columns, starts, ends = (each[known] for each in (rows, columns, starts, ends))
        same = self._same(rows, columns, np.zeros(len(known), bool) if alike is None else alike[known])
        told, out = self._among(rows, columns, starts, ends, same), places.copy()
        if (all_meant := several(self.starts, starts, self.ends, ends)) is not None:
            each, first, second = all_meant.each, all_meant.first, all_meant.second
            told[all_meant.pairs] = all_meant.weighed(self._among(rows[each], columns[each], first, second, same[each]))
        out[known] = told
        return out

    def _among(self, rows: Ints, columns: Ints, starts: Ints, ends: Ints, same: Flags) -> Floats:
        """ln LR of places among those of the register, by their numbers, beside the days; what is as wide as a country as it is."""
        places, kept = self.met.alone(rows, columns, starts, ends)
        out, fine = places.copy(), np.flatnonzero(~self.wide[0][starts] & ~self.wide[1][ends])
        starts, ends = starts[fine], ends[fine]
        own = np.full(len(fine), -1, np.int32)
        if len(self.keys):
            keys = starts.astype(np.int64) * len(self.origins[0].values) + self.origins[0].codes[rows[fine]]
            own = np.where(same[fine], np.searchsorted(self.keys, keys), -1).astype(np.int32)
        at, even = self.away(starts, ends)
        out[fine] = _crowded(places[fine], starts, own, self.whole, self.own, at, even, self.settings["error"])
        return beside(out, kept, places)

    def _pairs_met(self, origins: Sequence[Codes]) -> tuple[list[tuple[int, Codes]], NDArray[np.int64]]:
        """The pairs (place that may be meant, origins) that records of the left have, and their numbers in order."""
        starts, codes = self.starts.codes, self.origins[0].codes
        known = np.flatnonzero((starts >= 0) & (codes >= 0))
        starts, codes, many = starts[known].astype(np.int64), codes[known], max(1, len(origins))
        keys, held = starts * many + codes, self.starts.meant
        if held is not None:
            each = np.repeat(np.arange(len(known)), held.counts[starts])
            at = np.arange(len(each)) - np.repeat(
                np.cumsum(held.counts[starts]) - held.counts[starts], held.counts[starts]
            )
            keys = np.append(keys, held.codes[held.starts[starts][each] + at].astype(np.int64) * many + codes[each])
        keys = np.unique(keys)
        return [(key // many, origins[key % many]) for key in keys.tolist()], keys

    def _same(self, rows: Ints, columns: Ints, alike: Flags) -> Flags:
        """Whether the others are those of the origin (`evidence.crowd.same_ways`), not all."""
        mine, other = self.origins[0].codes[rows], self.origins[1].codes[columns]
        same = (mine >= 0) & (other < 0) & alike
        if self.shared.size:
            same |= (mine >= 0) & (other >= 0) & self.shared[mine, other]
        return np.asarray(same)

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
