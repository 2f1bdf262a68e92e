"""What is said of each kind of activity: to who did it, and to friends. A table, because a page has ten of them."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from wishare.activity.models import Activity, Kind
from wishare.core.templatetags.wishare import address

Sentences = Mapping[str, str | Promise]

OWN: Sentences = {
    Kind.WISHLIST_CREATED: _('You made the list <a href="{address}">{list}</a>.'),
    Kind.WISHLIST_SHARED: _('You made a link to share <a href="{address}">{list}</a>.'),
    Kind.ITEM_ADDED: _('You wish for <b>{item}</b>, on <a href="{address}">{list}</a>.'),
    Kind.ITEM_PURCHASED: _('You bought <b>{item}</b> for {person}, from <a href="{address}">{list}</a>.'),
    Kind.WISHLIST_COMMENTED: _('You commented on <a href="{address}">{list}</a>.'),
    Kind.ITEM_COMMENTED: _('You commented on <b>{item}</b>, on <a href="{address}">{list}</a>.'),
    Kind.FRIEND_CONNECTED: _('You and <a href="{address}">{person}</a> are friends now.'),
    Kind.PROFILE_UPDATED: _("You updated your profile."),
}
#: `name` is who did it.
TOLD: Sentences = {
    Kind.WISHLIST_CREATED: _('{name} made the list <a href="{address}">{list}</a>.'),
    Kind.WISHLIST_SHARED: _('{name} is sharing <a href="{address}">{list}</a> by link.'),
    Kind.ITEM_ADDED: _('{name} wishes for <b>{item}</b>, on <a href="{address}">{list}</a>.'),
    Kind.WISHLIST_COMMENTED: _('{name} commented on <a href="{address}">{list}</a>.'),
    Kind.ITEM_COMMENTED: _('{name} commented on <b>{item}</b>, on <a href="{address}">{list}</a>.'),
    Kind.FRIEND_CONNECTED: _('{name} and <a href="{address}">{person}</a> are friends now.'),
    Kind.PROFILE_UPDATED: _('<a href="{address}">{person}</a> updated their profile.'),
}
#: The same of what was said among givers alone.
OWN_AMONG_GIVERS: Sentences = {
    **OWN,
    Kind.WISHLIST_COMMENTED: _('You told the givers of <a href="{address}">{list}</a> something.'),
    Kind.ITEM_COMMENTED: _('You told the givers about <b>{item}</b>, on <a href="{address}">{list}</a>.'),
}
TOLD_AMONG_GIVERS: Sentences = {
    **TOLD,
    Kind.WISHLIST_COMMENTED: _('{name} told the givers of <a href="{address}">{list}</a> something.'),
    Kind.ITEM_COMMENTED: _('{name} told the givers about <b>{item}</b>, on <a href="{address}">{list}</a>.'),
}


def sentence(activity: Activity, name: str = "") -> SafeString:
    """In the active language; `name` is who did it, empty where that is the reader."""
    own, told = (OWN, TOLD) if activity.givers_id is None else (OWN_AMONG_GIVERS, TOLD_AMONG_GIVERS)
    wishlist, item, person = activity.wishlist, activity.item, activity.person
    target = ("wishlist", wishlist.public_id) if wishlist else ("person", person.public_id) if person else ("", "")
    return format_html(
        str((told if name else own)[activity.kind]),
        name=name,
        address=address(*target),
        list=wishlist.name if wishlist else "",
        item=item.name if item else "",
        person=person.name if person else "",
    )
