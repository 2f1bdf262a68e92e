"""Mail from templates, with a failing mail server reported instead of raised."""

import logging
from smtplib import SMTPException

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation

logger = logging.getLogger(__name__)


def send_mail(template: str, to: str, context: dict[str, object], *, locale: str = "") -> bool:
    """Sends `mail/{template}_subject.txt`, `.txt` and `.html` to one address. Returns whether a server took it.

    `locale` is the recipient's if it is known; otherwise the current language.
    """
    with translation.override(locale or translation.get_language()):
        subject = " ".join(render_to_string(f"mail/{template}_subject.txt", context).split())
        mail = EmailMultiAlternatives(subject, render_to_string(f"mail/{template}.txt", context), to=[to])
        mail.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    try:
        return bool(mail.send())
    except (SMTPException, OSError):
        logger.exception("mail %s could not be sent", template)
        return False
