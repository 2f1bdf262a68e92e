"""What an owner is told, by page, bell and mail, is the same with and without gifts, and the jobs that they cause."""

import time

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.notifications.telling import told
from tests.support.cast import World, rolled_back
from tests.support.working import work_off
from tests.surprise.observe import CLAIMS, SCENARIOS
from wishare.core import flags
from wishare.core.pubsub import Poke, listening
from wishare.notifications.actions import choose_mail
from wishare.notifications.models import Frequency, Kind, Notification

PAGES = ("/notifications", "/notifications/bell", "/dashboard", "/account/notifications")


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both observations happen at the same time."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(time, "time", now.timestamp)


def everything(world: World) -> tuple[object, ...]:
    """Pages without the CSRF token, mails, rows and pokes."""
    work_off()
    client, pages = world.client("owner"), list[str]()
    for address in PAGES:
        cache.clear()
        flags.forget()
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address)
        assert not [query for query in queries if CLAIMS.search(query["sql"])]
        token = str(page.context["csrf_token"])
        pages.append(f"{len(queries)} {sorted(page.headers.items())} {page.content.decode().replace(token, '')}")
    mails = [(sent.subject, sent.body) for sent in mail.outbox if sent.to == [world.owner.email]]
    rows = list(Notification.objects.filter(recipient=world.owner).order_by("pk").values())
    return pages, mails, rows


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_gifts_tell_the_owner_nothing(scenario: str, world: World) -> None:
    for person in (world.owner, world.friend, world.other_friend):
        choose_mail(person=person, choices=dict.fromkeys(Kind.values, Frequency.NOW))
    without, heard = everything(world), list[Poke]()
    mail.outbox.clear()
    assert "Petra Pending would like to be your friend." in without[0][0].replace("<b>", "").replace("</b>", "")  # type: ignore[index]
    without = everything(world)
    with rolled_back(), listening(f"notifications_{world.owner.public_id}", heard.append):
        SCENARIOS[scenario](world)
        assert everything(world) == without
    assert heard == []


def test_there_is_something_to_tell(world: World) -> None:
    """Givers hear of the same gifts, so the comparison above would see it."""
    SCENARIOS["all_taken_and_bought"](world)
    assert any("bought" in line for line in told(world.friend))
    assert any("bought" in line for line in told(world.other_friend))
    assert not any("bought" in line for line in told(world.owner))
