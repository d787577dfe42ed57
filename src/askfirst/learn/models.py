"""Lessons with their questions, courses, who has done what, and when a question is asked again."""

from django.conf import settings
from django.db import models
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from askfirst.engines import drills, lessons
from askfirst.library.models import Answer, Material
from askfirst.people.models import Person, Team
from askfirst.policy.models import Question as Comprehension

PERSON = settings.AUTH_USER_MODEL


class Lesson(models.Model):
    """One lesson. `source` is its text in the format of engines.lessons; everything shown follows from it."""

    title = models.CharField(_("title"), max_length=160)
    source = models.TextField(_("text and questions"))
    language = models.CharField(_("language"), max_length=8, default="en")
    topic = models.CharField(max_length=60, blank=True)
    version = models.PositiveIntegerField(default=1)
    # The answer of the library that it was made from.
    answer = models.ForeignKey(Answer, models.SET_NULL, null=True, blank=True, related_name="lessons")
    starter = models.CharField(max_length=60, blank=True)
    # What its text shows and leads to, so that each can be asked for its lessons.
    materials = models.ManyToManyField(Material, blank=True, related_name="lessons")
    clauses = models.JSONField(default=list, blank=True)
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def parsed(self) -> lessons.Lesson:
        return lessons.parse(self.source)[0]


class LessonText(models.Model):
    """A lesson's text as it was kept: every version, and every language; the newest of a language is in force."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    # The version of the original that it is, or that it says in another language.
    version = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    source = models.TextField()
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.language} {self.version}"


class Item(models.Model):
    """A question that comes back: of a lesson (found again by its words), of a policy, or a scene of a drill."""

    lesson = models.ForeignKey(Lesson, models.CASCADE, null=True, related_name="items")
    comprehension = models.OneToOneField(Comprehension, models.CASCADE, null=True, related_name="+")
    drill = models.ForeignKey("Drill", models.CASCADE, null=True, related_name="+")
    scene = models.CharField(max_length=40, blank=True)
    text = models.CharField(max_length=400)
    position = models.PositiveSmallIntegerField(default=0)
    is_asked = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["lesson", "text"], name="item_once"),
            models.UniqueConstraint(
                fields=["drill", "scene"], name="item_scene_once", condition=models.Q(drill__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Course(models.Model):
    """Lessons in an order, for everyone or for some, with a number of days from the start or from a person's arrival."""

    title = models.CharField(_("title"), max_length=160)
    note = models.CharField(_("what it is good for"), max_length=300, blank=True)
    days = models.PositiveSmallIntegerField(_("days to do it"), default=30)
    starts_on = models.DateField(_("starts on"), default=timezone.localdate)
    # Nobody named: for everybody.
    teams = models.ManyToManyField(Team, blank=True, verbose_name=_("only these teams"), related_name="+")
    stances = models.JSONField(_("only people who chose"), default=list, blank=True)
    again_months = models.PositiveSmallIntegerField(_("again after months (0: never)"), default=0)
    # By language: {"title": …, "note": …}; what is not said there is shown as it is.
    said = models.JSONField(default=dict, blank=True)
    lessons = models.ManyToManyField(Lesson, through="Place")
    # Asked of nobody any more; what was done and won stays.
    is_ended = models.BooleanField(default=False)

    class Meta:
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def shown_title(self) -> str:
        """The title in the reader's language, where it has been said in it."""
        return self.in_language(translation.get_language() or "")[0]

    @property
    def shown_note(self) -> str:
        return self.in_language(translation.get_language() or "")[1]

    def in_language(self, language: str) -> tuple[str, str]:
        """(title, note) in this language; the original of each that has not been said in it."""
        own = self.said.get(language, {})
        return own.get("title") or self.title, own.get("note") or self.note

    def is_for(self, person: Person) -> bool:
        """Whether the course is for this person: by team, by what they chose, or for everybody."""
        teams = {team.pk for team in self.teams.all()}
        return (not teams or person.team_id in teams) and (not self.stances or person.stance in self.stances)


class Place(models.Model):
    """A lesson's place in a course."""

    course = models.ForeignKey(Course, models.CASCADE, related_name="places")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["course", "lesson"], name="place_once")]

    def __str__(self) -> str:
        return f"{self.course_id}.{self.position}"


class Done(models.Model):
    """Somebody has done a lesson; the first time counts, later ones are practice."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="done")
    version = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    right = models.PositiveSmallIntegerField()
    questions = models.PositiveSmallIntegerField()
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lesson"], name="done_once")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.lesson_id}"


class Recall(models.Model):
    """When a person is asked an item again. `card` is what engines.recall keeps."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    card = models.JSONField()
    due_at = models.DateTimeField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "item"], name="recall_once")]
        indexes = [models.Index(fields=["person", "due_at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.item_id}"


class Answered(models.Model):
    """One answer of a person to an item, as evidence of what lasts; shown to nobody but themselves."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    is_right = models.BooleanField()
    is_sure = models.BooleanField()
    is_refresher = models.BooleanField()

    class Meta:
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.item_id}"


class Wish(models.Model):
    """Somebody wants a mail when a question is due; nobody gets one unasked."""

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="+")
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "wishes"

    def __str__(self) -> str:
        return f"{self.person_id}"


class Drill(models.Model):
    """A villain of the gallery. `source` is its text in the format of engines.drills."""

    title = models.CharField(_("title"), max_length=160)
    source = models.TextField(_("scenes"))
    villain = models.CharField(max_length=40, blank=True)
    grade = models.CharField(max_length=8)
    language = models.CharField(_("language"), max_length=8, default="en")
    version = models.PositiveIntegerField(default=1)
    starter = models.CharField(max_length=60, blank=True)
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)
    # Out of the gallery: met by nobody any more, but for plays that have begun.
    is_out = models.BooleanField(default=False)

    class Meta:
        ordering = ["starter", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def parsed(self) -> drills.Drill:
        return drills.parse(self.source)[0]


class DrillText(models.Model):
    """A drill in another language: the same scenes and choices, so that plays count alike."""

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=160)
    source = models.TextField()
    written_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drill", "language"], name="drill_text_once")]

    def __str__(self) -> str:
        return f"{self.drill_id} {self.language}"


class Play(models.Model):
    """One person's walk through a drill, with the text as it was when they began."""

    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    drill = models.ForeignKey(Drill, models.CASCADE, related_name="plays")
    source = models.TextField()
    grade = models.CharField(max_length=8)
    scene = models.CharField(max_length=40)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    is_won = models.BooleanField(null=True)

    class Meta:
        ordering = ["-began_at", "-id"]
        indexes = [models.Index(fields=["person", "drill"])]

    def __str__(self) -> str:
        return f"{self.person_id} {self.drill_id}"


class Choice(models.Model):
    """One decision in a play, with its time; shown to nobody but the person."""

    play = models.ForeignKey(Play, models.CASCADE, related_name="choices")
    scene = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, blank=True)
    is_right = models.BooleanField()
    at = models.DateTimeField(default=timezone.now)
    seconds = models.FloatField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.play_id} {self.scene}"


class BadgeKey(models.Model):
    """A key that signs badges, sealed; older ones stay so that their badges can still be verified."""

    kid = models.CharField(max_length=40, unique=True)
    sealed = models.TextField()
    public = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-id"]

    def __str__(self) -> str:
        return self.kid


class Award(models.Model):
    """A badge for a course that somebody has done. Its address says nothing about the person but that they know it."""

    code = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    course = models.ForeignKey(Course, models.CASCADE, related_name="+")
    token = models.TextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]
        constraints = [models.UniqueConstraint(fields=["person", "course"], name="award_once")]

    def __str__(self) -> str:
        return self.code


class Standing(models.Model):
    """The bit of a badge in the list of those taken back. It outlives the badge: one without a badge is a badge that does not hold."""

    number = models.PositiveIntegerField(unique=True)
    award = models.OneToOneField(Award, models.SET_NULL, null=True, related_name="standing")

    def __str__(self) -> str:
        return str(self.number)


class Occasion(models.TextChoices):
    """When somebody is asked what they would post."""

    BEFORE = "before", _("before")
    AFTER = "after", _("after")
    LATER = "later", _("thirty days later")


MOST_STEPS = 6


class Study(models.Model):
    """Does a course help? Teams begin it one after another, drawn at random; people decide about unseen posts in between."""

    course = models.OneToOneField(Course, models.CASCADE, related_name="study")
    starts_on = models.DateField(_("starts on"), default=timezone.localdate)
    steps = models.PositiveSmallIntegerField(_("in how many steps the teams begin"), default=2)
    step_days = models.PositiveSmallIntegerField(_("days between two steps"), default=28)
    is_on = models.BooleanField(default=True)
    switched_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "studies"

    def __str__(self) -> str:
        return str(self.course)


class Wave(models.Model):
    """The step (from 0) at which a team begins."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="waves")
    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    step = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "team"], name="wave_once")]

    def __str__(self) -> str:
        return f"{self.study_id} {self.team_id} {self.step}"


class Check(models.Model):
    """How many of a form's posts a person decided rightly; shown to nobody, counted in groups of five or more."""

    study = models.ForeignKey(Study, models.CASCADE, related_name="checks")
    person = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    occasion = models.CharField(max_length=6, choices=Occasion.choices)
    form = models.CharField(max_length=4)
    right = models.PositiveSmallIntegerField()
    posts = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["study", "person", "occasion"], name="check_once")]

    def __str__(self) -> str:
        return f"{self.study_id} {self.person_id} {self.occasion}"
