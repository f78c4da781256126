"""No chapter of a printed text ends on a page that is nearly empty."""

from typing import Any

import pypdfium2
import pytest

from opencompact.look.blocks import Block, Heading, Page, Publication, paragraph, spans
from opencompact.look.pagination import paginate
from opencompact.look.pdf import typeset
from opencompact.look.typesetting import Pagination

TOP, HEIGHT = 73.7, 694.5  # pt: where the text of a page begins, and how high it is


def at(name: str, page: int, down: float) -> dict[str, Any]:
    return {"name": name, "page": page, "y": TOP + down * HEIGHT}


def laid(ends: list[dict[str, Any]], headings: list[dict[str, Any]]) -> dict[str, Any]:
    return {"first": 3, "ends": ends, "headings": headings}


def test_a_heading_of_the_page_before_goes_over_to_a_nearly_empty_last_page() -> None:
    found = laid([at("who", 4, 0.1)], [at("high", 3, 0.2), at("middle", 3, 0.5), at("low", 3, 0.9)])
    assert paginate(found) == Pagination(begin=("middle",))


def test_a_heading_directly_above_another_goes_over_with_it() -> None:
    found = laid([at("who", 4, 0.1)], [at("part", 3, 0.50), at("of the part", 3, 0.54), at("low", 3, 0.9)])
    assert paginate(found) == Pagination(begin=("part",))


def test_a_chapter_without_such_a_heading_is_set_closer() -> None:
    assert paginate(laid([at("who", 4, 0.1)], [at("high", 3, 0.1)])) == Pagination(closer=("who",))


def test_what_is_set_closer_and_still_ends_so_gives_its_last_page_what_there_is() -> None:
    made = Pagination(begin=("of another",), closer=("who",))
    found = laid([at("who", 4, 0.05)], [at("middle", 3, 0.7), at("low", 3, 0.9)])
    assert paginate(found, made) == Pagination(begin=("of another", "middle"), closer=("who",))
    assert paginate(laid([at("who", 4, 0.05)], [at("high", 3, 0.1)]), made) == made, "it is not set closer twice"
    assert paginate(laid([at("who", 3, 0.95)], []), made) == made


@pytest.mark.parametrize(("page", "down"), [(4, 0.5), (3, 0.1)])
def test_a_last_page_that_is_filled_and_a_chapter_of_one_page_stay(page: int, down: float) -> None:
    assert paginate(laid([at("who", page, down)], [at("middle", 3, 0.5)])) == Pagination()


def test_each_chapter_is_counted_from_the_end_of_the_one_before() -> None:
    ends = [at("one", 3, 0.9), at("two", 4, 0.1), at("three", 6, 0.1)]
    assert paginate(laid(ends, [at("in-two", 4, 0.05), at("in-three", 5, 0.6)])) == Pagination(begin=("in-three",))


def test_no_chapter_of_a_pdf_ends_on_a_nearly_empty_page() -> None:
    pages = tuple(_chapter(number, lines) for number, lines in enumerate(range(33, 48, 2)))
    publication = Publication("en", "Title", "", pages)
    with pypdfium2.PdfDocument(typeset(publication)) as document:
        texts = [page.get_textpage() for page in document]
        last = {
            text.get_text_range().split("Chapter ")[1][:1]: text
            for text in texts
            if "Chapter " in text.get_text_range()
        }
        reached = {name: _lowest(text) for name, text in last.items()}
        count = len(texts)
    assert len(reached) == len(pages)
    assert count > 2 + len(pages)
    assert all(down >= 0.3 for down in reached.values()), reached


def _chapter(number: int, lines: int) -> Page:
    blocks: list[Block] = []
    for line in range(lines):
        if line % 8 == 7:
            blocks.append(Heading(2, f"Part {line}", f"part-{line}"))
        blocks.append(paragraph(f"Line {line}."))
    return Page(f"c{number}", f"Chapter {number}", spans("Lead"), tuple(blocks))


def _lowest(text: pypdfium2.PdfTextPage) -> float:
    """How far down the words of a page reach, above its foot."""
    bottoms = [text.get_charbox(index)[1] for index in range(text.count_chars())]
    return max((842 - bottom - TOP) / HEIGHT for bottom in bottoms if bottom > 75)
