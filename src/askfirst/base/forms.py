"""Fields that every part's forms use, forms that somebody else may overtake, and those over the shared tables."""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.models import model_to_dict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from askfirst.base import languages
from askfirst.base.days import FIRST_DAY, LAST_DAY
from askfirst.base.models import Organisation

# What both databases hold as a whole number.
LARGEST = 2**31 - 2
LOGO_BYTES = 2 * 1024 * 1024
LOGO_PIXELS = 4096 * 4096
LOGO_SIDE = 256
LOGO_FORMATS = ("PNG", "JPEG", "WEBP")


class NotTaken(Exception):
    """What a page's form sent cannot be kept; the answer says why and gives back what was written."""


def taken(form: forms.BaseForm) -> dict[str, Any]:
    """What a form brought that its page writes out by hand and does not show again.

    Raises:
        NotTaken: it is not valid.
    """
    if form.is_valid():
        return form.cleaned_data
    said = []
    for name, errors in form.errors.items():
        label = form.fields[name].label or name if name in form.fields else ""
        said += [f"{label}: {error}" if label else str(error) for error in errors]
    raise NotTaken(" ".join(said))


def fitting(text: str, most: int) -> str:
    """Words of a field that stands alone, without spaces around them.

    Raises:
        NotTaken: they are longer than `most` characters.
    """
    text = text.replace("\r\n", "\n").strip()
    if len(text) > most:
        raise NotTaken(_("That is %(length)d characters; at most %(most)d fit.") % {"length": len(text), "most": most})
    return text


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


class LanguageField(forms.CharField):
    """A language, by its code or by a name of it; gives the code."""

    def to_python(self, value: Any) -> str:
        code = languages.code_of(super().to_python(value))
        if code and not (code.isalpha() and 2 <= len(code) <= 3):
            raise forms.ValidationError(_("Write the language as its code or its name, such as en or English."))
        return code


class SecretField(forms.CharField):
    """A password or token of another system; browsers must not fill in the one that people sign in here with."""

    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})


class Watched(forms.BaseForm):
    """A form over something that others may change while somebody writes: it waits to be kept once more, and says what there is now."""

    held = ""

    def watch(self, held: str) -> None:
        """Note what there is now, by a version or a digest; the page carries it and brings it back."""
        self.held = held
        self.fields["seen"] = forms.CharField(widget=forms.HiddenInput, required=False)
        self.initial["seen"] = held

    def watch_words(self, *words: object) -> None:
        """Note what there is now by what it says."""
        self.watch(hashlib.blake2b(repr(words).encode(), digest_size=12).hexdigest())

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data  # type: ignore[misc]
        seen = cleaned.pop("seen", "")
        if seen and seen != self.held:
            # Kept once more it goes through: what there is now has been seen.
            self.data = self.data.copy()
            self.data["seen"] = self.held
            self.add_error(None, _overtaken("; ".join(self._theirs())))
        return cleaned

    def _theirs(self) -> list[str]:
        """What there is now where it differs from what was sent: the field, and its words if they are words."""
        said = []
        for name in self.changed_data:
            label, value = self.fields[name].label, self.initial.get(name)
            if name != "seen" and name in self.initial:
                said.append(f"{label}: {Truncator(value).chars(300)}" if isinstance(value, str) else str(label))
        return said


def _overtaken(theirs: str) -> str:
    if not theirs:
        return _("Somebody changed this while you wrote. Keep it once more to put yours in its place.")
    return _(
        "Somebody changed this while you wrote. Other than yours is now: %(theirs)s. Keep it once more to put yours in its place."
    ) % {"theirs": theirs}


class WatchedModelForm(Watched, forms.ModelForm):
    """A form over a row, watched by a digest of what the row holds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            row = model_to_dict(self.instance, self._meta.fields)
            told = [
                (name, sorted(map(str, value)) if isinstance(value, list) else str(value))
                for name, value in row.items()
            ]
            self.watch_words(told)


class OrganisationForm(WatchedModelForm):
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
