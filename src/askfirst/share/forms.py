"""Forms of the share part, one per verb."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import DayField, SecretField, WatchedModelForm
from askfirst.library import media
from askfirst.library.errors import LibraryError
from askfirst.people.models import Team
from askfirst.share.models import Briefing, Call, Story
from askfirst.share.networks import NETWORKS

LONGEST_NAME = 120
HOURS = ((4, _("4 hours")), (24, _("a day")), (48, _("two days")), (168, _("a week")))


class StoryForm(forms.ModelForm):
    """Tell a story: a text, and a picture, a short video or a sound if there is one."""

    field_order = ["title", "text", "upload", "alt_text", "people"]

    upload = forms.FileField(
        label=_("Picture, short video or sound"),
        required=False,
        help_text=_("Place, time and device are taken out of it. MP4 or WebM for video, M4A or MP3 for sound."),
    )
    people = forms.CharField(
        label=_("Who is in it, and has agreed?"),
        required=False,
        max_length=500,
        help_text=_("Names with commas between. Children never."),
    )

    class Meta:
        model = Story
        fields = ["title", "text", "alt_text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def clean_people(self) -> str:
        people: str = self.cleaned_data["people"]
        if any(len(name) > LONGEST_NAME for name in _names(people)):
            raise forms.ValidationError(
                _("A name here is longer than %d characters. Put commas between names.") % LONGEST_NAME
            )
        return people

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("upload"):
            try:
                kept = media.keep(data["upload"].read())
            except LibraryError as error:
                self.add_error("upload", error.message)  # type: ignore[arg-type]
                return data
            data |= {"file": kept.file, "media_type": kept.media_type}
            if not data.get("alt_text") and not self.errors:
                self.add_error(
                    "alt_text", _("Say in a few words what it shows or says, for those who cannot see or hear it.")
                )
        return data

    @property
    def names(self) -> list[str]:
        return _names(self.cleaned_data["people"])


def _names(said: str) -> list[str]:
    return [name.strip() for name in said.replace("\n", ",").split(",") if name.strip()]


class ApproveForm(WatchedModelForm):
    """Help a story and let it go out."""

    address = forms.URLField(label=_("link to go with it"), required=False, max_length=500, assume_scheme="https")
    without_picture = forms.BooleanField(label=_("Without the picture, video or sound"), required=False)

    class Meta:
        model = Story
        fields = ["title", "text", "alt_text", "prompt", "address", "expires_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}
        field_classes = {"expires_on": DayField}
        help_texts = {"prompt": _("A question that helps people to find their own words; it cannot be pasted.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.file:
            del self.fields["alt_text"]
            self.fields["without_picture"].label = _("Whoever no longer agrees is not in it any more")
            if not self.instance.consents.exclude(revoked_at=None).exists():
                del self.fields["without_picture"]


class ShareForm(forms.Form):
    """One's own words, and where they go."""

    words = forms.CharField(label=_("Your own words"), max_length=3000, widget=forms.Textarea(attrs={"rows": 4}))
    network = forms.ChoiceField(label=_("Where"), choices=[(network.id, network.name) for network in NETWORKS])


class BriefingForm(forms.ModelForm):
    hours = forms.TypedChoiceField(label=_("valid for"), choices=HOURS, coerce=int, initial=48)
    teams = forms.ModelMultipleChoiceField(
        label=_("only these teams"), queryset=Team.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Briefing
        fields = ["title", "happened", "known", "say", "do_not_say", "answers", "is_drill"]
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in ("happened", "known", "say", "do_not_say")}


class CallForm(forms.ModelForm):
    """Ask for stories."""

    class Meta:
        model = Call
        fields = ["prompt", "until_on", "teams"]
        widgets = {"teams": forms.CheckboxSelectMultiple}
        field_classes = {"until_on": DayField}

    def clean_until_on(self) -> Any:
        day = self.cleaned_data["until_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("This day is over already."))
        return day


class ConnectForm(forms.Form):
    """Connect one's own account at a network that lets one post."""

    network = forms.ChoiceField(label=_("Network"), choices=[("mastodon", "Mastodon"), ("bluesky", "Bluesky")])
    handle = forms.CharField(
        label=_("Your handle"), max_length=200,
        help_text=_("Such as @you@mastodon.social, or you.bsky.social. For Mastodon the server's name is enough."),
    )  # fmt: skip
    password = SecretField(
        label=_("App password, for Bluesky"), required=False, max_length=100,
        help_text=_("Made there under Settings, App passwords; never your own password. It is kept sealed."),
    )  # fmt: skip
    server = forms.URLField(
        label=_("Server, if it is not bsky.social"), required=False, assume_scheme="https", max_length=200
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("network") == "bluesky" and not data.get("password"):
            self.add_error("password", _("Bluesky needs an app password."))
        return data
