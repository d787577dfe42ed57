"""Named writes and reads over badges: take the badge of a course that one has done, and what makes it verifiable."""

import io
import json
import secrets
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw

from askfirst.base import log, sealing
from askfirst.base import queries as base
from askfirst.base.web import absolute
from askfirst.engines.packs import badges as engine
from askfirst.learn import queries
from askfirst.learn.errors import LearnError
from askfirst.learn.models import Award, BadgeKey, Course, Standing
from askfirst.people.models import Person

PURPOSE = "badges"
SIDE = 600


def take_badge(course: Course, *, person: Person) -> Award:
    """The badge of a course; made once, when every lesson is done.

    Raises:
        LearnError: a lesson is left.
    """
    found = Award.objects.filter(person=person, course=course).first()
    if found:
        return found
    if queries.finish(course, person) is None:
        raise LearnError(_("A lesson is left; the badge is for the whole course."))
    with transaction.atomic():
        code = secrets.token_urlsafe(12)
        now = timezone.now()
        standing = _new_standing()
        badge = engine.Badge(
            id=absolute(reverse("learn:badge", args=[code])), issuer_id=absolute(reverse("learn:issuer")), issuer_name=base.organisation().name,
            subject=f"urn:uuid:{uuid4()}",
            achievement_id=absolute(reverse("learn:achievement", args=[course.pk])), name=course.title,
            description=course.note or course.title, criteria=_criteria(course), valid_from=now,
            status=engine.Status(_list_address(standing.number // engine.LIST_SIZE), standing.number % engine.LIST_SIZE),
        )  # fmt: skip
        award = Award.objects.create(
            code=code, person=person, course=course, token=engine.sign(badge, signing_key()), at=now
        )
        standing.award = award
        standing.save(update_fields=["award"])
        log.record("learn.badge_taken", actor=person, subject=str(course.pk))
    return award


def give_back(award: Award, *, person: Person) -> None:
    """Take a badge out of the world: its pictures and address are gone, and verifiers who hold a copy are told that it does not hold."""
    with transaction.atomic():
        log.record("learn.badge_given_back", actor=person, subject=str(award.course_id))
        award.delete()


def _lists_begun(badges: int) -> int:
    """How many lists so many badges have begun; each is filled by half, so that a free bit is soon found."""
    return -(-badges // (engine.LIST_SIZE // 2))


def _new_standing() -> Standing:
    """A bit that no badge had before, anywhere in the list that is filled now: a number tells nothing of when a badge was taken."""
    begin = (_lists_begun(Standing.objects.count() + 1) - 1) * engine.LIST_SIZE
    while True:
        try:
            with transaction.atomic():
                return Standing.objects.create(number=begin + secrets.randbelow(engine.LIST_SIZE))
        except IntegrityError:
            continue


def _list_address(page: int) -> str:
    return absolute(reverse("learn:badge_status", args=[page]))


def status_list(page: int) -> str | None:
    """The signed list of badges that do not hold any more; `page` counts from 0.

    None: no badge names such a list. Badges of before the lists name none.
    """
    if page >= _lists_begun(Standing.objects.count()):
        return None
    first = page * engine.LIST_SIZE
    gone = Standing.objects.filter(award=None, number__gte=first, number__lt=first + engine.LIST_SIZE)
    numbers = gone.values_list("number", flat=True)
    return engine.sign_list(
        _list_address(page), absolute(reverse("learn:issuer")), (own - first for own in numbers), timezone.now(), signing_key()
    )  # fmt: skip


def _criteria(course: Course) -> str:
    return _("All %d lessons done, each with its questions answered.") % course.places.count()


def signing_key() -> dict[str, Any]:
    """The key that signs now; made at the first badge."""
    row = BadgeKey.objects.first()
    return json.loads(sealing.unseal(row.sealed, PURPOSE)) if row else new_key()


def new_key() -> dict[str, Any]:
    """A fresh key from now on; older ones go on verifying what they have signed."""
    kid = f"{absolute(reverse('learn:badge_keys'))}#{secrets.token_hex(6)}"
    key = engine.new_key(kid)
    BadgeKey.objects.create(
        kid=kid.rpartition("#")[2], sealed=sealing.seal(json.dumps(key), PURPOSE), public=engine.public(key)
    )
    return key


def keys() -> dict[str, Any]:
    """The public keys as a JWK set."""
    return {"keys": list(BadgeKey.objects.values_list("public", flat=True))}


def issuer() -> dict[str, Any]:
    return {
        "@context": engine.CONTEXTS, "id": absolute(reverse("learn:issuer")), "type": "Profile", "name": base.organisation().name,
        "url": absolute("/"), "jwks": absolute(reverse("learn:badge_keys")),
    }  # fmt: skip


def achievement(course: Course) -> dict[str, Any]:
    return {
        "@context": engine.CONTEXTS, "id": absolute(reverse("learn:achievement", args=[course.pk])), "type": ["Achievement"], "name": course.title,
        "description": course.note or course.title, "criteria": {"narrative": _criteria(course)},
    }  # fmt: skip


def awards(person: Person) -> list[Award]:
    return list(Award.objects.filter(person=person).select_related("course"))


def profile_address(award: Award) -> str:
    """Where LinkedIn adds the badge to the profile of whoever follows the link and says so there."""
    day = timezone.localtime(award.at)
    asked = {
        "startTask": "CERTIFICATION_NAME", "name": award.course.title, "organizationName": base.organisation().name,
        "issueYear": day.year, "issueMonth": day.month, "certId": award.code,
        "certUrl": absolute(reverse("learn:badge", args=[award.code])),
    }  # fmt: skip
    return f"https://www.linkedin.com/profile/add?{urlencode(asked)}"


def png(award: Award) -> bytes:
    """A picture of our own that carries the badge."""
    colour = base.organisation().brand_colour
    picture = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((20, 20, SIDE - 20, SIDE - 20), fill=colour, outline="#16130f", width=22)
    draw.ellipse((90, 90, SIDE - 90, SIDE - 90), fill="#fffdf7", outline="#16130f", width=14)
    draw.line([(190, 310), (270, 395), (420, 215)], fill="#16130f", width=52, joint="curve")
    out = io.BytesIO()
    picture.save(out, "PNG")
    return engine.bake_png(out.getvalue(), award.token)


def svg(award: Award) -> str:
    """The same picture as SVG."""
    colour = base.organisation().brand_colour
    plain = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">'
        f'<circle cx="300" cy="300" r="270" fill="{colour}" stroke="#16130f" stroke-width="22"/>'
        '<circle cx="300" cy="300" r="204" fill="#fffdf7" stroke="#16130f" stroke-width="14"/>'
        '<path d="M190 310l80 85 150-180" fill="none" stroke="#16130f" stroke-width="52" stroke-linejoin="round"/></svg>'
    )
    return engine.bake_svg(plain, award.token)
