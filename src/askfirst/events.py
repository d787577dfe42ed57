"""The table of events that other systems can be told of; names are those of the log, documented in docs/reference/events.md."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Event:
    """Something that happened.

    Attributes:
        name: part and what happened, in the past tense.
        says: when it is sent, in words.
        page: name of the page that `subject` leads to, if any; it takes the subject as its only argument.
    """

    name: str
    says: Promise
    page: str = ""


EVENTS = (
    Event("jam.created", _("A jam was made."), "jam:room"),
    Event("jam.closed", _("A jam was closed; its ledger is complete."), "jam:ledger"),
    Event("jam.gap_marked", _("No policy answers a question of a jam.")),
    Event("library.answer_kept", _("An answer is in the library."), "library:answer"),
    Event("policy.published", _("A version of a policy was published."), "policy:read"),
    Event("policy.reminded", _("People were reminded of a policy that waits for them.")),
    Event("learn.course_kept", _("A course was made or changed.")),
    Event("learn.lesson_done", _("Somebody has done a lesson.")),
    Event("learn.course_done", _("Somebody has done every lesson of a course.")),
    Event("learn.choice_made", _("Somebody has decided in a drill.")),
    Event("learn.refreshed", _("Somebody has answered a refresher.")),
    Event("share.briefing_sent", _("A briefing was sent."), "share:briefing"),
    Event("share.story_approved", _("A story may be shared.")),
    Event("listen.burst_begun", _("A query hears far more than usual.")),
    Event("plan.version_kept", _("A version of the plan was kept.")),
    Event("people.unprovisioned", _("Somebody has left, as the directory says.")),
)
BY_NAME = {event.name: event for event in EVENTS}
# What single people do; such an event names them by number only, and goes out only where an administrator asks for it.
PERSONAL = frozenset(
    {"learn.lesson_done", "learn.course_done", "learn.choice_made", "learn.refreshed", "people.unprovisioned"}
)
