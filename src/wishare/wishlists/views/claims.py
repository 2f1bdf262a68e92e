"""Giving with an account: choose a wish, buy it, undo, and look after one's gifts."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.accounts.requests import SignedInRequest
from wishare.core.flash import flash
from wishare.core.forms import Form
from wishare.core.http import came_from
from wishare.wishlists import snapshots
from wishare.wishlists.actions import claims as actions
from wishare.wishlists.forms import ClaimForm
from wishare.wishlists.models import Claim
from wishare.wishlists.queries import claims as queries

GIFTS_A_PAGE = 30


@dataclass(frozen=True)
class Gift:
    """A claim as its giver sees it: the wish now, and sentences about what changed since they chose it."""

    claim: Claim
    wish: snapshots.Snapshot
    notices: list[str]
    list_url: str


def gift(claim: Claim) -> Gift:
    notices = [snapshots.sentence(change) for change in snapshots.changes(claim)]
    return Gift(claim, snapshots.current(claim), notices, _list_url(claim))


def _list_url(claim: Claim) -> str:
    """The page of the list, by the way the giver may see it; empty when they may not."""
    if not claim.item or not claim.sees_item:  # type: ignore[attr-defined]
        return ""
    wishlist = claim.item.wishlist
    if claim.share_token and claim.share_token == wishlist.share_token:
        return reverse("share", args=[claim.share_token])
    return reverse("wishlist", args=[wishlist.public_id])


def gifts(request: SignedInRequest) -> HttpResponse:
    """What I give, for whom, by event date."""
    past = request.GET.get("when") == "past"
    page = queries.gifts(request.user, request.GET.get("after", ""), GIFTS_A_PAGE, past=past)
    context = {"gifts": [gift(claim) for claim in page], "page": page, "past": past}
    return render(request, "gifts/index.html", context)


def create(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = get_object_or_404(queries.givable_items(request.user), public_id=public_id)
    form = ClaimForm(request.POST)
    if explain(request, form):
        claim = actions.claim_item(item=item, giver=request.user, **form.cleaned_data)
        flash_claimed(request, claim, reverse("claim_undo", args=[claim.public_id]))
    return redirect("wishlist", item.wishlist.public_id)


def purchase(request: SignedInRequest, public_id: str) -> HttpResponse:
    actions.purchase_claim(claim=_mine(request, public_id))
    flash(request, _("Marked as bought."), undo=reverse("claim_unpurchase", args=[public_id]))
    return redirect(came_from(request, "gifts"))


def unpurchase(request: SignedInRequest, public_id: str) -> HttpResponse:
    actions.unpurchase_claim(claim=_mine(request, public_id))
    flash(request, _("Back to reserved."))
    return redirect(came_from(request, "gifts"))


def undo(request: SignedInRequest, public_id: str) -> HttpResponse:
    actions.undo_claim(claim=_mine(request, public_id))
    flash(request, _("Undone: others can choose it again."))
    return redirect(came_from(request, "gifts"))


def acknowledge(request: SignedInRequest, public_id: str) -> HttpResponse:
    actions.acknowledge_changes(claim=_mine(request, public_id))
    return redirect(came_from(request, "gifts"))


def explain(request: HttpRequest, form: Form) -> bool:
    """Whether a form of a button is valid; if not, the next page says why."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
    return form.is_valid()


def flash_claimed(request: HttpRequest, claim: Claim, undo_url: str) -> None:
    text = _("“%(name)s” is yours to give. %(owner)s will not find out.")
    wish = claim.snapshot
    flash(request, text % {"name": wish["name"], "owner": wish["owner_name"]}, undo=undo_url)


def _mine(request: SignedInRequest, public_id: str) -> Claim:
    return get_object_or_404(queries.claims_by(request.user), public_id=public_id)
