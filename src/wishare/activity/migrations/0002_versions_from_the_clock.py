from typing import Any

from django.db import migrations

import wishare.core.versions


def begin_at_one(apps: Any, schema_editor: Any) -> None:
    """On the way back: numbers that fit into the smaller column."""
    apps.get_model("activity", "Actor").objects.update(version=1)


class Migration(migrations.Migration):
    dependencies = [
        ("activity", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="actor",
            name="version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.RunPython(migrations.RunPython.noop, begin_at_one),
    ]
