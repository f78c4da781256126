"""Whether a promise can be measured follows the catalogue of indicators: where that has changed, the column is brought up to it."""

from __future__ import annotations

import datetime

from django.db import transaction

from opencompact import actions, compact
from opencompact.errors import UnknownCodeError
from opencompact.public.audit import note
from opencompact.public.models import Record

_AT_ONCE = 1000


@transaction.atomic
def remeasure(today: datetime.date) -> int:
    """Asks anew of every action whose indicator the catalogue takes otherwise than when it was written. Gives how many are otherwise.

    An indicator that was never one counted as a measure until 0.1.0, one of an official list counts once that is loaded.
    """
    named = Record.objects.exclude(document__indicator="").values_list("document__indicator", "measured").distinct()
    doubtful = {code for code, measured in named if code and measured != _is_known(code)}
    changed: list[Record] = []
    rows = Record.objects.select_for_update().filter(document__indicator__in=sorted(doubtful)).defer("tokens")
    for row in rows.iterator(chunk_size=_AT_ONCE):
        measured = actions.standing(row.action, today).measured
        if measured != row.measured:
            row.measured = measured
            changed.append(row)
    Record.objects.bulk_update(changed, ["measured"], batch_size=_AT_ONCE)
    if changed:
        # What was counted before is not counted so any more.
        note(actor="opencompact", verb="remeasure", subject=today.isoformat(), actions=len(changed))
    return len(changed)


def _is_known(code: str) -> bool:
    try:
        return bool(compact.catalogue().indicator(code))
    except UnknownCodeError:
        return False
