# ruff: noqa: RUF012
"""What was public before a withdrawal stays to be seen once the action is public again."""

import django.db.models.deletion
from django.db import migrations, models

# What is withdrawn now; and, by the record of deeds, what was taken up again since: the version at the publication before, to
# the last one before the withdrawal.
FORWARDS = """
INSERT INTO public_publication (record_id, since, until, ended)
SELECT id, public_from, version, changed FROM public_record WHERE stage = 'withdrawn' AND public_from IS NOT NULL;
UPDATE public_record SET public_from = NULL WHERE stage = 'withdrawn';
INSERT INTO public_publication (record_id, since, until, ended)
SELECT r.id,
  coalesce((SELECT max(v.number) FROM public_version v WHERE v.record_id = r.id AND v.at <= p.at), 1),
  coalesce((SELECT max(v.number) FROM public_version v WHERE v.record_id = r.id AND v.at <= w.at), 1), w.at
FROM public_auditevent w JOIN public_record r ON r.identifier = w.subject
CROSS JOIN LATERAL (
  SELECT coalesce(max(e.at), '-infinity') AS at FROM public_auditevent e
  WHERE e.subject = w.subject AND e.verb = 'publish' AND e.at < w.at
) p
WHERE w.verb = 'withdraw' AND r.stage <> 'merged'
  AND EXISTS (SELECT 1 FROM public_auditevent t WHERE t.subject = w.subject AND t.verb = 'take-up' AND t.at > w.at);
CREATE TRIGGER kept BEFORE UPDATE ON public_publication FOR EACH ROW EXECUTE FUNCTION opencompact_kept();
"""
BACKWARDS = """
DROP TRIGGER kept ON public_publication;
UPDATE public_record r SET public_from = (SELECT max(since) FROM public_publication p WHERE p.record_id = r.id)
WHERE stage = 'withdrawn';
"""


class Migration(migrations.Migration):
    dependencies = [("public", "0008_counted")]
    operations = [
        migrations.CreateModel(
            "Publication",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.IntegerField()),
                ("until", models.IntegerField()),
                ("ended", models.DateTimeField()),
                (
                    "record",
                    models.ForeignKey("public.record", django.db.models.deletion.CASCADE, related_name="publications"),
                ),
            ],
        ),
        # An insert leaves checks for the end of the transaction, which a trigger cannot be made before.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
