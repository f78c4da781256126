"""Administrators: one stays, the service starts whatever happened to them, and one who lost the way in gets in again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from opencompact.errors import StoreError, UnknownCodeError


@pytest.fixture
def only(signed_in: Any) -> Any:
    """The only administrator with a password; the one whom the service invited has none."""
    client = signed_in("administrator")
    client.person.set_password("a long and quiet sentence")
    client.person.save()
    client.force_login(client.person, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_the_last_administrator_keeps_the_role_and_is_told_why(only: Any) -> None:
    grant = only.person.grants.get()
    page = only.post(f"/en/desk/grants/{grant.pk}/revoke/", follow=True)
    assert "This is the last administrator" in page.content.decode()
    assert only.person.grants.filter(role="administrator").exists()


def test_an_administrator_leaves_once_another_one_has_a_password(only: Any, person: Any) -> None:
    other = person("administrator", email="second@example.org")
    other.set_password("another long sentence")
    other.save()
    only.post(f"/en/desk/grants/{only.person.grants.get().pk}/revoke/")
    assert not only.person.grants.exists()


def test_without_any_administrator_the_service_starts_and_invites_the_first_one_anew(db: None) -> None:
    from opencompact.public import administering
    from opencompact.public.models import Grant, Person

    first = Person.objects.get(email=administering.ADDRESS)
    first.set_password("a long and quiet sentence")
    first.save()
    assert administering.first() == (first.pk, "")
    Grant.objects.filter(role="administrator").delete()
    found, invitation = administering.first()
    assert found == first.pk
    assert invitation.startswith("welcome/")
    assert first.grants.filter(role="administrator").exists()
    assert not Person.objects.get(pk=first.pk).has_usable_password()


def test_a_start_hands_no_invitation_out_while_any_administrator_has_a_password(only: Any) -> None:
    from opencompact.public import administering

    assert administering.first() == (only.person.pk, "")


def test_who_runs_the_service_lets_an_administrator_in_again_and_it_is_on_record(only: Any, client: Any) -> None:
    from opencompact.public import administering
    from opencompact.public.models import AuditEvent, Person

    account, path = administering.recover("ADMINISTRATOR@example.org")
    assert account == only.person.email
    assert client.get(f"/en/{path}").status_code == 200
    again = Person.objects.get(pk=only.person.pk)
    assert not again.has_usable_password()
    assert not again.authenticator_set.exists()
    assert AuditEvent.objects.filter(verb="renew-invitation", subject=again.email, actor="opencompact serve").exists()


def test_the_only_administrator_need_not_be_named_and_of_several_one_is(only: Any) -> None:
    from opencompact.public import administering
    from opencompact.public.models import Grant

    with pytest.raises(UnknownCodeError, match="several") as refused:
        administering.recover()
    assert only.person.email in str(refused.value.remedy)
    Grant.objects.exclude(person=only.person).filter(role="administrator").delete()
    assert administering.recover()[0] == only.person.email


def test_a_slip_in_the_folder_makes_no_service_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from opencompact.cli.main import opencompact

    monkeypatch.delenv("DATABASE_URL", raising=False)
    slip = tmp_path / "stat"
    told = CliRunner().invoke(opencompact, ["serve", "--state", str(slip), "--recover", "a@example.org"])
    assert isinstance(told.exception, StoreError)
    assert "No service was made in this folder" in str(told.exception)
    assert not slip.exists()


def test_an_address_without_the_role_is_told_the_administrators(only: Any) -> None:
    from opencompact.public import administering

    with pytest.raises(UnknownCodeError) as refused:
        administering.recover("nobody@example.org")
    assert only.person.email in str(refused.value.remedy)
