"""Mail from templates."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation


def send_mail(
    template: str,
    to: str,
    context: dict[str, object],
    *,
    locale: str = "",
    headers: dict[str, str] | None = None,
) -> None:
    """Sends `mail/{template}_subject.txt`, `.txt` and `.html` to one address, as soon as a mail server takes it.

    `locale` is the recipient's if it is known; otherwise the current language.
    """
    with translation.override(locale or translation.get_language()):
        subject = " ".join(render_to_string(f"mail/{template}_subject.txt", context).split())
        text = render_to_string(f"mail/{template}.txt", context)
        mail = EmailMultiAlternatives(subject, text, to=[to], headers=headers)
        mail.attach_alternative(render_to_string(f"mail/{template}.html", context), "text/html")
    mail.send()


def absolute(path: str) -> str:
    """The address of a page for a mail that no request asked for."""
    return f"{settings.PUBLIC_URL or settings.LOCAL_URL}{path}"
