"""Tables that every part shares: the organisation, the log of who did what, and the topics that streams follow."""

import secrets
import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def new_epoch() -> str:
    return secrets.token_hex(4)


class Organisation(models.Model):
    """The one organisation of this installation (row 1)."""

    name = models.CharField(_("name"), max_length=120, default="Askfirst")
    brand_colour = models.CharField(
        _("brand colour"),
        max_length=7,
        default="#ffcc00",
        validators=[RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Write the colour as # and six digits, such as #ffcc00."))],
    )
    # A small PNG that we have drawn ourselves; in the row, so that a backup of the database has it.
    logo = models.BinaryField(_("logo"), default=bytes, blank=True)

    def __str__(self) -> str:
        return self.name


class AppendOnly(Exception):
    """Somebody tried to change or delete a log entry."""


class LogEntry(models.Model):
    """One thing that somebody with a role did. Nothing anonymous is ever written here; see docs/why/anonymity.md."""

    at = models.DateTimeField(auto_now_add=True, db_index=True)
    # A number, not a foreign key: base knows no part, and an entry outlives the person.
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=254, blank=True)
    verb = models.CharField(max_length=60, db_index=True)
    # As long as the longest e-mail address.
    subject = models.CharField(max_length=254, blank=True)
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"

    def save(self, *args: object, **kwargs: object) -> None:
        if self.pk is not None:
            raise AppendOnly("A log entry cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        raise AppendOnly("A log entry cannot be deleted.")


class Topic(models.Model):
    """Something that streams follow. Each committed change raises `revision`; see askfirst.base.live."""

    revision = models.BigIntegerField(default=0)
    # A new value (a restored backup) tells phones that their revision means nothing here.
    epoch = models.CharField(max_length=8, default=new_epoch)

    def __str__(self) -> str:
        return f"{self.epoch}-{self.revision}"


class Shape(models.TextChoices):
    """How an event is written for the system that receives it."""

    SIGNED = "signed", _("Signed event (Standard Webhooks)")
    CHAT = "chat", _("Message for a chat (Teams, Slack, Google Chat, Mattermost, Discord and alike)")
    XAPI = "xapi", _("Statement for a learning record store (xAPI)")


class Webhook(models.Model):
    """Another system that is told of some events. The secret is sealed; what is sent, and when, is in `Delivery`."""

    name = models.CharField(_("name"), max_length=80)
    address = models.URLField(_("address"), max_length=500)
    shape = models.CharField(_("how it is written"), max_length=8, choices=Shape.choices, default=Shape.SIGNED)
    events = models.JSONField(_("events"), default=list)
    secret = models.TextField(blank=True)
    is_on = models.BooleanField(_("switched on"), default=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One event for one system, kept from the transaction in which it happened until it has arrived or was given up."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=254, blank=True)
    detail = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)
    # Empty: it has arrived, or was given up.
    due_at = models.DateTimeField(null=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    arrived_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return f"{self.event} {self.subject}"


class KeptMail(models.Model):
    """A mail that could not be sent yet, as it goes to the mail server; gone once it is sent."""

    sender = models.CharField(max_length=320)
    recipient = models.CharField(max_length=320)
    subject = models.CharField(max_length=200)
    content = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)
    # Empty: it was given up.
    due_at = models.DateTimeField(null=True, db_index=True)
    # A mail with a code is of use for minutes only.
    until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=200)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.subject


class Turn(models.Model):
    """Whose turn is over: a job of the clock, and from when on the next process may do it."""

    name = models.CharField(max_length=120, unique=True)
    next_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name
