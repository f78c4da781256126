"""Where and when: is it plausible that the person last heard of there and then was found here and now?

The density of the way between last contact and discovery is a mixture of exponentials (found near, on the way, far off or
drifted), limited by the time there was; that of another person is wide. Time runs forward: a discovery before the last contact
is possible only if a date is wrong, and a way that the days do not allow only if a place is. Time and place are one statement of one
journey: as far as one entry of it must be wrong, the other adds nothing in favour. Both are averaged over all that was said: every day of
a "spring 2013", every km between the nearest and the farthest end of a "between Agadez and Sabha", so that what is known roughly says
less than what is known well; a place as wide as a country never speaks against a way that there was time for, since people go on. A departure
of one side alone takes the place of the last contact that it follows, or of the discovery that it comes before (`departure` compares those of both).
The form is this project's judgement, and so are its numbers, in `parameters.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_, said
from opencompact.missing.evidence.distances import WIDE, in_time, mixture, place_likelihood_ratio, weighed
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.routes import breadth, way
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.places import Place, Point, is_of_several, meant
from opencompact.missing.records.record import Record, Stop

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]


def last_known(record: Record) -> Stop | None:
    """The last that is known of a person sought: the last contact, or a departure that is later; without a last contact the latest stop.

    A last contact whose place nobody knows is taken to be where the person departed from within the week before.
    """
    contact, departure = record.stop("last-contact"), record.stop("departure")
    if contact is None:
        dated = [(stop.days.end, index) for index, stop in enumerate(record.stops) if stop.days is not None]
        return record.stops[max(dated)[1]] if dated else next(iter(record.stops[-1:]), None)
    if departure is None or departure.days is None or contact.days is None:
        return contact
    if departure.days.start > contact.days.end:
        return replace(departure, place=departure.place or contact.place)
    if contact.place is None and (contact.days.end - departure.days.start).days <= _SAME_STRETCH:
        return replace(contact, place=departure.place)
    return contact


_SAME_STRETCH = 7  # days


def first_known(found: Record, sought: Record) -> Stop | None:
    """Where the journey of a person found is met after the last contact of a person sought: at the departure, where its day and place are told of
    the person found alone and it is no earlier, else at the discovery. What came after a departure tells nothing more of who departed."""
    departure, last = found.stop("departure"), last_known(sought)
    discovery = found.stop("found")
    if departure is None or departure.days is None or departure.place is None or departure.place.point is None:
        return discovery
    if sought.stop("departure") or last is None or last.days is None or departure.days.start < last.days.end:
        return discovery
    return departure


def delay_likelihood_ratio(last: Days, found: Days, parameters: Parameters | None = None) -> float:
    """LR of the days between a last contact and a discovery, each within its interval, against discoveries of others that are
    spread over the window: the mean over every pair of days of the two intervals, in closed form."""
    return float(np.exp(delay_table(*_apart(last, found), parameters)[0]))


def _apart(last: Days, found: Days) -> tuple[Ints, Ints, Ints]:
    """Days from start to start of two intervals, and the length of each."""
    one, two, three = (np.array([n], np.int32) for n in ((found.start - last.start).days, last.length, found.length))
    return one, two, three


def compare_time(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the days of last contact and discovery say."""
    last, stop = last_known(sought), first_known(found, sought)
    if last is None or last.days is None or stop is None or stop.days is None:
        return None
    between = (stop.days.start - last.days.end).days, (stop.days.end - last.days.start).days
    reason, values = _delay_said(*between) if stop.kind == "found" else _departed_said(*between)
    alone = math.log(delay_likelihood_ratio(last.days, stop.days, parameters))
    told = float(beside(np.array(alone), np.array(places_kept(sought, found, parameters))))
    reason, values = _changed(alone, told, *_from_departure(last, reason, values))
    return Evidence("time", told, reason, values, as_told(last.days), as_told(stop.days))


def beside(ln_ratio: Floats, kept: Floats, alone: Floats | None = None) -> Floats:
    """ln LR of one entry of a journey beside the other, which can be right with the probability `kept`: as far as it must be wrong,
    nothing is told in favour. Among others of a register `alone` is what the entry says without them, who take nothing from nothing."""
    ratio, without = np.exp(ln_ratio), np.exp(ln_ratio if alone is None else alone)
    return np.asarray(np.log(kept * ratio + (1 - kept) * np.minimum(1.0, without)))


def _changed(alone: float, told: float, reason: str, values: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The sentence, with what the other entry of the journey changes in what is told."""
    if alone - told <= _CHANGED:
        return reason, values
    changed = (
        N_("{what} The time and the place do not fit together: one of them must be wrong, and this adds nothing.")
        if told < _NOTHING
        else N_("{what} The time and the place hardly fit together: one of them may be wrong, and this counts less.")
    )
    return changed, {"what": said(reason, **values)}


_CHANGED, _NOTHING = math.log(1.5), math.log(1.05)


def as_told(days: Days) -> str:
    """One day as such (ISO 8601), several as they were said; those of another calendar with the days that they are."""
    text = days.text or str(days.start)
    if days.calendar == "gregorian":
        return text if days.length > 1 else str(days.start)
    if days.start == days.end:
        return said("{text} ({day})", text=text, day=str(days.start))
    return said("{text} ({first} to {last})", text=text, first=str(days.start), last=str(days.end))


def _delay_said(least: int, most: int) -> tuple[str, dict[str, object]]:
    """The sentence for a discovery from `least` to `most` days after the last contact."""
    if least == most >= 0:
        return N_("Days from the last contact to the discovery: {days}."), {"days": most}
    if least == most:
        return N_("The discovery is before the last contact (days: {days}): possible only if a date is wrong."), {
            "days": -most
        }
    if least >= 0:
        return N_("Days from the last contact to the discovery: {least} to {most}."), {"least": least, "most": most}
    if most >= 0:
        return N_("Days from the last contact to the discovery: at most {most}; what is known of the two overlaps."), {
            "most": most
        }
    reason = N_("The discovery is before the last contact (days: {least} to {most}): possible only if a date is wrong.")
    return reason, {"least": -most, "most": -least}


def _departed_said(least: int, most: int) -> tuple[str, dict[str, object]]:
    """The sentence for a departure of the person found from `least` to `most` days after the last contact."""
    if least == most:
        return N_("Days from the last contact to the departure of the person found: {days}."), {"days": most}
    reason = N_("Days from the last contact to the departure of the person found: {least} to {most}.")
    return reason, {"least": least, "most": most}


def _from_departure(last: Stop, reason: str, values: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The sentence, with what is taken for the last contact where a departure is."""
    if last.kind != "departure":
        return reason, values
    changed = N_("{what} The last that is known of the person sought is the departure.")
    return changed, {"what": said(reason, **values)}


def way_met(sought: Record, found: Record) -> tuple[Stop, Stop, tuple[Way, ...]] | None:
    """The last that is known of a person sought, where the journey of one found is met, and the ways between all places that may be meant; None where
    a place is unknown."""
    last, stop = last_known(sought), first_known(found, sought)
    going = _ways(last, stop) if last and stop else ()
    return (last, stop, going) if last and stop and going else None


@dataclass(frozen=True)
class Way:
    """A way between two places: from where, km at least, how much more it may be, the days there were at most, whether an end is wide, and how
    probable it is that these places are meant."""

    start: Place
    kilometres: float
    width: float
    days: float | None
    wide: bool
    share: float = 1.0


def _ways(last: Stop, found: Stop) -> tuple[Way, ...]:
    """The ways from the last contact to the discovery, of all places that may be meant; none where a place is unknown."""
    if last.place is None or found.place is None:
        return ()
    days = None if last.days is None or found.days is None else float((found.days.end - last.days.start).days)
    pairs = [(p * q, one, other) for p, one in meant(last.place) for q, other in meant(found.place)]
    return tuple(
        _way(one, other.point, other.radius, days, share) for share, one, other in pairs if one.point and other.point
    )


def _way(start: Place, end: Point, radius: float, days: float | None, share: float) -> Way:
    far = max(0.0, (way(start, end) or 0.0) - radius)
    return Way(start, far, breadth(start, end, radius), days, max(start.radius, radius) >= WIDE, share)


def ln_ratio(going: Way, parameters: Parameters | None = None) -> float:
    """ln LR of a way."""
    return math.log(place_likelihood_ratio(going.kilometres, going.days, parameters, going.width, going.wide))


def likeliest(ways: Sequence[Way], parameters: Parameters | None = None) -> Way:
    """Of the ways between places that may be meant, the one that is most probable if the two are one person."""
    return max(ways, key=lambda one: (one.share * math.exp(ln_ratio(one, parameters)), one.share))


def way_kept(ways: Sequence[Way], parameters: Parameters | None = None) -> float:
    """The probability, given the places, that they need not be wrong for the time there was, as far as the places of a name are listed; 1 where no way
    is known."""
    if not ways:
        return 1.0
    settings = (parameters or defaults())["place"]
    late = math.fsum(one.share * (1 - in_time(one.kilometres, one.days, settings)) for one in ways)
    told = math.fsum(one.share * math.exp(ln_ratio(one, parameters)) for one in ways)
    return float(1 - settings["error"] * late / told)


def places_kept(sought: Record, found: Record, parameters: Parameters | None) -> float:
    """`way_kept` of two records."""
    met = way_met(sought, found)
    return way_kept(met[2], parameters) if met else 1.0


def time_kept_of(sought: Record, found: Record, parameters: Parameters | None) -> float:
    """`time_kept` of two records; 1 where no days are known."""
    last, stop = last_known(sought), first_known(found, sought)
    if last is None or stop is None or last.days is None or stop.days is None:
        return 1.0
    return float(time_kept(*_apart(last.days, stop.days), parameters)[0])


def journey_kept(sought: Record, found: Record, parameters: Parameters | None = None) -> float:
    """The probability that neither the days nor the places of two records need be wrong for one journey; 1 of two records of one side, between
    which there is none (`again`)."""
    if (sought.kind == "sought") == (found.kind == "sought"):
        return 1.0
    return time_kept_of(sought, found, parameters) * places_kept(sought, found, parameters)


def compare_place(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the places say: the way along the routes from the last contact to the discovery."""
    met = way_met(sought, found)
    if met is None or met[0].place is None or met[1].place is None:
        return None
    last, stop, ways = met
    kept, shares = time_kept_of(sought, found, parameters), [one.share for one in ways]
    alone = weighed(shares, [ln_ratio(one, parameters) for one in ways])
    told = weighed(shares, beside_time(ways, kept, parameters))
    reason, values = _from_departure(last, *_way_said(likeliest(ways, parameters), stop.kind == "found"))
    reason, values = _of_several(last, stop, reason, values)
    whole, values = _changed(alone, told, reason, values)
    return Evidence("place", told, whole, values, met[0].place.text, met[1].place.text)


def beside_time(ways: Sequence[Way], kept: float, parameters: Parameters | None = None) -> list[float]:
    """ln LR of each way beside the days, which can be right with the probability `kept`."""
    alone = np.array([ln_ratio(one, parameters) for one in ways])
    told: list[float] = beside(alone, np.array(kept)).tolist()
    return told


def _of_several(last: Stop, stop: Stop, reason: str, values: dict[str, object]) -> tuple[str, dict[str, object]]:
    """The sentence, with how many places a name may mean."""
    several = [len(one.place.others) for one in (last, stop) if one.place and is_of_several(one.place)]
    if not several:
        return reason, values
    changed = N_(
        "{what} Places that may be meant by this name: {number}. Each counts by its people, and this way is the likeliest."
    )
    return changed, {"what": said(reason, **values), "number": max(several)}


def _way_said(going: Way, to_the_discovery: bool) -> tuple[str, dict[str, object]]:
    """The sentence for a way to the discovery or to the departure of the person found."""
    kilometres = round(going.kilometres)
    if going.width > _ABOUT:
        reason = (
            N_(
                "The way from the last contact to the place of discovery, as people go and not in a straight line, is between {least} and {most} km."
            )
            if to_the_discovery
            else N_(
                "The way from the last contact to the departure of the person found, as people go and not in a straight line, is between {least} and {most} km."
            )
        )
        return reason, {"least": kilometres, "most": round(going.kilometres + going.width)}
    if to_the_discovery:
        return N_(
            "The way from the last contact to the place of discovery, as people go and not in a straight line, is about {kilometres} km."
        ), {"kilometres": kilometres}
    reason = N_(
        "The way from the last contact to the departure of the person found, as people go and not in a straight line, is about {kilometres} km."
    )
    return reason, {"kilometres": kilometres}


_ABOUT = 40.0  # km: two towns and their surroundings; what is known no better is told with both its ends


def delay_table(
    delays: Ints, lengths: Ints, found_lengths: Ints, parameters: Parameters | None = None
) -> NDArray[np.float64]:
    """ln of `delay_likelihood_ratio` for many pairs: days from the start of one interval to the start of the other, and the
    number of days in each."""
    settings = (parameters or defaults())["time"]
    mean = delay_density(delays, lengths, found_lengths, parameters)
    return np.asarray(np.log((1 - settings["error"]) * mean * settings["window"] + settings["error"]))


def window_of(found: Sequence[Record], parameters: Parameters) -> float:
    """Days over which the discoveries of a register are spread: nine tenths of them, taken as evenly as the days between; `window` counts as so
    many records as `register` says."""
    settings = parameters["time"]
    days = [stop.days.start.toordinal() for record in found if (stop := record.stop("found")) and stop.days]
    if not days:
        return float(settings["window"])
    first, last = np.quantile(days, (0.05, 0.95)).tolist()
    spread, weight = max(_LEAST_WINDOW, (last - first) / 0.9), settings["register"]
    return float((len(days) * spread + weight * settings["window"]) / (len(days) + weight))


_LEAST_WINDOW = 30.0  # days


def delay_density(
    delays: Ints, lengths: Ints, found_lengths: Ints, parameters: Parameters | None = None
) -> NDArray[np.float64]:
    """Mean density a day of the delays between two intervals of days, for one person, given as for `delay_table`; 0 where the second is before."""
    settings = (parameters or defaults())["time"]
    parts = settings["soon"], settings["later"]
    mean = np.where(delays >= 0, mixture(np.maximum(delays, 0), *parts), 0.0)
    rough = np.flatnonzero((lengths > 1) | (found_lengths > 1))
    start, n, m = (one[rough].astype(float) for one in (delays, lengths, found_lengths))
    # Sum over m days of discovery and n of last contact, as differences of the density summed twice.
    whole = sum(sign * _summed_twice(start + shift, *parts) for sign, shift in _corners(n, m))
    mean[rough] = np.maximum(whole, 0.0) / (n * m)
    return np.asarray(mean)


def time_kept(
    delays: Ints, lengths: Ints, found_lengths: Ints, parameters: Parameters | None = None
) -> NDArray[np.float64]:
    """The probability, given the days, that none need be wrong for the discovery to follow the last contact: as `delay_table`."""
    error = float((parameters or defaults())["time"]["error"])
    start, n, m = (one.astype(float) for one in (delays, lengths, found_lengths))
    in_order = sum(sign * _triangle(start + shift) for sign, shift in _corners(n, m)) / (n * m)
    return np.asarray(1 - error * (1 - in_order) * np.exp(-delay_table(delays, lengths, found_lengths, parameters)))


def _corners(n: NDArray[np.float64], m: NDArray[np.float64]) -> tuple[tuple[int, NDArray[np.float64]], ...]:
    """Sign and shift of the four sums that together are that over n days of last contact and m of discovery."""
    return (1, m - 1), (-1, m - 1 - n), (-1, -np.ones_like(n)), (1, -1 - n)


def _triangle(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """∑ₖ₌₀ˣ ∑ⱼ₌₀ᵏ 1; 0 below 0."""
    above = np.maximum(x + 1, 0.0)
    return np.asarray(above * (above + 1) / 2)


def _summed_twice(x: NDArray[np.float64], *parts: list[float]) -> NDArray[np.float64]:
    """∑ₖ₌₀ˣ ∑ⱼ₌₀ᵏ of a mixture of exponentials (share, mean) at j; 0 below 0."""
    above = np.maximum(x + 1, 0.0)
    total = np.zeros_like(above)
    for share, mean in parts:
        q = math.exp(-1 / mean)
        total += share / mean * (above - q * (1 - q**above) / (1 - q)) / (1 - q)
    return total
