"""Each side of a friendship was indexed twice: alone, and with the status. The second serves what the first did."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from wishare.core.indexes import DropForeignKeyIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("connections", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        DropForeignKeyIndex(
            "connection",
            name,
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name=related_name,
                to=settings.AUTH_USER_MODEL,
            ),
        )
        for name, related_name in (("user", "connections_asked"), ("partner", "connections_answered"))
    ]
