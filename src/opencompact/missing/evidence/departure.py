"""Departures that are told of both: "left Zuwara on 3 May 2023", from a family, from survivors, or of the boat that was wrecked.

One statement of a day and a place. For one person the two tell the same departure, with some days of error and within the reach of the
place, or two departures of one journey (from home, from the coast), which says nothing; for another person the departure is one of the register:
a day on which many left, a place from where many do, say little. Departure, last contact and discovery are one journey: who was found on
a day departed some time before it, whoever it is, so that beside a discovery whose time is compared the departure tells only what is not told by that
(P(departure | discovery) by the delays of `where_when`), and as far as an entry of the journey must be wrong it tells nothing in favour.
Likelihood ratio of a mixture: Aitken & Taroni 2004, ch. 3; density of the register: Rosenblatt 1956 (Ann Math Stat 27:832). The numbers are judgements, in
`parameters.toml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, Said, said
from opencompact.missing.evidence.distances import WIDE
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.where_when import beside, delay_density, first_known, journey_kept, last_known
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.places import Place, Point, distance_to, great_circle, meant
from opencompact.missing.records.record import Record, Stop

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


def departure_of(record: Record) -> Stop | None:
    """The departure of a record, of which the day or a place with a point is known."""
    stop = record.stop("departure")
    return stop if stop and (stop.days or is_known(stop.place)) else None


def is_known(place: Place | None) -> bool:
    """Whether it is known where a place is."""
    return place is not None and place.point is not None


def bare(place: Place) -> Place:
    """The place alone, however it was said."""
    return replace(place, text="", country=None)


def apart(first: Sequence[Place], second: Sequence[Place]) -> Floats:
    """km at least between places, (first, second): 0 where what is known of them overlaps. Haversine (Sinnott 1984)."""
    kilometres = great_circle(_points(first), _points(second))
    for a, place in enumerate(first):
        for b, other in enumerate(second):
            if place.towards or other.towards:
                kilometres[a, b] = _between_lines(place, other)
    radii = [np.array([place.radius for place in side]) for side in (first, second)]
    return np.asarray(np.maximum(0.0, kilometres - radii[0][:, None] - radii[1][None, :]))


def nearness(first: Sequence[Place], second: Sequence[Place], reach: float) -> Floats:
    """How far two places may be one, (first, second): 1 where they overlap, falling off exponentially by `reach` km beyond. Of names that several places
    have it is so far as they mean the same of them: two who say the same name mean the same place."""
    if not first or not second or not any(place.others for side in (first, second) for place in side):
        return np.asarray(np.exp(-apart(first, second) / reach))
    (shares, places, starts), (shares_2, places_2, starts_2) = (_listed(side) for side in (first, second))
    near = np.minimum(shares[:, None], shares_2) * np.exp(-apart(places, places_2) / reach)
    return np.asarray(np.minimum(1.0, np.add.reduceat(np.add.reduceat(near, starts, axis=0), starts_2, axis=1)))


def _listed(side: Sequence[Place]) -> tuple[Floats, list[Place], NDArray[np.intp]]:
    """All places that may be meant, with their shares (of those listed), and where those of each begin."""
    each = [meant(place) for place in side]
    shares = [share / sum(one for one, _ in places) for places in each for share, _ in places]
    starts = np.cumsum([0, *map(len, each[:-1])])
    return np.array(shares, float), [place for places in each for _, place in places], starts


def _points(places: Sequence[Place]) -> Floats:
    known = [place.point for place in places if place.point]
    return np.array([[point.latitude, point.longitude] for point in known], float).reshape(-1, 2)


def _between_lines(first: Place, second: Place) -> float:
    """km between two places of which one is a line at least, as near as their ends come to the other."""
    ends: list[tuple[Place, Point]] = []
    for one, other in ((first, second), (second, first)):
        ends += [(replace(one, radius=0.0), point) for point in (other.point, other.towards) if point]
    return min(distance_to(one, point) or 0.0 for one, point in ends)


@dataclass(frozen=True)
class Places:
    """How often places are told in a register: place (`bare`) → records that tell it, of `records` that tell any."""

    counts: dict[Place, int] = field(default_factory=dict)
    records: int = 0
    _ready: dict[tuple[object, ...], tuple[Sequence[Place], Floats]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def shares(self, places: Sequence[Place], settings: Parameters) -> Floats:
        """The share of people who tell each of these places or one that may be it; `usual` for `weight` people beside those of the
        register. Worked out once for the places of a register, which are the same tuple each time."""
        of = (id(places), *(settings[name] for name in ("reach", "weight", "usual", "usual_wide", "rarest")))
        if of in self._ready and self._ready[of][0] is places:
            return self._ready[of][1]
        found = self._counted(places, settings)
        if len(places) > _FEW:
            self._ready[of] = places, found
        return found

    def _counted(self, places: Sequence[Place], settings: Parameters) -> Floats:
        known, weight = list(self.counts), settings["weight"]
        near = nearness(places, known, settings["reach"])
        told = np.minimum(near @ np.array([self.counts[place] for place in known], float), self.records)
        usual = np.array([settings["usual_wide" if place.radius >= WIDE else "usual"] for place in places])
        share = (told + weight * usual) / (self.records + weight)
        return np.asarray(np.clip(share, settings["rarest"], 0.95))


_FEW = 8


def places_told(each: Iterable[Iterable[Place]]) -> Places:
    """How often places are told, of the places of each record."""
    told = [{bare(place) for place in places if is_known(place)} for places in each]
    return Places(dict(Counter(place for places in told for place in places)), sum(1 for places in told if places))


@dataclass(frozen=True)
class DepartureDays:
    """How the days of departures are spread in a register: `cumulative[k]` is the number of departures before the day `first` + k, each spread
    by the error with which days are told; of `records` departures."""

    first: int = 0
    cumulative: tuple[float, ...] = (0.0,)
    records: int = 0

    def density(self, starts: Ints, lengths: Ints, settings: Parameters) -> Floats:
        """Mean share a day of departures in intervals (first days, numbers of days): of the register, and even over the window for `weight`."""
        cumulative = np.array(self.cumulative)
        at = np.arange(len(cumulative)) + self.first
        held = np.interp(starts + lengths, at, cumulative) - np.interp(starts, at, cumulative)
        even = settings["weight"] / settings["window"]
        return np.asarray((held / lengths + even) / (self.records + settings["weight"]))


def departure_days(each: Iterable[Days], settings: Parameters) -> DepartureDays:
    """The spread of days of departure."""
    told = Counter((days.start.toordinal(), days.length) for days in each)
    if not told:
        return DepartureDays()
    margin = round(6 * max(mean for _, mean in _parts(settings)))
    first = min(start for start, _ in told) - margin
    whole = np.zeros(max(start + length for start, length in told) + margin - first)
    for (start, length), count in told.items():
        whole[start - first : start - first + length] += count / length
    one = np.ones(1, np.int32)
    kernel = same_density(np.arange(-margin, margin + 1, dtype=np.int32), one, one, settings)
    spread = np.convolve(whole, kernel)[margin : margin + len(whole)]
    return DepartureDays(first, tuple(np.append(0.0, np.cumsum(spread)).tolist()), sum(told.values()))


def _parts(settings: Parameters) -> list[list[float]]:
    return [settings["well"], settings["roughly"]]


def same_density(apart: Ints, lengths: Ints, other_lengths: Ints, settings: Parameters) -> Floats:
    """Mean density a day of two tellings of one departure, over all days of both intervals: days from the start of the one to that of the
    other, and the length of each. A mixture of two-sided exponentials (share, mean error), integrated twice (Laplace)."""
    start, n, m = (one.astype(float) for one in (apart, lengths, other_lengths))
    corners = ((1, start + m), (-1, start), (-1, start + m - n), (1, start - n))
    total = np.zeros_like(start)
    for share, mean in _parts(settings):
        total += share * sum(sign * _twice(x, mean) for sign, x in corners)
    return np.asarray(np.maximum(total, 0.0) / (n * m))


def _twice(x: Floats, mean: float) -> Floats:
    """The twofold integral, from below, of the density exp(-|x| / mean) / (2 mean)."""
    return np.asarray(np.maximum(x, 0.0) + mean / 2 * np.exp(-np.abs(x) / mean))


def departure_ratio(days: Floats, places: Floats, settings: Parameters) -> Floats:
    """ln LR of two departures: of one telling, how many times as often such days and such places are met of one person as of two; of two
    departures of one journey (`error`) it is 1. Bounded by `most`, since a boat carries many."""
    told = (1 - settings["error"]) * days * places + settings["error"]
    return np.asarray(np.minimum(np.log(told), settings["most"]))


def compare_departure(
    sought: Record,
    found: Record,
    parameters: Parameters | None = None,
    days_told: DepartureDays | None = None,
    places: Places | None = None,
) -> Evidence | None:
    """What two departures say; None where one side tells none, or the one a day and the other a place alone. `days_told` and `places` are the
    spread of the departures of the register."""
    first, second = departure_of(sought), departure_of(found)
    if first is None or second is None:
        return None
    settings = (parameters or defaults())["departure"]
    both_days, both_places = first.days and second.days, is_known(first.place) and is_known(second.place)
    if not both_days and not both_places:
        return None
    day = place = np.ones(1)
    if first.days and second.days:
        day = _day_ratio(sought, found, (first.days, second.days), parameters, days_told or DepartureDays())
    if both_places and first.place and second.place:
        pair = bare(first.place), bare(second.place)
        shares = (places or Places()).shares(pair, settings)
        place = nearness(pair[:1], pair[1:], settings["reach"])[0] / shares.max()
    alone = departure_ratio(day, place, settings)
    told = float(beside(alone, np.array([journey_kept(sought, found, parameters)]))[0])
    reason, values = _reason(first, second, told)
    return Evidence("departure", told, reason, values, _said(first), _said(second))


def _day_ratio(
    sought: Record, found: Record, days: tuple[Days, Days], parameters: Parameters | None, spread: DepartureDays
) -> Floats:
    """How many times as often the day is met of one person as of another."""
    settings = (parameters or defaults())["departure"]
    starts, lengths = (np.array([one], np.int32) for one in (days[1].start.toordinal(), days[1].length))
    before = np.array([days[0].length], np.int32)
    same = same_density(starts - days[0].start.toordinal(), before, lengths, settings)
    other = spread.density(starts, lengths, settings)
    last, stop = last_known(sought), first_known(found, sought)
    if last and last.days and stop and stop.days:  # the time is compared, and tells the discovery
        until = np.array([stop.days.length], np.int32)
        other = np.maximum(other, delay_density(stop.days.start.toordinal() - starts, lengths, until, parameters))
    return np.asarray(same / other)


def _reason(first: Stop, second: Stop, told: float) -> tuple[str, dict[str, object]]:
    """How far the departures lie apart, and that a journey has several."""
    values: dict[str, object] = {}
    if first.days and second.days:
        values["days"] = max((second.days.start - first.days.end).days, (first.days.start - second.days.end).days, 0)
    if is_known(first.place) and is_known(second.place) and first.place and second.place:
        values["kilometres"] = round(float(apart([first.place], [second.place])[0, 0]))
    reason = _BY_WHAT[tuple(values)]
    if told >= 0:
        return reason, values
    more = N_("{what} A journey may have several departures: that these differ says little.")
    return more, {"what": said(reason, **values)}


_BY_WHAT: dict[tuple[str, ...], str] = {
    ("days", "kilometres"): N_(
        "Days between the departures at least: {days}; km between their places at least: {kilometres}."
    ),
    ("days",): N_("Days between the departures at least: {days}."),
    ("kilometres",): N_("Km between the places of departure at least: {kilometres}."),
}


def _said(stop: Stop) -> str | Said:
    place, days = stop.place.text if stop.place else "", (stop.days.text or str(stop.days.start)) if stop.days else ""
    return said("{first}, {second}", first=place, second=days) if place and days else place or days
