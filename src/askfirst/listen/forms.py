"""Forms of the listen part, one per verb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from askfirst.listen.models import Query, Source
from askfirst.listen.sources import KINDS


class SourceForm(forms.ModelForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.id, _(kind.name)) for kind in KINDS if kind.id != "file"])

    class Meta:
        model = Source
        fields = ["kind", "name", "address", "keep_days"]


class QueryForm(forms.ModelForm):
    class Meta:
        model = Query
        fields = ["name", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})}


class PostsForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("JSON lines or CSV with a column called text."))
