"""A database of an earlier version, with rows in it, is brought up to today's and back without losing what was public."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

BEFORE, AFTER = "0008_counted", "0009_publications"
START = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)


def _day(n: int) -> datetime.datetime:
    return START + datetime.timedelta(days=n)


@pytest.fixture
def old(service: Any) -> Iterator[Any]:
    """The models of a database of its own as they were before publications were kept."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    main = connections["default"]
    connections.databases["old"] = {**main.settings_dict, "NAME": "before_publications"}
    with main.cursor() as cursor:
        cursor.execute("CREATE DATABASE before_publications TEMPLATE template0 ENCODING 'UTF8'")
    call_command("migrate", "public", BEFORE, database="old", verbosity=0)
    yield MigrationExecutor(connections["old"]).loader.project_state(("public", BEFORE)).apps
    connections["old"].close()
    del connections["old"], connections.databases["old"]
    with main.cursor() as cursor:
        cursor.execute("DROP DATABASE before_publications")


def _kept(apps: Any, identifier: str, stage: str, public_from: int | None, versions: dict[int, int], deeds: dict[int, str]) -> None:  # fmt: skip
    """An action as it was kept: its versions by their days, what was done to it by the day."""
    now = _day(max([*versions.values(), *deeds]))
    record = apps.get_model("public", "Record").objects.using("old").create(
        identifier=identifier, kind="pledge", title=identifier, language="en", state="promised", document={}, changed=now,
        stage=stage, version=max(versions), public_from=public_from,
    )  # fmt: skip
    for number, day in versions.items():
        apps.get_model("public", "Version").objects.using("old").create(
            record=record, number=number, document={"title": f"{identifier} {number}"}, by="a@example.org", at=_day(day)
        )
    for day, verb in deeds.items():
        apps.get_model("public", "AuditEvent").objects.using("old").create(
            at=_day(day), actor="a@example.org", verb=verb, subject=identifier
        )


def _publications() -> dict[str, list[tuple[int, int, int]]]:
    """By action, from which version to which it was public, and the day on which that ended."""
    from django.db import connections

    with connections["old"].cursor() as cursor:
        cursor.execute(
            "SELECT identifier, since, until, ended FROM public_publication p JOIN public_record r ON r.id = record_id ORDER BY ended"
        )
        found: dict[str, list[tuple[int, int, int]]] = {}
        for identifier, since, until, ended in cursor.fetchall():
            found.setdefault(identifier, []).append((since, until, (ended - START).days))
        return found


def _public_from() -> dict[str, int | None]:
    from django.db import connections

    with connections["old"].cursor() as cursor:
        cursor.execute("SELECT identifier, public_from FROM public_record")
        return dict(cursor.fetchall())


def test_what_was_public_before_publications_were_kept_is_found_by_versions_and_deeds(old: Any) -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, connections

    taken_up = {2: "publish", 5: "withdraw", 6: "take-up"}
    _kept(old, "never-withdrawn", "published", 2, {1: 0, 2: 1, 3: 3}, {2: "publish"})
    _kept(old, "withdrawn", "withdrawn", 2, {1: 0, 2: 1, 3: 3}, {2: "publish", 5: "withdraw"})
    _kept(old, "draft-again", "draft", None, {1: 0, 2: 1, 3: 3, 4: 7}, taken_up)
    _kept(old, "public-again", "published", 5, {1: 0, 2: 1, 3: 3, 4: 7, 5: 8}, taken_up | {9: "publish"})
    _kept(old, "twice-withdrawn", "withdrawn", 4, {1: 0, 2: 1, 3: 3, 4: 7}, taken_up | {8: "publish", 10: "withdraw"})
    # It came by a file, which published it without a deed of its own.
    _kept(old, "imported", "draft", None, {1: 0, 2: 3}, {5: "withdraw", 6: "take-up"})
    _kept(old, "only-drafted", "draft", None, {1: 0}, {})
    before = _public_from()

    call_command("migrate", "public", AFTER, database="old", verbosity=0)
    assert _publications() == {
        "withdrawn": [(2, 3, 5)],
        "draft-again": [(2, 3, 5)],
        "public-again": [(2, 3, 5)],
        "twice-withdrawn": [(2, 3, 5), (4, 4, 10)],
        "imported": [(1, 2, 5)],
    }
    assert _public_from() == before | {"withdrawn": None, "twice-withdrawn": None}
    with pytest.raises(DatabaseError, match="kept as they were written"), connections["old"].cursor() as cursor:
        cursor.execute("UPDATE public_publication SET until = 9")

    call_command("migrate", "public", BEFORE, database="old", verbosity=0)
    assert _public_from() == before
    # And on to today's, with every row.
    call_command("migrate", "public", database="old", verbosity=0)
    assert len(_public_from()) == 7
    assert len(_publications()["twice-withdrawn"]) == 2


def test_when_a_signature_was_taken_back_and_what_a_correction_became_is_found_by_the_deeds(old: Any) -> None:
    from django.core.management import call_command
    from django.db import connections

    _kept(old, "QMA", "published", 1, {1: 0, 2: 4, 3: 6}, {3: "take-back", 7: "take-back"})
    call_command("migrate", "public", "0010_proposals", database="old", verbosity=0)
    with connections["old"].cursor() as cursor:
        for area, signed in (("QMA", None), ("QMB", START), ("QMC", None)):
            cursor.execute(
                "INSERT INTO public_countryreview (area, edition, languages, signed, signed_by, signed_edition) VALUES (%s, 1, '{}', %s, %s, %s)",
                [area, signed, "a@example.org" if signed else "", 1 if signed else None],
            )
        cursor.execute("INSERT INTO public_person (username, email, password, is_superuser, is_staff, is_active, date_joined, first_name, last_name) VALUES ('b', 'b', '', false, false, true, now(), '', '')")  # fmt: skip
        cursor.execute(
            "INSERT INTO public_proposal (record_id, by_id, base, document, reason, asked, state, answer, decided, decided_by) "
            "SELECT r.id, p.id, 1, '{}', 'So', %s, 'taken', '', %s, 'a@example.org' FROM public_record r, public_person p",
            [_day(3), _day(5)],
        )
    call_command("migrate", "public", database="old", verbosity=0)
    with connections["old"].cursor() as cursor:
        cursor.execute("SELECT area, taken_back FROM public_countryreview ORDER BY area")
        assert cursor.fetchall() == [("QMA", _day(7)), ("QMB", None), ("QMC", None)]
        cursor.execute("SELECT version FROM public_proposal")
        assert cursor.fetchall() == [(2,)]
