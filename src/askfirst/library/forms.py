"""Forms over the library, one per verb."""

from django import forms

from askfirst.library.models import Answer


class AnswerForm(forms.ModelForm):
    class Meta:
        model = Answer
        fields = ["question", "answer", "wordings", "review_on"]
        widgets = {
            "question": forms.TextInput(),
            "answer": forms.Textarea(attrs={"rows": 6}),
            "wordings": forms.Textarea(attrs={"rows": 3}),
            "review_on": forms.DateInput(attrs={"type": "date"}),
        }
