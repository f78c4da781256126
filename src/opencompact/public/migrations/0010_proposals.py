# ruff: noqa: RUF012
"""Corrections of published actions that their authors propose."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("public", "0009_publications")]
    operations = [
        migrations.CreateModel(
            "Proposal",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("base", models.IntegerField()),
                ("document", models.JSONField()),
                ("reason", models.CharField(max_length=300)),
                ("asked", models.DateTimeField()),
                ("state", models.CharField(default="open", max_length=10)),
                ("answer", models.CharField(blank=True, max_length=2000)),
                ("decided", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(blank=True, max_length=254)),
                (
                    "by",
                    models.ForeignKey(
                        settings.AUTH_USER_MODEL, django.db.models.deletion.CASCADE, related_name="proposals"
                    ),
                ),
                (
                    "record",
                    models.ForeignKey("public.record", django.db.models.deletion.CASCADE, related_name="proposals"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(condition=Q(state="open"), fields=["record", "by"], name="one_proposal"),
                    models.CheckConstraint(
                        condition=Q(state="open", decided=None)
                        | (Q(state__in=["taken", "refused"]) & Q(decided__isnull=False)),
                        name="proposal_decided",
                    ),
                ]
            },
        ),
    ]
