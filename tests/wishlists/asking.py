"""What somebody sends and what they read."""

import re
from html import unescape

from django.http import HttpResponse
from django.urls import reverse

from tests.support.cast import client_of
from wishare.accounts.models import User


def post(user: User, route: str, *args: str, **data: object) -> HttpResponse:
    return client_of(user).post(reverse(route, args=args), data)  # type: ignore[return-value]


def text(response: HttpResponse) -> str:
    return unescape(re.sub(r"\s+", " ", response.content.decode()))
