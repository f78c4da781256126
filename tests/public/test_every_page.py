"""Every kind of page, in three languages, on a phone: axe finds nothing, nothing is wider than the screen, no policy is broken.

The list is held to the addresses of the service: a page that is new and not walked over fails a test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parents[2] / "assets/node_modules/axe-core/axe.min.js"
RULES = "axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
LONG = "A sentence that says enough about what was done, for whom, and with what means."
# Who looks at what; `{practice}`, `{draft}`, `{withdrawn}` and `{waiting}` are written before.
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "", "actions/", "actions/?kind=practice&q=skills", "follow-up/", "reviews/", "recommendations/",
        "actions/synthetic-review-inner-sea/", "actions/synthetic-pledge-rescue/", "actions/synthetic-plan-orsela/",
        "actions/synthetic-practice-skills/", "actions/synthetic-agreement-labour/", "actions/synthetic-request-law/",
        "actions/synthetic-statement-ansel/", "actions/synthetic-pledge-rescue/history/",
        "actions/synthetic-pledge-rescue/history/1/", "objectives/8/", "round-tables/1/", "areas/", "areas/QMA/",
        "areas/QMA/objectives/8/", "areas/QMA/follow-up/", "indicators/10.7.3/", "stakeholders/", "stakeholders/local-authorities/", "texts/", "texts/A/79/590/zh/",
        "search/", "search/?q=boats", "exchange/", "about/", "nothing-here/", "account/login/", "{welcome}",
    ),
    "contributor": (
        "desk/", "desk/new/pledge/", "desk/new/practice/", "desk/new/review/", "desk/new/instrument/",
        "desk/new/practice/#ask-objectives", "desk/new/pledge/#ask-due", "desk/actions/{draft}/edit/",
        "desk/actions/{draft}/edit/#ask-description", "desk/actions/{draft}/progress/", "actions/{draft}/",
        "actions/{withdrawn}/", "desk/actions/{public}/propose/", "desk/proposals/{proposal}/", "account/password/change/", "account/logout/", "account/inactive/",
    ),
    "editor": (
        "desk/", "desk/import/", "desk/actions/{practice}/judge/", "desk/actions/{waiting}/judge/", "desk/proposals/{proposal}/",
        "desk/actions/{public}/progress/0/take-back/",
        "actions/synthetic-pledge-rescue/", "account/2fa/", "account/2fa/recovery-codes/", "account/2fa/recovery-codes/generate/", "account/2fa/webauthn/add/",
        "account/2fa/totp/deactivate/", "account/reauthenticate/",
    ),
    "editor without a second factor": ("desk/", "account/2fa/totp/activate/"),
    "reviewer": ("desk/", "desk/actions/{practice}/review/"),
    "reviewer who has declared": ("desk/actions/{practice}/review/",),
    "focal-point": ("desk/", "desk/areas/QMA/", "desk/areas/QMA/objectives/8/", "areas/QMA/"),
    "auditor": ("desk/", "desk/audit/", "desk/areas/QMA/", "desk/areas/QMA/objectives/8/", "desk/actions/{practice}/judge/", "desk/proposals/{proposal}/"),
    "administrator": ("desk/people/",),
}  # fmt: skip
# Addresses that lead on, that are sent to, or that give a file.
NO_PAGE = {
    "ask", "build", "new-version", "built", "built-file", "desk-action", "give-back", "grant", "publish", "renew", "revoke", "sign-off",
    "refuse-proposal", "submit", "take-back", "take-proposal", "take-up", "template", "withdraw", "workbook",
}  # fmt: skip


@pytest.fixture(scope="module")
def written(person_online: Callable[..., Any]) -> Iterator[dict[str, str]]:
    """Actions at every stage, a text of a country, an invitation, a paragraph of a text."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    from opencompact.public import proposing, writing
    from opencompact.public.accounts import invitation
    from opencompact.public.models import Paragraph

    author, editor = person_online("contributor"), person_online("editor")
    RecoveryCodes.activate(editor)
    reviewers = [person_online("reviewer", name=name) for name in ("reviewer", "declared", "third")]
    practice = _create(author, "practice", level="local", **dict.fromkeys(_PRACTICE, LONG))
    writing.submit(by=author, record=practice)
    for reviewer, standing in zip(reviewers, ("un", "outside", "outside"), strict=True):
        writing.ask_reviewer(by=editor, record=practice, reviewer=reviewer, standing=standing)
    writing.declare(by=reviewers[1], review=practice.reviews.get(reviewer=reviewers[1]), conflict=False, text="")
    draft = _create(author, "pledge", description="Short.")
    withdrawn, waiting = (_create(author, "pledge", form="policy", mode="individual") for _ in range(2))
    writing.submit(by=author, record=waiting)
    writing.submit(by=author, record=withdrawn)
    writing.publish(by=editor, record=withdrawn)
    writing.withdraw(by=editor, record=withdrawn, reason="It was entered twice.")
    public = _create(author, "pledge", form="policy", mode="individual", progress="2025-03-01 | under-way | Begun")
    writing.submit(by=author, record=public)
    writing.publish(by=editor, record=public)
    corrected = replace(public.action, title="A desk for newcomers at the old port")
    proposal = proposing.propose(by=author, record=public, action=corrected, base=1, reason="The port has moved.")
    focal = person_online("focal-point", "QMA")
    writing.save_text(by=focal, area="QMA", objective=8, language="en", text=LONG, expected=0)
    paragraph = Paragraph.objects.create(
        symbol="A/79/590", place="89", number="89", language="zh", position=1, section="移民", text="失踪移民。"
    )
    yield {
        "practice": practice.identifier, "draft": draft.identifier, "withdrawn": withdrawn.identifier,
        "waiting": waiting.identifier, "public": public.identifier, "proposal": str(proposal.pk), "welcome": invitation(person_online("reviewer", name="invited")),
    }  # fmt: skip
    paragraph.delete()


_PRACTICE = ("context", "aim", "activities", "beneficiaries", "results", "lessons", "replication")


def _create(author: Any, kind: str, **cells: str) -> Any:
    from opencompact import actions
    from opencompact.public import writing

    told = {"title": "A desk for newcomers at the port", "language": "en", "by": "City of Port Ansel",
            "stakeholder": "local-authorities", "areas": "QMA", "objectives": "8; 15", "description": LONG} | cells  # fmt: skip
    decoded = actions.from_row({"kind": kind, **told})
    assert decoded.action is not None, decoded.faults
    return writing.create(by=author, action=decoded.action)


@pytest.fixture
def windows(address: str, session_of: Any, browser: Any, written: Any) -> Iterator[dict[str, Any]]:
    """A phone for each of those who look."""
    people = {
        "contributor": ("contributor",),
        "editor": ("editor",),
        "editor without a second factor": ("editor", "", "bare", False),
        "reviewer": ("reviewer",),
        "reviewer who has declared": ("reviewer", "", "declared"),
        "focal-point": ("focal-point", "QMA"),
        "auditor": ("auditor",),
        "administrator": ("administrator",),
    }
    found = {}
    for who in PAGES:
        context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
        context.set_default_timeout(30_000)
        if who:
            context.add_cookies([{"name": "sessionid", "value": session_of(*people[who]), "url": address}])
        found[who] = context.new_page()
    yield found
    for page in found.values():
        page.context.close()


# What is wider than the screen: the page itself, or a part of it that is scrolled sideways.
WIDE = """[document.documentElement, ...document.querySelectorAll('main *')].filter(e =>
    e.scrollWidth > e.clientWidth + 1 && e.tagName !== 'TEXTAREA'
    && (e === document.documentElement || ['auto', 'scroll'].includes(getComputedStyle(e).overflowX))
).map(e => e.outerHTML.slice(0, 120))"""


def _faults(page: Any) -> list[tuple[str, str]]:
    page.evaluate("document.body.getBoundingClientRect() && document.fonts.ready.then(() => null)")
    page.evaluate(AXE.read_text("utf-8"))
    violations = page.evaluate(RULES)["violations"]
    return [(v["id"], v["nodes"][0]["html"][:160]) for v in violations] + [("wide", e) for e in page.evaluate(WIDE)]


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_every_page_is_clean_under_axe_and_fits_a_phone(windows: Any, written: Any, code: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there: run `make test`")
    found: list[tuple[str, ...]] = []
    for who, paths in PAGES.items():
        page = windows[who]
        for path in paths:
            page.goto("about:blank")
            answer = page.goto(f"/{code}/{path.format(**written)}")
            if answer.status != (404 if path == "nothing-here/" else 200):
                found.append((who, path, str(answer.status)))
            found += [(who, path, *fault) for fault in _faults(page)]
    assert found == []


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_what_comes_back_with_faults_is_clean_too(windows: Any, written: Any, code: str) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there: run `make test`")
    sent = (
        ("contributor", "desk/new/pledge/", "main form .keep"),
        ("contributor", "actions/{draft}/", "main .acts form button"),
        ("contributor", "desk/actions/{draft}/progress/", "main form button:not([type=button])"),
        ("editor", "desk/import/", "main form button"),
        ("editor", "desk/actions/{practice}/judge/", "form[action$='/ask/'] button"),
        ("reviewer", "desk/actions/{practice}/review/", "main form button"),
    )
    found: list[tuple[str, ...]] = []
    for who, path, button in sent:
        page = windows[who]
        page.goto(f"/{code}/{path.format(**written)}")
        with page.expect_navigation():
            page.click(button)
        assert page.locator(".message.error").count() >= 1, (who, path)
        found += [(who, path, *fault) for fault in _faults(page)]
    assert found == []


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_signing_in_with_a_second_factor_is_clean_too(
    browser: Any, address: str, person_online: Any, code: str
) -> None:
    if not AXE.is_file():
        pytest.skip("axe-core is not there: run `make test`")
    person_online("editor", name=f"factor-{code}")
    context = browser.new_context(base_url=address, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"/{code}/account/login/")
    page.fill("#id_login", f"factor-{code}@browser.example")
    page.fill("#id_password", "a long and quiet sentence")
    page.click("main form button")
    page.wait_for_url("**/2fa/authenticate/**")
    found = _faults(page)
    page.fill("#id_code", "000000")
    with page.expect_navigation():
        page.click("main form:has(#id_code) button")
    assert page.locator(".fault, .message.error").count() >= 1
    found += _faults(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_no_page_breaks_the_policy_or_asks_anybody_else(
    browser: Any, address: str, session_of: Any, written: Any, code: str
) -> None:
    context = browser.new_context(base_url=address)
    context.add_cookies([{"name": "sessionid", "value": session_of("editor"), "url": address}])
    page, complaints, elsewhere = context.new_page(), [], []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on(
        "request", lambda asked: elsewhere.append(asked.url) if not asked.url.startswith((address, "data:")) else None
    )
    for path in (*PAGES[""], *PAGES["editor"]):
        if path != "nothing-here/":
            page.goto(f"/{code}/{path.format(**written)}")
    context.close()
    assert (complaints, elsewhere) == ([], [])


def test_no_page_is_left_out(written: Any) -> None:
    from django.urls import resolve

    from opencompact.public.urls import _desk, _read

    walked = {
        resolve("/en/" + path.format(**written).partition("?")[0].partition("#")[0]).url_name
        for paths in PAGES.values()
        for path in paths
        if path != "nothing-here/"
    }
    named = {pattern.name for pattern in (*_read, *_desk)}
    assert named - walked - NO_PAGE == set()
