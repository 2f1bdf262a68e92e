"""One's own profile and access tokens. Signing in and passwords are allauth's views."""

from copy import copy

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from wishare.accounts.actions import update_profile
from wishare.accounts.forms import ProfileForm, TokenForm
from wishare.accounts.models import User
from wishare.accounts.preferences import remember, speak
from wishare.accounts.requests import SignedInRequest
from wishare.accounts.tokens import create_token, tokens_of
from wishare.accounts.tokens import revoke_token as revoke
from wishare.core.flash import flash
from wishare.core.forms import refusals_in
from wishare.core.http import render_form


def account_settings(request: SignedInRequest) -> HttpResponse:
    shown = copy(request.user)  # the form writes what was typed into it, right or wrong
    form = ProfileForm(request.POST or None, request.FILES or None, instance=shown)
    if not form.is_valid():
        return render_form(request, "account/settings.html", form)
    update_profile(user=request.user, **form.cleaned_data)
    return _saved(request, request.user)


def tokens(request: SignedInRequest) -> HttpResponse:
    """A new token is on the page that answers the form, and on no other; a mail says that there is one."""
    form, token = TokenForm(request.POST or None), ""
    if form.is_valid():
        with refusals_in(form, "name"):
            token = create_token(owner=request.user, name=form.cleaned_data["name"])
            _tell_of_token(request, form.cleaned_data["name"])
    context = {"tokens": tokens_of(request.user), "token": token}
    if not token:
        return render_form(request, "account/tokens.html", form, **context)
    response = render(request, "account/tokens.html", {"form": TokenForm(), **context})
    response["Cache-Control"] = "no-store"
    return response


def revoke_token(request: SignedInRequest, public_id: str) -> HttpResponse:
    token = get_object_or_404(tokens_of(request.user), public_id=public_id)
    revoke(token=token)
    flash(request, _("“%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("account_tokens")


def _tell_of_token(request: SignedInRequest, name: str) -> None:
    user = request.user
    get_adapter(request).send_notification_mail("account/email/token_created", user, {"name": name}, user.email)


def _saved(request: HttpRequest, user: User) -> HttpResponse:
    """Back to the page, in the language that was chosen on it."""
    response = redirect("account_settings")
    remember(request, response, locale=user.locale, theme=user.theme)
    speak(request, user)
    with translation.override(user.locale.lower() or translation.get_language()):
        flash(request, _("Saved."))
    return response
