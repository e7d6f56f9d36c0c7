import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("readiness", "0002_plan_files_and_feeds"),
    ]

    operations = [
        migrations.CreateModel(
            name="AnswerLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("sent_to", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=200)),
                ("expires_at", models.DateTimeField()),
                ("last_used_at", models.DateTimeField(null=True)),
                ("revoked_at", models.DateTimeField(null=True)),
                ("revoked_by", models.CharField(blank=True, max_length=200)),
                (
                    "body",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answer_links", to="readiness.body"
                    ),
                ),
            ],
            options={"ordering": ["-made_at", "-pk"]},
        ),
        migrations.RemoveConstraint(model_name="reminder", name="readiness_reminder_is_one"),
        migrations.AddField(
            model_name="reminder", name="body", field=models.SlugField(blank=True, default="", max_length=60)
        ),
        migrations.AlterField(model_name="reminder", name="body", field=models.SlugField(blank=True, max_length=60)),
        migrations.AddField(model_name="reminder", name="is_over", field=models.BooleanField(default=False)),
        migrations.AddConstraint(
            model_name="reminder",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_over", False)),
                fields=("obligation", "body", "rung", "due_on", "sent_to"),
                name="readiness_reminder_is_one",
            ),
        ),
    ]
