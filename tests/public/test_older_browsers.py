"""A browser that does not know `:has()`: a form shows all its questions, on a phone too, and what is typed is kept."""

from __future__ import annotations

from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SHOWN = "[...document.querySelectorAll('.asks .question')].filter(e => e.offsetParent).length"


@pytest.fixture
def older(enter: Any) -> Any:
    """A contributor's phone whose browser takes `:has()` for a selector that nobody knows."""
    page = enter("contributor", name="older", width=360)

    def without_has(route: Any) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(":has(", ":nobody-knows("))

    page.route("**/*.css", without_has)
    return page


def test_every_question_of_a_form_shows_and_none_twice(older: Any) -> None:
    older.goto("/en/desk/new/pledge/")
    questions = older.locator(".asks .question").count()
    assert questions > 20
    assert older.evaluate(SHOWN) == questions
    older.goto("/en/desk/new/pledge/#ask-title")
    assert older.evaluate(SHOWN) == questions, "also where an address names one of them"
    # What leads from one question to the next is for those that are shown alone.
    assert older.locator(".asks .turns:visible, .asks .place:visible").count() == 0


def test_what_is_typed_there_is_kept(older: Any) -> None:
    older.goto("/en/desk/new/pledge/")
    older.fill("#title", "A pledge from an older phone")
    older.select_option("#language", "en")
    older.check("input[name=objectives][value='8']")
    older.click(".asks .keep")
    older.wait_for_url("**/actions/pledge-*/")
    assert older.inner_text("h1") == "A pledge from an older phone"
