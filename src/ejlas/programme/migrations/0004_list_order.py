"""Read the lists of the programme in their order from an index, and count bilaterals by state."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forum", "0004_list_order"),
        ("programme", "0003_pins"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="bilateral",
            index=models.Index(fields=["edition", "position"], name="programme_bilateral_order"),
        ),
        migrations.AddIndex(
            model_name="bilateral",
            index=models.Index(fields=["edition", "state", "mandatory"], name="programme_bilateral_state"),
        ),
        migrations.AddIndex(
            model_name="interpreter",
            index=models.Index(fields=["edition", "position"], name="programme_interpreter_order"),
        ),
        migrations.AddIndex(
            model_name="room",
            index=models.Index(fields=["edition", "position"], name="programme_room_order"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["edition", "starts_at", "position"], name="programme_session_order"),
        ),
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["edition", "kind"], name="programme_session_kind"),
        ),
        migrations.AddIndex(
            model_name="speaker",
            index=models.Index(fields=["edition", "position"], name="programme_speaker_order"),
        ),
        migrations.AddIndex(
            model_name="venue",
            index=models.Index(fields=["edition", "position"], name="programme_venue_order"),
        ),
    ]
