# ruff: noqa: RUF012
"""When and why a signed review was taken back; which version a proposed correction became."""

from django.db import migrations, models

# What the record of deeds knows of what happened before this was kept.
FORWARDS = """
UPDATE public_countryreview r SET taken_back = e.at
FROM (SELECT subject, max(at) AS at FROM public_auditevent WHERE verb = 'take-back' GROUP BY subject) e
WHERE e.subject = r.area AND r.signed IS NULL;
UPDATE public_proposal p SET version = (
  SELECT max(v.number) FROM public_version v
  WHERE v.record_id = p.record_id AND v.at <= p.decided AND v.by = p.decided_by
) WHERE p.state = 'taken';
"""


class Migration(migrations.Migration):
    dependencies = [("public", "0010_proposals")]
    operations = [
        migrations.AddField("CountryReview", "taken_back", models.DateTimeField(null=True)),
        migrations.AddField(
            "CountryReview", "because", models.CharField(max_length=2000, blank=True, db_default="", default="")
        ),
        migrations.AddField("Proposal", "version", models.IntegerField(null=True)),
        migrations.RunSQL(FORWARDS, migrations.RunSQL.noop),
    ]
