"""Friends: who they are, who asks, whom I ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.accounts.models import User
from wishare.accounts.requests import Request, SignedInRequest
from wishare.connections import actions, queries
from wishare.connections.forms import InvitationForm
from wishare.connections.mail import send_invitation
from wishare.connections.models import Invitation
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import came_from
from wishare.core.ratelimit import limit

FRIENDS_A_PAGE = 48
INVITATION_IN_SESSION = "invitation"


def friends(request: SignedInRequest) -> HttpResponse:
    return _page(request, InvitationForm())


def _page(request: SignedInRequest, form: InvitationForm) -> HttpResponse:
    me = request.user
    waiting = queries.waiting(me)
    context = {
        "form": form,
        "page": queries.page_of_friends(me, request.GET.get("after", ""), FRIENDS_A_PAGE),
        "requests_to": waiting.requests_to,
        "requests_by": waiting.requests_by,
        "invitations_to": waiting.invitations_to,
        "invitations_by": [(row, _address(request, row)) for row in waiting.invitations_by],
    }
    return render(request, "connections/friends.html", context, status=422 if form.errors else 200)


def accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    connection = get_object_or_404(queries.requests_to(request.user), public_id=public_id)
    actions.answer_request(connection=connection, accept=True)
    flash(request, _("You and %(name)s are friends now.") % {"name": connection.user.name})
    return redirect(came_from(request, "friends"))


def decline(request: SignedInRequest, public_id: str) -> HttpResponse:
    connection = get_object_or_404(queries.requests_to(request.user), public_id=public_id)
    actions.answer_request(connection=connection, accept=False)
    flash(request, _("Declined. %(name)s is not told.") % {"name": connection.user.name})
    return redirect(came_from(request, "friends"))


def end(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ends a friendship, or withdraws a request."""
    connection = get_object_or_404(queries.endable_by(request.user), public_id=public_id)
    actions.disconnect(connection=connection, by=request.user)
    flash(request, _("Done. You no longer see each other’s lists for friends and family."))
    return redirect("friends")


def invite(request: SignedInRequest) -> HttpResponse:
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with refusals_in(form, "email"):
            limit(request, "invite")
            invitation = actions.invite(sender=request.user, recipient_email=form.cleaned_data["email"])
            _tell_invited(request, invitation)
            return redirect("friends")
    return _page(request, form)


def _tell_invited(request: HttpRequest, invitation: Invitation) -> None:
    if not invitation.recipient_email:
        flash(request, _("Your link is ready: copy it and send it to your friend."))
    else:
        send_invitation(invitation, _address(request, invitation))
        flash(request, _("Invitation sent to %(email)s.") % {"email": invitation.recipient_email})


def withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_by(request.user), public_id=public_id)
    actions.withdraw_invitation(invitation=invitation)
    flash(request, _("Invitation withdrawn. Its link no longer works."))
    return redirect("friends")


def invitation(request: Request, token: str) -> HttpResponse:
    """The page behind an invitation link; a visitor finds it again after signing up."""
    invitation = get_object_or_404(queries.invitations(), token=token)
    if request.user.is_authenticated:
        request.session.pop(INVITATION_IN_SESSION, None)
    elif invitation.is_open:
        request.session[INVITATION_IN_SESSION] = token
    context = {"invitation": invitation, "is_sender": invitation.sender_id == request.user.pk}
    return render(request, "connections/invitation.html", context)


def accept_invitation(request: SignedInRequest, token: str) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations(), token=token)
    actions.accept_invitation(invitation=invitation, user=request.user)
    flash(request, _("You and %(name)s are friends now.") % {"name": invitation.sender.name})
    return redirect("person", invitation.sender.public_id)


def decline_invitation(request: Request, token: str) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations(), token=token)
    user = request.user if isinstance(request.user, User) else None
    actions.decline_invitation(invitation=invitation, user=user)
    request.session.pop(INVITATION_IN_SESSION, None)
    flash(request, _("Declined."))
    return redirect("home")


def _address(request: HttpRequest, invitation: Invitation) -> str:
    return request.build_absolute_uri(reverse("invitation", args=[invitation.token]))
