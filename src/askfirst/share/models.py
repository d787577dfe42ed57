"""Stories worth telling, who agreed to be in them, what volunteers made of them, and briefings to everybody."""

import secrets

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from askfirst.library.models import Material
from askfirst.people.models import Team

PERSON = settings.AUTH_USER_MODEL


class State(models.TextChoices):
    """Where a story is on its way."""

    TOLD = "told", _("told")
    APPROVED = "approved", _("may be shared")
    DECLINED = "declined", _("not shared")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Call(models.Model):
    """An editor asks for stories: on the Today page of everybody, or of some teams, until a day or until one has told one."""

    prompt = models.CharField(_("what you would like to hear"), max_length=200)
    teams = models.ManyToManyField(Team, blank=True, verbose_name=_("only these teams"))
    until_on = models.DateField(_("until"))
    asked_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return self.prompt


class Story(models.Model):
    """Something that happened, told by somebody, helped by an editor, shared by those who want to."""

    title = models.CharField(_("title"), max_length=160)
    text = models.TextField(_("what happened"), max_length=4000)
    file = models.CharField(max_length=80, blank=True)
    media_type = models.CharField(max_length=40, blank=True)
    alt_text = models.CharField(_("what the picture shows"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.TOLD)
    # Empty for a story from an anonymous jam: nobody knows whose it is.
    teller = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="stories")
    origin = models.CharField(max_length=200, blank=True)
    origin_path = models.CharField(max_length=200, blank=True)
    call = models.ForeignKey(Call, models.SET_NULL, null=True, blank=True, related_name="stories")
    material = models.ForeignKey(Material, models.SET_NULL, null=True, blank=True, related_name="+")
    prompt = models.CharField(_("a prompt for those who share"), max_length=300, blank=True)
    address = models.URLField(_("link to go with it"), max_length=500, blank=True)
    reason = models.CharField(_("what became of it"), max_length=300, blank=True)
    decided_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    expires_on = models.DateField(_("may be shared until"), null=True, blank=True)
    told_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-told_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_taken_back(self) -> bool:
        """Whether whoever told it does not want it any more; only they can tell it anew."""
        is_theirs = self.teller_id is not None and self.decided_by_id == self.teller_id
        return self.state == State.WITHDRAWN and is_theirs and not self.reason

    @property
    def is_shareable(self) -> bool:
        return self.state == State.APPROVED and (self.expires_on is None or self.expires_on >= timezone.localdate())


class Consent(models.Model):
    """Somebody in the picture agreed, on this day; taken back, the story stops at once."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="consents")
    name = models.CharField(_("who is in it"), max_length=120)
    given_on = models.DateField(_("agreed on"), default=timezone.localdate)
    noted_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


def new_code() -> str:
    return secrets.token_urlsafe(6)


class Link(models.Model):
    """A short address of our own for one story and network. It counts visits and knows nothing about visitors."""

    code = models.CharField(max_length=12, unique=True, default=new_code)
    story = models.ForeignKey(Story, models.CASCADE, related_name="links")
    network = models.CharField(max_length=20)
    visits = models.PositiveIntegerField(default=0)
    # When the next one who shares had best post, so that colleagues do not all post at once; nobody's name is with it.
    free_from = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["story", "network"], name="link_once")]

    def __str__(self) -> str:
        return self.code


class Shared(models.Model):
    """That somebody took a story to a network. Shown to nobody but the person; kept for the caps, then thrown away."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    story = models.ForeignKey(Story, models.CASCADE, related_name="+")
    network = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return f"{self.story_id} {self.network}"


class Wording(models.Model):
    """Words that went out with a story, without whose they are, so that the next ones can differ."""

    story = models.ForeignKey(Story, models.CASCADE, related_name="wordings")
    text = models.TextField()
    on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return self.text[:40]


class Briefing(models.Model):
    """What happened, what we know, what to say and what not, and who answers; to all or to some teams, until it expires."""

    title = models.CharField(_("in one line"), max_length=160)
    happened = models.TextField(_("what happened"), max_length=2000)
    known = models.TextField(_("what we know, and what not yet"), max_length=2000, blank=True)
    say = models.TextField(_("what you can say"), max_length=2000, blank=True)
    do_not_say = models.TextField(_("what better not, and why"), max_length=2000, blank=True)
    answers = models.CharField(_("who answers questions"), max_length=200)
    teams = models.ManyToManyField(Team, blank=True, verbose_name=_("only these teams"), related_name="+")
    is_drill = models.BooleanField(_("this is a drill"), default=False)
    sent_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    # Everybody with a lower key was mailed: a process that was killed goes on from here.
    mailed_to = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def headline(self) -> str:
        """The title where it stands alone, in one line; nobody shall take a drill for the real thing."""
        title = " ".join(self.title.split())
        return gettext("Drill: %s") % title if self.is_drill else title

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(heading, words) of everything that it says."""
        rows = [
            (gettext("What happened"), self.happened),
            (gettext("What we know, and what not yet"), self.known),
            (gettext("What you can say"), self.say),
            (gettext("What better not, and why"), self.do_not_say),
        ]
        return [(heading, words) for heading, words in rows if words]

    @property
    def is_in_force(self) -> bool:
        return self.expires_at > timezone.now()


class Read(models.Model):
    """Somebody has read a briefing."""

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="reads")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["briefing", "person"], name="read_once")]

    def __str__(self) -> str:
        return f"{self.briefing_id} {self.person_id}"
