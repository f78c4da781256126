"""A new version of a published practice: a draft of its own, reviewed like any practice, then the practice's next version.

What is public stays as it is until the reviewers recommend the new version. The draft keeps its reviewers and their
opinions; when it is taken in, the practice gets the next version number, and its address stays.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from opencompact import actions
from opencompact.language import N_
from opencompact.public import keeping, rereading
from opencompact.public.audit import note
from opencompact.public.models import Person, Record
from opencompact.public.refusing import NotReady
from opencompact.public.stored import keep_version, new_identifier, next_version, set_tokens

OPEN = ("draft", "submitted")


def is_reviewed(record: Record) -> bool:
    """Whether what is public of an action was read by peers: a practice that is published."""
    return record.kind == "practice" and record.stage == "published"


def open_renewal(record: Record) -> Record | None:
    """The new version that is being written or reviewed, where there is one."""
    return record.renewals.filter(stage__in=OPEN).first()


@transaction.atomic
def begin(*, by: Person, record: Record) -> Record:
    """A draft that begins as the published practice is. Raises NotReady where there is one already."""
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if not is_reviewed(locked):
        raise NotReady(N_("It is not at that stage any more."), value=locked.stage)
    if open_renewal(locked) is not None:
        raise NotReady(N_("A new version of it is being written already."))
    action, now = replace(locked.action, id=new_identifier(locked.kind)), timezone.now()
    draft = Record.objects.create(
        **keeping.columns(action, now.date()), entered=now.date(), changed=now, owner=by, stage="draft", renews=locked
    )
    set_tokens(draft, action)
    keep_version(draft, None, action, by=by.email)
    note(actor=by.email, verb="begin-new-version", subject=locked.identifier, draft=action.id)
    return draft


def take_in(*, by: Person, renewal: Record) -> Record:
    """Makes a recommended new version the practice's own; the draft is closed. Raises NotReady where the practice is gone.

    Reports that came in meanwhile stay. Its caller holds the renewal locked, in a transaction.
    """
    record = Record.objects.select_for_update().get(pk=renewal.renews_id)
    if not is_reviewed(record):
        raise NotReady(N_("The practice that it renews is not public any more."))
    written, known = renewal.action, record.action
    told = rereading.with_reports(known, rereading.with_marks(known, written))
    next_version(record, replace(told, id=record.identifier), by=by.email, manner="reviewed")
    renewal.stage, renewal.changed = "merged", timezone.now()
    renewal.save(update_fields=["stage", "changed"])
    note(actor=by.email, verb="publish", subject=record.identifier, version=record.version, draft=renewal.identifier)
    return record


def as_reviewed(record: Record) -> actions.Action:
    """A published practice as its reviewers read it last: corrections since are measured against it, together."""
    read = Q(manner="reviewed") | Q(number=record.public_from) | Q(fields__contains=["reviewed"])
    version = record.versions.filter(read).order_by("-number").first()
    return actions.from_json(version.document) if version else record.action


def assert_may_differ(record: Record, action: actions.Action, reason: str) -> str:
    """How a published practice changes: nothing but reports and contacts (""), or a correction of wording ("correction").

    A correction is one from the practice before it, and with all corrections since from what reviewers read. Raises
    NotReady for anything else, for a correction without a reason, and while a new version is being written.
    """
    before = record.action
    if not actions.content_changes(before, action):
        return ""
    if not actions.is_correction(before, action) or not actions.is_correction(as_reviewed(record), action):
        raise NotReady(N_("This is more than a correction of wording: write a new version, which its reviewers read."))
    if open_renewal(record) is not None:
        raise NotReady(N_("A new version of it is being written: correct that one."))
    if not reason.strip():
        raise NotReady(N_("Say what you corrected and why: it stands in the history."), column="reason")
    return "correction"
