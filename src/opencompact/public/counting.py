"""How many actions there are and where they stand: by objective, kind, stakeholder, area."""

from __future__ import annotations

import datetime
from typing import Any

from django.db import connection

from opencompact import actions
from opencompact.actions.progress import STALE_AFTER
from opencompact.public.listing import Filters
from opencompact.public.remembering import remembered

_COUNTED = """
    count(*) FILTER (WHERE due < %(today)s AND state = ANY(%(running)s)),
    count(*) FILTER (WHERE state = ANY(%(awaited)s) AND greatest(reported, starts, entered) < %(old)s),
    count(*) FILTER (WHERE NOT measured)
"""
# What actions are counted by → what each row of the table is multiplied to.
_BY = {
    "objective": "unnest(objectives)",
    "kind": "kind",
    "stakeholder": "stakeholder",
    "area": "unnest(areas)",
    "all": "''",
}


def counts_by(what: str, filters: Filters, today: datetime.date) -> dict[Any, actions.Tally]:
    """actions.Tally by objective, kind, stakeholder or area, of the published actions of some filters (objective, area, stakeholder)."""
    where: list[str]
    params: dict[str, Any]
    where, params = (
        ["stage = 'published'", "kind <> ALL(%(beside)s)"],
        {
            "beside": list(actions.NOT_COUNTED),
            "today": today,
            "old": today - STALE_AFTER,
            "running": list(actions.RUNNING),
            "awaited": list(actions.AWAITED),
        },
    )
    if filters.objective:
        where.append("objectives @> ARRAY[%(objective)s]::smallint[]")
        params["objective"] = filters.objective
    if filters.area:
        where.append("areas @> ARRAY[%(area)s]::varchar[]")
        params["area"] = filters.area
    if filters.stakeholder:
        where.append("stakeholder = %(stakeholder)s")
        params["stakeholder"] = filters.stakeholder

    def compute() -> dict[Any, actions.Tally]:
        sql = f"SELECT {_BY[what]} AS what, state, count(*), {_COUNTED} FROM public_record WHERE {' AND '.join(where)} GROUP BY 1, 2"
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return _gathered(cursor.fetchall())

    return remembered(f"counts {what} {filters.address()} {today}", compute)


def totals_by_objective(today: datetime.date) -> dict[int, int]:
    """How many published actions each objective has: less than `counts_by` tells, in a third of its time."""

    def compute() -> dict[int, int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT unnest(objectives) AS objective, count(*) FROM public_record "
                "WHERE stage = 'published' AND kind <> ALL(%s) GROUP BY 1",
                [list(actions.NOT_COUNTED)],
            )
            return dict(cursor.fetchall())

    return remembered(f"totals {today}", compute)


def _gathered(rows: list[tuple[Any, ...]]) -> dict[Any, actions.Tally]:
    found: dict[Any, list[Any]] = {}
    for key, state, n, overdue, stale, unmeasured in rows:
        entry = found.setdefault(key, [{name: 0 for name, _label in actions.STATES}, 0, 0, 0])
        entry[0][state] += n
        entry[1] += overdue
        entry[2] += stale
        entry[3] += unmeasured
    return {key: actions.Tally(*entry) for key, entry in found.items()}
