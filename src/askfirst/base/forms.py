"""Forms over the shared tables."""

import io
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from askfirst.base.days import FIRST_DAY, LAST_DAY
from askfirst.base.models import Organisation

# What both databases hold as a whole number.
LARGEST = 2**31 - 2
LOGO_BYTES = 2 * 1024 * 1024
LOGO_PIXELS = 4096 * 4096
LOGO_SIDE = 256
LOGO_FORMATS = ("PNG", "JPEG", "WEBP")


class DayField(forms.DateField):
    """A day between FIRST_DAY and LAST_DAY, with the browser's calendar, which takes and gives days as ISO 8601 in every language."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class MomentField(forms.DateTimeField):
    """A day and time of the same years, likewise."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_validators = [
        MinValueValidator(datetime(FIRST_DAY.year, 1, 1, tzinfo=UTC)),
        MaxValueValidator(datetime(LAST_DAY.year, 12, 31, tzinfo=UTC)),
    ]


class OrganisationForm(forms.ModelForm):
    """Name, colour and logo of the organisation."""

    logo_file = forms.FileField(
        label=_("Logo"), required=False, help_text=_("PNG, JPEG or WebP, at most 2 MB; drawn anew at 256 pixels.")
    )
    without_logo = forms.BooleanField(label=_("Without a logo"), required=False)

    class Meta:
        model = Organisation
        fields = ["name", "brand_colour"]
        widgets = {"brand_colour": forms.TextInput(attrs={"type": "color"})}

    def clean_logo_file(self) -> bytes:
        """The picture drawn anew as PNG, so that nothing of the uploaded file itself is ever served."""
        upload = self.cleaned_data["logo_file"]
        if not upload:
            return b""
        if upload.size > LOGO_BYTES:
            raise forms.ValidationError(_("The picture is larger than 2 MB. Save it smaller and try again."))
        try:
            return _redrawn(upload)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise forms.ValidationError(_("This is not a PNG, JPEG or WebP picture that can be read.")) from error


def _redrawn(upload: Any) -> bytes:
    with Image.open(upload, formats=LOGO_FORMATS) as picture:
        if picture.width * picture.height > LOGO_PIXELS:
            raise ValueError("too many pixels")
        small = picture.convert("RGBA")
    small.thumbnail((LOGO_SIDE, LOGO_SIDE))
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
