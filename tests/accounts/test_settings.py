"""The page about oneself."""

import io
from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.support.cast import client_of, person
from wishare.accounts.models import ProfileVisibility, User

pytestmark = pytest.mark.django_db
ADDRESS = {
    "street_address": "Rua das Flores",
    "street_number": "12",
    "city": "Porto",
    "state": "Porto",
    "postal_code": "4050-262",
    "country": "Portugal",
}
PROFILE = {
    "name": "Kim",
    "bio_visibility": "2",
    "website_visibility": "2",
    "socials_visibility": "2",
    "address_visibility": "0",
    "locale": "",
    "theme": "system",
}


@pytest.fixture
def kim() -> User:
    return person("Kim")


@pytest.fixture
def browser(kim: User) -> Client:
    return client_of(kim)


def save(browser: Client, **changes: object) -> int:
    return browser.post(reverse("account_settings"), {**PROFILE, **changes}).status_code


def test_the_profile_is_saved(browser: Client, kim: User) -> None:
    assert save(browser, name="Kim K.", bio="Tea.", date_of_birth="1990-05-17", bio_visibility="0") == 302
    kim.refresh_from_db()
    assert (kim.name, kim.bio, str(kim.date_of_birth)) == ("Kim K.", "Tea.", "1990-05-17")
    assert kim.bio_visibility == ProfileVisibility.PRIVATE


def test_a_whole_address_is_taken_without_an_apartment(browser: Client, kim: User) -> None:
    assert save(browser, **ADDRESS) == 302
    kim.refresh_from_db()
    assert {field: getattr(kim, field) for field in ADDRESS} == ADDRESS


@pytest.mark.parametrize("missing", ADDRESS)
def test_half_an_address_is_refused_at_the_missing_part(browser: Client, kim: User, missing: str) -> None:
    response = browser.post(reverse("account_settings"), {**PROFILE, **ADDRESS, missing: " "})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [missing]
    kim.refresh_from_db()
    assert kim.country == ""


def test_an_apartment_alone_is_no_address(browser: Client) -> None:
    assert save(browser, apartment_unit="3b") == 422


@pytest.mark.parametrize("typed", ["@kim.k", "kim.k", "https://instagram.com/kim.k/?hl=en"])
def test_social_names_are_kept_bare(browser: Client, kim: User, typed: str) -> None:
    save(browser, instagram=typed)
    kim.refresh_from_db()
    assert kim.instagram == "kim.k"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "K" * 101),
        ("bio", "B" * 501),
        ("bio", "a\x00b"),
        ("website", "javascript:alert(1)"),
        ("date_of_birth", "2999-01-01"),
        ("date_of_birth", "1600-01-01"),
        ("date_of_birth", "2001-02-31"),
        ("instagram", "<script>"),
        ("address_visibility", "7"),
        ("locale", "xx"),
        ("theme", "pink"),
        ("country", "C" * 101),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(browser: Client, kim: User, field: str, value: str) -> None:
    changes = {**ADDRESS, field: value} if field in ADDRESS else {field: value}
    response = browser.post(reverse("account_settings"), {**PROFILE, "name": "Other", **changes})
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert b'role="alert"' in response.content
    kim.refresh_from_db()
    assert kim.name == "Kim"


def test_a_refused_name_does_not_show_in_the_shell(browser: Client) -> None:
    response = browser.post(reverse("account_settings"), {**PROFILE, "name": "Impostor", "theme": "pink"})
    assert response.context["user"].name == "Kim"


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (40, 30), "pink").save(content, "PNG")
    return SimpleUploadedFile("me.png", content.getvalue(), "image/png")


@pytest.mark.django_db(transaction=True)
def test_a_photo_is_shown_replaced_and_removed(browser: Client, kim: User) -> None:
    save(browser, avatar=picture())
    kim.refresh_from_db()
    first = kim.avatar.url
    with closing(browser.get(first)) as response:
        assert response.headers["Content-Type"] == "image/webp"
    save(browser, avatar=picture())
    kim.refresh_from_db()
    assert browser.get(first).status_code == 404
    second = kim.avatar.url
    save(browser, **{"avatar-clear": "on"})
    kim.refresh_from_db()
    assert not kim.avatar
    assert browser.get(second).status_code == 404


def test_the_language_changes_at_once_and_stays(browser: Client, kim: User) -> None:
    save(browser, locale="pt-BR")
    assert browser.get(reverse("account_settings")).headers["Content-Language"] == "pt-br"
    save(browser, locale="")
    page = browser.get(reverse("account_settings"), headers={"Accept-Language": "en"})
    assert page.headers["Content-Language"] == "en"


def test_colours_follow_the_account(browser: Client, kim: User) -> None:
    save(browser, theme="dark")
    assert b'data-theme="dark"' in browser.get(reverse("account_settings")).content
