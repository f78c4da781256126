"""Units that tables do not state are told once, in the reader's words; English on a page in Spanish or French is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.review import Library, Request, build
from opencompact.review.checking import check_review
from opencompact.review.english import english_word
from opencompact.statistics import Workspace
from opencompact.statistics.importing import import_folder


@pytest.fixture(scope="module")
def national(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """The tables of four national platforms, of which many state no unit."""
    folder = tmp_path_factory.mktemp("national")
    Workspace.create(folder)
    import_folder(folder, data / "national-open-sdg")
    return Workspace(folder)


@pytest.mark.parametrize("area", ["ARM", "CAN", "GBR", "USA"])
def test_no_page_writes_a_unit_that_is_none(national: Workspace, tmp_path: Path, area: str) -> None:
    built = build(Library(national), Request(area, "2026-11-21", ("en", "es", "fr"), ("site",)), tmp_path / area)
    assert [str(fault) for fault in check_review(built.out)] == []
    read = {path: path.read_text("utf-8") for path in sorted(built.out.rglob("*.html"))}
    assert [path for path, html in read.items() if "(not stated)" in html] == []


def test_words_of_english_are_found_and_those_that_both_languages_have_are_not() -> None:
    assert english_word("No indicado; not stated; 2000 a 2022", "es") == "stated"
    assert english_word("Cible : 100 (number of claims)", "fr") is not None
    assert english_word("migración segura, ordenada y regular", "es") is None
    assert english_word("personnes déplacées de force par la violence", "fr") is None
    assert english_word("opencompact review MEX --lang fr, missing-migrants.csv, South Sudan", "fr") is None
