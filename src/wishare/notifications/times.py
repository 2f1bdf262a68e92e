"""When a mail is due, by the clock of who gets it."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wishare.notifications.models import Frequency, Kind

MORNING = time(8)
MONDAY = 0
#: How long new wishes on a list are one notification.
WINDOW = timedelta(hours=1)
#: What grows is not mailed at once: the first wish of several would be all that the mail knows.
PATIENCE = {Kind.NEW_ITEM_ADDED: timedelta(minutes=10), Kind.WISHLIST_SHARED: timedelta(minutes=10)}


def due(kind: str, frequency: int, now: datetime, zone: ZoneInfo) -> datetime | None:
    """When to mail what happens now: at once or soon, on the next morning, on the next Monday morning, or never."""
    if frequency == Frequency.NEVER:
        return None
    if frequency == Frequency.NOW:
        return now + PATIENCE.get(Kind(kind), timedelta())
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(9))
    return next(morning for morning in (_morning(day, zone) for day in days if _fits(day, frequency)) if morning > now)


def _fits(day: date, frequency: int) -> bool:
    return frequency == Frequency.DAILY or day.weekday() == MONDAY


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, MORNING, zone)
