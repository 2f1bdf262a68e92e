"""The admins' page of growth counts registrations per day and role: it reads a stretch of this index, and no row."""

from django.db import migrations

from wishare.core.indexes import AddIndexOnline, Index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("accounts", "0002_version")]

    operations = [
        AddIndexOnline("user", Index(fields=["created_at", "role"], name="index_users_registration_analytics")),
    ]
