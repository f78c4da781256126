"""Numbers, periods and lists as each language's readers write them."""

import pytest

from opencompact.language import (
    format_large,
    format_list,
    format_number,
    format_percent,
    format_period,
    format_range,
    format_significant,
    tied,
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
    assert format_period("2020-Q3", "ar") == "الربع الثالث من عام 2020"


def test_a_list_has_the_languages_own_and() -> None:
    assert format_list(["a", "b", "c"], "en") == "a, b and c"
    assert format_list(["a", "b"], "zh") == "a和b"


def test_what_is_put_together_takes_the_languages_own_signs() -> None:
    from opencompact.language import format_named, format_sentences

    assert format_named("Under way", "3", "en") == "Under way: 3"
    assert format_named("进行中", "3", "zh") == "进行中：3"
    assert format_named("En cours", "3", "fr") == "En cours\N{NO-BREAK SPACE}: 3"
    assert format_sentences(["One.", "Two."], "en") == "One. Two."
    assert format_sentences(["一。", "二。"], "zh") == "一。二。"


def test_english_is_written_as_the_united_nations_does() -> None:
    assert format_period("2024-12-31", "en") == "31 December 2024"


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("en", 596e9, "596 billion"),
        ("ar", 596e9, "596 مليار"),
        ("zh", 596e9, "5960亿"),
        ("es", 596e9, "596 mil millones"),
        ("fr", 596e9, "596 milliards"),
        ("fr", 1e9, "1 milliard"),
        ("ru", 596e9, "596 млрд"),
        ("zh", 1_729_504, "173万"),
        ("zh", 15_000, "1.5万"),
        ("zh", 9_990, "9,990"),
        ("en", 15_000, "15,000"),
        ("en", 999_900_000, "1 billion"),
        ("en", -61.1e9, "-61.1 billion"),
    ],
)
def test_a_large_number_has_the_languages_own_word_in_its_own_form(code: str, value: float, said: str) -> None:
    assert format_large(value, code) == said.replace(" ", "\u00a0", 1)


def test_no_line_ends_between_a_currency_a_number_and_its_word() -> None:
    assert tied("over US$ 61.1 billion a year") == "over US$\u00a061.1\u00a0billion a year"
    assert tied("12 $ de") == "12\u00a0$ de"


def test_the_first_of_a_month_is_said_as_french_says_it() -> None:
    assert format_period("2017-01-01", "fr") == "1er janvier 2017"
    assert format_period("2017-01-11", "fr") == "11 janvier 2017"
