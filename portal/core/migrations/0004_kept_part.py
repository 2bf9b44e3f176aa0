"""The parts of pages that are kept, in a table that costs no log: they can be made again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_pace")]
    operations = [
        migrations.CreateModel(
            name="KeptPart",
            fields=[
                (
                    "key",
                    models.CharField(
                        help_text="the name's SHA-256",
                        max_length=64,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "name",
                    models.JSONField(help_text="all that decides what it says, but for the database"),
                ),
                (
                    "position",
                    models.TextField(help_text="since which changes make it old: a pg_snapshot"),
                ),
                ("html", models.TextField()),
                ("made_at", models.DateTimeField()),
                (
                    "asked_at",
                    models.DateTimeField(
                        help_text="when a page last had to make it itself", null=True
                    ),
                ),
            ],
        ),
        migrations.RunSQL("alter table core_keptpart set unlogged", migrations.RunSQL.noop),
    ]
