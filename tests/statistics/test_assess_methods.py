"""The progress methods agree with the published formulas, and refuse where those are not defined."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from opencompact.statistics.assessment import (
    Direction,
    Growth,
    Point,
    Reason,
    Refused,
    StatusIndex,
    Trend,
    Verdict,
    current_status,
    growth_ratio,
    status_index,
    trend,
)

DIRECTIONS = {
    "positive": Direction.UP,
    "negative": Direction.DOWN,
    "increase": Direction.UP,
    "decrease": Direction.DOWN,
    "parity": Direction.PARITY,
}
# The words with which the reference gives a reason.
REASON_BEGINS = {
    Reason.TARGET_ZERO: "target 0",
    Reason.BASE_ZERO: "base 0",
    Reason.NEGATIVE: "negative",
    Reason.SIGN_CHANGE: "sign",
    Reason.BASE_IS_TARGET: "base equal",
}


def points(*pairs: tuple[float, float]) -> list[Point]:
    return [Point(str(int(year)), year, value) for year, value in pairs]


def number(text: str) -> float | None:
    return float(text) if text else None


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_every_growth_ratio_of_the_reference_agrees_or_is_refused(reference: Path) -> None:
    folder = reference / "statistics" / "progress"
    series = defaultdict(list)
    for row in read(folder / "opensdg_series.csv"):
        series[row["case"]].append((float(row["year"]), float(row["value"])))
    rows = read(folder / "opensdg_expected.csv")
    assert len(rows) >= 29
    for row in rows:
        found = growth_ratio(
            points(*sorted(series[row["case"]])),
            DIRECTIONS[row["direction"]],
            target=number(row["target"]),
            target_year=number(row["target_year"]),
            limit=number(row["limit"]),
        )
        if row["undefined_because"]:
            assert isinstance(found, Refused), row
            assert row["undefined_because"].startswith(REASON_BEGINS[found.reason]), row
            continue
        assert isinstance(found, Growth), row
        assert found.method == float(row["method"]), row
        assert (found.base.year, found.base.value) == (float(row["base_year"]), float(row["base_value"])), row
        assert (found.current.year, found.current.value) == (
            float(row["current_year"]),
            float(row["current_value"]),
        ), row
        coefficient = number(row["coefficient"])
        assert found.coefficient == (coefficient and pytest.approx(coefficient, rel=1e-9)), row
        assert found.progress == pytest.approx(float(row["progress_value"]), rel=1e-9), row
        assert found.status == row["status"], row


def test_every_current_status_index_of_the_reference_agrees(reference: Path) -> None:
    rows = read(reference / "statistics" / "progress" / "current_status_index_cases.csv")
    assert rows
    for row in rows:
        index = current_status(
            float(row["base"]), float(row["current"]), float(row["target"]), DIRECTIONS[row["direction"]]
        )
        assert index == pytest.approx(float(row["current_status"]), rel=1e-9), row


@pytest.mark.parametrize(
    ("pairs", "options", "reason"),
    [
        ([], {}, Reason.NO_VALUE),
        ([(2014, 3.0)], {}, Reason.NO_VALUE),
        ([(2016, 3.0)], {}, Reason.ONE_POINT),
        ([(2015, 0.0), (2020, 3.0)], {}, Reason.BASE_ZERO),
        ([(2015, 4.0), (2020, 3.0)], {"target": 0.0}, Reason.TARGET_ZERO),
        ([(2015, -4.0), (2020, -3.0)], {}, Reason.NEGATIVE),
        ([(2015, -4.0), (2020, 3.0)], {}, Reason.SIGN_CHANGE),
        ([(2015, 4.0), (2020, 3.0)], {"target": -1.0}, Reason.SIGN_CHANGE),
        ([(2015, 4.0), (2020, 3.0)], {"target": 4.0}, Reason.BASE_IS_TARGET),
        ([(2021, 4.0), (2023, 3.0)], {"target": 5.0, "target_year": 2020}, Reason.TARGET_YEAR_PASSED),
    ],
)
def test_growth_refuses_what_it_is_not_defined_for(
    pairs: list[tuple[float, float]], options: dict[str, float], reason: Reason
) -> None:
    assert growth_ratio(points(*pairs), Direction.UP, **options) == Refused(reason)


@pytest.mark.parametrize(
    ("first", "limit", "coefficient"),
    [(100.0, 100.0, 0.0), (2.0, 1.0, 1.0), (5.0, 0.0, 1.0), (50.0, 100.0, 1 - 0.5**4.44)],
)
def test_thresholds_shrink_near_a_natural_limit(first: float, limit: float, coefficient: float) -> None:
    found = growth_ratio(points((2015, first), (2020, first)), Direction.UP, limit=limit)
    assert isinstance(found, Growth)
    assert found.coefficient == pytest.approx(coefficient)
    assert found.status == ("substantial_progress" if coefficient == 0 else "limited_progress")


def test_nothing_is_judged_without_a_declared_direction() -> None:
    rising = points((2015, 1.0), (2020, 2.0))
    assert growth_ratio(rising, Direction.NEITHER) == Refused(Reason.NO_DIRECTION)
    assert status_index(rising, Direction.NEITHER, target=3.0) == Refused(Reason.NO_DIRECTION)


def test_a_value_that_falls_to_zero_has_fallen_by_all_of_itself() -> None:
    found = growth_ratio(points((2015, 8.0), (2020, 0.0)), Direction.DOWN)
    assert isinstance(found, Growth)
    assert found.growth == -1
    assert found.status == "substantial_progress"


def test_missing_points_are_passed_over_and_zero_is_not_missing() -> None:
    series = [Point("2015", 2015, 4.0), Point("2019", 2019, 2.0), Point("2020", 2020, None, confidentiality="C")]
    found = growth_ratio(series, Direction.DOWN)
    assert isinstance(found, Growth)
    assert found.current.period == "2019"


def test_the_status_index_is_held_against_an_even_pace() -> None:
    found = status_index(points((2015, 10.0), (2024, 13.5)), Direction.UP, target=20.0)
    assert isinstance(found, StatusIndex)
    assert found.index == pytest.approx(3.5)
    assert found.expected == pytest.approx(6.0)
    assert found.verdict is Verdict.TOO_SLOWLY


def test_the_trend_is_the_median_of_the_slopes_with_sens_interval() -> None:
    found = trend(points((2015, 1.0), (2016, 2.0), (2017, 3.0), (2018, 40.0), (2019, 5.0)))
    assert isinstance(found, Trend)
    # Ten slopes by hand: -35, 1, 1, 1, 1, 1, 1, 13, 19, 37; from five points the interval is all of them.
    assert (found.slope, found.lower, found.upper) == (1.0, -35.0, 37.0)
    assert not found.clear


def test_sens_interval_takes_the_ranks_of_the_printed_tables() -> None:
    # Hollander and Wolfe (1999), table A.30: P(|K| ≥ 21) = 0.05 at n = 9, so the 8th slope from either end of the 36.
    from opencompact.statistics.assessment.trend import interval_ranks

    assert interval_ranks(4, 0.95) is None
    assert interval_ranks(5, 0.95) == (0, 9)
    assert interval_ranks(6, 0.95) == (1, 13)
    exact, normal = interval_ranks(40, 0.95), interval_ranks(41, 0.95)
    assert exact is not None
    assert normal is not None
    assert 0.93 < (normal[1] - normal[0]) / (exact[1] - exact[0]) * (780 / 820) < 1.07


def test_a_trend_needs_five_points() -> None:
    assert trend(points((2015, 1.0), (2016, 2.0), (2017, 3.0), (2018, 4.0))) == Refused(Reason.TOO_FEW_POINTS)


def test_the_trend_says_whether_the_target_is_reached_in_time() -> None:
    steady = trend(points(*((2015 + year, 10.0 + year) for year in range(10))))
    assert isinstance(steady, Trend)
    assert steady.verdict(Direction.UP, 25.0) is Verdict.FAST_ENOUGH
    assert steady.verdict(Direction.UP, 26.0) is Verdict.TOO_SLOWLY
    assert steady.verdict(Direction.DOWN, 5.0) is Verdict.AWAY
    assert steady.verdict(Direction.UP, 18.0) is Verdict.FAST_ENOUGH
    assert steady.verdict(Direction.NEITHER, None) is Verdict.UNKNOWN
