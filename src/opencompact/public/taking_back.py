"""A report that proved false: taken back on a day, for a reason; it stays in the history and counts for nothing."""

from __future__ import annotations

from django.db import transaction

from opencompact import actions
from opencompact.language import N_
from opencompact.public.audit import note
from opencompact.public.models import Person, Record
from opencompact.public.refusing import Conflict, NotReady
from opencompact.public.writing import save, today


@transaction.atomic
def take_report_back(*, by: Person, record: Record, number: int, because: str, expected: int) -> Record:
    """Takes back the report at a place among those of version `expected`, the oldest first.

    Raises Conflict where somebody changed the action since, NotReady where there is no such report, where it was taken
    back already, and without a reason.
    """
    locked = Record.objects.select_for_update().get(pk=record.pk)
    if locked.version != expected:
        raise Conflict(locked.version, expected)
    report = standing_report(locked, number)
    if not because.strip():
        raise NotReady(N_("Say why: it stands beside the report for good."), column="because")
    action = actions.taken_back(locked.action, report, max(today(), report.day), because.strip())
    note(
        actor=by.email, verb="take-report-back", subject=locked.identifier, day=report.day.isoformat(), because=because
    )
    return save(by=by, record=locked, action=action, expected=expected, reason=because.strip()[:300])


def standing_report(record: Record, number: int) -> actions.Update:
    """The report at a place, where it stands. Raises NotReady where there is none, or it was taken back."""
    reports = record.action.progress
    if not 0 <= number < len(reports) or reports[number].taken_back is not None:
        raise NotReady(N_("There is no such report any more."))
    return reports[number]
