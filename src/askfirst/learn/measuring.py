"""Named writes over studies: begin one, end it, record what somebody decided."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.engines import evidence
from askfirst.learn import studies
from askfirst.learn.errors import LearnError
from askfirst.learn.models import MOST_STEPS, Check, Course, Study, Wave
from askfirst.people.models import Person, Team


def begin_study(course: Course, *, by: Person, **fields: Any) -> Study:
    """Begin to measure whether a course helps; teams are drawn into steps at random, and the course waits for theirs.

    Raises:
        LearnError: the course is studied already, or the steps are too many for the teams.
    """
    if Study.objects.filter(course=course).exists():
        raise LearnError(_("This course is, or was, studied. Make a new course to measure it again."))
    teams = list(course.teams.all()) or list(Team.objects.filter(people__is_active=True).distinct())
    if not 1 <= fields["steps"] <= MOST_STEPS or (fields["steps"] > 1 and len(teams) < 2 * fields["steps"]):
        raise LearnError(
            _("Each step needs two teams at least; six steps at most. One step: everybody begins at once.")
        )
    with transaction.atomic():
        study = Study.objects.create(course=course, switched_by=by, **fields)
        drawn = evidence.waves([str(team.pk) for team in teams], study.steps, seed=study.pk)
        Wave.objects.bulk_create(Wave(study=study, team=team, step=drawn[str(team.pk)]) for team in teams)
        log.record("learn.study_begun", actor=by, subject=str(course.pk), steps=study.steps, teams=len(teams))
    return study


def end_study(study: Study, *, by: Person) -> None:
    """Ask nobody any more, and let every team begin; what was measured stays."""
    with transaction.atomic():
        Study.objects.filter(pk=study.pk).update(is_on=False)
        log.record("learn.study_ended", actor=by, subject=str(study.course_id))


def record_check(asked: studies.Asked, *, person: Person, decided: Mapping[int, bool], language: str) -> Check:
    """Keep how many posts were decided rightly, not which; once for each occasion.

    Args:
        decided: by the post's number, whether the person would post it.

    Raises:
        LearnError: a post was left out, or it is recorded already.
    """
    rows = studies.posts(asked.form, language)
    if set(decided) != set(range(len(rows))):
        raise LearnError(_("Decide about every post first; a guess is fine."))
    right = sum(post.is_fine == decided[number] for number, post in enumerate(rows))
    try:
        with transaction.atomic():
            return Check.objects.create(
                study=asked.study, person=person, occasion=asked.occasion, form=asked.form, right=right, posts=len(rows)
            )
    except IntegrityError as error:
        raise LearnError(_("You have done this already. Thank you.")) from error
