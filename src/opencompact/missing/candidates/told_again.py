"""The fast twin of `evidence.again`: days and places of two records of one side, over arrays of pairs.

Own arrays; the methods are those of `missing.evidence`, with their sources there.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from opencompact.missing.candidates.coded import Coded, coded, with_others
from opencompact.missing.candidates.register import Register
from opencompact.missing.candidates.several import several
from opencompact.missing.evidence.again import (
    SOUGHT,
    at_most,
    between,
    days_log_ratio,
    event_of,
    places_log_ratio,
)
from opencompact.missing.evidence.compare import Setting
from opencompact.missing.evidence.departure import bare, is_known
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.records.record import Record

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
Field = Callable[[Ints, Ints], Floats]
AT_ONCE = 2_000_000
"""Pairs of distinct places up to which the way between all of them is worked out."""


def beside_one_another(
    left: Register, right: Register, time: Field, place: Field, kept: Field, setting: Setting
) -> tuple[Field, Field, Field]:
    """Time, place and what is left of a journey, with those of pairs of one side in place of a journey's; as given where there are none."""
    if not left.sides & right.sides:
        return time, place, kept
    numbers = left.roles, right.roles
    sides, other_sides = (roles == SOUGHT for roles in numbers)

    def instead(of: Field, again: Field) -> Field:
        def told(rows: Ints, columns: Ints) -> Floats:
            out = of(rows, columns)
            at = np.flatnonzero(sides[rows] == other_sides[columns])
            out[at] = again(rows[at], columns[at])
            return out

        return told

    shares = [_shares(side, setting) for side in (left, right)]
    fields = (make(left, right, numbers, setting.parameters) for make in (_days, _places))
    days, places = (_at_most(field, shares[0][:, at], shares[1][:, at]) for at, field in enumerate(fields))
    return instead(time, days), instead(place, places), instead(kept, lambda rows, _columns: np.ones(len(rows)))


def _shares(side: Register, setting: Setting) -> Floats:
    """Of each record, the share of others that tell such days, and of those that tell such a place (records, 2)."""
    settings = setting.parameters["again"]
    told = {True: setting.reported, False: setting.discovered}
    each = [told[record.kind == "sought"].shares(event_of(record), settings) for record in side.records]
    return np.array(each, float).reshape(-1, 2)


def _at_most(field: Field, shares: Floats, other_shares: Floats) -> Field:
    return lambda rows, columns: at_most(field(rows, columns), shares[rows], other_shares[columns])


def _days(left: Register, right: Register, roles: tuple[Ints, Ints], parameters: Parameters) -> Field:
    spans = [np.array([_span(record) for record in side.records], np.int32).reshape(-1, 2) for side in (left, right)]

    def say(rows: Ints, columns: Ints) -> Floats:
        first, second, out = spans[0][rows], spans[1][columns], np.zeros(len(rows))
        known = np.flatnonzero((first[:, 1] > 0) & (second[:, 1] > 0))
        days = first[known, 0], first[known, 1], second[known, 0], second[known, 1]
        out[known] = days_log_ratio(roles[0][rows[known]], roles[1][columns[known]], *days, parameters)
        return out

    return say


def _span(record: Record) -> tuple[int, int]:
    """First day and number of days of what a record tells; no days where they are unknown."""
    event = event_of(record)
    return (event.days.start.toordinal(), event.days.length) if event and event.days else (0, 0)


def _places(left: Register, right: Register, roles: tuple[Ints, Ints], parameters: Parameters) -> Field:
    spots = [_spots(side) for side in (left, right)]
    if len(spots[0].values) * len(spots[1].values) <= AT_ONCE:
        whole = between(*(spot.values for spot in spots))

    def ways(a: Ints, b: Ints) -> tuple[Floats, Floats, NDArray[np.bool_]]:
        """Of numbers of distinct places: km, and what `between` says besides."""
        if len(spots[0].values) * len(spots[1].values) <= AT_ONCE:
            return whole[0][a, b], whole[1][a, b], whole[2][a, b]
        kilometres, widths, wide = np.zeros(len(a)), np.zeros(len(a)), np.zeros(len(a), bool)
        order = np.argsort(a, kind="stable")
        for one in np.split(order, np.flatnonzero(np.diff(a[order])) + 1):
            ends, place = np.unique(b[one], return_inverse=True)
            told = between([spots[0].values[a[one[0]]]], [spots[1].values[end] for end in ends])
            kilometres[one], widths[one], wide[one] = (values[0][place] for values in told)
        return kilometres, widths, wide

    def say(rows: Ints, columns: Ints) -> Floats:
        a, b, out = spots[0].codes[rows], spots[1].codes[columns], np.zeros(len(rows))
        known = np.flatnonzero((a >= 0) & (b >= 0))
        if len(known):
            rows, columns, a, b = rows[known], columns[known], a[known], b[known]
            told = places_log_ratio(roles[0][rows], roles[1][columns], *ways(a, b), parameters)
            if (all_meant := several(spots[0], a, spots[1], b)) is not None:
                each, both = all_meant.each, ways(all_meant.first, all_meant.second)
                ratios = places_log_ratio(roles[0][rows[each]], roles[1][columns[each]], *both, parameters)
                told[all_meant.pairs] = all_meant.weighed(ratios)
            out[known] = told
        return out

    return say


def _spots(register: Register) -> Coded:
    """Where what the records tell was."""
    events = (event_of(record) for record in register.records)
    places = (bare(event.place) if event and event.place and is_known(event.place) else None for event in events)
    return with_others(coded(places), lambda place: place.others)
