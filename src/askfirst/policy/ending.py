"""Named writes by which a policy ends: out of force and back, or a draft that was never published thrown away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.people.models import Person
from askfirst.policy import queries
from askfirst.policy.errors import PolicyError
from askfirst.policy.models import Policy


def end_policy(policy: Policy, *, by: Person) -> None:
    """Take a policy out of force: nobody is asked or reminded any more. Versions, records and certificates stay.

    Raises:
        PolicyError: it was never published.
    """
    if queries.current(policy) is None:
        raise PolicyError(_("This policy was never in force."))
    with transaction.atomic():
        policy.ended_at = timezone.now()
        policy.save(update_fields=["ended_at"])
        log.record("policy.ended", actor=by, subject=str(policy.pk))


def bring_back(policy: Policy, *, by: Person) -> None:
    """Put a policy into force again as it was; whoever came meanwhile is asked."""
    with transaction.atomic():
        policy.ended_at = None
        policy.save(update_fields=["ended_at"])
        log.record("policy.brought_back", actor=by, subject=str(policy.pk))


def throw_away(policy: Policy, *, by: Person) -> None:
    """Delete a policy of which no version was published, with its drafts and comments.

    Raises:
        PolicyError: a version was published; its records must stay.
    """
    if queries.current(policy) is not None:
        raise PolicyError(_("What was published stays on record. Take it out of force instead."))
    with transaction.atomic():
        log.record("policy.thrown_away", actor=by, subject=policy.title)
        policy.delete()
