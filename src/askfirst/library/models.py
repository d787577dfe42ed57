"""What the organisation knows already: answers to questions that people have asked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from askfirst.people.models import Person


class Answer(models.Model):
    """A FAQ entry. `wordings` are other ways in which it was asked; search reads them too."""

    question = models.CharField(_("question"), max_length=2000)
    answer = models.TextField(_("answer"))
    wordings = models.TextField(_("other wordings, one a line"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    # Where it came from, as words and a path of ours; the library knows no jam.
    origin = models.CharField(max_length=200, blank=True)
    origin_path = models.CharField(max_length=200, blank=True)
    written_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.question
