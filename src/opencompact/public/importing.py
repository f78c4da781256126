"""Files of actions into the service: all of a file or nothing of it, batch by batch, memory flat."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from opencompact import actions, compact
from opencompact.actions.reading import Entry, placed
from opencompact.actions.sample import PREFIX
from opencompact.errors import InvalidDataError, Place
from opencompact.language import counted, said
from opencompact.public import knowing, later, rereading
from opencompact.public.access import not_ones_own
from opencompact.public.audit import note
from opencompact.public.models import AuditEvent, Record
from opencompact.public.renewing import is_reviewed
from opencompact.public.stored import begin, first_load, settle, upsert
from opencompact.public.writing import is_locked, today

BATCH = 2000
MOST_FAULTS = 200
_NOTHING: tuple[str, ...] = ()
Row = tuple[Place, actions.Action, Entry]
"""A row with its place, its action, and as it was read: the fields that the file speaks of, its version, its reason."""


@dataclass
class Imported:
    """What became of a file: rows read, new, changed, unchanged, new ones that wait for reviewers; the faults for which nothing was imported.

    `kept` are those of which something stays as people changed it, whatever the file says; `drafts` those that lack
    something and stay drafts, and `incomplete` says of each what it lacks (of the first 200). `left` rows stay out and
    the others come in: they would undo what was changed since (`undoing`), or move what a promise is held to without a
    reason; `left_out` says it of each (of the first 200).
    """

    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    waiting: int = 0
    drafts: int = 0
    left: int = 0
    undoing: int = 0
    faulty: int = 0
    faults: list[InvalidDataError] = field(default_factory=list)
    incomplete: list[InvalidDataError] = field(default_factory=list)
    left_out: list[InvalidDataError] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def done(self) -> bool:
        return self.faulty == 0


class _Faulty(Exception):
    """Undoes the transaction."""


def import_file(
    *, path: Path, by: str, owner: int | None = None, kind: str | None = None, name: str | None = None,
    areas: frozenset[str] | None = None, stage: str = "published", practices: str | None = None, believed: bool = False,
    anyway: bool = False,
) -> Imported:  # fmt: skip
    """Imports a file. New actions begin at `stage`, new practices at `practices` where it is given; with `areas`, only actions of these are let in.

    What a file says of a peer review elsewhere (`reviewed`) is `believed` of whoever runs the service, and of nobody else:
    such a practice begins at `stage`, and with a review that is newly named a published one gets its next version.

    What a new row lacks of what is asked for keeps it a draft; a draft that came so begins as what is new does once a file
    completes it. What is submitted or public is never made less complete.

    A row of a known identifier is the action's next version; one that says nothing new changes nothing. Reports are only
    added, and of a file that is given at the start of the service (`believed`) what people changed stays. A row that
    would undo what was changed since it was written is left out, unless it counts `anyway`; one that moves a due day or
    a measure of what is public is left out where it does not say why. With a fault anywhere nothing is imported, and
    all faults are told. Raises InputError for what is no table of actions.
    """
    result = Imported()
    entries = actions.read_actions(path, kind, name=name, before=None, unknown=result.unknown.append)
    return import_entries(
        entries=entries, result=result, by=by, owner=owner, name=name or path.name, areas=areas, stage=stage, practices=practices, believed=believed, size=path.stat().st_size if path.is_file() else 0,
        anyway=anyway,
    )  # fmt: skip


def import_entries(
    *, entries: Iterable[Entry], result: Imported, by: str, name: str, owner: int | None = None,
    areas: frozenset[str] | None = None, own: bool = False, stage: str = "published", practices: str | None = None, believed: bool = False, size: int = 0,
    entered: datetime.date | None = None, anyway: bool = False,
) -> Imported:  # fmt: skip
    """Imports entries that were read from a file of so many bytes; `entered` is the day from which they are on record, today if not given.

    `own` ones are the sample's, which the service itself brings up to today.
    """
    beginning = _Beginning(by, owner, name, areas, stage, practices or stage, entered or today(), own, believed, anyway)
    try:
        with transaction.atomic(), first_load(size):
            batch: list[Row] = []
            named, known = actions.Named(), knowing.known()
            given = 0
            for entry in entries:
                result.read += 1
                action, place = entry.action, entry.place(name)
                faults = entry.faults or (_not_allowed(entry, name, own, known) if action else ())
                if faults:
                    _blame(result, *faults)
                elif action is not None:
                    if not action.id:
                        given += 1
                        action = replace(action, id=f"{action.kind}-{timezone.now():%y%m%d%H%M%S}-{given}")
                    named.take(place, action)
                    batch.append((place, action, entry))
                if len(batch) >= BATCH:
                    _write(batch, result, beginning)
                    batch = []
            if batch:
                _write(batch, result, beginning)
            _look_up(named, result, beginning)
            if result.faulty:
                raise _Faulty
            counts = {"read": result.read, "new": result.new, "changed": result.changed}
            note(actor=by, verb="import", subject=name[:300], **counts)
        settle(size)
    except _Faulty:
        result.new = result.changed = result.unchanged = result.waiting = result.drafts = result.kept = result.left = 0
        result.undoing = 0
        result.incomplete.clear()
        result.left_out.clear()
        result.faults.sort(key=lambda fault: fault.place.row or 0)
    return result


@dataclass(frozen=True)
class _Beginning:
    """Who imports which file, for which areas (None: for all), and at which stage what is new begins."""

    by: str
    owner: int | None
    name: str
    areas: frozenset[str] | None
    stage: str
    practices: str
    entered: datetime.date
    own: bool = False
    believed: bool = False
    anyway: bool = False

    @property
    def starting(self) -> bool:
        """Whether the service itself reads it at its start, and perhaps not for the first time."""
        return self.own or self.believed

    @property
    def bounded(self) -> bool:
        """Whether whoever imports may touch actions of some areas only."""
        return self.areas is not None and "" not in self.areas

    def nameable(self) -> QuerySet[Record] | None:
        """The actions that rows may name: all, or those that whoever imports may know of."""
        if not self.bounded:
            return None
        mine = Q(areas__overlap=sorted(self.areas or ())) | Q(owner=self.owner)
        return Record.objects.filter(mine | Q(stage__in=["published", "withdrawn"]))

    def stage_of(self, action: actions.Action) -> str:
        """Where a new action begins: as a draft, where something that is asked for lacks."""
        if not self.own and actions.lacking(action):
            return "draft"
        return self.practices if action.kind == "practice" and not self.believes(action) else self.stage

    def believes(self, action: actions.Action) -> bool:
        """Whether a practice counts as reviewed elsewhere."""
        return self.believed and bool(getattr(action, "reviewed", ""))


def _blame(result: Imported, *faults: InvalidDataError) -> None:
    result.faulty += 1
    result.faults += faults[: max(0, MOST_FAULTS - len(result.faults))]


def _look_up(named: actions.Named, result: Imported, how: _Beginning) -> None:
    """Blames the rows that name what does not exist, once all rows are known."""
    kinds = knowing.kinds(named.elsewhere(), how.nameable())
    for place, fault in named.faults(kinds.get):
        _blame(result, placed(fault, place))


def _not_allowed(entry: Entry, name: str, own: bool, known: actions.Known) -> tuple[InvalidDataError, ...]:
    action = entry.action
    assert action is not None
    if faults := actions.provision_faults(action, known):
        return tuple(placed(fault, entry.place(name)) for fault in faults)
    # Where the sample is served what was exported can be imported again; a real country's action is never called so.
    places = [compact.area(code) for code in action.areas]
    real = any(place.kind == "country" and not place.fictional for place in places)
    if not action.id.startswith(PREFIX) or own or (settings.SYNTHETIC and not real):
        return ()
    remedy = said(
        "Choose another: only actions of the sample’s fictional areas are called so, where the sample is served."
    )
    return (InvalidDataError("The identifier is of the sample.", file=name, row=entry.row, column="id", value=action.id, remedy=remedy),)  # fmt: skip


def _write(batch: list[Row], result: Imported, how: _Beginning) -> None:
    """Writes a batch, as long as nothing in the file is faulty; otherwise it is only looked through for further faults."""
    known = {
        r.identifier: r for r in Record.objects.select_for_update().filter(identifier__in=[a.id for _p, a, _e in batch])
    }
    held_back = _held_back(known.values())
    complete: dict[int, str] = {}
    by_people = rereading.touched(known.values()) if how.starting else {}
    past = later.past([] if how.starting else [(known[a.id], e.version) for _p, a, e in batch if a.id in known])
    rows = []
    for place, row, entry in batch:
        record = known.get(row.id)
        before = record.action if record is not None and record.kind == row.kind else None
        action, undoes = row, _NOTHING
        if before is not None:
            assert record is not None
            action, undoes = _meant(
                record, before, row, entry, past, by_people.get(record.pk, frozenset()), how, result
            )
        changed = actions.changes(before, action)
        if fault := _refused(record, before, action, changed, place, how):
            _blame(result, fault)
            continue
        if (
            record is not None
            and before is not None
            and _leave(record, before, action, undoes, entry, place, how, result)
        ):
            continue
        stays = record is None or record.stage == "draft"
        if stays and not how.own and (lack := actions.incomplete(action)):
            _tell(result, placed(lack, place))
        if before is not None and not changed:
            result.unchanged += 1
        else:
            result.new += before is None
            result.changed += before is not None
            stage = how.stage_of(action)
            if record is not None and record.pk in held_back and stage != "draft":
                complete[record.pk] = stage
            begins = before is None or (record is not None and record.pk in complete)
            result.waiting += begins and stage not in ("draft", how.stage)
            why = f"{entry.reason} ({how.name})" if entry.reason and before is not None else how.name
            rows.append((action, record.version + 1 if record else 1, changed, stage, why))
    if rows and not result.faulty:
        upsert(rows, at=timezone.now(), entered=how.entered, by=how.by, owner=how.owner)
        begin(complete, entered=how.entered)


def _meant(
    record: Record, before: actions.Action, row: actions.Action, entry: Entry, past: later.Past, by_people: frozenset[str],
    how: _Beginning, result: Imported,
) -> tuple[actions.Action, tuple[str, ...]]:  # fmt: skip
    """What a row makes of a known action, and the fields in which it would undo what was changed since it was written."""
    # A column that the file does not have leaves what was there (contacts above all).
    kept = {n: getattr(before, n) for n in vars(before) if n != "id" and n not in entry.said}
    told, undoes = replace(row, **kept), _NOTHING
    if (base := past.exported.get(record.pk)) is not None:
        on_record = replace(base, id=row.id, **kept)
        merged, undoes = later.brought(on_record, before, told)
        result.kept += merged != told
        told = merged
    action = _with_what_stays(before, told, by_people, how)
    result.kept += how.starting and any(name != "progress" for name in actions.changes(action, told))
    return action, undoes or later.undone(past.versions.get(record.pk, ()), before, action)


def _leave(
    record: Record, before: actions.Action, action: actions.Action, undoes: tuple[str, ...], entry: Entry, place: Place,
    how: _Beginning, result: Imported,
) -> bool:  # fmt: skip
    """Whether a row stays out of what comes in; it is told why."""
    why = later.undoing(before, action, undoes) if undoes and not how.anyway else None
    result.undoing += why is not None
    if why is None and not how.own:
        why = later.unexplained(record, before, action, entry.reason)
    if why is None:
        return False
    result.left += 1
    if len(result.left_out) < MOST_FAULTS:
        result.left_out.append(placed(why, place))
    return True


def _held_back(records: Iterable[Record]) -> frozenset[int]:
    """The drafts that are drafts only because the file they came in lacked something: nobody ever did anything to them by hand."""
    drafts = {r.identifier: r.pk for r in records if r.stage == "draft" and r.renews_id is None}
    if not drafts:
        return frozenset()
    touched = set(AuditEvent.objects.filter(subject__in=drafts).values_list("subject", flat=True))
    return frozenset(pk for identifier, pk in drafts.items() if identifier not in touched)


def _tell(result: Imported, lack: InvalidDataError) -> None:
    result.drafts += 1
    if len(result.incomplete) < MOST_FAULTS:
        result.incomplete.append(lack)


def _with_what_stays(
    before: actions.Action, action: actions.Action, by_people: frozenset[str], how: _Beginning
) -> actions.Action:
    """A row's action with what it may not take away: reports, and at a start of the service what people changed."""
    action = rereading.with_marks(before, action)
    anew = how.believes(action) and getattr(action, "reviewed", "") != getattr(before, "reviewed", "")
    if how.starting and not anew:
        action = rereading.left(before, action, by_people)
    if how.own:
        return replace(action, progress=before.progress) if "progress" in by_people else action
    # An empty cell says nothing of progress.
    return rereading.with_reports(before, action) if how.starting or not action.progress else action


def _refused(
    record: Record | None, before: actions.Action | None, action: actions.Action, changed: tuple[str, ...], at: Place, how: _Beginning
) -> InvalidDataError | None:  # fmt: skip
    """Why a row may not become an action, or the next version of one."""
    place: dict[str, Any] = {"file": at.file, "sheet": at.sheet, "row": at.row}
    if record is not None and (before is None or not _theirs(record, how.areas)):
        remedy = said("Choose another identifier.")
        return InvalidDataError("The identifier is another action's.", column="id", value=action.id, remedy=remedy, **place)  # fmt: skip
    if record is not None and changed and record.stage == "withdrawn":
        remedy = said("Take it up again on its page, or leave the row out.")
        return InvalidDataError("The action was withdrawn.", column="id", value=action.id, remedy=remedy, **place)
    if record is not None and changed and is_locked(record):
        remedy = said("Wait for its reviewers, or have an editor give it back.")
        return InvalidDataError("The practice is being reviewed.", column="id", value=action.id, remedy=remedy, **place)
    if before is not None and (gone := rereading.left_out(before, action)) and not how.own:
        problem = counted(
            "A report that is on record is left out.", "{n} reports that are on record are left out.", len(gone)
        )
        remedy = said("Keep the reports that the service exports and add to them, or leave the cell empty.")
        return InvalidDataError(problem, column="progress", value=gone[0].day, remedy=remedy, **place)
    if (
        record is not None
        and before is not None
        and is_reviewed(record)
        and not how.own
        and _unread(before, action, how)
    ):
        remedy = said("Leave the row as the service exports it, and write the new version on the practice’s page.")
        return InvalidDataError("What is published of a practice changes only with its reviewers.", column="id", value=action.id, remedy=remedy, **place)  # fmt: skip
    if record is not None and before is not None and record.stage in ("submitted", "published") and not how.own:
        if emptied := actions.lost(before, action):
            problem = said("What is submitted or public would lack: {fields}.", fields=actions.labels(emptied))
            remedy = said("Fill it in, or leave the column out of the file.")
            return InvalidDataError(problem, column=emptied[0].name, value=action.id, remedy=remedy, **place)
        if how.bounded and record.stage == "published" and rereading.taken_back(before, action):
            remedy = said("Ask an editor to take it back.")
            return InvalidDataError("A report that is public is taken back by an editor.", column="progress", value=action.id, remedy=remedy, **place)  # fmt: skip
    if not how.bounded:
        return None
    assert how.areas is not None
    remedy = said("You may import actions of: {areas}.", areas=", ".join(sorted(how.areas)))
    value = "; ".join(action.areas)
    if before is None and not (action.areas and how.areas.issuperset(action.areas)):
        return InvalidDataError("The action is not of your area.", column="areas", value=value, remedy=remedy, **place)
    if before is not None and not_ones_own(how.areas, before.areas, action.areas):
        return InvalidDataError("An area that is not yours is added or taken away.", column="areas", value=value, remedy=remedy, **place)  # fmt: skip
    return None


def _unread(before: actions.Action, action: actions.Action, how: _Beginning) -> bool:
    """Whether a row changes what was reviewed, and names no review of the change that is believed."""
    content = actions.content_changes(before, action)
    return bool(content) and not (how.believes(action) and "reviewed" in content)


def _theirs(record: Record, areas: frozenset[str] | None) -> bool:
    return areas is None or "" in areas or bool(areas.intersection(record.areas))
