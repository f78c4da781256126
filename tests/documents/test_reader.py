"""The five texts come out whole: every numbered paragraph, every footnote, every character."""

from __future__ import annotations

from itertools import pairwise

import pytest

from opencompact.documents import Document
from opencompact.documents.mending import folded, mend

FILES = ("A-72-643", "A-79-590", "A-RES-70-302", "A-RES-76-266", "A-RES-76-266.plain")


def numbers(document: Document, part: str) -> list[str | None]:
    return [paragraph.number for paragraph in document.numbered if paragraph.part == part]


def counted(last: int) -> list[str]:
    return [str(number) for number in range(1, last + 1)]


def test_76_266_has_77_paragraphs(progress_declaration) -> None:
    assert numbers(progress_declaration, "main") == counted(77)
    assert progress_declaration.symbol == "A/RES/76/266"
    assert progress_declaration.date == "2022-06-07"


def test_79_590_has_89_paragraphs_and_26_recommendations_in_its_annex(report_2024) -> None:
    assert numbers(report_2024, "main") == counted(89)
    assert numbers(report_2024, "annex") == counted(5)
    recommendations = [entry.number for entry in report_2024.paragraphs if entry.kind == "subparagraph"]
    assert len(recommendations) == 26
    assert recommendations[12] == "1(m)"
    assert recommendations[-1] == "5(c)"


def test_72_643_has_88_paragraphs_and_its_lettered_ones(report_2017) -> None:
    assert numbers(report_2017, "main") == counted(88)
    lettered = [entry.number for entry in report_2017.paragraphs if entry.kind == "subparagraph"]
    assert lettered == ["4(a)", "4(b)", "4(c)", "4(d)", "67(a)", "67(b)", "67(c)", "83(a)", "83(b)"]
    assert (report_2017.date, report_2017.date_from) == ("2018-02-14", "reissue")


def test_70_302_has_a_declaration_and_two_appendices(new_york_declaration) -> None:
    assert numbers(new_york_declaration, "main") == counted(90)
    assert numbers(new_york_declaration, "appendix-1") == counted(19)
    assert numbers(new_york_declaration, "appendix-2") == counted(15)
    in_second = [entry.number for entry in new_york_declaration.paragraphs if entry.place.startswith("appendix-2.8.")]
    assert in_second[-1] == "8(x)"
    assert len(in_second) == 24


def test_both_copies_of_76_266_are_equal_paragraph_for_paragraph(read_texts) -> None:
    full, plain = read_texts["A-RES-76-266"], read_texts["A-RES-76-266.plain"]
    assert [folded(entry.text) for entry in full.numbered] == [folded(entry.text) for entry in plain.numbered]
    assert [folded(entry.section or "") for entry in full.numbered[1:]] == [
        folded(entry.section or "") for entry in plain.numbered[1:]
    ]
    assert plain.symbol == full.symbol
    assert plain.date == full.date


@pytest.mark.parametrize("name", FILES)
def test_every_character_is_in_one_paragraph_note_or_piece_of_furniture(read_texts, name) -> None:
    document = read_texts[name]
    spans = {span for entry in document.paragraphs for span in entry.offsets}
    spans |= {span for entry in document.paragraphs for note in entry.footnotes for span in note.offsets}
    spans |= {piece.offsets for piece in document.furniture}
    ordered = sorted(spans)
    assert ordered[0][0] == 0
    assert ordered[-1][1] == len(document.text)
    assert all(before[1] == after[0] for before, after in pairwise(ordered))


@pytest.mark.parametrize("name", FILES)
def test_the_text_of_a_paragraph_stands_at_its_offsets(read_texts, name) -> None:
    document = read_texts[name]
    for entry in document.paragraphs:
        source = folded("".join(document.text[start:end] for start, end in entry.offsets))
        rest = iter(source)
        assert all(letter in rest for letter in folded(entry.text)), entry.id
        assert len(source) - len(folded(entry.text)) <= 8 + 4 * len(entry.footnotes), entry.id


@pytest.mark.parametrize(
    ("name", "notes"), [("A-72-643", 35), ("A-79-590", 43), ("A-RES-70-302", 20), ("A-RES-76-266", 11)]
)
def test_every_footnote_is_tied_to_its_mark(read_texts, name, notes) -> None:
    document = read_texts[name]
    marks = {note.mark for entry in document.paragraphs for note in entry.footnotes}
    assert len(marks) == notes
    assert document.troubles == ()


def test_76_266_14_is_one_paragraph_over_its_broken_lines(progress_declaration) -> None:
    paragraph = progress_declaration.paragraph("14")
    assert "8 436 " in paragraph.text
    assert "5 534 " in paragraph.text
    assert "\n" not in paragraph.text


def test_76_266_34_goes_on_after_the_footnote_and_the_page(progress_declaration) -> None:
    assert len(progress_declaration.paragraph("34").offsets) == 2
    assert "http" not in progress_declaration.paragraph("21").text


def test_79_590_box_1_has_seven_figures_each_with_its_own_notes(report_2024) -> None:
    box = [entry for entry in report_2024.paragraphs if entry.place.startswith("box-1.")]
    assert [[note.mark for note in entry.footnotes] for entry in box] == [
        ["a"],
        ["b"],
        ["c"],
        ["d"],
        ["e"],
        ["f"],
        ["g", "h"],
    ]
    assert [note.mended for entry in box for note in entry.footnotes] == [False] * 4 + [True, False, True, False]


def test_72_643_notes_that_come_again_are_tied_again(report_2017) -> None:
    assert [note.mark for note in report_2017.paragraph("3").footnotes] == ["2", "3", "3"]
    assert [note.mark for note in report_2017.paragraph("27").footnotes] == ["10", "13"]


def test_76_266_24_bears_the_note_of_its_heading(progress_declaration) -> None:
    note = progress_declaration.paragraph("24").footnotes[0]
    assert (note.mark, note.at) == ("4", None)
    assert not progress_declaration.paragraph("24").section.endswith("4")


def test_72_643_sections_are_a_path(report_2017) -> None:
    assert len(report_2017.paragraph("20").sections) == 2
    assert report_2017.agenda_items == ("14", "117")


def test_a_mark_that_goes_takes_its_space_with_it_between_chinese_words_alone() -> None:
    def left(text: str) -> str:
        mark = text.index("¹")
        return mend([(0, text)], without_space=True).without([(mark, mark + 1)]).text

    assert left("再次呼吁。¹ 这就需要") == "再次呼吁。这就需要"
    assert left("《公约》 ¹ 和协定") == "《公约》和协定"
    assert left("到¹ 2030 年") == "到 2030 年"
    assert left("the Charter,¹ and") == "the Charter, and"
