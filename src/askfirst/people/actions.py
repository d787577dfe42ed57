"""Named writes over people."""

import secrets
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from askfirst.base import log, mailing
from askfirst.people import roster, sessions
from askfirst.people.errors import PeopleError, RosterError, RowError
from askfirst.people.models import ERASED, Person, Provisioned, Stance, Team

CHUNK = 1000
ERRORS_SHOWN = 100
CHANGES_SHOWN = 50
ROLES = ("is_facilitator", "is_editor", "is_listener", "is_admin")


@dataclass
class RosterChange:
    """What an import did, or would do.

    `samples` are the first changes in words: (verb, name, e-mail, what).
    """

    total: int = 0
    joiners: int = 0
    changed: int = 0
    unchanged: int = 0
    leavers: int = 0
    is_dry_run: bool = False
    ignored_columns: tuple[str, ...] = ()
    managers: int = 0
    # The last administrators: missing in a full file, and not switched off for it.
    kept_admins: list[str] = field(default_factory=list)
    # What stands in the manager column and is nobody's e-mail or employee id; the first ones.
    unknown_managers: list[str] = field(default_factory=list)
    samples: list[tuple[str, str, str, str]] = field(default_factory=list)

    def note(self, verb: str, person: Person, what: str = "") -> None:
        if len(self.samples) < CHANGES_SHOWN:
            self.samples.append((verb, person.name, person.email, what))


def import_roster(
    path: Path,
    *,
    actor: Any = None,
    is_full: bool = False,
    leavers_up_to: int = 10,
    is_dry_run: bool = False,
    progress: Callable[[int], None] = lambda done: None,
) -> RosterChange:
    """Bring people in line with a roster file; all of it or nothing.

    Args:
        path: CSV or XLSX, see askfirst.people.roster.
        is_full: people of earlier rosters who are not in this file are switched off as leavers.
        leavers_up_to: refuse a full file that would switch off more than this percentage of the roster.
        is_dry_run: only say what would change.
        progress: called with the number of rows read, from time to time.

    Raises:
        RosterError: with the line and column of each problem; nothing was changed.
    """
    header = roster.header_of(path)
    change = RosterChange(is_dry_run=is_dry_run, ignored_columns=header.ignored)
    _check_whole_file(path, header, progress)
    with transaction.atomic():
        teams = {team.name.casefold(): team for team in Team.objects.all()}
        seen: set[int] = set()
        for rows in _chunks(row for row in roster.read_rows(path, header) if isinstance(row, roster.Row)):
            seen |= _apply_chunk(rows, teams, change)
            change.total += len(rows)
            progress(change.total)
        if "manager" in header.fields:
            for rows in _chunks(row for row in roster.read_rows(path, header) if isinstance(row, roster.Row)):
                _set_managers(rows, change)
        if is_full:
            _switch_off_leavers(seen, change, leavers_up_to)
        if is_dry_run:
            transaction.set_rollback(True)
        else:
            log.record(
                "people.roster_imported",
                actor=actor,
                joiners=change.joiners,
                changed=change.changed,
                leavers=change.leavers,
            )
    return change


def _check_whole_file(path: Path, header: roster.Header, progress: Callable[[int], None]) -> None:
    errors: list[RowError] = []
    total = 0
    lines: dict[str, int] = {}
    for number, row in enumerate(roster.read_rows(path, header), start=1):
        if isinstance(row, roster.Row):
            row = _twice(row, lines)
        if isinstance(row, RowError):
            total += 1
            if len(errors) < ERRORS_SHOWN:
                errors.append(row)
        if number % CHUNK == 0:
            progress(0)
    if total:
        raise RosterError(_("The file has mistakes, so nothing was imported."), tuple(errors), total)


def _twice(row: roster.Row, lines: dict[str, int]) -> roster.Row | RowError:
    for column, key in (("e-mail", row.email), ("employee id", f"#{row.employee_id}" if row.employee_id else "")):
        if key and key in lines:
            message = _("The same %(column)s stands in line %(line)d.") % {"column": column, "line": lines[key]}
            return RowError(row.line, column, message)
        if key:
            lines[key] = row.line
    return row


def _chunks(rows: Iterable[roster.Row]) -> Iterator[list[roster.Row]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _apply_chunk(rows: list[roster.Row], teams: dict[str, Team], change: RosterChange) -> set[int]:
    by_email = {person.email: person for person in Person.objects.filter(email__in=[row.email for row in rows])}
    ids = [row.employee_id for row in rows if row.employee_id]
    by_id = {person.employee_id: person for person in Person.objects.filter(employee_id__in=ids)}
    joiners: list[Person] = []
    changed: list[Person] = []
    moved: list[Person] = []
    seen: set[int] = set()
    for row in rows:
        person = by_id.get(row.employee_id) or by_email.get(row.email)
        if person is not None and by_email.get(row.email, person).pk != person.pk:
            message = _("This e-mail belongs to another person, with another employee id.")
            raise RosterError(
                _("The file has mistakes, so nothing was imported."), (RowError(row.line, "e-mail", message),)
            )
        wanted = _wanted(row, teams)
        if person is None:
            person = Person(email=row.email, password="!" + secrets.token_hex(20), **wanted)
            joiners.append(person)
            change.note("join", person, str(person.team or ""))
        else:
            seen.add(person.pk)
            differences = {name: value for name, value in wanted.items() if getattr(person, name) != value}
            if row.email != person.email:
                differences["email"] = row.email
                moved.append(person)
            if differences:
                change.note("change", person, ", ".join(sorted(differences)))
                for name, value in differences.items():
                    setattr(person, name, value)
                changed.append(person)
            else:
                change.unchanged += 1
    # bulk_create fills in the keys of new people on both databases.
    seen |= {person.pk for person in Person.objects.bulk_create(joiners)}
    fields = ["email", "name", "employee_id", "team", "language", "joined_on", "is_active", "is_on_roster"]
    Person.objects.bulk_update(changed, fields, batch_size=200)
    sessions.end_all([person for person in changed if not person.is_active])
    sessions.forget_old_addresses(moved)
    change.joiners += len(joiners)
    change.changed += len(changed)
    return seen


def _set_managers(rows: list[roster.Row], change: RosterChange) -> None:
    """Once everybody is there: whom each reports to. A manager who is not found leaves things as they are."""
    named = {row.manager for row in rows if row.manager}
    found = {
        key.casefold(): pk
        for pk, email, number in Person.objects.filter(
            Q(email__in=[name.lower() for name in named]) | Q(employee_id__in=named)
        ).values_list("pk", "email", "employee_id")
        for key in (email, number)
        if key
    }
    people = {person.email: person for person in Person.objects.filter(email__in=[row.email for row in rows])}
    changed = []
    for row in rows:
        person, manager = people.get(row.email), found.get(row.manager.casefold())
        if row.manager and manager is None and row.manager not in change.unknown_managers:
            change.unknown_managers = [*change.unknown_managers, row.manager][:10]
        elif person and manager and manager not in {person.pk, person.manager_id}:
            person.manager_id = manager
            changed.append(person)
    Person.objects.bulk_update(changed, ["manager"], batch_size=200)
    change.managers += len(changed)


def _wanted(row: roster.Row, teams: dict[str, Team]) -> dict[str, Any]:
    wanted: dict[str, Any] = {"name": row.name, "is_active": row.is_active, "is_on_roster": True}
    if row.employee_id:
        wanted["employee_id"] = row.employee_id
    if row.team:
        key = row.team.casefold()
        if key not in teams:
            teams[key] = Team.objects.create(name=row.team)
        wanted["team"] = teams[key]
    if row.language:
        wanted["language"] = row.language
    if row.joined_on:
        wanted["joined_on"] = row.joined_on
    return wanted


def _switch_off_leavers(seen: set[int], change: RosterChange, up_to: int) -> None:
    active = Person.objects.filter(is_on_roster=True, is_active=True)
    leavers = [person for person in active.iterator(CHUNK) if person.pk not in seen]
    total = active.count()
    if total and len(leavers) * 100 > up_to * total:
        message = _(
            "%(leavers)d of %(total)d people are not in this file, more than %(limit)d %%. If that is right, "
            "allow a higher share of leavers; if not, the file is not the full roster."
        )
        raise RosterError(message % {"leavers": len(leavers), "total": total, "limit": up_to})
    # Somebody must be left to run the site, even where a file forgets them.
    admins = [person for person in leavers if person.is_admin]
    if admins and not _is_run_without(admins):
        change.kept_admins = [person.email for person in admins]
        leavers = [person for person in leavers if not person.is_admin]
    for person in leavers:
        person.is_active = False
        change.note("leave", person)
    Person.objects.bulk_update(leavers, ["is_active"], batch_size=500)
    sessions.end_all(leavers)
    change.leavers += len(leavers)


def add_person(*, email: str, name: str, password: str | None = None, actor: Any = None, **fields: Any) -> Person:
    """Add one person by hand.

    Raises:
        PeopleError: somebody has this e-mail already.
    """
    refuse_taken(email)
    with transaction.atomic():
        person = Person.objects.create_user(email, password, name=name, **fields)
        log.record("people.added", actor=actor, subject=person.email)
    return person


def refuse_taken(email: str, *, by_others_than: Person | None = None) -> None:
    """Refuse an e-mail that somebody has.

    Raises:
        PeopleError: it is that of another person.
    """
    others = Person.objects.exclude(pk=by_others_than.pk if by_others_than else None)
    if others.filter(email=email.strip().lower()).exists():
        raise PeopleError(_("Somebody with the e-mail %s is here already.") % email)


def set_roles(person: Person, *, actor: Person, **roles: bool) -> None:
    """Give and take roles.

    Raises:
        PeopleError: the last administrator would be lost.
    """
    before = {role: getattr(person, role) for role in ROLES}
    with transaction.atomic():
        if not roles.get("is_admin", True):
            keep_an_admin(person)
        for role, value in roles.items():
            setattr(person, role, value)
        person.save(update_fields=list(roles))
        log.record("people.roles_set", actor=actor, subject=person.email, before=before, after=roles)


def keep_an_admin(person: Person) -> None:
    """Refuse to go on when nobody would be left to run the site without this person.

    Raises:
        PeopleError: they are the last administrator.
    """
    if person.is_admin and not _is_run_without([person]):
        raise PeopleError(_("This is the last administrator. Make somebody else one first."))


def _is_run_without(admins: Iterable[Person]) -> bool:
    """Whether there is an administrator besides these."""
    others = Person.objects.filter(is_admin=True, is_active=True).exclude(pk__in=[person.pk for person in admins])
    return others.exists()


def choose_stance(person: Person, stance: Stance) -> None:
    """Keep a person's own choice. Deliberately not logged: it is nobody else's business."""
    person.stance = stance
    person.save(update_fields=["stance"])


def choose_heard(person: Person, *, may_be_heard: bool) -> None:
    """Keep whether listening may keep what a person writes in public about us. Deliberately not logged."""
    person.may_be_heard = may_be_heard
    person.save(update_fields=["may_be_heard"])


def choose_language(person: Person, language: str) -> None:
    """Keep the language in which a person reads."""
    person.language = language
    person.save(update_fields=["language"])


def erase_person(person: Person, *, by: Person | None = None) -> None:
    """Take out what identifies a person; the row stays so that numbers and records still add up.

    Upper parts take their own data out before they call this (see askfirst.plan.actions).

    Raises:
        PeopleError: they are the last administrator.
    """
    with transaction.atomic():
        keep_an_admin(person)
        sessions.end_all([person])
        mailing.forget(person.email)
        person.emailaddress_set.all().delete()
        person.socialaccount_set.all().delete()
        person.connections.all().delete()
        Provisioned.objects.filter(person=person).delete()
        person.authenticator_set.all().delete()
        person.stopped_mails.all().delete()
        person.email = f"erased-{person.pk}{ERASED}"
        person.name = _("Somebody who left")
        person.employee_id = None
        person.team = person.manager = None
        person.language = ""
        person.stance = Stance.RULES
        person.joined_on = person.left_on = person.last_login = None
        person.may_be_heard = False
        person.is_active = False
        person.is_on_roster = False
        for role in ROLES:
            setattr(person, role, False)
        person.set_unusable_password()
        person.save()
        log.record("people.erased", actor=by, subject=str(person.pk))
