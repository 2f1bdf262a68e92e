from django.db import migrations
from django.db.models import Q

from wishare.core.indexes import AddIndexOnline, Index


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("activity", "0003_comments"),
    ]

    operations = [
        AddIndexOnline(
            "activity",
            Index(fields=["comment"], condition=Q(comment__isnull=False), name="index_activities_of_comment"),
        ),
        AddIndexOnline(
            "activity",
            Index(fields=["givers"], condition=Q(givers__isnull=False), name="index_activities_of_givers"),
        ),
    ]
