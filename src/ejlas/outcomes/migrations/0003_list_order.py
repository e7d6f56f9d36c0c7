"""Read the list of texts in its order from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0004_list_order"),
        ("outcomes", "0002_revisions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="outcometext",
            index=models.Index(fields=["edition", "position"], name="outcomes_outcometext_order"),
        ),
    ]
