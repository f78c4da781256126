"""A text comes out the same from every copy of it: wrapped anew, in wide digits, as HTML, DOCX, PDF, in older encodings."""

from __future__ import annotations

import html
import re
from pathlib import Path

import docx
import pytest
import typst

from opencompact.documents import Document, read
from opencompact.documents.mending import folded


def same(copy: Document, original: Document) -> None:
    assert {entry.place: folded(entry.text) for entry in copy.paragraphs if entry.number} == {
        entry.place: folded(entry.text) for entry in original.paragraphs if entry.number
    }
    assert copy.symbol == original.symbol


def lines_of(texts: Path, name: str) -> list[str]:
    return [line for line in (texts / f"{name}.zh.txt").read_text("utf-8").split("\n") if line.strip()]


@pytest.mark.parametrize("name", ["A-72-643", "A-79-590", "A-RES-70-302", "A-RES-76-266"])
def test_without_blank_lines_and_indents(texts, tmp_path, read_texts, name) -> None:
    path = tmp_path / f"{name}.txt"
    path.write_text("\n".join(line.strip() for line in lines_of(texts, name)), "utf-8")
    same(read(path), read_texts[name])
    marks = [[note.mark for note in entry.footnotes] for entry in read(path).numbered]
    assert marks == [[note.mark for note in entry.footnotes] for entry in read_texts[name].numbered]


@pytest.mark.parametrize("width", [25, 40, 72])
def test_wrapped_anew(tmp_path, report_2024, width) -> None:
    path = tmp_path / "A-79-590.txt"
    pieces = [entry.text for entry in in_order(report_2024)]
    lines = [piece[start : start + width] for piece in pieces for start in range(0, len(piece), width)]
    path.write_text("\n".join(lines), "utf-8")
    same(read(path), report_2024)


def in_order(document: Document):
    """Headings and paragraphs with their labels, as they follow each other."""

    class Piece:
        def __init__(self, at: int, text: str) -> None:
            self.at, self.text = at, text

    pieces = [
        Piece(piece.offsets[0], piece.text)
        for piece in document.furniture
        if piece.kind in {"heading", "title", "front"}
    ]
    for entry in document.paragraphs:
        label = {"paragraph": f"{entry.number}. ", "box": "- "}.get(entry.kind, "")
        label = f"({entry.number.split('(')[1]} " if entry.kind == "subparagraph" else label
        pieces.append(Piece(entry.offsets[0][0], label + entry.text))
    return sorted(pieces, key=lambda piece: piece.at)


def test_in_wide_digits_and_narrow_stops(texts, tmp_path, progress_declaration) -> None:
    text = (texts / "A-RES-76-266.zh.txt").read_text("utf-8")
    wide = tmp_path / "wide.txt"
    wide.write_text(text.translate(str.maketrans("0123456789%", "０１２３４５６７８９％")), "utf-8")
    narrow = tmp_path / "narrow.txt"
    narrow.write_text(text.translate(str.maketrans("，。：；（）", ",。:;()")), "utf-8")
    same(read(wide), progress_declaration)
    same(read(narrow), progress_declaration)


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_in_other_encodings(texts, tmp_path, report_2017, encoding) -> None:
    path = tmp_path / "A-72-643.txt"
    path.write_bytes((texts / "A-72-643.zh.txt").read_text("utf-8").encode(encoding))
    document = read(path)
    same(document, report_2017)
    assert document.source["encoding"] in {"gb18030", "utf-16", "utf-8-sig"}
    assert document.troubles == ()


def test_as_html_with_raised_marks(tmp_path, progress_declaration) -> None:
    body = []
    for piece in in_order(progress_declaration):
        body.append(f"<p>{html.escape(piece.text)}</p>")
    path = tmp_path / "page.html"
    path.write_text(f"<!doctype html><html><head><title>x</title></head><body>{''.join(body)}</body></html>", "utf-8")
    same(read(path), progress_declaration)


def test_as_docx_line_by_line(texts, tmp_path, new_york_declaration) -> None:
    document = docx.Document()
    for line in lines_of(texts, "A-RES-70-302"):
        document.add_paragraph(line)
    document.save(tmp_path / "copy.docx")
    same(read(tmp_path / "copy.docx"), new_york_declaration)


def test_a_docx_numbers_its_paragraphs_and_keeps_its_notes(tmp_path) -> None:
    path = tmp_path / "numbered.docx"
    numbered_docx(path)
    document = read(path)
    assert [entry.place for entry in document.paragraphs] == ["1", "2", "2.a", "2.b"]
    assert [(note.mark, note.text) for note in document.paragraph("1").footnotes] == [("1", "See A/76/642.")]
    assert document.paragraph("1").text == "The first of the paragraphs that are made for the test of the numbers."


def numbered_docx(path: Path) -> None:
    import zipfile

    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def paragraph(level: int, words: str, note: str = "") -> str:
        mark = f'<w:r><w:footnoteReference w:id="{note}"/></w:r>' if note else ""
        return (
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
            f"<w:r><w:t>{words}</w:t></w:r>{mark}</w:p>"
        )

    body = paragraph(0, "The first of the paragraphs that are made for the test of the numbers.", "2")
    body += paragraph(0, "The second one is for the list of the items:")
    body += paragraph(1, "To be the first of the items;") + paragraph(1, "To be the last of the items.")
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl>'
    )
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", f"<w:document {w}><w:body>{body}</w:body></w:document>")
        package.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {w}><w:footnote w:id="2"><w:p><w:r><w:t>See A/76/642.</w:t></w:r></w:p></w:footnote></w:footnotes>',
        )
        package.writestr(
            "word/numbering.xml",
            f'<w:numbering {w}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
        )


def test_as_pdf_with_notes_at_the_foot_of_the_page(tmp_path) -> None:
    path = tmp_path / "copy.pdf"
    path.write_bytes(
        typst.compile(
            b'#set page(numbering: "1", height: 9cm, width: 14cm)\n#set text(lang: "en", hyphenate: true)\n#set par(justify: true)\n'
            b"= Words for a test of pages\n\n== I. Introduction\n\n"
            b"1. The number of the migrants is in the table of the Department.#footnote[See A/76/642 and the table of the year.] "
            b"The text goes on for so long that the page ends before it does, and the line is broken where the word is long, as "
            b"internationalization and institutionalization are. The note stands at the foot of the page in between.\n\n"
            b"2. The second of the paragraphs is on the page after it, and it is as long as the first one of them was, so that "
            b"the reader has to turn the page again to see the end of it all.#footnote[The second of the notes.]\n"
        )
    )
    document = read(path)
    assert [entry.place for entry in document.paragraphs] == ["1", "2"]
    assert [[note.mark for note in entry.footnotes] for entry in document.paragraphs] == [["1"], ["2"]]
    assert "institutionalization are. The note" in document.paragraph("1").text
    assert document.source["format"] == "pdf"


@pytest.mark.parametrize("name", ["A-79-590", "A-RES-76-266.plain"])
def test_cut_at_a_width_within_numbers(texts, tmp_path, name) -> None:
    source = texts / f"{name}.zh.txt"
    path = tmp_path / f"{name}.zh.txt"
    lines = source.read_text("utf-8").split("\n")
    path.write_text("\n".join(line[at : at + 38] for line in lines for at in range(0, max(1, len(line)), 38)), "utf-8")
    original, copy = read(source), read(path)
    assert {entry.number for entry in copy.numbered} == {entry.number for entry in original.numbered}
    for place in ("3", "20"):
        assert folded(copy.paragraph(place).text) == folded(original.paragraph(place).text)
        assert [cited.symbol for cited in copy.paragraph(place).citations] == [
            cited.symbol for cited in original.paragraph(place).citations
        ]


def test_with_signs_of_no_width_within_words(texts, tmp_path, report_2024) -> None:
    path = tmp_path / "A-79-590.txt"
    text = (texts / "A-79-590.zh.txt").read_text("utf-8")
    path.write_text("\ufeff" + text.replace("移民", "移\u200b民"), "utf-8")
    same(read(path), report_2024)


@pytest.mark.parametrize("label", [r"\1.", r"\1、"])
def test_79_590_35_36_45_52_open_with_a_year_glued_to_their_number(texts, tmp_path, report_2024, label) -> None:
    path = tmp_path / "A-79-590.txt"
    text = (texts / "A-79-590.zh.txt").read_text("utf-8")
    path.write_text(re.sub(r"(?m)^(\d+)\. ", label, text), "utf-8")
    same(read(path), report_2024)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_in_sixteen_bits_without_a_mark(texts, tmp_path, report_2017, encoding) -> None:
    path = tmp_path / "A-72-643.txt"
    path.write_bytes((texts / "A-72-643.zh.txt").read_text("utf-8").encode(encoding))
    same(read(path), report_2017)


@pytest.mark.parametrize("width", [25, 31])
def test_a_sign_that_is_no_letter_bears_no_meaning_as_a_mark(texts, tmp_path, width) -> None:
    path = tmp_path / "A-79-590.txt"
    lines = (texts / "A-79-590.zh.txt").read_text("utf-8").split("\n")
    path.write_text(
        "\n".join(line[at : at + width] for line in lines for at in range(0, max(1, len(line)), width)), "utf-8"
    )
    assert len([entry for entry in read(path).numbered if entry.part == "main"]) == 89


def test_as_html_that_is_set_as_written(texts, tmp_path, report_2024) -> None:
    path = tmp_path / "page.html"
    text = (texts / "A-79-590.zh.txt").read_text("utf-8")
    path.write_text(f"<html><body><pre>{html.escape(text)}</pre></body></html>", "utf-8")
    same(read(path), report_2024)


@pytest.mark.parametrize(
    ("name", "width", "least"),
    [("A-72-643", 25, 36), ("A-72-643", 38, 35), ("A-72-643", 60, 36), ("A-79-590", 28, 39), ("A-79-590", 38, 42),
     ("A-RES-76-266", 25, 11), ("A-RES-76-266", 38, 11)],
)  # fmt: skip
def test_a_copy_cut_at_a_fixed_width_keeps_its_footnotes(texts, read_texts, tmp_path, name, width, least) -> None:
    """Of 43 notes in A/79/590, 36 in A/72/643 and 11 in A/RES/76/266, in the same paragraph under the same mark."""
    text = (texts / f"{name}.zh.txt").read_text("utf-8")
    cut = "\n".join(line[at : at + width] for line in text.splitlines() for at in range(0, max(len(line), 1), width))
    copy = tmp_path / f"{name}.txt"
    copy.write_text(cut, encoding="utf-8")

    def notes(document: Document) -> set[tuple[str, str]]:
        return {(paragraph.place, note.mark) for paragraph in document.paragraphs for note in paragraph.footnotes}

    assert len(notes(read_texts[name]) & notes(read(copy))) >= least
