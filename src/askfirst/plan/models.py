"""The social media plan: goals with measures, audiences, channels, voices, cadence and risks; and its versions."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


class Kind(models.TextChoices):
    """Sections of the plan, in their order on the page."""

    GOAL = "goal", _("Goals")
    AUDIENCE = "audience", _("Audiences")
    CHANNEL = "channel", _("Channels")
    VOICE = "voice", _("Who speaks on what")
    CADENCE = "cadence", _("Cadence")
    RISK = "risk", _("Risks")


class Entry(models.Model):
    """One line of the plan. A goal may have a measure that fills itself; a channel its address and who can recover it."""

    kind = models.CharField(_("section"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("in a few words"), max_length=1000, blank=True)
    owner = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("owner"))
    measure = models.CharField(_("measure"), max_length=40, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    recovery = models.CharField(_("who can get it back"), max_length=200, blank=True)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """The plan as it stood when somebody kept it."""

    number = models.PositiveIntegerField(unique=True)
    note = models.CharField(_("what changed"), max_length=200, blank=True)
    entries = models.JSONField()
    kept_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Reading(models.Model):
    """What a measure said in a month; the current month's follows what happens, the others stay as they were at its end."""

    month = models.DateField()
    measure = models.CharField(max_length=40)
    number = models.FloatField(null=True)
    is_hidden = models.BooleanField(default=False)

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["month", "measure"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.measure}"


class Mailed(models.Model):
    """The report of a month goes out once; `at` is empty while it is on its way."""

    month = models.DateField(unique=True)
    claimed_at = models.DateTimeField(default=timezone.now)
    at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "mailed"

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"
