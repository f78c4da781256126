"""Where and when: is it plausible that the person last heard of there and then was found here and now?

The density of the way between last contact and discovery is a mixture of exponentials (found near, on the way, far off or
drifted), limited by the time there was; that of another person is wide. Time runs forward: a discovery before the last contact
is possible only if a date is wrong.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from opencompact.language import N_
from opencompact.missing.evidence.ledger import Evidence
from opencompact.missing.evidence.parameters import Parameters, defaults
from opencompact.missing.evidence.routes import way
from opencompact.missing.records.intervals import Days
from opencompact.missing.records.record import Record, Stop

Ints = NDArray[np.int32]


def last_known(record: Record) -> Stop | None:
    """The last that is known of a person sought: the last contact, else the latest stop."""
    if (stop := record.stop("last-contact")) is not None:
        return stop
    dated = [(stop.days.end, index) for index, stop in enumerate(record.stops) if stop.days is not None]
    return record.stops[max(dated)[1]] if dated else next(iter(record.stops[-1:]), None)


def _mixture(x: float, *parts: list[float]) -> float:
    return float(sum(share / mean * math.exp(-x / mean) for share, mean in parts))


def delay_likelihood_ratio(last: Days, found: Days, parameters: Parameters | None = None) -> float:
    """LR of the days between a last contact and a discovery, each within its interval, against discoveries of others that are
    spread over the window. Integrated over both intervals by their middle and ends (Simpson's rule on nine points)."""
    settings = (parameters or defaults())["time"]
    other = 1 / settings["window"]
    densities = []
    for i, weight in ((0.0, 1), (0.5, 4), (1.0, 1)):
        for j, other_weight in ((0.0, 1), (0.5, 4), (1.0, 1)):
            start = last.start.toordinal() + i * (last.length - 1)
            end = found.start.toordinal() + j * (found.length - 1)
            delay = end - start
            density = _mixture(delay, settings["soon"], settings["later"]) if delay >= 0 else 0.0
            densities.append(weight * other_weight * density / 36)
    return float(((1 - settings["error"]) * sum(densities) + settings["error"] * other) / other)


def compare_time(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the days of last contact and discovery say."""
    last, stop = last_known(sought), found.stop("found")
    if last is None or last.days is None or stop is None or stop.days is None:
        return None
    ratio = delay_likelihood_ratio(last.days, stop.days, parameters)
    days = (stop.days.middle - last.days.middle).days
    reason = (
        N_("Found {days} days after the last contact.")
        if days >= 0
        else N_("Found {days} days before the last contact: possible only if a date is wrong.")
    )
    return Evidence(
        "time",
        math.log(ratio),
        reason,
        {"days": abs(days)},
        last.days.text or str(last.days.start),
        stop.days.text or str(stop.days.start),
    )


def place_likelihood_ratio(kilometres: float, days: float | None, parameters: Parameters | None = None) -> float:
    """LR of a way of so many km between last contact and discovery, with `days` to travel it (None if not known)."""
    settings = (parameters or defaults())["place"]
    # Density of distance per km; that of others grows with the ring until the size of the setting.
    same = _mixture(kilometres, settings["near"], settings["way"], settings["far"])
    if days is not None and kilometres > settings["speed"] * (max(days, 0.0) + 2):
        same *= math.exp(-(kilometres / (settings["speed"] * (max(days, 0.0) + 2)) - 1))
    other = (
        kilometres / settings["other"] ** 2 * math.exp(-((kilometres / settings["other"]) ** 2) / 2)
        + 0.02 / settings["other"]
    )
    return float(((1 - settings["error"]) * same + settings["error"] * other) / other)


def compare_place(sought: Record, found: Record, parameters: Parameters | None = None) -> Evidence | None:
    """What the places say: the way along the routes from the last contact to the discovery."""
    last, stop = last_known(sought), found.stop("found")
    if last is None or last.place is None or stop is None or stop.place is None or stop.place.point is None:
        return None
    kilometres = way(last.place, stop.place.point)
    if kilometres is None:
        return None
    kilometres = max(0.0, kilometres - stop.place.radius)
    days = None if last.days is None or stop.days is None else float((stop.days.end - last.days.start).days)
    ratio = place_likelihood_ratio(kilometres, days, parameters)
    reason = N_("The way from the last contact to the place of discovery is about {kilometres} km.")
    return Evidence(
        "place", math.log(ratio), reason, {"kilometres": f"{kilometres:.0f}"}, last.place.text, stop.place.text
    )


def delay_table(
    delays: Ints, lengths: Ints, found_lengths: Ints, parameters: Parameters | None = None
) -> NDArray[np.float64]:
    """ln of `delay_likelihood_ratio` for many pairs: days from the start of one interval to the start of the other, and the
    number of days in each."""
    settings = (parameters or defaults())["time"]
    other = 1 / settings["window"]
    summed = np.zeros(len(delays))
    # Where both are single days the nine points are one.
    single = (lengths == 1) & (found_lengths == 1)
    for i, weight in ((0.0, 1), (0.5, 4), (1.0, 1)):
        for j, other_weight in ((0.0, 1), (0.5, 4), (1.0, 1)):
            first = i == j == 0.0
            at = slice(None) if first else np.flatnonzero(~single)
            delay = delays[at] + j * (found_lengths[at] - 1) - i * (lengths[at] - 1)
            density = np.where(delay >= 0, mixture(np.maximum(delay, 0), settings["soon"], settings["later"]), 0.0)
            share = np.where(single, 1.0, 1 / 36) if first else weight * other_weight / 36
            summed[at] += share * density
    return np.asarray(np.log((1 - settings["error"]) * summed / other + settings["error"]))


def mixture(x: NDArray[Any], *parts: list[float]) -> NDArray[np.float64]:
    """Density of a mixture of exponentials (share, mean) at each x."""
    return np.asarray(np.sum([share / mean * np.exp(-x / mean) for share, mean in parts], axis=0))


def place_parts(
    kilometres: NDArray[np.float64], parameters: Parameters | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Densities of ways of so many km for one person (before the time is looked at) and for another."""
    settings = (parameters or defaults())["place"]
    same = mixture(kilometres, settings["near"], settings["way"], settings["far"])
    wide = settings["other"]
    return same, kilometres / wide**2 * np.exp(-((kilometres / wide) ** 2) / 2) + 0.02 / wide
