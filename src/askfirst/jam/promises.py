"""Named writes by those in whose hands a question or an adopted idea was put; they need no role for it."""

from django.utils.translation import gettext as _

from askfirst.jam import facilitation
from askfirst.jam.errors import JamError, NotInYourHands
from askfirst.jam.models import Decision, Group
from askfirst.people.models import Person


def answer_handed(group: Group, *, by: Person, text: str, to_library: bool = True) -> Group:
    """Answer what was handed over; everybody can read it in the ledger, as if a facilitator had answered.

    Raises:
        NotInYourHands: it is in somebody else's by now. JamError: the answer is empty.
    """
    _check(group, by)
    return facilitation.answer(group.jam, group.pk, by=by, text=text, to_library=to_library)


def carry_out(group: Group, *, by: Person, text: str) -> Group:
    """Say what came of an adopted idea; it is in nobody's hands any more.

    Raises:
        NotInYourHands: it is in somebody else's by now. JamError: nothing is said.
    """
    _check(group, by)
    if not text.strip():
        raise JamError(_("Say in a sentence what came of it; those who had the idea will read it."))
    said = f"{group.answer}\n\n{text.strip()}".strip()
    return facilitation.note_done(group.jam, group.pk, by=by, answer=said)


def is_idea(group: Group) -> bool:
    """Whether it is an idea to carry out, not a question to answer."""
    return group.decision == Decision.WILL


def _check(group: Group, by: Person) -> None:
    group.refresh_from_db()
    if group.owner_id != by.pk or group.merged_into_id:
        raise NotInYourHands
