"""The page of switches: what an admin sees and turns there."""

import re

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from waffle.models import Flag

from tests.support.cast import client_of, person
from wishare.accounts.models import Role, User
from wishare.core import flags

pytestmark = pytest.mark.django_db
PAGE = "/staff/flags"


@pytest.fixture
def admin() -> Client:
    return client_of(person("Ada Admin", role=Role.ADMIN))


def section(response: HttpResponse, name: str) -> str:
    """The part of the page about one switch."""
    found = re.search(rf'<section [^>]*aria-labelledby="{name}">.*?</section>', response.content.decode(), re.DOTALL)
    assert found
    return found[0]


def turn(client: Client, share: object, switch: str = "fragment_caching") -> HttpResponse:
    return client.post(PAGE, {"switch": switch, "share": str(share)})  # type: ignore[return-value]


def undo_of(response: HttpResponse) -> str:
    """Where the message of a redirect has its Undo; empty without one."""
    [message] = get_messages(response.wsgi_request)  # type: ignore[attr-defined]
    return (message.extra_tags or "").removeprefix("undo:")


def test_the_page_shows_how_each_switch_stands(admin: Client) -> None:
    page = admin.get(PAGE)
    assert '<span class="badge badge--plain">Off</span>' in section(page, "previous_query_pattern")
    assert 'value="100" aria-pressed="true"' in section(page, "fragment_caching")
    flags.set_share("fragment_caching", 30)
    part = section(admin.get(PAGE), "fragment_caching")
    assert "On for 30%" in part
    assert 'aria-pressed="true"' not in part
    assert 'value="30"' in part


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, "“Fragment caching” is off."), (100, "is on for everyone."), (25, "is on for 25% of the people.")],
)
def test_a_switch_is_turned_and_the_next_page_says_so(admin: Client, share: int, said: str) -> None:
    response = turn(admin, share)
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert flags.share_of("fragment_caching") == share
    assert said in admin.get(PAGE).content.decode()


def test_undo_brings_back_what_was(admin: Client) -> None:
    turn(admin, 40)
    admin.get(PAGE)
    undo = undo_of(turn(admin, 0))
    admin.get(PAGE)
    assert admin.post(undo).status_code == 302
    assert flags.share_of("fragment_caching") == 40


def test_nothing_changed_is_nothing_to_undo(admin: Client) -> None:
    assert undo_of(turn(admin, 100)) == ""


@pytest.mark.parametrize("share", ["", "half", "-1", "101", "12.5", "9" * 400, "\x00"])
def test_a_wrong_share_is_said_next_to_it_with_the_input_kept(admin: Client, share: str) -> None:
    response = turn(admin, share)
    assert response.status_code == 422
    wrong, other = section(response, "fragment_caching"), section(response, "previous_query_pattern")
    assert 'aria-invalid="true" aria-describedby="fragment_caching-error"' in wrong
    assert "errorlist" in wrong
    assert "errorlist" not in other
    if share.isalnum() and len(share) < 10:
        assert f'value="{share}"' in wrong
    assert not Flag.objects.exists()


@pytest.mark.parametrize("data", [{}, {"switch": "spy", "share": "50"}, {"share": "50"}, {"switch": flags.GENERATION}])
def test_a_switch_that_is_none_is_said_on_top(admin: Client, data: dict[str, str]) -> None:
    response = admin.post(PAGE, data)
    assert response.status_code == 422
    assert "There is no such switch." in response.content.decode()
    assert not Flag.objects.exists()


@pytest.mark.parametrize("address", ["spy/50", "fragment_caching/101", f"fragment_caching/{'9' * 40}"])
def test_an_undo_that_was_made_up_is_refused(admin: Client, address: str) -> None:
    response = admin.post(f"{PAGE}/{address}", headers={"referer": f"http://testserver{PAGE}"})
    assert (response.status_code, response["Location"]) == (302, f"http://testserver{PAGE}")
    assert [message.level_tag for message in get_messages(response.wsgi_request)] == ["error"]
    assert not Flag.objects.exists()


def test_clearing_asks_first_and_says_when_it_was_done(admin: Client) -> None:
    before = admin.get(PAGE).content.decode()
    assert '<details class="confirm">' in before
    assert "Cleared" not in before
    assert admin.post("/staff/caches/clear")["Location"] == PAGE
    assert flags.cache_generation() > 0
    after = admin.get(PAGE).content.decode()
    assert "The caches are cleared" in after
    assert "Cleared <time" in after


def test_the_page_reads_what_another_process_wrote(admin: Client) -> None:
    admin.get(PAGE)
    Flag.objects.create(name="fragment_caching", everyone=False)
    assert 'value="0" aria-pressed="true"' in section(admin.get(PAGE), "fragment_caching")


@pytest.mark.parametrize("role", [Role.ADMIN, Role.SUPER_ADMIN])
def test_admins_find_the_page_in_the_footer_and_others_do_not(role: Role) -> None:
    assert PAGE in client_of(person("Ada Admin", role=role)).get("/wishlists").content.decode()
    assert PAGE not in client_of(person("Stefan Stranger")).get("/wishlists").content.decode()
    assert User.objects.count() == 2
