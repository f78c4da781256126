"""The way that people took: places passed, means of travel and routes, as one entry that never says much.

What both tell counts by how rarely it is told in the register (Fellegi & Sunter 1969, J Am Stat Assoc 64:1183, §3): a town that everyone passes, a boat
where all came by boat, say nothing. Of several shared things of a kind only the most telling one counts, since one road leads through all of them,
and the kinds are taken together, with a bound, since the same boat carries many from the same town; beside a way from the last contact to
the discovery, which whoever is found there came along, little of it is left. What only one side tells says nothing: few tell
all of their way. Two routes that nobody takes one after the other speak a little against. Words in no list say nothing (`journey_words`). The error rates are
judgements, in `parameters.toml`.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from opencompact.errors import InvalidDataError
from opencompact.language import N_, Said, all_of, said
from opencompact.missing.evidence.departure import (
    DepartureDays,
    Floats,
    Places,
    bare,
    departure_days,
    departure_of,
    is_known,
    nearness,
    places_told,
)
from opencompact.missing.evidence.distances import WIDE
from opencompact.missing.evidence.journey_words import Mentions, named_on_the_way, routes_after
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.where_when import last_known
from opencompact.missing.records.places import Place
from opencompact.missing.records.record import Record
from opencompact.missing.records.whereabouts import read_place


@dataclass(frozen=True)
class Journeys:
    """How the journeys of a register are spread: days and places of departure, places passed, and the share of each class of means and routes."""

    days: DepartureDays = field(default_factory=DepartureDays)
    departed: Places = field(default_factory=Places)
    passed: Places = field(default_factory=Places)
    means: Mapping[str, float] = field(default_factory=dict)
    routes: Mapping[str, float] = field(default_factory=dict)


def journeys_of(records: Sequence[Record], parameters: Parameters) -> Journeys:
    """The journeys that records tell; add-half estimates of means and routes (Krichevsky & Trofimov 1981)."""
    departures = [stop for stop in map(departure_of, records) if stop]
    return Journeys(
        departure_days((stop.days for stop in departures if stop.days), parameters["departure"]),
        places_told([stop.place] if stop.place else [] for stop in departures),
        places_told(map(places_passed, records)),
        _shares(map(means_of, records), parameters["journey"]),
        _shares(map(routes_of, records), parameters["journey"]),
    )


def _shares(each: Iterable[Mentions], settings: Parameters) -> dict[str, float]:
    """The share of records that name each class, one that may be of several counting for each in part; `usual` for `weight` records besides."""
    counted: dict[str, float] = defaultdict(float)
    told = [mentions for mentions in each if mentions]
    for mentions in told:
        for classes in mentions:
            for one in classes:
                counted[one] += 1 / len(classes)
    weight, usual = settings["weight"], settings["usual"]
    return {one: (count + weight * usual) / (len(told) + weight) for one, count in counted.items()}


def means_of(record: Record) -> Mentions:
    """The means of travel that a record names."""
    return Mentions().union(*(named_on_the_way("means", text) for text in record.means))


def routes_of(record: Record) -> Mentions:
    """The routes that a record names."""
    return named_on_the_way("routes", record.route) if record.route else Mentions()


def names_a_route(text: str) -> bool:
    """Whether the words of a route name one that is known, or a town or region. Own lists (`journeys.toml`, `records/places.csv`)."""
    return bool(named_on_the_way("routes", text) or _in_route(text))


def places_passed(record: Record) -> tuple[Place, ...]:
    """The places that somebody passed: those told as such or in the words of the route, and where a person sought was last heard of."""
    contact = record.stop("last-contact") if record.kind == "sought" else None
    told = [stop.place for stop in record.stops if stop.kind == "transit"]
    places = [*told, *(_in_route(record.route) if record.route else ()), *([contact.place] if contact else [])]
    return tuple(dict.fromkeys(place for place in places if place is not None and is_known(place)))


@lru_cache(maxsize=20_000)
def _in_route(route: str) -> tuple[Place, ...]:
    """The known towns and regions that the words of a route name: "Agadez – Sabha – Zuwara", "via Agadez"; not countries and seas."""
    parts = [part for part in _BETWEEN.split(route) if part and part.strip()]
    whole = [_place(part) for part in parts]
    fine = [
        [place] if place else [_place(one) for one in part.split("-")] for part, place in zip(parts, whole, strict=True)
    ]
    return tuple(place for places in fine for place in places if place)


_BETWEEN = re.compile(
    r"\s*(?:->|→|>|–|—|/|[,;:،؛，；、])\s*|\s+-\s+|\s*\b(?:via|then|to|from|par|puis|vers|depuis|por|luego|hacia|desde|через|затем|потом|عبر|ثم)\b\s*|[经經到至]"
)


def _place(text: str) -> Place | None:
    try:
        place = read_place(text.strip())
    except InvalidDataError:
        return None
    return place if place is not None and place.point is not None and place.radius < WIDE else None


def passed_log_ratios(first: Sequence[Place], second: Sequence[Place], passed: Places, settings: Parameters) -> Floats:
    """ln LR of a place told of each (first, second): of one that both passed, the inverse of how often it is passed in the register; never against."""
    if not first or not second:
        return np.zeros((len(first), len(second)))
    shares = np.maximum(passed.shares(first, settings)[:, None], passed.shares(second, settings)[None, :])
    near = nearness(first, second, settings["reach"])
    near[near < _ELSEWHERE] = 0.0
    return np.asarray(np.log(near * np.maximum(1.0, (1 - settings["error"]) / shares) + 1 - near))


_ELSEWHERE = 0.05
"""Nearness below which two places are not one: three times as far as they reach."""


def mentions_log_ratio(first: Mentions, second: Mentions, shares: Mapping[str, float], settings: Parameters) -> float:
    """ln LR of the most telling thing that both may mean, by the share of the wider of the two words; 0 where there is none."""
    widest = [
        max(_share(one, shares, settings), _share(other, shares, settings))
        for one in first
        for other in second
        if one & other
    ]
    return max(0.0, math.log((1 - settings["error"]) / min(widest))) if widest else 0.0


def _share(classes: frozenset[str], shares: Mapping[str, float], settings: Parameters) -> float:
    told = math.fsum(shares.get(one, settings["usual"]) for one in classes)
    return min(0.95, max(float(settings["rarest"]), told))


def routes_log_ratio(first: Mentions, second: Mentions, shares: Mapping[str, float], settings: Parameters) -> float:
    """ln LR of routes: as `mentions_log_ratio`; of routes that nobody takes one after the other `elsewhere`, since people try one after another."""
    if not first or not second or _may_follow(first, second):
        return mentions_log_ratio(first, second, shares, settings)
    return math.log(settings["elsewhere"])


def _may_follow(first: Mentions, second: Mentions) -> bool:
    """Whether a route of the one may be, or come before or after, one of the other."""
    one, other = (frozenset[str]().union(*side) for side in (first, second))
    beside = frozenset[str]().union(*map(routes_after, one))
    return bool(one & other or beside & other or one & frozenset[str]().union(*map(routes_after, other)))


def together(places: Floats, means: Floats, routes: Floats, beside: NDArray[np.bool_], settings: Parameters) -> Floats:
    """ln LR of all that is told of the way, within `least` and `most`; less of it beside a way that is compared."""
    whole = np.clip(places + means + routes, settings["least"], settings["most"])
    return np.asarray(np.where(beside, settings["beside_place"] * whole, whole))


def _is_place_compared(sought: Record, found: Record) -> bool:
    """Whether the way from the last contact to the discovery is evidence of its own (`where_when.compare_place`)."""
    last, stop = last_known(sought), found.stop("found")
    return last is not None and stop is not None and is_known(last.place) and is_known(stop.place)


def compare_journey(
    sought: Record, found: Record, parameters: Parameters | None = None, journeys: Journeys | None = None
) -> Evidence | None:
    """What places passed, means and routes say together; None where they say nothing."""
    settings, spread = (parameters or defaults())["journey"], journeys or Journeys()
    passed = [[bare(place) for place in places_passed(record)] for record in (sought, found)]
    ratios = passed_log_ratios(passed[0], passed[1], spread.passed, settings)
    places = float(ratios.max(initial=0.0))
    means = mentions_log_ratio(means_of(sought), means_of(found), spread.means, settings)
    routes = routes_log_ratio(routes_of(sought), routes_of(found), spread.routes, settings)
    beside = np.array(_is_place_compared(sought, found))
    told = float(together(np.array(places), np.array(means), np.array(routes), beside, settings))
    if not places and not means and not routes:
        return None
    reasons = _reasons(sought, found, places > 0, routes, settings)
    reason, values = _joined(reasons)
    return Evidence("journey", told, reason, values, _said(sought), _said(found))


def _reasons(sought: Record, found: Record, places: bool, routes: float, settings: Parameters) -> list[Said]:
    """What both tell, and that their routes are others."""
    told = []
    if places:
        both = [
            place.text
            for place in places_passed(found)
            if (nearness([place], places_passed(sought), settings["reach"]) >= _ELSEWHERE).any()
        ]
        told.append(said("Both passed: {places}.", places=", ".join(both)))
    means, ways = (_shared(of(sought), of(found)) for of in (means_of, routes_of))
    if means:
        told.append(said("Both travelled by: {means}.", means=all_of(said(_MEANS[one]) for one in means)))
    if ways and routes >= 0:
        told.append(said("Both name the route: {routes}.", routes=all_of(said(_ROUTES[one]) for one in ways)))
    if routes < 0:
        told.append(said("They name other routes."))
    return told


def _shared(first: Mentions, second: Mentions) -> list[str]:
    return sorted(frozenset[str]().union(*(one & other for one in first for other in second)))


def _joined(reasons: Sequence[Said]) -> tuple[str, dict[str, object]]:
    """Sentences, one after the other, as a message and its values."""
    whole = reasons[0]
    for more in reasons[1:]:
        whole = said("{first} {second}", first=whole, second=more)
    return whole.template, dict(whole.values)


def _said(record: Record) -> str:
    """What a record tells of the way, as it stands in it."""
    transit = [place.text for stop in record.stops if stop.kind == "transit" and (place := stop.place)]
    return "; ".join([*filter(None, [record.route]), *record.means, *transit])


_MEANS = {
    "rubber boat": N_("rubber boat"),
    "wooden boat": N_("wooden boat"),
    "metal boat": N_("metal boat"),
    "ship": N_("ship"),
    "truck": N_("truck"),
    "pickup": N_("pickup truck"),
    "car": N_("car"),
    "bus": N_("bus"),
    "train": N_("train"),
    "motorcycle": N_("motorcycle"),
    "on foot": N_("on foot"),
    "swimming": N_("swimming"),
    "plane": N_("plane"),
}
_ROUTES = {
    "central mediterranean": N_("Central Mediterranean"),
    "western mediterranean": N_("Western Mediterranean"),
    "eastern mediterranean": N_("Eastern Mediterranean"),
    "atlantic": N_("Atlantic, to the Canary Islands"),
    "balkans": N_("Balkans"),
    "sahara": N_("Sahara"),
    "horn of africa": N_("Horn of Africa to the Gulf"),
    "southern africa": N_("Horn of Africa to Southern Africa"),
    "darien": N_("Darién"),
    "mexico": N_("Mexico"),
    "caribbean": N_("Caribbean"),
    "channel": N_("English Channel"),
    "belarus": N_("Belarus"),
    "andaman": N_("Bay of Bengal and Andaman Sea"),
    "iran and turkey": N_("Iran and Türkiye"),
}
