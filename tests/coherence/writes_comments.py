"""Writes about comments, with the owner and among givers, through actions and through every other door."""

from random import Random
from typing import Any

from django.utils import timezone

from tests.coherence.stage import Nothing, Stage, new_name, pick, raw, room, some, write
from tests.coherence.writes_lists import ITEMS, LISTS, OPEN, Whose
from wishare.access.choices import CommentAudience
from wishare.accounts.models import User
from wishare.activity.models import Activity
from wishare.comments import actions
from wishare.comments.models import Comment, Givers
from wishare.connections.queries import friend_ids
from wishare.wishlists.models import Wishlist

EVERYONE, GIVERS = CommentAudience.EVERYONE, CommentAudience.GIVERS
COMMENTS_AT_MOST = 20
COMMENTS = Comment.objects.select_related("wishlist")
WHISPERS = COMMENTS.filter(audience=GIVERS)
NEWS_OF_WHISPERS = Activity.objects.filter(givers__isnull=False)


def say(random: Random, audience: CommentAudience) -> Whose:
    """By a friend of the owner, mostly: others are heard less."""
    room(COMMENTS, COMMENTS_AT_MOST)
    wishlist = pick(LISTS.filter(deleted_at=None, visibility__gt=0), random)
    friends = User.objects.filter(pk__in=friend_ids(wishlist.owner))
    others = User.objects.exclude(pk=wishlist.owner_id)
    author = pick(friends if friends and random.random() < 0.8 else others, random)
    wishes = list(OPEN.filter(wishlist=wishlist).order_by("pk"))
    item = random.choice([None, *wishes])
    actions.comment_on(wishlist=wishlist, item=item, author=author, text=new_name("Said"), audience=audience)
    return concerned(wishlist, author)


def concerned(wishlist: Wishlist, author: User | None = None) -> Whose:
    return [wishlist.owner_id, author.pk if author else None]


@write
def comment_made(stage: Stage, random: Random) -> Whose:
    return say(random, EVERYONE)


@write
def whisper_made(stage: Stage, random: Random) -> Whose:
    return say(random, GIVERS)


@write
def comment_by_owner(stage: Stage, random: Random) -> Whose:
    room(COMMENTS, COMMENTS_AT_MOST)
    wishlist = pick(LISTS, random)
    actions.comment_on(wishlist=wishlist, author=wishlist.owner, text=new_name("Said"), audience=EVERYONE)
    return concerned(wishlist)


@write
def comment_edited(stage: Stage, random: Random) -> Whose:
    row = pick(COMMENTS, random)
    actions.edit_comment(comment=row, text=new_name("Said"))
    return concerned(row.wishlist, row.author)


@write
def comment_deleted_or_restored(stage: Stage, random: Random) -> Whose:
    row = pick(COMMENTS, random)
    if row.deleted_at:
        actions.restore_comment(comment=row)
    else:
        actions.delete_comment(comment=row, by=random.choice([row.author, row.wishlist.owner]))
    return concerned(row.wishlist, row.author)


@write
def comments_purged(stage: Stage, random: Random) -> Whose:
    actions.purge_deleted(before=timezone.now())
    return []


# --- other doors --------------------------------------------------------------------------------------------------
@write
def comments_updated(stage: Stage, random: Random) -> Whose:
    return _update(some(COMMENTS.filter(audience=EVERYONE), random), random)


@write
def whispers_updated(stage: Stage, random: Random) -> Whose:
    return _update(some(WHISPERS, random), random)


def _update(found: list[Comment], random: Random) -> Whose:
    if not found:
        raise Nothing
    gone = random.choice([None, None, timezone.now()])
    new: dict[str, Any] = random.choice([{"text": new_name("Updated")}, {"deleted_at": gone}])
    Comment.objects.filter(pk__in=[row.pk for row in found]).update(**new)
    return [row.author_id for row in found]


@write
def comments_bulk_updated(stage: Stage, random: Random) -> Whose:
    found = some(COMMENTS, random)
    for row in found:
        row.text = new_name("Bulk")
    Comment.objects.bulk_update(found, ["text"])
    return [row.author_id for row in found]


@write
def comments_bulk_created(stage: Stage, random: Random) -> Whose:
    room(COMMENTS, COMMENTS_AT_MOST)
    wishlist, author = pick(LISTS, random), pick(User.objects.all(), random)
    said = {"wishlist": wishlist, "author": author, "audience": EVERYONE}
    Comment.objects.bulk_create(Comment(text=new_name("Many"), **said) for _ in range(2))
    return concerned(wishlist, author)


@write
def comment_written_in_sql(stage: Stage, random: Random) -> Whose:
    row = pick(COMMENTS, random)
    raw("UPDATE comments_comment SET text = %s WHERE id = %s", new_name("Raw"), row.pk)
    return concerned(row.wishlist, row.author)


@write
def comment_deleted_in_sql(stage: Stage, random: Random) -> Whose:
    """What was told of it stays, and is told no more."""
    row = pick(COMMENTS, random)
    raw("DELETE FROM comments_comment WHERE id = %s", row.pk)
    return concerned(row.wishlist, row.author)


@write
def comments_removed_for_good(stage: Stage, random: Random) -> Whose:
    Comment.objects.filter(pk__in=[row.pk for row in some(COMMENTS, random)]).delete()
    return []


@write
def comment_for_others(stage: Stage, random: Random) -> Whose:
    """What was said to everyone is among givers now, or the other way round; the news of it say the former."""
    row = pick(COMMENTS, random)
    givers, _made = Givers.objects.get_or_create(pk=row.wishlist.owner_id)
    new = {"audience": EVERYONE, "givers": None} if row.givers_id else {"audience": GIVERS, "givers": givers}
    Comment.objects.filter(pk=row.pk).update(**new)
    return concerned(row.wishlist, row.author)


@write
def comment_put_elsewhere(stage: Stage, random: Random) -> Whose:
    row, wish = pick(COMMENTS, random), pick(ITEMS, random)
    Comment.objects.filter(pk=row.pk).update(wishlist=wish.wishlist, item=random.choice([None, wish]))
    return concerned(row.wishlist, row.author)


@write
def comment_given_to_another(stage: Stage, random: Random) -> Whose:
    row, author = pick(COMMENTS, random), pick(User.objects.all(), random)
    Comment.objects.filter(pk=row.pk).update(author=author)
    return concerned(row.wishlist, author)


@write
def news_of_whisper_written(stage: Stage, random: Random) -> Whose:
    row = pick(NEWS_OF_WHISPERS, random)
    new: dict[str, Any] = random.choice([{"givers": None}, {"created_at": timezone.now()}])
    Activity.objects.filter(pk=row.pk).update(**new)
    return [row.actor_id]


@write
def news_of_whisper_deleted_in_sql(stage: Stage, random: Random) -> Whose:
    row = pick(NEWS_OF_WHISPERS, random)
    raw("DELETE FROM activity_activity WHERE id = %s", row.pk)
    return [row.actor_id]


@write
def givers_saved_from_old_copy(stage: Stage, random: Random) -> Whose:
    row = pick(Givers.objects.all(), random)
    row.version = 1
    row.save()
    return [row.pk]
