"""Who came when: how often a person opened the dashboard on a day."""

from django.conf import settings
from django.db import models


class DashboardView(models.Model):
    """One row a person and day, written in batches by `recording.py`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = (models.UniqueConstraint("user", "day", name="dashboard_one_row_per_person_and_day"),)
        indexes = (models.Index(fields=["day", "id"], name="index_dashboard_views_by_day"),)
