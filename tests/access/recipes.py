"""How each route is asked for: what its address is made of, and what a person would send there."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import PASSWORD, World
from wishare.core import outbox
from wishare.core.jobs.models import Job
from wishare.core.jobs.tasks import forget_failed
from wishare.notifications.models import Kind, Notification
from wishare.notifications.unsubscribing import make_token

Args = Callable[[World], list[str]]


def _nothing(world: World) -> list[str]:
    return []


@dataclass(frozen=True)
class Recipe:
    """`args` of the address, in a world; `data` of a POST."""

    args: Args = _nothing
    data: Mapping[str, str] = field(default_factory=dict)

    def address(self, route: str, world: World) -> str:
        return reverse(route, args=self.args(world))


def pid(name: str) -> Args:
    """The public id of something in the world."""
    return lambda world: [getattr(world, name).public_id]


def _invitation(world: World) -> list[str]:
    return [world.link_invitation.token]


def _share(world: World) -> list[str]:
    return [world.share_token]


def _share_wish(world: World) -> list[str]:
    return [world.share_token, world.book.public_id]


def _manage(world: World) -> list[str]:
    return [world.manage_token]


def _claim(world: World) -> list[str]:
    return [world.friend_claim.public_id if world.friend_claim else "2" * 16]


def _picture(world: World) -> list[str]:
    return [default_storage.save(f"items/{secrets.token_hex(16)}.webp", ContentFile(b"picture"))]


def _kept_mail(world: World) -> list[str]:
    outbox.EmailBackend().send_messages([EmailMessage("Hello", "Dear Clara", to=["clara@example.org"])])
    return [outbox.messages()[0].id]


def _token(world: World) -> list[str]:
    """The owner's."""
    digest = secrets.token_hex(32)
    made, _new = world.owner.access_tokens.get_or_create(name="A script", defaults={"digest": digest})
    return [made.public_id]


def _failed_job(world: World) -> list[str]:
    job = forget_failed.enqueue()
    Job.objects.filter(pk=job.id).update(status="FAILED", finished_at=timezone.now(), exception_class_path="ValueError")
    return [str(job.id)]


def _failed_task(world: World) -> list[str]:
    _failed_job(world)
    return [forget_failed.module_path]


def _email_key(world: World) -> list[str]:
    new, _made = EmailAddress.objects.get_or_create(user=world.asked, email="anton.new@example.org")
    return [EmailConfirmationHMAC(new).key]


def _reset_key(world: World) -> list[str]:
    return [user_pk_to_url_str(world.asked), default_token_generator.make_token(world.asked)]


def _notification(world: World) -> list[str]:
    """The owner's: that somebody has asked to be their friend."""
    return [world.owner.notifications.get(kind=Kind.INVITATION_RECEIVED, connection=world.request).public_id]


def _dismissed(world: World) -> list[str]:
    [public_id] = _notification(world)
    Notification.objects.filter(public_id=public_id).update(dismissed_at=timezone.now())
    return [public_id]


def _unsubscribe(world: World) -> list[str]:
    return [make_token(world.owner, [Kind.COMMENT])]


MAIL = dict.fromkeys(Kind.values, "2")
WISHLIST = {"name": "Easter", "event_type": "other", "event_date": "2199-04-05", "visibility": "1"}
ITEM = {"name": "Kite", "currency": "EUR", "price": "12.50", "quantity": "2", "priority": "1", "url": ""}
COMMENT = {"text": "The blue one, please."}
NEW_PASSWORD = {"password1": "Pear-Crumble-77", "password2": "Pear-Crumble-77"}
PROFILE = {
    "name": "A New Name",
    "bio_visibility": "2",
    "website_visibility": "2",
    "socials_visibility": "2",
    "address_visibility": "0",
    "locale": "",
    "time_zone": "Europe/Lisbon",
    "theme": "dark",
}

RECIPES: dict[str, Recipe] = {
    "home": Recipe(),
    "dashboard": Recipe(),
    "activity": Recipe(),
    "live_ticket": Recipe(),
    "health": Recipe(),
    "manifest": Recipe(),
    "robots": Recipe(),
    "privacy": Recipe(),
    "preferences": Recipe(data={"theme": "dark"}),
    "media": Recipe(_picture),
    "outbox": Recipe(),
    "outbox_message": Recipe(_kept_mail),
    "account_signup": Recipe(data={"name": "Nina", "email": "nina@example.org", "password1": PASSWORD}),
    "account_login": Recipe(data={"login": "clara.owner@example.org", "password": PASSWORD}),
    "account_logout": Recipe(),
    "account_confirm_email": Recipe(_email_key),
    "account_email_verification_sent": Recipe(),
    "account_reset_password": Recipe(data={"email": "anton.asked@example.org"}),
    "account_reset_password_done": Recipe(),
    "account_reset_password_from_key": Recipe(_reset_key, NEW_PASSWORD),
    "account_reset_password_from_key_done": Recipe(),
    "account_inactive": Recipe(),
    "account_reauthenticate": Recipe(data={"password": PASSWORD}),
    "account_change_password": Recipe(data={"oldpassword": PASSWORD, **NEW_PASSWORD}),
    "account_email": Recipe(data={"action_add": "", "email": "another@example.org"}),
    "account_settings": Recipe(data=PROFILE),
    "account_tokens": Recipe(data={"name": "Kitchen display"}),
    "account_token_revoke": Recipe(_token),
    "account_export": Recipe(),
    "account_delete": Recipe(data={"password": PASSWORD}),
    "api:api-root": Recipe(),
    "api:openapi-json": Recipe(),
    "api:wishlists": Recipe(),
    "person": Recipe(pid("owner")),
    "friends": Recipe(),
    "connection_request": Recipe(pid("owner")),
    "connection_accept": Recipe(pid("request")),
    "connection_decline": Recipe(pid("request")),
    "connection_end": Recipe(pid("friendship")),
    "invitation_create": Recipe(data={"email": "new.friend@example.org"}),
    "invitation_withdraw": Recipe(pid("link_invitation")),
    "invitation": Recipe(_invitation),
    "invitation_accept": Recipe(_invitation),
    "invitation_decline": Recipe(_invitation),
    "wishlists": Recipe(),
    "wishlist_create": Recipe(data=WISHLIST),
    "wishlist": Recipe(pid("christmas")),
    "wishlist_edit": Recipe(pid("christmas"), WISHLIST),
    "wishlist_delete": Recipe(pid("christmas")),
    "wishlist_restore": Recipe(pid("deleted")),
    "wishlist_share": Recipe(pid("christmas")),
    "wishlist_unshare": Recipe(pid("christmas")),
    "wishlist_givers": Recipe(pid("birthday")),
    "discover": Recipe(),
    "calendar": Recipe(),
    "item_create": Recipe(pid("christmas"), ITEM),
    "item_paste": Recipe(pid("christmas"), {"url": "https://shop.example.org/kite"}),
    "item_card": Recipe(pid("cups")),
    "item_lookup": Recipe(pid("book")),
    "add": Recipe(data={"url": "https://shop.example.org/kite", "name": "A kite"}),
    "bookmarklet": Recipe(),
    "item_edit": Recipe(pid("cups"), ITEM),
    "item_delete": Recipe(pid("cups")),
    "item_restore": Recipe(pid("removed")),
    "item_receive": Recipe(pid("cups")),
    "item_unreceive": Recipe(pid("received")),
    "item_move": Recipe(pid("cups"), {"direction": "top"}),
    "list_comments": Recipe(pid("christmas"), COMMENT),
    "list_whispers": Recipe(pid("christmas"), COMMENT),
    "item_comments": Recipe(pid("cups"), COMMENT),
    "item_whispers": Recipe(pid("cups"), COMMENT),
    "comment": Recipe(pid("comment")),
    "comment_edit": Recipe(pid("comment"), COMMENT),
    "comment_delete": Recipe(pid("comment")),
    "comment_restore": Recipe(pid("deleted_comment")),
    "gifts": Recipe(),
    "claim_create": Recipe(pid("book"), {"quantity": "1"}),
    "claim_purchase": Recipe(_claim),
    "claim_unpurchase": Recipe(_claim),
    "claim_undo": Recipe(_claim),
    "claim_acknowledge": Recipe(_claim),
    "share": Recipe(_share),
    "share_enter": Recipe(_share),
    "share_claim": Recipe(_share_wish, {"guest_name": "Gus", "quantity": "1"}),
    "guest_claim": Recipe(_manage),
    "guest_purchase": Recipe(_manage),
    "guest_unpurchase": Recipe(_manage),
    "guest_undo": Recipe(_manage),
    "guest_acknowledge": Recipe(_manage),
    "notifications": Recipe(),
    "notifications_bell": Recipe(),
    "notifications_read": Recipe(),
    "notification": Recipe(_notification),
    "notification_dismiss": Recipe(_notification),
    "notification_restore": Recipe(_dismissed),
    "notification_settings": Recipe(data=MAIL),
    "unsubscribe": Recipe(_unsubscribe, {"List-Unsubscribe": "One-Click"}),
    "staff_growth": Recipe(),
    "staff_flags": Recipe(data={"switch": "fragment_caching", "share": "30"}),
    "staff_flag": Recipe(lambda world: ["fragment_caching", "30"]),
    "staff_clear_caches": Recipe(),
    "staff_queues": Recipe(),
    "staff_jobs_retry": Recipe(_failed_task),
    "staff_jobs_discard": Recipe(_failed_task),
    "staff_job_retry": Recipe(_failed_job),
    "staff_job_discard": Recipe(_failed_job),
}
