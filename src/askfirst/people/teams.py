"""Named writes over teams: one by its name, another name, gone when nothing needs it."""

from django.db import transaction
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.people.errors import PeopleError
from askfirst.people.models import Person, Team


def team_named(name: str) -> Team | None:
    """The team of this name, made when there is none yet; None for no name."""
    if not name:
        return None
    found = Team.objects.filter(name__iexact=name).first()
    return found or Team.objects.create(name=name)


def rename_team(team: Team, *, by: Person, name: str) -> None:
    """Give a team another name. A roster that goes on using the old one makes a team of that name again.

    Raises:
        PeopleError: no name, or that of another team.
    """
    name = " ".join(name.split())[:120]
    if not name:
        raise PeopleError(_("A team needs a name."))
    if Team.objects.filter(name__iexact=name).exclude(pk=team.pk).exists():
        raise PeopleError(_("There is a team of this name already."))
    with transaction.atomic():
        log.record("people.team_renamed", actor=by, subject=team.name, name=name)
        team.name = name
        team.save(update_fields=["name"])


def drop_team(team: Team, *, by: Person) -> None:
    """Remove a team that nobody is in.

    Raises:
        PeopleError: somebody is in it, or something is for this team only and would be for everybody without it.
    """
    if team.people.exists():
        raise PeopleError(
            _("There are people in this team, perhaps some who have left. Put them into another one first.")
        )
    if is_needed(team):
        raise PeopleError(
            _("Something is for this team only: a jam, a policy, a course or the like. Change that first.")
        )
    with transaction.atomic():
        log.record("people.team_dropped", actor=by, subject=team.name)
        team.delete()


def is_needed(team: Team) -> bool:
    """Whether anything but people names the team; whatever is for it alone would be for everybody once it was gone."""
    others = [own for own in Team._meta.related_objects if own.related_model._meta.app_label != Team._meta.app_label]
    return any(own.related_model._default_manager.filter(**{own.field.name: team}).exists() for own in others)
