"""The checks of a built review find what they are there to find: each is shown a page with one fault planted in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opencompact.review import Built
from opencompact.review.checking import check_page

PLANTED = {
    "link": ("en", 'href="data.html"', 'href="nowhere.html"'),
    "identifier": ("en", "</main>", '<p id="twice">a</p><p id="twice">b</p></main>'),
    "untranslated": ("zh", "</main>", "<p>At a glance</p></main>"),
    "direction": ("ar", "</main>", "<p>ارتفاع بنسبة +12% منذ عام 2000</p></main>"),
    "picture": (
        "en",
        "</main>",
        '<svg viewBox="0 0 100 20"><text x="80" y="15">far too long for this picture</text></svg></main>',
    ),
}


@pytest.fixture
def copy(review: Built, tmp_path: Path) -> Path:
    shutil.copytree(review.out, tmp_path / "copy")
    return tmp_path / "copy"


@pytest.mark.parametrize("check", PLANTED)
def test_a_planted_fault_is_found(copy: Path, check: str) -> None:
    code, before, after = PLANTED[check]
    path = copy / code / "index.html"
    assert check_page(path, code) == []
    html = path.read_text("utf-8")
    assert before in html
    path.write_text(html.replace(before, after), "utf-8")
    assert {fault.check for fault in check_page(path, code)} == {check}


def test_a_number_that_is_not_that_of_its_row_is_found(copy: Path) -> None:
    path = copy / "en/index.html"
    html = path.read_text("utf-8")
    start = html.index("#row=")
    shown = html.index(">", start) + 1
    path.write_text(html[:shown] + "9,999 people" + html[html.index("<", shown) :], "utf-8")
    assert {fault.check for fault in check_page(path, "en")} == {"number"}


def test_letters_that_a_font_lacks_and_words_on_words_are_found(copy: Path) -> None:
    path = copy / "en/index.html"
    html = path.read_text("utf-8")
    planted = (
        '<svg viewBox="0 0 200 60"><text x="5" y="20">one word</text><text x="10" y="22">another</text>'
        '<text x="5" y="50">\ua9c1</text></svg></main>'
    )
    path.write_text(html.replace("</main>", planted), "utf-8")
    found = " ".join(fault.what for fault in check_page(path, "en"))
    assert "stands on" in found
    assert "lacks" in found


@pytest.mark.parametrize(
    "planted", ["<p>\ua9c1</p>", '<svg viewBox="0 0 90 20"><text y="15" font-family="Papyrus">a</text></svg>']
)
def test_a_letter_or_a_font_that_the_site_does_not_bring_along_is_found(copy: Path, planted: str) -> None:
    path = copy / "en/index.html"
    path.write_text(path.read_text("utf-8").replace("</main>", f"{planted}</main>"), "utf-8")
    assert "letter" in {fault.check for fault in check_page(path, "en")}


def test_english_words_in_a_sentence_of_another_language_are_found(copy: Path) -> None:
    path = copy / "ar/index.html"
    path.write_text(path.read_text("utf-8").replace("</main>", "<p>من from إلى</p></main>"), "utf-8")
    assert [fault.check for fault in check_page(path, "ar")] == ["untranslated"]


def test_what_is_read_aloud_in_place_of_a_chart_is_in_the_language_of_the_page(review: Built) -> None:
    html = (review.out / "ar/movement.html").read_text("utf-8")
    assert "<desc" in html
    assert " to " not in " ".join(part.split("</desc>")[0] for part in html.split("<desc")[1:])
