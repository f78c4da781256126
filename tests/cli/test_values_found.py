"""The value at fault is told as the file has it, never as Python writes it."""

from __future__ import annotations

import datetime

import pytest

from opencompact.errors import InvalidDataError
from opencompact.language import LANGUAGES, told


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (datetime.date(2025, 11, 5), "(found: 2025-11-05)"),
        ("nope", "(found: “nope”)"),
        ("a\tb\u202e", "(found: “a\\tb\\u202e”)"),
        ("d:\\births.csv", "(found: “d:\\births.csv”)"),
        (8, "(found: 8)"),
        (("MEX", "GTM"), "(found: MEX, GTM)"),
    ],
)
def test_a_value_is_told_as_it_stands_in_the_file(value: object, shown: str) -> None:
    assert str(InvalidDataError("It cannot be.", value=value)) == f"It cannot be. {shown}"


@pytest.mark.parametrize("code", list(LANGUAGES))
def test_no_language_shows_python(code: str) -> None:
    day = told(InvalidDataError("It cannot be.", value=datetime.date(2020, 6, 1)).sentence, code)
    word = told(InvalidDataError("It cannot be.", value="nope").sentence, code)
    assert "2020-06-01" in day
    assert "datetime" not in day
    assert "nope" in word
    assert "'" not in word


@pytest.mark.parametrize(
    ("code", "quoted"), [("zh", "“nope”"), ("ar", "«nope»"), ("es", "«nope»"), ("ru", "«nope»"), ("fr", "« nope »")]
)
def test_each_language_has_its_own_quotation_marks(code: str, quoted: str) -> None:
    sentence = told(InvalidDataError("It cannot be.", value="nope").sentence, code)
    assert quoted in sentence.replace("\u2068", "").replace("\u2069", "").replace("\u00a0", " ").replace("\u202f", " ")
