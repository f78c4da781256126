"""How much is asked for before an action is submitted: in letters, of which a sign of Chinese counts as several."""

from __future__ import annotations

import pytest

from opencompact.actions.fields import signs, weight
from opencompact.actions.model import Pledge
from opencompact.actions.rows import from_row, lacking

TITLE, SENTENCE = "海上救援", "我们将派船救人，并为获救者提供医疗和庇护所，全年不断。"


def _lacks(title: str, description: str) -> set[str]:
    pledge = Pledge(id="a", title=title, language="zh", objectives=(8,), description=description)
    return {field.name for field in lacking(pledge)} & {"title", "description"}


def test_a_sentence_of_chinese_is_a_sentence() -> None:
    assert _lacks(TITLE, SENTENCE) == set()
    assert _lacks("救", "派船救人。") == {"title", "description"}


def test_letters_count_as_they_are() -> None:
    assert _lacks("Boat", "We send boats and save people, all year") == {"title", "description"}
    assert _lacks("Boats", "We send boats and save people, all year.") == set()


@pytest.mark.parametrize("text", ["구조선", "たすけ", "カタカ", "搜救队"])
def test_signs_of_all_three_scripts_weigh_alike(text: str) -> None:
    assert weight(text) == 7.5
    assert (weight("abc"), weight("سفن"), weight("сто")) == (3, 3, 3)


def test_the_least_is_told_in_signs_too() -> None:
    assert [signs(letters) for letters in (5, 40)] == [2, 16]
    assert weight("救" * signs(40)) >= 40 > weight("救" * (signs(40) - 1))


@pytest.mark.parametrize(("code", "near"), [("99.99.99", "indicators"), ("10.c.2", "10.c.1")])
def test_an_indicator_that_is_in_no_catalogue_is_refused_with_the_nearest(code: str, near: str) -> None:
    row = {"kind": "pledge", "id": "a", "title": "A pledge", "language": "en", "objectives": "8", "indicator": code}
    (fault,) = from_row(row).faults
    assert (fault.place.column, fault.value) == ("indicator", code)
    assert "There is no such indicator." in fault.problem
    assert near in (fault.remedy or "")
    assert not from_row(row | {"indicator": "10.c.1"}).faults
