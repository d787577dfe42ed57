"""Forms of the plan part, one per verb."""

from django import forms
from django.utils.translation import gettext_lazy as _

from askfirst.base.forms import DayField, WatchedModelForm
from askfirst.people import queries as people
from askfirst.plan.measures import MEASURES
from askfirst.plan.models import Entry


class EntryForm(WatchedModelForm):
    """One line of the plan."""

    measure = forms.ChoiceField(
        label=_("measure"), required=False, choices=[("", _("none")), *((own.id, own.label) for own in MEASURES)]
    )

    class Meta:
        model = Entry
        fields = ["kind", "title", "text", "owner", "measure", "target", "address", "recovery", "review_on"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"review_on": DayField}

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        # Whoever has a role can own a line; a list of everybody would be of no use in a large house.
        self.fields["owner"].queryset = people.with_a_role(or_pk=self.instance.owner_id)
