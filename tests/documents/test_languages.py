"""The other languages are read by grammar files: the same small text, of our own making, in five of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.documents import claims_in, provisions_in, read
from opencompact.documents.citing import paragraph_name, place_name
from opencompact.documents.explaining import _shown

SAMPLES = Path(__file__).parent / "samples"
SMALL = ("fr", "es", "ru", "ar")


@pytest.mark.parametrize("language", SMALL)
def test_a_small_text_is_read_in_its_language(language) -> None:
    document = read(SAMPLES / f"{language}.txt")
    assert document.language == language
    assert [entry.place for entry in document.paragraphs] == ["1", "2", "3", "4", "4.a", "4.b", "annex.1"]
    assert "A/RES/73/195" in [citation.symbol for citation in document.paragraph("1").citations]
    assert "A/RES/70/1" in [citation.symbol for citation in document.paragraph("3").citations]


@pytest.mark.parametrize("language", SMALL)
def test_kinds_addressees_and_objectives_are_found_in_its_language(language) -> None:
    found = {entry.paragraph: entry for entry in provisions_in(read(SAMPLES / f"{language}.txt"))}
    assert found["3"].kinds == ("commitment",)
    assert found["3"].bears_on(8)
    assert (found["4"].kinds, found["4"].addressees) == (("request",), ("secretary-general",))
    assert found["4.a"].kinds == ("request",)
    assert (found["annex.1"].kinds, found["annex.1"].addressees) == (("recommendation",), ("states",))


@pytest.mark.parametrize("language", SMALL)
def test_figures_are_found_in_its_language(language) -> None:
    found = [(claim.value, claim.subject, claim.period) for claim in claims_in(read(SAMPLES / f"{language}.txt"))]
    assert found == [
        (281_000_000, "migrants", "2020"),
        (3.6, "migrants.share", "2020"),
        (8436, "missing.dead", "2019/2021"),
        (5534, "missing.missing", "2019/2021"),
    ]


def test_an_english_report_with_furniture_and_a_note_in_the_middle() -> None:
    document = read(SAMPLES / "en.txt")
    assert (document.symbol, document.agenda_items) == ("A/79/999", ("13",))
    assert document.title == "Making up our own words for tests"
    assert [entry.place for entry in document.paragraphs if entry.number] == [
        "1", "2", "3", "4", "4.a", "4.b", "5", "annex.1", "annex.1.a", "annex.1.b",
    ]  # fmt: skip
    assert "per cent of the world" in document.paragraph("1").text
    assert document.paragraph("4.b").text.endswith("immigration enforcement.")
    note = document.paragraph("1").footnotes[0]
    assert (note.mark, [citation.symbol for citation in note.citations]) == ("1", ["A/76/642"])
    kinds = [piece.kind for piece in document.furniture]
    assert {"running-head", "job-number", "page-number", "heading", "title", "note"} <= set(kinds)


def test_an_english_report_recommends_and_gives_an_example() -> None:
    found = {entry.paragraph: entry for entry in provisions_in(read(SAMPLES / "en.txt"))}
    assert found["2"].addressees == ("states",)
    assert found["3"].areas == ("MEX",)
    assert found["4.a"].kinds == ("recommendation",)
    assert found["annex.1.a"].addressees == ("states",)
    assert found["5"].by == ("2030",)


def test_an_english_figure_that_shares_its_unit_with_the_one_before() -> None:
    found = {(claim.value, claim.period): claim for claim in claims_in(read(SAMPLES / "en.txt"))}
    assert found[8500, "2023"].subject == "missing.dead-and-missing"
    assert found[6.3, "2021-Q3"].subject == "remittances.cost"
    assert found[3, "2030"].role == "target"


@pytest.mark.parametrize(
    ("language", "decision", "lettered", "boxed"),
    [
        ("en", "A/RES/76/266, para. 70", "A/79/590, annex, para. 1 (b)", "box 1, para. 2"),
        (
            "ar",
            "\u2066A/RES/76/266\u2069، الفقرة 70",
            "\u2066A/79/590\u2069، المرفق، الفقرة 1 (ب)",
            "الإطار 1، الفقرة 2",
        ),
        ("zh", "A/RES/76/266，第70段", "A/79/590，附件，第1段（b）", "方框1，第2段"),
        ("es", "A/RES/76/266, párr. 70", "A/79/590, anexo, párr. 1 b)", "recuadro 1, párr. 2"),
        ("fr", "A/RES/76/266, par. 70", "A/79/590, annexe, par. 1 b)", "encadré 1, par. 2"),
        ("ru", "A/RES/76/266, п. 70", "A/79/590, приложение, п. 1 b)", "вставка 1, п. 2"),
    ],
)
def test_a_paragraph_is_cited_as_the_united_nations_does(
    language: str, decision: str, lettered: str, boxed: str
) -> None:
    """With the language's comma, and held together: every space is one at which no line ends."""
    assert paragraph_name("A/RES/76/266", "70", language) == decision.replace(" ", "\u00a0")
    long = paragraph_name("A/79/590", "annex.1.b", language)
    assert long.replace("\u00a0", " ") == lettered
    assert long.count(" ") == (0 if language == "zh" else 1), "it may end a line behind its document, and nowhere else"
    assert place_name("box-1.2", language) == boxed.replace(" ", "\u00a0")


def test_the_fifth_sub_paragraph_in_arabic() -> None:
    """Alone, the letter is written with a stroke; a place that is no paragraph stands by its name."""
    assert place_name("annex.1.e", "ar").endswith("(هـ)")
    assert place_name("summary", "ar") == "الموجز"


@pytest.mark.parametrize(
    ("language", "difference", "said"),
    [
        ("en", 1.0, "1.00 percentage points"),
        ("fr", 0.06, "0,06 point de pourcentage"),
        ("fr", 2.5, "2,50 points de pourcentage"),
        ("es", 0.06, "0,06 puntos porcentuales"),
    ],
)
def test_points_are_counted_by_the_grammar_of_their_language(language: str, difference: float, said: str) -> None:
    assert _shown({"difference": difference}, "percent", language, named=False)["difference"] == said


def test_what_a_sum_of_the_world_is_made_of_is_not_here() -> None:
    parts = [("refugees.hosted", 31_637_408.0), ("asylum-seekers.hosted", 6_858_500.0)]
    said = _shown({"parts": parts}, "persons", "fr", named=False)["parts"]
    assert "(Réfugiés)" in said
    assert "(Demandeurs d’asile)" in said
