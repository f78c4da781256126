# ruff: noqa: RUF012
import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("public", "0002_kept_as_written"),
    ]

    operations = [
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=12)),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=2), size=None),
                ),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("asked", models.DateTimeField()),
                ("asked_by", models.CharField(max_length=254)),
                ("began", models.DateTimeField(null=True)),
                ("ended", models.DateTimeField(null=True)),
                ("attempts", models.SmallIntegerField(default=0)),
                ("step", models.CharField(blank=True, max_length=80)),
                ("problem", models.CharField(blank=True, max_length=500)),
                ("remedy", models.CharField(blank=True, max_length=500)),
            ],
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(
                    ("stage", "published"), models.Q(("state__in", ["done", "evidenced", "stopped"]), _negated=True)
                ),
                fields=["due"],
                name="record_overdue",
            ),
        ),
        migrations.AddIndex(
            model_name="job",
            index=models.Index(fields=["area", "-id"], name="job_newest"),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ["waiting", "running"])), fields=("area",), name="one_open_job"
            ),
        ),
        migrations.AddConstraint(
            model_name="job",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended", None), ("state__in", ["waiting", "running"])),
                    models.Q(("ended__isnull", False), ("state__in", ["done", "failed"])),
                    _connector="OR",
                ),
                name="job_ended",
            ),
        ),
    ]
