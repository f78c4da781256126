"""Files of actions into the service: all of a file or nothing of it, batch by batch, memory flat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from opencompact import actions
from opencompact.actions.reading import Entry
from opencompact.actions.sample import PREFIX
from opencompact.errors import InvalidDataError
from opencompact.language import said
from opencompact.public.audit import note
from opencompact.public.models import Record
from opencompact.public.stored import first_load, upsert

BATCH = 2000
MOST_FAULTS = 200


@dataclass
class Imported:
    """What became of a file: rows read, new, changed, unchanged; the faults for which nothing was imported."""

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    faulty: int = 0
    faults: list[InvalidDataError] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return self.faulty == 0


class _Faulty(Exception):
    """Undoes the transaction."""


def import_file(
    *, path: Path, by: str, owner: int | None = None, kind: str | None = None, name: str | None = None,
    areas: frozenset[str] | None = None, synthetic: bool = False, stage: str = "published",
) -> Imported:  # fmt: skip
    """Imports a file. New actions begin at `stage`; with `areas`, only actions of these are let in.

    A row of a known identifier is the action's next version; one that says nothing new changes nothing. With a fault
    anywhere nothing is imported, and all faults are told. Raises InputError for what is no table of actions.
    """
    result = Imported()
    entries = actions.read_actions(path, kind, name=name, before=None, unknown=result.unknown.append)
    return import_entries(
        entries=entries, result=result, by=by, owner=owner, name=name or path.name, areas=areas, synthetic=synthetic, stage=stage, size=path.stat().st_size if path.is_file() else 0,
    )  # fmt: skip


def import_entries(
    *, entries: Iterable[Entry], result: Imported, by: str, name: str, owner: int | None = None,
    areas: frozenset[str] | None = None, synthetic: bool = False, stage: str = "published", size: int = 0,
) -> Imported:  # fmt: skip
    """Imports entries that were read from a file of so many bytes."""
    try:
        with transaction.atomic(), first_load(size):
            batch: list[tuple[int, actions.Action, frozenset[str]]] = []
            given = 0
            for entry in entries:
                result.read += 1
                action = entry.action
                faults = entry.faults or (_not_allowed(entry, name, areas, synthetic) if action else ())
                if faults:
                    result.faulty += 1
                    result.faults += faults[: MOST_FAULTS - len(result.faults)]
                elif action is not None and not result.faulty:
                    if not action.id:
                        given += 1
                        action = replace(action, id=f"{action.kind}-{timezone.now():%y%m%d%H%M%S}-{given}")
                    batch.append((entry.row, action, entry.said))
                if len(batch) >= BATCH:
                    _write(batch, result, by, owner, name, areas, stage)
                    batch = []
            if batch and not result.faulty:
                _write(batch, result, by, owner, name, areas, stage)
            if result.faulty:
                raise _Faulty
            counts = {"read": result.read, "new": result.new, "changed": result.changed}
            note(actor=by, verb="import", subject=name[:300], **counts)
    except _Faulty:
        result.new = result.changed = result.unchanged = 0
    return result


def _not_allowed(
    entry: Entry, name: str, areas: frozenset[str] | None, synthetic: bool
) -> tuple[InvalidDataError, ...]:
    action = entry.action
    assert action is not None
    if action.id.startswith(PREFIX) and not synthetic:
        remedy = said("Choose another: identifiers of the sample begin so.")
        return (InvalidDataError("The identifier is of the sample.", file=name, row=entry.row, column="id", value=action.id, remedy=remedy),)  # fmt: skip
    if areas is not None and "" not in areas and not (action.areas and areas.issuperset(action.areas)):
        remedy = said("You may import actions of: {areas}.", areas=", ".join(sorted(areas)))
        return (InvalidDataError("The action is not of your area.", file=name, row=entry.row, column="areas", value="; ".join(action.areas), remedy=remedy),)  # fmt: skip
    return ()


def _write(
    batch: list[tuple[int, actions.Action, frozenset[str]]], result: Imported, by: str, owner: int | None, name: str,
    areas: frozenset[str] | None, stage: str,
) -> None:  # fmt: skip
    known = {
        r.identifier: r for r in Record.objects.select_for_update().filter(identifier__in=[a.id for _r, a, _s in batch])
    }
    rows = []
    for row, action, named in batch:
        record = known.get(action.id)
        before = record.action if record is not None and record.kind == action.kind else None
        if record is not None and (before is None or not _theirs(record, areas)):
            remedy = said("Choose another identifier.")
            raised = InvalidDataError("The identifier is another action's.", file=name, row=row, column="id", value=action.id, remedy=remedy)  # fmt: skip
            result.faulty += 1
            result.faults.append(raised)
            continue
        if before is not None:
            # A column that the file does not have leaves what was there (contacts above all).
            kept = {n: getattr(before, n) for n in vars(before) if n != "id" and n not in named}
            action = replace(action, **kept)
        changed = actions.changes(before, action)
        if before is not None and not changed:
            result.unchanged += 1
            continue
        result.new += before is None
        result.changed += before is not None
        rows.append((action, record.version + 1 if record else 1, changed))
    if rows and not result.faulty:
        upsert(rows, at=timezone.now(), by=by, reason=name, owner=owner, stage=stage)


def _theirs(record: Record, areas: frozenset[str] | None) -> bool:
    return areas is None or "" in areas or bool(areas.intersection(record.areas))
