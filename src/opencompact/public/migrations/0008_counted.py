# ruff: noqa: RUF012
"""An index that holds everything that counts are made of."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("public", "0007_renewals")]
    operations = [
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["kind", "state"],
                name="record_counted",
                include=["due", "reported", "starts", "entered", "measured", "objectives", "stakeholder"],
                condition=Q(stage="published"),
            ),
        ),
    ]
