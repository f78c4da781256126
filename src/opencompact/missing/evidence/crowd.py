"""Where others are found: a place tells the less, the more people of the same way are found as far from a last contact.

`where_when` spreads the others evenly about. Here they are those of the register: how many of them are found as far away, from that last contact. Where
the origin is the same, or tells nothing and the names are alike, they are the others of that origin, since people of one origin take the same ways: of
fields that tell the same, each is weighed given those before it (the chain rule of probability; Dawid 1979, J R Stat Soc B 41:1). The shares are those of the
register with the even spread as so many people besides (Dirichlet; Good 1965, *The Estimation of Probabilities*). The distances of the bins and that weight are our own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, said
from opencompact.missing.evidence.distances import others_between, weighed
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters
from opencompact.missing.evidence.routes import Ends, ways, widths
from opencompact.missing.evidence.where_when import Way, beside, likeliest, ln_ratio, time_kept_of, way_met
from opencompact.missing.records.places import Place, Point
from opencompact.missing.records.record import Record

Floats = NDArray[np.float64]
Codes = tuple[str, ...]
"""The origins of a person, ISO 3166 alpha-3, ascending."""
NEAR = 25.0
"""km: nearer than this distances are told apart evenly, farther off by their ratio: u = ln(1 + km / NEAR)."""
STEP, STEPS = 0.25, 27
"""Distances are counted in steps of u, up to half way round the earth."""
BREADTH = 0.5
"""Standard deviation in u of the kernel that each of those counted is spread by (Parzen 1962, Ann Math Stat 33:1065)."""
AT_ONCE = 2_000
"""Starts that are looked at at once."""
MOST = 500
"""So many of those found, evenly from the file, stand for all, and so many of one origin for those of it."""


class Member(NamedTuple):
    """One of a crowd: its number in the register, where it was found, within how many km, and its origins."""

    number: int
    point: Point
    radius: float
    origins: Codes


@dataclass(frozen=True, eq=False)
class Crowd:
    """Where people of a register were found, and their origins; `by_origin` are those of each, of whom there may be few among all."""

    points: tuple[Point, ...] = ()
    radii: tuple[float, ...] = ()
    origins: tuple[Codes, ...] = ()
    by_origin: Mapping[str, tuple[Member, ...]] = field(default_factory=dict)
    _known: dict[Codes, Crowd] = field(default_factory=dict, repr=False)

    def of(self, codes: Codes) -> Crowd:
        """Those of one of these origins; kept, with the ends of their ways, for whoever asks again."""
        if codes not in self._known:
            self._known[codes] = self._of(codes)
        return self._known[codes]

    def _of(self, codes: Codes) -> Crowd:
        if not self.by_origin:
            members = zip(self.points, self.radii, self.origins, strict=True)
            chosen = [Member(at, *one) for at, one in enumerate(members) if not set(codes).isdisjoint(one[2])]
        else:
            chosen = list({one.number: one for code in codes for one in self.by_origin.get(code, ())}.values())
        return _crowd(chosen)

    @cached_property
    def ends(self) -> Ends:
        """The places, as ends of ways."""
        return Ends(self.points)

    def away(self, starts: Sequence[Place]) -> Floats:
        """km from each start to each of them, in the middle of what is known: (starts, people)."""
        radii = np.array(self.radii)
        nearest = np.maximum(0.0, ways(starts, self.ends) - radii)
        return np.asarray(nearest + widths(starts, self.ends, radii) / 2)

    def tables(
        self, starts: Sequence[Place], own: Sequence[tuple[int, Codes]], wide: float, weight: float
    ) -> tuple[Floats, Floats]:
        """ln of the density of others in each step of u: of all, by start (starts, steps), and of those of one of some origins, by pair (number
        of a start, origins) of `own` (pairs, steps). Besides those of the register `weight` people are spread as in `others_between`, with
        the deviation `wide`."""
        edges = NEAR * np.expm1(STEP * np.arange(STEPS + 1))
        even = others_between(edges[:-1], edges[1:], wide) / others_between(edges[:1], edges[-1:], wide)
        at = self._steps(starts)
        everybody = np.array([np.bincount(steps, minlength=STEPS) for steps in at], float).reshape(-1, STEPS)
        whole = _shares(everybody @ _spread(), even, weight)
        of_own = _shares(self._own(starts, own) @ _spread(), whole[[start for start, _ in own]], weight)
        return np.log(whole / STEP), np.log(of_own / STEP)

    def _steps(self, starts: Sequence[Place]) -> NDArray[np.int8]:
        """The step of u in which each of them is, seen from each start: (starts, people)."""
        at = np.zeros((len(starts), len(self.points)), np.int8)
        for k in range(0, len(starts), AT_ONCE):
            at[k : k + AT_ONCE] = np.minimum(steps_of(self.away(starts[k : k + AT_ONCE])), STEPS - 1)
        return at

    def _own(self, starts: Sequence[Place], own: Sequence[tuple[int, Codes]]) -> Floats:
        """How many of those origins are in each step, by pair (number of a start, origins)."""
        counted = np.zeros((len(own), STEPS))
        of: dict[Codes, list[int]] = defaultdict(list)
        for k, (_, codes) in enumerate(own):
            of[codes].append(k)
        for codes, pairs in of.items():
            for k, steps in zip(pairs, self.of(codes)._steps([starts[own[k][0]] for k in pairs]), strict=True):
                counted[k] = np.bincount(steps, minlength=STEPS)
        return counted


def steps_of(kilometres: Floats) -> Floats:
    """Distances in steps of u."""
    return np.asarray(np.log1p(kilometres / NEAR) / STEP)


@cache
def _spread() -> Floats:
    """What of each step falls into each other one."""
    apart = STEP * (np.arange(STEPS)[:, None] - np.arange(STEPS))
    kernel = np.exp(-((apart / BREADTH) ** 2) / 2)
    return np.asarray(kernel / kernel.sum(axis=1, keepdims=True))


def _shares(counted: Floats, expected: Floats, weight: float) -> Floats:
    return np.asarray((counted + weight * expected) / (counted.sum(axis=-1, keepdims=True) + weight))


def crowd_of(found: Sequence[Record], kind: str = "found") -> Crowd:
    """The crowd of the records found whose place is known: of discovery, or of departure (`kind`)."""
    known = [
        (stop.place, record) for record in found if (stop := record.stop(kind)) and stop.place and stop.place.point
    ]
    members = [
        Member(number, place.point, place.radius, origins_of(record))
        for number, (place, record) in enumerate(known)
        if place.point
    ]
    by_origin: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        for code in member.origins:
            by_origin[code].append(member)
    return _crowd(_evenly(members), {code: tuple(_evenly(those)) for code, those in by_origin.items()})


def _evenly(members: Sequence[Member]) -> Sequence[Member]:
    return members[:: max(1, math.ceil(len(members) / MOST))]


def _crowd(members: Sequence[Member], by_origin: Mapping[str, tuple[Member, ...]] | None = None) -> Crowd:
    _, points, radii, origins = zip(*members, strict=True) if members else ((), (), (), ())
    return Crowd(points, radii, origins, by_origin or {})


def origins_of(record: Record) -> Codes:
    """Nationality and origins."""
    return tuple(sorted({*record.nationality, *record.origins}))


def even_density(kilometres: Floats, width: Floats, wide: float) -> Floats:
    """ln of the density a step of u of others who are spread evenly (`others_between`) over a way of `kilometres` to `kilometres` + `width`."""
    width = np.maximum(width, 1.0)
    a_km = others_between(kilometres, kilometres + width, wide) / width
    return np.asarray(np.log(a_km * (NEAR + kilometres + width / 2)))


def crowded(ln_ratio: Floats, even: Floats, counted: Floats, error: float) -> Floats:
    """ln LR of a place among those of the register, `counted` (ln density a step of u) in the place of those that `where_when` takes to be `even`.
    What is told wrongly stays as it is."""
    rightly = np.maximum(np.exp(ln_ratio) - error, 0.0)
    return np.asarray(np.log(rightly * np.exp(even - counted) + error))


def same_ways(sought: Codes, found: Codes, alike: bool) -> bool:
    """Whether the others are those of the origin of the person sought: found has it too, or has none, and the names are `alike`."""
    return bool(set(sought) & set(found)) or (alike and bool(sought) and not found)


def among_others(
    entry: Evidence, sought: Record, found: Record, crowd: Crowd, alike: bool, parameters: Parameters
) -> Evidence:
    """The entry of the places as it counts among those of the register, `crowd` being that of discoveries or, where the journey is met at a departure,
    that of departures; that of a place as wide as a country stays."""
    met, settings = way_met(sought, found), parameters["place"]
    if met is None or not crowd.points:
        return entry
    ways, own = met[2], origins_of(sought)
    theirs = own if same_ways(own, origins_of(found), alike) else None
    alone = [ln_ratio(one, parameters) for one in ways]
    counted = [
        one_told if one.wide else _among(one, one_told, crowd, theirs, settings)
        for one, one_told in zip(ways, alone, strict=True)
    ]
    each = beside(np.array(counted), np.array(time_kept_of(sought, found, parameters)), np.array(alone)).tolist()
    told, way = weighed([one.share for one in ways], each), likeliest(ways, parameters)
    changed = replace(entry, ln_likelihood_ratio=told)
    if abs(told - entry.ln_likelihood_ratio) < _CHANGED or way.wide:
        return changed
    away = (crowd.of(theirs) if theirs else crowd).away([way.start])[0]
    others = len(away) - 1  # the one found is among those counted
    if others < 1:
        return changed
    reason = (
        N_("{what} Of others whose departure is told, {percent} departed as near or nearer.")
        if met[1].kind == "departure"
        else N_("{what} Of others who were found, {percent} are as near or nearer.")
        if theirs is None
        else N_("{what} Of others of the same origin who were found, {percent} are as near or nearer.")
    )
    nearer = int(np.count_nonzero(away <= way.kilometres + way.width / 2)) - 1
    values: dict[str, object] = {
        "what": said(entry.reason, **entry.values),
        "percent": f"{100 * max(0, nearer) / others:.0f} %",
    }
    return replace(changed, reason=reason, values=values)


def _among(way: Way, told: float, crowd: Crowd, theirs: Codes | None, settings: Parameters) -> float:
    """ln LR of a way among those of the register."""
    table = _table_of(crowd, way.start, theirs, settings["other"], settings["crowd"])
    middle = way.kilometres + way.width / 2
    counted = np.interp(steps_of(np.array([middle])) - 0.5, np.arange(STEPS), table)
    even = even_density(np.array([way.kilometres]), np.array([way.width]), settings["other"])
    return float(crowded(np.array([told]), even, counted, settings["error"])[0])


_CHANGED = math.log(1.5)


@lru_cache(maxsize=10_000)
def _table_of(crowd: Crowd, start: Place, own: Codes | None, wide: float, weight: float) -> Floats:
    """The row of the table of a start."""
    whole, of_own = crowd.tables([start], [(0, own)] if own else [], wide, weight)
    return np.asarray((of_own if own else whole)[0])
