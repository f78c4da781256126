"""What was changed later than a file was written: it stays, and a row that would undo it is named and left out.

A row that says which version it was exported as brings what differs from that version, and no more. One that does not
say it would undo a change where it gives a field back what it said before somebody changed it by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from opencompact import actions
from opencompact.actions.cells import encode
from opencompact.actions.fields import Field, empty, field_named
from opencompact.errors import InvalidDataError
from opencompact.language import all_of, said
from opencompact.public import rereading, story
from opencompact.public.models import Record, Version

#: The manner of a version that came in a file.
FILE = "file"
_LONGEST = 80


@dataclass(frozen=True)
class Past:
    """What is on record of a batch of actions, by their keys.

    `exported` is the version that a row was exported as, where others came after it; `versions` are those of actions
    that somebody changed by hand and whose row does not say which it was, the oldest first.
    """

    exported: Mapping[int, actions.Action]
    versions: Mapping[int, tuple[Version, ...]]


def past(rows: Iterable[tuple[Record, int | None]]) -> Past:
    """The past of records, each with the version that its row was exported as; one that is not there yet counts as none."""
    older: dict[int, int] = {}
    silent: list[int] = []
    for record, version in rows:
        if version is None or version > record.version:
            silent.append(record.pk)
        elif version < record.version:
            older[record.pk] = version
    found = Version.objects.filter(record_id__in=older, number__in=set(older.values()))
    exported = {v.record_id: actions.from_json(v.document) for v in found if older[v.record_id] == v.number}
    return Past(exported, _by_hand(silent))


def _by_hand(keys: list[int]) -> dict[int, tuple[Version, ...]]:
    changed = Version.objects.filter(record_id__in=keys, number__gt=1).exclude(manner=FILE)
    changed = changed.exclude(by__in=[rereading.SERVICE, rereading.SAMPLE])
    found: defaultdict[int, list[Version]] = defaultdict(list)
    for version in Version.objects.filter(record_id__in=changed.values("record_id")).order_by("number"):
        found[version.record_id].append(version)
    return {key: tuple(versions) for key, versions in found.items()}


def brought(base: actions.Action, now: actions.Action, row: actions.Action) -> tuple[actions.Action, tuple[str, ...]]:
    """What a row brings that was exported as `base`, on what the action now is; and the fields that both changed, each otherwise."""
    since = actions.changes(base, now)
    stays = {name: getattr(now, name) for name in since if getattr(row, name) == getattr(base, name)}
    both = [name for name in since if getattr(row, name) not in (getattr(base, name), getattr(now, name))]
    if "progress" in both:
        both.remove("progress")
        if not rereading.left_out(base, row):
            stays["progress"] = rereading.with_reports(now, row).progress
    return replace(row, **stays), tuple(both)


def undone(versions: Iterable[Version], now: actions.Action, row: actions.Action) -> tuple[str, ...]:
    """The fields to which a row gives back what they said before somebody changed them by hand."""
    kept, there = list(versions), actions.to_json(row, private=True)
    found = []
    for name in actions.changes(now, row):
        last = next((n for n in range(len(kept) - 1, 0, -1) if name in kept[n].fields), 0)
        by_hand = last and kept[last].manner != FILE
        if by_hand and name != "progress" and any(v.document.get(name) == there.get(name) for v in kept[:last]):
            found.append(name)
    return tuple(found)


def undoing(now: actions.Action, row: actions.Action, names: Iterable[str]) -> InvalidDataError:
    """That a row would undo what was changed since, field by field: what it now says, and what the file does."""
    fields = list(names)
    differing = all_of(_differs(now, row, name) for name in fields)
    problem = said("The row would undo what was changed since: {fields}.", fields=differing)
    remedy = said("Export the action again and write into that file, or import this one once more and choose that such rows count.")  # fmt: skip
    return InvalidDataError(problem, column=fields[0], value=row.id, rule="action.version", remedy=remedy)


def _differs(now: actions.Action, row: actions.Action, name: str) -> str:
    field = field_named(type(row), name)
    assert field is not None
    label, here, there = said(field.label), _short(field, getattr(now, name)), _short(field, getattr(row, name))
    return said("{field} (now “{now}”, in the file “{row}”)", field=label, now=here, row=there)


def _short(field: Field, value: Any) -> str:
    text = " ".join(encode(field, value).split()) if value != empty(field.form) else "–"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def unexplained(record: Record, now: actions.Action, row: actions.Action, reason: str) -> InvalidDataError | None:
    """That a row moves a due day or a measure of what is public without saying why; None where it does not."""
    if reason or record.stage != "published" or not (names := story.loosened(now, row)):
        return None
    labels = actions.labels(known for name in names if (known := field_named(type(row), name)))
    problem = said("The row changes what a public promise is held to, and does not say why: {fields}.", fields=labels)
    remedy = said("Say why in a column “reason”: it stands in the history.")
    return InvalidDataError(problem, column="reason", value=row.id, rule="action.reason", remedy=remedy)
