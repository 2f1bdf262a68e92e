"""`python -m wishare purge`: what was deleted a month ago goes for good, and so do sessions that have ended."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from tests.wishlists.making import a_wish
from wishare.accounts.models import Session
from wishare.wishlists.models import Item, Wishlist


def test_what_was_deleted_more_than_thirty_days_ago_goes(wishlist: Wishlist) -> None:
    ages = {"old": 31, "recent": 29}
    for name, days in ages.items():
        a_wish(wishlist, name)
        Item.objects.filter(name=name).update(deleted_at=timezone.now() - timedelta(days=days))
    call_command("purge")
    assert list(Item.objects.values_list("name", flat=True)) == ["recent"]


def test_sessions_that_have_ended_go(wishlist: Wishlist) -> None:
    for key, hours in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=timezone.now() + timedelta(hours=hours))
    call_command("purge")
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]
