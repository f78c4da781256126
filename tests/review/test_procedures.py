"""Rows of asylum procedures: no number stands twice for one thing, and what a row is a total of is said where there is one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from opencompact.review.pages.protection import _chosen, _how_to_read, _procedure
from opencompact.review.words import Words

ALL = "procedure=government;unit=people"
FIRST, NEW = "stage=first;unit=people", "stage=new;unit=people"
RECOGNIZED, REJECTED = f"outcome=recognized;{ALL}", f"outcome=rejected;{ALL}"


def account(**values: tuple[str, float]) -> Any:
    """An account of which only the rows of one indicator are known: breakdown → (year, value)."""
    rows = {
        ("_T", "_T", "_T", breakdown.replace("__", ";").replace("_is_", "=")): [
            {"period": year, "value": value, "breakdown": breakdown}
        ]
        for breakdown, (year, value) in values.items()
    }
    return SimpleNamespace(
        holdings=SimpleNamespace(index=lambda indicator: rows),
        has_label=lambda breakdown: True,
        label=lambda breakdown: breakdown,
        words=Words("en"),
    )


def named(*rows: tuple[str, str, float]) -> Any:
    return account(
        **{breakdown.replace(";", "__").replace("=", "_is_"): (year, value) for breakdown, year, value in rows}
    )


def chosen(told: Any) -> list[tuple[str, float]]:
    return [(breakdown, point.number) for point, breakdown in _chosen(told, "asylum.decisions")]


def test_a_sum_over_one_procedure_is_not_told_beside_it() -> None:
    told = named((FIRST, "2025", 101.0), (ALL, "2025", 101.0), (RECOGNIZED, "2025", 16.0), (REJECTED, "2025", 85.0))
    assert chosen(told) == [(ALL, 101.0), (REJECTED, 85.0), (RECOGNIZED, 16.0)]


def test_a_sum_over_two_procedures_comes_first_and_a_year_before_is_not_told() -> None:
    other = "procedure=unhcr;unit=people"
    told = named((ALL, "2025", 101.0), (other, "2025", 9.0), (FIRST, "2025", 110.0), (NEW, "2024", 7.0))
    assert chosen(told) == [(FIRST, 110.0), (ALL, 101.0), (other, 9.0)]


@pytest.mark.parametrize(
    ("breakdowns", "sentences"),
    [((RECOGNIZED,), 1), ((ALL, RECOGNIZED), 2), ((FIRST, RECOGNIZED), 2), ((FIRST, ALL, RECOGNIZED), 3)],
)
def test_only_what_is_shown_is_explained(breakdowns: tuple[str, ...], sentences: int) -> None:
    assert len(_how_to_read(account(), breakdowns)) == sentences


def test_a_total_says_that_it_is_one_in_the_words_of_its_explanation() -> None:
    shown = (ALL, RECOGNIZED)
    cell = _procedure(account(), ALL, shown)
    assert not isinstance(cell, str)
    assert cell.strong
    assert str(cell.text).startswith("in all: ")
    assert "“in all”" in " ".join(_how_to_read(account(), shown))
    assert _procedure(account(), RECOGNIZED, shown) == RECOGNIZED
