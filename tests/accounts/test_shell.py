"""What stands around every page, most of which is drawn once a process, and still is each reader's own."""

import re
from datetime import date
from itertools import product

import pytest
from django.template import Context, Engine, RequestContext
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import mark_safe

from tests.support.cast import client_of, person
from wishare.accounts.models import Role, Theme, User

pytestmark = pytest.mark.django_db


def shell(client: Client, address: str) -> str:
    return re.sub(r'(?<=value=")\w{64}|(?<=Token": ")\w{64}', "", client.get(address).content.decode())


def test_one_process_draws_each_reader_their_own() -> None:
    dark = client_of(person("Dora", theme=Theme.DARK))
    admin = client_of(person("Adam", role=Role.ADMIN, locale="pt-BR"))
    admin.cookies["django_language"] = "pt-br"
    visitor, address = Client(), reverse("privacy")
    once = [shell(client, address) for client in (dark, admin, visitor)]
    assert ['data-theme="dark"' in page for page in once] == [True, False, False]
    assert [reverse("staff_growth") in page for page in once] == [False, True, False]
    assert [reverse("account_logout") in page for page in once] == [True, True, False]
    assert [re.findall(r'<html lang="([\w-]+)"', page) for page in once] == [["en"], ["pt-br"], ["en"]]
    assert [shell(client, address) for client in (dark, admin, visitor)] == once


@pytest.mark.parametrize("theme", Theme.values)
def test_the_chosen_colours_are_pressed(theme: str) -> None:
    page = shell(client_of(person("Kim", theme=theme)), reverse("privacy"))
    buttons = re.findall(r'name="theme" value="(\w+)".*?aria-pressed="(\w+)"', page, re.DOTALL)
    assert buttons == [(value, str(value == theme).lower()) for value in Theme.values]


@pytest.mark.parametrize(
    ("route", "tab"),
    [
        ("dashboard", "dashboard"),
        ("wishlist_create", "wishlists"),
        ("calendar", "wishlists"),
        ("friends", "friends"),
        ("account_settings", "account_settings"),
        ("privacy", None),
    ],
)
def test_the_tab_of_the_page_is_marked(route: str, tab: str | None) -> None:
    page = shell(client_of(person("Kim")), reverse(route))
    assert re.findall(r'href="([^"]+)" aria-current="true"', page) == ([reverse(tab)] if tab else [])


@pytest.mark.parametrize("language", ["en", "pt-br"])
def test_languages_are_named_in_themselves(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = shell(client, reverse("privacy"))
    buttons = re.findall(r'aria-pressed="(\w+)"\s+title="([^"]+)" aria-label="\w\w, ', page)
    assert buttons == [
        (str(code == language).lower(), name) for code, name in (("en", "English"), ("pt-br", "Português (Brasil)"))
    ]


def test_the_page_to_come_back_to_is_this_one(client: Client) -> None:
    for query in ("?a=1", "?a=2"):
        address = reverse("privacy") + query
        assert shell(client, address).count(f'name="next" value="{address}"') == 2


def drawn(source: str, *contexts: Context) -> list[str]:
    template = Engine.get_default().from_string(f"{{% constant {source}{{% endconstant %}}")
    return [template.render(context) for context in contexts]


def test_a_constant_part_knows_nothing_of_the_page() -> None:
    request = RequestFactory().get("/", {"secret": "1"})
    page = RequestContext(request, {"name": "Kim"})
    assert drawn("%}[{{ name }}{{ request.path }}{{ user }}{{ csrf_token }}]", page) == ["[]"]


def test_a_constant_part_is_drawn_anew_for_what_it_is_given() -> None:
    contexts = [Context({"n": n}) for n in (1, 2, 1, True, None)]
    assert drawn("n %}{{ n }}", *contexts) == ["1", "2", "1", "True", "None"]
    assert drawn("size=n|add:1 %}{{ size }}", *contexts[:2]) == ["2", "3"]


def test_a_constant_part_escapes_as_any_other() -> None:
    contexts = [Context({"text": text}) for text in (mark_safe("<b>"), "<b>", mark_safe("<b>"))]
    assert drawn("text %}{{ text }}", *contexts) == ["<b>", "&lt;b&gt;", "<b>"]


def test_words_and_days_that_are_remembered_are_those_of_the_language_and_the_row() -> None:
    template = Engine.get_default().from_string("{{ kim|label:'theme' }}, {{ day|date:'DATE_FORMAT' }}")
    seen = []
    for theme, day, language in product(
        (Theme.DARK, Theme.LIGHT), (date(2031, 5, 1), date(2031, 6, 1)), ("en", "pt-br")
    ):
        kim = User(theme=theme)
        with translation.override(language):
            seen.append(template.render(Context({"kim": kim, "day": day})))
            assert seen[-1] == f"{kim.get_theme_display()}, {date_format(day, 'DATE_FORMAT')}"
    assert len(set(seen)) == 8
