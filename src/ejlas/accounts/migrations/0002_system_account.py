"""Make the account in whose name the command line acts."""

from django.db import migrations


def make(apps, schema_editor):
    """Make the system account; nobody can sign in with it."""
    apps.get_model("accounts", "User").objects.get_or_create(
        is_system=True, defaults={"email": "system@localhost", "name": "system", "password": "!", "is_active": False}
    )


def unmake(apps, schema_editor):
    """Remove the system account."""
    apps.get_model("accounts", "User").objects.filter(is_system=True).delete()


class Migration(migrations.Migration):
    """Data only."""

    dependencies = [("accounts", "0001_user")]
    operations = [migrations.RunPython(make, unmake)]
