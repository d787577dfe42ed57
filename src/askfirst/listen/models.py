"""Sources, saved queries, the mentions they found, what was decided, and bursts. About the brand, never about employees."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

PERSON = settings.AUTH_USER_MODEL


def new_secret() -> str:
    return secrets.token_urlsafe(32)


class Source(models.Model):
    """Where posts come from; off until somebody switches it on."""

    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    address = models.CharField(_("address, tag or words"), max_length=500, blank=True)
    is_on = models.BooleanField(default=False)
    # Where the last fetch ended, in the words of the source's kind.
    cursor = models.JSONField(default=dict)
    secret = models.CharField(max_length=80, default=new_secret)
    # The password of a mailbox, or an access token, sealed.
    sealed = models.TextField(blank=True)
    # Which process is connected to a stream, and until when the others leave it alone.
    held_by = models.CharField(max_length=40, blank=True)
    held_until = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    # From when to when nothing could be heard (ISO 8601), the latest last.
    gaps = models.JSONField(default=list)
    keep_days = models.PositiveSmallIntegerField(_("days that mentions are kept"), default=90)
    added_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Query(models.Model):
    """A saved query. `memory` is what engines.burst keeps about its counts, `risk_memory` about those of risks and complaints."""

    name = models.CharField(_("name"), max_length=80, unique=True)
    text = models.TextField(_("query"), max_length=4096)
    is_on = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    memory = models.JSONField(default=dict)
    risk_memory = models.JSONField(default=dict)
    counted_to = models.DateTimeField(null=True)
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "queries"

    def __str__(self) -> str:
        return self.name


class Kind(models.TextChoices):
    """Kinds of mentions, as engines.triage has them."""

    QUESTION = "question", _("Question")
    COMPLAINT = "complaint", _("Complaint")
    PRAISE = "praise", _("Praise")
    STORY = "story", _("Story")
    RISK = "risk", _("Risk")
    NOISE = "noise", _("Noise")


OPPORTUNITIES = (Kind.QUESTION, Kind.PRAISE, Kind.STORY)
RISKS = (Kind.RISK, Kind.COMPLAINT)


class State(models.TextChoices):
    OPEN = "open", _("open")
    DONE = "done", _("done")
    MUTED = "muted", _("muted")


class Mention(models.Model):
    """A post that a saved query found. What its author deletes is deleted here."""

    source = models.ForeignKey(Source, models.CASCADE, related_name="mentions")
    foreign_id = models.CharField(max_length=300)
    address = models.URLField(max_length=2000, blank=True)
    author = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    followers = models.PositiveIntegerField(default=0)
    # What queries can ask for beside these columns: links, is_reply, has_media and so on (posts.SHAPE).
    shape = models.JSONField(default=dict)
    posted_at = models.DateTimeField()
    seen_at = models.DateTimeField(default=timezone.now)
    # When we last asked whether it is still there.
    asked_at = models.DateTimeField(null=True, db_index=True)
    queries = models.ManyToManyField(Query, related_name="mentions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    kinds = models.JSONField(default=list)
    mood = models.CharField(max_length=8)
    priority = models.PositiveSmallIntegerField()
    reasons = models.JSONField(default=list)
    # Words of the post that speak for its kind.
    telling = models.JSONField(default=list)
    # Whether it belongs among the risks: by its kind, or because a risk is likely enough beside it.
    is_risk = models.BooleanField(default=False)
    is_unsure = models.BooleanField(default=False)
    engine = models.CharField(max_length=20)
    # The same words from somewhere else, folded under the first.
    copy_of = models.ForeignKey("self", models.CASCADE, null=True, related_name="copies")
    digest = models.CharField(max_length=32, db_index=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    assigned_to = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    tags = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True, db_index=True)
    is_corrected = models.BooleanField(default=False)

    class Meta:
        ordering = ["-priority", "-posted_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["source", "foreign_id"], name="mention_once")]
        indexes = [
            # The desk in its order, and the columns it is looked up by.
            models.Index(fields=["state", "-priority", "-posted_at", "-id"], name="mention_desk"),
            models.Index(fields=["posted_at"]),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def looks_harmless(self) -> bool:
        """Whether it stands among the risks although its kind is none: it may be both."""
        return self.is_risk and self.kind not in RISKS


class Mute(models.Model):
    """What is no longer kept: an author, a phrase, or everything of a web site."""

    WHAT = [("author", _("author")), ("phrase", _("phrase")), ("site", _("web site"))]

    what = models.CharField(max_length=8, choices=WHAT)
    value = models.CharField(max_length=200)
    set_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "value"], name="mute_once")]

    def __str__(self) -> str:
        return self.value


class Step(models.Model):
    """How many posts matched a query in one step of five minutes, and how many of them were risks; counted whole, also in a flood."""

    query = models.ForeignKey(Query, models.CASCADE, related_name="steps")
    at = models.DateTimeField()
    number = models.PositiveIntegerField(default=0)
    risks = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["at"]
        constraints = [models.UniqueConstraint(fields=["query", "at"], name="step_once")]

    def __str__(self) -> str:
        return f"{self.query_id} {self.number}"


class Alert(models.Model):
    """A burst: when it began, what was expected and seen, and what it is about."""

    query = models.ForeignKey(Query, models.CASCADE, related_name="alerts")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    seen = models.PositiveIntegerField()
    expected = models.FloatField()
    # Of risks and complaints only, while the whole was as always.
    of_risks = models.BooleanField(default=False)
    terms = models.JSONField(default=list)
    sample = models.ManyToManyField(Mention, related_name="+")

    class Meta:
        ordering = ["-began_at"]

    def __str__(self) -> str:
        return f"{self.query} {self.began_at}"


class Learnt(models.Model):
    """What this installation has learnt from corrections (row 1); see engines.triage.Head."""

    weights = models.BinaryField(default=bytes)
    decisions = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.decisions)


class Digest(models.Model):
    """The digest of a week (by its Monday) was taken up by some process; it goes out once."""

    week = models.DateField(unique=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.week:%Y-%m-%d}"
