"""Who may join, watch and lead a jam."""

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404

from askfirst.base.forms import NotTaken
from askfirst.base.web import NotHere
from askfirst.jam import queries, seat
from askfirst.jam.errors import NotInYourHands
from askfirst.jam.models import Contribution, Entry, Group, Jam
from askfirst.jam.seat import Seat
from askfirst.people import access as people_access


def jam_to_join(request: Any, code: str) -> Jam:
    """The jam with this code, if the one who asks may take part in it."""
    jam = _jam(code)
    if jam.entry != Entry.CODE:
        person = people_access.signed_in(request)
        may = jam.entry == Entry.SIGNED_IN or person.can_lead or jam.teams.filter(pk=person.team_id).exists()
        if not may:
            raise PermissionDenied
    return jam


def jam_to_lead(request: Any, code: str) -> Jam:
    """The jam with this code, for those who lead jams."""
    person_who_leads(request)
    return _jam(code)


def person_who_leads(request: Any) -> Any:
    person = people_access.signed_in(request)
    if not person.can_lead:
        raise PermissionDenied
    return person


def group_to_see(request: Any, code: str, pk: int) -> Group:
    """A group of a jam that the one who asks may take part in."""
    jam = jam_to_join(request, code)
    found = Group.objects.select_related("lead", "jam").filter(jam=jam, pk=pk, lead__isnull=False).first()
    if found is None:
        raise Http404
    return found


def handed_group(request: Any, pk: int) -> Group:
    """A group that is in the hands of the one who asks."""
    person = people_access.signed_in(request)
    found = queries.in_somebodys_hands(pk)
    if found is None or found.owner_id != person.pk:
        # The mail that led here may be days old; an answer that comes too late is given back.
        raise NotTaken(NotInYourHands.message) if request.method == "POST" else NotHere(NotInYourHands.message)
    return found


def own_contribution(request: Any, code: str, pk: int) -> tuple[Contribution, Seat]:
    """A contribution and the seat of the browser that asks; the action checks that they belong together."""
    jam = jam_to_join(request, code)
    own = seat_of(request, jam)
    found = Contribution.objects.filter(jam=jam, pk=pk).first()
    if own is None or found is None:
        raise Http404
    return found, own


def seat_of(request: Any, jam: Jam) -> Seat | None:
    """The seat that this browser holds in the jam."""
    return seat.read(jam.code, request.COOKIES.get(seat.cookie_name(jam.code), ""))


def live_address(jam: Jam, language: str) -> str:
    """Where the room's page listens to the jam."""
    return f"{settings.SITE_PATH}/live/{jam.code}?lang={language}&key={watch_key(jam.code)}"


def looking_address(jam: Jam) -> str:
    """Where desk and big screen hear that something changed; who listens there is not counted as here."""
    return f"{settings.SITE_PATH}/live/{jam.code}?looks=yes&key={watch_key(jam.code)}"


def watch_key(code: str) -> str:
    """What a page puts into its stream's address to show that it was allowed to open it."""
    key = hashlib.sha256(b"watch" + settings.SECRET_KEY.encode()).digest()
    return hashlib.blake2b(code.encode(), key=key, digest_size=12).hexdigest()


def may_watch(code: str, key: str) -> bool:
    return hmac.compare_digest(watch_key(code), key)


def _jam(code: str) -> Jam:
    jam = queries.jam_by_code(code)
    if jam is None:
        raise Http404
    return jam
