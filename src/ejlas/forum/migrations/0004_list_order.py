"""Read the lists of an edition in their order from an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0003_revisions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["edition", "position"], name="forum_claim_order"),
        ),
        migrations.AddIndex(
            model_name="duty",
            index=models.Index(fields=["edition", "position"], name="forum_duty_order"),
        ),
        migrations.AddIndex(
            model_name="mandate",
            index=models.Index(fields=["edition", "position"], name="forum_mandate_order"),
        ),
        migrations.AddIndex(
            model_name="milestone",
            index=models.Index(fields=["edition", "position"], name="forum_milestone_order"),
        ),
        migrations.AddIndex(
            model_name="office",
            index=models.Index(fields=["edition", "position"], name="forum_office_order"),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["edition", "position"], name="forum_party_order"),
        ),
        migrations.AddIndex(
            model_name="source",
            index=models.Index(fields=["edition", "position"], name="forum_source_order"),
        ),
    ]
