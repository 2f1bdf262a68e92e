"""What a person may say."""

from typing import Any

from django import forms

from wishare.comments.models import Comment
from wishare.core.forms import ModelForm


class CommentForm(ModelForm):
    """A comment. On a page there are several, so their fields get names of their own by `auto_id`."""

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 2, "required": True})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, label_suffix="", **options)
