"""What a person may type to invite somebody."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wishare.core.forms import Form


class InvitationForm(Form):
    """By e-mail when there is an address, by link otherwise."""

    email = forms.EmailField(label=_("E-mail of a friend"), max_length=254, required=False)

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()
