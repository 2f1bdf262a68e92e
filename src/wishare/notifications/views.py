"""The bell, the page of notifications, how one is mailed, and the way out of a mail."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from wishare.accounts.requests import SignedInRequest
from wishare.accounts.zones import zone_of
from wishare.core.days import by_day
from wishare.core.flash import flash
from wishare.core.http import came_from, render_form
from wishare.notifications import actions, queries
from wishare.notifications.delivery import has_verified
from wishare.notifications.forms import MailForm
from wishare.notifications.models import Frequency
from wishare.notifications.sentences import SIGNS, html, target
from wishare.notifications.unsubscribing import read_token

A_PAGE = 20


def notifications(request: SignedInRequest) -> HttpResponse:
    """Newest first, under the days they are of where the person lives."""
    viewer, zone = request.user, zone_of(request.user)
    page = queries.page_of_told(viewer, request.GET.get("after", ""), A_PAGE)
    shown = request.GET.get("day", "") if request.htmx else ""  # type: ignore[attr-defined]  # more rows of a page
    rows = ((row.created_at, {"row": row, "text": html(row), "sign": SIGNS[row.kind]}) for row in page)
    today = timezone.localdate(timezone=zone)
    context = {
        "days": by_day(rows, shown, zone),
        "next_cursor": page.next_cursor,
        "today": today,
        "yesterday": today - timedelta(days=1),
    }
    return render(request, "notifications/index.html", context)


def bell(request: SignedInRequest) -> HttpResponse:
    """The bell alone, for a page that was poked."""
    return render(request, "notifications/bell.html", {"unread": queries.unread(request.user)})


def notification(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Leads to what it is about, and notes that it was read. A link, as mails have one, too."""
    visible = queries.visible_to(request.user).filter(public_id=public_id)
    row = get_object_or_404(queries.with_targets(visible))
    actions.mark_read(notifications=visible, reader=request.user)
    return redirect(target(row))


def read_all(request: SignedInRequest) -> HttpResponse:
    actions.mark_all_read(reader=request.user)
    return redirect("notifications")


def dismiss(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(queries.visible_to(request.user), public_id=public_id)
    actions.dismiss(notification=row, reader=request.user)
    flash(request, _("Removed."), undo=reverse("notification_restore", args=[public_id]))
    return redirect(came_from(request, "notifications"))


def restore(request: SignedInRequest, public_id: str) -> HttpResponse:
    row = get_object_or_404(queries.dismissed_by(request.user), public_id=public_id)
    actions.restore(notification=row, reader=request.user)
    return redirect("notifications")


def settings(request: SignedInRequest) -> HttpResponse:
    """How often to mail what."""
    form = MailForm(request.POST or None, initial=actions.frequencies(request.user))
    if not form.is_valid():
        context = {"zone": zone_of(request.user).key, "verified": has_verified(request.user)}
        return render_form(request, "notifications/settings.html", form, **context)
    actions.choose_mail(person=request.user, choices=form.cleaned_data)
    flash(request, _("Saved."))
    return redirect("notification_settings")


@csrf_exempt  # the token says who means it; a mail program has no cookie of ours (RFC 8058)
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Asks, when it is opened; ends the mails of the kinds that the token names, when it is posted to."""
    found = read_token(token)
    if found is None:
        raise Http404
    if done := request.method == "POST":
        actions.choose_mail(person=found.person, choices=dict.fromkeys(found.kinds, Frequency.NEVER))
    return render(request, "notifications/unsubscribe.html", {"kinds": found.kinds, "done": done})
