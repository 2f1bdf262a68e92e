"""The examples of docs/privacy.md: how the world gets there, and which routes each is about."""

from collections.abc import Callable
from dataclasses import replace

from tests.support.cast import World, say
from wishare.access.choices import Visibility
from wishare.comments.actions import delete_comment
from wishare.connections import actions as connections
from wishare.connections.models import Invitation
from wishare.wishlists.actions import lists
from wishare.wishlists.models import Claim

Example = tuple[Callable[[World], World], frozenset[str]]


def _same(world: World) -> World:
    return world


def _without_public_list(world: World) -> World:
    lists.delete_wishlist(wishlist=world.public)
    return world


def _answered(world: World) -> World:
    connections.answer_request(connection=world.request, accept=False)
    return world


def _invited(world: World) -> World:
    invitation = connections.invite(sender=world.owner, recipient_email=world.stranger.email)
    return replace(world, link_invitation=invitation)


def _withdrawn(world: World) -> World:
    Invitation.objects.filter(pk=world.link_invitation.pk).delete()
    return world


def _new_link(world: World) -> World:
    lists.share_wishlist(wishlist=world.christmas)
    return world


def _undone(world: World) -> World:
    assert world.guest_claim
    Claim.objects.filter(pk=world.guest_claim.pk).delete()
    return world


def _elsewhere(world: World, name: str) -> World:
    """Another list, and a wish on it, in the place of those that addresses are about."""
    wishlist = getattr(world, name)
    wish = wishlist.items.get()
    return replace(world, christmas=wishlist, book=wish, cups=wish)


def _list_deleted(world: World) -> World:
    lists.delete_wishlist(wishlist=world.christmas)
    return world


def _whispered(world: World) -> World:
    assert world.whisper
    return replace(world, comment=world.whisper)


def _made_private(world: World) -> World:
    lists.edit_wishlist(wishlist=world.christmas, visibility=Visibility.PRIVATE_LIST)
    return world


def _deleted_by_owner(world: World) -> World:
    delete_comment(comment=world.comment, by=world.owner)
    return replace(world, deleted_comment=world.comment)


#: The world as it is, and all routes of the circle.
ANY: Example = (_same, frozenset())
#: (circle, example) of the document → how the world gets there, the routes it is about (none: all of the circle)
EXAMPLES: dict[tuple[str, str], Example] = {
    ("this computer only", "from elsewhere"): ANY,
    ("program with an access token", "with a session instead"): ANY,
    ("who may see a person", "without a public list"): (_without_public_list, frozenset()),
    ("who is signed in and may see another person", "without a public list"): (_without_public_list, frozenset()),
    ("who was asked to be a friend", "a request that was answered"): (_answered, frozenset()),
    ("either side of a friendship", "a request, which its sender withdraws"): (
        lambda world: replace(world, friendship=world.request),
        frozenset(),
    ),
    ("who holds an invitation link", "to look at it"): (_same, frozenset({"invitation"})),
    ("who holds an invitation link", "to decline one by link"): (_same, frozenset({"invitation_decline"})),
    ("who holds an invitation link", "to decline one sent to the stranger"): (
        _invited,
        frozenset({"invitation_decline"}),
    ),
    ("who holds an invitation link", "once withdrawn"): (_withdrawn, frozenset()),
    ("who is signed in and was sent the invitation", "sent to the stranger"): (_invited, frozenset()),
    ("owner of a list, once revealed", "before the reveal date"): (
        lambda world: replace(world, birthday=world.christmas),
        frozenset(),
    ),
    ("who may see a list", "private"): (lambda world: replace(world, christmas=world.private), frozenset()),
    ("who may see a list", "public"): (lambda world: replace(world, christmas=world.public), frozenset()),
    ("who may see a list", "deleted"): (lambda world: replace(world, christmas=world.deleted), frozenset()),
    ("who is signed in and may see a list", "private"): (lambda world: _elsewhere(world, "private"), frozenset()),
    ("who is signed in and may see a list", "public"): (lambda world: _elsewhere(world, "public"), frozenset()),
    ("who is signed in and may see a list", "deleted"): (_list_deleted, frozenset()),
    ("who may read a comment", "among givers"): (_whispered, frozenset()),
    ("who may read a comment", "of a public list"): (
        lambda world: replace(world, comment=say(world.public, world.stranger, "Hello")),
        frozenset(),
    ),
    ("who may read a comment", "deleted"): (lambda world: replace(world, comment=world.deleted_comment), frozenset()),
    ("author of a comment", "of a list that is private now"): (_made_private, frozenset()),
    ("author of a comment, or owner of its list", "among givers"): (_whispered, frozenset()),
    ("who deleted a comment", "the owner, the friend's"): (_deleted_by_owner, frozenset()),
    ("who may give from a list", "private"): (lambda world: _elsewhere(world, "private"), frozenset()),
    ("who may give from a list", "public"): (lambda world: _elsewhere(world, "public"), frozenset()),
    ("who holds a share link", "the present link"): (_same, frozenset({"share", "share_enter"})),
    ("who holds a share link", "to choose a wish"): (_same, frozenset({"share_claim"})),
    ("who holds a share link", "an old link"): (_new_link, frozenset()),
    ("who holds a manage link", "of a gift that was undone"): (_undone, frozenset()),
    ("recipient of a notification", "of a request that was answered"): (_answered, frozenset()),
}
