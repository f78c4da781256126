"""What changes by itself as days pass: a law comes into force, a review is held. The columns are brought up to the day."""

from __future__ import annotations

import datetime

from django.db import transaction

from opencompact import actions
from opencompact.public.audit import note
from opencompact.public.models import Record

_AT_ONCE = 1000


@transaction.atomic
def turn(today: datetime.date) -> int:
    """Brings the states up to a day of all actions whose state has changed by itself since. Gives how many."""
    rows = list(Record.objects.select_for_update().filter(turns__lte=today).defer("tokens")[:_AT_ONCE])
    for row in rows:
        action = row.action
        stands = actions.standing(action, today)
        row.state, row.turns, row.reported = stands.state, actions.turns(action, today), stands.last and stands.last.day
    Record.objects.bulk_update(rows, ["state", "turns", "reported"])
    if rows:
        # What was counted before is not counted so any more.
        note(actor="opencompact", verb="turn-days", subject=today.isoformat(), actions=len(rows))
    return len(rows)


def turn_all(today: datetime.date) -> int:
    """Turns the day for every action, a thousand at a time."""
    total = 0
    while found := turn(today):
        total += found
    return total
