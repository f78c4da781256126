"""Which value of an indicator is told: one rule, for the pages of a review and for the service."""

from __future__ import annotations

from typing import Any

import pytest

from opencompact.review.telling import told

SENT, COUNT, RATE = "remittances.sent", "migrants", "8.8.1"


def row(period: str, value: float | None, **more: Any) -> dict[str, Any]:
    cell = dict.fromkeys(("sex", "age", "migratory_status", "origin", "breakdown"), "_T")
    return {"period": period, "value": value, "status": "A", "unit": "persons", "note": None, **cell, **more}


def period(indicator: str, *rows: dict[str, Any]) -> str | None:
    point = told(indicator, rows)
    return None if point is None else point.period


def test_where_there_are_years_a_month_is_not_told() -> None:
    assert period(COUNT, row("2024", 1.0), row("2025", 2.0), row("2025-08", 3.0)) == "2025"
    assert period(COUNT, row("2025-07", 1.0), row("2025-Q3", 2.0)) == "2025-Q3", "no year is known"


def test_a_year_that_is_counted_in_part_is_told_only_where_no_whole_one_is() -> None:
    part = row("2025", 3.0, note="to 2025-09-08; sum over 3 countries")
    assert period(COUNT, row("2024", 7.0), part) == "2024"
    assert period(COUNT, part) == "2025"


@pytest.mark.parametrize(("indicator", "year"), [(SENT, "2021"), (COUNT, "2022")])
def test_a_sum_of_money_that_is_not_complete_is_not_told_and_a_fall_of_people_is(indicator: str, year: str) -> None:
    fallen = (row("2020", 470e9), row("2021", 462e9), row("2022", 50.8e9))
    assert period(indicator, *fallen) == year


def test_a_zero_that_may_be_silence_is_told_only_where_nothing_is_known() -> None:
    silence = row("2022", 0.0, status="U", unit="US dollars")
    assert period(SENT, row("2016", 279e6, unit="US dollars"), silence) == "2016"
    assert period(SENT, silence) == "2022"


def test_a_rate_above_its_base_and_a_projection_are_not_told() -> None:
    unit = {"unit": "per 100000 workers"}
    assert period(RATE, row("2007", 947_196.0, **unit), row("2005", 5.0, **unit)) == "2005"
    assert period(RATE, row("2007", 947_196.0, **unit)) is None
    assert period(COUNT, row("2050", 9.0, status="F"), row("2024", 8.0)) == "2024"


def test_a_sum_over_suddenly_fewer_countries_is_not_told() -> None:
    sums = (row("2020", 90.0, note="computed: sum over 50 areas"), row("2021", 9.0, note="computed: sum over 5 areas"))
    assert period(COUNT, *sums) == "2020"


def test_the_total_stands_for_an_indicator_and_else_the_newest_series() -> None:
    parts = (row("2023", 1.0, breakdown="series=a"), row("2024", 2.0, breakdown="series=b"))
    assert period(COUNT, *parts) == "2024"
    assert period(COUNT, *parts, row("2020", 3.0)) == "2020"
    assert period(COUNT, row("2025", 3.0, origin="FRA")) is None
