"""Lists: the index, one list as owner, giver or visitor, and what the owner does with it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.access import rules
from wishare.accounts.requests import Request, SignedInRequest
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import render_form
from wishare.core.pagination import paginate
from wishare.core.ratelimit import limit
from wishare.wishlists.actions import lists as actions
from wishare.wishlists.forms import WishlistForm
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries import claims, lists

LISTS_A_PAGE = 24
ITEMS_A_PAGE = 60
NEWEST_FIRST = ("-created_at", "-pk")


def index(request: SignedInRequest) -> HttpResponse:
    mine = paginate(lists.own_lists(request.user), NEWEST_FIRST, request.GET.get("mine", ""), LISTS_A_PAGE)
    friends = paginate(lists.friends_lists(request.user), NEWEST_FIRST, request.GET.get("friends", ""), LISTS_A_PAGE)
    return render(request, "wishlists/index.html", {"mine": mine, "friends": friends})


def detail(request: Request, public_id: str) -> HttpResponse:
    """One page a circle: what the others may not know is not in it, rather than hidden."""
    wishlist = get_object_or_404(lists.visible_lists(request.user), public_id=public_id)
    page = paginate(lists.open_items(wishlist), ("position", "pk"), request.GET.get("after", ""), ITEMS_A_PAGE)
    context: dict[str, object] = {"wishlist": wishlist, "page": page}
    if wishlist.owner_id == request.user.pk:
        return _owner_page(request, wishlist, context)
    if request.user.is_authenticated:
        context |= {
            "items": claims.for_giver(page.rows, request.user),
            "revealed": rules.is_revealed(wishlist.reveal_on),
        }
        return render(request, "wishlists/giver.html", context)
    return render(request, "wishlists/visitor.html", context)


def _owner_page(request: Request, wishlist: Wishlist, context: dict[str, object]) -> HttpResponse:
    share_url = _absolute(request, "share", wishlist.share_token) if wishlist.share_token else ""
    received = list(lists.received_items(wishlist)[:ITEMS_A_PAGE])
    revealed = rules.is_revealed(wishlist.reveal_on)
    return render(
        request,
        "wishlists/owner.html",
        {**context, "received": received, "share_url": share_url, "revealed": revealed},
    )


def create(request: SignedInRequest) -> HttpResponse:
    form = WishlistForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with refusals_in(form):
            wishlist = actions.create_wishlist(owner=request.user, **form.cleaned_data)
            flash(request, _("Your list is ready. Now add what you wish for."))
            return redirect("wishlist", wishlist.public_id)
    return render_form(request, "wishlists/form.html", form)


def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    wishlist = get_object_or_404(lists.owned_lists(request.user), public_id=public_id)
    form = WishlistForm(request.POST or None, request.FILES or None, instance=wishlist)
    if form.is_valid():
        with refusals_in(form):
            actions.edit_wishlist(wishlist=wishlist, **form.cleaned_data)
            flash(request, _("Saved."))
            return redirect("wishlist", public_id)
    return render_form(request, "wishlists/form.html", form, wishlist=wishlist)


def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    wishlist = get_object_or_404(lists.owned_lists(request.user), public_id=public_id)
    actions.delete_wishlist(wishlist=wishlist)
    text = _("“%(name)s” is deleted.") % {"name": wishlist.name}
    flash(request, text, undo=reverse("wishlist_restore", args=[public_id]))
    return redirect("wishlists")


def restore(request: SignedInRequest, public_id: str) -> HttpResponse:
    wishlist = get_object_or_404(lists.deleted_lists(request.user), public_id=public_id)
    actions.restore_wishlist(wishlist=wishlist)
    flash(request, _("“%(name)s” is back.") % {"name": wishlist.name})
    return redirect("wishlist", public_id)


def share(request: SignedInRequest, public_id: str) -> HttpResponse:
    wishlist = get_object_or_404(lists.owned_lists(request.user), public_id=public_id)
    limit(request, "invite")
    actions.share_wishlist(wishlist=wishlist)
    rotated = bool(wishlist.share_token)
    flash(request, _("New link made. The old one no longer works.") if rotated else _("Your link is ready."))
    return redirect("wishlist", public_id)


def unshare(request: SignedInRequest, public_id: str) -> HttpResponse:
    wishlist = get_object_or_404(lists.owned_lists(request.user), public_id=public_id)
    actions.unshare_wishlist(wishlist=wishlist)
    flash(request, _("The link no longer works."))
    return redirect("wishlist", public_id)


def givers(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The end of the surprise: who gave what."""
    revealed = Wishlist.objects.filter(rules.givers_revealed_to(request.user))
    wishlist = get_object_or_404(revealed, public_id=public_id)
    context = {"wishlist": wishlist, "givers": claims.revealed_claims(wishlist)}
    return render(request, "wishlists/givers.html", context)


def _absolute(request: Request, route: str, *args: str) -> str:
    return request.build_absolute_uri(reverse(route, args=args))
