"""What a person may type about lists, wishes and claims."""

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wishare.core.forms import Form, ModelForm
from wishare.core.images import ImageField
from wishare.wishlists.actions.items import Direction
from wishare.wishlists.models import LARGEST_QUANTITY, Item, Wishlist

YEARS = (1900, 2199)
_LINK = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_AFTER_A_LINK = ".,;:!?)]}'’”»"


class DateInput(forms.DateInput):
    """The browser's own date picker, which wants ISO dates whatever the language."""

    input_type = "date"

    def __init__(self, **options: Any) -> None:
        super().__init__(format="%Y-%m-%d", **options)


class WishlistForm(ModelForm):
    """A list. `cleaned_data` holds exactly what the list actions take."""

    cover = ImageField(label=_("Cover picture"), required=False, longest_side=1600)

    class Meta:
        model = Wishlist
        fields = ("name", "description", "visibility", "event_type", "event_date", "reveal_on")
        widgets = {
            "description": forms.Textarea({"rows": 3}),
            "visibility": forms.RadioSelect,
            "event_date": DateInput,
            "reveal_on": DateInput,
        }
        help_texts = {
            "reveal_on": _("From this day on you see who gives what. If empty: the day after the event."),
        }

    field_order = ("name", "event_type", "event_date", "visibility", "description", "cover", "reveal_on")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("event_date", "reveal_on"):
            self.fields[name].localize = False
        if self.instance.pk:
            self.initial["cover"] = self.instance.cover

    def clean_event_date(self) -> date | None:
        return _sensible(self.cleaned_data["event_date"])

    def clean_reveal_on(self) -> date | None:
        chosen = _sensible(self.cleaned_data["reveal_on"])
        if chosen and chosen != self.initial.get("reveal_on") and chosen <= timezone.localdate():
            raise ValidationError(_("Tomorrow is the earliest day for this."))
        return chosen


class LinkField(forms.URLField):
    """The address of a page; of a text that has one in it, such as apps share, that one."""

    widget = forms.URLInput

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"label": _("Link"), "max_length": 2000, "assume_scheme": "https", **options})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "placeholder": "https://"}

    def clean(self, value: Any) -> str:
        url: str = super().clean(link_in(value) or value if isinstance(value, str) else value)
        if url and not _is_web_address(url):
            raise ValidationError(_("Please give an address that starts with http:// or https://."))
        return url


class ItemForm(ModelForm):
    """A wish. `cleaned_data` holds exactly what the item actions take. With a link, the name may be left empty."""

    url = LinkField(required=False)
    image = ImageField(label=_("Picture"), required=False)

    class Meta:
        model = Item
        fields = ("name", "url", "price", "currency", "quantity", "priority", "description")
        widgets = {
            "description": forms.Textarea({"rows": 3}),
            "priority": forms.RadioSelect,
        }
        help_texts = {"description": _("Size, colour, or whatever helps to find the right one.")}

    field_order = ("name", "url", "price", "currency", "quantity", "priority", "description", "image")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["price"].validators.append(MinValueValidator(Decimal(0)))
        self.fields["price"].widget.attrs.update(min="0", step="0.01", inputmode="decimal")
        self.fields["quantity"] = _quantity_field(self.fields["quantity"].label)
        self.order_fields(self.field_order)
        if self.instance.pk:
            self.initial["image"] = self.instance.image
        if self.is_bound and self.data.get(self.add_prefix("url"), "").strip():
            self.fields["name"].required = False

    def clean_price(self) -> Decimal | None:
        price: Decimal | None = self.cleaned_data["price"]
        return Decimal(0) if price == 0 else price  # «-0» and «0e99» are nothing, too


class LinkForm(Form):
    """A link, of which the rest follows."""

    url = LinkField(
        label=_("Paste a link"),
        widget=forms.TextInput({"inputmode": "url", "enterkeyhint": "go", "autocomplete": "off"}),
    )


class AddForm(Form):
    """A link from elsewhere on the person's device, and the list it goes to; the first if none is named.

    `title`, `image` and `json_ld` are what the sender read on the page. They are not shown, are cut to size later, and
    are trusted like any stranger's page.
    """

    wishlist = forms.ChoiceField(label=_("List"), required=False)
    url = LinkField()
    name = forms.CharField(label=_("Name"), max_length=200, required=False)
    title = forms.CharField(required=False, widget=forms.HiddenInput)
    image = forms.CharField(required=False, widget=forms.HiddenInput)
    json_ld = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lists: Sequence[Wishlist], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(row.public_id, row.name) for row in lists] or [("", str(_("My wishes (a new list)")))]
        self.fields["wishlist"].choices = choices  # type: ignore[attr-defined]
        self.fields["wishlist"].required = bool(lists) and not self.is_bound


class ClaimForm(Form):
    """How many of a wish somebody gives."""

    quantity = forms.IntegerField(label=_("How many"), min_value=1, max_value=LARGEST_QUANTITY, required=False)

    def clean_quantity(self) -> int:
        return self.cleaned_data["quantity"] or 1


class GuestClaimForm(ClaimForm):
    """A claim by somebody without an account."""

    guest_name = forms.CharField(label=_("Your name"), max_length=100)
    guest_email = forms.EmailField(label=_("Your e-mail"), max_length=254, required=False)


class MoveForm(Form):
    """Where a wish goes: a step in a direction, or before another wish (at the end if that is empty)."""

    direction = forms.ChoiceField(choices=[(d, d) for d in Direction.__args__], required=False)  # type: ignore[attr-defined]
    before = forms.CharField(max_length=16, required=False)


def link_in(*texts: str) -> str:
    """The first address in some texts; empty if there is none."""
    found = (_LINK.search(text) for text in texts)
    return next((match[0].rstrip(_AFTER_A_LINK) for match in found if match), "")


def _is_web_address(url: str) -> bool:
    """With a port that exists, and without a password."""
    parts = urlsplit(url)
    try:
        return parts.scheme in {"http", "https"} and parts.username is None and parts.port != 0
    except ValueError:
        return False


def _quantity_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=LARGEST_QUANTITY, initial=1)


def _sensible(day: date | None) -> date | None:
    if day and not YEARS[0] <= day.year <= YEARS[1]:
        raise ValidationError(_("Please check the year."))
    return day
