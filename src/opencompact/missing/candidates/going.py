"""The fast twin of `evidence.where_when`: days and places of journeys, over arrays of pairs.

Own tables; the methods are those of `missing.evidence`, with their sources there.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.several import several
from opencompact.missing.candidates.sides import Side
from opencompact.missing.candidates.tables import LARGEST_TABLE, Field, tabled_where_small
from opencompact.missing.candidates.travelled import met_before
from opencompact.missing.evidence.distances import WIDE, place_ratio
from opencompact.missing.evidence.routes import ways, ways_between, widths, widths_between
from opencompact.missing.evidence.where_when import beside, delay_table, time_kept

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


class Met:
    """What days and places say of journeys that are met at the discoveries of `right`."""

    def __init__(self, left: Side, right: Side) -> None:
        self.left, self.right = left, right
        self.delays, self.wrong = _times(left, right)
        self.days = left.last_days[0], right.found_days[0] + right.found_days[1] - 1
        self._going = _going(left, right)

    def time(self, rows: Ints, columns: Ints) -> Floats:
        """ln LR of the days, beside the places."""
        return beside(self.delays(rows, columns), self.ways(rows, columns)[1])

    def place(self, rows: Ints, columns: Ints) -> Floats:
        """ln LR of the places, beside the days."""
        known, told = self._known(rows, columns), np.zeros(len(rows))
        rows, columns, a, b = rows[known], columns[known], self.starts[rows[known]], self.ends[columns[known]]
        alone = self.beside_time(rows, columns, a, b)
        if (all_meant := several(self.left.register.last, a, self.right.register.found, b)) is not None:
            each = all_meant.each
            one_by_one = self.beside_time(rows[each], columns[each], all_meant.first, all_meant.second)
            alone[all_meant.pairs] = all_meant.weighed(one_by_one)
        told[known] = alone
        return told

    def kept(self, rows: Ints, columns: Ints) -> Floats:
        """The probability that neither the days nor the places need be wrong."""
        return (1 - self.wrong(rows, columns)) * self.ways(rows, columns)[1]

    def ways(self, rows: Ints, columns: Ints) -> tuple[Floats, Floats]:
        """ln LR of the places alone, and the probability that they need not be wrong for the time there was (`where_when.way_kept`)."""
        known, told, kept = self._known(rows, columns), np.zeros(len(rows)), np.ones(len(rows))
        rows, columns, a, b = rows[known], columns[known], self.starts[rows[known]], self.ends[columns[known]]
        alone, in_time = self._ways(rows, columns, a, b)
        if (all_meant := several(self.left.register.last, a, self.right.register.found, b)) is not None:
            each = all_meant.each
            ratios, in_times = self._ways(rows[each], columns[each], all_meant.first, all_meant.second)
            alone[all_meant.pairs] = all_meant.weighed(ratios)
            likely = np.exp(ratios)
            in_time[all_meant.pairs] = all_meant.total(likely * in_times) / all_meant.total(likely)
        told[known], kept[known] = alone, in_time
        return told, kept

    def beside_time(self, rows: Ints, columns: Ints, starts: Ints, ends: Ints) -> Floats:
        """ln LR of the places of these numbers, beside the days of the pairs."""
        return beside(*self.alone(rows, columns, starts, ends))

    def alone(self, rows: Ints, columns: Ints, starts: Ints, ends: Ints) -> tuple[Floats, Floats]:
        """ln LR of the places of these numbers, and the probability that the days of the pairs need not be wrong."""
        return self._ways(rows, columns, starts, ends)[0], np.asarray(1 - self.wrong(rows, columns))

    @property
    def starts(self) -> Ints:
        """The number of the place of last contact of each of the left."""
        return self.left.register.last.codes

    @property
    def ends(self) -> Ints:
        """The number of the place of discovery of each of the right."""
        return self.right.register.found.codes

    def _known(self, rows: Ints, columns: Ints) -> NDArray[np.intp]:
        return np.flatnonzero((self.starts[rows] >= 0) & (self.ends[columns] >= 0))

    def _ways(self, rows: Ints, columns: Ints, starts: Ints, ends: Ints) -> tuple[Floats, Floats]:
        since, until = self.left.register.last_days.codes[rows], self.right.register.found_days.codes[columns]
        settings = self.left.parameters["place"]
        going = self._going(starts, ends)
        told: tuple[Floats, Floats] = _on_the_way(
            since, until, *going, *self.days, settings["speed"], settings["error"]
        )
        return told


class Journey:
    """What days and places say of journeys, each where it is met (`where_when.first_known`)."""

    def __init__(self, left: Side, right: Side) -> None:
        self.before = met_before(left, right)
        self.at_discovery = Met(left, right)
        self.at_departure = Met(left, right.departing) if self.before else None

    def time(self, rows: Ints, columns: Ints) -> Floats:
        """ln LR of the days."""
        return self._where_met(Met.time, rows, columns)

    def place(self, rows: Ints, columns: Ints) -> Floats:
        """ln LR of the places."""
        return self._where_met(Met.place, rows, columns)

    def kept(self, rows: Ints, columns: Ints) -> Floats:
        """The probability that neither the days nor the places need be wrong."""
        return self._where_met(Met.kept, rows, columns)

    def _where_met(self, of: Callable[[Met, Ints, Ints], Floats], rows: Ints, columns: Ints) -> Floats:
        out = of(self.at_discovery, rows, columns)
        if self.before is not None and self.at_departure is not None:
            at = np.flatnonzero(self.before(rows, columns))
            out[at] = of(self.at_departure, rows[at], columns[at])
        return out


def _times(left: Side, right: Side) -> tuple[Field, Field]:
    """What the days say, and the probability that one of them must be wrong (0 where a day is unknown)."""
    starts, lengths = left.last_days
    found, found_lengths = right.found_days

    def say(a: Ints, b: Ints) -> Floats:
        return delay_table(found[b] - starts[a], lengths[a], found_lengths[b], left.parameters)

    def wrong(a: Ints, b: Ints) -> Floats:
        return 1 - time_kept(found[b] - starts[a], lengths[a], found_lengths[b], left.parameters)

    days = left.register.last_days, right.register.found_days
    return tabled_where_small(*days, say), tabled_where_small(*days, wrong)


def _going(left: Side, right: Side) -> Callable[[Ints, Ints], tuple[Floats, Floats]]:
    """Of numbers of distinct places of last contact and of discovery: km of the way at least, and what a way as long as that says where
    there was time for it. Worked out for all of them where they are few, else for those that are asked for."""
    starts, wide = left.register.last.values, np.array([one.radius >= WIDE for one in left.register.last.values], bool)
    parameters, error = left.parameters, left.parameters["place"]["error"]
    radii, wide_2 = right.radii, right.radii >= WIDE

    def ratio(kilometres: Floats, breadths: Floats, either_wide: NDArray[np.bool_]) -> Floats:
        return place_ratio(kilometres, breadths, either_wide, parameters) * (1 - error)

    def between(a: Ints, b: Ints) -> tuple[Floats, Floats]:
        far = np.maximum(0.0, ways_between(starts, right.ends, a, b) - radii[b])
        return far, ratio(far, widths_between(starts, right.ends, radii, a, b), wide[a] | wide_2[b])

    if len(starts) * len(radii) > LARGEST_TABLE:
        return between
    all_far = np.maximum(0.0, ways(starts, right.ends) - radii)
    all_told = ratio(all_far, widths(starts, right.ends, radii), wide[:, None] | wide_2)
    return lambda a, b: (all_far[a, b], all_told[a, b])


@njit(cache=True, nogil=True)
def _on_the_way(
    since: Ints, until: Ints, kilometres: Floats, ratio: Floats, first_days: Ints, last_days: Ints, speed: float, error: float
) -> tuple[Floats, Floats]:  # fmt: skip
    """ln LR of places: less likely the farther the way is beyond what could be gone in the days there were; `way_kept`."""
    out, kept = np.zeros(len(since)), np.ones(len(since))
    for k in range(len(since)):
        p, q = since[k], until[k]
        slowed = 1.0
        if p >= 0 and q >= 0:
            reach = speed * (max(last_days[q] - first_days[p], 0) + 2.0)
            slowed = math.exp(-max(kilometres[k] / reach - 1, 0.0))
        likely = ratio[k] * slowed + error
        out[k], kept[k] = math.log(likely), 1 - error * (1 - slowed) / likely
    return out, kept
