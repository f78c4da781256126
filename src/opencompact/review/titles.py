"""Titles of figures: the finding of a series in a line, which says the same as the line that is drawn and as its assessment."""

from __future__ import annotations

from collections.abc import Sequence

from opencompact.language import N_
from opencompact.review.account import YES_OR_NO, Account
from opencompact.review.findings import Finding
from opencompact.review.terms import COUNTS, POLICY
from opencompact.review.words import FOLDS
from opencompact.statistics.assessment import Direction, Point, Verdict, comparable, known, silent
from opencompact.statistics.assessment.assess import LEAST_VALUES
from opencompact.statistics.assessment.growth import BASE_YEAR

SMALL_BASE = 100  # people: below, two numbers are told and no share of the first
ROUNDED_BELOW = 10  # rates: below, a whole number may be half of one off, a twentieth of it and more
SMALL_CHANGE = 0.05  # a change below a twentieth is said to be little
SMALL_POINTS = 0.5  # of a percentage, unless it is so many points: on an axis of two or three points they are a cliff
SINCE = 2000  # titles say what changed in this century, unless the page is about longer
CHART_FROM = 1990  # what lies before is in the table that is handed out


def recent(points: Sequence[Point], since: float) -> tuple[Point, ...]:
    """The points from a year on."""
    return tuple(each for each in points if each.year >= since)


def changed(account: Account, name: str, points: Sequence[Point], unit: str, since: float = SINCE) -> str:
    """The finding of a series as a title: up, down or little changed since its first value from `since` on.

    A change from a small base is told by the two numbers: a multiple of 59 people says little. Where the line that is drawn
    began higher (lower) and the value has since risen (fallen), all three are told. A percentage changes by points. A series that
    breaks between the two, one that ends in silence, and a count of which another publication gives the newest value, is told by
    the two numbers: between publications, a change is none of people. So are fewer values than an assessment is made from: two or
    three may differ by chance.
    """
    _ = account.words
    have = known(recent(counted(points, unit), since))
    if len(have) < 2:
        return name
    if not have[0].number:
        return _since_nothing(account, name, have)
    first, last = have[0], have[-1]
    change = (last.number - first.number) / abs(first.number)
    before = known(recent(counted(points, unit), CHART_FROM))[0]
    if turned(before.number, first.number, last.number):
        return _(
            "{name}: {before} in {before_year}, {first} in {year}, {last} in {last_year}",
            before=_bare(account, before.number, unit),
            before_year=_.period(before.period),
            **_ends(account, name, first, last, unit),
        )
    values = {"name": name, "year": _.period(first.period)}
    if len(have) < LEAST_VALUES or len(comparable(have)) < len(have) or silent(points):
        return from_to(account, name, first, last, unit)
    if little(first.number, last.number, unit):
        return _unsteady(account, have, unit, values) or _("{name}: little changed since {year}", **values)
    if from_little(first.number, last.number, unit) or (unit in COUNTS and first.source != last.source):
        return from_to(account, name, first, last, unit)
    if unit.startswith("percent"):
        return _by_points(account, last.number - first.number, values)
    if change > 9:
        times = _.short(last.number / first.number)
        return _("{name}: {times} times the figure for {year}", times=times, **values)
    share = _.share(abs(change))
    all_of_it = change < 0 and share == _.share(1)  # by its rounding where something is left: two numbers say more
    if all_of_it:
        return from_to(account, name, first, last, unit)
    if change > 0:
        return _("{name}: up by {share} since {year}", share=share, **values)
    return _("{name}: down by {share} since {year}", share=share, **values)


def little(first: float, last: float, unit: str) -> bool:
    """Whether two values are so near to each other that little changed between them."""
    small = abs(last - first) < SMALL_CHANGE * abs(first)
    return small and (not unit.startswith("percent") or abs(last - first) < SMALL_POINTS)


def _unsteady(account: Account, have: Sequence[Point], unit: str, values: dict[str, str]) -> str:
    """The title of a series that ends where it began and was elsewhere between; an empty text of one that was not."""
    low, high = (choose(have, key=lambda each: each.number) for choose in (min, max))
    if little(low.number, high.number, unit):
        return ""
    return account.words(
        N_("{name}: between {low} and {high} since {year}"),
        low=_bare(account, low.number, unit),
        high=_amount(account, high.number, unit),
        **values,
    )


def _by_points(account: Account, difference: float, values: dict[str, str]) -> str:
    """The change of a percentage, in points."""
    _ = account.words
    shown = _.points(difference)
    if difference > 0:
        return _.plural(
            "{name}: up by {points} percentage point since {year}",
            "{name}: up by {points} percentage points since {year}",
            _.as_shown(shown, difference),
            points=shown,
            **values,
        )
    return _.plural(
        "{name}: down by {points} percentage point since {year}",
        "{name}: down by {points} percentage points since {year}",
        _.as_shown(shown, difference),
        points=shown,
        **values,
    )


def judged_title(account: Account, name: str, finding: Finding) -> str:
    """The finding of a series of which the page says how it goes: the title says the same as the assessment, never the contrary.

    What changed in this century where that goes the same way, else since the assessment begins, else the two numbers alone: of
    two values with their years, where nothing can be said of the course.
    """
    _ = account.words
    verdict, direction = finding.assessment.verdict, finding.assessment.goal.direction
    points = comparable(
        finding.points
    )  # the methods run over no break of the series, nor does what the title says of them
    judged = known(recent(counted(points, finding.unit), BASE_YEAR))
    if verdict is Verdict.UNKNOWN:
        return _first_and_last(account, name, finding.points, finding.unit)
    if len(judged) < 2 or direction not in (Direction.UP, Direction.DOWN):
        return changed(account, name, finding.points, finding.unit)
    if verdict is Verdict.NO_CLEAR_CHANGE:
        return _("{name}: no clear change since {year}", name=name, year=_.period(judged[0].period))
    better = verdict is not Verdict.AWAY
    rises = better == (direction is Direction.UP)
    for start in (SINCE, judged[0].year):
        have = known(recent(counted(points, finding.unit), start))
        change = have[-1].number - have[0].number
        if (change > 0) == rises and not little(have[0].number, have[-1].number, finding.unit):
            return changed(account, name, points, finding.unit, start)
    return from_to(account, name, judged[0], judged[-1], finding.unit)


def title_of(
    account: Account, name: str, indicator: str, points: Sequence[Point], unit: str, since: float = SINCE
) -> str:
    """The title of a series wherever it stands: that of its assessment where an objective's page judges the same values."""
    finding = account.findings.of(account.indicator(indicator))
    if finding.judged and known(finding.points) == known(points):
        return judged_title(account, name, finding)
    return changed(account, name, points, unit, since)


def _first_and_last(account: Account, name: str, points: Sequence[Point], unit: str) -> str:
    """A series of which nothing can be said: its first value in this century and its newest, each with its year."""
    drawn = known(recent(counted(points, unit), CHART_FROM))
    have = recent(drawn, SINCE) if len(recent(drawn, SINCE)) > 1 else drawn
    if len(have) < 2:
        return name
    if not any(each.number for each in have):
        return _since_nothing(account, name, have)
    return from_to(account, name, have[0], have[-1], unit)


def from_to(account: Account, name: str, first: Point, last: Point, unit: str) -> str:
    """Two values and their years, without a word of judgement."""
    return account.words(
        N_("{name}: from {first} in {year} to {last} in {last_year}"), **_ends(account, name, first, last, unit)
    )


def _ends(account: Account, name: str, first: Point, last: Point, unit: str) -> dict[str, str]:
    return {
        "name": name,
        "first": _bare(account, first.number, unit),
        "year": account.words.period(first.period),
        "last": _amount(account, last.number, unit),
        "last_year": account.words.period(last.period),
    }


def turned(before: float, first: float, last: float) -> bool:
    """Whether a value went one way from the start of the drawn line and the other way since the year that a title begins with."""
    since, whole = last - first, last - before
    return since * whole < 0 and min(abs(since / first), abs(whole / before) if before else 1.0) >= SMALL_CHANGE


def counted(points: Sequence[Point], unit: str) -> tuple[Point, ...]:
    """The points of a count from the first that is not zero on: sources write zero also for years in which nobody counted.

    A series that is zero throughout, and one that is no count, stays whole.
    """
    drawn = recent(points, CHART_FROM)
    started = next((place for place, each in enumerate(drawn) if each.value), None)
    zeros = started is not None and any(each.value == 0 for each in drawn[:started])
    if not zeros or not (unit in COUNTS or unit.startswith("US dollars")):
        return tuple(points)
    return drawn[started:]


def from_little(first: float, last: float, unit: str) -> bool:
    """Whether the share or multiple of a change would say more than its base bears.

    Chance alone moves a count of n by some √n (Poisson), a tenth where n is 100: the reason for which the National Center for
    Health Statistics marks rates of fewer than 20 cases as unreliable. A rate that is published as a whole number below ten is
    rounded by a twentieth of itself and more: 1 stands for what lies between 0.5 and 1.5. And no reader pictures more than a
    hundredfold.
    """
    if unit in COUNTS:
        return abs(first) < SMALL_BASE or abs(last) > FOLDS * abs(first)
    rounded = first == round(first) and abs(first) < ROUNDED_BELOW
    return rounded or abs(last) > FOLDS * abs(first)


def _amount(account: Account, value: float, unit: str) -> str:
    return account.words.rough(value) if unit in COUNTS else account.value(value, unit)


def _bare(account: Account, value: float, unit: str) -> str:
    """The first of several values in a title: the unit of a rate stands once, behind the last."""
    return (
        account.words.bare(value, unit) if unit not in {*COUNTS, YES_OR_NO, POLICY} else _amount(account, value, unit)
    )


def _since_nothing(account: Account, name: str, have: Sequence[Point]) -> str:
    """The finding of a series whose first value is zero, of which no change can be a share."""
    _ = account.words
    above = next((each for each in have if each.number), None)
    if above is None:
        return _("{name}: none since {year}", name=name, year=_.period(have[0].period))
    return _("{name}: the first above zero in {year}", name=name, year=_.period(above.period))
