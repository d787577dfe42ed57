"""Where somebody is signed in: noted once a day, listed to them alone, ended by them or when they leave."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from askfirst.people.models import Person, SignedIn, Token

# The first that fits says which it is; browsers claim to be their elders, so the younger come first.
BROWSERS = (("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"),
           ("Linux", "Linux"))  # fmt: skip
SEEN = "seen_on"


def device(user_agent: str) -> str:
    """A browser and a system in words, such as Firefox on Windows; nothing finer."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "?")
    system = next((name for mark, name in SYSTEMS if mark in user_agent), "?")
    return f"{browser} · {system}"


def note(request: Any) -> None:
    """Note that the person of this request is signed in here; writes once a day and browser."""
    session, today = request.session, timezone.localdate().isoformat()
    if session.get(SEEN) == today or not session.session_key:
        return
    session[SEEN] = today
    SignedIn.objects.update_or_create(
        session=session.session_key,
        defaults={"person": request.user, "device": device(request.headers.get("User-Agent", "")), "seen_on": today},
    )


def signed_in(person: Person, here: str) -> list[tuple[SignedIn, bool]]:
    """Where this person is signed in, each with whether it is this browser (`here`: its session's key)."""
    rows = list(SignedIn.objects.filter(person=person))
    alive = set(
        Session.objects.filter(pk__in=[row.session for row in rows], expire_date__gt=timezone.now()).values_list(
            "pk", flat=True
        )
    )
    return [(row, row.session == here) for row in rows if row.session in alive]


def end(person: Person, pk: int | None, *, here: str) -> int:
    """Sign the person out of one browser, or (None) of all but this one. Returns how many."""
    rows = SignedIn.objects.filter(person=person).exclude(session=here)
    return _end(rows if pk is None else rows.filter(pk=pk))


def end_all(people: Iterable[Person]) -> int:
    """Sign these people out everywhere at once, and their tokens are gone. Who is not active is refused at the next request anyway."""
    people = list(people)
    Token.objects.filter(made_by__in=people).delete()
    return _end(SignedIn.objects.filter(person__in=[person.pk for person in people]))


def forget_old_addresses(people: Iterable[Person]) -> None:
    """Whoever has another e-mail now is not found by the old one any more, which may become somebody else's."""
    current = {person.pk: person.email for person in people}
    rows = EmailAddress.objects.filter(user__in=current).values_list("pk", "user", "email")
    EmailAddress.objects.filter(pk__in=[pk for pk, user, email in rows if email.lower() != current[user]]).delete()


def _end(rows: Any) -> int:
    with transaction.atomic(savepoint=False):
        keys = list(rows.values_list("session", flat=True))
        Session.objects.filter(pk__in=keys).delete()
        SignedIn.objects.filter(session__in=keys).delete()
    return len(keys)


def tidy() -> int:
    """Forget sessions that have run out."""
    gone = Session.objects.filter(expire_date__lte=timezone.now())
    gone.delete()
    stale = SignedIn.objects.exclude(session__in=Session.objects.values("pk"))
    return stale.delete()[0]
