"""Mail about friendships."""

from wishare.accounts.models import User
from wishare.connections.models import Invitation
from wishare.core.mail import send_mail


def send_invitation(invitation: Invitation, address: str) -> None:
    """Sends an invitation in the language of the recipient's account, or else the sender's current one.

    `address` is the absolute address of its page.
    """
    known = User.objects.filter(email=invitation.recipient_email).values_list("locale", flat=True).first()
    context = {"sender": invitation.sender, "address": address, "expires_at": invitation.expires_at}
    send_mail("invitation", invitation.recipient_email, context, locale=known or "")
