"""The secret share link, and what a guest without an account does with it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.access import rules
from wishare.accounts.requests import Request
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import render_form
from wishare.core.ratelimit import limit
from wishare.wishlists.actions import claims as actions
from wishare.wishlists.forms import ClaimForm, GuestClaimForm
from wishare.wishlists.mail import send_manage_link
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries import claims as queries
from wishare.wishlists.queries import lists
from wishare.wishlists.views.claims import explain, flash_claimed, gift

GUEST_OF = "guest_of"
LISTS_REMEMBERED = 50


def share(request: Request, token: str) -> HttpResponse:
    """The list behind a link. A guest says first that they come to give, so that an owner who tries the link in
    another browser does not see by accident what is taken."""
    wishlist = _shared(token)
    if wishlist.owner_id == request.user.pk:
        return redirect("wishlist", wishlist.public_id)
    cursor = request.GET.get("after", "")
    if not _comes_to_give(request, wishlist):
        page = lists.visitor_items(wishlist, cursor)
        return render(request, "wishlists/share_door.html", {"wishlist": wishlist, "page": page, "token": token})
    page = queries.giver_items(wishlist, request.user, cursor)
    context = {
        "wishlist": wishlist,
        "page": page,
        "token": token,
        "items": [queries.giver_item(item) for item in page],
        "revealed": rules.is_revealed(wishlist.reveal_on),
    }
    return render(request, "wishlists/share.html", context)


def enter(request: Request, token: str) -> HttpResponse:
    """«I come to give»: remembered for this list in this browser."""
    wishlist = _shared(token)
    lists_known = [known for known in request.session.get(GUEST_OF, []) if known != wishlist.public_id]
    request.session[GUEST_OF] = [*lists_known, wishlist.public_id][-LISTS_REMEMBERED:]
    return redirect("share", token)


def claim(request: Request, token: str, public_id: str) -> HttpResponse:
    """Chooses a wish: as oneself when signed in, else as a guest with a name."""
    item = get_object_or_404(queries.shared_items(token), public_id=public_id)
    if item.wishlist.owner_id == request.user.pk:
        messages.error(request, _("This is your own list. The others give from it."))
        return redirect("wishlist", item.wishlist.public_id)
    if request.user.is_anonymous:
        return _claim_as_guest(request, token, item)
    form = ClaimForm(request.POST)
    if request.method == "POST" and explain(request, form):
        made = actions.claim_item(item=item, giver=request.user, share_token=token, **form.cleaned_data)
        flash_claimed(request, made, reverse("claim_undo", args=[made.public_id]))
    return redirect("share", token)


def _claim_as_guest(request: Request, token: str, item: Item) -> HttpResponse:
    form = GuestClaimForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form):
            limit(request, "guest_claim")
            data = form.cleaned_data
            made = actions.claim_item_as_guest(
                item=item,
                name=data["guest_name"],
                email=data["guest_email"],
                quantity=data["quantity"],
                share_token=token,
            )
            return _to_manage_page(request, made)
    return render_form(request, "wishlists/share_claim.html", form, item=item, token=token)


def _to_manage_page(request: Request, made: actions.GuestClaim) -> HttpResponse:
    address = reverse("guest_claim", args=[made.manage_token])
    sent = send_manage_link(made.claim, request.build_absolute_uri(address))
    text = _("Thank you! Keep this page's address: it is the only way to change or undo this.")
    flash(request, _("Thank you! We have sent the address of this page to you.") if sent else text)
    return redirect(address)


def manage(request: Request, token: str) -> HttpResponse:
    """A guest's claim; the address is the key."""
    claim = get_object_or_404(queries.guest_claims(token))
    link = request.build_absolute_uri()
    return render(request, "gifts/guest.html", {"gift": gift(claim), "token": token, "link": link})


def purchase(request: Request, token: str) -> HttpResponse:
    actions.purchase_claim(claim=get_object_or_404(queries.guest_claims(token)))
    flash(request, _("Marked as bought."), undo=reverse("guest_unpurchase", args=[token]))
    return redirect("guest_claim", token)


def unpurchase(request: Request, token: str) -> HttpResponse:
    actions.unpurchase_claim(claim=get_object_or_404(queries.guest_claims(token)))
    flash(request, _("Back to reserved."))
    return redirect("guest_claim", token)


def undo(request: Request, token: str) -> HttpResponse:
    claim = get_object_or_404(queries.guest_claims(token))
    actions.undo_claim(claim=claim)
    flash(request, _("Undone: others can choose it again."))
    return redirect("share", claim.share_token) if claim.sees_item else redirect("home")  # type: ignore[attr-defined]


def acknowledge(request: Request, token: str) -> HttpResponse:
    actions.acknowledge_changes(claim=get_object_or_404(queries.guest_claims(token)))
    return redirect("guest_claim", token)


def _shared(token: str) -> Wishlist:
    return get_object_or_404(lists.shared_lists(token))


def _comes_to_give(request: Request, wishlist: Wishlist) -> bool:
    return request.user.is_authenticated or wishlist.public_id in request.session.get(GUEST_OF, [])
