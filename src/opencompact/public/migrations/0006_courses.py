# ruff: noqa: RUF012
"""States by kind of action, the day on which one changes by itself, the day on which an action came into the record."""

import datetime
from typing import Any

from django.db import migrations, models
from django.db.models import Q

# What is public came in with the first version that is; the rest with its first.
ENTERED = """
UPDATE public_record r SET entered = found.day
FROM (
    SELECT v.record_id, min(v.at)::date AS day
    FROM public_version v JOIN public_record p ON p.id = v.record_id
    WHERE v.number >= coalesce(p.public_from, 1) GROUP BY v.record_id
) found
WHERE found.record_id = r.id;
"""


def restate(apps: Any, schema_editor: Any) -> None:
    """Gives what is no commitment the states of its own kind."""
    from opencompact import actions

    record, today = apps.get_model("public", "Record"), datetime.datetime.now(datetime.UTC).date()
    rows = []
    found = record.objects.exclude(kind__in=actions.COMMITMENTS.kinds).only("id", "document", "state", "turns")
    for row in found.iterator(chunk_size=1000):
        action = actions.from_json(row.document)
        row.state, row.turns = actions.standing(action, today).state, actions.turns(action, today)
        rows.append(row)
        if len(rows) == 1000:
            record.objects.bulk_update(rows, ["state", "turns"])
            rows = []
    record.objects.bulk_update(rows, ["state", "turns"])


class Migration(migrations.Migration):
    dependencies = [("public", "0005_rounds_and_editions")]
    operations = [
        migrations.AddField("record", "turns", models.DateField(null=True)),
        migrations.AddField("record", "entered", models.DateField(null=True)),
        migrations.RunSQL(ENTERED, migrations.RunSQL.noop),
        migrations.RunPython(restate, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveIndex("record", "record_overdue"),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["due"],
                name="record_overdue",
                condition=Q(stage="published", state__in=["promised", "under-way"]),
            ),
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["turns"], name="record_turns", condition=Q(turns__isnull=False))
        ),
    ]
