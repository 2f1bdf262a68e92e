"""Every route of the application, and who may use it. A route without a row does not start (see `checks.py`)."""

from dataclasses import dataclass
from enum import Enum


class Who(Enum):
    """A circle of people. `docs/privacy.md` says, and a test shows, who of the cast is in it.

    The middleware decides the circles that need no object; the view's query decides the others (a 404 otherwise).
    """

    ANYONE = "anyone"
    SIGNED_IN = "signed in"
    PERSON_VIEWER = "who may see a person"
    OTHER_PERSON_VIEWER = "who is signed in and may see another person"
    REQUEST_PARTNER = "who was asked to be a friend"
    FRIEND = "either side of a friendship"
    INVITATION_SENDER = "sender of an invitation"
    INVITATION_HOLDER = "who holds an invitation link"
    INVITATION_RECIPIENT = "who is signed in and was sent the invitation"
    LIST_OWNER = "owner of a list"
    LIST_OWNER_REVEALED = "owner of a list, once revealed"
    LIST_VIEWER = "who may see a list"
    LIST_READER = "who is signed in and may see a list"
    GIVER = "who may give from a list"
    COMMENT_READER = "who may read a comment"
    COMMENT_AUTHOR = "author of a comment"
    COMMENT_REMOVER = "author of a comment, or owner of its list"
    COMMENT_DELETER = "who deleted a comment"
    CLAIM_GIVER = "giver of a claim"
    SHARE_HOLDER = "who holds a share link"
    MANAGE_HOLDER = "who holds a manage link"
    NOTIFIED = "recipient of a notification"
    UNSUBSCRIBE_HOLDER = "who holds an unsubscribe link"
    PROGRAM_OWNER = "who made an access token"
    PROGRAM = "program with an access token"
    STAFF = "admins"
    LOOPBACK = "this computer only"


#: Circles that a visitor without an account can be in.
OPEN_TO_VISITORS = frozenset(
    {
        Who.ANYONE,
        Who.PERSON_VIEWER,
        Who.INVITATION_HOLDER,
        Who.LIST_VIEWER,
        Who.SHARE_HOLDER,
        Who.MANAGE_HOLDER,
        Who.UNSUBSCRIBE_HOLDER,
        Who.PROGRAM,  # who shows it instead of a session
        Who.LOOPBACK,
    }
)


@dataclass(frozen=True)
class Route:
    """Who may use a route, and with which methods. HEAD goes with GET."""

    who: Who
    methods: tuple[str, ...]


def page(who: Who) -> Route:
    """Read only."""
    return Route(who, ("GET",))


def form(who: Who) -> Route:
    """A page with a form that posts back to it."""
    return Route(who, ("GET", "POST"))


def act(who: Who) -> Route:
    """A change of state, by button."""
    return Route(who, ("POST",))


ROUTES: dict[str, Route] = {
    "home": page(Who.ANYONE),
    "dashboard": page(Who.SIGNED_IN),
    "activity": page(Who.SIGNED_IN),
    "live_ticket": page(Who.SIGNED_IN),
    "health": page(Who.ANYONE),
    "manifest": page(Who.ANYONE),
    "robots": page(Who.ANYONE),
    "privacy": page(Who.ANYONE),
    "preferences": act(Who.ANYONE),
    "media": page(Who.ANYONE),
    "outbox": page(Who.LOOPBACK),
    "outbox_message": page(Who.LOOPBACK),
    # accounts
    "account_signup": form(Who.ANYONE),
    "account_login": form(Who.ANYONE),
    "account_logout": form(Who.ANYONE),
    "account_confirm_email": form(Who.ANYONE),
    "account_email_verification_sent": page(Who.ANYONE),
    "account_reset_password": form(Who.ANYONE),
    "account_reset_password_done": page(Who.ANYONE),
    "account_reset_password_from_key": form(Who.ANYONE),
    "account_reset_password_from_key_done": page(Who.ANYONE),
    "account_inactive": page(Who.ANYONE),
    "account_reauthenticate": form(Who.SIGNED_IN),
    "account_change_password": form(Who.SIGNED_IN),
    "account_email": form(Who.SIGNED_IN),
    "account_settings": form(Who.SIGNED_IN),
    "account_tokens": form(Who.SIGNED_IN),
    "account_token_revoke": act(Who.PROGRAM_OWNER),
    "account_export": act(Who.SIGNED_IN),
    "account_delete": form(Who.SIGNED_IN),
    # programs
    "api:api-root": page(Who.ANYONE),
    "api:openapi-json": page(Who.ANYONE),
    "api:wishlists": page(Who.PROGRAM),
    # people and friends
    "person": page(Who.PERSON_VIEWER),
    "friends": page(Who.SIGNED_IN),
    "connection_request": act(Who.OTHER_PERSON_VIEWER),
    "connection_accept": act(Who.REQUEST_PARTNER),
    "connection_decline": act(Who.REQUEST_PARTNER),
    "connection_end": act(Who.FRIEND),
    "invitation_create": form(Who.SIGNED_IN),
    "invitation_withdraw": act(Who.INVITATION_SENDER),
    "invitation": page(Who.INVITATION_HOLDER),
    "invitation_accept": act(Who.INVITATION_RECIPIENT),
    "invitation_decline": act(Who.INVITATION_HOLDER),
    # lists
    "wishlists": page(Who.SIGNED_IN),
    "wishlist_create": form(Who.SIGNED_IN),
    "wishlist": page(Who.LIST_VIEWER),
    "wishlist_edit": form(Who.LIST_OWNER),
    "wishlist_delete": act(Who.LIST_OWNER),
    "wishlist_restore": act(Who.LIST_OWNER),
    "wishlist_share": act(Who.LIST_OWNER),
    "wishlist_unshare": act(Who.LIST_OWNER),
    "wishlist_givers": page(Who.LIST_OWNER_REVEALED),
    "discover": page(Who.ANYONE),
    "calendar": page(Who.SIGNED_IN),
    # items
    "item_create": form(Who.LIST_OWNER),
    "item_paste": act(Who.LIST_OWNER),
    "item_card": page(Who.LIST_OWNER),
    "item_lookup": act(Who.LIST_OWNER),
    "add": form(Who.SIGNED_IN),
    "bookmarklet": page(Who.SIGNED_IN),
    "item_edit": form(Who.LIST_OWNER),
    "item_delete": act(Who.LIST_OWNER),
    "item_restore": act(Who.LIST_OWNER),
    "item_receive": act(Who.LIST_OWNER),
    "item_unreceive": act(Who.LIST_OWNER),
    "item_move": act(Who.LIST_OWNER),
    # comments
    "list_comments": form(Who.LIST_READER),
    "list_whispers": form(Who.GIVER),
    "item_comments": form(Who.LIST_READER),
    "item_whispers": form(Who.GIVER),
    "comment": page(Who.COMMENT_READER),
    "comment_edit": form(Who.COMMENT_AUTHOR),
    "comment_delete": act(Who.COMMENT_REMOVER),
    "comment_restore": act(Who.COMMENT_DELETER),
    # giving
    "gifts": page(Who.SIGNED_IN),
    "claim_create": act(Who.GIVER),
    "claim_purchase": act(Who.CLAIM_GIVER),
    "claim_unpurchase": act(Who.CLAIM_GIVER),
    "claim_undo": act(Who.CLAIM_GIVER),
    "claim_acknowledge": act(Who.CLAIM_GIVER),
    "share": page(Who.SHARE_HOLDER),
    "share_enter": act(Who.SHARE_HOLDER),
    "share_claim": form(Who.SHARE_HOLDER),
    "guest_claim": page(Who.MANAGE_HOLDER),
    "guest_purchase": act(Who.MANAGE_HOLDER),
    "guest_unpurchase": act(Who.MANAGE_HOLDER),
    "guest_undo": act(Who.MANAGE_HOLDER),
    "guest_acknowledge": act(Who.MANAGE_HOLDER),
    # notifications
    "notifications": page(Who.SIGNED_IN),
    "notifications_bell": page(Who.SIGNED_IN),
    "notifications_read": act(Who.SIGNED_IN),
    "notification": page(Who.NOTIFIED),
    "notification_dismiss": act(Who.NOTIFIED),
    "notification_restore": act(Who.NOTIFIED),
    "notification_settings": form(Who.SIGNED_IN),
    "unsubscribe": form(Who.UNSUBSCRIBE_HOLDER),
    # for admins
    "staff_growth": page(Who.STAFF),
    "staff_flags": form(Who.STAFF),
    "staff_flag": act(Who.STAFF),
    "staff_clear_caches": act(Who.STAFF),
    "staff_queues": page(Who.STAFF),
    "staff_jobs_retry": act(Who.STAFF),
    "staff_jobs_discard": act(Who.STAFF),
    "staff_job_retry": act(Who.STAFF),
    "staff_job_discard": act(Who.STAFF),
}
