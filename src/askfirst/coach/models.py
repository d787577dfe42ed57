"""The organisation's glossary of what stays inside and what is its own, encrypted; the coach itself has no table, for it keeps nothing."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# What the glossary is sealed for.
GLOSSARY = "glossary"


class Kind(models.TextChoices):
    """What an entry of the glossary is."""

    TERM = "term", _("Stays inside")
    CLIENT = "client", _("Client or partner")
    BRAND = "brand", _("Own brand")
    TOPIC = "topic", _("Only some speak on it")


class Entry(models.Model):
    """One term, client name, name of something sold, or topic. `sealed` is readable only with the installation's secret key (see base.sealing)."""

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TERM)
    sealed = models.TextField()
    # Nothing says what the term is; the day from which it may be said is no secret by itself.
    until = models.DateField(_("may be said from"), null=True, blank=True)
    speaker = models.CharField(_("who speaks on it"), max_length=120, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
