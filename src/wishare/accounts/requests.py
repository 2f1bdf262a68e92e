"""Types of requests as the middleware leaves them."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from wishare.accounts.models import User


class Request(HttpRequest):
    """By anybody."""

    user: User | AnonymousUser


class SignedInRequest(HttpRequest):
    """On a route whose row in `access/routes.py` needs an account."""

    user: User
