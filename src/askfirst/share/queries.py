"""Named reads over stories, sharing and briefings."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import timezone

from askfirst.base import queries as base
from askfirst.engines.languages import language_of
from askfirst.jam import queries as jam
from askfirst.people import queries as people
from askfirst.people.models import Person, Stance
from askfirst.share.models import Briefing, Call, Read, Shared, State, Story

# In seven days; a hint from the first number on, a stop at the second.
HINT, CAP = 3, 6
TITLE_LENGTH = 80


def wants_to_share(person: Person) -> bool:
    """Whether the person's own choice says so; nobody else ever meets a share button."""
    return person.stance in {Stance.SOMETIMES, Stance.AMBASSADOR}


def shareable() -> list[Story]:
    today = timezone.localdate()
    return list(Story.objects.filter(state=State.APPROVED).filter(Q(expires_on=None) | Q(expires_on__gte=today)))


def decided_lately(person: Person, since: datetime) -> list[Story]:
    """The person's stories of which something became since then, decided by somebody else."""
    rows = told_by(person).filter(decided_at__gte=since).exclude(decided_by=person)
    return list(rows.order_by("-decided_at"))


def told_by(person: Person) -> QuerySet[Story]:
    return Story.objects.filter(teller=person)


def files() -> set[str]:
    """Names in the media folder that stories still need."""
    return set(Story.objects.exclude(file="").values_list("file", flat=True))


def stories() -> QuerySet[Story]:
    """For the editor: what waits first, then the rest."""
    return Story.objects.select_related("teller").prefetch_related("links").order_by(
        F("decided_at").asc(nulls_first=True), "-told_at"
    )  # fmt: skip


def jam_stories() -> list[tuple[str, str, str, int | None]]:
    """(text, jam's title, its path, teller) of stories told in jams that nobody has taken up yet."""
    taken = set(Story.objects.exclude(origin_path="").values_list("origin_path", flat=True))
    return [row for row in jam.stories() if row[2] not in taken]


def taken_up(path: str) -> Story | None:
    """What was made of the jam's story at this place of a ledger."""
    return Story.objects.filter(origin_path=path).first() if path else None


@dataclass(frozen=True)
class Pace:
    """How much somebody shared lately, for their own eyes."""

    number: int

    @property
    def is_much(self) -> bool:
        return self.number >= HINT

    @property
    def is_at_cap(self) -> bool:
        return self.number >= CAP


def pace(person: Person) -> Pace:
    week = timezone.now() - timedelta(days=7)
    return Pace(Shared.objects.filter(person=person, at__gte=week).count())


def disclosure(person: Person, words: str = "") -> str:
    """The sentence that goes in front of whatever is shared, in the language of the words, else the person's."""
    name = base.organisation().name
    language = language_of(words, person.language[:2] or "en")
    return f"Ich arbeite bei {name}." if language == "de" else f"I work for {name}."


def recent_wordings(story: Story) -> tuple[str, ...]:
    return tuple(story.wordings.order_by("-id").values_list("text", flat=True)[:200])


def visits(story: Story) -> int:
    return story.links.aggregate(number=Sum("visits"))["number"] or 0


def briefings_for(person: Person) -> list[Briefing]:
    """Briefings in force for the person that they have not read yet, the newest first."""
    return list(_for(person).exclude(reads__person=person))


def _for(person: Person) -> QuerySet[Briefing]:
    rows = Briefing.objects.filter(expires_at__gt=timezone.now())
    return rows.filter(Q(teams=None) | Q(teams=person.team_id)) if person.team_id else rows.filter(teams=None)


def briefings() -> QuerySet[Briefing]:
    return Briefing.objects.prefetch_related("teams")


def addressed(briefing: Briefing) -> QuerySet[Person]:
    """Whom a briefing is for."""
    here = people.colleagues()
    teams = list(briefing.teams.values_list("pk", flat=True))
    return here.filter(team__in=teams) if teams else here


def read_of(briefing: Briefing) -> tuple[int, int]:
    """(how many have read it, of how many); of everybody, among very many, at most a minute old."""
    is_for_all = not briefing.teams.all()
    number = people.head_counts()["people"] if is_for_all else addressed(briefing).count()
    return briefing.reads.count(), number


def has_read(briefing: Briefing, person: Person) -> bool:
    return Read.objects.filter(briefing=briefing, person=person).exists()


def my_data(person: Person) -> dict[str, Any]:
    """What this part knows about a person, for the export they may ask for."""
    return {
        "stories": [{"title": own.title, "text": own.text, "state": own.state} for own in told_by(person)],
        "shared": [
            {"story": own.story_id, "network": own.network, "at": own.at.isoformat()}
            for own in Shared.objects.filter(person=person)
        ],
        "briefings_read": [own.briefing_id for own in Read.objects.filter(person=person)],
    }


def open_calls() -> list[Call]:
    """Calls for stories that have not ended, each with how many were told for it."""
    return list(Call.objects.filter(until_on__gte=timezone.localdate()).annotate(number=Count("stories")))


def call_for(person: Person) -> Call | None:
    """The newest call that asks this person and that they have not told a story for."""
    meant = Q(teams=None) | Q(teams=person.team) if person.team_id else Q(teams=None)
    told = Story.objects.filter(teller=person, call__isnull=False).values("call")
    return Call.objects.filter(meant, until_on__gte=timezone.localdate()).exclude(pk__in=told).distinct().first()
