"""The review in a browser: it fits, turns round, needs no script, can be walked by keyboard, and axe-core finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from opencompact.language import LANGUAGES
from opencompact.review import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]

AXE = Path(__file__).parents[2] / "assets/node_modules/axe-core/axe.min.js"
KINDS = (
    "index", "data", "movement", "round-table-1", "objective-06", "objective-14", "deaths", "remittances", "protection",
    "sources",
)  # fmt: skip
# A font is asked for when the page is laid out, which may be after it has loaded.
DRAWN = "document.body.getBoundingClientRect() && document.fonts.ready.then(() => null)"
OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (el) => { for (; el; el = el.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(el).overflowX)) return true; } return false; };
  const out = [...document.querySelectorAll('main *')].filter((el) => {
    const box = el.getBoundingClientRect();
    return box.width > 0 && !el.closest('svg') && !scrolls(el) && (box.right > wide + 1 || box.left < -1);
  });
  return [document.documentElement.scrollWidth - wide, out.slice(0, 3).map((el) => el.outerHTML.slice(0, 120))];
}"""
# A letter's box may reach a few px beyond what it inks (Arabic finals, halos).
CLIPPED = """() => { const SLACK = 4; return [...document.querySelectorAll('svg')].flatMap((svg) => {
  const frame = svg.getBoundingClientRect();
  if (!frame.width || svg.closest('[aria-hidden=true].sheets')) return [];
  return [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < frame.left - SLACK || box.right > frame.right + SLACK || box.top < frame.top - SLACK || box.bottom > frame.bottom + SLACK);
  }).map((text) => text.textContent);
}); }"""


@pytest.fixture
def open_page(browser, review: Built):
    opened = []

    def go(code: str, name: str, width: int = 1200, **options: object):
        page = browser.new_page(viewport={"width": width, "height": 900}, **options)
        page.route("http*://**", lambda route: route.abort())
        page.goto((review.out / code / f"{name}.html").as_uri())
        page.evaluate(DRAWN)
        opened.append(page)
        return page

    yield go
    for page in opened:
        page.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_nothing_is_wider_than_the_screen_or_cut_off(open_page, code: str) -> None:
    for width in (360, 1200):
        for name in KINDS if code in ("en", "ar", "ru") else KINDS[:5]:
            page = open_page(code, name, width)
            assert page.evaluate(OVERFLOW) == [0, []], (name, width)
            assert page.evaluate(CLIPPED) == [], (name, width)
            page.close()


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_axe_finds_no_fault(open_page, code: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci in assets/")
    for name in KINDS if code == "en" else ("data", "objective-06", "deaths"):
        page = open_page(code, name)
        page.add_script_tag(path=str(AXE))
        found = page.evaluate(
            "async () => (await axe.run()).violations.map((v) => [v.id, v.nodes[0].html.slice(0, 160)])"
        )
        assert found == [], name
        page.close()


def test_one_can_walk_from_the_first_page_to_an_objective_and_its_rows(open_page) -> None:
    page = open_page("en", "index")
    page.get_by_role("link", name="What can the data say?").click()
    page.get_by_role("link", name="6. Recruitment and decent work").click()
    page.wait_for_url("**/en/objective-06.html")
    assert "Round table 1" in page.locator("nav.path").inner_text()
    href = page.locator("a[href*='data/csv/8.8.1.csv#row=']").first.get_attribute("href")
    assert href is not None
    page.get_by_role("link", name="العربية").click()
    page.wait_for_url("**/ar/objective-06.html")
    assert page.evaluate("document.documentElement.dir") == "rtl"


def test_the_pages_read_in_both_directions(open_page) -> None:
    for code, side in (("en", "left"), ("ar", "right")):
        page = open_page(code, "objective-06")
        box = page.locator("h1").bounding_box()
        assert box is not None
        start = page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign")
        assert page.evaluate("getComputedStyle(document.body).direction") == ("rtl" if side == "right" else "ltr")
        assert start in ("start", side)


def test_everything_can_be_read_without_scripts(browser, review: Built) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((review.out / "en/objective-06.html").as_uri())
    assert page.locator("figure svg").first.is_visible()
    page.locator("figure details summary").first.click()
    page.locator("figure details table").first.wait_for(state="visible")
    context.close()


def test_the_keyboard_reaches_text_links_and_tables(open_page) -> None:
    page = open_page("en", "objective-06")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_url("**#*")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.locator("figure details summary").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("figure details[open]")
