"""Writes the demo through the actions, one person after the other, in one transaction."""

import secrets
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from wishare.access.choices import CommentAudience
from wishare.accounts.actions import update_profile
from wishare.accounts.models import Role, User
from wishare.activity.models import Activity
from wishare.comments.actions import comment_on
from wishare.comments.models import Comment
from wishare.connections.actions import ask_to_connect, befriend, invite
from wishare.pages.demo import english, news, portuguese
from wishare.pages.demo.people import (
    FRIENDSHIPS,
    LINK_INVITATION_BY,
    MAIL_INVITATION,
    PASSWORD,
    PEOPLE,
    REQUEST,
)
from wishare.pages.demo.shapes import DemoList, Gift, Person, Said, Wish, born
from wishare.wishlists.actions.claims import claim_item, claim_item_as_guest, purchase_claim
from wishare.wishlists.actions.items import add_item, edit_item, receive_item
from wishare.wishlists.actions.lists import create_wishlist, share_wishlist
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import givable_items, shared_items

#: Longer than the oldest list.
MEMBERS_FOR = timedelta(days=90)
PICTURES = Path(__file__).parent / "pictures"
Tell = Callable[[str], object]


def loaded() -> bool:
    """Whether somebody of the demo is here, whatever has become of the others."""
    return User.objects.filter(email__in=[person.email for person in PEOPLE]).exists()


def has_admin() -> bool:
    """Whether one of them is."""
    return User.objects.filter(email__in=[person.email for person in PEOPLE], role=Role.ADMIN).exists()


def other_accounts() -> int:
    """How many accounts do not belong to the demo."""
    return User.objects.exclude(email__in=[person.email for person in PEOPLE]).count()


@transaction.atomic
def load(tell: Tell, *, with_admin: bool) -> None:
    """Writes everything and tells about each person when they are done. The demo must not be loaded yet.

    The password is known to everybody, so there is an admin only where nobody else's data are.
    """
    people = [person for person in PEOPLE if with_admin or not person.admin]
    users = _people(people)
    _connect(users)
    plans = [*english.LISTS, *portuguese.LISTS]
    for person in people:
        theirs = [plan for plan in plans if plan.owner == person.key]
        for plan in theirs:
            _tell_story(plan, users)
        wishes = sum(len(plan.wishes) for plan in theirs)
        tell(f"{person.name}: {_count(len(theirs), 'list', 'lists')}, {_count(wishes, 'wish', 'wishes')}")
    news.tell()


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _people(people: Sequence[Person]) -> dict[str, User]:
    """The password is hashed once for all: that is what takes time."""
    hashed = make_password(PASSWORD)
    users = {person.key: _person(person, hashed) for person in people}
    joined = timezone.now() - MEMBERS_FOR
    User.objects.filter(pk__in=[user.pk for user in users.values()]).update(created_at=joined)
    return users


def _person(person: Person, hashed: str) -> User:
    role = Role.ADMIN if person.admin else Role.USER
    user = User.objects.create(email=person.email, name=person.name, password=hashed, locale=person.locale, role=role)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    update_profile(user=user, bio=person.bio, date_of_birth=born(person.birthday), avatar=_picture(person.portrait))
    return user


def _connect(users: dict[str, User]) -> None:
    for one, other in FRIENDSHIPS:
        befriend(user=users[one], partner=users[other])
    asker, asked = REQUEST
    ask_to_connect(user=users[asker], partner=users[asked])
    sender, address = MAIL_INVITATION
    invite(sender=users[sender], recipient_email=address)
    invite(sender=users[LINK_INVITATION_BY])
    Activity.objects.update(created_at=timezone.now() - MEMBERS_FOR)


def _tell_story(plan: DemoList, users: dict[str, User]) -> None:
    """A list from the first wish to today: gifts are chosen, then its owner goes on."""
    wishlist = _create_list(plan, users[plan.owner])
    for wish in plan.wishes:
        item = _add(wish, wishlist, plan.currency)
        for gift in wish.gifts:
            _claim(gift, item, wishlist, users)
        for said in wish.said:
            _say(said, plan, wishlist, users, item)
        if wish.edited:
            edit_item(item=item, **wish.edited)
        if wish.received:
            receive_item(item=item)
    for said in plan.said:
        _say(said, plan, wishlist, users)
    _age(wishlist, plan.made)


def _create_list(plan: DemoList, owner: User) -> Wishlist:
    wishlist = create_wishlist(
        owner=owner,
        name=plan.name,
        description=plan.description,
        visibility=plan.visibility,
        event_type=plan.occasion,
        event_date=plan.day() if plan.day else None,
        cover=_picture(plan.cover),
    )
    if plan.shared:
        wishlist.share_token = share_wishlist(wishlist=wishlist)
    return wishlist


def _add(wish: Wish, wishlist: Wishlist, currency: str) -> Item:
    return add_item(
        wishlist=wishlist,
        name=wish.name,
        description=wish.note,
        price=Decimal(wish.price) if wish.price else None,
        currency=currency,
        url=f"https://{wish.shop}" if wish.shop else "",
        priority=wish.priority,
        quantity=wish.quantity,
        image=_picture(wish.picture),
    )


def _claim(gift: Gift, item: Item, wishlist: Wishlist, users: dict[str, User]) -> None:
    """Only what the giver may see can be claimed: DoesNotExist says that the demo contradicts itself."""
    if gift.guest:
        token = wishlist.share_token or ""
        item = shared_items(token).get(pk=item.pk)
        claim_item_as_guest(item=item, name=gift.giver, quantity=gift.quantity, share_token=token)
        return
    giver = users[gift.giver]
    claim = claim_item(item=givable_items(giver).get(pk=item.pk), giver=giver, quantity=gift.quantity)
    if gift.bought:
        purchase_claim(claim=claim)


def _say(said: Said, plan: DemoList, wishlist: Wishlist, users: dict[str, User], item: Item | None = None) -> None:
    """So long after the list was made, which will be `plan.made` days ago."""
    audience = CommentAudience.GIVERS if said.among_givers else CommentAudience.EVERYONE
    author = users[said.author]
    comment = comment_on(wishlist=wishlist, item=item, author=author, text=said.text, audience=audience)
    when = timezone.now() - timedelta(days=plan.made) + timedelta(hours=said.after)
    Comment.objects.filter(pk=comment.pk).update(created_at=when)


def _age(wishlist: Wishlist, days: int) -> None:
    """As if it had all happened so many days ago; the one thing that no action can do.

    An event that is over by now has had its reveal date set when it was to come: the day after it.
    """
    ago = timedelta(days=days)
    made, day = F("created_at") - ago, wishlist.event_date
    lists = Wishlist.objects.filter(pk=wishlist.pk)
    lists.update(created_at=made, updated_at=F("updated_at") - ago)
    if day:
        lists.update(reveal_on=day + timedelta(days=1))
    wishlist.items.update(created_at=made, received_at=F("received_at") - ago / 4, updated_at=F("updated_at") - ago)
    told = Activity.objects.filter(wishlist=wishlist)
    told.filter(comment=None).update(created_at=made)
    said = Comment.objects.filter(pk=OuterRef("comment")).values("created_at")
    told.exclude(comment=None).update(created_at=Subquery(said))
    claims = Claim.objects.filter(item__wishlist=wishlist)
    claims.update(created_at=F("created_at") - ago / 2, purchased_at=F("purchased_at") - ago / 3)


def _picture(name: str) -> "ContentFile[bytes] | None":
    """A drawing as an upload would leave it: small WebP, stored under a name that nobody can guess."""
    if not name:
        return None
    return ContentFile((PICTURES / f"{name}.webp").read_bytes(), name=f"{secrets.token_hex(16)}.webp")
