"""What a person may look for. A filter that nobody could have chosen is left out, and the rest holds."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from wishare.core.forms import Form
from wishare.wishlists.choices import Currency, EventType
from wishare.wishlists.forms import DateInput
from wishare.wishlists.models import LARGEST_PRICE

OCCASIONS = [("", _("Any occasion")), *(choice for choice in EventType.choices if choice[0] != EventType.NONE)]
CURRENCIES = [("", _("Any currency")), *Currency.choices]


class ListFilters(Form):
    """Public lists by occasion and day."""

    event_type = forms.ChoiceField(label=_("Occasion"), choices=OCCASIONS, required=False)
    since = forms.DateField(label=_("From"), widget=DateInput, required=False)
    until = forms.DateField(label=_("Until"), widget=DateInput, required=False)


class ItemFilters(Form):
    """Public wishes by price."""

    currency = forms.ChoiceField(label=_("Currency"), choices=CURRENCIES, required=False)
    low = forms.DecimalField(label=_("From"), required=False, min_value=0, max_value=LARGEST_PRICE, decimal_places=2)
    high = forms.DecimalField(label=_("Up to"), required=False, min_value=0, max_value=LARGEST_PRICE, decimal_places=2)


def understood(form: type[Form], typed: MultiValueDict[str, str], bounds: Iterable[str]) -> dict[str, Any]:
    """The filters that make sense; two `bounds` that are the wrong way round are turned."""
    asked = form(typed)
    asked.is_valid()
    chosen = {name: value for name, value in asked.cleaned_data.items() if value not in {"", None}}
    first, last = bounds
    if first in chosen and last in chosen:
        chosen[first], chosen[last] = sorted((chosen[first], chosen[last]))
    return chosen
