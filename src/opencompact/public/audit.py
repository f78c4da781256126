"""The record of what was done: written in the transaction of what it records, never changed after."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.utils import timezone

from opencompact import actions, compact
from opencompact.actions.fields import fields_of
from opencompact.errors import UnknownCodeError
from opencompact.language import LANGUAGES, N_, format_list, format_named, translator
from opencompact.public.models import AuditEvent
from opencompact.public.roles import ROLES

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
    "remeasure": N_("asked anew what can be measured"),
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

# What a detail of a deed is called; one that is not told here any more bears its own name.
DETAILS = {
    "actions": N_("Actions"),
    "area": N_("Country or area"),
    "because": N_("Reason given"),
    "by": N_("Written by"),
    "changed": N_("Changed rows"),
    "conflict": N_("Conflict of interest"),
    "day": N_("Day"),
    "draft": N_("The draft"),
    "edition": N_("Number of the edition"),
    "fields": N_("Fields"),
    "language": N_("In the language"),
    "languages": N_("Languages"),
    "new": N_("New rows"),
    "objective": N_("Objective"),
    "paragraphs": N_("Paragraphs"),
    "problem": N_("What went wrong"),
    "proposal": N_("The proposal"),
    "publish": N_("Opinion"),
    "read": N_("Rows read"),
    "reason": N_("Reason given"),
    "reviewer": N_("Reviewer"),
    "role": N_("Role"),
    "signed_by": N_("Signed by"),
    "standing": N_("From"),
    "text": N_("Words"),
    "version": N_("The version"),
}
_VALUES = {
    ("standing", "un"): N_("UN"),
    ("standing", "outside"): N_("outside"),
    ("conflict", "yes"): N_("has a conflict of interest"),
    ("conflict", "none"): N_("none"),
    ("publish", True): N_("recommends publication"),
    ("publish", False): N_("does not recommend publication"),
}


def details(detail: Mapping[str, Any], code: str) -> str:
    """The details of a deed on a line, in a language: "Rows read: 1 · New rows: 1"; what is empty says nothing."""
    told = ((name, value) for name, value in detail.items() if value not in ("", None, []))
    return " · ".join(
        format_named(
            translator(code, "public")(DETAILS[name]) if name in DETAILS else name, _said(name, value, code), code
        )
        for name, value in told
    )


def _said(name: str, value: Any, code: str) -> str:
    _ = translator(code, "public")
    if isinstance(value, list):
        return format_list([_said(name, one, code) for one in value], code)
    if name in ("publish", "conflict", "standing") and (name, value) in _VALUES:
        return _(_VALUES[name, value])
    if name == "role" and value in ROLES:
        return _(ROLES[value].name)
    if name in ("language", "languages") and value in LANGUAGES:
        return LANGUAGES[value].name
    if name == "fields":
        return label_of_field(value, code)
    if name == "area":
        return _area(value, code)
    return str(value)


def label_of_field(name: str, code: str) -> str:
    """What a field of an action is called in a language, of whatever kind the action is; a name that is none stays."""
    return translator(code, "actions")(_labels()[name]) if name in _labels() else name


@cache
def _labels() -> dict[str, str]:
    """What the fields of actions are called, of whatever kind."""
    return {field.name: field.label for kind in actions.KINDS.values() for field in fields_of(kind)}


def _area(code_of_area: str, code: str) -> str:
    try:
        return compact.area(code_of_area).name(code)
    except UnknownCodeError:
        return code_of_area


def note(*, actor: str, verb: str, subject: str, **detail: Any) -> None:
    """Writes one line of the record."""
    AuditEvent.objects.create(at=timezone.now(), actor=actor, verb=verb, subject=subject, detail=detail)
