"""The record of what was done: written in the transaction of what it records, never changed after."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opencompact.language import N_
from opencompact.public.models import AuditEvent

# What a deed is called where the record is read; in the record stands the word itself, which never changes.
DEEDS = {
    "ask-review": N_("asked for the review to be built"),
    "ask-reviewer": N_("asked a reviewer"),
    "begin-new-version": N_("began a new version"),
    "build-failed": N_("the review could not be built"),
    "build-review": N_("the review was built"),
    "create": N_("wrote a draft"),
    "decide": N_("gave an opinion"),
    "declare": N_("answered about a conflict of interest"),
    "give-back": N_("gave back"),
    "grant": N_("granted a role"),
    "import": N_("imported a file"),
    "invite": N_("invited"),
    "load-text": N_("loaded a text"),
    "propose": N_("proposed a correction"),
    "publish": N_("published"),
    "refuse-proposal": N_("refused a proposed correction"),
    "renew-invitation": N_("invited anew"),
    "revoke": N_("took a role away"),
    "save": N_("changed"),
    "save-text": N_("wrote words of their own"),
    "set-password": N_("chose a password"),
    "sign-off": N_("signed the review off"),
    "submit": N_("submitted"),
    "take-back": N_("took the signature back"),
    "take-proposal": N_("took a proposed correction"),
    "take-report-back": N_("took a report back"),
    "take-up": N_("took up again"),
    "turn-days": N_("brought the states to the day"),
    "withdraw": N_("withdrew"),
}


def note(*, actor: str, verb: str, subject: str, **detail: Any) -> None:
    """Writes one line of the record."""
    AuditEvent.objects.create(at=timezone.now(), actor=actor, verb=verb, subject=subject, detail=detail)
