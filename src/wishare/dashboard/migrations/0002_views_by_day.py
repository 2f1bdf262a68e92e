from django.db import migrations, models

from wishare.core.indexes import AddIndexOnline


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("dashboard", "0001_initial")]

    operations = [
        AddIndexOnline("dashboardview", models.Index(fields=["day", "id"], name="index_dashboard_views_by_day")),
    ]
