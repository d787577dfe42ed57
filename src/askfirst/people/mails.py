"""Mails that somebody may do without: who has stopped which, and the address in each that stops it in one click."""

from collections.abc import Iterable

from django.core import signing
from django.urls import reverse

from askfirst.base.web import absolute
from askfirst.people.models import MailKind, Person, StoppedMail

SALT = "people.mails"


def stop(person: Person, kind: str) -> None:
    StoppedMail.objects.get_or_create(person=person, kind=kind)


def start(person: Person, kind: str) -> None:
    StoppedMail.objects.filter(person=person, kind=kind).delete()


def stopped(people: Iterable[Person], kind: str) -> set[int]:
    """The keys of those among `people` who want no such mail."""
    rows = StoppedMail.objects.filter(kind=kind, person__in=[person.pk for person in people])
    return set(rows.values_list("person", flat=True))


def wanting(people: Iterable[Person], kind: str) -> list[Person]:
    """Those among `people` who have not stopped it."""
    people = list(people)
    off = stopped(people, kind)
    return [person for person in people if person.pk not in off]


def kinds_for(person: Person) -> list[tuple[MailKind, bool]]:
    """The kinds that this person gets unasked, each with whether it comes."""
    off = set(StoppedMail.objects.filter(person=person).values_list("kind", flat=True))
    kinds = [MailKind.REMINDERS]
    kinds += [MailKind.REPORT] if person.is_admin or person.is_editor else []
    kinds += [MailKind.DIGEST] if person.can_listen else []
    return [(kind, kind not in off) for kind in kinds]


def address(person: Person, kind: str) -> str:
    """Where this person can stop mails of this kind without signing in."""
    return absolute(reverse("people:mail", args=[signing.dumps([person.pk, str(kind)], salt=SALT)]))


def read(token: str) -> tuple[Person, MailKind] | None:
    """The person and kind of such an address; None where it is not one of ours."""
    try:
        pk, kind = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return (person, MailKind(kind)) if person else None


def headers(stop_address: str) -> dict[str, str]:
    """What mail programs need to show a button of their own (RFC 2369, and RFC 8058 for one click)."""
    return {"List-Unsubscribe": f"<{stop_address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
