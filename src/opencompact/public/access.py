"""The only doors to what is not public: each gives the thing, or refuses. No view looks a draft up by itself.

A thing that one may not know of is not found (404); what one may see but not do is refused (403).
"""

from __future__ import annotations

from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404

from opencompact.public.models import PeerReview, Person, Record
from opencompact.public.roles import ROLES, Permission

Visitor: TypeAlias = Any
"""A person who signed in, or nobody: what `request.user` is."""


def permissions(person: Visitor, area: str | None = None) -> frozenset[Permission]:
    """What a person may do at all; with an area, what the roles granted for that area allow too."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    found: set[Permission] = set()
    for grant in _grants(person):
        role = ROLES.get(grant[0])
        if role is not None and (not role.by_area or area is None or grant[1] in ("", area)):
            found |= role.permissions
    return frozenset(found)


def _grants(person: Person) -> tuple[tuple[str, str], ...]:
    known: tuple[tuple[str, str], ...] | None = getattr(person, "_known_grants", None)
    if known is None:
        known = tuple(person.grants.values_list("role", "area"))
        person._known_grants = known
    return known


def areas_of(person: Visitor) -> frozenset[str]:
    """The areas that a person is the focal point of; "" among them stands for all."""
    if not isinstance(person, Person):
        return frozenset()
    return frozenset(area for role, area in _grants(person) if role in ROLES and ROLES[role].by_area)


def is_staff(person: Visitor) -> bool:
    """Whether the person holds a role that asks for a second factor."""
    return isinstance(person, Person) and any(role in ROLES and ROLES[role].staff for role, _area in _grants(person))


def require(person: Visitor, permission: Permission, area: str | None = None) -> None:
    """Refuses a person without that permission."""
    if permission not in permissions(person, area):
        raise PermissionDenied


def _has_area(person: Visitor, record: Record) -> bool:
    mine = areas_of(person)
    return "" in mine or bool(mine.intersection(record.areas))


def may_write(person: Visitor, record: Record) -> bool:
    """Own drafts; every action of one's area; everything for an editor."""
    held = permissions(person)
    if Permission.EDIT_ALL in held:
        return True
    if Permission.WRITE_AREA in held and _has_area(person, record):
        return True
    return Permission.WRITE in held and record.owner_id == getattr(person, "pk", None) and record.stage == "draft"


def strange_areas(person: Visitor, record: Record, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that a change would add to what is published, and that are not the person's own; none for an editor.

    A focal point changes what is public without an editor: it must not begin to speak for another country.
    """
    mine = areas_of(person)
    if record.stage != "published" or Permission.EDIT_ALL in permissions(person) or "" in mine:
        return ()
    return tuple(code for code in areas if code not in mine and code not in record.areas)


def may_report(person: Visitor, record: Record) -> bool:
    """Progress is reported by those who wrote the action, by the focal point of its area, by editors."""
    own = Permission.WRITE in permissions(person) and record.owner_id == getattr(person, "pk", None)
    return record.stage != "withdrawn" and (own or may_write(person, record))


def may_read(person: Visitor, record: Record) -> bool:
    """What is published, for anyone; the rest for its author, its area, its reviewers, and those who read everything."""
    if record.stage == "published":
        return True
    if not isinstance(person, Person):
        return False
    held = permissions(person)
    return (
        Permission.READ_ALL in held
        or record.owner_id == person.pk
        or (Permission.WRITE_AREA in held and _has_area(person, record))
        or record.reviews.filter(reviewer=person).exists()
    )


def record_to_read(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may read it."""
    record = Record.objects.filter(identifier=identifier).first()
    if record is None or not may_read(person, record):
        raise Http404(identifier)
    return record


def record_to_write(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may change it."""
    record = record_to_read(person, identifier)
    if not may_write(person, record):
        raise PermissionDenied
    return record


def record_to_report(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may report progress on it."""
    record = record_to_read(person, identifier)
    if not may_report(person, record):
        raise PermissionDenied
    return record


def sees_contact(person: Visitor, record: Record) -> bool:
    """Contacts are for those who write the action and those who read everything."""
    return Permission.READ_ALL in permissions(person) or may_write(person, record)


def records_of(person: Person) -> QuerySet[Record]:
    """What a person's desk is about: everything for those who read all, else one's own and those of one's areas."""
    held = permissions(person)
    if Permission.READ_ALL in held:
        return Record.objects.all()
    mine = Q(owner=person)
    if Permission.WRITE_AREA in held:
        areas = areas_of(person)
        mine |= Q() if "" in areas else Q(areas__overlap=sorted(areas))
        if "" in areas:
            return Record.objects.all()
    return Record.objects.filter(mine)


def review_of(person: Visitor, identifier: str) -> PeerReview:
    """The review that a person was asked for."""
    require(person, Permission.REVIEW)
    found = PeerReview.objects.filter(record__identifier=identifier, reviewer_id=person.pk).first()
    if found is None:
        raise Http404(identifier)
    return found
