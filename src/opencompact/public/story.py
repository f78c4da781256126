"""The history of an action as a reader sees it: from one version shown to the next, what changed, from what to what."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from opencompact import actions
from opencompact.actions.fields import empty, field_named
from opencompact.public.models import Publication, Record, Version

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
    """A version with what changed since the one shown before it (`before`); `withdrawn` where it was so in between, and when."""

    version: Version
    fields: tuple[str, ...]
    turned: tuple[Turned, ...]
    withdrawn: datetime.datetime | None = None
    before: actions.Action | None = None


def steps(record: Record, versions: Sequence[Version]) -> list[Step]:
    """The story of versions that somebody may read, the newest first, as they come.

    What was changed in a draft between a withdrawal and the next publication shows in the version published then.
    """
    ends = sorted(record.publications.values_list("until", "ended"))
    found, before = [], None
    for version in reversed(versions):
        action = actions.from_json(version.document)
        fields = actions.changes(before[1], action) if before else tuple(version.fields)
        # Of a correction that nobody reviewed every word is told.
        forms = (*_SHORT, "text") if version.manner == "correction" else _SHORT
        turned = tuple(_turned(before[1], action, fields, forms)) if before else ()
        gap = [ended for until, ended in ends if before and before[0] <= until < version.number]
        found.append(Step(version, fields, turned, gap[-1] if gap else None, before[1] if before else None))
        before = (version.number, action)
    return found[::-1]


def _turned(
    before: actions.Action, action: actions.Action, fields: Iterable[str], forms: tuple[str, ...]
) -> Iterable[Turned]:
    for name in fields:
        field = field_named(type(action), name)
        if field is not None and field.form in forms and not field.private:
            old, new = getattr(before, name), getattr(action, name)
            nothing = empty(field.form)
            yield Turned(name, None if old == nothing else old, None if new == nothing else new)


def first_due(record: Record) -> datetime.date | None:
    """The day on which an action was due as it was first promised in public, where it is another one now."""
    return first_dues([record]).get(record.pk)


def first_dues(records: Iterable[Record]) -> dict[int, datetime.date]:
    """Of each action whose day was moved or taken away since it was first promised in public, that first day, by key.

    Of laws and agreements the day is the last in force, and no promise.
    """
    now = {r.pk: r.due for r in records if r.version > 1 and r.kind != "instrument"}
    if not now:
        return {}
    times = Publication.objects.filter(
        record=OuterRef("record"), since__lte=OuterRef("number"), until__gte=OuterRef("number")
    )
    public = Version.objects.filter(Q(number__gte=F("record__public_from")) | Exists(times), record__in=list(now))
    said = public.filter(document__due__isnull=False).order_by("record", "number").distinct("record")
    days = {pk: datetime.date.fromisoformat(day) for pk, day in said.values_list("record", "document__due")}
    return {pk: day for pk, day in days.items() if day != now[pk]}


@dataclass(frozen=True)
class Days:
    """What a list says of the days of an action beside the one on which it is due: the first it was due on, the one it was late by."""

    first_due: datetime.date | None = None
    done_late: datetime.date | None = None


def days_of(records: Iterable[Record], today: datetime.date) -> dict[int, Days]:
    """The days of the actions of a list of which one was moved, or came too late, by key."""
    shown = list(records)
    moved = first_dues(shown)
    late = [r.pk for r in shown if r.state in ("done", "evidenced") and r.due and r.reported and r.reported > r.due]
    documents = Record.objects.filter(pk__in=late).values_list("pk", "document") if late else ()
    done = {pk: actions.done_late(actions.from_json(document), today) for pk, document in documents}
    return {pk: Days(moved.get(pk), done.get(pk)) for pk in {*moved, *done}}


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
