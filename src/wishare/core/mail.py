"""Mail from templates."""

from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def send_mail(template: str, to: str, context: dict[str, object], *, locale: str = "") -> None:
    """Sends `mail/{template}_subject.txt`, `.txt` and `.html` to one address, as soon as a mail server takes it.

    `locale` is the recipient's if it is known; otherwise the current language.
    """
    with translation.override(locale or translation.get_language()):
        subject = " ".join(render_to_string(f"mail/{template}_subject.txt", context).split())
        mail = EmailMultiAlternatives(subject, render_to_string(f"mail/{template}.txt", context), to=[to])
        mail.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    mail.send()
