"""Finding actions: filters, pages, search. Every query here is bounded, and stays quick at 100,000 actions."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from opencompact import actions
from opencompact.actions.progress import STALE_AFTER
from opencompact.actions.words import speakers
from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.public.area_names import code_asked
from opencompact.public.asking import meant
from opencompact.public.models import Record
from opencompact.public.remembering import remembered

PER_PAGE = 50
# Counting further tells nobody more, and costs.
MOST = 10_000
# Of what a search finds, so many of the newest are put in order of how well they fit; more are not counted.
RANKED = 1_000
# Words are first looked for among so many that changed last.
WINDOW = 20_000
# A paragraph as it is cited, A/79/590#89; an action.
_PROVISION = re.compile(r"[^#]+#[\s\S]+")
_IDENTIFIER = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
FLAGS = ("overdue", "stale", "unmeasured")


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
    part_of: str = ""
    q: str = ""

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> Filters:
        """The filters of an address."""
        number = str(asked.get("objective", ""))
        states = [state for state, _label in actions.STATES]
        return cls(
            kind=_one_of(asked.get("kind"), actions.KINDS),
            objective=int(number) if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= 23 else None,
            area=code_asked(str(asked.get("area", ""))),
            stakeholder=_one_of(asked.get("stakeholder"), [choice.code for choice in speakers()]),
            state=_one_of(asked.get("state"), states),
            flag=_one_of(asked.get("flag"), FLAGS),
            provision=_shaped(asked.get("provision"), _PROVISION),
            part_of=_shaped(asked.get("part_of"), _IDENTIFIER),
            q=_plain(asked.get("q"))[:200],
        )

    @classmethod
    def exactly(cls, asked: Mapping[str, Any]) -> Filters:
        """The filters of a file's address. Raises InvalidDataError where one means nothing: nobody is handed all for a slip."""
        filters = cls.of(asked)
        if slip := next(iter(filters.slips(asked)), None):
            name, value = slip
            names = ", ".join(vars(filters))
            if name not in vars(filters):
                problem, remedy = (
                    said("There is no filter “{name}”.", name=name),
                    said("Filters are: {names}.", names=names),
                )
            else:
                problem = said("The filter “{name}” knows no such value.", name=name)
                remedy = said("Correct it, or leave it out.")
            raise InvalidDataError(problem, value=value, rule="filter", remedy=remedy)
        return filters

    def slips(self, asked: Mapping[str, Any]) -> list[tuple[str, str]]:
        """What an address asks that is no filter, or that a filter does not know."""
        mine = vars(self)
        return [
            (n[:80], v[:80])
            for n, v in ((str(n), str(v).strip()) for n, v in asked.items())
            if n not in mine or (v and not mine[n])
        ]

    def address(self, **more: object) -> str:
        """The filters as the query of an address."""
        return urlencode({name: value for name, value in (vars(self) | more).items() if value})

    def records(self, today: datetime.date) -> QuerySet[Record]:
        """The published actions that are asked for."""
        found = Record.objects.filter(stage="published").defer("document", "tokens")
        simple = {
            name: getattr(self, name) for name in ("kind", "stakeholder", "state", "part_of") if getattr(self, name)
        }
        found = found.filter(**simple)
        if self.objective:
            found = found.filter(objectives__contains=[self.objective])
        if self.area:
            found = found.filter(areas__contains=[self.area])
        if self.provision:
            found = found.filter(_answering(self.provision))
        if self.flag:
            found = found.filter(flagged(self.flag, today))
        if self.q:
            where, values = meant(self.q).where()
            found = found.extra(where=[where], params=values)
        return found


def _answering(provision: str) -> Q:
    """The actions that cite a paragraph; of one that is an objective also those that cite none of their own."""
    citing, objective = Q(provisions__contains=[provision]), actions.provision_objective(provision)
    return citing if objective is None else citing | Q(provisions=[], objectives__contains=[objective])


def repeated(asked: QueryDict) -> list[tuple[str, str]]:
    """The filters that an address gives more than one value: neither is meant more than the other."""
    several = ((name, list(dict.fromkeys(asked.getlist(name)))) for name in asked)
    return [(name[:80], ", ".join(values)[:80]) for name, values in several if len(values) > 1]


def assert_once(asked: QueryDict) -> None:
    """Raises InvalidDataError where an address gives a filter more than one value."""
    if twice := next(iter(repeated(asked)), None):
        problem = said("The filter “{name}” is given more than once.", name=twice[0])
        raise InvalidDataError(problem, value=twice[1], rule="filter", remedy="Ask for each value by itself.")


def _plain(value: object) -> str:
    return str(value or "").replace("\x00", "").strip()


def _shaped(value: object, form: re.Pattern[str]) -> str:
    text = str(value or "").replace("\x00", "")[:120]
    return text if form.fullmatch(text) else ""


def _one_of(value: Any, known: Any) -> str:
    return str(value) if value and value in known else ""


def flagged(flag: str, today: datetime.date) -> Q:
    """Overdue, stale or without a measure, as of a day: the rule of `actions.standing`, asked of the database."""
    if flag == "overdue":
        return Q(due__lt=today, state__in=actions.RUNNING)
    if flag == "unmeasured":
        return Q(measured=False)
    old, silent = today - STALE_AFTER, Q(reported__isnull=False) | Q(starts__isnull=False) | Q(entered__isnull=False)
    for day in ("reported", "starts", "entered"):
        silent &= Q(**{f"{day}__lt": old}) | Q(**{f"{day}__isnull": True})
    return Q(state__in=actions.AWAITED) & silent


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
    if filters.q:
        return _searched(filters, page, today)
    asked = filters.records(today)
    total = remembered(f"total {filters.address()} {today}", asked.order_by()[: MOST + 1].count)
    page = _within(page, min(total, MOST))
    start = (page - 1) * PER_PAGE
    return Found(
        list(asked.order_by("-changed", "-id")[start : start + PER_PAGE]), page, min(total, MOST), total > MOST
    )


def _searched(filters: Filters, page: int, today: datetime.date) -> Found:
    newest = _newest_ids(filters, today)
    total = min(len(newest), RANKED)
    page = _within(page, total)
    ids = meant(filters.q).ranked(newest[:RANKED])[(page - 1) * PER_PAGE : page * PER_PAGE]
    by_id = Record.objects.defer("document", "tokens").in_bulk(ids)
    return Found([by_id[i] for i in ids], page, total, len(newest) > RANKED)


def _within(page: int, total: int) -> int:
    return min(max(1, page), max(1, -(-total // PER_PAGE)))


def _newest_ids(filters: Filters, today: datetime.date) -> list[int]:
    """The newest that a search finds, at most one more than are ranked.

    A common word finds enough among what changed last: only where it does not is everything looked through.
    """
    found = filters.records(today).order_by("-changed", "-id").values_list("id", flat=True)
    since = remembered("window", _window)
    if since is not None:
        ids = list(found.filter(changed__gte=since)[: RANKED + 1])
        if len(ids) > RANKED:
            return ids
    return list(found[: RANKED + 1])


def _window() -> datetime.datetime | None:
    """When the oldest of the newest 20,000 changed; None where there are not so many."""
    rows = Record.objects.filter(stage="published").order_by("-changed", "-id").values_list("changed", flat=True)
    return next(iter(rows[WINDOW : WINDOW + 1]), None)
