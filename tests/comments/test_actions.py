"""Saying, editing, deleting, and what follows: limits, restoring, purging, pokes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tests.support.cast import say
from tests.wishlists.making import a_list, friend_of
from wishare.access.choices import CommentAudience
from wishare.accounts.models import User
from wishare.activity.models import Activity
from wishare.activity.queries import news_begin, of_friends, of_oneself
from wishare.comments import actions
from wishare.comments.jobs import purge
from wishare.comments.models import Comment, Givers
from wishare.core.errors import Refused
from wishare.core.pubsub import Poke, listening
from wishare.pages import account
from wishare.wishlists.actions import items, lists
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db


def test_the_same_twice_within_a_minute_is_one_comment(wishlist: Wishlist, friend: User) -> None:
    first = say(wishlist, friend, "Hello")
    assert say(wishlist, friend, "Hello") == first
    assert say(wishlist, friend, "Hello", among_givers=True) != first
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert say(wishlist, friend, "Hello") != first


def test_a_comment_that_was_deleted_can_be_said_again(wishlist: Wishlist, friend: User) -> None:
    first = say(wishlist, friend, "Hello")
    actions.delete_comment(comment=first, by=friend)
    assert say(wishlist, friend, "Hello") != first


def test_each_audience_has_room_of_its_own(
    wishlist: Wishlist, owner: User, friend: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Or the owner would learn of the one thread by the end of the other."""
    monkeypatch.setattr(actions, "COMMENTS_AT_MOST", 3)
    for number in range(3):
        say(wishlist, friend, f"Secret {number}", among_givers=True)
    with pytest.raises(Refused, match="3 comments"):
        say(wishlist, friend, "One more", among_givers=True)
    said = [say(wishlist, owner, f"Hello {number}") for number in range(3)]
    with pytest.raises(Refused):
        say(wishlist, owner, "One more")
    actions.delete_comment(comment=said[0], by=owner)
    assert say(wishlist, owner, "One more")
    assert say(a_list(owner, "Easter"), friend, "On another list", among_givers=True)


def test_an_edit_shows_and_the_same_text_is_none(wishlist: Wishlist, friend: User) -> None:
    comment = say(wishlist, friend, "Helo")
    assert actions.edit_comment(comment=comment, text="Helo").edited_at is None
    assert actions.edit_comment(comment=comment, text="Hello").edited_at
    comment.refresh_from_db()
    assert comment.text == "Hello"


def test_what_was_deleted_long_ago_is_removed_for_good(wishlist: Wishlist, friend: User) -> None:
    old, new, kept = (say(wishlist, friend, text) for text in ("Old", "New", "Kept"))
    for comment in (old, new):
        actions.delete_comment(comment=comment, by=friend)
    Comment.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    purge.call()
    assert set(Comment.objects.all()) == {new, kept}
    assert set(Activity.objects.exclude(comment=None).values_list("comment", flat=True)) == {new.pk, kept.pk}


def test_comments_go_with_their_wish_and_list_and_come_back_with_them(item: Item, friend: User) -> None:
    comment = say(item.wishlist, friend, "Blue?", item=item)
    lists.delete_wishlist(wishlist=item.wishlist)
    lists.restore_wishlist(wishlist=item.wishlist)
    assert Comment.objects.get() == comment
    items.delete_item(item=item)
    lists.purge_deleted(before=timezone.now() + timedelta(seconds=1))
    assert not Comment.objects.exists()
    assert not Activity.objects.filter(kind="item_commented").exists()


def test_an_account_takes_its_comments_along(wishlist: Wishlist, owner: User, friend: User) -> None:
    other = friend_of(owner, "Gina")
    say(wishlist, friend, "Hello")
    say(wishlist, friend, "Secret", among_givers=True)
    kept = say(wishlist, other, "Secret", among_givers=True)
    account.delete(friend)
    assert Comment.objects.get() == kept
    account.delete(owner)
    assert not Comment.objects.exists()
    assert not Givers.objects.exists()


def test_the_export_has_what_one_said_and_where_while_one_may_see_it(item: Item, friend: User) -> None:
    say(item.wishlist, friend, "Blue?", item=item)
    say(item.wishlist, friend, "Secret", among_givers=True)
    exported = account.export(friend)["comments"]
    assert [(row["text"], row["audience"], row.get("item")) for row in exported] == [
        ("Blue?", 0, item.name),
        ("Secret", 1, None),
    ]
    lists.edit_wishlist(wishlist=item.wishlist, visibility=0)
    assert all("wishlist" not in row for row in account.export(friend)["comments"])
    assert account.export(item.wishlist.owner)["comments"] == []


def test_the_database_knows_no_comment_among_nobody(wishlist: Wishlist, friend: User) -> None:
    for wrong in ({"audience": CommentAudience.GIVERS}, {"audience": 0, "givers": Givers.objects.create(pk=friend.pk)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(wishlist=wishlist, author=friend, text="Hm", **wrong)


# --- who is told ----------------------------------------------------------------------------------------------------
def told(viewer: User) -> set[str]:
    news = of_friends(viewer, news_begin(timezone.localdate())).filter(comment__isnull=False)
    return {row.comment.text for row in news if row.comment}


def own(viewer: User) -> set[str]:
    return {row.comment.text for row in of_oneself(viewer) if row.comment}


def test_friends_who_may_read_it_are_told(wishlist: Wishlist, owner: User, friend: User) -> None:
    giver = friend_of(owner, "Gina")
    stranger = friend_of(friend, "Stefan")
    from tests.support.cast import befriend

    befriend(giver, friend)
    say(wishlist, friend, "With Olga")
    say(wishlist, friend, "Secret", among_givers=True)
    assert own(friend) == {"With Olga", "Secret"}
    assert told(giver) == {"With Olga", "Secret"}
    assert told(owner) == {"With Olga"}
    assert told(stranger) == set()


def test_what_was_deleted_is_told_no_more(wishlist: Wishlist, owner: User, friend: User) -> None:
    comment = say(wishlist, friend, "With Olga")
    actions.delete_comment(comment=comment, by=owner)
    assert told(owner) == own(friend) == set()
    actions.restore_comment(comment=comment)
    assert told(owner) == own(friend) == {"With Olga"}


@pytest.mark.django_db(transaction=True)
def test_what_is_said_among_givers_goes_by_their_channel_alone(wishlist: Wishlist, friend: User) -> None:
    heard: list[Poke] = []
    channel = f"list_{wishlist.public_id}"
    with listening(channel, heard.append), listening(f"{channel}_givers", heard.append):
        comment = say(wishlist, friend, "With Olga")
        actions.edit_comment(comment=comment, text="With Olga!")
        secret = say(wishlist, friend, "Secret", among_givers=True)
        actions.delete_comment(comment=secret, by=friend)
    assert [(poke.channel, poke.what, poke.about) for poke in heard] == [
        *[(channel, "comment", comment.public_id)] * 2,
        *[(f"{channel}_givers", "comment", secret.public_id)] * 2,
    ]
