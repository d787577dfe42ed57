"""A policy, its versions and questions, the shelf of references, and who has read what."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askfirst.engines import licences
from askfirst.library.models import Attributed, Material
from askfirst.people.models import Team

PERSON = settings.AUTH_USER_MODEL


class Audience(models.TextChoices):
    """Whose duties a clause describes."""

    EVERYONE = "everyone", _("everyone")
    FACILITATORS = "facilitators", _("facilitators")
    EDITORS = "editors", _("editors")
    LISTENERS = "listeners", _("listeners")
    ADMINS = "admins", _("administrators")


class Policy(models.Model):
    """One text of the organisation, from first draft through all its versions.

    `revision` rises with every kept draft; whoever keeps a draft says which one it was made from.
    """

    title = models.CharField(_("title"), max_length=160)
    language = models.CharField(_("language"), max_length=8, default="en")
    countries = models.JSONField(_("countries"), default=list)
    teams = models.ManyToManyField(Team, blank=True, verbose_name=_("only for these teams"))
    draft = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    kept_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    kept_at = models.DateTimeField(default=timezone.now)
    summary = models.TextField(_("half-minute summary"), blank=True)
    approvers = models.ManyToManyField(PERSON, blank=True, related_name="+", verbose_name=_("who must approve"))
    days_to_read = models.PositiveSmallIntegerField(_("days to read it"), default=14)
    review_on = models.DateField(_("look at it again on"), null=True, blank=True)
    # Out of force since then; the next publication brings it back.
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        return self.title


class SavedDraft(models.Model):
    """Every draft that was ever kept, and those that came second and were not taken over; nothing is lost."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="saved")
    revision = models.PositiveIntegerField()
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_taken_over = models.BooleanField(default=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.policy_id}/{self.revision}"


class ClauseAudience(models.Model):
    """Clauses that are not for everyone."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="audiences")
    key = models.CharField(max_length=80)
    audience = models.CharField(max_length=14, choices=Audience.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "key"], name="clause_audience_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.audience}"


class ClauseMaterial(models.Model):
    """A material of the library that stands beside a clause, for whoever reads it."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="beside")
    key = models.CharField(max_length=80)
    material = models.ForeignKey(Material, models.CASCADE, related_name="beside")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["policy", "key", "material"], name="clause_material_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.material_id}"


class Version(models.Model):
    """A published text; never changed afterwards.

    `clauses` is a list of {key, title, text}; `changes` of {key, title, kind, proposed, before, after} against the version before.
    """

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    summary = models.TextField(blank=True)
    clauses = models.JSONField()
    changes = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    effective_on = models.DateField()
    review_on = models.DateField(null=True)
    due_on = models.DateField()
    # When everybody concerned had been asked; until then asking goes on, after a crash too.
    asked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["policy", "number"], name="policy_version_number")]

    def __str__(self) -> str:
        return f"{self.policy} {self.number}"


class VersionText(models.Model):
    """A version said in another language; mended, a new one is made, and the newest is shown. The original binds.

    `clauses` as in Version, with the same keys in the same order; `questions` is a list of {text, options: [{text, feedback}]}
    in the order of the policy's questions.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("half-minute summary"))
    text = models.TextField(_("text"))
    clauses = models.JSONField()
    questions = models.JSONField()
    digest = models.CharField(max_length=64)
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.version} {self.language}"


class Question(models.Model):
    """A comprehension question. `options` is a list of {text, is_right, feedback}."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="questions")
    clause_key = models.CharField(max_length=80, blank=True)
    text = models.CharField(_("question"), max_length=300)
    options = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.text


class Approval(models.Model):
    """Somebody named has approved exactly this draft."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="approvals")
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "digest", "by"], name="approval_once")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.by_id}"


class Asked(models.Model):
    """A person was asked to read a version: all of it, or the clauses that changed for them."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="asked")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_whole = models.BooleanField(default=True)
    # Reminders sent so far: start, week, day, due, after.
    reminded = models.CharField(max_length=40, blank=True)
    known_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="asked_once")]
        indexes = [models.Index(fields=["person", "known_at"]), models.Index(fields=["version", "known_at"])]

    def __str__(self) -> str:
        return f"{self.version_id} {self.person_id}"


class Acknowledgement(models.Model):
    """Somebody knows a version: knowledge, never agreement. Append-only; each record seals the one before.

    `person_number` stays when the person is erased; nothing in the record names them.
    """

    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    person_number = models.BigIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="acknowledgements")
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=8)
    at = models.DateTimeField()
    right = models.PositiveSmallIntegerField(default=0)
    questions = models.PositiveSmallIntegerField(default=0)
    is_disputed = models.BooleanField(default=False)
    seal = models.CharField(max_length=64, unique=True)
    seal_before = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["version", "person_number"], name="acknowledged_once")]

    def __str__(self) -> str:
        return f"{self.person_number} knows {self.version_id}"


class Dispute(models.Model):
    """Somebody knows a version and disputes it; a human answers."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="disputes")
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.text[:60]


class Comment(models.Model):
    """What an editor or approver remarks on a clause."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="comments")
    clause_key = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    is_done = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Reference(Attributed, models.Model):
    """Somebody else's policy on our shelf: its text where the licence allows it, else only where it is."""

    title = models.CharField(_("title"), max_length=200)
    author = models.CharField(_("author"), max_length=200, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=40,
        default=licences.RESERVED,
        choices=[(own.id, _(own.name)) for own in licences.LICENCES.values()],
    )
    text = models.TextField(_("text"), blank=True)
    note = models.CharField(_("why it is worth reading"), max_length=300, blank=True)
    seen_on = models.DateField(_("as of"), default=timezone.localdate)
    is_ours = models.BooleanField(_("our own earlier text"), default=False)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Verdict(models.TextChoices):
    """Why a passage that is close to a reference may stay."""

    OURS = "ours", _("It is ours")
    COMMON = "common", _("Common wording")
    PERMITTED = "permitted", _("We have permission")


class PassageDecision(models.Model):
    """What an editor decided about a passage that is close to a reference; applied again to later drafts."""

    policy = models.ForeignKey(Policy, models.CASCADE, related_name="decisions")
    passage_digest = models.CharField(max_length=64)
    verdict = models.CharField(max_length=12, choices=Verdict.choices)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["policy", "passage_digest"], name="passage_decided_once")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.passage_digest[:8]}"


class Gap(models.Model):
    """Something that people asked and no policy answers. The part that found it says where, as words and a path."""

    question = models.CharField(max_length=2000)
    topic = models.CharField(max_length=40, blank=True)
    weight = models.PositiveIntegerField(default=1)
    origin = models.CharField(max_length=200, blank=True)
    origin_path = models.CharField(max_length=200, blank=True, unique=True, null=True)
    noted_at = models.DateTimeField(auto_now_add=True)
    closed_by = models.ForeignKey(Version, models.SET_NULL, null=True, related_name="gaps")

    class Meta:
        ordering = ["-weight", "id"]

    def __str__(self) -> str:
        return self.question[:80]
