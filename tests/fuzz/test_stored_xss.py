"""What somebody calls themselves, a list or a wish is text on every page and in every mail, whatever is in it."""

from html.parser import HTMLParser

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse

from tests.access.recipes import RECIPES
from tests.support.cast import World
from wishare.access.routes import ROUTES
from wishare.accounts.models import User
from wishare.comments.models import Comment
from wishare.wishlists.models import Claim, Item, Wishlist

pytestmark = pytest.mark.once  # what a page makes of a name

NAMES = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"><img src=x onerror=alert(1)>'",
    "template": "{{ 7|add:35 }}{% now 'Y' %}{{ request.user.password }}",
    "comment": "<!--<svg/onload=alert(1)>-->",
    "entity": "&lt;script&gt;&#x27;&amp;",
    "format": "%(name)s %s %% {0}",
    "backwards": "\u202egpj.exe\u202c",
}
READ = sorted(
    name
    for name, route in ROUTES.items()
    if "GET" in route.methods and not name.startswith(("account_", "media", "outbox"))
    if name != "notification"  # leads elsewhere, and moves the bell of all other pages
)
CAST = ("owner", "friend", "other_friend", "pending", "asked", "stranger", "visitor", "guest")


class Structure(HTMLParser):
    """The tags and attributes of a page: all that a name could add to it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(f"{tag} {' '.join(name for name, _value in attrs)}")

    def handle_comment(self, data: str) -> None:
        self.found.append("comment")


def call_everything(name: str) -> None:
    """As if forms let everything through: the pages must hold on their own."""
    User.objects.update(name=name, bio=name, city=name, instagram=name)
    Wishlist.objects.update(name=name, description=name)
    Item.objects.update(name=name, description=name)
    Comment.objects.update(text=name)
    for claim in Claim.objects.all():
        claim.guest_name = claim.guest_name and name
        claim.snapshot = {**claim.snapshot, "name": f"was {name}", "owner_name": name, "list_name": name}
        claim.save()


def structures(client: Client, world: World) -> dict[str, list[str]]:
    pages = {route: client.get(RECIPES[route].address(route, world)) for route in READ}
    html = {route: page for route, page in pages.items() if "html" in page.headers.get("Content-Type", "")}
    return {route: Structure(page.content.decode()).found for route, page in html.items()}


@pytest.mark.parametrize("who", CAST)
def test_a_name_adds_nothing_to_the_structure_of_any_page(who: str, world: World) -> None:
    client = world.client(who)
    call_everything("Plain words")
    plain = structures(client, world)
    for name in NAMES.values():
        call_everything(name)
        assert structures(client, world) == plain


@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_shown_as_it_is(kind: str, world: World) -> None:
    call_everything(NAMES[kind])
    page = world.client("friend").get(reverse("wishlist", args=[world.christmas.public_id]))
    texts = "".join(_texts(page.content.decode()))
    assert NAMES[kind] in texts


def _texts(page: str) -> list[str]:
    texts: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            texts.append(data)

    Reader().feed(page)
    return texts


@pytest.mark.parametrize("kind", NAMES)
def test_flash_messages_and_mails_hold_too(kind: str, world: World, mailoutbox: list[EmailMessage]) -> None:
    client = world.client("owner")
    client.post(reverse("item_delete", args=[world.book.public_id]))
    plain = Structure(client.get(reverse("wishlists")).content.decode()).found
    client.post(reverse("item_restore", args=[world.book.public_id]))
    client.get(reverse("wishlists"))
    call_everything(NAMES[kind])
    client.post(reverse("item_delete", args=[world.book.public_id]))
    page = client.get(reverse("wishlists")).content.decode()
    assert Structure(page).found == plain
    client.post(reverse("invitation_create"), {"email": "new@example.org"})
    [(html, _kind)] = mailoutbox[-1].alternatives  # type: ignore[attr-defined]
    tags = {entry.split()[0] for entry in Structure(str(html)).found}
    assert tags & {"script", "img", "svg", "comment"} == set()
