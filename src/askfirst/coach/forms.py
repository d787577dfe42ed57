"""Forms of the coach, one per verb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askfirst.coach.models import Kind
from askfirst.engines import draftcheck

PLACES = (
    ("", _("somewhere")),
    ("public", _("a public post")),
    ("reply", _("a reply or comment")),
    ("review", _("a review")),
    ("group", _("a closed group")),
)
COUNTRIES = (
    ("", _("not sure")),
    ("us", _("United States")),
    ("gb", _("United Kingdom")),
    ("de", _("Germany")),
    ("eu", _("elsewhere in Europe")),
)
TEXT_LIMIT = 10_000
FILES_LIMIT = 12


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files of one field."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > FILES_LIMIT:
            raise forms.ValidationError(_("At most twelve files at a time."))
        return [super(ManyFilesField, self).clean(own, initial) for own in given]


class DraftForm(forms.Form):
    """A text, pictures, and roughly where it will go."""

    text = forms.CharField(
        label=_("Your text"),
        required=False,
        max_length=TEXT_LIMIT,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    files = ManyFilesField(
        label=_("Photos or video"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": "image/*,video/mp4,video/quicktime,video/webm"}),
    )
    place = forms.ChoiceField(label=_("It will be"), required=False, choices=PLACES)
    country = forms.ChoiceField(label=_("You work in"), required=False, choices=COUNTRIES)


class EntriesForm(forms.Form):
    """Lines for the coach's list; a topic names who speaks on it, and what the law protects is no topic."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    lines = forms.CharField(
        label=_("One a line"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A date behind a comma says from when it may be said: Ridge 3, 2027-05-14."),
    )  # fmt: skip
    speaker = forms.CharField(
        label=_("Who speaks on it"), max_length=120, required=False,
        help_text=_("For topics: a name or a function, such as the press office."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") != Kind.TOPIC:
            return data | {"speaker": ""}
        if not data.get("speaker"):
            self.add_error("speaker", _("Say who speaks on it."))
        for line in data.get("lines", "").splitlines():
            if draftcheck.is_protected(f"our {line}"):
                self.add_error(
                    "lines",
                    _("“%s”: everybody may speak about pay, conditions, safety and rights at work.") % line.strip(),
                )
        return data
