from typing import Any

from django.db import migrations

import wishare.core.versions


def begin_at_one(apps: Any, schema_editor: Any) -> None:
    """On the way back: numbers that fit into the smaller column."""
    apps.get_model("accounts", "User").objects.update(version=1)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_registration_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="circle_version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.AlterField(
            model_name="user",
            name="version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.RunPython(migrations.RunPython.noop, begin_at_one),
    ]
