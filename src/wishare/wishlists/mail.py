"""Mail to givers. There is none to owners about claims."""

from wishare.core.mail import send_mail
from wishare.wishlists.models import Claim


def send_manage_link(claim: Claim, address: str) -> bool:
    """Sends a guest their private manage link, if they left an e-mail address. Returns whether they did."""
    if not claim.guest_email:
        return False
    send_mail("manage_link", claim.guest_email, {"claim": claim, "address": address})
    return True
