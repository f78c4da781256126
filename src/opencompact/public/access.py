"""The only doors to what is not public: each gives the thing, or refuses. No view looks a draft up by itself.

A thing that one may not know of is not found (404); what one may see but not do is refused (403).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from django.core.exceptions import PermissionDenied
from django.db.models import F, Max, Q, QuerySet
from django.http import Http404

from opencompact import actions
from opencompact.public import knowing, renewing, writing
from opencompact.public.models import PeerReview, Person, Proposal, Publication, Record, Version
from opencompact.public.refusing import Withdrawn
from opencompact.public.roles import ROLES, Permission

# Nothing is written to it any more, as long as it is so.
CLOSED = ("withdrawn", "merged")

Visitor: TypeAlias = Any
"""A person who signed in, or nobody: what `request.user` is."""


def known_to(person: Visitor) -> actions.Known:
    """What a person may name and cite in an action: what is or was public, and what stands on their own desk."""
    if not isinstance(person, Person):
        return knowing.known(Record.objects.filter(stage__in=["published", "withdrawn"]))
    mine = records_of(person).exclude(stage="merged").values("pk")
    return knowing.known(Record.objects.filter(Q(stage__in=["published", "withdrawn"]) | Q(pk__in=mine)))


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


def require_to_read(person: Visitor, permission: Permission, area: str | None = None) -> None:
    """Refuses a person who has neither that permission nor reads whatever others prepare."""
    if not permissions(person, area) & {permission, Permission.READ_ALL}:
        raise PermissionDenied


def _has_area(person: Visitor, record: Record) -> bool:
    mine = areas_of(person)
    return "" in mine or bool(mine.intersection(record.areas))


def may_write(person: Visitor, record: Record) -> bool:
    """Own drafts; every action of one's area; everything for an editor. Nobody changes what is under review or withdrawn.

    What is public of a practice was read by peers: its wording is corrected by editors, anything else is a new version.
    """
    if record.stage in CLOSED or writing.is_locked(record):
        return False
    if renewing.is_reviewed(record):
        return Permission.EDIT_ALL in permissions(person)
    return _answers_for(person, record) or (_wrote(person, record) and record.stage == "draft")


def _answers_for(person: Visitor, record: Record) -> bool:
    """Whether an action is of the person's area, or of any where the person is an editor."""
    held = permissions(person)
    return Permission.EDIT_ALL in held or (Permission.WRITE_AREA in held and _has_area(person, record))


def strange_areas(person: Visitor, record: Record, areas: tuple[str, ...]) -> tuple[str, ...]:
    """The areas that a change would add to what is published, or take off it, and that are not the person's own; none for an editor.

    A focal point changes what is public without an editor: it must neither begin nor cease to speak for another country.
    """
    if record.stage != "published" or Permission.EDIT_ALL in permissions(person):
        return ()
    return not_ones_own(areas_of(person), record.areas, areas)


def not_ones_own(mine: frozenset[str], before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """The areas that a change adds or takes away and that are not among one's own; "" among these stands for all."""
    return () if "" in mine else tuple(sorted(set(before).symmetric_difference(after) - mine))


def _has_part(person: Visitor, record: Record) -> bool:
    """Whether a person wrote an action, is the focal point of its area, or an editor."""
    return _wrote(person, record) or _answers_for(person, record)


def _wrote(person: Visitor, record: Record) -> bool:
    return Permission.WRITE in permissions(person) and record.owner_id == getattr(person, "pk", None)


def may_report(person: Visitor, record: Record) -> bool:
    """Progress is reported by those who wrote the action, by the focal point of its area, by editors."""
    return record.stage not in CLOSED and not writing.is_locked(record) and _has_part(person, record)


def may_take_back(person: Visitor, record: Record) -> bool:
    """A report that proved false is taken back by those who may report, and once it is public by an editor alone."""
    if record.stage == "published":
        return Permission.EDIT_ALL in permissions(person)
    return may_report(person, record)


def may_propose(person: Visitor, record: Record) -> bool:
    """Who wrote a published action and may not change it proposes how to correct it; a practice gets a new version instead."""
    if record.stage != "published" or renewing.is_reviewed(record):
        return False
    return _wrote(person, record) and not may_write(person, record)


def may_renew(person: Visitor, record: Record) -> bool:
    """A new version of a published practice is begun by those who wrote it, its area, editors."""
    return renewing.is_reviewed(record) and _has_part(person, record)


def may_take_up(person: Visitor, record: Record) -> bool:
    """What was withdrawn is taken up again, as a draft, by those who wrote the action, its area, editors."""
    return record.stage == "withdrawn" and _has_part(person, record)


def may_read(person: Visitor, record: Record) -> bool:
    """What is published, for anyone; the rest for those who may see drafts, and what is under review for its reviewers.

    A reviewer reads nothing of it before declaring that there is no conflict of interest.
    """
    return record.stage == "published" or sees_drafts(person, record) or _reviews(person, record)


def sees_drafts(person: Visitor, record: Record) -> bool:
    """Who reads an action before it is published, and what was written of it before: author, area, those who read everything."""
    if not isinstance(person, Person):
        return False
    return Permission.READ_ALL in permissions(person) or record.owner_id == person.pk or _answers_for(person, record)


def _reviews(person: Visitor, record: Record) -> bool:
    if record.stage != "submitted" or Permission.REVIEW not in permissions(person):
        return False
    return record.reviews.filter(reviewer_id=person.pk, round=record.round, conflict="none").exists()


def versions_of(person: Visitor, record: Record) -> QuerySet[Version]:
    """The versions that a person may read: all, or those since the one that was published."""
    found = Version.objects.filter(record=record)
    if sees_drafts(person, record):
        return found
    # A reviewer reads what was submitted, not the drafts before it.
    shown = Q(number__gte=record.version if record.public_from is None else record.public_from)
    for since, until in record.publications.values_list("since", "until"):
        shown |= Q(number__gte=since, number__lte=until)
    return found.filter(shown)


def record_to_read(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may read it."""
    record = Record.objects.filter(identifier=identifier).first()
    if record is None or not may_read(person, record):
        assert_not_withdrawn(identifier)
        raise Http404(identifier)
    return record


def assert_not_withdrawn(identifier: str) -> None:
    """Raises Withdrawn where an action was public once: that it was there, and until when, is no secret."""
    ended = (
        Publication.objects.filter(record__identifier=identifier)
        .exclude(record__stage="published")
        .aggregate(Max("ended"))
    )
    if ended["ended__max"] is not None:
        raise Withdrawn(identifier, ended["ended__max"].date())


def record_to_write(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may change it."""
    return _record_to(may_write, person, identifier)


def record_to_report(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may report progress on it."""
    return _record_to(may_report, person, identifier)


def record_to_take_up(person: Visitor, identifier: str) -> Record:
    """The withdrawn action of that identifier, for someone who may take it up again."""
    return _record_to(may_take_up, person, identifier)


def record_to_renew(person: Visitor, identifier: str) -> Record:
    """The published practice of that identifier, for someone who may write a new version of it."""
    return _record_to(may_renew, person, identifier)


def record_to_unreport(person: Visitor, identifier: str) -> Record:
    """The action of that identifier, for someone who may take back what was reported of it."""
    return _record_to(may_take_back, person, identifier)


def record_to_propose(person: Visitor, identifier: str) -> Record:
    """The published action of that identifier, for someone who may propose a correction of it."""
    return _record_to(may_propose, person, identifier)


def _record_to(may: Callable[[Visitor, Record], bool], person: Visitor, identifier: str) -> Record:
    record = record_to_read(person, identifier)
    if not may(person, record):
        raise PermissionDenied
    return record


def proposal_to_read(person: Visitor, pk: int) -> Proposal:
    """A proposed correction, for who proposed it, for those who decide on it, and for those who read everything."""
    found = Proposal.objects.select_related("record", "by").filter(pk=pk).first()
    if found is None or not (
        found.by_id == getattr(person, "pk", None)
        or may_decide(person, found)
        or Permission.READ_ALL in permissions(person)
    ):
        raise Http404
    return found


def proposal_to_decide(person: Visitor, pk: int) -> Proposal:
    """A proposed correction, for someone who may take or refuse it."""
    found = proposal_to_read(person, pk)
    if not may_decide(person, found):
        raise PermissionDenied
    return found


def may_decide(person: Visitor, proposal: Proposal) -> bool:
    """A proposed correction is decided on by the focal point of the action's area and by editors, never by who proposed it."""
    return proposal.by_id != getattr(person, "pk", None) and _answers_for(person, proposal.record)


def proposals_before(person: Person) -> QuerySet[Proposal]:
    """The open proposals that wait for a person's decision, or that one reads who reads everything."""
    waiting = (
        Proposal.objects.filter(state="open", record__stage="published")
        .exclude(by=person)
        .select_related("record", "by")
        .order_by("asked")
    )
    held = permissions(person)
    if Permission.READ_ALL in held:
        return waiting
    if Permission.WRITE_AREA not in held:
        return waiting.none()
    areas = areas_of(person)
    return waiting if "" in areas else waiting.filter(record__areas__overlap=sorted(areas))


def renewal_of(person: Visitor, record: Record) -> Record | None:
    """The new version of a practice that is being written or reviewed, for someone who may read it."""
    found = renewing.open_renewal(record) if isinstance(person, Person) else None
    return found if found is not None and may_read(person, found) else None


def sees_contact(person: Visitor, record: Record) -> bool:
    """Contacts are for those who write the action, its author whatever its stage, and those who read everything."""
    own = isinstance(person, Person) and record.owner_id == person.pk
    return (
        own or Permission.READ_ALL in permissions(person) or _answers_for(person, record) or may_write(person, record)
    )


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
    """The review that a person was asked for, in the present round."""
    require(person, Permission.REVIEW)
    asked = PeerReview.objects.filter(record__identifier=identifier, reviewer_id=person.pk)
    found = asked.filter(round=F("record__round")).select_related("record").first()
    if found is None:
        raise Http404(identifier)
    return found
