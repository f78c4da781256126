"""Finding actions: filters, pages, search, counts. Every query here is bounded, and stays quick at 100,000 actions."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.core.cache import caches
from django.db import connection
from django.db.models import Max, Q, QuerySet

from opencompact import actions, compact
from opencompact.actions.progress import STALE_AFTER
from opencompact.actions.words import speakers
from opencompact.errors import UnknownCodeError
from opencompact.public.models import AuditEvent, Record
from opencompact.public.search import query

PER_PAGE = 50
# Counting further tells nobody more, and costs.
MOST = 10_000
# Of what a search finds, so many of the newest are put in order of how well they fit.
RANKED = 1_000
CLOSED = ("done", "evidenced", "stopped")
FLAGS = ("overdue", "stale", "unmeasured")

T = TypeVar("T")


@dataclass(frozen=True)
class Filters:
    """What a list is asked for. What means nothing is left out, as if it had not been asked."""

    kind: str = ""
    objective: int | None = None
    area: str = ""
    stakeholder: str = ""
    state: str = ""
    flag: str = ""
    provision: str = ""
    plan: str = ""
    q: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Filters:
        """The filters of an address."""
        number = str(asked.get("objective", ""))
        states = [state for state, _label in actions.STATES]
        return cls(
            kind=_one_of(asked.get("kind"), actions.KINDS),
            objective=int(number) if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= 23 else None,
            area=_area(str(asked.get("area", "")).strip()),
            stakeholder=_one_of(asked.get("stakeholder"), [choice.code for choice in speakers()]),
            state=_one_of(asked.get("state"), states),
            flag=_one_of(asked.get("flag"), FLAGS),
            provision=_plain(asked.get("provision"))[:120],
            plan=_plain(asked.get("plan"))[:63],
            q=_plain(asked.get("q"))[:200],
        )

    def address(self, **more: object) -> str:
        """The filters as the query of an address."""
        return urlencode({name: value for name, value in (vars(self) | more).items() if value})

    def records(self, today: datetime.date) -> QuerySet[Record]:
        """The published actions that are asked for."""
        found = Record.objects.filter(stage="published").defer("document", "tokens")
        simple = {name: getattr(self, name) for name in ("kind", "stakeholder", "state", "plan") if getattr(self, name)}
        found = found.filter(**simple)
        if self.objective:
            found = found.filter(objectives__contains=[self.objective])
        if self.area:
            found = found.filter(areas__contains=[self.area])
        if self.provision:
            found = found.filter(provisions__contains=[self.provision])
        if self.flag:
            found = found.filter(flagged(self.flag, today))
        if self.q:
            found = found.extra(where=["tokens @@ %s::tsquery"], params=[query(self.q) or "'~~nothing'"])
        return found


def _plain(value: object) -> str:
    return str(value or "").replace("\x00", "").strip()


def _one_of(value: Any, known: Any) -> str:
    return str(value) if value and value in known else ""


def _area(text: str) -> str:
    try:
        return compact.area(text[:80]).code if text else ""
    except UnknownCodeError:
        return ""


def flagged(flag: str, today: datetime.date) -> Q:
    """Overdue, stale or without a measure, as of a day: the rule of `actions.standing`, asked of the database."""
    running = ~Q(state__in=CLOSED)
    if flag == "overdue":
        return Q(due__lt=today) & running
    if flag == "unmeasured":
        return Q(measured=False)
    old = today - STALE_AFTER
    return running & (Q(reported__lt=old) | Q(reported=None, starts__lt=old) | Q(reported=None, starts=None))


@dataclass(frozen=True)
class Found:
    """One page of a list. `more` tells that `total` is where counting stopped."""

    records: list[Record]
    page: int
    total: int
    more: bool

    @property
    def last(self) -> int:
        return max(1, -(-self.total // PER_PAGE))


def page_of(filters: Filters, page: int, today: datetime.date) -> Found:
    """One page: the newest first, or, where something is searched for, what fits best."""
    asked = filters.records(today)
    total = asked.order_by()[: MOST + 1].count()
    page = min(max(1, page), max(1, -(-min(total, MOST) // PER_PAGE)))
    start = (page - 1) * PER_PAGE
    if filters.q and start < RANKED:
        newest = asked.order_by("-changed", "-id").values_list("id", flat=True)[:RANKED]
        ids = _ranked(list(newest), query(filters.q))[start : start + PER_PAGE]
        by_id = Record.objects.defer("document", "tokens").in_bulk(ids)
        rows = [by_id[i] for i in ids]
    else:
        rows = list(asked.order_by("-changed", "-id")[start : start + PER_PAGE])
    return Found(rows, page, min(total, MOST), total > MOST)


def _ranked(ids: list[int], asked: str) -> list[int]:
    if len(ids) < 2:
        return ids
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM public_record WHERE id = ANY(%s) ORDER BY ts_rank(tokens, %s::tsquery) DESC, changed DESC, id DESC",
            [ids, asked],
        )
        return [row[0] for row in cursor.fetchall()]


# --- counts -------------------------------------------------------------------------------------------------------------


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
    count(*) FILTER (WHERE state NOT IN ('done', 'evidenced', 'stopped') AND coalesce(reported, starts, '-infinity') < %(old)s),
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
    where, params = ["stage = 'published'"], {"today": today, "old": today - STALE_AFTER}
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


def remembered(key: str, compute: Callable[[], T]) -> T:
    """A result that holds until anything is done: the key carries the number of the last deed on record."""
    newest = AuditEvent.objects.aggregate(newest=Max("id"))["newest"]
    near = caches["near"]
    whole = "".join(c if c.isalnum() else "-" for c in f"{key}-{newest}")[:240]
    found: T | None = near.get(whole)
    if found is None:
        found = compute()
        near.set(whole, found, 600)
    return found
