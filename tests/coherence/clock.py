"""The time that the application goes by: it stands still while pages are compared, and writes move it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from unittest.mock import patch

from django.utils import timezone

#: From one write to the next.
A_MOMENT = timedelta(minutes=1)
#: No further than this from the beginning, or everybody's session would be over.
AT_MOST = timedelta(days=45)


class Clock:
    """Begins with the time of the machine."""

    def __init__(self) -> None:
        self.begin = self.moment = timezone.now()

    def now(self) -> datetime:
        return self.moment

    def go_on(self, by: timedelta = A_MOMENT) -> None:
        self.moment += by

    def go_to_midnight(self, apart: timedelta) -> None:
        """To so long before or after the end of this day."""
        tomorrow = timezone.localdate(self.moment) + timedelta(days=1)
        midnight = timezone.make_aware(datetime.combine(tomorrow, time.min))
        self.moment = max(self.moment, midnight + apart)

    def is_late(self) -> bool:
        return self.moment - self.begin > AT_MOST

    def reset(self) -> None:
        self.moment = self.begin

    @contextmanager
    def rules(self) -> Iterator[None]:
        """Whoever asks Django for the time, or for the date, is told this one."""
        with patch("django.utils.timezone.now", self.now):
            yield
