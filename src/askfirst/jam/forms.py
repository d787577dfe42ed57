"""Forms of the jam, one per verb."""

from typing import Any

from django import forms
from django.conf import settings
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import LARGEST, DayField, MomentField, WatchedModelForm
from askfirst.base.languages import own_name
from askfirst.engines import alike
from askfirst.jam.models import STORY_LIMIT, Decision, Entry, Jam, Kind
from askfirst.people import queries as people_queries
from askfirst.people.models import Person


class JamForm(WatchedModelForm):
    """What a facilitator sets when a jam is created or changed."""

    languages = forms.MultipleChoiceField(
        label=_("Languages people ask in"),
        help_text=_("None chosen: any. Short questions are told apart more surely among few."),
        choices=[(code, own_name(code)) for code in alike.LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = Jam
        fields = [
            "title", "prompt", "asks_questions", "asks_ideas", "asks_stories", "naming", "is_moderated", "entry", "teams",
            "languages", "opens_at", "closes_at", "rule",
        ]  # fmt: skip
        widgets = {
            "prompt": forms.TextInput(
                attrs={"placeholder": _("What would you like to know about social media at work?")}
            ),
            "naming": forms.RadioSelect,
            "entry": forms.RadioSelect,
            "teams": forms.CheckboxSelectMultiple,
        }
        field_classes = {"opens_at": MomentField, "closes_at": MomentField}
        help_texts = {
            "is_moderated": _("Nothing is shown before a facilitator has let it through."),
            "closes_at": _("Leave empty to close it by hand. It may be an hour or six weeks."),
            "rule": _("Shown to everybody. Only what breaks it may be turned down."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opens_at"].help_text = _("By the clock of %(zone)s, where it is %(now)s now.") % {
            "zone": settings.TIME_ZONE, "now": f"{timezone.localtime():%H:%M}",
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("asks_questions") or data.get("asks_ideas") or data.get("asks_stories")):
            raise forms.ValidationError(_("Ask for at least one thing: questions, ideas or stories."))
        if data.get("entry") == Entry.TEAMS and not data.get("teams"):
            self.add_error("teams", _("Choose at least one team."))
        opens, closes = data.get("opens_at"), data.get("closes_at")
        if opens and closes and closes <= opens:
            self.add_error("closes_at", _("This is before the jam opens."))
        return data


class ContributionForm(forms.Form):
    """One question, idea or story."""

    text = forms.CharField(max_length=STORY_LIMIT * 10, strip=True)
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    author_name = forms.CharField(max_length=80, required=False)
    is_named = forms.BooleanField(required=False)

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or Kind.QUESTION


class VoteForm(forms.Form):
    """A voice for a group, or the wish to take it back."""

    group = forms.IntegerField(required=False, max_value=LARGEST)
    take_back = forms.IntegerField(required=False, max_value=LARGEST)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not (data.get("group") or data.get("take_back")):
            raise forms.ValidationError(_("Choose what to vote for."))
        return data


class _PersonField(forms.CharField):
    """A colleague, by name or e-mail address; the page offers those whose name begins to fit."""

    def __init__(self, label: Any) -> None:
        asking = {
            "list": "colleagues", "autocomplete": "off", "hx-get": reverse_lazy("jam:colleagues"), "hx-target": "#colleagues",
            "hx-trigger": "input changed delay:300ms", "hx-sync": "this:replace", "placeholder": _("Name or e-mail address"),
        }  # fmt: skip
        super().__init__(label=label, required=False, max_length=254, widget=forms.TextInput(attrs=asking))

    def clean(self, value: Any) -> Person | None:
        typed = super().clean(value)
        found = people_queries.colleague(typed) if typed else None
        if typed and not found:
            raise forms.ValidationError(
                _("Nobody here, or more than one, is called “%s”. Try the e-mail address.") % typed
            )
        return found


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=_("Answer"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=10_000
    )
    is_aloud = forms.BooleanField(label=_("Answered aloud"), required=False)
    to_library = forms.BooleanField(label=_("Keep it in the library"), required=False)
    seen = forms.CharField(required=False)


class HandedForm(forms.Form):
    """What one answers to a question, or says of an idea, that is in one's hands."""

    text = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 6}), max_length=10_000)
    to_library = forms.BooleanField(label=_("Keep it in the library"), required=False, initial=True)

    def __init__(self, *args: Any, is_idea: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_idea:
            self.fields["text"].label = _("What came of it")
            del self.fields["to_library"]


class DecisionForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[(Decision.WILL, Decision.WILL.label), (Decision.WILL_NOT, Decision.WILL_NOT.label)]
    )
    because = forms.CharField(label=_("because"), max_length=2000)
    owner = _PersonField(label=_("Who"))
    seen = forms.CharField(required=False)


class ParkForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500)
    owner = _PersonField(label=_("Who"))
    seen = forms.CharField(required=False)
    due_on = DayField(label=_("Until"), required=False)


class CloseForm(forms.Form):
    reason = forms.CharField(label=_("What becomes of questions that nobody came to?"), max_length=500)
    owner = _PersonField(label=_("Who looks after them"))
    due_on = DayField(label=_("Until when"), required=False)


class ReasonForm(forms.Form):
    reason = forms.CharField(max_length=300)


class RenameForm(forms.Form):
    title = forms.CharField(max_length=400, required=False)


class MergeForm(forms.Form):
    """`into`: the number of any question of the other group, alone or with its words behind it, as in "#12 Who …"."""

    into = forms.RegexField(
        r"^\s*#?\s*\d{1,9}\b", error_messages={"invalid": _("Write the number of a question, such as #12.")}
    )

    def clean_into(self) -> int:
        return int(self.cleaned_data["into"].lstrip("# ").split()[0])


class SplitForm(forms.Form):
    items = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        raw = self.data.getlist("items") if hasattr(self.data, "getlist") else []
        self.fields["items"].choices = [(value, value) for value in raw if value.isdigit()]  # type: ignore[attr-defined]


class ImportForm(forms.Form):
    """A list of questions that was exported elsewhere."""

    file = forms.FileField(label=_("File"), help_text=_("CSV, XLSX, or plain text with one question a line."))
    column = forms.CharField(
        label=_("Column with the questions"),
        required=False,
        max_length=200,
        help_text=_("Only where it is called something unusual."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT // 4:
            raise forms.ValidationError(
                _("The file is larger than 16 MB. Import it with: askfirst jam import CODE FILE.")
            )
        return file
