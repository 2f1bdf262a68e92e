"""Forms about oneself. allauth brings those for signing in; here is what it does not know."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wishare.accounts import zones
from wishare.accounts.models import User
from wishare.core.forms import CleanTextMixin, Form, ModelForm
from wishare.core.images import ImageField

SOCIALS = ("instagram", "facebook", "x_twitter")
ADDRESS = ("street_address", "street_number", "city", "state", "postal_code", "country")
OLDEST = 130


class SignupFields(CleanTextMixin, forms.Form):
    """What signing up asks beyond e-mail and password; allauth builds its form on this one."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        help_text=_("As your friends know you."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth with the new account, which the adapter has given its name already."""


class CurrentPasswordForm(Form):
    """Asks for the password before something that cannot be taken back."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(_("This is not your password."), code="wrong_password")
        return password


class TokenForm(Form):
    """What a new access token is for."""

    name = forms.CharField(
        label=_("What is it for?"),
        max_length=60,
        help_text=_("So that you know it again: “Kitchen display”, “My script”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ProfileForm(ModelForm):
    """The profile and who sees what of it."""

    avatar = ImageField(label=_("Photo"), longest_side=512, required=False)
    website = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: [("", _("As this site")), *zones.choices()],
        help_text=_("Mails of the day and of the week come at eight in the morning there."),
        widget=forms.Select(attrs={"data-time-zone": _("Use the one of this device: %s")}),
    )

    class Meta:
        model = User
        fields = (
            *("name", "avatar", "date_of_birth", "bio", "bio_visibility"),
            *("website", "website_visibility", *SOCIALS, "socials_visibility"),
            *("street_address", "street_number", "apartment_unit", "city", "state", "postal_code", "country"),
            *("address_visibility", "locale", "time_zone", "theme"),
        )
        widgets: ClassVar = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "date_of_birth": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "autocomplete": "bday"}),
            "bio": forms.Textarea(attrs={"rows": 3}),
            "theme": forms.RadioSelect,
            "locale": forms.Select(attrs={"autocomplete": "language"}),
            "street_address": forms.TextInput(attrs={"autocomplete": "address-line1"}),
            "city": forms.TextInput(attrs={"autocomplete": "address-level2"}),
            "state": forms.TextInput(attrs={"autocomplete": "address-level1"}),
            "postal_code": forms.TextInput(attrs={"autocomplete": "postal-code"}),
            "country": forms.TextInput(attrs={"autocomplete": "country-name"}),
        }
        help_texts: ClassVar = {
            "date_of_birth": _("Only you see it."),
            "apartment_unit": _("The only part of an address that may be missing."),
        }

    def sections(self) -> list[dict[str, object]]:
        """The fields as the page groups them: a heading and rows of bound fields."""
        layout = (
            (_("You"), (("name",), ("avatar",), ("date_of_birth",), ("bio",), ("bio_visibility",))),
            (_("Elsewhere"), (("website",), ("website_visibility",), SOCIALS, ("socials_visibility",))),
            (_("Where presents go"), (*_ADDRESS_ROWS, ("address_visibility",))),
            (_("How Wishare looks"), (("locale",), ("time_zone",), ("theme",))),
        )
        return [{"title": title, "rows": [[self[name] for name in row] for row in rows]} for title, rows in layout]

    def clean_date_of_birth(self) -> object:
        date = self.cleaned_data["date_of_birth"]
        today = timezone.localdate()
        if date and date.year < today.year - OLDEST:
            raise ValidationError(_("Please check the year."), code="too_old")
        if date and date > today:
            raise ValidationError(_("This day has not come yet."), code="future")
        return date

    def clean(self) -> dict[str, Any]:
        super().clean()
        for name in SOCIALS:
            self._clean_social(name)
        self._check_address()
        return self.cleaned_data

    def _clean_social(self, name: str) -> None:
        """A name with or without @, or the address of a page, becomes the bare name."""
        value = self.cleaned_data.get(name) or ""
        value = value.split("?")[0].rstrip("/").rsplit("/", 1)[-1].removeprefix("@")
        if value and not re.fullmatch(r"[\w.-]+", value):
            self.add_error(name, _("Only the name, please: letters, digits, dots and dashes."))
        self.cleaned_data[name] = value

    def _check_address(self) -> None:
        """All or nothing, except for the apartment: half an address delivers no parcel."""
        if not any(self.cleaned_data.get(name) for name in (*ADDRESS, "apartment_unit")):
            return
        for name in ADDRESS:
            if name not in self.errors and not self.cleaned_data.get(name):
                self.add_error(name, _("An address needs this too. Or leave all of it empty."))


_ADDRESS_ROWS = (
    ("street_address", "street_number", "apartment_unit"),
    ("postal_code", "city"),
    ("state", "country"),
)
