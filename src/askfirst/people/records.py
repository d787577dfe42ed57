"""Named writes by an administrator over one person's record: change it, let them in by a link, switch off and on again."""

from datetime import date
from typing import Any

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.base.web import absolute
from askfirst.people import actions, sessions
from askfirst.people.errors import PeopleError
from askfirst.people.models import ERASED, Person
from askfirst.people.teams import team_named


def note_leavers() -> int:
    """Note the day for who has left since the last time, by whatever way, and forget it for who is back. Returns how many have left."""
    Person.objects.filter(is_active=True).exclude(left_on=None).update(left_on=None)
    gone = Person.objects.filter(is_active=False, left_on=None).exclude(email__endswith=ERASED)
    return gone.update(left_on=timezone.localdate())


def change_person(
    person: Person, *, by: Person, name: str, email: str, team: str, manager: Person | None, language: str,
    joined_on: date | None,
) -> None:  # fmt: skip
    """Put right what is known about somebody. A roster or a directory that says otherwise wins again when it next comes.

    Raises:
        PeopleError: the e-mail is another person's, or somebody would report to themselves.
    """
    email = email.strip().lower()
    actions.refuse_taken(email, by_others_than=person)
    if manager == person:
        raise PeopleError(_("Nobody reports to themselves."))
    with transaction.atomic():
        wanted: dict[str, Any] = {
            "name": name, "email": email, "team": team_named(team), "manager": manager, "language": language, "joined_on": joined_on,
        }  # fmt: skip
        changed = [field for field, value in wanted.items() if getattr(person, field) != value]
        for field, value in wanted.items():
            setattr(person, field, value)
        person.save(update_fields=list(wanted))
        sessions.forget_old_addresses([person])
        log.record("people.changed", actor=by, subject=person.email, fields=sorted(changed))


def link_to_sign_in(person: Person, *, by: Person) -> str:
    """An address under which somebody sets their own password; it works once and for three days (PASSWORD_RESET_TIMEOUT).

    For those whom no mail reaches. Whoever has it is in, so it goes to that person alone.

    Raises:
        PeopleError: they do not work here any more.
    """
    if not person.is_active:
        raise PeopleError(_("Switch this person on first."))
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    log.record("people.link_made", actor=by, subject=person.email)
    return absolute(
        reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key})
    )


def switch_off(person: Person, *, by: Person) -> None:
    """Shut somebody out who has left: signed out everywhere at once, tokens gone. What they contributed stays.

    Raises:
        PeopleError: it is oneself, or the last administrator.
    """
    if person == by:
        raise PeopleError(_("You cannot switch yourself off. Another administrator can."))
    with transaction.atomic():
        actions.keep_an_admin(person)
        person.is_active = False
        person.save(update_fields=["is_active"])
        sessions.end_all([person])
        log.record("people.switched_off", actor=by, subject=person.email)


def switch_on(person: Person, *, by: Person) -> None:
    """Let somebody in again who had been switched off."""
    with transaction.atomic():
        person.is_active = True
        person.save(update_fields=["is_active"])
        log.record("people.switched_on", actor=by, subject=person.email)
