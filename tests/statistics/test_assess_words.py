"""Gaps, comparison, coverage and the word of an assessment say what the rows say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from opencompact.statistics.assessment import (
    Asked,
    Direction,
    Goal,
    Growth,
    Point,
    Presence,
    Reason,
    Refused,
    Verdict,
    assess,
    available,
    by_objective,
    compare,
    gaps,
    growth_ratio,
    latest,
    middle,
    presence,
    ratio_of_sums,
    series,
    silent,
    total,
    wanted,
    year_of,
)
from opencompact.statistics.assessment.assess import LEAST_VALUES
from opencompact.statistics.assessment.trend import CONFIDENCE, interval_ranks


def row(period: str, value: float | None, **cell: Any) -> dict[str, Any]:
    base = {"sex": "_T", "age": "_T", "migratory_status": "_T", "origin": "_T", "breakdown": "_T"}
    kept = {"status": "A", "confidentiality": "F", "lower": None, "upper": None}
    return base | kept | {"source": "s", "vintage": "2024-01-01", "period": period, "value": value} | cell


def points(*pairs: tuple[int, float]) -> list[Point]:
    return [Point(str(year), year, value) for year, value in pairs]


def test_missing_zero_suppressed_and_not_applicable_stay_four_things() -> None:
    assert presence(0.0) is Presence.ZERO
    assert presence(None, "O") is Presence.MISSING
    assert presence(None, "L") is Presence.NOT_COLLECTED
    assert presence(None, "A", "S") is Presence.SUPPRESSED
    assert presence(None, "M") is Presence.NOT_APPLICABLE
    assert presence(3.0, "A", "F") is Presence.VALUE


@pytest.mark.parametrize(
    ("period", "year"),
    [("2023", 2023), ("2023-Q3", 2023.5), ("2023-07", 2023.5), ("2019/2021", 2020), ("2023-S2", 2023.5)],
)
def test_a_period_is_a_point_in_time(period: str, year: float) -> None:
    assert year_of(period) == year


def test_the_newest_value_is_the_newest_that_is_known() -> None:
    found = latest(series([row("2024", None, confidentiality="C"), row("2020", 0.0), row("2010", 4.0)]))
    assert found is not None
    assert (found.period, found.value) == ("2020", 0.0)


def test_a_gap_is_between_the_groups_of_one_dimension_at_the_same_time() -> None:
    rows = [
        row("2022", 12.0, sex="F"),
        row("2022", 8.0, sex="M"),
        row("2023", 13.0, sex="F"),
        row("2021", 30.0, migratory_status="MIGRANT", lower=25.0, upper=35.0),
        row("2021", 20.0, migratory_status="NONMIGRANT", lower=19.0, upper=21.0),
        row("2021", 99.0, migratory_status="MIGRANT", sex="F"),
    ]
    sex, status = gaps(rows)
    assert (sex.period, sex.difference, sex.ratio) == ("2022", 4.0, 1.5)
    assert sex.overlap is None
    assert (status.first.value, status.second.value, status.overlap) == (30.0, 20.0, False)
    behind = status.behind(Direction.DOWN)
    assert behind is not None
    assert behind.code == "MIGRANT"
    assert status.behind(Direction.NEITHER) is None


def test_areas_are_compared_in_the_latest_year_that_most_of_them_share() -> None:
    own = points((2015, 1.0), (2020, 2.0), (2024, 3.0))
    found = compare(own, {"419": points((2015, 5.0), (2020, 6.0)), "001": points((2020, 9.0), (2024, 10.0))})
    assert found is not None
    assert (found.period, found.own.value) == ("2020", 2.0)
    assert {code: point.value for code, point in found.others.items()} == {"419": 6.0, "001": 9.0}
    assert compare(own, {"001": points((1990, 1.0))}) is None


def test_counts_of_members_add_up_and_say_how_many_stand_behind_them() -> None:
    members = {"AAA": points((2020, 10.0), (2024, 20.0)), "BBB": points((2020, 30.0))}
    assert [(each.point.period, each.point.value, each.members, each.of) for each in total(members, 3)] == [
        ("2020", 40.0, 2, 3),
        ("2024", 20.0, 1, 3),
    ]
    assert [each.point.value for each in middle(members, 2)] == [20.0, 20.0]
    population = {"AAA": points((2020, 100.0)), "BBB": points((2020, 300.0)), "CCC": points((2020, 50.0))}
    assert [each.point.value for each in ratio_of_sums(members, population)] == [10.0]


def test_a_steady_rise_that_reaches_its_target_is_fast_enough_by_every_method() -> None:
    found = assess(points(*((2015 + n, 40.0 + 4 * n) for n in range(10))), Goal(Direction.UP, 90.0, 2030))
    assert found.verdicts == dict.fromkeys(("trend", "growth", "index"), Verdict.FAST_ENOUGH)
    assert found.agree is True
    assert found.verdict is Verdict.FAST_ENOUGH


def test_where_the_trend_may_be_none_no_clear_change_is_said() -> None:
    values = (10.0, 12.0, 9.0, 13.0, 8.0, 12.5)
    found = assess([Point(str(2015 + n), 2015 + n, value) for n, value in enumerate(values)], Goal(Direction.UP))
    assert found.verdicts["growth"] is Verdict.FAST_ENOUGH
    assert found.agree is False
    assert found.verdict is Verdict.NO_CLEAR_CHANGE


def test_where_methods_differ_the_most_cautious_word_stands() -> None:
    found = assess(points((2015, 10.0), (2024, 13.5)), Goal(Direction.UP, 13.0, 2023))
    assert found.verdict is Verdict.FAST_ENOUGH
    course = points((2015, 1.0), (2018, 1.4), (2020, 1.8), (2022, 2.4), (2024, 3.0))
    behind = assess(course, Goal(Direction.UP, 6.0, 2030))
    assert (behind.verdicts["growth"], behind.verdicts["index"]) == (Verdict.FAST_ENOUGH, Verdict.TOO_SLOWLY)
    assert behind.verdict is Verdict.TOO_SLOWLY


@pytest.mark.parametrize("count", [2, 3, 4])
def test_no_word_follows_from_fewer_values_than_tell_a_course_from_chance(count: int) -> None:
    falls = points((2015, 8056.0), (2018, 4000.0), (2020, 2000.0), (2022, 1500.0), (2024, 23.0))
    few = assess(falls[:count], Goal(Direction.DOWN))
    assert isinstance(few.growth, Growth)
    assert (few.verdicts, few.verdict, few.reason) == ({}, Verdict.UNKNOWN, Reason.TOO_FEW_POINTS)
    assert assess(falls, Goal(Direction.DOWN)).verdict is Verdict.FAST_ENOUGH
    reached = assess(falls[:count], Goal(Direction.DOWN, 5000.0, 2030))
    assert (reached.verdict, reached.agree) == (Verdict.FAST_ENOUGH, True)


def test_the_least_number_of_values_is_the_fewest_of_which_an_interval_of_the_trend_exists() -> None:
    exists = [n for n in range(2, 12) if interval_ranks(n, CONFIDENCE) is not None]
    assert min(exists) == LEAST_VALUES


def test_what_cannot_be_said_says_why() -> None:
    assert assess([], Goal(Direction.UP)).reason is Reason.NO_VALUE
    assert assess(points((2020, 3.0)), Goal(Direction.UP)).reason is Reason.ONE_POINT
    context = assess(points(*((2015 + n, 4.0 + n) for n in range(8))), Goal(Direction.NEITHER))
    assert (context.verdict, context.reason) == (Verdict.UNKNOWN, Reason.NO_DIRECTION)


def test_coverage_counts_what_is_asked_for_and_what_is_there() -> None:
    asked = Asked("8.8.1", (6,), ("sex", "migratory_status"))
    rows = [row("2019", 3.0), row("2020", 2.0, sex="F"), row("2021", None, confidentiality="C")]
    found = available(asked, rows)
    assert (found.latest, found.periods, found.sources) == ("2020", 2, ("s",))
    assert found.breakdowns == {"sex"}
    assert found.absences == {Presence.SUPPRESSED: 1}
    six, seven = by_objective([found], (6, 7))
    assert (six.available, six.asked, six.by("sex"), six.by("migratory_status")) == (1, 1, (1, 1), (0, 1))
    assert (seven.available, seven.asked, seven.newest) == (0, 0, None)


def test_the_gap_that_would_say_most_comes_first() -> None:
    silent = available(Asked("16.9.1", (4, 9), ("age",)), [])
    old = available(Asked("8.8.1", (6,), ("sex", "migratory_status")), [row("2015", 3.0, sex="F")])
    fresh = available(Asked("10.7.3", (8,), ()), [row(str(year), 3.0) for year in range(2015, 2026)])
    found = wanted(by_objective([silent, old, fresh], (4, 6, 8, 9)), 2026)
    assert [(gap.indicator, gap.missing) for gap in found] == [
        ("16.9.1", "value"),
        ("8.8.1", "migratory_status"),
        ("8.8.1", "newer"),
    ]


def test_what_no_loaded_table_could_hold_is_not_told_to_be_collected() -> None:
    silent = available(Asked("8.7.1", (10,), ("age",)), [])
    coverage = by_objective([silent], (10,))
    assert [gap.missing for gap in wanted(coverage, 2026)] == ["value"]
    assert [gap.missing for gap in wanted(coverage, 2026, {"8.7.1"})] == ["table"]


def test_a_value_that_stands_still_goes_no_way_whatever_the_method_calls_it() -> None:
    still = growth_ratio([Point("2015", 2015, 76), Point("2017", 2017, 76)], Direction.UP)
    assert isinstance(still, Growth)
    assert (still.growth, still.status, still.verdict) == (0, "limited_progress", Verdict.NO_CLEAR_CHANGE)
    risen = growth_ratio([Point("2015", 2015, 76), Point("2017", 2017, 76.1)], Direction.UP)
    assert isinstance(risen, Growth)
    assert (risen.status, risen.verdict) == ("limited_progress", Verdict.TOO_SLOWLY)
    reached = growth_ratio([Point("2015", 2015, 100), Point("2017", 2017, 100)], Direction.UP, limit=100)
    assert isinstance(reached, Growth)
    assert reached.verdict is Verdict.FAST_ENOUGH


def test_no_method_runs_over_a_break() -> None:
    before = [
        Point(str(year), year, value, source="a")
        for year, value in zip(range(2015, 2020), (5, 9, 14, 20, 27), strict=True)
    ]
    after = [
        Point(str(year), year, value, source="b")
        for year, value in zip(range(2020, 2026), (90, 80, 71, 62, 50, 41), strict=True)
    ]
    found = assess((*before, *after), Goal(Direction.DOWN))
    assert (found.count, found.begins, found.verdict) == (6, after[0], Verdict.FAST_ENOUGH)
    assert assess(before, Goal(Direction.DOWN)).begins is None

    few = assess((*before, *after[:3]), Goal(Direction.DOWN))
    assert (few.count, few.verdict, few.reason) == (3, Verdict.UNKNOWN, Reason.AFTER_BREAK)
    alone = assess((*before, after[0], replace(after[0], period="2020-Q1")), Goal(Direction.DOWN))
    assert alone.trend == Refused(Reason.AFTER_BREAK)

    declared = [*before, Point("2020", 2020, 26, "B", source="a"), Point("2021", 2021, 25, source="a")]
    assert assess(declared, Goal(Direction.DOWN)).count == 2


def test_a_zero_that_may_be_silence_is_told_and_is_no_value() -> None:
    points = [Point("2020", 2020, 0.0, "U"), Point("2021", 2021, 7.0), Point("2022", 2022, 0.0, "U")]
    assert latest(points) == points[1]
    assert silent(points) == (points[2],)
    assert silent(points[:1]) == (points[0],)
    assert {each.presence for each in points} == {Presence.DOUBTFUL, Presence.VALUE}
