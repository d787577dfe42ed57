"""Pages of certificates and badges: take one, show it, give it back, and the documents by which anybody can verify it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from askfirst.base import pdf
from askfirst.base import queries as base
from askfirst.learn import access, badges, queries
from askfirst.learn.errors import LearnError


def take(request: Any, pk: int) -> HttpResponse:
    """The badge of a course that one has done."""
    course = access.course_to_take(request, pk)
    if request.method != "POST":
        return redirect("learn:courses")
    try:
        return redirect("learn:badge", code=badges.take_badge(course, person=request.user).code)
    except LearnError as error:
        messages.error(request, str(error.message))
        return redirect("learn:courses")


def certificate(request: Any, pk: int) -> HttpResponse:
    """The certificate of a course that one has done, with one's name, as PDF."""
    course = access.course_to_take(request, pk)
    finish = queries.finish(course, request.user)
    if finish is None:
        messages.error(request, _("A lesson is left; the certificate is for the whole course."))
        return redirect("learn:courses")
    on = date_format(timezone.localtime(finish.at), "DATE_FORMAT")
    lines = [
        pdf.paragraph(base.organisation().name, 12),
        pdf.paragraph(_("Certificate"), 22, bold=True),
        pdf.paragraph(str(request.user), 16, bold=True),
        pdf.paragraph(_("has done the course “%s”.") % course.shown_title, 13),
        pdf.paragraph(_("%(lessons)d lessons, the last on %(on)s. Questions answered rightly: %(right)d of %(all)d.")
                      % {"lessons": course.places.count(), "on": on, "right": finish.right, "all": finish.questions}),
        pdf.space(),
        *(pdf.paragraph(place.lesson.title, 9, indent=6, bullet="•") for place in course.places.select_related("lesson")),
    ]  # fmt: skip
    return pdf.response(course.shown_title, lines, name=f"certificate-{pk}")


def badge(request: Any, code: str) -> HttpResponse:
    """A badge for people; as application/vc+jwt or JSON for machines that ask so."""
    award = access.award_to_see(code)
    if "jwt" in request.headers.get("Accept", ""):
        return HttpResponse(award.token, content_type="application/vc+jwt")
    is_own = award.person_id == request.user.pk
    profile = badges.profile_address(award) if is_own else ""
    return render(request, "learn/badge.html", {"award": award, "is_own": is_own, "profile": profile})


def picture(request: Any, code: str, form: str) -> HttpResponse:
    """A picture that carries the badge, or the bare credential."""
    award = access.award_to_see(code)
    if form == "png":
        response = HttpResponse(badges.png(award), content_type="image/png")
    elif form == "svg":
        response = HttpResponse(badges.svg(award), content_type="image/svg+xml")
        response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    elif form == "jwt":
        response = HttpResponse(award.token, content_type="application/vc+jwt")
    else:
        raise Http404
    response["Content-Disposition"] = f'{"inline" if form != "jwt" else "attachment"}; filename="badge.{form}"'
    return response


def back(request: Any, code: str) -> HttpResponse:
    """Give one's own badge back, after a second look."""
    award = access.award_to_give_back(request, code)
    if request.method != "POST":
        return render(request, "learn/give_back.html", {"award": award})
    badges.give_back(award, person=request.user)
    messages.success(request, _("Given back. Whoever verifies a copy of it is told so."))
    return redirect("learn:courses")


def status(request: Any, page: int) -> HttpResponse:
    """The list of badges that do not hold any more, signed."""
    found = badges.status_list(page)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type="application/vc+jwt")


def issuer(request: Any) -> HttpResponse:
    return JsonResponse(badges.issuer())


def keys(request: Any) -> HttpResponse:
    return JsonResponse(badges.keys())


def achievement(request: Any, pk: int) -> HttpResponse:
    return JsonResponse(badges.achievement(access.course_to_describe(pk)))
