"""Administrators: one stays, whatever roles are taken away; one who lost the way in is invited anew."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from opencompact.errors import UnknownCodeError
from opencompact.language import N_, said
from opencompact.public.accounts import invitation
from opencompact.public.audit import note
from opencompact.public.models import Grant, Person
from opencompact.public.refusing import NotReady
from opencompact.public.writing import grant, invite

ADDRESS = "administrator@localhost.localdomain"
_SERVICE = "opencompact serve"


def administrators() -> QuerySet[Person]:
    """Everyone who may sign in as an administrator, the first one first."""
    return Person.objects.filter(grants__role="administrator", is_active=True).order_by("pk")


@transaction.atomic
def revoke(*, by: str, grant: Grant) -> None:
    """Takes a role away. Raises NotReady where no administrator would be left who has a password."""
    if grant.role == "administrator":
        # Two administrators who take each other's role away at the same moment meet here.
        held = list(
            Grant.objects.select_for_update().filter(role="administrator").select_related("person").order_by("pk")
        )
        if not any(
            g.person_id != grant.person_id and g.person.is_active and g.person.has_usable_password() for g in held
        ):
            raise NotReady(
                N_("This is the last administrator: give the role to somebody else first, and let them set a password.")
            )
    note(actor=by, verb="revoke", subject=grant.person.email, role=grant.role, area=grant.area)
    grant.delete()


@transaction.atomic
def forget(*, by: str, person: Person) -> str:
    """Takes a person's password and second factor away, and gives the path of a new invitation."""
    person.set_unusable_password()
    person.save()
    person.authenticator_set.all().delete()
    note(actor=by, verb="renew-invitation", subject=person.email)
    return invitation(person)


@transaction.atomic
def first() -> tuple[int, str]:
    """An administrator, made where there is none; the path of an invitation as long as none of them has a password."""
    known = list(administrators())
    able = next((person for person in known if person.has_usable_password()), None)
    if able is not None:
        return able.pk, ""
    if known:
        return known[0].pk, invitation(known[0])
    person = Person.objects.filter(email=ADDRESS).first()
    if person is None:
        person = invite(by=_SERVICE, email=ADDRESS)
    person.is_active = True
    grant(by=_SERVICE, person=person, role="administrator")
    # Whoever had this account before was no administrator when the service started: it begins anew.
    return person.pk, forget(by=_SERVICE, person=person)


def account_of(administrator: int) -> str:
    """The address that a person signs in with."""
    return str(Person.objects.values_list("email", flat=True).get(pk=administrator))


def recover(address: str = "") -> tuple[str, str]:
    """The account and the path of a new invitation for an administrator who lost a password or a second factor; both are taken away.

    Without an address the only administrator is meant. For whoever runs the service and so owns its database. Raises
    UnknownCodeError, with the addresses that there are.
    """
    everyone, asked = list(administrators().distinct()), address.strip().lower()
    found = [person for person in everyone if asked in ("", person.email)]
    if len(found) != 1:
        problem = (
            said("There is no administrator with this address.") if asked else said("There are several administrators.")
        )
        known = said("Give one of: {addresses}.", addresses=", ".join(person.email for person in everyone))
        if not everyone:
            problem, known = said("There is no administrator."), said("Start the service: it invites the first one.")
        raise UnknownCodeError(problem, value=address or None, remedy=known)
    return found[0].email, forget(by=_SERVICE, person=found[0])
