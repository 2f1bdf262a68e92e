"""Reads of claims, for givers only. Owners get here by one door: `revealed_claims`."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from wishare.access import rules
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.core.ids import digest_of
from wishare.core.pagination import Page, PreparedPages
from wishare.wishlists.choices import ItemStatus
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.lists import ITEMS_A_PAGE, OPEN, PLACES, on_list, open_items

NO_DATE = date.max
TO_COME, GONE_BY = {"day": date, "pk": int}, {"-day": date, "-pk": int}
#: The primary key of no account.
NOBODY = 0


@dataclass(frozen=True)
class OwnClaim:
    """The viewer's part in a wish."""

    public_id: str
    status: int
    quantity: int


@dataclass(frozen=True)
class GiverItem:
    """A wish as a giver sees it: how much of it is taken, and which part is theirs."""

    item: Item
    taken: int = 0
    bought: int = 0
    mine: OwnClaim | None = None

    @property
    def left(self) -> int:
        return max(0, self.item.quantity - self.taken)

    @property
    def status(self) -> ItemStatus:
        if self.left:
            return ItemStatus.AVAILABLE
        return ItemStatus.PURCHASED if self.bought >= self.item.quantity else ItemStatus.RESERVED


@dataclass
class Givers:
    """Who gives one wish; shown to the owner after the reveal."""

    item: Item
    claims: list[Claim] = field(default_factory=list)


def with_claims(items: QuerySet[Item], viewer: Viewer) -> QuerySet[Item]:
    """Adds to wishes what `giver_item` reads, in the same query: how much of each is taken, and the viewer's part."""
    claims = Claim.objects.filter(item=OuterRef("pk")).order_by().values("item")
    bought = claims.filter(status=Claim.Status.PURCHASED)
    total = Sum("quantity")
    own = FilteredRelation("claims", condition=Q(claims__giver=viewer.pk or NOBODY))  # NULL are guests
    mine = {f"mine_{name}": F(f"mine__{name}") for name in ("public_id", "status", "quantity")}
    return items.annotate(
        taken=Coalesce(Subquery(claims.annotate(total=total).values("total")), 0),
        bought=Coalesce(Subquery(bought.annotate(total=total).values("total")), 0),
        mine=own,
        **mine,
    )


def giver_items(wishlist: Wishlist, viewer: Viewer, cursor: str) -> Page[Any]:
    """A page of open wishes `with_claims`."""
    page = _open(cursor, ITEMS_A_PAGE, wishlist=wishlist.pk, viewer=viewer.pk or NOBODY)
    return Page(on_list(wishlist, page.rows), page.next_cursor)


def giver_item(item: Any) -> GiverItem:
    """A wish that comes from `with_claims`."""
    mine = OwnClaim(item.mine_public_id, item.mine_status, item.mine_quantity) if item.mine_public_id else None
    return GiverItem(item, item.taken, item.bought, mine)


def givable_items(viewer: Viewer) -> QuerySet[Item]:
    """Open wishes the viewer may claim."""
    givable = Item.objects.filter(OPEN, rules.list_givable_by(viewer, at="wishlist__"))
    return givable.select_related("wishlist__owner")


def shared_items(token: str) -> QuerySet[Item]:
    """Open wishes that the holder of a share link may claim."""
    shared = Item.objects.filter(OPEN, rules.list_shared_by(token, at="wishlist__"))
    return shared.select_related("wishlist__owner")


def claims_by(giver: User) -> QuerySet[Claim]:
    """The giver's claims, with `sees_item`: whether they may still see the wish as it is now."""
    return _with_sight(Claim.objects.filter(giver=giver), giver)


def guest_claims(manage_token: str) -> QuerySet[Claim]:
    """The claim behind a private manage link."""
    return _with_sight(Claim.objects.filter(manage_digest=digest_of(manage_token)), None)


def gifts(giver: User, cursor: str, size: int, *, past: bool) -> Page[Claim]:
    """A page of claims for events to come (soonest first, undated last) or gone by (latest first)."""
    return _gifts[past](cursor, size, giver=giver.pk, today=timezone.localdate())


def claims_when(giver: User, today: date, *, past: bool) -> QuerySet[Claim]:
    """The claims of `gifts`, each with its `day`."""
    live = When(sees_item=True, then=F("item__wishlist__event_date"))
    day = Case(live, default=F("event_date"), output_field=DateField())
    dated = claims_by(giver).annotate(day=Coalesce(day, Value(NO_DATE), output_field=DateField()))
    return dated.filter(day__lt=today) if past else dated.filter(day__gte=today)


def revealed_claims(wishlist: Wishlist) -> list[Givers]:
    """Who gave what, removed wishes too. The caller has fetched the list through `rules.givers_revealed_to`."""
    givers: dict[int, Givers] = {}
    claims = Claim.objects.filter(item__wishlist=wishlist).select_related("item", "giver")
    for claim in claims.order_by("item__position", "item_id", "created_at", "pk"):
        if claim.item:
            givers.setdefault(claim.item.pk, Givers(claim.item)).claims.append(claim)
    return list(givers.values())


def _with_sight(claims: QuerySet[Claim], viewer: User | None) -> QuerySet[Claim]:
    by_link = Q(item__wishlist__share_token=F("share_token")) & ~Q(share_token="")
    visible = by_link & Q(item__wishlist__deleted_at=None)
    if viewer:
        visible |= rules.list_visible_to(viewer, at="item__wishlist__")
    seen = Case(When(visible, then=Value(True)), default=Value(False), output_field=BooleanField())
    return claims.annotate(sees_item=seen).select_related("item__wishlist__owner")


_open = PreparedPages(
    lambda cut, wishlist, viewer: cut(with_claims(open_items(Wishlist(pk=wishlist)), User(pk=viewer))),
    PLACES,
    wishlist=int,
    viewer=int,
)
_gifts = {
    past: PreparedPages(
        lambda cut, giver, today, past=past: cut(claims_when(User(pk=giver), today, past=past)),
        GONE_BY if past else TO_COME,
        giver=int,
        today=date,
    )
    for past in (False, True)
}
