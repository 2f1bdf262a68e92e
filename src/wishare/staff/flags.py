"""The page on which admins turn switches and clear the caches."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from wishare.accounts.requests import SignedInRequest
from wishare.core import flags
from wishare.core.flash import flash
from wishare.core.forms import Form


class ShareForm(Form):
    """One switch and for how many of a hundred people it is on."""

    switch = forms.ChoiceField(choices=[(name, name) for name in flags.SWITCHES], widget=forms.HiddenInput)
    share = forms.IntegerField(min_value=flags.NOBODY, max_value=flags.EVERYONE)


def index(request: SignedInRequest) -> HttpResponse:
    """The switches as they stand now, whichever process was told; a POST turns one of them."""
    flags.forget()
    form = ShareForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _turn(request, form.cleaned_data["switch"], form.cleaned_data["share"])
    rows = [_row(switch, form) for switch in flags.SWITCHES.values()]
    context = {"rows": rows, "form": form, "cleared_at": flags.caches_cleared_at()}
    return render(request, "staff/flags.html", context, status=422 if form.is_bound else 200)


def turn(request: SignedInRequest, switch: str, share: int) -> HttpResponse:
    """Takes a step back: the Undo of a switch that was turned."""
    return _turn(request, switch, share)


def clear_caches(request: SignedInRequest) -> HttpResponse:
    flags.clear_caches()
    flash(request, _("The caches are cleared: everything is drawn anew."))
    return redirect("staff_flags")


def _turn(request: SignedInRequest, name: str, share: int) -> HttpResponse:
    before = flags.set_share(name, share)
    flash(request, _said(name, share), undo=reverse("staff_flag", args=[name, before]) if before != share else "")
    return redirect("staff_flags")


def _said(name: str, share: int) -> str:
    """What the switch does now, as a sentence."""
    label = {"label": flags.SWITCHES[name].label, "share": share}
    if share == flags.EVERYONE:
        return _("“%(label)s” is on for everyone.") % label
    if share == flags.NOBODY:
        return _("“%(label)s” is off.") % label
    return _("“%(label)s” is on for %(share)s%% of the people.") % label


def _row(switch: flags.Switch, form: ShareForm) -> dict[str, object]:
    """A switch as the page shows it, with what is wrong with the share that was sent for it."""
    share = flags.share_of(switch.name)
    sent = form.data.get("switch") == switch.name
    return {
        "switch": switch,
        "share": share,
        "partly": flags.NOBODY < share < flags.EVERYONE,
        "value": form.data.get("share", "") if sent else share,
        "errors": form.errors.get("share") if sent else None,
    }
