"""What the organisation knows already: answers to questions that people have asked, and materials to learn from."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from askfirst.engines import licences
from askfirst.people.models import Person

# Of a PDF, as pictures.
PAGES_SHOWN = 6


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


class Attributed:
    """Whose work something is: for models with title, author, address and licence."""

    @property
    def terms(self) -> licences.Licence:
        return licences.licence(self.licence)  # type: ignore[attr-defined]

    @property
    def line(self) -> str:
        """The attribution line, ready to paste."""
        return licences.line(self.title, self.author, self.address, self.licence)  # type: ignore[attr-defined]


class Kind(models.TextChoices):
    """Kinds of materials."""

    INFOGRAPHIC = "infographic", _("Infographic")
    CHART = "chart", _("Chart")
    CHECKLIST = "checklist", _("Checklist")
    FLIER = "flier", _("Flier")
    VIDEO = "video", _("Video")
    ARTICLE = "article", _("Article")
    TEMPLATE = "template", _("Template")


class Material(Attributed, models.Model):
    """Something to look at, tick off, print or watch, with where it comes from and what may be done with it.

    `body` is Markdown; `file` names a file in the media folder that we have made ourselves from what was uploaded.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    title = models.CharField(_("title"), max_length=200)
    note = models.CharField(_("what it is good for"), max_length=300, blank=True)
    body = models.TextField(_("text"), blank=True)
    address = models.URLField(_("source address"), max_length=500, blank=True)
    author = models.CharField(_("author"), max_length=200, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=40,
        default=licences.RESERVED,
        choices=[(own.id, _(own.name)) for own in licences.LICENCES.values()],
    )
    language = models.CharField(_("language"), max_length=8, default="en")
    # Of several languages a reader meets one: theirs, or else the original.
    original = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("says in another language what this says"),
        related_name="translations",
    )
    topics = models.CharField(_("topics, with commas between"), max_length=200, blank=True)
    review_on = models.DateField(_("review on"), null=True, blank=True)
    file = models.CharField(max_length=100, blank=True)
    media_type = models.CharField(max_length=60, blank=True)
    captions = models.CharField(max_length=100, blank=True)
    # Pictures of the first pages of a PDF, in the media folder.
    pages = models.JSONField(default=list, blank=True)
    starter = models.CharField(max_length=60, blank=True)
    added_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["kind", "title"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_link_only(self) -> bool:
        return not (self.body or self.file)

    @property
    def picture(self) -> str:
        """The file that shows what it is: itself, or the first page of a PDF; empty where there is none."""
        return self.file if self.media_type.startswith("image/") else next(iter(self.pages), "")

    @property
    def has_more_pages(self) -> bool:
        """Whether a PDF may have more pages than there are pictures of."""
        return len(self.pages) >= PAGES_SHOWN

    @property
    def topic_list(self) -> list[str]:
        return [topic.strip() for topic in self.topics.split(",") if topic.strip()]
