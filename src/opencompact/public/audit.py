"""The record of what was done: written in the transaction of what it records, never changed after."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opencompact.public.models import AuditEvent


def note(*, actor: str, verb: str, subject: str, **detail: Any) -> None:
    """Writes one line of the record."""
    AuditEvent.objects.create(at=timezone.now(), actor=actor, verb=verb, subject=subject, detail=detail)
