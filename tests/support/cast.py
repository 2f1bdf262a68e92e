"""The people every story here is about, with their lists, wishes, gifts and links; written through the actions.

world = make_world()
world.client("friend").get(f"/wishlists/{world.christmas.public_id}")
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from wishare.access.choices import CommentAudience, Visibility
from wishare.accounts.models import AccessToken, Role, User
from wishare.accounts.tokens import PREFIX
from wishare.comments.actions import comment_on, delete_comment
from wishare.comments.models import Comment
from wishare.connections import actions as connections
from wishare.connections.models import Connection, Invitation
from wishare.core.ids import digest_of
from wishare.wishlists.actions import claims, items, lists
from wishare.wishlists.choices import EventType
from wishare.wishlists.models import Claim, Item, Wishlist

PASSWORD = "Plum-Cake-2041"
#: Whom the table in docs/privacy.md has a column for. Visitor and guest have no account.
CAST = ("owner", "friend", "pending", "stranger", "visitor", "guest", "admin")
SOON, PAST = timedelta(days=30), timedelta(days=40)


def person(name: str, **fields: object) -> User:
    """Somebody with a verified account."""
    email = f"{name.lower().replace(' ', '.')}@example.org"
    user = User.objects.create_user(email, PASSWORD, **{"name": name, **fields})
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def client_of(user: User | None) -> Client:
    """A browser in which somebody is signed in; for None a visitor's."""
    client = Client()
    if user:
        client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
    return client


def token_of(user: User) -> str:
    """An access token of theirs, always the same."""
    token = f"{PREFIX}{user.pk:043d}"
    AccessToken.objects.get_or_create(digest=digest_of(token), defaults={"owner": user, "name": "A program"})
    return token


def befriend(one: User, other: User) -> Connection:
    return connections.befriend(user=one, partner=other)


@dataclass
class World:
    """Clara is the owner. `friend` and `other_friend` are her friends, `pending` has asked her and she has asked
    `asked`; `stranger` and `admin` do not know her. The last fields are None without claims."""

    owner: User
    friend: User
    other_friend: User
    pending: User
    asked: User
    stranger: User
    admin: User
    # the owner's lists: for friends, with a share link / for friends, its surprise over / for nobody / for all
    christmas: Wishlist
    birthday: Wishlist
    private: Wishlist
    public: Wishlist
    deleted: Wishlist
    share_token: str
    # wishes on the Christmas list
    scarf: Item
    cups: Item  # three of them
    book: Item
    received: Item
    removed: Item
    candle: Item  # on birthday
    diary: Item  # on private
    plant: Item  # on public
    friendship: Connection
    request: Connection  # by pending
    own_request: Connection  # to asked
    link_invitation: Invitation
    mail_invitation: Invitation  # to nobody with an account
    comment: Comment  # by the friend on the Christmas list, with its owner
    deleted_comment: Comment  # by the friend, who has deleted it
    friend_claim: Claim | None = None
    other_claim: Claim | None = None
    guest_claim: Claim | None = None
    manage_token: str = ""
    whisper: Comment | None = None  # by the friend on the cups, among givers

    def user(self, name: str) -> User | None:
        """One of the cast by name; None for who has no account."""
        return None if name in {"visitor", "guest"} else getattr(self, name)

    def client(self, name: str) -> Client:
        """A browser of one of the cast. The guest has opened the share link and said that they come to give."""
        user = self.user(name)
        client = client_of(user)
        if user:  # what they allow to browsers is told by their session, to programs by this
            client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {token_of(user)}"
        if name == "guest":
            client.post(reverse("share_enter", args=[self.share_token]))
        return client


def make_world(*, claims: bool = True) -> World:
    """Everything anew; without claims nobody has chosen a gift from the owner yet."""
    people = _people()
    wishlists = _wishlists(people["owner"])
    wishes = _wishes(wishlists)
    world = World(
        **people,
        **wishlists,
        **wishes,
        **_connections(people),
        **_comments(people["friend"], wishes["cups"]),
        share_token=lists.share_wishlist(wishlist=wishlists["christmas"]),
        link_invitation=connections.invite(sender=people["owner"]),
        mail_invitation=connections.invite(sender=people["owner"], recipient_email="aunt.iris@example.org"),
    )
    world.christmas.refresh_from_db()
    if claims:
        add_claims(world)
    return world


def add_claims(world: World) -> None:
    """The friend takes one of three cups and a candle, the other friend buys the scarf, a guest takes two cups.

    The friend tells the other givers about the cups.
    """
    world.friend_claim = claims.claim_item(item=world.cups, giver=world.friend)
    claims.claim_item(item=world.candle, giver=world.friend)
    world.other_claim = claims.claim_item(item=world.scarf, giver=world.other_friend)
    claims.purchase_claim(claim=world.other_claim)
    made = claims.claim_item_as_guest(
        item=world.cups, name="Uncle Otto", quantity=2, share_token=world.share_token, email="otto@example.org"
    )
    world.guest_claim, world.manage_token = made.claim, made.manage_token
    world.whisper = say(world.christmas, world.friend, "I take one cup.", item=world.cups, among_givers=True)


def say(
    wishlist: Wishlist, author: User, text: str, *, item: Item | None = None, among_givers: bool = False
) -> Comment:
    """A comment with the owner, or among givers."""
    audience = CommentAudience.GIVERS if among_givers else CommentAudience.EVERYONE
    return comment_on(wishlist=wishlist, item=item, author=author, text=text, audience=audience)


def _comments(friend: User, cups: Item) -> dict[str, Comment]:
    wishlist = cups.wishlist
    made = {
        "comment": say(wishlist, friend, "Which size do you take?"),
        "deleted_comment": say(wishlist, friend, "Oh, wrong list.", item=cups),
    }
    delete_comment(comment=made["deleted_comment"], by=friend)
    return made


def _people() -> dict[str, User]:
    return {
        "owner": person("Clara Owner", bio="I like plums.", city="Porto", instagram="clara.plums"),
        "friend": person("Felix Friend"),
        "other_friend": person("Olga Other"),
        "pending": person("Petra Pending"),
        "asked": person("Anton Asked"),
        "stranger": person("Stefan Stranger"),
        "admin": person("Ada Admin", role=Role.ADMIN),
    }


def _connections(people: dict[str, User]) -> dict[str, Connection]:
    owner = people["owner"]
    befriend(people["other_friend"], owner)
    return {
        "friendship": befriend(owner, people["friend"]),
        "request": connections.ask_to_connect(user=people["pending"], partner=owner),
        "own_request": connections.ask_to_connect(user=owner, partner=people["asked"]),
    }


def _wishlists(owner: User) -> dict[str, Wishlist]:
    make = partial(lists.create_wishlist, owner=owner)
    made = {
        "christmas": make(name="Christmas", event_type=EventType.CHRISTMAS, event_date=localdate() + SOON),
        "birthday": make(name="Birthday", event_type=EventType.BIRTHDAY, event_date=localdate() - PAST),
        "private": make(name="Secret", visibility=Visibility.PRIVATE_LIST),
        "public": make(name="Open house", visibility=Visibility.PUBLICLY_VISIBLE),
        "deleted": make(name="Old plans"),
    }
    reveal(made["birthday"], localdate() - PAST + timedelta(days=1))
    lists.delete_wishlist(wishlist=made["deleted"])
    return made


def reveal(wishlist: Wishlist, day: date) -> None:
    """Lets the reveal date be `day`, as if time had passed: no action moves it into the past."""
    Wishlist.objects.filter(pk=wishlist.pk).update(reveal_on=day)
    wishlist.refresh_from_db()


def _wishes(wishlists: dict[str, Wishlist]) -> dict[str, Item]:
    christmas = wishlists["christmas"]
    made = {
        "scarf": items.add_item(wishlist=christmas, name="Scarf"),
        "cups": items.add_item(wishlist=christmas, name="Cups", quantity=3, description="The blue ones"),
        "book": items.add_item(wishlist=christmas, name="Book", url="https://shop.example.org/7", price=19),
        "received": items.add_item(wishlist=christmas, name="Teapot"),
        "removed": items.add_item(wishlist=christmas, name="Toaster"),
        "candle": items.add_item(wishlist=wishlists["birthday"], name="Candle"),
        "diary": items.add_item(wishlist=wishlists["private"], name="Diary"),
        "plant": items.add_item(wishlist=wishlists["public"], name="Plant"),
    }
    items.receive_item(item=made["received"])
    items.delete_item(item=made["removed"])
    return made


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever is written inside is gone afterwards: many tests share one world."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
