"""Make the end of the chain, and let the database refuse a change of any line."""

from django.db import migrations

POSTGRESQL = [
    """
    CREATE FUNCTION audit_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'a line of the audit trail is never changed or removed'; END $$
    """,
    "CREATE TRIGGER audit_line_is_kept BEFORE UPDATE OR DELETE ON audit_line "
    "FOR EACH ROW EXECUTE FUNCTION audit_line_is_kept()",
]
# SQLite empties tables for tests by DELETE, so there only changes are refused; a removed line shows in the proof.
SQLITE = [
    "CREATE TRIGGER audit_line_is_kept BEFORE UPDATE ON audit_line "
    "BEGIN SELECT RAISE(ABORT, 'a line of the audit trail is never changed'); END",
]


def make(apps, schema_editor):
    """Make the head row and the triggers."""
    apps.get_model("audit", "Head").objects.get_or_create(pk=1)
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    """Remove the triggers and the head row."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_line_is_kept ON audit_line")
        schema_editor.execute("DROP FUNCTION audit_line_is_kept()")
    else:
        schema_editor.execute("DROP TRIGGER audit_line_is_kept")
    apps.get_model("audit", "Head").objects.all().delete()


class Migration(migrations.Migration):
    """Data and triggers."""

    dependencies = [("audit", "0001_lines")]
    operations = [migrations.RunPython(make, unmake)]
