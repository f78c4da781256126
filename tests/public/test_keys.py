"""A security key as second factor, with a virtual authenticator in the browser (WebAuthn, W3C Level 2, section 11)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PASSWORD = "a long and quiet sentence"
EMAIL = "keys@browser.example"


@pytest.fixture
def editor(named_address: str) -> Iterator[Any]:
    """An editor with a password and without a second factor."""
    from opencompact.public.models import Person
    from opencompact.public.writing import grant, invite

    person = invite(by="test", email=EMAIL)
    person.set_password(PASSWORD)
    person.save()
    grant(by="test", person=person, role="editor")
    yield person
    Person.objects.filter(email=EMAIL).delete()


@pytest.fixture
def page(named_address: str, browser: Any) -> Iterator[Any]:
    """A window with a key that is always at hand, and whose owner always agrees."""
    context = browser.new_context(base_url=named_address)
    context.set_default_timeout(20_000)
    window = context.new_page()
    keys = context.new_cdp_session(window)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}  # fmt: skip
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    window.breaches = []
    window.on("console", lambda message: window.breaches.append(message.text) if message.type == "error" else None)
    yield window
    context.close()


def _sign_in(page: Any) -> None:
    page.goto("/en/account/login/")
    page.fill("#id_login", EMAIL)
    page.fill("#id_password", PASSWORD)
    page.click("main button:text('Sign in')")


def test_a_key_is_added_and_signs_in(page: Any, editor: Any) -> None:
    from allauth.mfa.models import Authenticator

    _sign_in(page)
    page.wait_for_url("**/account/2fa/")
    page.click("text=Add a key")
    # The password was given just now, and is not asked for again.
    page.wait_for_url("**/webauthn/add/**")  # with its script, without which the button does nothing
    page.fill("#id_name", "The blue key")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert Authenticator.objects.filter(user=editor, type="webauthn").count() == 1
    page.goto("/en/account/2fa/webauthn/")
    assert "The blue key" in page.inner_text("main")
    with page.expect_navigation():
        page.click("nav button:text('Sign out')")
    _sign_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    page.goto("/en/desk/")
    assert "/2fa/authenticate/" in page.url, "the password alone opens nothing"
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_url("**/desk/")
    assert page.breaches == []


def test_a_key_of_somebody_else_opens_nothing(page: Any, editor: Any) -> None:
    """The same password, a key that was never added: the browser has nothing to answer with."""
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=editor, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    _sign_in(page)
    page.wait_for_url("**/2fa/authenticate/")
    page.click("#mfa_webauthn_authenticate")
    page.wait_for_timeout(1500)
    assert "/2fa/authenticate/" in page.url
    page.goto("/en/desk/")
    assert "/2fa/authenticate/" in page.url
