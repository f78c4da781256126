"""The fast twin of `evidence.departure` and `evidence.journey`: departures of both, and what is told of the way, over arrays of pairs.

Own arrays; the methods are those of `missing.evidence`, with their sources there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Coded
from opencompact.missing.candidates.journeyed import Journeyed
from opencompact.missing.candidates.sides import Side
from opencompact.missing.evidence.departure import (
    departure_ratio,
    nearness,
    same_density,
)
from opencompact.missing.evidence.journey import (
    Journeys,
    mentions_log_ratio,
    passed_log_ratios,
    routes_log_ratio,
    together,
)
from opencompact.missing.evidence.journey_words import Mentions
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.where_when import beside

Array = NDArray[Any]
Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Field = Callable[[Ints, Ints], Floats]


NEVER = np.iinfo(np.int32).max


def met_before(left: Side, right: Side) -> Callable[[Ints, Ints], NDArray[np.bool_]] | None:
    """Of pairs, whether the journey is met at the departure of the one found (`first_known`); None where it never is."""
    sought, found = left.register, right.departing.register
    if (found.found_days.codes < 0).all():
        return None
    starts, lengths = left.last_days
    last = np.append(starts + lengths - 1, NEVER)[sought.last_days.codes]
    last[sought.journeyed.tells] = NEVER
    first = np.append(right.departing.found_days[0], -1)[found.found_days.codes]
    return lambda rows, columns: np.asarray(first[columns] >= last[rows])


def departed(left: Side, right: Side, journeys: Journeys, kept: Field) -> Field:
    """What two departures say of pairs (rows of the left, rows of the right): ln LR, 0 where nothing. `evidence.departure.compare_departure`; `kept` is
    the probability that neither the days nor the places of the journey need be wrong."""
    one, other = left.register.journeyed, right.register.journeyed
    settings, timed = left.parameters["departure"], left.register.last_days.codes >= 0
    same, alone = _days(one, other, settings), _others(right, journeys, settings)
    near = _places(one, other, journeys, settings)

    def say(rows: Ints, columns: Ints) -> Floats:
        a, b, p, q = (
            one.days.codes[rows],
            other.days.codes[columns],
            one.places.codes[rows],
            other.places.codes[columns],
        )
        dated, placed = (a >= 0) & (b >= 0), (p >= 0) & (q >= 0)
        out = np.zeros(len(rows))
        known = np.flatnonzero(dated | placed)
        if not len(known):
            return out
        days, places = np.ones(len(rows)), np.ones(len(rows))
        days[dated] = same(a[dated], b[dated]) / np.where(
            timed[rows[dated]], alone[1][columns[dated]], alone[0][columns[dated]]
        )
        places[placed] = near[p[placed], q[placed]]
        told = departure_ratio(days[known], places[known], settings)
        out[known] = beside(told, kept(rows[known], columns[known]))
        return out

    return say


def _days(one: Journeyed, other: Journeyed, settings: Parameters) -> Field:
    """The density of two days of one departure, by their numbers."""
    (starts, lengths), (starts_2, lengths_2) = one.spans, other.spans
    return lambda a, b: same_density(starts_2[b] - starts[a], lengths[a], lengths_2[b], settings)


def _others(right: Side, journeys: Journeys, settings: Parameters) -> tuple[Floats, Floats]:
    """The density of the day of departure of each record of the right among others: alone, and beside a discovery whose time is compared."""
    told = right.register.journeyed
    alone = np.append(journeys.days.density(*told.spans, settings), 1.0)[told.days.codes]
    return alone, np.maximum(alone, right.departure_delays)


def _places(one: Journeyed, other: Journeyed, journeys: Journeys, settings: Parameters) -> Floats:
    """How many times as often two places of departure are met of one person, by their numbers."""
    places = one.places.values, other.places.values
    shares = [journeys.departed.shares(side, settings) for side in places]
    return nearness(*places, settings["reach"]) / np.maximum(shares[0][:, None], shares[1][None, :])


def travelled(left: Side, right: Side, journeys: Journeys) -> Field:
    """What places passed, means and routes say of pairs: ln LR, 0 where nothing. `evidence.journey.compare_journey`."""
    one, other = left.register.journeyed, right.register.journeyed
    settings = left.parameters["journey"]
    from_, to = left.register.last.codes >= 0, right.register.found.codes >= 0  # the way between them is compared
    passed = passed_log_ratios(one.passed, other.passed, journeys.passed, settings)
    means = _table(one.means, other.means, lambda a, b: mentions_log_ratio(a, b, journeys.means, settings))
    routes = _table(one.routes, other.routes, lambda a, b: routes_log_ratio(a, b, journeys.routes, settings))

    def say(rows: Ints, columns: Ints) -> Floats:
        places = _most_telling(one.ranges, one.held, other.ranges, other.held, rows, columns, passed)
        by, on = (
            means[one.means.codes[rows], other.means.codes[columns]],
            routes[one.routes.codes[rows], other.routes.codes[columns]],
        )
        return together(places, by, on, from_[rows] & to[columns], settings)

    return say


def _table(left: Coded, right: Coded, say: Callable[[Mentions, Mentions], float]) -> Floats:
    """What two values say, by their numbers; the last row and column are of what is unknown."""
    table = np.zeros((len(left.values) + 1, len(right.values) + 1))
    for a, one in enumerate(left.values):
        for b, other in enumerate(right.values):
            table[a, b] = say(one, other)
    return table


@njit(cache=True, nogil=True)
def _most_telling(
    ranges: Ints, held: Ints, ranges_2: Ints, held_2: Ints, rows: Ints, columns: Ints, table: Floats
) -> Floats:
    """The most that a place of the one and a place of the other say."""
    out = np.zeros(len(rows))
    for k in range(len(rows)):
        for i in range(ranges[rows[k], 0], ranges[rows[k], 1]):
            for j in range(ranges_2[columns[k], 0], ranges_2[columns[k], 1]):
                out[k] = max(out[k], table[held[i], held_2[j]])
    return out
