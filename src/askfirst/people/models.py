"""People of the organisation, their teams, roles and stance."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# How the address of somebody ends who was erased; no other can.
ERASED = "@invalid"


class Team(models.Model):
    """A team as the roster names it."""

    name = models.CharField(_("name"), max_length=120, unique=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Stance(models.TextChoices):
    """What a person wants to be; chosen by themselves, changed at any time, without a trace to anybody."""

    RULES = "rules", _("Know the rules")
    SOMETIMES = "sometimes", _("Share sometimes")
    AMBASSADOR = "ambassador", _("Ambassador")


class People(BaseUserManager["Person"]):
    """Creation as Django's sign-in machinery expects it; everything else lives in queries and actions."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email=(username or "").lower())


class Person(AbstractBaseUser):
    """Somebody who works here. Everyone is an employee; a role adds rights and takes none."""

    email = models.EmailField(_("work e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    employee_id = models.CharField(_("employee id"), max_length=64, null=True, blank=True, unique=True)
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="people", verbose_name=_("team")
    )
    manager = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reports", verbose_name=_("manager")
    )
    language = models.CharField(_("language"), max_length=10, blank=True)
    stance = models.CharField(_("stance"), max_length=12, choices=Stance.choices, default=Stance.RULES)
    is_facilitator = models.BooleanField(_("facilitator"), default=False)
    is_editor = models.BooleanField(_("editor"), default=False)
    is_listener = models.BooleanField(_("listener"), default=False)
    is_admin = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("works here"), default=True)
    is_on_roster = models.BooleanField(default=False)
    # Listening leaves out what people here write in public, unless they say otherwise.
    may_be_heard = models.BooleanField(default=False)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)
    # Noted by the clock within the hour, whoever switched them off.
    left_on = models.DateField(null=True, blank=True)

    objects = People()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_any_case"),
            models.CheckConstraint(condition=models.Q(stance__in=Stance.values), name="person_stance_known"),
        ]
        indexes = [
            models.Index(fields=["is_active", "name", "id"]),
            models.Index(fields=["left_on"], condition=models.Q(left_on__isnull=False), name="person_left_on"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    @property
    def can_lead(self) -> bool:
        return self.is_facilitator or self.is_admin

    @property
    def can_listen(self) -> bool:
        return self.is_listener or self.is_admin

    @property
    def has_desk(self) -> bool:
        return self.is_facilitator or self.is_editor or self.is_listener or self.is_admin

    @property
    def can_edit(self) -> bool:
        return self.is_editor or self.is_admin


class SignedIn(models.Model):
    """A browser in which somebody is signed in, so that they can end it from another. No address is kept, days only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    session = models.CharField(max_length=40, unique=True)
    device = models.CharField(max_length=60)
    since_on = models.DateField(default=timezone.localdate)
    seen_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ["-seen_on", "-id"]
        verbose_name_plural = "signed in"

    def __str__(self) -> str:
        return self.device


class Connection(models.Model):
    """A person's own account at a network, connected and disconnected by themselves; what opens it is sealed.

    It lies here and not with sharing, because listening must know the handle to leave its posts alone.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="connections")
    network = models.CharField(max_length=20)
    server = models.URLField(max_length=200)
    handle = models.CharField(max_length=200)
    sealed = models.TextField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["network"]
        constraints = [models.UniqueConstraint(fields=["person", "network"], name="connection_once")]

    def __str__(self) -> str:
        return f"{self.network} {self.handle}"


class Token(models.Model):
    """A key to the API: kept as a hash, for some scopes, until a day."""

    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    made_by = models.ForeignKey(Person, models.CASCADE, related_name="tokens")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_on = models.DateField(_("valid until"))
    used_on = models.DateField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class Reply(models.Model):
    """What a request with an idempotency key was answered, so that sending it again changes nothing more."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="+")
    key = models.CharField(max_length=80)
    request = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "replies"
        constraints = [models.UniqueConstraint(fields=["token", "key"], name="reply_once")]

    def __str__(self) -> str:
        return self.key


class Provisioned(models.Model):
    """A resource of SCIM as the provisioning client sees it; what we need of it is also in the person or team."""

    id = models.CharField(max_length=32, primary_key=True)
    kind = models.CharField(max_length=10)
    document = models.JSONField()
    # The user name in small letters, unique among people; empty for groups.
    user_name = models.CharField(max_length=254, null=True, unique=True)
    external_id = models.CharField(max_length=254, blank=True, db_index=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    person = models.OneToOneField(Person, models.CASCADE, null=True, related_name="provisioned")
    team = models.OneToOneField(Team, models.CASCADE, null=True, related_name="provisioned")

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [models.Index(fields=["kind", "created_at", "id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class MailKind(models.TextChoices):
    """Mails that nobody has to get."""

    REMINDERS = "reminders", _("Reminders between the first mail about a policy and its last day")
    REPORT = "report", _("The monthly report")
    DIGEST = "digest", _("What was heard last week")
    REFRESHERS = "refreshers", _("Questions that come back from what you have learnt")


class StoppedMail(models.Model):
    """One kind of mail that a person does not want."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="stopped_mails")
    kind = models.CharField(max_length=20, choices=MailKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="mail_stopped_once")]

    def __str__(self) -> str:
        return self.kind
