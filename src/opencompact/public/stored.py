"""What Django's models cannot say to PostgreSQL: a `tsvector` of our own tokens, rows by the thousand."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from opencompact import actions
from opencompact.public import keeping
from opencompact.public.models import Record, Version

# Bytes of a file from which on it is a large one.
_LARGE = 4 << 20
_COLUMNS = (
    "identifier", "kind", "title", "language", "who", "stakeholder", "areas", "objectives", "provisions", "part_of",
    "state", "turns", "starts", "due", "reported", "measured", "document", "tokens", "stage", "version", "public_from", "entered", "changed", "owner_id",
)  # fmt: skip


def set_tokens(record: Record, action: actions.Action) -> None:
    """Keeps what an action is found by."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE public_record SET tokens = %s::tsvector WHERE id = %s", [keeping.tokens(action), record.pk]
        )


def new_identifier(kind: str) -> str:
    """An identifier that no action has."""
    while True:
        found = f"{kind}-{secrets.token_hex(4)}"
        if not Record.objects.filter(identifier=found).exists():
            return found


def keep_version(
    record: Record, before: actions.Action | None, action: actions.Action, *, by: str, reason: str = "", manner: str = ""
) -> None:  # fmt: skip
    """Keeps what a record now is as one of its versions."""
    Version.objects.create(
        record=record, number=record.version, document=record.document, fields=list(actions.changes(before, action)),
        by=by, at=record.changed, reason=reason[:300], manner=manner,
    )  # fmt: skip


def next_version(record: Record, action: actions.Action, *, by: str, reason: str = "", manner: str = "") -> None:
    """Makes an action the next version of a record, which its caller holds locked; its identifier stays."""
    before, now = record.action, timezone.now()
    for name, value in keeping.columns(replace(action, id=record.identifier), now.date()).items():
        setattr(record, name, value)
    record.version, record.changed = record.version + 1, now
    record.save()
    set_tokens(record, action)
    keep_version(record, before, action, by=by, reason=reason, manner=manner)


def upsert(
    rows: Sequence[tuple[actions.Action, int, tuple[str, ...], str, str]],
    *,
    at: datetime,
    entered: date,
    by: str,
    owner: int | None,
) -> None:
    """Writes the actions of a file with version numbers, changed fields, the stage of what is new, and why, through one COPY a table.

    `entered` is the day from which what is new is on record.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE IF NOT EXISTS incoming "
            "(LIKE public_record INCLUDING DEFAULTS, fields varchar(40)[], reason varchar(300)) ON COMMIT DELETE ROWS"
        )
        cursor.execute("ALTER TABLE incoming ALTER id DROP NOT NULL, ALTER id DROP IDENTITY IF EXISTS")
        cursor.execute("TRUNCATE incoming")
        _copy(cursor, "incoming", (*_COLUMNS, "fields", "reason"), (_row(*row, at, entered, owner) for row in rows))
        names = ", ".join(_COLUMNS)
        fresh = ", ".join(
            f"{name} = EXCLUDED.{name}"
            for name in _COLUMNS
            if name not in ("identifier", "stage", "owner_id", "public_from", "entered")
        )
        cursor.execute(
            f"INSERT INTO public_record ({names}) SELECT {names} FROM incoming "
            f"ON CONFLICT (identifier) DO UPDATE SET {fresh}"
        )
        cursor.execute(
            "INSERT INTO public_version (record_id, number, document, fields, by, at, reason, manner) "
            "SELECT r.id, i.version, i.document, i.fields, %s, i.changed, i.reason, 'file' "
            "FROM incoming i JOIN public_record r USING (identifier)",
            [by],
        )


def begin(stages: Mapping[int, str], *, entered: date) -> None:
    """Lets drafts that were held back begin at a stage, by their keys: they are on record for everyone from then on."""
    for stage in sorted(set(stages.values())):
        rows = Record.objects.filter(pk__in=[pk for pk, known in stages.items() if known == stage])
        rows.update(stage=stage, entered=entered, public_from=F("version") if stage == "published" else None)


def _row(
    action: actions.Action, version: int, changed: tuple[str, ...], stage: str, reason: str, at: datetime, entered: date, owner: int | None
) -> tuple[Any, ...]:  # fmt: skip
    values = keeping.columns(action, at.date())
    values |= {"document": json.dumps(values["document"], ensure_ascii=False), "tokens": keeping.tokens(action)}
    values |= {"stage": stage, "version": version, "changed": at, "entered": entered, "owner_id": owner}
    values["public_from"] = version if stage == "published" else None
    return (*(values[name] for name in _COLUMNS), list(changed), reason[:300])


def _copy(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def settle(size: int) -> None:
    """After a large load: what is known of the table is brought up to date, and counts need not look at its rows.

    Within somebody else's transaction it cannot be done, and is left to the database's own housekeeping.
    """
    if size > _LARGE and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) public_record")


@contextmanager
def first_load(size: int) -> Iterator[None]:
    """A first, large load into an empty table builds the index of words once, at its end: several times faster.

    The table is locked meanwhile, which harms nobody while there is nothing in it.
    """
    large = size > _LARGE and not Record.objects.exists()
    with connection.cursor() as cursor:
        if large:
            cursor.execute("DROP INDEX IF EXISTS record_tokens")
        yield
        if large:
            # Checks that wait for the end of the transaction would keep the index from being built.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
            cursor.execute("CREATE INDEX record_tokens ON public_record USING gin (tokens) WITH (fastupdate = off)")
