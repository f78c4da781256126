# ruff: noqa: RUF012
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("public", "0003_jobs")]
    operations = [
        migrations.RemoveIndex("record", "record_plan"),
        migrations.RenameField("record", "plan", "part_of"),
        migrations.AddIndex("record", models.Index(fields=["part_of"], name="record_part_of")),
        migrations.RunSQL(
            # Of long practices and plans only what is listed is to lie in the rows that lists go through.
            "ALTER TABLE public_record SET (toast_tuple_target = 128)",
            "ALTER TABLE public_record RESET (toast_tuple_target)",
        ),
    ]
