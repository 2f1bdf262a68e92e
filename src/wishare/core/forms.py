"""What all forms share: text without control characters."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms

from wishare.core.errors import Refused
from wishare.core.texts import printable


class CleanTextMixin(forms.BaseForm):
    """Drops characters that cannot be seen and can only harm (direction overrides, zero widths) from all text.

    Django itself refuses NUL with a message next to the field, because a NUL is never an accident.
    """

    def _clean_fields(self) -> None:
        super()._clean_fields()  # type: ignore[misc]  # Django's, but in no stub
        for name, value in self.cleaned_data.items():
            if isinstance(value, str):
                self.cleaned_data[name] = printable(value)
        self._refuse_emptied()

    def _refuse_emptied(self) -> None:
        for name, field in self.fields.items():
            if field.required and self.cleaned_data.get(name) == "":
                self.add_error(name, str(field.error_messages["required"]))


class Form(CleanTextMixin, forms.Form):
    """A form of a few fields."""


class ModelForm(CleanTextMixin, forms.ModelForm):  # type: ignore[type-arg]
    """A form that edits a model; the view hands `cleaned_data` to an action, which writes."""

    cleaned_data: dict[str, Any]


@contextmanager
def refusals_in(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """Shows an action's refusal as an error of the form, next to `field` or on top, with all input kept."""
    try:
        yield
    except Refused as refusal:
        form.add_error(field, str(refusal))
