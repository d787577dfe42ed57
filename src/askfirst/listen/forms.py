"""Forms of the listen part, one per verb."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import SecretField, WatchedModelForm
from askfirst.listen.models import Query, Source
from askfirst.listen.sources import BY_ID, KINDS
from askfirst.people.models import Person


def _keep_days() -> Any:
    return Source._meta.get_field("keep_days").formfield(min_value=1, max_value=3650)


class _WithAddress(forms.ModelForm):
    """Whatever a source's kind takes for an address, it can be taken apart."""

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        try:
            # Read, since a port is looked at only when it is asked for.
            _port = urlsplit(address).port
        except ValueError as error:
            raise forms.ValidationError(_("That is no address.")) from error
        return address


class SourceForm(_WithAddress):
    keep_days = _keep_days()
    kind = forms.ChoiceField(label=_("Kind"), choices=[(kind.id, _(kind.name)) for kind in KINDS if kind.id != "file"])

    password = SecretField(
        label=_("Password of a mailbox, or access token"), required=False, max_length=200,
        help_text=_("Kept sealed. Better one that only reads this."),
    )  # fmt: skip

    class Meta:
        model = Source
        fields = ["kind", "name", "address", "password", "keep_days"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        kind = BY_ID.get(data.get("kind", ""))
        if kind and kind.needs_password and not data.get("password"):
            self.add_error("password", _("A mailbox needs its password."))
        return data


class ChangeSourceForm(_WithAddress, WatchedModelForm):
    keep_days = _keep_days()
    password = SecretField(
        label=_("New password of a mailbox, or access token"), required=False, max_length=200,
        help_text=_("Empty keeps the one there is."),
    )  # fmt: skip

    class Meta:
        model = Source
        fields = ["name", "address", "keep_days"]


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(label=_("Who"), queryset=Person.objects.none())
    hours = forms.TypedChoiceField(
        label=_("Answered within"), coerce=int, initial=24,
        choices=[(2, _("2 hours")), (8, _("8 hours")), (24, _("a day")), (72, _("three days")), (168, _("a week"))],
    )  # fmt: skip

    def __init__(self, *arguments: Any, listeners: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = listeners


class QueryForm(WatchedModelForm):
    class Meta:
        model = Query
        fields = ["name", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4, "spellcheck": "false"})}


class PostsForm(forms.Form):
    file = forms.FileField(label=_("File"), help_text=_("JSON lines, CSV or XLSX with a column called text."))
