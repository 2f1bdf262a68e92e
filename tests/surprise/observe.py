"""Everything a person can observe of a route, made comparable; and the gifts that must not show in it."""

import json
import re
from base64 import urlsafe_b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Model, QuerySet
from django.http.response import HttpResponseBase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.access.recipes import RECIPES
from tests.support.cast import World, rolled_back, say
from wishare.access.routes import ROUTES
from wishare.accounts.models import User
from wishare.accounts.tokens import PREFIX
from wishare.comments import actions as comments
from wishare.comments.models import Comment
from wishare.connections.models import Connection, Invitation
from wishare.core.ids import ALPHABET, LENGTH
from wishare.wishlists.actions import claims
from wishare.wishlists.models import Claim, Item, Wishlist

#: One response: method and address, status, headers, cookies, body.
Seen = tuple[str, int, list[tuple[str, str]], list[tuple[str, str]], str]
Scenario = Callable[[World], World]
Plain = Callable[[str], str]

#: In the text of a query.
CLAIMS = re.compile(rf'"{Claim._meta.db_table}"')
#: Of more than the session, in which a message waits for the next page.
_WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) (?!"accounts_session")')
_CSRF = re.compile(r"\b[A-Za-z0-9]{64}\b")
_ID = re.compile(
    rf"(?<![A-Za-z0-9])[{ALPHABET}]{{{LENGTH}}}(?![A-Za-z0-9])|(?<![\w-])(?:{PREFIX})?[\w-]{{43}}(?![\w-])"
)
_CURSOR = re.compile(r"\b(WyI[\w-]+):[\w-]{43}\b")  # a list of texts, in base 64, and its signature
_COOKIE_ATTRIBUTES = ("path", "domain", "max-age", "httponly", "secure", "samesite")


def observe(
    route: str, world: World, viewer: str, args: list[str] | None = None, method: str | None = None
) -> list[Seen]:
    """What the viewer sees when they use a route with one or each of its methods; after a POST also the
    next page, and where it wrote anything their lists and news."""
    args = RECIPES[route].args(world) if args is None else args
    methods = [method] if method else ROUTES[route].methods
    return [seen for method in methods for seen in _session(route, method, args, world, viewer)]


def queries(route: str, method: str, world: World) -> list[str]:
    """What a request of the owner asks the database."""
    address = RECIPES[route].address(route, world)
    with rolled_back():
        client = world.client("owner")
        with CaptureQueriesContext(connection) as captured:
            response = client.generic(method, address) if method == "GET" else client.post(address, RECIPES[route].data)
            b"".join(response)
    return [query["sql"] for query in captured]


def _session(route: str, method: str, args: list[str], world: World, viewer: str) -> Iterator[Seen]:
    cache.clear()
    with rolled_back():
        plain = _normaliser(args)
        client = world.client(viewer)
        address = reverse(route, args=args)
        if method == "GET":
            yield _seen(client.get(address), f"GET {address}", plain)
            return
        came_from = {"referer": "http://testserver/friends"}
        with CaptureQueriesContext(connection) as captured:
            response = client.post(address, RECIPES[route].data, headers=came_from)
        yield _seen(response, f"POST {address}", plain)
        wrote = any(_WRITE.match(query["sql"]) for query in captured)
        for page in (reverse("dashboard"), *(_pages(world) if wrote else ())):
            yield _seen(client.get(page), f"GET {page}", plain)


def _pages(world: World) -> list[str]:
    """What a POST may have changed. Where it wrote nothing, they are what they are without it."""
    lists = (world.christmas, world.birthday, world.public)
    pages = [reverse(name, args=[row.public_id]) for name in ("wishlist", "list_comments") for row in lists]
    news = reverse("activity")
    return [*pages, reverse("wishlists"), news, f"{news}?of=me"]


def _seen(response: HttpResponseBase, request: str, plain: Plain) -> Seen:
    body = b"".join(response).decode()  # streams, too
    morsels = response.cookies.items()
    cookies = sorted((name, str([morsel[key] for key in _COOKIE_ATTRIBUTES])) for name, morsel in morsels)
    headers = [(name, plain(value)) for name, value in response.items()]
    return plain(request), response.status_code, headers, cookies, plain(body)


def _normaliser(args: list[str]) -> Plain:
    """Takes out of a text what the address asked for, CSRF tokens, and what the request itself has made."""
    known = _known_ids()
    secrets = [secret for arg in args for secret in (arg, PurePath(arg).name) if len(secret) >= LENGTH]

    def plain(text: str) -> str:
        for secret in secrets:
            text = text.replace(secret, "ASKED")
        text = _CSRF.sub("CSRF", text)
        text = _CURSOR.sub(lambda match: match[0] if _place(match[1])[-1] in known else "NEW", text)
        return _ID.sub(lambda match: match[0] if match[0] in known else "NEW", text)

    return plain


def _place(cursor: str) -> list[str]:
    """The values of a row from which on a page goes."""
    place: list[str] = json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return place


def _known_ids() -> set[str]:
    """The ids and tokens that were there before: everything else was made by the request itself."""
    ids = {row for model in (User, Connection, Invitation, Wishlist, Item, Claim, Comment) for row in _ids(model)}
    tokens = {*Wishlist.objects.values_list("share_token", flat=True)}
    return ids | {token for token in tokens if token} | set(Invitation.objects.values_list("token", flat=True))


def _ids(model: type[Model]) -> list[str]:
    return list(model._default_manager.values_list("public_id", flat=True))


# --- gifts ----------------------------------------------------------------------------------------------------------
def partly_taken(world: World) -> World:
    return replace(world, friend_claim=claims.claim_item(item=world.cups, giver=world.friend))


def taken_by_a_guest(world: World) -> World:
    made = claims.claim_item_as_guest(
        item=world.book, name="Uncle Otto", share_token=world.share_token, email=world.owner.email
    )
    return replace(world, guest_claim=made.claim, manage_token=made.manage_token)


def all_taken_and_bought(world: World) -> World:
    """By friends and guests, on every list; also what was received or removed after it was chosen."""
    world = taken_by_a_guest(partly_taken(world))
    gifts = [claims.claim_item(item=world.cups, giver=world.other_friend, quantity=2)]
    with _as_if_open(world.received), _as_if_open(world.removed):
        wishes = (world.scarf, world.candle, world.diary, world.plant, world.received, world.removed)
        gifts += [claims.claim_item(item=wish, giver=world.friend) for wish in wishes]
    for gift in gifts:
        claims.purchase_claim(claim=gift)
    return world


def undone(world: World) -> World:
    world = taken_by_a_guest(partly_taken(world))
    assert world.friend_claim
    assert world.guest_claim
    claims.purchase_claim(claim=world.friend_claim)
    claims.unpurchase_claim(claim=world.friend_claim)
    claims.undo_claim(claim=world.friend_claim)
    claims.undo_claim(claim=world.guest_claim)
    return world


def acknowledged(world: World) -> World:
    """The friend remembers another name of the wish, and has taken note of the present one."""
    world = partly_taken(world)
    assert world.friend_claim
    world.friend_claim.snapshot["name"] = "Old cups"
    world.friend_claim.save()
    world.friend_claim.sees_item = True  # type: ignore[attr-defined]  # as queries.claims_by says
    claims.acknowledge_changes(claim=world.friend_claim)
    return world


def whispered(world: World) -> World:
    """Givers talk among themselves: about lists and wishes, more than a page; they edit, delete and restore."""
    whisper = say(world.christmas, world.friend, "Who takes the cups?", item=world.cups, among_givers=True)
    comments.edit_comment(comment=whisper, text="Who takes the blue cups?")
    for number in range(20):
        say(world.christmas, world.other_friend, f"I do not {number}", among_givers=True)
    for wishlist in (world.birthday, world.public):
        comments.delete_comment(comment=say(wishlist, world.friend, "Hm", among_givers=True), by=world.friend)
    comments.restore_comment(comment=say(world.public, world.friend, "Oh", among_givers=True))
    return replace(world, whisper=whisper)


def everything(world: World) -> World:
    return whispered(all_taken_and_bought(world))


SCENARIOS: dict[str, Scenario] = {
    scenario.__name__: scenario
    for scenario in (partly_taken, taken_by_a_guest, all_taken_and_bought, undone, acknowledged, whispered)
}
#: A POST is tried in fewer worlds: it leads to a dozen pages, and each page is looked at in all worlds for itself.
AROUND_A_POST: dict[str, Scenario] = {scenario.__name__: scenario for scenario in (partly_taken, undone, everything)}
#: Enough for who is served without looking at who they are.
FOR_VISITORS = {name: SCENARIOS[name] for name in ("partly_taken", "all_taken_and_bought", "whispered")}


def scenarios(method: str, viewer: str) -> dict[str, Scenario]:
    """The gifts that must not show in a request."""
    if method == "POST":
        return AROUND_A_POST if viewer == "owner" else {"everything": everything}
    return SCENARIOS if viewer == "owner" else FOR_VISITORS


@contextmanager
def _as_if_open(item: Item) -> Iterator[None]:
    """The time before a wish was received or removed."""
    closed = Item.objects.filter(pk=item.pk).values("received_at", "deleted_at").get()
    versions = [(rows, column, rows.values_list(column, flat=True).get()) for rows, column in _versions(item)]
    Item.objects.filter(pk=item.pk).update(received_at=None, deleted_at=None)
    yield
    Item.objects.filter(pk=item.pk).update(**closed)
    for rows, column, version in versions:
        rows.update(**{column: version})


def _versions(item: Item) -> list[tuple[QuerySet[Any], str]]:
    """What the database moves with a wish, in that order."""
    return [
        (Item.objects.filter(pk=item.pk), "version"),
        (Wishlist.objects.filter(pk=item.wishlist_id), "version"),
        (User.objects.filter(wishlists=item.wishlist_id), "circle_version"),
    ]
