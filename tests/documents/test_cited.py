"""A citation is understood in every form in which it is written: by this service, by the texts, by hand."""

from __future__ import annotations

import pytest

from opencompact.documents.cited import Cited, cited_in
from opencompact.documents.citing import paragraph_name
from opencompact.language import LANGUAGES

SYMBOLS = ("A/79/590", "A/RES/76/266")
PLACES = ("82", "2.c", "annex.1", "annex.3.f", "box-1", "box-1.2", "summary", "appendix.4")


@pytest.mark.parametrize("language", list(LANGUAGES))
@pytest.mark.parametrize("place", PLACES)
def test_what_we_write_we_understand(language: str, place: str) -> None:
    assert cited_in(paragraph_name("A/79/590", place, language), SYMBOLS) == Cited("A/79/590", (place,))


@pytest.mark.parametrize(
    "written",
    [
        "A/79/590, para. 82", "A/79/590 第82段", "A/79/590，第82段", "A/79/590، الفقرة 82", "A/79/590، الفقره ٨٢", "A/79/590, párr. 82", "A/79/590, parr 82",
        "A/79/590, пункт 82", "A/79/590, п. 82", "A/79/590 ¶82", "A/79/590#82", "a/79/590 82", "79/590 82", "para. 82 of A/79/590",
    ],
)  # fmt: skip
def test_one_paragraph(written: str) -> None:
    assert cited_in(written, SYMBOLS) == Cited("A/79/590", ("82",))


@pytest.mark.parametrize("written", ["¶82", "#82", "para 82", "第82段", "الفقرة 82", "párr. 82", "пункт 82"])
def test_without_a_text_it_is_a_paragraph_of_any(written: str) -> None:
    assert cited_in(written, SYMBOLS) == Cited("", ("82",))


@pytest.mark.parametrize(
    "written",
    [
        "¶82–84", "paras. 82 to 84", "第82至84段", "第82段至第84段", "الفقرات 82 إلى 84", "الفقرات من 82 إلى 84", "párrs. 82 a 84", "paragraphes 82 à 84",
        "пп. 82–84", "¶84-82", "paras. 82, 83 and 84",
    ],
)  # fmt: skip
def test_a_range_is_all_of_them_in_order(written: str) -> None:
    assert cited_in(written, SYMBOLS) == Cited("", ("82", "83", "84"))


@pytest.mark.parametrize(
    "written",
    [
        "82",
        "A/79/590",
        "objective 8",
        "目标20",
        "migration 82",
        "A/79/590 Mexico",
        "annex",
        "10.7.3",
        "A/80/1 ¶3",
        "",
        "¶",
    ],
)
def test_what_is_no_citation(written: str) -> None:
    assert cited_in(written, SYMBOLS) is None
