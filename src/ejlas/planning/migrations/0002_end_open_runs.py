"""Runs that nobody works on any more end, so that an edition can have one at a time."""

from django.db import migrations


def end_open_runs(apps, schema_editor):
    apps.get_model("planning", "Run").objects.filter(state__in=["queued", "running"]).update(state="failed")


class Migration(migrations.Migration):
    dependencies = [
        ("planning", "0001_runs"),
    ]

    operations = [
        migrations.RunPython(end_open_runs, migrations.RunPython.noop, elidable=True),
    ]
