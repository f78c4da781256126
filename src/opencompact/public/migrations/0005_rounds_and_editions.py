# ruff: noqa: RUF012
"""Rounds of peer review, the version from which on an action is public, editions of a country's review."""

from typing import Any

from django.db import migrations, models
from django.db.models import F, Q

# What is published begins at the version that the last publication found; what was imported, at its first.
PUBLIC_FROM = """
UPDATE public_record SET public_from = 1 WHERE stage IN ('published', 'withdrawn');
UPDATE public_record r SET public_from = found.number
FROM (
    SELECT v.record_id, max(v.number) AS number
    FROM public_auditevent e
    JOIN public_record p ON p.identifier = e.subject
    JOIN public_version v ON v.record_id = p.id AND v.at <= e.at
    WHERE e.verb = 'publish' GROUP BY v.record_id
) found
WHERE found.record_id = r.id AND r.stage IN ('published', 'withdrawn');
"""


def editions(apps: Any, schema_editor: Any) -> None:
    """What was signed before there were editions is the edition 0."""
    apps.get_model("public", "CountryReview").objects.filter(signed__isnull=False).update(signed_edition=F("edition"))


class Migration(migrations.Migration):
    dependencies = [("public", "0004_part_of")]
    operations = [
        migrations.AddField("record", "public_from", models.IntegerField(null=True)),
        migrations.AddField("record", "round", models.IntegerField(db_default=0, default=0)),
        migrations.AddField(
            "record", "returned", models.CharField(max_length=2000, blank=True, db_default="", default="")
        ),
        migrations.AddField("peerreview", "round", models.IntegerField(db_default=0, default=0)),
        migrations.RemoveConstraint("peerreview", "one_review"),
        migrations.AddConstraint(
            "peerreview", models.UniqueConstraint(fields=["record", "reviewer", "round"], name="one_review")
        ),
        migrations.AddField("countryreview", "edition", models.BigIntegerField(default=0)),
        migrations.AddField("countryreview", "signed_edition", models.BigIntegerField(null=True)),
        migrations.RunSQL(PUBLIC_FROM, migrations.RunSQL.noop),
        migrations.RunPython(editions, migrations.RunPython.noop),
        # What waits for the end of the transaction would keep the tables from being changed further.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddConstraint(
            "countryreview",
            models.CheckConstraint(
                condition=Q(signed=None, signed_edition=None) | Q(signed__isnull=False, signed_edition__isnull=False),
                name="signed_edition",
            ),
        ),
    ]
