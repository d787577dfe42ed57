"""Forms about people, one per verb."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import DayField, SecretField, WatchedModelForm
from askfirst.base.models import Shape
from askfirst.engines.packs import xapi
from askfirst.events import EVENTS
from askfirst.people import queries
from askfirst.people.models import Person, Stance
from askfirst.people.tokens import SCOPES


class RosterForm(forms.Form):
    """A roster file and what to do with people who are not in it."""

    file = forms.FileField(
        label=_("Roster file"), help_text=_("CSV or XLSX with a header row; at least name and e-mail.")
    )
    is_full = forms.BooleanField(
        label=_("This is the full roster"),
        required=False,
        help_text=_("People who are not in the file are switched off as leavers."),
    )
    leavers_up_to = forms.IntegerField(
        label=_("Leavers at most, in percent"), min_value=0, max_value=100, initial=10, required=False,
        help_text=_("A safety catch: a file that would switch off more people is refused."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB. Import it from the terminal: askfirst people import FILE."),
                params={"limit": settings.UPLOAD_LIMIT // 2**20},
            )
        return file

    def clean_leavers_up_to(self) -> int:
        value = self.cleaned_data["leavers_up_to"]
        return 10 if value is None else value


class PersonForm(WatchedModelForm):
    """What is known about one person. The team is given by name and may be new; the manager by e-mail."""

    team = forms.CharField(
        label=_("Team"), required=False, max_length=120, help_text=_("A new name makes a new team."),
        widget=forms.TextInput(attrs={"list": "teams", "autocomplete": "off"}),
    )  # fmt: skip
    manager = forms.EmailField(label=_("Reports to"), required=False, help_text=_("The work e-mail of their manager."))
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=[("", _("as their browser says")), *settings.LANGUAGES]
    )

    class Meta:
        model = Person
        fields = ["name", "email", "language", "joined_on"]
        field_classes = {"joined_on": DayField}

    field_order = ["name", "email", "team", "manager", "language", "joined_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial |= {"team": str(self.instance.team or ""), "manager": getattr(self.instance.manager, "email", "")}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_team(self) -> str:
        return " ".join(self.cleaned_data["team"].split())

    def clean_manager(self) -> Person | None:
        email = self.cleaned_data["manager"]
        found = queries.colleagues().filter(email__iexact=email).first() if email else None
        if email and found is None:
            raise forms.ValidationError(_("Nobody who works here has this e-mail."))
        return found

    @property
    def team_names(self) -> list[str]:
        """What is offered while a team is typed."""
        return list(queries.teams().values_list("name", flat=True)[: queries.MOST_TEAMS])


class RolesForm(WatchedModelForm):
    class Meta:
        model = Person
        fields = ["is_facilitator", "is_editor", "is_listener", "is_admin"]


class StanceForm(forms.Form):
    stance = forms.ChoiceField(label=_("My stance"), choices=Stance.choices, widget=forms.RadioSelect)


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)


class TokenForm(forms.Form):
    """A key to the API."""

    name = forms.CharField(label=_("What it is for"), max_length=80)
    scopes = forms.MultipleChoiceField(
        label=_("What it may do"), choices=[(own, own) for own in SCOPES], widget=forms.CheckboxSelectMultiple
    )
    expires_on = DayField(label=_("Valid until"), required=False, help_text=_("Empty: 90 days. A year at most."))


class HeardForm(forms.Form):
    """What a system is called and told of."""

    name = forms.CharField(label=_("Name"), max_length=80)
    events = forms.MultipleChoiceField(
        label=_("Events"),
        choices=[(event.name, event.says) for event in EVENTS],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What single people do goes out with their number here, never with a name or an address."),
    )

    def __init__(self, *args: Any, shape: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._shape = shape

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        is_of_people = all(name in xapi.VERBS for name in data.get("events", []))
        if (data.get("shape") or self._shape) == Shape.XAPI and not is_of_people:
            self.add_error("events", _("A learning record store is told of what people do while learning, only."))
        return data


class WebhookForm(HeardForm):
    """Another system that is told of events."""

    address = forms.URLField(label=_("Address"), max_length=500, assume_scheme="https")
    shape = forms.ChoiceField(label=_("How it is written"), choices=Shape.choices)
    secret = SecretField(
        label=_("User and password, for a learning record store"),
        required=False,
        max_length=200,
        help_text=_("As user:password. Empty for the others; a signed event gets a secret that is shown once."),
    )

    field_order = ["name", "address", "shape", "events", "secret"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("shape") == Shape.XAPI and ":" not in data.get("secret", ""):
            self.add_error("secret", _("Write user:password."))
        return data
