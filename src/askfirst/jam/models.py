"""A jam, what people contributed to it, the groups these form, votes, and the acts of those who lead it."""

import hashlib
import math
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askfirst.base.languages import own_name
from askfirst.base.models import Topic
from askfirst.library.models import Answer, Material
from askfirst.people.models import Person, Team

# No letters or digits that are mistaken for one another when read aloud or from a wall.
CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
TEXT_LIMIT = 400
STORY_LIMIT = 2000


def new_code() -> str:
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(6))


class Kind(models.TextChoices):
    QUESTION = "question", _("Question")
    IDEA = "idea", _("Idea")
    STORY = "story", _("Story")


# Characters that fit.
LIMITS: dict[str, int] = {Kind.QUESTION: TEXT_LIMIT, Kind.IDEA: TEXT_LIMIT, Kind.STORY: STORY_LIMIT}


class Naming(models.TextChoices):
    ANONYMOUS = "anonymous", _("Everyone is anonymous")
    CHOICE = "choice", _("Each person chooses, each time")
    NAMED = "named", _("Everyone gives a name")


class Entry(models.TextChoices):
    CODE = "code", _("Everyone who has the code")
    SIGNED_IN = "signed_in", _("Everyone who works here, signed in")
    TEAMS = "teams", _("Only these teams, signed in")


class Jam(models.Model):
    """One live or lasting session that begins with people's questions."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    title = models.CharField(_("title"), max_length=120)
    prompt = models.CharField(_("opening prompt"), max_length=300, blank=True)
    asks_questions = models.BooleanField(_("questions"), default=True)
    asks_ideas = models.BooleanField(_("ideas"), default=False)
    asks_stories = models.BooleanField(_("stories"), default=False)
    naming = models.CharField(_("names"), max_length=10, choices=Naming.choices, default=Naming.ANONYMOUS)
    entry = models.CharField(_("who may join"), max_length=10, choices=Entry.choices, default=Entry.CODE)
    teams = models.ManyToManyField(Team, blank=True, verbose_name=_("teams"))
    is_moderated = models.BooleanField(_("approve first"), default=False)
    is_door_locked = models.BooleanField(default=False)
    rule = models.CharField(_("rule for turning something down"), max_length=300, blank=True)
    # ISO 639-1 codes in which people ask here; empty: any. Short questions are told apart more surely among few.
    languages = models.JSONField(_("languages"), default=list, blank=True)
    opens_at = models.DateTimeField(_("opens"), default=timezone.now)
    # Once people are in, no clock that is set back shuts the door before them.
    has_opened = models.BooleanField(default=False)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    closed_at = models.DateTimeField(null=True)
    topic = models.OneToOneField(Topic, models.PROTECT)
    on_stage = models.ForeignKey("Group", models.SET_NULL, null=True, related_name="+")
    shown_material = models.ForeignKey(Material, models.SET_NULL, null=True, related_name="+")
    # Raised when a person changes the grouping: indexes in memory are built anew.
    regrouped = models.PositiveIntegerField(default=0)
    seeded_from = models.ForeignKey("self", models.SET_NULL, null=True, related_name="seeds")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-opens_at"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None or (self.closes_at is not None and self.closes_at <= timezone.now())

    @property
    def is_open(self) -> bool:
        return not self.is_closed and (self.has_opened or self.opens_at <= timezone.now())

    @property
    def state(self) -> str:
        """early, open or closed."""
        return "closed" if self.is_closed else "open" if self.is_open else "early"

    @property
    def turns_in(self) -> int | None:
        """Seconds until it opens or closes by itself, rounded up; None where it does not."""
        turn = {"early": self.opens_at, "open": self.closes_at}.get(self.state)
        return math.ceil((turn - timezone.now()).total_seconds()) if turn else None

    @property
    def language_names(self) -> list[str]:
        """What people call the languages of this jam."""
        return [own_name(code) for code in self.languages]

    @property
    def kinds(self) -> list[Kind]:
        asked = [(self.asks_questions, Kind.QUESTION), (self.asks_ideas, Kind.IDEA), (self.asks_stories, Kind.STORY)]
        return [kind for is_asked, kind in asked if is_asked] or [Kind.QUESTION]


class Outcome(models.TextChoices):
    """What became of a group."""

    OPEN = "open", _("open")
    ANSWERED = "answered", _("answered")
    PARKED = "parked", _("parked")


class Decision(models.TextChoices):
    """What was decided about an idea."""

    NONE = "", _("not decided")
    WILL = "will", _("we will")
    WILL_NOT = "will_not", _("we will not")


class Group(models.Model):
    """Contributions that ask the same, with one outcome. A merged group stays as a signpost (`merged_into`)."""

    jam = models.ForeignKey(Jam, models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    # The contribution that stands for the group: the first one that is still shown.
    lead = models.ForeignKey("Contribution", models.SET_NULL, null=True, related_name="+")
    title = models.CharField(max_length=STORY_LIMIT, blank=True)
    votes = models.PositiveIntegerField(default=0)
    size = models.PositiveIntegerField(default=1)
    is_pinned = models.BooleanField(default=False)
    # A person has merged, split, renamed or pinned it: the machine merges it with no other group from then on.
    is_by_hand = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    answer = models.TextField(blank=True)
    is_aloud = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.NONE, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    due_on = models.DateField(null=True)
    faq = models.ForeignKey(Answer, models.SET_NULL, null=True, related_name="+")
    # Revisions of the jam's topic: at the last change that people see, and at the last change of the votes alone.
    revision = models.BigIntegerField(default=0)
    voted_revision = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["jam", "revision"]), models.Index(fields=["jam", "voted_revision"])]

    def __str__(self) -> str:
        return f"{self.jam_id}/{self.pk}"

    @property
    def name(self) -> str:
        """What the group is called: the title that somebody gave it, else the text of its lead."""
        return self.title or (self.lead.text if self.lead else "")

    @property
    def settled(self) -> str:
        """A digest of what became of the group, by which a form knows whether somebody else has settled it since."""
        told = (self.outcome, self.answer, self.decision, self.reason, self.owner_id, self.due_on)
        return hashlib.blake2b(repr(told).encode(), digest_size=8).hexdigest()


class State(models.TextChoices):
    """Where a contribution stands by itself; the rest of its outcome is its group's."""

    PENDING = "pending", _("waits for approval")
    SHOWN = "shown", _("shown")
    WITHDRAWN = "withdrawn", _("withdrawn")
    REJECTED = "rejected", _("rejected")


class Contribution(models.Model):
    """One question, idea or story.

    Anonymous ones carry nobody: no author, no name, no address, no moment (only the hour). `proof` is a digest of a
    secret that only the asker's browser holds; it lets that browser, and nobody else, withdraw.
    """

    jam = models.ForeignKey(Jam, models.CASCADE, related_name="contributions")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.QUESTION)
    text = models.TextField()
    language = models.CharField(max_length=8, blank=True)
    is_anonymous = models.BooleanField(default=True)
    author = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    author_name = models.CharField(max_length=80, blank=True)
    proof = models.CharField(max_length=32, blank=True)
    salt = models.CharField(max_length=16, blank=True)
    asked_on_hour = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.SHOWN)
    reason = models.CharField(max_length=300, blank=True)
    group = models.ForeignKey(Group, models.SET_NULL, null=True, related_name="contributions")
    vector = models.BinaryField(default=bytes)
    engine = models.CharField(max_length=60, blank=True)
    # Place in the order in which the grouping saw it; None while it waits for approval.
    arrival = models.PositiveIntegerField(null=True)
    # How alike it was to its group when it arrived; None for the first of a group or where a person put it.
    likeness = models.FloatField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["jam", "number"], name="contribution_number"),
            models.CheckConstraint(
                condition=Q(is_anonymous=False) | Q(author=None, author_name=""),
                name="contribution_anonymous_is_nobody",
            ),
        ]
        indexes = [models.Index(fields=["group"]), models.Index(fields=["jam", "arrival"])]

    def __str__(self) -> str:
        return f"#{self.number}"


class Vote(models.Model):
    """One voice for a group. `voter` is a digest of a secret that only a browser holds, different in every jam."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="+")
    # The contribution's group, kept beside it so that pooled voices are counted by one index.
    group = models.ForeignKey(Group, models.CASCADE, related_name="+")
    voter = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contribution", "voter"], name="one_vote_a_person_and_item")]
        indexes = [models.Index(fields=["group", "voter"])]

    def __str__(self) -> str:
        return f"{self.contribution_id}"


class SeatBlock(models.Model):
    """Who has taken a seat in a jam for people who are signed in, as sorted sets of people.

    Sets, not rows: a row for each person would keep the order in which they came, and with it a hint at who voted.
    """

    jam = models.ForeignKey(Jam, models.CASCADE, related_name="+")
    block = models.PositiveSmallIntegerField()
    people = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["jam", "block"], name="seat_block")]

    def __str__(self) -> str:
        return f"{self.jam_id}/{self.block}"


class Act(models.Model):
    """Something a facilitator did, with what it changed, so that it can be undone."""

    jam = models.ForeignKey(Jam, models.CASCADE, related_name="acts")
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    subject = models.CharField(max_length=200, blank=True)
    # {"group": {id: {field: value}}, "contribution": {…}, "jam": {…}} before and after.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject}"
