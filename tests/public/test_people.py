"""Inviting somebody and granting a role: what is wrong stands beside its field, and nothing that was typed is lost."""

from __future__ import annotations

from typing import Any


def test_who_is_invited_with_a_role_has_it_at_once(signed_in: Any) -> None:
    from opencompact.public.models import Person

    page = signed_in("administrator").post(
        "/en/desk/people/", {"email": "new@example.org", "role": "focal-point", "area": "Orsela"}
    )
    assert page.status_code == 200
    assert "/en/welcome/" in page.content.decode()
    grant = Person.objects.get(email="new@example.org").grants.get()
    assert (grant.role, grant.area) == ("focal-point", "QMA")


def test_who_is_invited_without_a_role_is_said_to_be_able_to_do_nothing(signed_in: Any) -> None:
    page = signed_in("administrator").post("/en/desk/people/", {"email": "new@example.org"}).content.decode()
    assert "new@example.org may do nothing yet: grant a role below." in page


def test_a_slip_in_an_invitation_invites_nobody_and_keeps_what_was_typed(signed_in: Any) -> None:
    from opencompact.public.models import Person

    asked = {"email": "new@example.org", "name": "Ana", "role": "focal-point", "area": "Orselia"}
    page = signed_in("administrator").post("/en/desk/people/", asked)
    shown = page.content.decode()
    assert page.status_code == 422
    assert not Person.objects.filter(email="new@example.org").exists()
    assert 'value="new@example.org"' in shown
    assert 'value="Orselia"' in shown
    assert "Did you mean QMA (Orsela)" in shown
    assert 'aria-describedby="area-new-fault"' in shown


def test_an_address_that_is_none_is_told_beside_it(signed_in: Any) -> None:
    page = signed_in("administrator").post("/fr/desk/people/", {"email": "nobody"})
    assert page.status_code == 422
    assert 'id="email-new-fault"' in page.content.decode()


def test_a_grant_with_a_slip_stays_open_with_its_remedy(signed_in: Any, person: Any) -> None:
    someone = person(email="someone@example.org")
    asked = {"role": "focal-point", "area": ""}
    page = signed_in("administrator").post(f"/en/desk/people/{someone.pk}/grant/", asked)
    shown = page.content.decode()
    assert page.status_code == 422
    assert "This role is for one area. Name the country or area." in shown
    assert "<details open>" in shown
    assert '<option value="focal-point" selected>' in shown
    assert not someone.grants.exists()


def test_a_role_that_is_chosen_is_granted(signed_in: Any, person: Any) -> None:
    someone = person(email="someone@example.org")
    signed_in("administrator").post(f"/en/desk/people/{someone.pk}/grant/", {"role": "editor", "area": ""})
    assert someone.grants.get().role == "editor"
