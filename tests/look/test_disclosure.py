"""What stands behind a line can be opened without script, and is all there on paper."""

from io import BytesIO

import docx
import pypdfium2

from opencompact.look.blocks import BulletList, Column, Disclosure, Page, Publication, Table, paragraph, spans
from opencompact.look.docx import assemble
from opencompact.look.pdf import typeset
from opencompact.look.site import render_page, stylesheet

BLOCK = Disclosure(
    "Three more provisions",
    (
        paragraph("The first of them"),
        paragraph("Its wording", role="quote"),
        BulletList((spans("A point of it"),)),
        Table((Column("Name"), Column("Number", "number")), (("One", "17"),)),
    ),
)
PAGE = Page("index", "What is asked", spans("Little."), (BLOCK,))
WHOLE = Publication("en", "Orsela", "A review", (PAGE,))
WORDS = ("Three more provisions", "The first of them", "Its wording", "A point of it", "17")


def test_a_reader_opens_it_without_script(page) -> None:
    page.set_content(render_page(WHOLE, PAGE))
    assert not page.get_by_text("The first of them").is_visible()
    page.get_by_text("Three more provisions").click()
    assert page.get_by_text("The first of them").is_visible()


def test_a_printed_page_shows_all_of_it(page) -> None:
    html = render_page(WHOLE, PAGE).replace("</head>", f"<style>{stylesheet('en')}</style></head>")
    page.set_content(html)
    page.emulate_media(media="print")
    for words in WORDS:
        assert page.get_by_text(words).first.evaluate("el => el.checkVisibility()"), words


def test_the_pdf_and_the_document_show_all_of_it() -> None:
    with pypdfium2.PdfDocument(typeset(WHOLE)) as pdf:
        printed = " ".join(pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf)))
    document = docx.Document(BytesIO(assemble(WHOLE)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    written = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    for words in WORDS:
        assert words in printed
        assert words in written


def test_on_paper_stands_what_is_meant_for_it() -> None:
    block = Disclosure("Three more provisions", (paragraph("Long wording"),), (paragraph("Where it is"),))
    whole = Publication("en", "Orsela", "A review", (Page("index", "What is asked", spans("Little."), (block,)),))
    with pypdfium2.PdfDocument(typeset(whole)) as pdf:
        printed = " ".join(pdf[number].get_textpage().get_text_bounded() for number in range(len(pdf)))
    written = " ".join(each.text for each in docx.Document(BytesIO(assemble(whole))).paragraphs)
    for text in (printed, written):
        assert "Where it is" in text
        assert "Long wording" not in text
    assert "Long wording" in render_page(whole, whole.pages[0])
