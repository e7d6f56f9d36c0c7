"""An index by where a role stands, for the list of people and roles."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_visits")]

    operations = [
        migrations.AddIndex(
            model_name="grant",
            index=models.Index(fields=["edition", "withdrawn_at", "ends_at"], name="accounts_grant_state"),
        ),
    ]
