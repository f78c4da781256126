"""How many actions there are and where they stand: by objective, kind, stakeholder, area."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import connection

from opencompact import actions
from opencompact.actions.progress import STALE_AFTER
from opencompact.public.listing import Filters
from opencompact.public.remembering import remembered


@dataclass(frozen=True)
class Counts:
    """How many published actions, by state, and how many of them overdue, stale, without a measure."""

    states: dict[str, int]
    overdue: int
    stale: int
    unmeasured: int

    @property
    def total(self) -> int:
        return sum(self.states.values())


_COUNTED = """
    count(*) FILTER (WHERE due < %(today)s AND state NOT IN ('done', 'evidenced', 'stopped')),
    count(*) FILTER (WHERE state NOT IN ('done', 'evidenced', 'stopped') AND coalesce(reported, starts) < %(old)s),
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


def counts_by(what: str, filters: Filters, today: datetime.date) -> dict[Any, Counts]:
    """Counts by objective, kind, stakeholder or area, of the published actions of some filters (objective, area, stakeholder)."""
    where, params = (
        ["stage = 'published'", "kind NOT IN ('review', 'statement')"],
        {"today": today, "old": today - STALE_AFTER},
    )
    if filters.objective:
        where.append("objectives @> ARRAY[%(objective)s]::smallint[]")
        params["objective"] = filters.objective  # type: ignore[assignment]
    if filters.area:
        where.append("areas @> ARRAY[%(area)s]::varchar[]")
        params["area"] = filters.area  # type: ignore[assignment]
    if filters.stakeholder:
        where.append("stakeholder = %(stakeholder)s")
        params["stakeholder"] = filters.stakeholder  # type: ignore[assignment]

    def compute() -> dict[Any, Counts]:
        sql = f"SELECT {_BY[what]} AS what, state, count(*), {_COUNTED} FROM public_record WHERE {' AND '.join(where)} GROUP BY 1, 2"
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return _gathered(cursor.fetchall())

    return remembered(f"counts {what} {filters.address()} {today}", compute)


def _gathered(rows: list[tuple[Any, ...]]) -> dict[Any, Counts]:
    found: dict[Any, list[Any]] = {}
    for key, state, n, overdue, stale, unmeasured in rows:
        entry = found.setdefault(key, [{name: 0 for name, _label in actions.STATES}, 0, 0, 0])
        entry[0][state] += n
        entry[1] += overdue
        entry[2] += stale
        entry[3] += unmeasured
    return {key: Counts(*entry) for key, entry in found.items()}
