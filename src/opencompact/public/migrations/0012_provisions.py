# ruff: noqa: RUF012
"""What a paragraph of a loaded text does: its objectives, kinds, addressees and topics. A text is read anew to have them."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("public", "0011_taken_back")]
    operations = [
        migrations.AddField(
            "Paragraph",
            "objectives",
            django.contrib.postgres.fields.ArrayField(models.SmallIntegerField(), default=list, db_default=[]),
        ),
        migrations.AddField("Paragraph", "does", models.JSONField(default=dict, db_default={})),
    ]
