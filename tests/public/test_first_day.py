"""The first day of whoever starts a service: which address to sign in with, where a lost one is renewed, where one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client, override_settings

from opencompact.errors import InputError


def test_the_address_to_sign_in_with_is_said_and_filled_in(person: Any) -> None:
    from opencompact.public.accounts import invitation
    from opencompact.public.administering import account_of

    someone, client = person(email="someone@example.org"), Client()
    path = f"/en/{invitation(someone)}"
    assert "You sign in with the address someone@example.org." in client.get(path).content.decode()
    password = "a long way round the lake"
    done = client.post(path, {"password": password, "again": password}, follow=True).content.decode()
    assert 'value="someone@example.org"' in done
    assert "E-mail address" in done
    assert account_of(someone.pk) == "someone@example.org"


def test_the_page_to_sign_in_says_how_an_administrator_is_let_in_again(client: Any) -> None:
    assert "opencompact serve --recover" in client.get("/en/account/login/").content.decode()


def test_who_signed_in_just_now_is_not_asked_for_the_password_again(person: Any) -> None:
    someone, client = person(email="someone@example.org"), Client()
    password = "a long way round the lake"
    someone.set_password(password)
    someone.save()
    client.post("/en/account/login/", {"login": someone.email, "password": password})
    assert client.get("/en/account/2fa/totp/activate/").status_code == 200


def test_texts_that_are_not_there_stop_the_start(tmp_path: Path) -> None:
    from opencompact.public.serving import _text_files

    with pytest.raises(InputError, match="There is no such file"):
        _text_files([tmp_path / "nowhere"])


@pytest.mark.parametrize(
    ("path", "entry"),
    [("/en/actions/", "actions"), ("/fr/objectives/8/", "actions"), ("/en/areas/", "areas"), ("/en/search/", "search")],
)
def test_the_menu_says_where_one_is(client: Any, path: str, entry: str) -> None:
    menu = client.get(path).content.decode().partition('<nav class="menu"')[2].partition("</nav>")[0]
    assert menu.count('aria-current="page"') == 1
    assert f'/{entry}/" aria-current="page"' in menu


def test_an_action_leads_back_to_the_list_of_its_kind(client: Any) -> None:
    from opencompact.public.models import Record

    pledge = Record.objects.filter(kind="pledge", stage="published").first()
    assert 'href="/en/actions/?kind=pledge"' in client.get(f"/en/actions/{pledge.identifier}/").content.decode()


def test_a_sea_is_no_country(client: Any) -> None:
    page = client.get("/en/areas/").content.decode()
    countries, _, others = page.partition("Regions and other areas")
    assert "Inner Sea" not in countries
    assert "Inner Sea" in others


def test_the_page_about_says_who_runs_the_service(client: Any) -> None:
    assert "OPENCOMPACT_OPERATOR" in client.get("/en/about/").content.decode()
    with override_settings(OPERATOR="Ministry of Orsela"):
        assert "Ministry of Orsela" in client.get("/en/about/").content.decode()


def test_a_database_that_lies_elsewhere_says_whose_it_is(tmp_path: Path) -> None:
    from opencompact.public.database import _say_whose

    _say_whose(tmp_path / "elsewhere" / "postgresql", tmp_path / "state")
    assert (tmp_path / "elsewhere" / "state-folder").read_text() == f"{(tmp_path / 'state').resolve()}\n"
    _say_whose(tmp_path / "state" / "postgresql", tmp_path / "state")
    assert not (tmp_path / "state" / "state-folder").exists()
