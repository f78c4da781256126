"""The history of an action as a reader sees it: from one version shown to the next, what changed, from what to what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from opencompact import actions
from opencompact.actions.fields import empty, field_named
from opencompact.public.models import Record, Version

# What a promise is held to: who changes one of these in what is public says why.
PROMISED = ("due", "target", "baseline", "measure", "unit", "milestones", "indicator")
_SHORT = ("day", "number", "choice", "indicator", "line", "speaker")


@dataclass(frozen=True)
class Turned:
    """One field that a version changed, with what it said before and says now; None for nothing."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Step:
    """A version with what changed since the one shown before it; `again` where it was withdrawn in between, and when."""

    version: Version
    fields: tuple[str, ...]
    turned: tuple[Turned, ...]
    withdrawn: datetime.datetime | None = None


def steps(record: Record, versions: Sequence[Version]) -> list[Step]:
    """The story of versions that somebody may read, the newest first, as they come.

    What was changed in a draft between a withdrawal and the next publication shows in the version published then.
    """
    ends = sorted(record.publications.values_list("until", "ended"))
    found, before = [], None
    for version in reversed(versions):
        action = actions.from_json(version.document)
        fields = actions.changes(before[1], action) if before else tuple(version.fields)
        turned = tuple(_turned(before[1], action, fields)) if before else ()
        gap = [ended for until, ended in ends if before and before[0] <= until < version.number]
        found.append(Step(version, fields, turned, gap[-1] if gap else None))
        before = (version.number, action)
    return found[::-1]


def _turned(before: actions.Action, action: actions.Action, fields: Iterable[str]) -> Iterable[Turned]:
    for name in fields:
        field = field_named(type(action), name)
        if field is not None and field.form in _SHORT and not field.private:
            old, new = getattr(before, name), getattr(action, name)
            nothing = empty(field.form)
            yield Turned(name, None if old == nothing else old, None if new == nothing else new)


def first_due(record: Record, public: QuerySet[Version]) -> datetime.date | None:
    """The day on which an action was due as it was first promised in public, where it is another one now."""
    days = public.filter(document__due__isnull=False).order_by("number").values_list("document__due", flat=True)
    first = next(iter(days[:1]), None)
    day = datetime.date.fromisoformat(first) if first else None
    return day if day != record.due else None


def loosened(before: actions.Action, action: actions.Action) -> tuple[str, ...]:
    """What a promise was held to and is held to no more, or otherwise."""
    changed = actions.changes(before, action)
    return tuple(
        name
        for name in changed
        if name in PROMISED
        and (field := field_named(type(before), name))
        and getattr(before, name) != empty(field.form)
    )
