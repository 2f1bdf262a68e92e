"""Numbers about the installation, for admins. No names: only how many."""

from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from wishare.accounts.models import User


def registrations(*, days: int) -> QuerySet[User, Any]:
    """How many registered on each of the last so many days, by role: one aggregate over one range of time.

    Days and roles without anybody are left out.
    """
    first = timezone.localdate() - timedelta(days=days - 1)
    since = timezone.make_aware(datetime.combine(first, time.min))
    on_day = User.objects.filter(created_at__gte=since).annotate(day=TruncDate("created_at"))
    return on_day.values("day", "role").annotate(number=Count("pk")).order_by("day", "role")
