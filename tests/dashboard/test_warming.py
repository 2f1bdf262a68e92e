"""Pages that are drawn before somebody looks: which, for whom, in which language, how often, and at what cost."""

import re
import threading
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests.dashboard.looking import DASHBOARD, LISTS, NEWS, OWN, forget_jobs, is_warm, jobs, look
from tests.support.cast import PASSWORD, client_of, person
from tests.support.working import work_off
from tests.wishlists.making import a_list, a_wish, claimed
from wishare.accounts.models import User
from wishare.activity.models import Actor
from wishare.activity.stats import stats_of
from wishare.dashboard import warming
from wishare.wishlists.actions import claims
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for more."""
    monkeypatch.setattr(warming, "SOON", timedelta())
    monkeypatch.setattr(warming, "PAUSE", timedelta())


WRITES = 100


# --- after what somebody did ------------------------------------------------------------------------------------------
def test_a_hundred_writes_of_a_person_enqueue_one(owner: User, wishlist: Wishlist) -> None:
    forget_jobs()
    for number in range(WRITES):
        a_wish(wishlist, name=f"Wish {number}")
    assert jobs() == [("refresh", [owner.pk, "en"])]


@pytest.mark.django_db(transaction=True)
def test_a_hundred_writes_in_each_of_eight_threads_enqueue_one() -> None:
    """What a person does is one after the other in the database, so none of them misses the job of another."""
    olga = person("Olga")
    lists = [a_list(olga, name=f"List {number}") for number in range(8)]
    forget_jobs()
    raised: list[BaseException] = []

    def write(wishlist: Wishlist) -> None:
        try:
            for number in range(WRITES):
                a_wish(wishlist, name=f"Wish {number}")
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(wishlist,)) for wishlist in lists]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert raised == []
    assert Item.objects.count() == 8 * WRITES
    assert jobs() == [("refresh", [olga.pk, "en"])]


def test_the_dashboard_and_the_numbers_are_there_before_one_looks(owner: User, wishlist: Wishlist) -> None:
    browser = client_of(owner)
    look(browser, DASHBOARD)
    a_wish(wishlist, name="Drum")
    work_off()
    cost = look(browser, DASHBOARD)
    assert cost <= (2, 1), cost
    assert "Drum" in browser.get(DASHBOARD).content.decode()
    version = Actor.objects.get(pk=owner.pk).version
    with CaptureQueriesContext(connection) as queries:
        assert stats_of(owner, version, timezone.localdate()).today.items_added == 1
    assert len(queries) == 0


def test_it_is_cold_without_the_job(owner: User, wishlist: Wishlist) -> None:
    browser = client_of(owner)
    look(browser, DASHBOARD)
    a_wish(wishlist, name="Drum")
    assert not is_warm(browser, DASHBOARD)


def test_in_the_language_in_which_it_was_done(owner: User, wishlist: Wishlist) -> None:
    forget_jobs()
    with translation.override("pt-br"):
        a_wish(wishlist)
    work_off()
    assert is_warm(client_of(owner), DASHBOARD, "pt-BR")
    assert not is_warm(client_of(owner), DASHBOARD, "en")


def test_who_buys_is_refreshed_and_not_who_gets_it(owner: User, friend: User, item: Item) -> None:
    forget_jobs()
    claim = claimed(item, friend)
    claims.purchase_claim(claim=claim)
    assert jobs() == [("refresh", [friend.pk, "en"])]
    forget_jobs()
    claims.unpurchase_claim(claim=claim)
    assert jobs() == [("refresh", [friend.pk, "en"])]


def test_a_write_that_is_rolled_back_refreshes_nothing(owner: User, wishlist: Wishlist) -> None:
    forget_jobs()
    with suppress(ZeroDivisionError), transaction.atomic():
        a_wish(wishlist)
        raise ZeroDivisionError
    assert jobs() == []


def test_who_is_gone_is_nobody(owner: User, wishlist: Wishlist) -> None:
    a_wish(wishlist)
    owner.delete()
    work_off()
    assert jobs() == []


# --- after a sign-in --------------------------------------------------------------------------------------------------
@pytest.fixture
def signed_in(owner: User, friend: User, item: Item) -> Client:
    """Fred's browser, with the jobs done that the sign-in has enqueued."""
    forget_jobs()
    cache.clear()
    browser = Client()
    sign_in(browser)
    browser.get(reverse("account_settings"))  # says that one is signed in, once
    return browser


def sign_in(browser: Client, language: str = "en") -> None:
    data = {"login": "fred@example.org", "password": PASSWORD}
    response = browser.post(reverse("account_login"), data, headers={"accept-language": language})
    assert response.status_code == 302


@pytest.mark.parametrize("address", [DASHBOARD, LISTS, NEWS, OWN])
def test_after_a_sign_in_all_pages_one_comes_home_to_are_warm(address: str, signed_in: Client) -> None:
    assert is_warm(signed_in, address)


@pytest.mark.parametrize("address", [DASHBOARD, LISTS, NEWS, OWN])
def test_what_a_job_draws_is_what_the_page_would_draw(address: str, signed_in: Client) -> None:
    def page() -> str:
        return re.sub(r"\b[A-Za-z0-9]{64}\b", "CSRF", signed_in.get(address).content.decode())

    warm = page()
    cache.clear()
    assert page() == warm


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [
        (("pt-BR", "", ""), "pt-br"),
        (("en", "", "pt-BR"), "pt-br"),
        (("en", "en", "pt-BR"), "en"),
        (("pt-BR", "en", ""), "en"),
        (("pt-BR", "tlh", ""), "pt-br"),
        (("pt-BR", "tlh", "en"), "pt-br"),
    ],
)
def test_in_the_language_of_the_pages_to_come(
    asked: tuple[str, str, str], spoken: str, friend: User, item: Item
) -> None:
    """Asked for by the browser, a cookie, and the account."""
    browser_says, cookie, account = asked
    User.objects.filter(pk=friend.pk).update(locale=account)
    browser = Client()
    if cookie:
        browser.cookies[django_settings.LANGUAGE_COOKIE_NAME] = cookie
    forget_jobs()
    sign_in(browser, browser_says)
    assert is_warm(browser, DASHBOARD, browser_says)
    page = browser.get(DASHBOARD, headers={"accept-language": browser_says}).content.decode()
    assert f'lang="{spoken}"' in page.lower()
