"""Uploaded pictures: checked, turned upright, made small, stripped of metadata and stored as WebP."""

import io
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_UPLOAD = 10 * 1024 * 1024
#: In pixels. A JPEG is decoded at a fraction of its size; of the others every pixel has to be held, 4 bytes each.
LARGEST_AREA = {"JPEG": 100_000_000}
LARGEST_OTHER_AREA = 25_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class ImageField(forms.FileField):
    """A form field whose clean value is a small WebP `ContentFile` with a name nobody can guess.

    `longest_side` is in pixels. Whatever the browser says about the file is ignored; only its content counts.
    """

    widget = forms.ClearableFileInput
    default_error_messages = {
        "too_large": _("This picture is larger than 10 MB. Please choose a smaller one."),
        "too_many_pixels": _("This picture has too many pixels. Please choose a smaller one."),
        "unreadable": _("This file is not a picture we can read. JPEG, PNG, WebP and GIF work."),
    }

    def __init__(self, *, longest_side: int = 1200, **options: object) -> None:
        self.longest_side = longest_side
        super().__init__(**options)  # type: ignore[arg-type]

    def widget_attrs(self, widget: forms.Widget) -> dict[str, object]:
        accept = {"accept": "image/jpeg,image/png,image/webp,image/gif"}
        return {**super().widget_attrs(widget), **accept}

    def to_python(self, data: "UploadedFile[bytes] | None") -> "ContentFile[bytes] | None":  # type: ignore[override]
        upload = super().to_python(data)
        if upload is None:
            return None
        if (upload.size or 0) > LARGEST_UPLOAD:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return ContentFile(self._encoded(upload), name=f"{secrets.token_hex(16)}.webp")

    def _encoded(self, upload: "File[bytes]") -> bytes:
        try:
            return _webp(upload, self.longest_side)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise ValidationError(self.error_messages["too_many_pixels"], code="too_many_pixels") from None
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, Warning):
            raise ValidationError(self.error_messages["unreadable"], code="unreadable") from None


def _webp(upload: "File[bytes]", longest_side: int) -> bytes:
    """The first frame of a picture as WebP. Raises what Pillow raises for data it cannot read."""
    with Image.open(upload, formats=FORMATS) as image:
        if image.width * image.height > LARGEST_AREA.get(str(image.format), LARGEST_OTHER_AREA):
            raise Image.DecompressionBombError
        image.draft("RGB", (longest_side * 2, longest_side * 2))
        upright = ImageOps.exif_transpose(image)
        picture = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    picture.thumbnail((longest_side, longest_side))
    picture.info.clear()  # profiles, comments, positions
    encoded = io.BytesIO()
    picture.save(encoded, "WEBP", quality=82, method=4)
    return encoded.getvalue()
