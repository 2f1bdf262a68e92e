"""Every route × every member of the cast, held against the table of docs/privacy.md."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.messages import ERROR, get_messages
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client
from django.urls import reverse
from waffle.models import Flag

from tests.access.examples import ANY, EXAMPLES
from tests.access.recipes import RECIPES
from tests.support.cast import CAST, World
from tests.support.rows import Row, stored
from wishare.access.routes import ROUTES, Who
from wishare.accounts.models import AccessToken, User
from wishare.comments.models import Comment, Givers
from wishare.connections.models import Connection, Invitation
from wishare.core.ids import new_public_id, new_token
from wishare.core.jobs.models import Job
from wishare.notifications.models import MailChoice, Notification
from wishare.wishlists.models import Claim, Item, Wishlist

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"
COLUMNS = {"pending friend": "pending", "guest with link": "guest"}
SIGN_IN = f"{resolve_url('account_login')}?next="
ELSEWHERE = "203.0.113.7"
#: Their POST, if allowed, changes the session, a cookie or a mailbox, or may find nothing to do.
WRITES_NOTHING = frozenset({"preferences", "share_enter", "account_export", "claim_acknowledge", "guest_acknowledge"})
WRITES_NOTHING |= {"connection_request", "invitation_decline", "claim_unpurchase", "guest_unpurchase"}
WRITES_NOTHING |= {"notifications_read"}
#: Of an account, and of an access token.
SEEN_BY_BEING_USED = frozenset({"last_login", "last_used_on"})
#: Whoever opens it has read it.
READ_BY_OPENING = "notification"


def table() -> dict[tuple[str, str], dict[str, str]]:
    """(circle, example) → cast member → what the document says."""
    lines = DOCUMENT.read_text().splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    start = next(number for number, row in enumerate(rows) if row[0] == "circle")
    names = [COLUMNS.get(name, name) for name in rows[start][2:]]
    body = rows[start + 2 :]
    circles = body[: next(number for number, row in enumerate(body) if row[0] == "")]
    return {(row[0], row[1]): dict(zip(names, row[2:], strict=True)) for row in circles}


TABLE = table()


@dataclass(frozen=True)
class Case:
    """One cell of the table for one route."""

    route: str
    circle: tuple[str, str]
    name: str

    @property
    def expected(self) -> str:
        return TABLE[self.circle][self.name]

    @property
    def origin(self) -> dict[str, str]:
        origin = {"REMOTE_ADDR": ELSEWHERE if self.circle[1] == "from elsewhere" else "127.0.0.1"}
        return origin | ({"HTTP_AUTHORIZATION": ""} if self.circle[1] == "with a session instead" else {})


def _cases() -> Iterator[object]:
    """A refusal asks no database anything of its own: they are tried on one."""
    for circle in TABLE:
        only = EXAMPLES.get(circle, ANY)[1]
        routes = [name for name, route in ROUTES.items() if route.who.value == circle[0]]
        for route in sorted(only) or routes:
            for name in CAST:
                case = Case(route, circle, name)
                marks = () if case.expected == "yes" else pytest.mark.once
                yield pytest.param(case, id=f"{route}-{circle[1] or 'any'}-{name}", marks=marks)


@pytest.mark.parametrize("case", list(_cases()))
def test_a_route_answers_the_cast_as_the_document_says(case: Case, world: World) -> None:
    client = world.client(case.name)
    world = EXAMPLES.get(case.circle, ANY)[0](world)
    address = RECIPES[case.route].address(case.route, world)
    for method in ROUTES[case.route].methods:
        before = _rows()
        response = _ask(client, method, address, case)
        assert outcome(response) == case.expected, f"{method} {address}: {response.status_code}"
        if case.expected != "yes" or (method == "GET" and case.route != READ_BY_OPENING):
            assert _rows() == before, f"{method} by {case.name} wrote something"
        elif case.circle[0] != Who.ANYONE.value and case.route not in WRITES_NOTHING:
            assert method == "GET" or case.route.startswith("account_") or _rows() != before
        if case.expected == "no":
            _assert_same_as_unknown(client, method, response, case, world)


@pytest.mark.once
@pytest.mark.parametrize("route", list(ROUTES))
def test_a_wrong_method_is_refused_before_anything_else(route: str, world: World) -> None:
    address = RECIPES[route].address(route, world)
    for name in ("owner", "visitor"):
        client = world.client(name)
        for method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} - _allowed(route):
            before = _rows()
            response = client.generic(method, address)
            assert response.status_code == 405, f"{method} as {name}"
            assert response["Allow"] == ", ".join(ROUTES[route].methods)
            assert _rows() == before


def test_a_page_with_a_form_opens(world: World) -> None:
    owner, friend = world.client("owner"), world.client("friend")
    of_friend = {Who.GIVER, Who.COMMENT_AUTHOR}
    forms = [name for name, route in ROUTES.items() if route.methods == ("GET", "POST")]
    opened = {
        name: (friend if ROUTES[name].who in of_friend else owner).get(RECIPES[name].address(name, world)).status_code
        for name in forms
        if ROUTES[name].who not in {Who.ANYONE, Who.SHARE_HOLDER, Who.STAFF}
    }
    assert opened == dict.fromkeys(opened, 200)


def test_every_route_has_a_recipe_and_every_circle_its_rows_in_the_document() -> None:
    assert RECIPES.keys() == ROUTES.keys()
    documented = {circle for circle, _example in TABLE}
    assert documented == {who.value for who in Who}
    assert EXAMPLES.keys() <= TABLE.keys()
    assert {case.values[0].route for case in _cases()} == ROUTES.keys()  # type: ignore[attr-defined]


def test_every_cell_of_the_document_says_something_we_know() -> None:
    assert all(row.keys() == set(CAST) for row in TABLE.values())
    assert {cell for row in TABLE.values() for cell in row.values()} == {"yes", "no", "sign in", "refused"}


def outcome(response: HttpResponse) -> str:
    """A response in the words of the document."""
    if response.status_code == 404:
        return "no"
    to_sign_in = response.status_code == 302 and response["Location"].startswith(SIGN_IN)
    if to_sign_in or response.status_code == 401:
        return "sign in"
    request = response.wsgi_request  # type: ignore[attr-defined]
    if response.status_code == 302 and any(message.level == ERROR for message in get_messages(request)):
        return "refused"
    return "yes" if response.status_code < 400 else f"status {response.status_code}"


def _allowed(route: str) -> set[str]:
    methods = set(ROUTES[route].methods)
    return methods | {"HEAD"} if "GET" in methods else methods


def _ask(client: Client, method: str, address: str, case: Case) -> HttpResponse:
    data = RECIPES[case.route].data if method == "POST" else None
    request = client.post if method == "POST" else client.get
    came_from = {"referer": "http://testserver/somewhere"}
    response: HttpResponse = request(address, data, headers=came_from, **case.origin)  # type: ignore[assignment]
    b"".join(response)  # reads a file to its end, which closes it
    return response


def _rows() -> list[list[Row]]:
    """Everything stored about people, lists, gifts, switches and jobs; being used is not a change."""
    kept: tuple[type[Model], ...] = (User, Connection, Invitation, Wishlist, Item, Claim, Comment, Givers, Flag, Job)
    return stored((*kept, Notification, MailChoice, AccessToken), without=SEEN_BY_BEING_USED)


def _assert_same_as_unknown(client: Client, method: str, response: HttpResponse, case: Case, world: World) -> None:
    """The forbidden and the unknown cannot be told apart."""
    known = RECIPES[case.route].args(world)
    unknown = [new_public_id() if len(arg) == 16 else new_token() for arg in known if len(arg) in {16, 43}]
    if len(unknown) < len(known):
        return
    other = _ask(client, method, reverse(case.route, args=unknown), case)
    assert other.status_code == 404
    assert _plain(response, known) == _plain(other, unknown)


def _plain(response: HttpResponse, ids: list[str]) -> tuple[dict[str, str], str]:
    """Headers and body without the ids asked for and CSRF tokens."""
    body = re.sub(r"[A-Za-z0-9]{64}", "CSRF", response.content.decode())
    for id in ids:
        body = body.replace(id, "ID")
    headers = {name: value for name, value in response.items() if name != "Content-Length"}
    return headers, body
