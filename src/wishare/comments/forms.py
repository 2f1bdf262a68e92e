"""What a person may say."""

from django import forms

from wishare.comments.models import Comment
from wishare.core.forms import ModelForm


class CommentForm(ModelForm):
    """A comment."""

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea({"rows": 2})}
