"""One's own profile. Signing in and passwords are allauth's views."""

from copy import copy

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation
from django.utils.translation import gettext as _

from wishare.accounts.actions import update_profile
from wishare.accounts.forms import ProfileForm
from wishare.accounts.models import User
from wishare.accounts.preferences import remember, speak
from wishare.accounts.requests import SignedInRequest
from wishare.core.flash import flash
from wishare.core.http import render_form


def account_settings(request: SignedInRequest) -> HttpResponse:
    shown = copy(request.user)  # the form writes what was typed into it, right or wrong
    form = ProfileForm(request.POST or None, request.FILES or None, instance=shown)
    if not form.is_valid():
        return render_form(request, "account/settings.html", form)
    update_profile(user=request.user, **form.cleaned_data)
    return _saved(request, request.user)


def _saved(request: HttpRequest, user: User) -> HttpResponse:
    """Back to the page, in the language that was chosen on it."""
    response = redirect("account_settings")
    remember(request, response, locale=user.locale, theme=user.theme)
    speak(request, user)
    with translation.override(user.locale.lower() or translation.get_language()):
        flash(request, _("Saved."))
    return response
