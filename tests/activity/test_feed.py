"""Each thing people do is remembered, and told to who may see what it was done to, as it is now."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tests.support.cast import befriend, person
from tests.wishlists.making import a_list, a_wish, claimed, claimed_by_guest, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.actions import update_profile
from wishare.accounts.models import ProfileVisibility, User
from wishare.activity.models import Activity, Actor, Kind
from wishare.activity.queries import Latest, latest, news_begin, of_friends, of_oneself
from wishare.connections import actions as connections
from wishare.connections.models import Connection
from wishare.wishlists.actions import claims, items, lists
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db


def own(viewer: User) -> set[str]:
    return set(of_oneself(viewer).values_list("kind", flat=True))


def told(viewer: User) -> QuerySet[Activity]:
    return of_friends(viewer, news_begin(timezone.localdate()))


def news(viewer: User) -> set[str]:
    return set(told(viewer).values_list("kind", flat=True))


def recent(viewer: User) -> Latest:
    return latest(viewer, timezone.localdate())


def version(viewer: User) -> int:
    """What the numbers are kept under."""
    return Actor.objects.filter(pk=viewer.pk).values_list("version", flat=True).first() or 0


def test_what_one_does_is_told_to_oneself_and_to_friends(owner: User, friend: User, item: Item) -> None:
    lists.share_wishlist(wishlist=item.wishlist)
    update_profile(user=owner, bio="Hello")
    expected = {"wishlist_created", "item_added", "wishlist_shared", "profile_updated"}
    assert own(owner) == expected | {"friend_connected"}
    assert news(friend) == expected  # that they are friends he reads among his own
    assert news(person("Stefan")) == set()


def test_an_action_that_is_rolled_back_leaves_no_activity(owner: User) -> None:
    with transaction.atomic():
        a_list(owner)
        transaction.set_rollback(True)
    assert not Activity.objects.exists()


def test_a_gift_is_remembered_by_its_buyer_alone(owner: User, friend: User, item: Item) -> None:
    other = friend_of(friend, "Gina")
    befriend(other, owner)
    claims.purchase_claim(claim=claimed(item, friend))
    assert "item_purchased" in own(friend)
    for viewer in (owner, other):
        assert "item_purchased" not in own(viewer) | news(viewer)


def test_undoing_takes_the_activity_away(owner: User, friend: User, item: Item) -> None:
    claim = claimed(item, friend)
    claims.purchase_claim(claim=claim)
    claims.unpurchase_claim(claim=claim)
    assert "item_purchased" not in own(friend)
    claims.purchase_claim(claim=claim)
    claims.undo_claim(claim=claim)
    assert not Activity.objects.filter(kind=Kind.ITEM_PURCHASED).exists()


def test_a_guest_has_no_activities(item: Item) -> None:
    before = Activity.objects.count()
    claim, _token = claimed_by_guest(item)
    claims.purchase_claim(claim=claim)
    assert Activity.objects.count() == before


def test_a_private_list_is_news_when_it_is_opened_to_friends(owner: User, friend: User) -> None:
    wishlist = a_list(owner, visibility=Visibility.PRIVATE_LIST)
    a_wish(wishlist)
    assert news(friend) == set()
    Wishlist.objects.filter(pk=wishlist.pk).update(visibility=Visibility.PARTNER_ONLY)
    assert news(friend) == {"wishlist_created", "item_added"}
    assert own(owner) >= {"wishlist_created", "item_added"}


GONE: list[tuple[Callable[[Item], object], set[str], set[str]]] = [
    (lambda item: items.delete_item(item=item), {"wishlist_created"}, {"wishlist_created"}),
    (lambda item: items.receive_item(item=item), {"wishlist_created", "item_added"}, {"wishlist_created"}),
    (lambda item: lists.delete_wishlist(wishlist=item.wishlist), set(), set()),
    (lambda item: item.delete(), {"wishlist_created"}, {"wishlist_created"}),
    (lambda item: item.wishlist.delete(), set(), set()),
]


@pytest.mark.parametrize("case", GONE)
def test_what_is_gone_is_not_told(
    case: tuple[Callable[[Item], object], set[str], set[str]], owner: User, friend: User, item: Item
) -> None:
    write, own_left, news_left = case
    write(item)
    assert own(owner) - {"friend_connected"} == own_left
    assert news(friend) == news_left


def test_what_is_restored_is_told_again(owner: User, friend: User, item: Item) -> None:
    items.delete_item(item=item)
    items.restore_item(item=item)
    assert "item_added" in own(owner) & news(friend)


def test_a_wish_that_was_put_on_another_list_is_not_told_as_on_the_first(owner: User, friend: User, item: Item) -> None:
    Item.objects.filter(pk=item.pk).update(wishlist=a_list(owner, visibility=Visibility.PRIVATE_LIST))
    assert "item_added" not in own(owner) | news(friend)


def test_a_link_that_was_ended_is_not_told(owner: User, wishlist: Wishlist) -> None:
    lists.share_wishlist(wishlist=wishlist)
    assert "wishlist_shared" in own(owner)
    lists.unshare_wishlist(wishlist=wishlist)
    assert "wishlist_shared" not in own(owner)


def test_a_new_link_is_not_told_as_another(wishlist: Wishlist) -> None:
    lists.share_wishlist(wishlist=wishlist)
    lists.share_wishlist(wishlist=wishlist)
    assert Activity.objects.filter(kind=Kind.WISHLIST_SHARED).count() == 1


# --- who knows whom -------------------------------------------------------------------------------------------------
def acquaintances(viewer: User) -> set[tuple[int, int | None]]:
    """Of whom the viewer reads that they became friends."""
    return set(told(viewer).filter(kind=Kind.FRIEND_CONNECTED).values_list("actor", "person"))


@pytest.fixture
def gina(owner: User) -> User:
    """Olga's friend whom everybody may see, as she has a public list; she knows Fred only where a test says so."""
    gina = friend_of(owner, "Gina")
    a_list(gina, visibility=Visibility.PUBLICLY_VISIBLE)
    return gina


def test_that_two_people_are_friends_is_told_to_friends_of_both(owner: User, friend: User, gina: User) -> None:
    assert acquaintances(friend) == set()
    befriended = befriend(friend, gina)
    assert acquaintances(friend) == {(owner.pk, gina.pk)}
    connections.disconnect(connection=befriended)
    assert acquaintances(friend) == set()


def test_that_two_friends_are_friends_is_told_once(owner: User, friend: User, gina: User) -> None:
    befriend(gina, friend)
    assert acquaintances(owner) == {(friend.pk, gina.pk)}


def test_a_friendship_that_ended_is_told_of_no_more(owner: User, friend: User, gina: User) -> None:
    befriended = befriend(friend, gina)
    told_again = befriend(owner, gina)
    Connection.objects.filter(pk=told_again.pk).update(status=Connection.Status.DECLINED)
    assert acquaintances(friend) == set()
    Connection.objects.filter(pk=told_again.pk).update(status=Connection.Status.ACCEPTED)
    assert acquaintances(friend) == {(owner.pk, gina.pk)}
    Connection.objects.filter(pk=befriended.pk).update(status=Connection.Status.PENDING)
    assert acquaintances(friend) == set()
    connections.disconnect(connection=told_again)
    assert gina.pk not in of_oneself(owner).values_list("person", flat=True)


@pytest.mark.parametrize("gone", ["owner", "gina"])
def test_who_has_no_active_account_is_not_told_about(gone: str, owner: User, friend: User, gina: User) -> None:
    befriend(friend, gina)
    update_profile(user=owner, bio="Hello")
    person = {"owner": owner, "gina": gina}[gone]
    before = news(friend)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert acquaintances(friend) == set()
    assert person.pk not in told(friend).values_list("actor", flat=True)
    assert person.pk not in of_oneself(friend).values_list("person", flat=True)
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert news(friend) == before >= {"friend_connected", "profile_updated", "wishlist_created"}


def test_what_somebody_did_to_what_is_not_theirs_is_not_told(owner: User, friend: User) -> None:
    """No page writes such a row; the rule for what is a friend's own would not hold for what is others'."""
    stefan = person("Stefan")
    a_list(stefan, visibility=Visibility.PUBLICLY_VISIBLE)
    update_profile(user=stefan, bio="Hello")
    Activity.objects.filter(actor=stefan.pk).update(actor=Actor.objects.get(pk=owner.pk))
    assert news(friend) == set()


def test_a_friendship_that_is_not_accepted_any_more_is_not_told(owner: User, friend: User) -> None:
    Connection.objects.update(status=Connection.Status.DECLINED)
    assert own(owner) == own(friend) == set()


def test_befriending_again_is_nothing_new(owner: User, friend: User) -> None:
    befriend(friend, owner)
    assert Activity.objects.filter(kind=Kind.FRIEND_CONNECTED).count() == 2


def test_an_answered_request_is_told_and_a_refused_one_is_not(owner: User) -> None:
    asker, refused = person("Asker"), person("Refused")
    request = connections.ask_to_connect(user=asker, partner=owner)
    connections.answer_request(connection=request, accept=True)
    connections.answer_request(connection=connections.ask_to_connect(user=refused, partner=owner), accept=False)
    assert own(asker) == own(owner) == {"friend_connected"}
    assert own(refused) == set()


@pytest.mark.parametrize(
    "unseen",
    [
        {"theme": "dark"},
        {"date_of_birth": "1990-01-01"},
        {"city": "Porto"},
        {"bio": "Secret", "bio_visibility": ProfileVisibility.PRIVATE},
        {},
    ],
)
def test_what_friends_cannot_see_of_a_profile_is_no_news(unseen: dict[str, str], owner: User) -> None:
    update_profile(user=owner, **unseen)
    assert own(owner) == set()


def test_the_same_again_within_a_day_is_told_once(owner: User) -> None:
    update_profile(user=owner, bio="One")
    update_profile(user=owner, bio="Two")
    assert of_oneself(owner).count() == 1
    Activity.objects.update(created_at=timezone.now() - timedelta(days=2))
    update_profile(user=owner, bio="Three")
    assert of_oneself(owner).count() == 2


def test_the_latest_come_newest_first_and_five_at_most(owner: User, friend: User, wishlist: Wishlist) -> None:
    wishes = [a_wish(wishlist, name=f"Wish {number}") for number in range(8)]
    newest = [wish.pk for wish in reversed(wishes[-5:])]
    assert [row.item_id for row in recent(owner).own] == newest
    assert [row.item_id for row in recent(friend).friends] == newest
    assert [row.kind for row in recent(friend).own] == ["friend_connected"]


def test_news_are_of_whole_days(owner: User, friend: User, wishlist: Wishlist) -> None:
    """Whatever the time of day, they count from the midnight 90 days ago; what oneself did has no end."""
    today = timezone.localdate()
    midnight = timezone.make_aware(datetime.combine(today - timedelta(days=90), time.min))
    for moment, is_news in ((midnight, True), (midnight - timedelta(seconds=1), False)):
        Activity.objects.filter(wishlist=wishlist).update(created_at=moment)
        assert ("wishlist_created" in {row.kind for row in latest(friend, today).friends}) == is_news
        assert news(friend) == ({"wishlist_created"} if is_news else set())
        assert "wishlist_created" in {row.kind for row in latest(owner, today).own}
    assert latest(friend, today - timedelta(days=1)).friends != []


def test_the_version_moves_with_what_oneself_does_however_it_is_written(owner: User, friend: User, item: Item) -> None:
    assert version(person("Newcomer")) == 0
    seen = [version(friend)]
    claim = claimed(item, friend)
    for write in (
        lambda: claims.purchase_claim(claim=claim),
        lambda: claims.unpurchase_claim(claim=claim),
        lambda: Activity.objects.filter(actor=friend.pk).update(kind=Kind.ITEM_COMMENTED, item=item),
        lambda: items.delete_item(item=item) or Activity.objects.filter(actor=owner.pk).delete(),
    ):
        write()
        seen.append(version(friend))
    assert seen[0] < seen[1] < seen[2] < seen[3] == seen[4]
    assert recent(friend).own == []
