"""Forms over the library, one per verb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import DayField, LanguageField, WatchedModelForm
from askfirst.engines import licences
from askfirst.library import media
from askfirst.library.errors import LibraryError
from askfirst.library.models import Answer, Material


class AnswerForm(WatchedModelForm):
    class Meta:
        model = Answer
        fields = ["question", "answer", "wordings", "review_on"]
        widgets = {
            "question": forms.TextInput(),
            "answer": forms.Textarea(attrs={"rows": 6}),
            "wordings": forms.Textarea(attrs={"rows": 3}),
        }
        field_classes = {"review_on": DayField}


class MaterialForm(WatchedModelForm):
    """A material by link, text or file; what the licence forbids to copy can only be linked."""

    address = forms.URLField(label=_("Source address"), required=False, max_length=500, assume_scheme="https")
    upload = forms.FileField(label=_("File"), required=False, help_text=_("Picture, PDF, MP4 or WebM, at most 64 MB."))
    captions_file = forms.FileField(label=_("Captions of a video (WebVTT)"), required=False)

    class Meta:
        model = Material
        fields = [
            "kind", "title", "address", "note", "author", "licence", "topics", "language", "original", "review_on", "body",
        ]  # fmt: skip
        widgets = {
            "body": forms.Textarea(attrs={"rows": 10}),
            "note": forms.TextInput(),
        }
        field_classes = {"review_on": DayField, "language": LanguageField}
        help_texts = {
            "body": _("Markdown. Items of a checklist begin with “- ”."),
            "licence": _("Whose work is it? If you do not know, all rights are reserved."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        originals = Material.objects.filter(original=None).exclude(pk=self.instance.pk)
        self.fields["original"].queryset = originals  # type: ignore[attr-defined]

    def clean_original(self) -> Material | None:
        """What others are told in another language of is no translation itself."""
        original: Material | None = self.cleaned_data["original"]
        if original and self.instance.pk and self.instance.translations.exists():
            raise forms.ValidationError(
                _("Other materials say in their language what this says; it stays the original.")
            )
        return original

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            self._take_files(data)
        except LibraryError as error:
            self.add_error("upload", error.message)  # type: ignore[arg-type]
        has_copy = data.get("body") or data.get("file") or (self.instance.file and not data.get("upload"))
        if has_copy and not licences.licence(data.get("licence", "")).may_copy:
            self.add_error(
                "licence", _("This licence forbids copies. Give its address instead; a link is always allowed.")
            )
        if not (has_copy or data.get("address")):
            raise forms.ValidationError(_("Give an address, a text or a file."))
        return data

    def _take_files(self, data: dict[str, Any]) -> None:
        if data.get("upload"):
            kept = media.keep(data["upload"].read())
            data |= {"file": kept.file, "media_type": kept.media_type, "pages": kept.pages}
        if data.get("captions_file"):
            data["captions"] = media.keep_captions(data["captions_file"].read())
        if data.get("media_type", "").startswith("video/") and not (data.get("captions") or self.instance.captions):
            self.add_error("captions_file", _("A video needs captions, so that everybody can follow it."))


class LinksForm(forms.Form):
    file = forms.FileField(
        label=_("File"), help_text=_("CSV or XLSX with title and address, or the bookmarks file of a browser.")
    )
