"""Where allauth asks what this application wants."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from wishare.accounts.facts import SignedIn
from wishare.accounts.models import User
from wishare.accounts.preferences import chosen_here, speak
from wishare.core.facts import happened


class AccountAdapter(DefaultAccountAdapter):
    """Names and languages of accounts, and the language of mail."""

    def save_user(self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True) -> User:
        """Also keeps the name, and what the visitor chose in this browser before."""
        user.name = form.cleaned_data["name"]
        for field, value in chosen_here(request).items():
            setattr(user, field, value)
        super().save_user(request, user, form, commit)
        return user

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        asked = translation.get_language() or settings.LANGUAGE_CODE
        speak(request, user)
        spoken = asked if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or not user.locale else user.locale.lower()
        with transaction.atomic():
            happened(SignedIn(user, spoken))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_settings")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the recipient's language."""
        with translation.override(_language_of(email)):
            super().send_mail(template_prefix, email, context)


def _language_of(email: str) -> str:
    """The language of the account with this address, else the one in use."""
    known = User.objects.filter(email=email.lower()).values_list("locale", flat=True).first()
    return (known or translation.get_language() or "en").lower()
