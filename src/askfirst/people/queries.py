"""Named reads over people."""

from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL
from django.db.models.functions import Coalesce
from django.utils import timezone

from askfirst.base.lately import lately
from askfirst.people.models import ERASED, Connection, Person, SignedIn, Team

MOST_TEAMS = 500
A_CENTURY = 36_500


def people(words: str = "", *, is_active: bool = True) -> QuerySet[Person]:
    """People by part of the name or the e-mail, with their teams."""
    found = Person.objects.filter(is_active=is_active).select_related("team")
    for word in words.split():
        # Teams are few and looked up first: an alternative across two tables could use no index.
        teams = list(Team.objects.filter(name__icontains=word).values_list("pk", flat=True)[:MOST_TEAMS])
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word) | Q(team__in=teams))
    return found


def people_left(words: str = "") -> QuerySet[Person]:
    """People who have left and are not erased, searched as `people` does."""
    return people(words, is_active=False).exclude(email__endswith=ERASED)


def due_to_be_erased(days: int) -> QuerySet[Person]:
    """Who left that many days ago or more, and is not erased yet."""
    last = timezone.localdate() - timedelta(days=min(days, A_CENTURY))
    return people_left().filter(left_on__lte=last).order_by("left_on", "pk")


def head_counts() -> dict[str, int]:
    """How many people work here, lead jams, and how many teams there are; among many, at most a minute old."""
    return lately("people.head_counts", _head_counts, lambda counts: counts["people"])


def _head_counts() -> dict[str, int]:
    here = Person.objects.filter(is_active=True)
    return {
        "people": here.count(),
        "facilitators": here.filter(is_facilitator=True).count(),
        "teams": Team.objects.count(),
    }


def colleagues() -> QuerySet[Person]:
    """Everybody a question may be handed to."""
    return Person.objects.filter(is_active=True)


def colleague(typed: str) -> Person | None:
    """Who is meant by an e-mail address, or by a name that only one of us bears."""
    found = list(colleagues().filter(Q(email__iexact=typed) | Q(name__iexact=typed))[:2])
    return found[0] if len(found) == 1 else None


def admins() -> QuerySet[Person]:
    """Those who run the site."""
    return Person.objects.filter(is_active=True, is_admin=True)


def with_a_role(or_pk: int | None = None) -> QuerySet[Person]:
    """People who lead, write, listen or run the site; and one whom something belongs to already, whatever they are now."""
    role = Q(is_facilitator=True) | Q(is_editor=True) | Q(is_listener=True) | Q(is_admin=True)
    return Person.objects.filter(Q(is_active=True) & role | Q(pk=or_pk))


def teams() -> QuerySet[Team]:
    return Team.objects.all()


def teams_with_numbers() -> QuerySet[Team]:
    """Teams, each with how many work in it (`number`)."""
    inside = Person.objects.filter(team=OuterRef("pk"), is_active=True).order_by().values("team")
    counted = inside.annotate(number=Count("pk")).values("number")
    return Team.objects.annotate(number=Coalesce(Subquery(counted), 0))


# A loop in the roster (somebody reports to themselves, over others) ends by itself: UNION keeps each person once.
_BELOW = """
    WITH RECURSIVE below(id) AS (
        SELECT id FROM people_person WHERE manager_id = %s AND is_active
        UNION SELECT person.id FROM people_person person JOIN below ON person.manager_id = below.id WHERE person.is_active
    ) SELECT id FROM below
"""


def below(manager: Person) -> QuerySet[Person]:
    """Everybody who reports to this person, directly or over others.

    Up to 5,000 people are looked up once, whatever is counted of them afterwards.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"{_BELOW} LIMIT 5001", [manager.pk])
        found = [pk for (pk,) in cursor.fetchall()]
    those = found if len(found) <= 5000 else RawSQL(_BELOW, [manager.pk])
    return Person.objects.filter(pk__in=those).exclude(pk=manager.pk)


def has_reports(person: Person) -> bool:
    return Person.objects.filter(manager=person, is_active=True).exists()


def handles() -> list[str]:
    """Handles of all accounts that people here have connected, but for those who may be heard."""
    return list(
        Connection.objects.filter(person__is_active=True, person__may_be_heard=False).values_list("handle", flat=True)
    )


def my_data(person: Person) -> dict[str, Any]:
    """What this part knows about a person, for the export they may ask for."""
    return {
        "email": person.email,
        "name": person.name,
        "employee_id": person.employee_id,
        "team": str(person.team) if person.team else None,
        "manager": str(person.manager) if person.manager else None,
        "language": person.language,
        "stance": person.stance,
        "may_be_heard": person.may_be_heard,
        "roles": [role for role in ("facilitator", "editor", "listener", "admin") if getattr(person, f"is_{role}")],
        "joined_on": person.joined_on.isoformat() if person.joined_on else None,
        "stopped_mails": [own.kind for own in person.stopped_mails.all()],
        "connections": [str(own) for own in person.connections.all()],
        "last_sign_in": person.last_login.isoformat() if person.last_login else None,
        "signed_in": [
            {"device": own.device, "since": own.since_on.isoformat(), "last_seen": own.seen_on.isoformat()}
            for own in SignedIn.objects.filter(person=person)
        ],
        "api_tokens": [{"name": own.name, "until": own.expires_on.isoformat()} for own in person.tokens.all()],
    }
