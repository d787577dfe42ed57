"""Forms of the policy part, one per verb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import LARGEST, DayField, LanguageField, Watched, WatchedModelForm
from askfirst.library.models import Material
from askfirst.people import queries as people
from askfirst.policy import files
from askfirst.policy.errors import PolicyError
from askfirst.policy.models import Audience, Policy, Question, Reference, Verdict

COUNTRIES = [("us", _("United States")), ("uk", _("United Kingdom")), ("eu", _("European Union"))]
OPTIONS = 5
# Characters; a 300-page PDF has some 750,000.
MOST_TEXT = 1_000_000


class PolicyForm(WatchedModelForm):
    """What a policy is for; its text is written in the editor."""

    countries = forms.MultipleChoiceField(
        label=_("Where people work"), choices=COUNTRIES, widget=forms.CheckboxSelectMultiple
    )
    file = forms.FileField(
        label=_("Begin with a file"),
        required=False,
        help_text=_("Word (.docx), PDF, OpenDocument (.odt), HTML, Markdown or text."),
    )

    days_to_read = Policy._meta.get_field("days_to_read").formfield(min_value=1, max_value=365)

    class Meta:
        model = Policy
        fields = ["title", "countries", "language", "teams", "approvers", "days_to_read", "review_on"]
        widgets = {
            "teams": forms.CheckboxSelectMultiple,
            "language": forms.TextInput(attrs={"size": 10}),
        }
        field_classes = {"review_on": DayField, "language": LanguageField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["file"].label = _("Put the text of a file in place of the draft")
        self.fields["approvers"].queryset = people.colleagues().filter(is_editor=True) | people.colleagues().filter(
            is_admin=True
        )  # type: ignore[attr-defined]
        self.fields["approvers"].widget = forms.CheckboxSelectMultiple(choices=self.fields["approvers"].choices)  # type: ignore[attr-defined]

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        if not upload:
            return ""
        try:
            text = files.read(upload.name, upload.read())
        except PolicyError as error:
            raise forms.ValidationError(error.message) from error  # type: ignore[arg-type]
        if len(text) > MOST_TEXT:
            raise forms.ValidationError(_("The text is longer than 1,000,000 characters."))
        return text


class DraftForm(forms.Form):
    """A draft and the revision it was made from."""

    text = forms.CharField(max_length=MOST_TEXT, required=False, strip=False)
    revision = forms.IntegerField(min_value=0, max_value=LARGEST)


class SummaryForm(forms.Form):
    summary = forms.CharField(
        label=_("Half-minute summary"), widget=forms.Textarea(attrs={"rows": 5}), max_length=900, required=False,
        help_text=_("At most 120 words. It is what everybody reads first."),
    )  # fmt: skip


class AudienceForm(forms.Form):
    key = forms.CharField(max_length=80)
    audience = forms.ChoiceField(choices=Audience.choices)


class BesideForm(forms.Form):
    """A material that stands beside a clause."""

    key = forms.CharField(max_length=80)
    material = forms.ModelChoiceField(queryset=Material.objects.all())


class CommentForm(forms.Form):
    key = forms.CharField(max_length=80, required=False)
    text = forms.CharField(label=_("Comment"), max_length=2000)


class QuestionForm(Watched, forms.Form):
    """A comprehension question with two to five options; each may have its own feedback."""

    text = forms.CharField(label=_("Question"), max_length=300)
    clause_key = forms.CharField(label=_("Clause"), max_length=80, required=False)
    right = forms.IntegerField(label=_("Which option is right?"), min_value=1, max_value=OPTIONS)

    def __init__(self, *args: Any, question: Question | None = None, **kwargs: Any) -> None:
        options = question.options if question else []
        if question:
            right = next((at + 1 for at, own in enumerate(options) if own.get("is_right")), 1)
            kwargs["initial"] = {"text": question.text, "clause_key": question.clause_key, "right": right}
        super().__init__(*args, **kwargs)
        if question:
            self.watch_words(question.text, question.clause_key, options)
        for at in range(OPTIONS):
            own = options[at] if at < len(options) else {}
            self.fields[f"option_{at}"] = forms.CharField(
                label=_("Option %d") % (at + 1), max_length=300, required=at < 2, initial=own.get("text", "")
            )
            self.fields[f"feedback_{at}"] = forms.CharField(
                label=_("Feedback to option %d") % (at + 1),
                max_length=500,
                required=False,
                initial=own.get("feedback", ""),
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        right = data.get("right") or 0
        data["options"] = [
            {"text": data[f"option_{at}"], "is_right": at + 1 == right, "feedback": data.get(f"feedback_{at}", "")}
            for at in range(OPTIONS)
            if data.get(f"option_{at}")
        ]
        if right and not data.get(f"option_{right - 1}"):
            self.add_error("right", _("This option is empty."))
        return data


class PublishForm(forms.Form):
    effective_on = DayField(label=_("In force from"), required=False)
    gaps = forms.MultipleChoiceField(
        label=_("Questions that this version answers"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, gaps: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gaps"].choices = [(str(gap.pk), str(gap)) for gap in gaps]  # type: ignore[attr-defined]


class KnownForm(forms.Form):
    """Acknowledging: the answers, and perhaps why the person disputes it."""

    dispute = forms.CharField(
        label=_("What do you dispute?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReferenceForm(WatchedModelForm):
    """Somebody else's policy, by link, paste or upload."""

    address = forms.URLField(label=_("address"), required=False, assume_scheme="https")
    file = forms.FileField(label=_("Or a file"), required=False)

    class Meta:
        model = Reference
        fields = ["title", "author", "address", "licence", "seen_on", "note", "text", "is_ours"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        field_classes = {"seen_on": DayField}
        help_texts = {
            "text": _(
                "Kept here only for comparison. Where the licence forbids copies, others see the link and not the text."
            )
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload:
            try:
                data["text"] = files.read(upload.name, upload.read())
            except PolicyError as error:
                self.add_error("file", error.message)  # type: ignore[arg-type]
        if not data.get("text") and not data.get("address"):
            raise forms.ValidationError(_("Give an address, or the text."))
        return data


class DecisionForm(forms.Form):
    passage = forms.CharField(max_length=64)
    verdict = forms.ChoiceField(choices=Verdict.choices)
    reason = forms.CharField(max_length=300, required=False)


class DisputeForm(forms.Form):
    text = forms.CharField(label=_("Answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))


class VersionTextForm(Watched, forms.Form):
    """A version in another language; clauses and questions stay the same ones in the same order."""

    title = forms.CharField(label=_("Title"), max_length=160)
    summary = forms.CharField(label=_("Half-minute summary"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    text = forms.CharField(
        label=_("Text"), max_length=MOST_TEXT, strip=False, widget=forms.Textarea(attrs={"rows": 24}),
        help_text=_("Each clause under its own heading, in the order of the original."),
    )  # fmt: skip
    questions = forms.CharField(
        label=_("Questions"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("“? ” before a question, “+ ” before the right option, “- ” before the others, “ | ” before why."),
    )  # fmt: skip
