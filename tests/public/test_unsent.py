"""What was typed is given back where the session ended or the page was too old, without script; what another site sends is not."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest

FORM = "/en/desk/new/pledge/"
TYPED = {"title": "Lost at sea?", "description": "Nobody\n\nis <b>lost</b>", "objectives": ["8", "9"], "version": "3"}
HERE = {"Origin": "http://testserver"}


def _fields(page: str) -> list[tuple[str, str]]:
    form = page[page.index('id="unsent"') :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', form[: form.index("</form>")])
    return [(name, unescape(value)) for name, value in found]


def test_whoever_was_signed_out_gets_back_what_they_sent(client: Any) -> None:
    answer = client.post(FORM, TYPED, headers=HERE)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "not lost" in page
    assert 'href="/en/account/login/" target="_blank"' in page
    assert f'action="{FORM}"' in page
    fields = [(n, v.replace("\r\n", "\n")) for n, v in _fields(page) if n != "csrfmiddlewaretoken"]
    every = [(n, one) for n, v in TYPED.items() for one in (v if isinstance(v, list) else [v])]
    assert fields == every
    assert "<b>lost</b>" not in page
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_page_that_was_open_too_long_is_sent_again_and_arrives(person: Callable[..., Any]) -> None:
    from django.test import Client

    from opencompact.public.models import Record

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person("contributor"), "allauth.account.auth_backends.AuthenticationBackend")
    typed = {"title": "Lost at sea?", "language": "en", "objectives": "8", "areas": "QMA"}
    old = browser.post(FORM, typed | {"csrfmiddlewaretoken": "x" * 64}, headers=HERE)
    assert old.status_code == 403
    again = browser.post(FORM, dict(_fields(old.content.decode())), headers=HERE)
    assert again.status_code == 302
    assert Record.objects.filter(title="Lost at sea?", stage="draft").exists()


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {}, {"Referer": "https://elsewhere.example/en/desk/"}]
)
def test_what_another_site_sends_is_not_given_back(headers: dict[str, str], person: Callable[..., Any]) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person("contributor"), "allauth.account.auth_backends.AuthenticationBackend")
    answer = browser.post(FORM, TYPED, headers=headers)
    assert answer.status_code == 403
    assert "unsent" not in answer.content.decode()


def test_where_nothing_was_typed_one_is_asked_to_sign_in(client: Any) -> None:
    answer = client.post(FORM, {"version": "1"}, headers=HERE)
    assert answer.status_code == 302
    assert "/account/login/" in answer.headers["Location"]


def test_a_password_is_never_given_back(client: Any) -> None:
    from django.test import Client

    browser = Client(enforce_csrf_checks=True)
    answer = browser.post(
        "/en/account/login/", {"login": "a@example.org", "password": "a quiet sentence"}, headers=HERE
    )
    assert answer.status_code == 403
    assert "a quiet sentence" not in answer.content.decode()
