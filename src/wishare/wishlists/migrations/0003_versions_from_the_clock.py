from typing import Any

from django.db import migrations

import wishare.core.versions


def begin_at_one(apps: Any, schema_editor: Any) -> None:
    """On the way back: numbers that fit into the smaller column."""
    apps.get_model("wishlists", "Item").objects.update(version=1, claims_version=1)
    apps.get_model("wishlists", "Wishlist").objects.update(version=1, claims_version=1)


class Migration(migrations.Migration):
    dependencies = [
        ("wishlists", "0002_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="item",
            name="claims_version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.AlterField(
            model_name="item",
            name="version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.AlterField(
            model_name="wishlist",
            name="claims_version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.AlterField(
            model_name="wishlist",
            name="version",
            field=wishare.core.versions.VersionField(db_default=wishare.core.versions.Now(), editable=False),
        ),
        migrations.RunPython(migrations.RunPython.noop, begin_at_one),
    ]
