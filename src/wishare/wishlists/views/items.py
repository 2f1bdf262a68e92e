"""Wishes, as their owner handles them."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.accounts.requests import SignedInRequest
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import render_form
from wishare.core.ratelimit import limit
from wishare.wishlists.actions import items as actions
from wishare.wishlists.forms import ItemForm, MoveForm
from wishare.wishlists.models import Item
from wishare.wishlists.queries import lists


def create(request: SignedInRequest, public_id: str) -> HttpResponse:
    wishlist = get_object_or_404(lists.owned_lists(request.user), public_id=public_id)
    initial = {"currency": lists.usual_currency(request.user)}
    form = ItemForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        with refusals_in(form, "url"):
            if form.cleaned_data["url"]:
                limit(request, "add_link")
            item = actions.add_item(wishlist=wishlist, look_up=True, **form.cleaned_data)
            flash(request, _("“%(name)s” is on your list.") % {"name": item.name})
            again = "another" in request.POST
            return redirect("item_create" if again else "wishlist", public_id)
    return render_form(request, "wishlists/item_form.html", form, wishlist=wishlist)


def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = _owned(request, public_id)
    wishlist = item.wishlist
    form = ItemForm(request.POST or None, request.FILES or None, instance=item)
    if form.is_valid():
        with refusals_in(form, "url"):
            if "url" in form.changed_data:
                limit(request, "add_link")
            actions.edit_item(item=item, look_up=True, **form.cleaned_data)
            flash(request, _("Saved."))
            return redirect("wishlist", wishlist.public_id)
    return render_form(request, "wishlists/item_form.html", form, wishlist=wishlist, item=item)


def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = _owned(request, public_id)
    actions.delete_item(item=item)
    text = _("“%(name)s” is removed.") % {"name": item.name}
    return _back_to_list(request, item, text, undo="item_restore")


def restore(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = get_object_or_404(lists.deleted_items(request.user), public_id=public_id)
    actions.restore_item(item=item)
    return _back_to_list(request, item, _("“%(name)s” is back.") % {"name": item.name})


def receive(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = _owned(request, public_id)
    actions.receive_item(item=item)
    text = _("How lovely! “%(name)s” is under Received.") % {"name": item.name}
    return _back_to_list(request, item, text, undo="item_unreceive")


def unreceive(request: SignedInRequest, public_id: str) -> HttpResponse:
    item = _owned(request, public_id)
    actions.unreceive_item(item=item)
    return _back_to_list(request, item, _("“%(name)s” is a wish again.") % {"name": item.name})


def move(request: SignedInRequest, public_id: str) -> HttpResponse:
    """By button in a direction, or by dragging before another wish."""
    item = _owned(request, public_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Http404
    if direction := form.cleaned_data["direction"]:
        actions.move_item(item=item, direction=direction)
    else:
        before = lists.open_items(item.wishlist).filter(public_id=form.cleaned_data["before"]).first()
        actions.move_item_before(item=item, before=before)
    return redirect("wishlist", item.wishlist.public_id)


def _owned(request: SignedInRequest, public_id: str) -> Item:
    return get_object_or_404(lists.owned_items(request.user), public_id=public_id)


def _back_to_list(request: SignedInRequest, item: Item, text: str, undo: str = "") -> HttpResponse:
    flash(request, text, undo=reverse(undo, args=[item.public_id]) if undo else "")
    return redirect("wishlist", item.wishlist.public_id)
