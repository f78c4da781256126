"""Bad input gets a clear answer: nothing is executed, nothing hangs, and what is partial says so."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from opencompact.documents import claims_in, read
from opencompact.errors import InputError, InvalidDataError


def written(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_scanned_pdf_has_no_text(tmp_path) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(tmp_path / "scan.pdf")
    with pytest.raises(InputError, match="scan") as caught:
        read(tmp_path / "scan.pdf")
    assert caught.value.rule == "no-text"
    assert "OCR" in (caught.value.remedy or "")


@pytest.mark.parametrize(
    "words",
    [
        "Die Würde der Menschen ist zu achten. Alle Staaten werden gebeten, dies zu tun. " * 20,
        "すべての移民の人権を尊重することを約束します。" * 20,
        "모든 이주민의 인권을 존중할 것을 약속합니다. " * 20,
        "Всі держави зобов’язуються поважати гідність людей і їхні права. " * 20,
    ],
)
def test_a_language_without_grammar_is_named(tmp_path, words) -> None:
    with pytest.raises(InvalidDataError, match="no grammar"):
        read(written(tmp_path / "text.txt", words))


def test_a_file_that_is_cut_short_is_partial(texts, tmp_path) -> None:
    whole = (texts / "A-RES-76-266.zh.txt").read_text("utf-8")
    document = read(written(tmp_path / "cut.txt", whole[: whole.index("汇款市场提供了经验") + 4]))
    assert document.partial
    assert "cut-short" in [trouble.code for trouble in document.troubles]
    assert len(document.numbered) == 43


def test_paragraphs_that_are_missing_are_told(texts, tmp_path) -> None:
    plain = (texts / "A-RES-76-266.plain.zh.txt").read_text("utf-8").split("\n")
    document = read(
        written(tmp_path / "gap.txt", "\n".join(line for line in plain if not line.startswith(("13. ", "14. "))))
    )
    assert document.partial
    assert [trouble.message for trouble in document.troubles] == ["Paragraphs 13 to 14 were not found."]


def test_a_cut_docx_and_a_cut_pdf_are_refused(tmp_path) -> None:
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as parts:
        parts.writestr("word/document.xml", "<w/>" * 500)
    with pytest.raises(InputError, match="damaged"):
        read(written(tmp_path / "cut.docx", package.getvalue()[:-40]))
    with pytest.raises(InputError, match="cannot be opened"):
        read(written(tmp_path / "cut.pdf", b"%PDF-1.7\n1 0 obj << /Type"))


def test_a_document_without_numbered_paragraphs_says_so(tmp_path) -> None:
    document = read(
        written(
            tmp_path / "letter.txt",
            "This is a letter to all of the people.\n\nIt has no numbers in it, and that is all.\n",
        )
    )
    assert [trouble.code for trouble in document.troubles] == ["no-numbered-paragraphs"]
    assert len(document.paragraphs) == 2


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (40 * 1024 * 1024))
    with pytest.raises(InputError, match="unpacks to far more") as caught:
        read(tmp_path / "bomb.docx")
    assert caught.value.rule == "zip-bomb"


def test_a_docx_that_defines_entities_is_refused(tmp_path) -> None:
    with zipfile.ZipFile(tmp_path / "entities.docx", "w") as package:
        package.writestr(
            "word/document.xml",
            '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&a;</w:document>',
        )
    with pytest.raises(InputError, match="entities"):
        read(tmp_path / "entities.docx")


def test_mixed_encodings_are_read_line_by_line_and_told(texts, tmp_path) -> None:
    plain = (texts / "A-RES-76-266.plain.zh.txt").read_text("utf-8").split("\n")
    mixed = b"\n".join(line.encode("gb18030" if number % 3 else "utf-8") for number, line in enumerate(plain))
    document = read(written(tmp_path / "A-RES-76-266.txt", mixed))
    assert len(document.numbered) == 77
    assert [trouble.code for trouble in document.troubles] == ["mixed-encodings"]
    assert not document.partial


def test_bytes_of_no_encoding_make_the_result_partial(texts, tmp_path) -> None:
    plain = (texts / "A-RES-76-266.plain.zh.txt").read_bytes()
    document = read(written(tmp_path / "A-RES-76-266.txt", plain.replace("2020年全球".encode(), b"\xff\xff2020", 1)))
    assert document.partial


def test_scripts_of_html_are_not_read(tmp_path) -> None:
    document = read(
        written(
            tmp_path / "page.html",
            "<html><head><script>document.write('1. The evil of the script.')</script><style>p{}</style></head><body>"
            "<p>1. The text of the page is in the paragraph.</p><script>alert(2)</script><noscript>3. No.</noscript>"
            "<iframe src='https://example.org'>4. The frame.</iframe><img src=x onerror=alert(1)>"
            "<p>2. The second of the paragraphs is in it.</p></body></html>",
        )
    )
    assert [entry.text for entry in document.paragraphs] == [
        "The text of the page is in the paragraph.",
        "The second of the paragraphs is in it.",
    ]


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"\x00\x01\x02\x03" * 50, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100]
)
def test_what_is_no_text_is_refused(tmp_path, content) -> None:
    with pytest.raises(InputError):
        read(written(tmp_path / "file.txt", content))


def test_a_file_that_is_not_there_is_an_input_error(tmp_path) -> None:
    with pytest.raises(InputError, match="There is no such file"):
        read(tmp_path / "nothing.txt")
    with pytest.raises(InputError, match="folder"):
        read(tmp_path)


def test_a_text_that_is_far_too_long_is_not_read(texts, tmp_path) -> None:
    text = (texts / "A-79-590.zh.txt").read_text("utf-8")
    with pytest.raises(InputError, match="far longer"):
        read(written(tmp_path / "long.txt", (text * 200).encode()))


def test_every_figure_and_citation_of_one_very_long_paragraph_is_found(tmp_path) -> None:
    sentence = (
        "States shall reduce the deaths of 8,500 migrants in 2023, as requested in resolution 73/195 (A/72/643). "
    )
    text = "A/79/592\nReport of the Secretary-General\n\n1. " + sentence * 900 + "\n2. The end of it is here.\n"
    document = read(written(tmp_path / "long.txt", text.encode()))
    (long, _) = document.numbered
    assert len(long.citations) == 1800
    stated = claims_in(document)
    assert len(stated) == 900
    assert {(claim.value, claim.subject, claim.period) for claim in stated} == {(8500.0, "missing.dead", "2023")}


def test_a_file_that_ends_within_a_character_is_partial_and_in_one_encoding(texts, tmp_path) -> None:
    raw = (texts / "A-79-590.zh.txt").read_bytes()
    cut = next(at for at in range(20_000, 20_010) if raw[at] & 0xC0 == 0x80)
    document = read(written(tmp_path / "A-79-590.txt", raw[:cut]))
    assert document.source["encoding"] == "utf-8"
    assert {trouble.code for trouble in document.troubles} == {"undecodable", "cut-short"}


def test_entities_that_a_page_declares_are_neither_read_nor_shown(tmp_path) -> None:
    page = (
        '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/hosts">]><html><body><h1>Words for a test</h1>'
        "<p>1. We commit to save the lives &x; of migrants in all of the countries.</p>"
        "<p>2. We request the Secretary-General to report on it to the Assembly.</p></body></html>"
    )
    document = read(written(tmp_path / "page.html", page.encode()))
    assert "]>" not in document.text
    assert "localhost" not in document.text
