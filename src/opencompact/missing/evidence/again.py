"""Two records of one side: two reports of one person sought, two records of one body, two sightings of a person alive.

Between a report and a discovery there is a journey (`where_when`). Two reports tell one last contact, as each of the family knows it, and a body is
found once: their days and places are the same but for what is told wrongly, in whichever order the records stand. Of two people found alive, or of one
who was alive and of remains, the one is met after the other: the days and ways are those of a journey, for the living in either order.
A wreck leaves many records of one day and one beach: that two are of that day says no more than how few others are (`Told`).
Mixtures of exponentials as in `where_when`, two-sided (Laplace) for one event; the form and the numbers in `parameters.toml` are judgements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_
from opencompact.missing.evidence.departure import apart, bare, is_known, same_density
from opencompact.missing.evidence.distances import WIDE, place_ratio, weighed
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.where_when import as_told, delay_density, last_known
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.places import Place, meant
from opencompact.missing.records.record import Record, Stop

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]
SOUGHT, ALIVE, REMAINS = range(3)
_ROLES = {"sought": SOUGHT, "found": ALIVE, "remains": REMAINS}


def role_of(record: Record) -> int:
    """SOUGHT, ALIVE or REMAINS."""
    return _ROLES[record.kind]


def is_told_again(one: Record, other: Record) -> bool:
    """Whether two records are of one side: both of people sought, or both of people found or remains."""
    return (role_of(one) == SOUGHT) == (role_of(other) == SOUGHT)


def event_of(record: Record) -> Stop | None:
    """What a record tells: the last contact of a person sought, the discovery of one found."""
    return last_known(record) if role_of(record) == SOUGHT else record.stop("found")


DAYS, DEGREES = 4, 0.5
"""How many days, and degrees of latitude and longitude, what is told of one event is counted together over; and the next on either side."""
LONGEST = 90
"""Stretches of days from which on a day is not known well enough to be counted."""


@dataclass(frozen=True)
class Told:
    """How many records of a side tell an event of about these days, of these days about there, and about there at all; `records` with a
    known day, and `placed` with a known place."""

    days: Mapping[int, int] = field(default_factory=dict)
    spots: Mapping[tuple[int, int, int], int] = field(default_factory=dict)
    places: Mapping[tuple[int, int], int] = field(default_factory=dict)
    records: int = 0
    placed: int = 0

    def shares(self, event: Stop | None, settings: Parameters) -> tuple[float, float]:
        """The share of other records that tell such days, and of those the share that tell such a place; 0 of what is unknown, or of a long
        stretch of days. `weight` records are added: even over the window, and telling places as all records do."""
        stretches, weight = _stretches(event), settings["weight"]
        near = range(min(stretches) - 1, max(stretches) + 2) if stretches else range(0)
        then = max(0, sum(self.days.get(at, 0) for at in near) - len(stretches))
        even = len(near) * DAYS / settings["window"]
        days = (then / len(stretches) + weight * even) / (self.records + weight) if stretches else 0.0
        cell = _cell(event) if event else None
        if cell is None:
            return days, 0.0
        around = [(cell[0] + i, cell[1] + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        anywhen = max(0, sum(self.places.get(one, 0) for one in around) - 1)
        usual = (anywhen + weight * settings["usual"]) / (self.placed + weight)
        there = max(0, sum(self.spots.get((at, *one), 0) for at in near for one in around) - len(stretches))
        return days, (there + weight * usual) / (then + weight)


def told_of(records: Sequence[Record]) -> Told:
    """How the events of a side are spread."""
    days: Counter[int] = Counter()
    spots: Counter[tuple[int, int, int]] = Counter()
    places: Counter[tuple[int, int]] = Counter()
    known = 0
    for event in map(event_of, records):
        stretches = _stretches(event)
        known += bool(stretches)
        days.update(stretches)
        if event is not None and (cell := _cell(event)) is not None:
            spots.update((at, *cell) for at in stretches)
            places[cell] += 1
    return Told(dict(days), dict(spots), dict(places), known, places.total())


def _stretches(event: Stop | None) -> range:
    """The stretches of days that an event lies in; none where it is unknown or too long."""
    if event is None or event.days is None:
        return range(0)
    first, last = event.days.start.toordinal() // DAYS, event.days.end.toordinal() // DAYS
    return range(first, last + 1) if last - first < LONGEST else range(0)


def _cell(event: Stop) -> tuple[int, int] | None:
    point = event.place.point if event.place else None
    return None if point is None else (round(point.latitude / DEGREES), round(point.longitude / DEGREES))


def at_most(ratios: Floats, shares: Floats, other_shares: Floats) -> Floats:
    """ln LR that say no more than how few others tell the same: 1 / share."""
    share = np.clip(np.maximum(shares, other_shares), 1e-12, 1.0)
    return np.asarray(np.minimum(ratios, -np.log(share)))


def _bounded(alone: float, shares: tuple[float, float]) -> float:
    return float(at_most(np.array(alone), np.array(shares[0]), np.array(shares[1])))


def compare_time_again(
    one: Record, other: Record, parameters: Parameters | None = None, told: Told | None = None
) -> Evidence | None:
    """What the days of two records of one side say; None where a day is unknown. `told` is how the events of the side are spread."""
    first, second = event_of(one), event_of(other)
    if first is None or second is None or first.days is None or second.days is None:
        return None
    roles = _roles(one, other)
    settings, spread = parameters or defaults(), told or Told()
    alone = float(days_log_ratio(*roles, *_span(first.days), *_span(second.days), settings)[0])
    shares = (spread.shares(event, settings["again"])[0] for event in (first, second))
    ratio = _bounded(alone, (next(shares), next(shares)))
    gap = max((second.days.start - first.days.end).days, (first.days.start - second.days.end).days, 0)
    return Evidence("time", ratio, _DAYS[_case(one, other)], {"days": gap}, as_told(first.days), as_told(second.days))


def compare_place_again(
    one: Record, other: Record, parameters: Parameters | None = None, told: Told | None = None
) -> Evidence | None:
    """What the places of two records of one side say; None where a place is unknown. `told` is how the events of the side are spread."""
    first, second = event_of(one), event_of(other)
    if first is None or second is None or first.place is None or second.place is None:
        return None
    if not is_known(first.place) or not is_known(second.place):
        return None
    settings, spread = parameters or defaults(), told or Told()
    pairs = [(p * q, bare(a), bare(b)) for p, a in meant(first.place) for q, b in meant(second.place)]
    weights = [share for share, _, _ in pairs]
    far, widths, wide = (
        np.array(column).ravel() for column in zip(*(between([a], [b]) for _, a, b in pairs), strict=True)
    )
    role, other_role = (np.repeat(role, len(pairs)) for role in _roles(one, other))
    each = places_log_ratio(role, other_role, far, widths, wide, settings)
    shares = (spread.shares(event, settings["again"])[1] for event in (first, second))
    ratio = _bounded(weighed(weights, each.tolist()), (next(shares), next(shares)))
    values: dict[str, object] = {"kilometres": round(float(far[int(np.argmax(np.log(weights) + each))]))}
    return Evidence("place", ratio, _PLACES[_case(one, other)], values, first.place.text, second.place.text)


def _roles(one: Record, other: Record) -> tuple[Ints, Ints]:
    return np.array([role_of(one)], np.int32), np.array([role_of(other)], np.int32)


def _span(days: Days) -> tuple[Ints, Ints]:
    """The first day, and how many there are."""
    return np.array([days.start.toordinal()], np.int32), np.array([days.length], np.int32)


def _case(one: Record, other: Record) -> str:
    """ "contact", "body", or "met" where the one is met before the other."""
    return {(SOUGHT, SOUGHT): "contact", (REMAINS, REMAINS): "body"}.get((role_of(one), role_of(other)), "met")


_DAYS = {
    "contact": N_("Two reports of a last contact. Days between them at least: {days}."),
    "body": N_("Two records of remains. Days between the discoveries at least: {days}."),
    "met": N_("Two people found. Days between the discoveries at least: {days}."),
}
_PLACES = {
    "contact": N_("Two reports of a last contact. Km between the places at least: {kilometres}."),
    "body": N_("Two records of remains. Km between the places at least: {kilometres}."),
    "met": N_("Two people found. Km between the places at least: {kilometres}."),
}


def days_log_ratio(
    roles: Ints, other_roles: Ints, starts: Ints, lengths: Ints, other_starts: Ints, other_lengths: Ints, parameters: Parameters
) -> Floats:  # fmt: skip
    """ln LR of the days of pairs of one side: roles, first day and number of days of each."""
    settings, gaps = parameters["again"], other_starts - starts
    same = np.zeros(len(gaps))
    for case, of_case in _cases(roles, other_roles).items():
        at = np.flatnonzero(of_case)
        spans = lengths[at], other_lengths[at]
        if case == "met":
            same[at] = _met_later(roles[at], other_roles[at], gaps[at], *spans, parameters)
        else:
            told = {"well": settings[f"{case}_days"], "roughly": settings[f"{case}_days_roughly"]}
            same[at] = same_density(gaps[at], *spans, told)
    return np.asarray(np.log((1 - settings["error"]) * same * settings["window"] + settings["error"]))


def _met_later(
    roles: Ints, other_roles: Ints, gaps: Ints, lengths: Ints, other_lengths: Ints, parameters: Parameters
) -> Floats:
    """Density of the days between two discoveries of one person: remains after the living, two living in either order."""
    after = delay_density(gaps, lengths, other_lengths, parameters)
    before = delay_density(-gaps, other_lengths, lengths, parameters)
    return np.asarray(np.where(roles == other_roles, (after + before) / 2, np.where(roles == REMAINS, before, after)))


def places_log_ratio(
    roles: Ints, other_roles: Ints, kilometres: Floats, widths: Floats, wide: NDArray[np.bool_], parameters: Parameters
) -> Floats:
    """ln LR of the places of pairs of one side: roles, km at least and how much more it may be, and whether a place is `wide`."""
    settings = parameters["again"]
    ratio = np.ones(len(kilometres))
    for case, of_case in _cases(roles, other_roles).items():
        at = np.flatnonzero(of_case)
        told = {**parameters["place"]}
        if case != "met":
            told |= {name: settings[f"{case}_{name}"] for name in ("near", "way", "far")}
        ratio[at] = place_ratio(kilometres[at], widths[at], wide[at], {"place": told})
    return np.asarray(np.log((1 - settings["error"]) * ratio + settings["error"]))


def _cases(roles: Ints, other_roles: Ints) -> dict[str, NDArray[np.bool_]]:
    contact = (roles == SOUGHT) & (other_roles == SOUGHT)
    body = (roles == REMAINS) & (other_roles == REMAINS)
    return {"contact": contact, "body": body, "met": ~(contact | body)}


def between(first: Sequence[Place], second: Sequence[Place]) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Of places, (first, second): km at least between them, how much more it may be, and whether one is `wide`."""
    radii = [np.array([place.radius for place in side]) for side in (first, second)]
    widths = 2 * (radii[0][:, None] + radii[1][None, :])
    return apart(first, second), widths, np.maximum(radii[0][:, None], radii[1][None, :]) >= WIDE
