"""Which language a page has; and that nobody can make the process learn new ones."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import trans_real


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("cookie", "language"), [("pt-br", "pt-br"), ("pt-x17", "pt-br"), ("de", "en"), ("xx", "en"), ("x" * 600, "en")]
)
def test_a_cookie_chooses_one_of_the_languages_there_are(cookie: str, language: str) -> None:
    known = set(vars(trans_real)["_translations"]) | {"en", "pt-br"}
    browser = Client(headers={"Accept-Language": "en"})
    browser.cookies["django_language"] = cookie
    page = browser.get(reverse("account_login")).content.decode()
    assert re.findall(r'<html lang="([^"]*)"', page) == [language]
    assert set(vars(trans_real)["_translations"]) <= known
