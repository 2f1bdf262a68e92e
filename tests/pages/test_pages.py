"""The door, the small print, preferences, files."""

import json
from contextlib import closing

import pytest
from django.contrib.staticfiles import finders
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, person
from wishare.accounts.models import Theme

pytestmark = pytest.mark.django_db
NAME = "items/0123456789abcdef0123456789abcdef.webp"


def test_visitors_see_what_it_is(client: Client) -> None:
    page = client.get("/").content.decode()
    assert reverse("account_signup") in page
    assert "surprises kept" in page


def test_who_is_signed_in_goes_home() -> None:
    assert client_of(person("Kim")).get("/").headers["Location"] == reverse("dashboard")


def test_health_says_that_the_database_answers(client: Client) -> None:
    assert client.get("/healthz").json() == {"status": "ok", "database": "ok"}


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    response = client.get("/manifest.webmanifest")
    assert response.headers["Content-Type"] == "application/manifest+json"
    assert [icon["sizes"] for icon in json.loads(response.content)["icons"]] == ["192x192", "512x512"]
    for icon in response.json()["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/"))


def test_robots_may_only_read_the_door(client: Client) -> None:
    assert client.get("/robots.txt").content.decode().splitlines() == ["User-agent: *", "Allow: /$", "Disallow: /"]


def test_privacy_is_open_to_all(client: Client) -> None:
    assert client.get("/privacy").status_code == 200


@pytest.mark.parametrize("path", ["/", "/privacy", "/account/login", "/account/signup"])
def test_pages_hold_nothing_inline(client: Client, path: str) -> None:
    page = client.get(path).content.decode()
    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_a_visitor_chooses_a_language(client: Client) -> None:
    response = client.post("/preferences", {"language": "pt-br", "next": "/privacy"})
    assert response.headers["Location"] == "/privacy"
    assert client.get("/").headers["Content-Language"] == "pt-br"


def test_a_visitor_chooses_colours(client: Client) -> None:
    client.post("/preferences", {"theme": "dark"})
    assert b'data-theme="dark"' in client.get("/").content


def test_a_choice_is_kept_with_the_account() -> None:
    user = person("Kim")
    browser = client_of(user)
    browser.post("/preferences", {"theme": "light"})
    browser.post("/preferences", {"language": "pt-br"})
    user.refresh_from_db()
    assert (user.theme, user.locale) == (Theme.LIGHT, "pt-BR")


@pytest.mark.parametrize("typed", ["", "xx", "../..", "pt-br\x00", "é" * 300, "en-us"])
def test_unknown_choices_change_nothing(client: Client, typed: str) -> None:
    response = client.post("/preferences", {"language": typed, "theme": typed})
    assert response.status_code == 302
    assert not {"theme", "django_language"} & client.cookies.keys()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil"])
def test_nobody_is_sent_to_another_site(client: Client, elsewhere: str) -> None:
    response = client.post("/preferences", {"theme": "dark", "next": elsewhere})
    assert response.headers["Location"] == "/"


def test_a_picture_is_served_privately_and_for_long(client: Client) -> None:
    default_storage.save(NAME, ContentFile(b"RIFF"))
    with closing(client.get(f"/media/{NAME}")) as response:
        assert b"".join(response.streaming_content) == b"RIFF"  # type: ignore[attr-defined]
    assert response.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["items/none.webp", "items/../secret_key", "other/a.webp", "items/a.svg", "items/A.webp", "items/.webp", ""],
)
def test_nothing_else_is_served(client: Client, path: str) -> None:
    assert client.get(f"/media/{path}").status_code == 404


def test_a_missing_page_is_kind(client: Client) -> None:
    response = client.get("/no-such-page")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content


def test_a_stale_form_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/account/login", {})
    assert response.status_code == 403
    assert b"This page was open for a while" in response.content


@pytest.mark.parametrize("template", ["400", "403", "413", "429", "500"])
def test_error_pages_render_without_a_request(template: str) -> None:
    assert "<h1>" in render_to_string(f"{template}.html")


@pytest.mark.django_db
def test_a_strange_host_is_refused_politely(client: Client) -> None:
    refused = client.get("/", headers={"host": "evil.example"})
    assert refused.status_code == 400
    assert "evil.example" not in refused.content.decode()
