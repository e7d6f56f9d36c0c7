"""Keep of a mandate who decided, what kind of decision it is, who signed it, and its document."""

import django.db.models.deletion
from django.db import migrations, models

import ejlas.core.fields
import ejlas.core.text


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_stored_files"),
        ("forum", "0004_list_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="mandate",
            name="kind",
            field=models.CharField(
                choices=[
                    ("hosting", "HOSTING"),
                    ("government", "GOVERNMENT"),
                    ("agreement", "AGREEMENT"),
                    ("other", "OTHER"),
                ],
                default="hosting",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="mandate",
            name="decided_by",
            field=ejlas.core.fields.TranslatedField(blank=True, default=ejlas.core.text.Text),
        ),
        migrations.AddField(
            model_name="mandate",
            name="number",
            field=models.CharField(blank=True, default="", max_length=100),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="mandate",
            name="signatories",
            field=ejlas.core.fields.TranslatedField(blank=True, default=ejlas.core.text.Text),
        ),
        migrations.AddField(
            model_name="mandate",
            name="in_force_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="mandate",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="files.storedfile",
            ),
        ),
    ]
