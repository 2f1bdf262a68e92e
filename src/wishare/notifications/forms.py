"""How often one wants mail, kind by kind."""

from typing import Any

from django import forms

from wishare.core.forms import Form
from wishare.notifications.models import Frequency, Kind


class MailForm(Form):
    """One field a kind, named as the kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            self.fields[kind.value] = forms.TypedChoiceField(
                label=kind.label, choices=Frequency.choices, coerce=lambda value: Frequency(int(value))
            )
