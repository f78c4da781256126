# ruff: noqa: RUF012
"""New versions of published practices, which peers review; how a version came about."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("public", "0006_courses")]
    operations = [
        migrations.AddField(
            "record", "renews", models.ForeignKey("public.record", models.RESTRICT, null=True, related_name="renewals")
        ),
        migrations.AddConstraint(
            "record",
            models.UniqueConstraint(
                fields=["renews"], condition=Q(stage__in=["draft", "submitted"]), name="one_renewal"
            ),
        ),
        migrations.AddField(
            "version", "manner", models.CharField(max_length=12, blank=True, db_default="", default="")
        ),
    ]
