"""A person: what they show the viewer of themselves, and their lists."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wishare.access import rules
from wishare.accounts.models import User
from wishare.accounts.requests import Request, SignedInRequest
from wishare.connections import actions
from wishare.connections.models import Connection
from wishare.connections.queries import connection_seen_by
from wishare.core.flags import fragment_caching_for
from wishare.core.flash import flash
from wishare.core.http import or_404
from wishare.core.ratelimit import limit
from wishare.wishlists import loading
from wishare.wishlists.queries import people

LISTS_A_PAGE = 24
#: The parts of a profile that have a visibility of their own.
PARTS = {
    "bio": ("bio",),
    "website": ("website",),
    "socials": ("instagram", "facebook", "x_twitter"),
    "address": (
        "street_number",
        "street_address",
        "apartment_unit",
        "city",
        "state",
        "postal_code",
        "country",
    ),
}


def person(request: Request, public_id: str) -> HttpResponse:
    person = or_404(people.visible_person(request.user, public_id))
    is_self = person.pk == request.user.pk
    connection = None
    if isinstance(request.user, User) and not is_self:
        connection = connection_seen_by(request.user, person)
    is_friend = bool(connection and connection.status == Connection.Status.ACCEPTED)
    page = people.page_of_lists(person, request.user, request.GET.get("after", ""), LISTS_A_PAGE)
    cards = loading.cards(page, request.user, use_cache=fragment_caching_for(request.user))
    context = {
        "person": person,
        "profile": _profile(person, is_self=is_self, is_friend=is_friend),
        "connection": connection,
        "is_self": is_self,
        "is_friend": is_friend,
        "page": page,
        "cards": list(cards.values()),
    }
    return render(request, "connections/person.html", context)


def ask_to_connect(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Sends a friend request to somebody whose page the viewer can see."""
    limit(request, "invite")
    partner = or_404(people.visible_person(request.user, public_id))
    connection = actions.ask_to_connect(user=request.user, partner=partner)
    accepted = connection.status == Connection.Status.ACCEPTED
    text = _("You and %(name)s are friends now.") if accepted else _("We have asked %(name)s.")
    flash(request, text % {"name": partner.name})
    return redirect("person", public_id)


def _profile(person: User, *, is_self: bool, is_friend: bool) -> dict[str, str]:
    """The fields this viewer may see and that are not empty."""
    fields = [
        field
        for part, fields in PARTS.items()
        if rules.profile_field_visible(
            setting=getattr(person, f"{part}_visibility"), is_self=is_self, is_friend=is_friend
        )
        for field in fields
    ]
    return {field: getattr(person, field) for field in fields if getattr(person, field)}
