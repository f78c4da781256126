"""Numbers, periods and lists as each language's readers write them."""

import pytest

from opencompact.language import (
    format_list,
    format_number,
    format_percent,
    format_period,
    format_range,
    format_significant,
)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("en", "1,234.5"),
        ("fr", "1\u202f234,5"),
        ("es", "1.234,5"),
        ("ru", "1\u00a0234,5"),
        ("zh", "1,234.5"),
        ("ar", "1,234.5"),
    ],
)
def test_a_number_is_grouped_as_the_language_does(code: str, expected: str) -> None:
    assert format_number(1234.5, code, 1) == expected


def test_a_sentence_shows_three_significant_figures() -> None:
    assert format_significant(283_972_000, "en") == "284,000,000"
    assert format_significant(0.012345, "en") == "0.0123"


def test_a_percentage_is_not_multiplied_twice() -> None:
    assert format_percent(3.62, "en") == "3.6%"
    assert format_percent(3.62, "fr").startswith("3,6")


def test_a_range_stays_whole_in_arabic() -> None:
    assert format_range(12, 15, "ar") == "⁦12–15⁩"


def test_periods_are_said_and_not_coded() -> None:
    assert format_period("2023-Q1", "en") == "Q1 2023"
    assert format_period("2023-05", "es") == "mayo de 2023"
    assert format_period("2023", "ar") == "2023"


def test_a_list_has_the_languages_own_and() -> None:
    assert format_list(["a", "b", "c"], "en") == "a, b and c"
    assert format_list(["a", "b"], "zh") == "a和b"


def test_english_is_written_as_the_united_nations_does() -> None:
    assert format_period("2024-12-31", "en") == "31 December 2024"
