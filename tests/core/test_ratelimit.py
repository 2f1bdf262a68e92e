"""What may be done only so often: counted in memory, or in Redis, and open when Redis is gone."""

import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core.cache import cache, caches
from django.test import Client, override_settings
from django.urls import reverse

from tests.support.cast import client_of, person
from wishare.connections.models import Invitation
from wishare.connections.queries import invitations_by
from wishare.core.ratelimit import within

pytestmark = pytest.mark.django_db

TOO_MUCH = "That was a lot in a short time. Please wait a little and try again."


@pytest.fixture
def use_cache() -> Iterator[Any]:
    """Switches the cache for one test: `use_cache(url)`."""
    switched: list[override_settings] = []

    def use(url: str) -> None:
        override = override_settings(CACHES={**settings.CACHES, "default": {**settings.REDIS_CACHE, "LOCATION": url}})
        override.enable()
        switched.append(override)

    yield use
    for override in switched:
        caches["default"].close()
        override.disable()


def invite(client: Client, times: int) -> None:
    """Makes invitation links, and takes each back, so that only the rate limits them."""
    for _ in range(times):
        client.post(reverse("invitation_create"))
        Invitation.objects.all().delete()


def test_invitations_are_limited_to_thirty_an_hour_and_person() -> None:
    olga, ben = person("Olga"), person("Ben")
    client = client_of(olga)
    invite(client, 30)
    refused = client.post(reverse("invitation_create"))
    assert TOO_MUCH in refused.content.decode()
    assert invitations_by(olga).count() == 0
    client_of(ben).post(reverse("invitation_create"))
    assert invitations_by(ben).count() == 1


def test_the_export_is_limited() -> None:
    client = client_of(person("Olga"))
    answers = [client.post(reverse("account_export")) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [302]
    assert [str(message) for message in get_messages(answers[-1].wsgi_request)] == [TOO_MUCH]


@pytest.mark.redis
def test_the_limit_is_counted_in_redis(redis_url: str, use_cache: Any) -> None:
    use_cache(redis_url)
    client = client_of(person("Olga"))
    invite(client, 30)
    assert TOO_MUCH in client.post(reverse("invitation_create")).content.decode()
    from redis import Redis

    with Redis.from_url(redis_url) as redis:
        assert [key for key in redis.scan_iter() if b"invite" in key]


@pytest.mark.redis
def test_without_its_redis_everything_goes_on(use_cache: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    use_cache(f"redis://127.0.0.1:{port}/0")
    olga = person("Olga")
    client = client_of(olga)
    assert cache.get("anything") is None
    assert client.post(reverse("invitation_create")).status_code == 302
    assert client.get(reverse("friends")).status_code == 200
    assert invitations_by(olga).count() == 1


def test_a_minute_has_so_many_uses_and_the_next_as_many(monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in (1_000_000, 1_000_080):
        monkeypatch.setattr("time.time", lambda minute=minute: minute)
        assert [within("anything", 2) for _ in range(4)] == [True, True, False, False]
    assert within("another", 2)


@pytest.mark.redis
def test_redis_counts_them(use_cache: Any, redis_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use_cache(redis_url)
    monkeypatch.setattr("time.time", lambda: 1_000_000)
    assert [within("anything", 2) for _ in range(4)] == [True, True, False, False]


def test_a_redis_that_is_gone_counts_nothing(use_cache: Any) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        use_cache(f"redis://127.0.0.1:{nobody.getsockname()[1]}/0")
        assert all(within("anything", 1) for _ in range(3))


def test_a_count_that_is_pushed_out_in_between_counts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args: True)
    assert within("nothing", 0)
