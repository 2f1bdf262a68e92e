"""Each thing people do is remembered, and told to who may see what it was done to, as it is now."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from tests.support.cast import person
from tests.wishlists.making import a_list, a_wish, claimed, claimed_by_guest, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.actions import update_profile
from wishare.accounts.models import ProfileVisibility, User
from wishare.activity.models import Activity, Kind
from wishare.activity.queries import latest, of_friends, of_oneself
from wishare.connections import actions as connections
from wishare.connections.models import Connection
from wishare.wishlists.actions import claims, items, lists
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db


def own(viewer: User) -> set[str]:
    return set(of_oneself(viewer).values_list("kind", flat=True))


def news(viewer: User) -> set[str]:
    return set(of_friends(viewer).values_list("kind", flat=True))


def test_what_one_does_is_told_to_oneself_and_to_friends(olga: User, fred: User, item: Item) -> None:
    lists.share_wishlist(wishlist=item.wishlist)
    update_profile(user=olga, bio="Hello")
    expected = {"wishlist_created", "item_added", "wishlist_shared", "profile_updated"}
    assert own(olga) == expected | {"friend_connected"}
    assert news(fred) == expected  # that they are friends he reads among his own
    assert news(person("Stefan")) == set()


def test_an_action_that_is_rolled_back_leaves_no_activity(olga: User) -> None:
    with transaction.atomic():
        a_list(olga)
        transaction.set_rollback(True)
    assert not Activity.objects.exists()


def test_a_gift_is_remembered_by_its_buyer_alone(olga: User, fred: User, item: Item) -> None:
    other = friend_of(fred, "Gina")
    connections.befriend(user=other, partner=olga)
    claims.purchase_claim(claim=claimed(item, fred))
    assert "item_purchased" in own(fred)
    for viewer in (olga, other):
        assert "item_purchased" not in own(viewer) | news(viewer)


def test_undoing_takes_the_activity_away(olga: User, fred: User, item: Item) -> None:
    claim = claimed(item, fred)
    claims.purchase_claim(claim=claim)
    claims.unpurchase_claim(claim=claim)
    assert "item_purchased" not in own(fred)
    claims.purchase_claim(claim=claim)
    claims.undo_claim(claim=claim)
    assert not Activity.objects.filter(kind=Kind.ITEM_PURCHASED).exists()


def test_a_guest_has_no_activities(item: Item) -> None:
    before = Activity.objects.count()
    claim, _token = claimed_by_guest(item)
    claims.purchase_claim(claim=claim)
    assert Activity.objects.count() == before


def test_a_private_list_is_news_when_it_is_opened_to_friends(olga: User, fred: User) -> None:
    wishlist = a_list(olga, visibility=Visibility.PRIVATE_LIST)
    a_wish(wishlist)
    assert news(fred) == set()
    Wishlist.objects.filter(pk=wishlist.pk).update(visibility=Visibility.PARTNER_ONLY)
    assert news(fred) == {"wishlist_created", "item_added"}
    assert own(olga) >= {"wishlist_created", "item_added"}


GONE: list[tuple[Callable[[Item], object], set[str], set[str]]] = [
    (lambda item: items.delete_item(item=item), {"wishlist_created"}, {"wishlist_created"}),
    (lambda item: items.receive_item(item=item), {"wishlist_created", "item_added"}, {"wishlist_created"}),
    (lambda item: lists.delete_wishlist(wishlist=item.wishlist), set(), set()),
    (lambda item: item.delete(), {"wishlist_created"}, {"wishlist_created"}),
    (lambda item: item.wishlist.delete(), set(), set()),
]


@pytest.mark.parametrize("case", GONE)
def test_what_is_gone_is_not_told(
    case: tuple[Callable[[Item], object], set[str], set[str]], olga: User, fred: User, item: Item
) -> None:
    write, own_left, news_left = case
    write(item)
    assert own(olga) - {"friend_connected"} == own_left
    assert news(fred) == news_left


def test_what_is_restored_is_told_again(olga: User, fred: User, item: Item) -> None:
    items.delete_item(item=item)
    items.restore_item(item=item)
    assert "item_added" in own(olga) & news(fred)


def test_a_link_that_was_ended_is_not_told(olga: User, wishlist: Wishlist) -> None:
    lists.share_wishlist(wishlist=wishlist)
    assert "wishlist_shared" in own(olga)
    lists.unshare_wishlist(wishlist=wishlist)
    assert "wishlist_shared" not in own(olga)


def test_a_new_link_is_not_told_as_another(wishlist: Wishlist) -> None:
    lists.share_wishlist(wishlist=wishlist)
    lists.share_wishlist(wishlist=wishlist)
    assert Activity.objects.filter(kind=Kind.WISHLIST_SHARED).count() == 1


def test_friends_are_told_of_while_they_are_friends_and_may_be_seen(olga: User, fred: User) -> None:
    hermit, gina = friend_of(olga, "Hermit"), friend_of(olga, "Gina")
    a_list(gina, visibility=Visibility.PUBLICLY_VISIBLE)
    told = of_friends(fred).filter(kind=Kind.FRIEND_CONNECTED)
    assert set(told.values_list("person", flat=True)) == {gina.pk}
    assert hermit.pk in of_oneself(olga).values_list("person", flat=True)
    connections.disconnect(connection=connections.befriend(user=olga, partner=gina))
    assert not told.exists()


def test_that_two_friends_are_friends_is_told_once(olga: User, fred: User) -> None:
    gina = friend_of(olga, "Gina")
    connections.befriend(user=gina, partner=fred)
    assert [row.person_id for row in of_friends(olga)] == [gina.pk]


def test_a_friendship_that_is_not_accepted_any_more_is_not_told(olga: User, fred: User) -> None:
    Connection.objects.update(status=Connection.Status.DECLINED)
    assert own(olga) == own(fred) == set()


def test_befriending_again_is_nothing_new(olga: User, fred: User) -> None:
    connections.befriend(user=fred, partner=olga)
    assert Activity.objects.filter(kind=Kind.FRIEND_CONNECTED).count() == 2


def test_an_answered_request_is_told_and_a_refused_one_is_not(olga: User) -> None:
    asker, refused = person("Asker"), person("Refused")
    request = connections.ask_to_connect(user=asker, partner=olga)
    connections.answer_request(connection=request, accept=True)
    connections.answer_request(connection=connections.ask_to_connect(user=refused, partner=olga), accept=False)
    assert own(asker) == own(olga) == {"friend_connected"}
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
def test_what_friends_cannot_see_of_a_profile_is_no_news(unseen: dict[str, str], olga: User) -> None:
    update_profile(user=olga, **unseen)
    assert own(olga) == set()


def test_the_same_again_within_a_day_is_told_once(olga: User) -> None:
    update_profile(user=olga, bio="One")
    update_profile(user=olga, bio="Two")
    assert of_oneself(olga).count() == 1
    Activity.objects.update(created_at=timezone.now() - timedelta(days=2))
    update_profile(user=olga, bio="Three")
    assert of_oneself(olga).count() == 2


def test_the_latest_come_newest_first_and_five_at_most(olga: User, fred: User, wishlist: Wishlist) -> None:
    wishes = [a_wish(wishlist, name=f"Wish {number}") for number in range(8)]
    newest = [wish.pk for wish in reversed(wishes[-5:])]
    assert [row.item_id for row in latest(olga).own] == newest
    assert [row.item_id for row in latest(fred).friends] == newest
    assert [row.kind for row in latest(fred).own] == ["friend_connected"]


def test_old_news_are_no_news(olga: User, fred: User, wishlist: Wishlist) -> None:
    Activity.objects.filter(wishlist=wishlist).update(created_at=timezone.now() - timedelta(days=91))
    assert latest(fred).friends == []
    assert "wishlist_created" in {row.kind for row in latest(olga).own}


def test_the_version_moves_with_what_oneself_does_however_it_is_written(olga: User, fred: User, item: Item) -> None:
    assert latest(person("Newcomer")).version == 0
    seen = [latest(fred).version]
    claim = claimed(item, fred)
    for write in (
        lambda: claims.purchase_claim(claim=claim),
        lambda: claims.unpurchase_claim(claim=claim),
        lambda: Activity.objects.filter(actor=fred.pk).update(kind=Kind.ITEM_COMMENTED, item=item),
        lambda: items.delete_item(item=item) or Activity.objects.filter(actor=olga.pk).delete(),
    ):
        write()
        seen.append(latest(fred).version)
    assert seen[0] < seen[1] < seen[2] < seen[3] == seen[4]
    assert latest(fred).own == []  # the version comes even where nothing is left to be shown
