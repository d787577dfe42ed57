"""Forms of the learn part, one per verb."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import DayField, Watched, WatchedModelForm
from askfirst.base.web import whole
from askfirst.learn.models import MOST_STEPS, Course, Lesson, Study
from askfirst.people.models import Stance


class LessonForm(Watched, forms.Form):
    """A lesson as one text; the format is explained beside it."""

    source = forms.CharField(
        label=_("Text and questions"), widget=forms.Textarea(attrs={"rows": 24}), max_length=40_000, strip=False
    )


class DrillForm(Watched, forms.Form):
    """A drill as one text; the format is explained beside it."""

    source = forms.CharField(
        label=_("Scenes"), widget=forms.Textarea(attrs={"rows": 30}), max_length=60_000, strip=False
    )


class InOrder(forms.Widget):
    """A number beside each choice says where it comes; without one it is left out. Chosen ones stand first, in their order.

    Posts `name-value` = number for each choice; gives the values in order.
    """

    template_name = "learn/_in_order.html"
    use_fieldset = True
    choices: Any = ()

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        place = {str(own): at for at, own in enumerate(value or [], start=1)}
        rows = [{"value": str(own), "label": label, "place": place.get(str(own))} for own, label in self.choices]
        context["rows"] = sorted(rows, key=lambda row: row["place"] or len(rows) + 1)
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        placed = [(data[key].strip(), key.removeprefix(f"{name}-")) for key in data if key.startswith(f"{name}-")]
        # What is no number comes last; number inputs let none through.
        places = [(whole(text) or len(placed), own) for text, own in placed if text]
        return [own for _place, own in sorted(places, key=lambda row: row[0])]


class LessonsField(forms.ModelMultipleChoiceField):
    """Lessons in the order in which they are taken."""

    widget = InOrder

    def clean(self, value: Any) -> Any:
        found = {str(lesson.pk): lesson for lesson in super().clean(value)}
        return [found[own] for own in value]


class CourseForm(WatchedModelForm):
    lessons = LessonsField(
        label=_("Lessons"),
        queryset=Lesson.objects.all(),
        help_text=_("1 comes first; without a number it is not in the course."),
    )

    days = Course._meta.get_field("days").formfield(min_value=1, max_value=730)
    again_months = Course._meta.get_field("again_months").formfield(max_value=120)
    stances = forms.MultipleChoiceField(
        label=_("Only people who chose"), required=False, choices=Stance.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Course
        fields = ["title", "note", "days", "starts_on", "again_months", "teams", "stances", "lessons"]
        widgets = {
            "note": forms.TextInput(),
            "teams": forms.CheckboxSelectMultiple,
        }
        field_classes = {"starts_on": DayField}
        help_texts = {"teams": _("With none ticked it is for everybody.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["lessons"] = [place.lesson_id for place in self.instance.places.all()]
        for code, language in settings.LANGUAGES:
            for name in ("title", "note") if code != settings.LANGUAGE_CODE else ():
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=f"{self.fields[name].label} ({language})",
                    required=False,
                    max_length=self.fields[name].max_length,
                    initial=self.instance.said.get(code, {}).get(name, ""),
                )

    def clean(self) -> dict[str, Any]:
        """What was typed in other languages becomes `said`."""
        cleaned = super().clean() or self.cleaned_data
        said: dict[str, dict[str, str]] = {}
        for field in list(cleaned):
            name, _bar, code = field.partition("_")
            if name in ("title", "note") and code in dict(settings.LANGUAGES):
                said.setdefault(code, {})[name] = cleaned.pop(field)
        return {**cleaned, "said": said}


class StudyForm(forms.ModelForm):
    """What an administrator decides when a study begins."""

    steps = Study._meta.get_field("steps").formfield(
        min_value=1, max_value=MOST_STEPS,
        help_text=_("1: everybody at once, before against after. More: teams that wait are set beside those that have begun."),
    )  # fmt: skip
    step_days = Study._meta.get_field("step_days").formfield(min_value=1, max_value=365)

    class Meta:
        model = Study
        fields = ["course", "starts_on", "steps", "step_days"]
        field_classes = {"starts_on": DayField}
        help_texts = {
            "steps": _(
                "1: everybody at once, before against after. More: teams that wait are set beside those that have begun."
            ),
        }
