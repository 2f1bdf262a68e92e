"""Threads about lists and wishes, and what one does with a comment. The address of a thread says who reads it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.access import rules
from wishare.access.choices import CommentAudience
from wishare.accounts.requests import SignedInRequest
from wishare.comments import actions, queries, threads
from wishare.comments.forms import CommentForm
from wishare.comments.models import Comment
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import came_from, or_404
from wishare.core.ratelimit import limit
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries import lists

EVERYONE, GIVERS = CommentAudience.EVERYONE, CommentAudience.GIVERS


def list_comments(request: SignedInRequest, public_id: str) -> HttpResponse:
    """With the owner."""
    return _thread(request, or_404(lists.visible_list(request.user, public_id)), None, EVERYONE)


def list_whispers(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Among givers."""
    givable = lists.visible_lists(request.user).filter(rules.list_givable_by(request.user))
    return _thread(request, get_object_or_404(givable, public_id=public_id), None, GIVERS)


def item_comments(request: SignedInRequest, public_id: str) -> HttpResponse:
    """With the owner."""
    item = get_object_or_404(queries.commented_items(request.user), public_id=public_id)
    return _thread(request, item.wishlist, item, EVERYONE)


def item_whispers(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Among givers."""
    givable = queries.commented_items(request.user).filter(rules.list_givable_by(request.user, at="wishlist__"))
    item = get_object_or_404(givable, public_id=public_id)
    return _thread(request, item.wishlist, item, GIVERS)


def comment(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One by itself: what a page that shows it puts in its place when it has changed, or nothing when it is gone."""
    found = queries.visible_comments(request.user).filter(public_id=public_id).first()
    if found is None and _by_script(request):
        return HttpResponse()
    if found is None:
        raise Http404
    return _page(request, [threads.alone(found, request.user)], alone=True)


def edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(queries.editable_comments(request.user), public_id=public_id)
    form = CommentForm(request.POST or None, instance=found)
    if form.is_valid():
        edited = actions.edit_comment(comment=found, **form.cleaned_data)
        return redirect("comment", public_id) if _by_script(request) else redirect(_place_of(edited))
    status = 422 if form.errors else 200
    return _page(request, [threads.alone(found, request.user, form)], status, alone=True, editing=True)


def delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(queries.deletable_comments(request.user), public_id=public_id)
    actions.delete_comment(comment=found, by=request.user)
    flash(request, _("The comment is deleted."), undo=reverse("comment_restore", args=[public_id]))
    return redirect(_address_of(found) if _by_script(request) else came_from(request, _address_of(found)))


def restore(request: SignedInRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(queries.restorable_comments(request.user), public_id=public_id)
    actions.restore_comment(comment=found)
    flash(request, _("The comment is back."))
    return redirect(came_from(request, _address_of(found)))


def _thread(request: SignedInRequest, wishlist: Wishlist, item: Item | None, audience: CommentAudience) -> HttpResponse:
    """A thread, or the part `before` or `since` a place; by POST, one more comment."""
    about = (wishlist, item, audience, request.user)
    if request.method == "POST":
        return _say(request, wishlist, item, audience)
    if "before" in request.GET:
        return _page(request, [threads.earlier(*about, request.GET["before"])], part=True)
    if "since" in request.GET:
        return _page(request, [threads.later(*about, request.GET["since"])], part=True)
    return _page(request, threads.conversation(wishlist, request.user, item=item).threads)


def _say(request: SignedInRequest, wishlist: Wishlist, item: Item | None, audience: CommentAudience) -> HttpResponse:
    form = CommentForm(request.POST)
    if form.is_valid():
        with refusals_in(form, "text"):
            limit(request, "comment")
            author = request.user
            actions.comment_on(wishlist=wishlist, item=item, author=author, audience=audience, **form.cleaned_data)
            here = threads.address(wishlist, item, audience)
            return redirect(here if _by_script(request) else f"{came_from(request, here)}#{threads.NAMES[audience]}")
    found = threads.conversation(wishlist, request.user, item=item).threads
    return _page(request, [threads.with_form(row, form) if row.audience == audience else row for row in found], 422)


def _page(request: SignedInRequest, shown: list[threads.Thread], status: int = 200, **how: bool) -> HttpResponse:
    """All, or what `how` names."""
    context = {"threads": shown, "wishlist": shown[0].wishlist, "item": shown[0].item, **how}
    return render(request, "comments/page.html", context, status=status)


def _by_script(request: SignedInRequest) -> bool:
    """Then what follows is put into the page that is open."""
    return bool(request.htmx)  # type: ignore[attr-defined]


def _address_of(comment: Comment) -> str:
    return threads.address(comment.wishlist, comment.item, CommentAudience(comment.audience))


def _place_of(comment: Comment) -> str:
    return f"{_address_of(comment)}#comment-{comment.public_id}"
