"""What a file leaves as it is when it is read again: reports of progress always; at a start of the service, what people changed.

Reports are only ever added. A file that the service is given at each start was written before people worked with what
came of it: field by field, what they changed stays, and the file brings only the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from opencompact import actions
from opencompact.public.models import Record, Version

SERVICE, SAMPLE = "opencompact serve", "opencompact serve --sample"


def touched(records: Iterable[Record]) -> dict[int, frozenset[str]]:
    """By record, the fields that anybody but the service itself ever wrote."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    versions = Version.objects.filter(record_id__in=[record.pk for record in records]).exclude(by__in=[SERVICE, SAMPLE])
    for record, fields in versions.values_list("record_id", "fields"):
        found[record].update(fields)
    return {record: frozenset(fields) for record, fields in found.items()}


def left(before: actions.Action, action: actions.Action, fields: frozenset[str]) -> actions.Action:
    """The action of a file with those fields as they are on record; reports of both where people reported."""
    kept = {name: getattr(before, name) for name in fields if name != "progress" and hasattr(before, name)}
    return replace(action, **kept)


def with_reports(before: actions.Action, action: actions.Action) -> actions.Action:
    """The action with every report that is on record, in the order of their days."""
    reports = {update.as_reported: update for update in before.progress}
    for update in action.progress:
        if reports.setdefault(update.as_reported, update).taken_back is None:
            reports[update.as_reported] = update
    return replace(action, progress=tuple(sorted(reports.values(), key=lambda update: update.day)))


def with_marks(before: actions.Action, action: actions.Action) -> actions.Action:
    """The action with every report taken back that is so on record: an older file does not put it back."""
    gone = {update.as_reported: update for update in before.progress if update.taken_back is not None}
    if not gone:
        return action
    return replace(action, progress=tuple(gone.get(update.as_reported, update) for update in action.progress))


def left_out(before: actions.Action, action: actions.Action) -> tuple[actions.Update, ...]:
    """The reports on record that an action does not have any more."""
    there = {update.as_reported for update in action.progress}
    return tuple(update for update in before.progress if update.as_reported not in there)


def taken_back(before: actions.Action, action: actions.Action) -> tuple[actions.Update, ...]:
    """The reports that an action takes back and that stood before."""
    stood = {update.as_reported for update in before.reports}
    return tuple(u for u in action.progress if u.taken_back is not None and u.as_reported in stood)
