"""Who of the cast is told what by each thing that can happen: the table of docs/privacy.md."""

from collections.abc import Callable
from dataclasses import fields

import pytest

from tests.notifications.telling import everybody
from tests.support.cast import World
from wishare.access.choices import CommentAudience, Visibility
from wishare.accounts.models import User
from wishare.comments.actions import comment_on, delete_comment
from wishare.comments.models import Comment
from wishare.connections import actions as connections
from wishare.connections.models import Connection, Invitation
from wishare.notifications.models import Notification
from wishare.wishlists.actions import claims, items, lists
from wishare.wishlists.models import Claim, Item

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared_world(shared_world: World) -> World:
    """Of which everybody has been told, and has forgotten it."""
    Notification.objects.all().delete()
    return shared_world


def people(world: World) -> list[User]:
    return [value for field in fields(world) if isinstance(value := getattr(world, field.name), User)]


def _buy(world: World) -> None:
    claims.purchase_claim(claim=Claim.objects.get(item=world.cups, giver=world.friend))


def _invite(world: World) -> Invitation:
    return connections.invite(sender=world.owner, recipient_email=world.stranger.email)


def _accept(world: World) -> None:
    connections.accept_invitation(invitation=_invite(world), user=world.stranger)


def _decline(world: World) -> None:
    connections.decline_invitation(invitation=_invite(world), user=world.stranger)


def _answer(accept: bool) -> Callable[[World], object]:
    return lambda world: connections.answer_request(connection=world.request, accept=accept)


def _show(world: World, visibility: Visibility) -> None:
    lists.edit_wishlist(wishlist=world.private, visibility=visibility)


def _end(world: World) -> None:
    connections.disconnect(connection=world.friendship, by=world.friend)


def _say(
    world: World,
    author: User,
    text: str = "Red?",
    *,
    item: Item | None = None,
    audience: CommentAudience = CommentAudience.EVERYONE,
) -> Comment:
    return comment_on(wishlist=world.christmas, author=author, text=text, audience=audience, item=item)


def both(line: str) -> dict[str, list[str]]:
    return {name: [line] for name in ("Felix", "Olga")}


NEW = "Clara Owner wishes for Kite, on"
SEE = "Clara Owner shares the list"
CASES: dict[str, tuple[Callable[[World], object], dict[str, list[str]]]] = {
    "a request is sent": (
        lambda world: connections.ask_to_connect(user=world.stranger, partner=world.owner),
        {"Clara": ["Stefan Stranger would like to be your friend."]},
    ),
    "a request is answered by asking": (
        lambda world: connections.ask_to_connect(user=world.owner, partner=world.pending),
        {"Petra": ["Clara Owner said yes: you are friends now."]},
    ),
    "a request is accepted": (_answer(True), {"Petra": ["Clara Owner said yes: you are friends now."]}),
    "a request is declined": (_answer(False), {}),
    "a request is withdrawn": (lambda world: connections.disconnect(connection=world.request, by=world.pending), {}),
    "a friendship ends": (_end, {"Clara": ["You and Felix Friend are no longer friends."]}),
    "an account is invited": (_invite, {"Stefan": ["Clara Owner invites you to share wishes."]}),
    "somebody without an account is invited": (
        lambda world: connections.invite(sender=world.owner, recipient_email="nobody@example.org"),
        {},
    ),
    "an invitation is accepted": (_accept, {"Clara": ["Stefan Stranger said yes: you are friends now."]}),
    "an invitation is declined": (_decline, {"Clara": ["stefan.stranger@example.org declined your invitation."]}),
    "an invitation by link is declined": (
        lambda world: connections.decline_invitation(invitation=world.link_invitation, user=world.stranger),
        {},
    ),
    "a list for friends is made": (
        lambda world: lists.create_wishlist(owner=world.owner, name="Easter"),
        both(f"{SEE} Easter with you."),
    ),
    "a private list is made": (
        lambda world: lists.create_wishlist(owner=world.owner, name="Easter", visibility=Visibility.PRIVATE_LIST),
        {},
    ),
    "a private list is shown to friends": (
        lambda world: _show(world, Visibility.PARTNER_ONLY),
        both(f"{SEE} Secret with you."),
    ),
    "a private list is shown to all": (
        lambda world: _show(world, Visibility.PUBLICLY_VISIBLE),
        both(f"{SEE} Secret with you."),
    ),
    "a private list gets a link": (lambda world: lists.share_wishlist(wishlist=world.private), {}),
    "a wish for friends": (
        lambda world: items.add_item(wishlist=world.christmas, name="Kite"),
        both(f"{NEW} Christmas."),
    ),
    "a wish for all": (
        lambda world: items.add_item(wishlist=world.public, name="Kite"),
        both(f"{NEW} Open house."),
    ),
    "a wish for nobody": (lambda world: items.add_item(wishlist=world.private, name="Kite"), {}),
    "a gift is bought": (
        _buy,
        {
            "Felix": ["You bought Cups for Clara Owner, from Christmas."],
            "Olga": ["Somebody bought Cups for Clara Owner, from Christmas."],
        },
    ),
    "a guest buys a gift": (
        lambda world: claims.purchase_claim(claim=Claim.objects.get(giver=None)),
        both("Somebody bought Cups for Clara Owner, from Christmas."),
    ),
    "a comment on a list": (
        lambda world: _say(world, world.friend),
        {"Clara": ["Felix Friend commented on Christmas."]},
    ),
    "an answer to a comment": (
        lambda world: (_say(world, world.friend), _say(world, world.owner, "Yes.")),
        {
            name: [f"{who} commented on Christmas."]
            for name, who in (("Clara", "Felix Friend"), ("Felix", "Clara Owner"))
        },
    ),
    "a comment on a wish": (
        lambda world: _say(world, world.friend, item=world.scarf),
        {"Clara": ["Felix Friend commented on Scarf, on Christmas."]},
    ),
    "words among givers": (
        lambda world: _say(world, world.friend, audience=CommentAudience.GIVERS),
        {"Olga": ["Felix Friend wrote to those who give from Christmas."]},
    ),
    "a gift is only reserved": (lambda world: claims.claim_item(item=world.book, giver=world.friend), {}),
}


@pytest.mark.parametrize("case", CASES)
def test_who_is_told(case: str, world: World) -> None:
    happens, expected = CASES[case]
    happens(world)
    assert everybody(*people(world)) == expected


@pytest.mark.parametrize("undo", [claims.unpurchase_claim, claims.undo_claim])
def test_a_gift_that_is_not_bought_after_all_is_told_to_nobody(world: World, undo: Callable[..., None]) -> None:
    _buy(world)
    assert len(everybody(*people(world))) == 2
    undo(claim=Claim.objects.get(item=world.cups, giver=world.friend))
    assert everybody(*people(world)) == {}


def test_a_comment_that_is_deleted_is_told_to_nobody(world: World) -> None:
    said = _say(world, world.friend)
    assert len(everybody(*people(world))) == 1
    delete_comment(comment=said, by=world.friend)
    assert everybody(*people(world)) == {}


def test_a_comment_on_a_wish_that_was_received_is_told_to_its_owner_alone(world: World) -> None:
    _say(world, world.friend, item=world.scarf)
    _say(world, world.other_friend, item=world.scarf)
    assert set(everybody(*people(world))) == {"Clara", "Felix"}
    items.receive_item(item=world.scarf)
    assert set(everybody(*people(world))) == {"Clara"}


@pytest.mark.parametrize("audience", CommentAudience)
def test_opening_one_leads_to_what_was_said(world: World, audience: CommentAudience) -> None:
    said = _say(world, world.friend, audience=audience)
    reader = "other_friend" if audience == CommentAudience.GIVERS else "owner"
    told = Notification.objects.get(recipient=getattr(world, reader))
    page = world.client(reader).get(f"/notifications/{told.public_id}", follow=True)
    assert page.redirect_chain[0][0].endswith(f"#comment-{said.public_id}")
    assert f'id="comment-{said.public_id}"' in page.content.decode()


#: What hides what has been told, and brings it back where anything does.
HIDES: dict[str, Callable[[World], object]] = {
    "the list is private": lambda world: lists.edit_wishlist(
        wishlist=world.christmas, visibility=Visibility.PRIVATE_LIST
    ),
    "the list is deleted": lambda world: lists.delete_wishlist(wishlist=world.christmas),
    "no friends any more": lambda world: Connection.objects.all().delete(),
    "the account is closed": lambda world: User.objects.filter(pk=world.owner.pk).update(is_active=False),
}


@pytest.mark.parametrize("hidden", [*HIDES, "the wish is removed", "the wish is received"])
def test_what_may_not_be_seen_is_not_told(world: World, hidden: str) -> None:
    wish = items.add_item(wishlist=world.christmas, name="Kite")
    assert set(everybody(*people(world))) == {"Felix", "Olga"}
    more: dict[str, Callable[[World], object]] = {
        "the wish is removed": lambda world: items.delete_item(item=wish),
        "the wish is received": lambda world: items.receive_item(item=wish),
    }
    (HIDES | more)[hidden](world)
    assert everybody(world.friend, world.other_friend) == {}
    page = world.client("friend").get("/notifications").content.decode()
    assert "Kite" not in page
    assert "bell__count" not in page


@pytest.mark.parametrize("hidden", list(HIDES)[:3])
def test_a_gift_on_a_list_that_may_not_be_seen_is_not_told(world: World, hidden: str) -> None:
    _buy(world)
    assert set(everybody(*people(world))) == {"Felix", "Olga"}
    HIDES[hidden](world)
    assert everybody(world.friend, world.other_friend) == {}


def test_who_owns_the_list_now_is_told_no_gifts_of_it(world: World) -> None:
    """However the list came to them."""
    _buy(world)
    assert len(everybody(*people(world))) == 2
    type(world.christmas).objects.filter(pk=world.christmas.pk).update(owner=world.other_friend)
    assert "Olga" not in everybody(world.other_friend)


def test_a_friendship_that_is_made_again_did_not_end(world: World) -> None:
    _end(world)
    connections.befriend(user=world.owner, partner=world.friend)
    assert everybody(world.owner) == {}


def test_an_unverified_address_is_not_invited_in_the_app(world: World) -> None:
    world.stranger.emailaddress_set.update(verified=False)  # type: ignore[attr-defined]
    _invite(world)
    assert everybody(world.stranger) == {}
