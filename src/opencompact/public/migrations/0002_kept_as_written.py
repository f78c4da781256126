# ruff: noqa: RUF012
"""The record of deeds and the versions of actions are kept as they were written: PostgreSQL itself refuses to change them."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION opencompact_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'Rows of % are kept as they were written.', TG_TABLE_NAME; END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON public_auditevent FOR EACH ROW EXECUTE FUNCTION opencompact_kept();
CREATE TRIGGER kept BEFORE UPDATE ON public_version FOR EACH ROW EXECUTE FUNCTION opencompact_kept();
"""
BACKWARDS = """
DROP TRIGGER kept ON public_version;
DROP TRIGGER kept ON public_auditevent;
DROP FUNCTION opencompact_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("public", "0001_initial")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
