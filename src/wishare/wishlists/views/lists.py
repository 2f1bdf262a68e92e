"""Lists: the index, one list as owner, giver or visitor, and what the owner does with it."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from wishare.access import rules
from wishare.accounts.models import User
from wishare.accounts.requests import Request, SignedInRequest
from wishare.core.flags import fragment_caching_for, previous_query_pattern_for
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import or_404, render_form, render_part
from wishare.core.ratelimit import limit
from wishare.wishlists import loading, reference
from wishare.wishlists.actions import lists as actions
from wishare.wishlists.forms import LinkForm, WishlistForm
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries import claims, lists

SORT_LABELS = (
    ("created_desc", _lazy("Newest first")),
    ("created_asc", _lazy("Oldest first")),
    ("updated_desc", _lazy("Latest change first")),
    ("updated_asc", _lazy("Latest change last")),
    ("name_asc", _lazy("Name, A to Z")),
    ("name_desc", _lazy("Name, Z to A")),
)


def index(request: SignedInRequest) -> HttpResponse:
    """Mine, my friends' and everyone's lists: sorted by `sort_by`, only the friends' with `partner=true`."""
    sort_by = request.GET.get("sort_by", "")
    sort_by = sort_by if sort_by in loading.SORTS else loading.DEFAULT_SORT
    sections = load_index(request.user, sort_by=sort_by, cursors=request.GET)
    context = {**sections, "sort_by": sort_by, "sorts": SORT_LABELS, "partner": request.GET.get("partner") == "true"}
    return render(request, "wishlists/index.html", context)


def load_index(user: User, *, sort_by: str, cursors: Mapping[str, str]) -> dict[str, object]:
    """For each section its cards and the cursor for more, by the way of loading that is switched on."""
    if previous_query_pattern_for(user):
        found = reference.load_sections(user, sort_by=sort_by, cursors=cursors)
        cards = reference.cards(found.lists(), user)
    else:
        found = loading.load_sections(user, sort_by=sort_by, cursors=cursors)
        cards = loading.cards(found.lists(), user, use_cache=fragment_caching_for(user))
    sections = {"mine": found.mine, "friends": found.friends, "public": found.public}
    return {
        name: {"cards": [cards[wishlist.pk] for wishlist in section.lists], "next_cursor": section.next_cursor}
        for name, section in sections.items()
    }


def detail(request: Request, public_id: str) -> HttpResponse:
    """One page a circle: what the others may not know is not in it, rather than hidden."""
    wishlist = or_404(lists.visible_list(request.user, public_id))
    if wishlist.owner_id == request.user.pk:
        return owner_page(request, wishlist)
    cursor = request.GET.get("after", "")
    if request.user.is_anonymous:
        page = lists.visitor_items(wishlist, cursor)
        return render(request, "wishlists/visitor.html", {"wishlist": wishlist, "page": page})
    page = claims.giver_items(wishlist, request.user, cursor)
    context = {
        "wishlist": wishlist,
        "page": page,
        "items": [claims.giver_item(item) for item in page],
        "revealed": rules.is_revealed(wishlist.reveal_on),
    }
    return render_part(request, "wishlists/giver.html", "list", context)


def owner_page(
    request: Request | SignedInRequest, wishlist: Wishlist, form: LinkForm | None = None, **context: object
) -> HttpResponse:
    """`?show=` names a wish that shall be on the page; `form` is the pasted link, when something is wrong with it."""
    show, after = request.GET.get("show", ""), request.GET.get("after", "")
    if show and not after:
        after = lists.cursor_to(wishlist, show)
    page, received = lists.owner_items(wishlist, after)
    shown = {
        "wishlist": wishlist,
        "page": page,
        "received": received,
        "share_url": _absolute(request, "share", wishlist.share_token) if wishlist.share_token else "",
        "revealed": rules.is_revealed(wishlist.reveal_on),
        "show": show,
    }
    if form and form.errors:
        return render_form(request, "wishlists/owner.html", form, **shown, **context)
    return render_part(request, "wishlists/owner.html", "list", {"form": form or LinkForm(), **shown, **context})


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


def _absolute(request: Request | SignedInRequest, route: str, *args: str) -> str:
    return request.build_absolute_uri(reverse(route, args=args))
