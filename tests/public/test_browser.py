"""The service in a browser: the way of a practice and of a pledge, by keyboard, without script, in three languages."""

from __future__ import annotations

import datetime
import re
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LONG = "A sentence that says enough about what was done, for whom, and with what means."


def _reach(page: Any, selector: str, most: int = 400) -> None:
    """Moves by the tabulator key alone to an element."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement?.matches(s)", selector):
            return
    raise AssertionError(f"The keyboard does not reach {selector}.")


def _type(page: Any, selector: str, text: str) -> None:
    _reach(page, selector)
    page.keyboard.insert_text(text)


def _choose(page: Any, selector: str, value: str) -> None:
    """Goes down a list of choices by the arrow key, as far as the value."""
    _reach(page, selector)
    page.keyboard.press("Home")
    values = page.evaluate("[...document.activeElement.options].map(o => o.value)")
    for _ in range(values.index(value)):
        page.keyboard.press("ArrowDown")
    assert page.input_value(selector) == value


def _tick(page: Any, name: str, value: str) -> None:
    """Ticks a box, or goes along round buttons by the arrow key, as far as the value."""
    chosen = f"input[name={name}][value='{value}']"
    if page.locator(chosen).get_attribute("type") == "checkbox":
        _reach(page, chosen)
        page.keyboard.press("Space")
        return
    _reach(page, f"input[name={name}]")
    page.keyboard.press("Space")
    for _ in range(page.locator(f"input[name={name}]").count()):
        if not page.is_checked(chosen):
            page.keyboard.press("ArrowDown")
    assert page.is_checked(chosen)


def _press(page: Any, selector: str, then: str = "") -> None:
    """Follows a link or sends a form by the return key, and waits for the page that comes."""
    _reach(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    if then:
        page.wait_for_url(then)


def _click(page: Any, selector: str) -> None:
    """Clicks on what leads to another page, and waits for it."""
    with page.expect_navigation():
        page.click(selector)


def _drawn(page: Any) -> None:
    """Waits for the fonts that the page asks for when it is laid out; without script nothing can be waited for within it."""
    for _ in range(400):
        if page.evaluate("document.body.offsetWidth > 0 && document.fonts.status") == "loaded":
            return
        page.wait_for_timeout(50)
    raise AssertionError("The fonts of the page do not come.")


SEND = "main form button:not([type=button])"


def _fill_practice(page: Any, title: str) -> None:
    _type(page, "#title", title)
    _type(page, "#by", "City of Port Ansel")
    _choose(page, "#stakeholder", "local-authorities")
    _type(page, "#areas", "QMA")
    _tick(page, "objectives", "15")
    _type(page, "#description", LONG)
    _choose(page, "#level", "local")
    for field in ("context", "aim", "activities", "beneficiaries", "results", "lessons", "replication"):
        _type(page, f"#{field}", LONG)


@pytest.mark.parametrize("code", ["en", "zh", "ar"])
def test_a_practice_from_draft_to_publication_by_keyboard_alone_without_script(enter: Any, code: str) -> None:
    author, editor, visitor = enter("contributor", name=f"author-{code}"), enter("editor"), enter()
    author.goto(f"/{code}/desk/new/practice/")
    assert author.locator("html").get_attribute("dir") == ("rtl" if code == "ar" else "ltr")
    _press(author, SEND)
    assert author.locator(".fault").count() >= 1
    _fill_practice(author, f"A desk {code}")
    _press(author, SEND, f"**/{code}/actions/practice-*/")
    identifier = author.url.rstrip("/").rpartition("/")[2]
    _press(author, "main .acts form button")
    assert visitor.goto(f"/{code}/actions/{identifier}/").status == 404
    for number, standing in enumerate(("un", "outside", "outside")):
        name = f"reviewer-{code}-{number}"
        reviewer = enter("reviewer", name=name)
        editor.goto(f"/{code}/desk/actions/{identifier}/judge/")
        asked = editor.locator("#reviewer option", has_text=f"{name}@browser.example").get_attribute("value")
        _choose(editor, "#reviewer", asked)
        _tick(editor, "standing", standing)
        _press(editor, f"form[action$='/{identifier}/ask/'] button")
        reviewer.goto(f"/{code}/desk/")
        _press(reviewer, f"a[href$='/{identifier}/review/']")
        _tick(reviewer, "conflict", "none")
        _press(reviewer, SEND)
        _tick(reviewer, "opinion", "publish")
        _type(reviewer, "#remarks", LONG)
        _press(reviewer, SEND)
        reviewer.context.close()
    editor.goto(f"/{code}/desk/actions/{identifier}/judge/")
    _press(editor, f"form[action$='/{identifier}/publish/'] button")
    assert visitor.goto(f"/{code}/actions/{identifier}/").status == 200
    assert visitor.locator("h1").inner_text() == f"A desk {code}"


SHOWN = "[...document.querySelectorAll('.asks .question')].filter(e => e.offsetParent).map(e => e.id)"


def _asks(page: Any, *questions: str) -> bool:
    """Whether these questions and no others come to be shown: what a key or a click does is done a moment later."""
    for _ in range(400):
        if page.evaluate(SHOWN) == list(questions):
            return True
        page.wait_for_timeout(50)
    return False


@pytest.mark.parametrize("code", ["en", "zh", "ar"])
def test_on_a_phone_one_question_shows_at_a_time_by_keyboard_and_without_script(enter: Any, code: str) -> None:
    page = enter("contributor", name=f"phone-{code}", width=360)
    page.goto(f"/{code}/desk/new/pledge/")
    assert _asks(page)
    _reach(page, ".asks .questions .on")
    page.keyboard.press("Enter")
    assert _asks(page, "ask-title")
    _reach(page, "#title")
    page.keyboard.type("A pledge from a phone")
    _reach(page, "#ask-title .turns .on")
    page.keyboard.press("Enter")
    assert _asks(page, "ask-language")
    _reach(page, "#ask-language .turns a")
    page.keyboard.press("Enter")
    assert _asks(page, "ask-title")
    assert page.input_value("#title") == "A pledge from a phone"
    assert page.evaluate("document.documentElement.scrollHeight") < 2 * 740
    _press(page, "main form .keep")
    page.click(".message.error a[href='#objectives']")
    assert _asks(page, "ask-objectives")
    page.check("input[name=objectives][value='8']")
    page.click("main form .keep")
    page.wait_for_url(f"**/{code}/actions/pledge-*/")
    page.click(".message a[href$='#ask-description']")
    page.wait_for_url("**#ask-description")  # another page than the one the link stands on
    assert _asks(page, "ask-description")
    assert page.input_value("#title") == "A pledge from a phone"


def test_at_a_desk_the_same_form_is_one_page(enter: Any) -> None:
    page = enter("contributor", name="author-desk")
    page.goto("/en/desk/new/pledge/")
    assert len(page.evaluate(SHOWN)) > 20
    assert page.locator(".asks .turns").first.is_hidden()


def test_the_key_that_ends_a_line_leads_on_where_one_question_shows(enter: Any) -> None:
    page = enter("contributor", name="author-enter", script=True, width=360)
    page.goto("/en/desk/new/pledge/#ask-title")
    page.fill("#title", "A pledge")
    page.press("#title", "Enter")
    page.wait_for_url("**/en/desk/new/pledge/#ask-language")
    assert page.input_value("#title") == "A pledge"


@pytest.mark.parametrize("code", ["en", "zh", "ar"])
def test_a_pledge_is_written_becomes_overdue_and_is_reported_on_by_keyboard_alone_without_script(
    enter: Any, person_online: Any, code: str
) -> None:
    person_online("contributor", "", f"keys-{code}")
    page, editor, visitor = enter(), enter("editor"), enter()
    page.goto(f"/{code}/account/login/")
    _type(page, "#id_login", f"keys-{code}@browser.example")
    _type(page, "#id_password", "a long and quiet sentence")
    _press(page, SEND, f"**/{code}/desk/")
    _press(page, f"a[href='/{code}/desk/new/pledge/']", "**/new/pledge/")
    yesterday = datetime.datetime.now(datetime.UTC).date() - datetime.timedelta(days=1)
    _type(page, "#title", f"A pledge {code}")
    _type(page, "#by", "City of Port Ansel")
    _choose(page, "#stakeholder", "local-authorities")
    _type(page, "#areas", "QMA")
    _tick(page, "objectives", "8")
    _type(page, "#description", LONG)
    _choose(page, "#form", "policy")
    _choose(page, "#mode", "individual")
    _reach(page, "#due")
    # A date field takes its parts in the order of the browser's own language, which is English here.
    page.keyboard.type(yesterday.strftime("%m%d%Y"))
    _press(page, SEND, f"**/{code}/actions/pledge-*/")
    identifier = page.url.rstrip("/").rpartition("/")[2]
    _press(page, "main .acts form button")
    editor.goto(f"/{code}/desk/actions/{identifier}/judge/")
    _press(editor, f"form[action$='/{identifier}/publish/'] button")
    visitor.goto(f"/{code}/actions/?flag=overdue&area=QMA")
    assert visitor.locator(f"a[href='/{code}/actions/{identifier}/']").count() == 1
    page.goto(f"/{code}/actions/{identifier}/")
    _press(page, f"a[href$='/desk/actions/{identifier}/progress/']")
    _tick(page, "stage", "done")
    _type(page, "#text-done", "It is done.")
    _press(page, SEND, f"**/{code}/actions/{identifier}/")
    visitor.goto(f"/{code}/actions/?flag=overdue&area=QMA")
    assert visitor.locator(f"a[href='/{code}/actions/{identifier}/']").count() == 0


@pytest.mark.parametrize("code", ["en", "zh", "ar"])
def test_a_visitor_follows_what_is_asked_down_to_what_a_country_did_by_keyboard_alone(enter: Any, code: str) -> None:
    """A/79/590, paragraphs 82 to 89: from the first page, over a country, to a promise and the reports on it."""
    page = enter()
    page.goto(f"/{code}/")
    _press(page, f"main a[href='/{code}/follow-up/']", f"**/{code}/follow-up/")
    assert page.locator("main .asked > dt").count() == 8
    _reach(page, "main a[href='#countries']", most=30)
    page.keyboard.press("Enter")
    page.wait_for_url("**#countries")
    _press(page, f"main a[href='/{code}/areas/QMA/follow-up/']", f"**/{code}/areas/QMA/follow-up/")
    assert page.locator("#p89 + dd .records > li").count() == 3
    _press(page, f"#p89 + dd a[href='/{code}/actions/synthetic-missing-2a/']", "**/actions/synthetic-missing-2a/")
    assert "Nine of fourteen mortuaries report." in page.locator("#progress + .story").inner_text()


@pytest.mark.parametrize("code", ["en", "ar"])
def test_what_is_written_in_the_other_direction_stands_at_the_edge_of_the_page(enter: Any, code: str) -> None:
    page = enter()
    page.goto(f"/{code}/actions/synthetic-pledge-{'ar' if code == 'en' else 'births'}/")
    _drawn(page)
    edges = page.evaluate(
        """() => {
            const first = (e) => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects()[0]; };
            const rects = [...document.querySelectorAll('main > h1 bdi, main > div[dir=auto] p')].map(first);
            return rects.map((r) => Math.round(document.dir === 'rtl' ? r.right : r.left));
        }"""
    )
    assert len(edges) == 2
    assert abs(edges[0] - edges[1]) <= 1


@pytest.mark.parametrize("path", ["", "actions/", "areas/QMA/", "areas/QMA/follow-up/", "objectives/8/"])
def test_nothing_is_wider_than_a_narrow_phone_in_russian(enter: Any, path: str) -> None:
    page = enter(width=320)
    page.goto(f"/ru/{path}")
    _drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("code", ["en", "ar", "zh", "es", "fr", "ru"])
def test_the_table_of_where_things_stand_is_whole_at_a_desk(enter: Any, code: str) -> None:
    page = enter()
    page.goto(f"/{code}/areas/QMA/")
    _drawn(page)
    over = "[...document.querySelectorAll('.scroll')].filter(e => e.scrollWidth > e.clientWidth).length"
    assert page.locator(".scroll .counted").count() == 2
    assert page.evaluate(over) == 0


def test_the_address_that_lasts_is_copied(enter: Any) -> None:
    page = enter(script=True)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/en/actions/synthetic-pledge-births/")
    page.click("[data-copy]")
    page.wait_for_function("document.querySelector('[data-copy]').textContent === 'Copied'")
    assert page.evaluate("navigator.clipboard.readText()").endswith("/id/synthetic-pledge-births/")
    bare = enter()
    bare.goto("/en/actions/synthetic-pledge-births/")
    assert bare.locator("[data-copy]").is_hidden()


def test_a_filter_changes_the_list_without_a_new_page(enter: Any) -> None:
    page = enter(script=True)
    page.goto("/en/actions/")
    page.evaluate("window.same = true")
    page.select_option("#kind", "practice")
    page.wait_for_url("**kind=practice**")
    page.wait_for_function("document.querySelectorAll('#results .records > li').length < 10")
    assert page.evaluate("window.same") is True
    assert page.locator("#results a[href*='synthetic-practice-desk']").count() == 1


def test_what_was_typed_and_not_sent_comes_back(enter: Any) -> None:
    page = enter("contributor", name="author-kept", script=True)
    page.goto("/en/desk/new/pledge/")
    page.fill("#title", "Typed before the line was cut")
    page.goto("/en/desk/")
    page.goto("/en/desk/new/pledge/")
    page.click("[data-restore] button")
    assert page.input_value("#title") == "Typed before the line was cut"


def _offer(page: Any) -> bool:
    page.goto("/en/desk/new/pledge/")
    return bool(page.locator("[data-restore]").is_visible())


def test_what_could_not_be_sent_is_still_there(enter: Any) -> None:
    """Neither a line that was cut nor a session that ran out loses anything; what the service has is not kept longer."""
    page = enter("contributor", name="author-cut", script=True)
    page.goto("/en/desk/new/pledge/")
    page.fill("#title", "Typed before the session ran out")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.click(SEND)
    # The browser's own page of the failure would otherwise come in between later.
    page.wait_for_url(re.compile("^chrome-error:"), wait_until="commit")
    page.context.set_offline(False)
    assert _offer(page)
    page.click("[data-restore] button")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    _click(page, SEND)
    assert "/actions/pledge-" not in page.url
    page.context.add_cookies(cookies)
    assert _offer(page)
    page.click("[data-restore] button")
    assert page.input_value("#title") == "Typed before the session ran out"
    page.check("input[name=objectives][value='8']")
    page.click(SEND)
    page.wait_for_url("**/en/actions/pledge-*/")
    assert not _offer(page)


def test_what_one_person_typed_is_not_offered_to_another(enter: Any, session_of: Any, address: str) -> None:
    page = enter("contributor", name="author-first", script=True)
    page.goto("/en/desk/new/pledge/")
    page.fill("#title", "For my own eyes")
    mine = page.context.cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": session_of("contributor", "", "author-second"), "url": address}]
    )
    assert not _offer(page)
    page.context.add_cookies(mine)
    assert _offer(page), "it is there for whom it is"
    _click(page, "form[data-leave] button")
    assert page.evaluate("Object.keys(localStorage)") == []
