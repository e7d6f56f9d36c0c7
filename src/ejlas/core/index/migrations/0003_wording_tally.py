"""Let the wordings of an edition be counted from an index alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("index", "0002_full_text"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="wording",
            index=models.Index(fields=["scope", "language", "kind", "state"], name="index_wording_tally"),
        ),
    ]
