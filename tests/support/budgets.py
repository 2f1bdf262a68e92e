"""What a page may cost, held against every request that any test makes."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve

from tests.support.counting import counted

#: Queries with an empty cache, sign-in included, by route. What they are when the cache is warm has tests of its own.
COLD = {
    "dashboard": 8,
    "activity": 4,
    "live_ticket": 3,
    "wishlists": 5,
    "wishlist": 5,
    "list_comments": 4,
    "list_whispers": 4,
    "item_comments": 4,
    "item_whispers": 4,
    "comment": 4,
    "item_card": 3,
    "add": 2,
    "bookmarklet": 1,
    "discover": 5,
    "calendar": 5,
    "gifts": 5,
    "person": 7,
    "share": 6,
    "friends": 7,
    "notifications": 3,
    "api:wishlists": 5,  # of which one is for a session beside the token, and one a day notes the use
}
#: On any page the bell asks once more, for who has something unread.
BELL = " unread: "


def enforced(request: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """`Client.request`, failing the test when a page asks the database more often than it may."""

    def request_within_budget(self: Client, **environ: Any) -> HttpResponseBase:
        budget = COLD.get(_route(environ)) if environ.get("REQUEST_METHOD") == "GET" else None
        if budget is None:
            return request(self, **environ)
        with counted() as cost:
            response = request(self, **environ)
        # A message that is shown once is taken out of the session: that is the price of the message, not of the page.
        cost.queries = [query for query in cost.queries if 'UPDATE "accounts_session"' not in query]
        budget += any(BELL in query for query in cost.queries)
        if len(cost.queries) > budget:
            pytest.fail(f"{environ['PATH_INFO']} may ask {budget} times; {cost}", pytrace=False)
        return response

    return request_within_budget


def _route(environ: dict[str, Any]) -> str:
    try:
        return resolve(environ.get("PATH_INFO", "")).view_name
    except Resolver404:
        return ""
