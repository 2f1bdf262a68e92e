"""When a mail is due: at eight in the morning of where the person lives, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wishare.accounts.zones import known_zones
from wishare.notifications.models import Frequency, Kind
from wishare.notifications.times import PATIENCE, due

LISBON = "Europe/Lisbon"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "now", "morning"),
    [
        ("UTC", "2027-01-15T07:59", "2027-01-15T08:00"),
        ("UTC", "2027-01-15T08:00", "2027-01-16T08:00"),
        ("America/Sao_Paulo", "2027-01-15T12:00", "2027-01-16T11:00"),
        ("Asia/Kathmandu", "2027-01-15T02:00", "2027-01-15T02:15"),
        ("Asia/Kathmandu", "2027-01-15T02:15", "2027-01-16T02:15"),
        ("Pacific/Kiritimati", "2027-01-15T17:00", "2027-01-15T18:00"),
        ("Pacific/Pago_Pago", "2027-01-15T18:00", "2027-01-15T19:00"),
        # Clocks go forward on 28 March 2027 and back on 31 October.
        (LISBON, "2027-03-27T08:00", "2027-03-28T07:00"),
        (LISBON, "2027-10-30T07:00", "2027-10-31T08:00"),
        # In a year when they went forward at midnight, the day had no midnight.
        ("America/Sao_Paulo", "2018-11-03T12:00", "2018-11-04T10:00"),
    ],
)
def test_the_next_morning(zone: str, now: str, morning: str) -> None:
    assert due(Kind.COMMENT, Frequency.DAILY, at(now), ZoneInfo(zone)) == at(morning)


@pytest.mark.parametrize(
    ("zone", "now", "monday"),
    [
        ("UTC", "2027-01-15T12:00", "2027-01-18T08:00"),
        ("UTC", "2027-01-18T07:00", "2027-01-18T08:00"),
        ("UTC", "2027-01-18T08:00", "2027-01-25T08:00"),
        ("Pacific/Kiritimati", "2027-01-17T17:00", "2027-01-17T18:00"),  # it is Monday there
        (LISBON, "2027-03-22T09:00", "2027-03-29T07:00"),
    ],
)
def test_the_next_monday_morning(zone: str, now: str, monday: str) -> None:
    assert due(Kind.COMMENT, Frequency.WEEKLY, at(now), ZoneInfo(zone)) == at(monday)


def test_at_once_waits_for_what_may_still_grow() -> None:
    now = at("2027-01-15T12:00")
    assert due(Kind.COMMENT, Frequency.NOW, now, ZoneInfo("UTC")) == now
    for kind, patience in PATIENCE.items():
        assert due(kind, Frequency.NOW, now, ZoneInfo("UTC")) == now + patience
    assert due(Kind.COMMENT, Frequency.NEVER, now, ZoneInfo("UTC")) is None


@given(
    zone=st.sampled_from(sorted(known_zones())),
    now=st.dates(date(2020, 1, 1), date(2040, 1, 1)).flatmap(
        lambda day: st.times().map(lambda time: datetime.combine(day, time, UTC))
    ),
    frequency=st.sampled_from([Frequency.DAILY, Frequency.WEEKLY]),
)
def test_it_is_always_eight_and_never_far(zone: str, now: datetime, frequency: Frequency) -> None:
    when = due(Kind.COMMENT, frequency, now, ZoneInfo(zone))
    assert when
    local = when.astimezone(ZoneInfo(zone))
    assert (local.hour, local.minute) == (8, 0)
    assert timedelta() < when - now <= timedelta(days=8 if frequency == Frequency.WEEKLY else 2)
    assert frequency == Frequency.DAILY or local.weekday() == 0
    assert when.astimezone(UTC).minute % 15 == 0
