"""The rate of all people where a table has those of women and of men alone, with the counts that make them.

A count over its rate is the population that the publisher divided by. The rate of all is the two counts over the two
populations: exact, as far as the published numbers are.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from opencompact.review.holdings import Holdings
from opencompact.statistics.assessment import Point, known

COMPUTED = "computed: from the counts and rates of women and men"


@cache
def _pairs() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files(__package__).joinpath("together.toml").read_text("utf-8"))


def of_everybody(holdings: Holdings, indicator: str, area: str | None = None) -> tuple[Point, ...]:
    """The rate of all by year, of status E; () where the table gives a total itself, or no counts of both."""
    pair = _pairs().get(indicator)
    if pair is None or holdings.points(indicator, area, breakdown=pair["rate"]):
        return ()
    rates, counts = (
        {sex: _by_period(holdings, indicator, area, sex, pair[what]) for sex in ("F", "M")}
        for what in ("rate", "count")
    )
    found = []
    for period, point in rates["F"].items():
        parts = [(counts[sex].get(period), rates[sex].get(period)) for sex in ("F", "M")]
        people = 0.0
        victims = 0.0
        for count, rate in parts:
            if count is None or rate is None or not rate.number:
                break
            victims += count.number
            people += count.number / rate.number
        else:
            found.append(_computed(point, victims / people))
    return tuple(found)


def _by_period(holdings: Holdings, indicator: str, area: str | None, sex: str, breakdown: str) -> dict[str, Point]:
    return {each.period: each for each in known(holdings.points(indicator, area, sex=sex, breakdown=breakdown))}


def _computed(point: Point, value: float) -> Point:
    """A point of its own, which stands on no line of the table."""
    return Point(point.period, point.year, value, "E", source=point.source, vintage=point.vintage, note=COMPUTED)
