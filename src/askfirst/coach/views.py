"""Before you post: a page that looks at a draft and forgets it. Nothing here writes, logs or counts."""

import base64
import io
import tempfile
import zipfile
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt

from askfirst.base import pictures, web
from askfirst.base import queries as base
from askfirst.coach import access, actions, queries
from askfirst.coach.errors import CoachError
from askfirst.coach.forms import FILES_LIMIT, TEXT_LIMIT, DraftForm, EntriesForm
from askfirst.engines import draftcheck, photo

# A cleaned picture up to this size is put into the answer itself, since the shared file cannot be asked for again.
INLINE = 12 * 1024 * 1024
ICONS = (192, 512)


class NotCleaned(Exception):
    """A file that cannot be cleaned; the message says which and why."""


@web.leaves_no_trace
def coach(request: Any) -> HttpResponse:
    """Paste, look, mend. An htmx request gets the findings, an ordinary one the page."""
    person = access.writer(request)
    form = DraftForm(request.POST or None, request.FILES or None, initial={"country": _country(person)})
    context: dict[str, Any] = {"form": form, "detectors": _labels()}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            written = form.cleaned_data["text"].replace("\r\n", "\n")
            text = _mended(request, written, form.cleaned_data, person)
            context |= _looked_at(text, form.cleaned_data, person) | {
                "photos": [_photo(own) for own in form.cleaned_data["files"]], "is_mended": text != written
            }  # fmt: skip
            form = DraftForm(initial={**form.cleaned_data, "text": text, "files": None})
            context["form"] = form
        else:
            status = 422
    elif "example" in request.GET:
        form.initial["text"] = _example()
        context |= _looked_at(form.initial["text"], {"country": form.initial["country"], "place": ""}, person)
    # While one writes, only the words are sent, and photos stand below the findings as they are.
    only = request.POST.get("only", "")
    context["has_photos"] = only == "text beside photos"
    fragment = "coach/_text.html" if only else "coach/_findings.html"
    response = web.page(request, "coach/coach.html", context, fragment=fragment, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _example() -> str:
    """A draft with something to find, for whoever has none at hand."""
    return _(
        "Our new tent is simply the best there is, and next week it costs 20 % less! "
        "Questions? Write to jana.keller@gmail.com or call her on +44 7911 123456."
    )


def _mended(request: Any, text: str, data: Any, person: Any) -> str:
    """The text with the finding mended whose button was pressed; as it is where that finding is not in it any more."""
    key = request.POST.get("mend", "")
    if not key:
        return text
    found = draftcheck.check(queries.draft(text, country=data["country"], place=data["place"], own_name=person.name))
    chosen = dict(zip(queries.keys_of(text, found), found, strict=True)).get(key)
    return queries.mended(text, chosen) if chosen and chosen.mend is not None else text


def _looked_at(text: str, data: Any, person: Any) -> dict[str, Any]:
    draft = queries.draft(text, country=data["country"], place=data["place"], own_name=person.name)
    found = draftcheck.check(draft)
    labels = {detector.name: detector.label for detector in draftcheck.DETECTORS}
    shown = []
    for number, (key, own) in enumerate(zip(queries.keys_of(text, found), found, strict=True), start=1):
        clause, version, lesson = queries.clause_and_lesson(own.topic)
        words = _(own.message) % dict(own.values)
        shown.append(queries.Shown(number, key, own, _(labels[own.detector]), words, clause, version, lesson))
    return {
        "is_looked_at": bool(text.strip()), "findings": shown, "pieces": queries.pieces(text, found), "text": text,
        "protected": _(draftcheck.PROTECTED) if text.strip() and draftcheck.is_protected(text) else "",
    }  # fmt: skip


def _photo(upload: Any, *, is_inline: bool = False) -> dict[str, Any]:
    clean = ""
    try:
        report = photo.read(upload.file)
        if is_inline and upload.size <= INLINE:
            out = io.BytesIO()
            photo.strip(upload.file, out)
            clean = f"data:application/octet-stream;base64,{base64.b64encode(out.getvalue()).decode()}"
    except photo.PhotoError as error:
        return {"name": upload.name, "problem": _(str(error))}
    groups: dict[str, list[photo.Detail]] = {}
    for detail in report.details:
        groups.setdefault(detail.group, []).append(detail)
    return {"name": upload.name, "report": report, "groups": groups, "clean": clean}


@web.leaves_no_trace
def clean(request: Any) -> HttpResponse:
    """The same files without what they say about place, time, device and people; one file as itself, several as a zip."""
    access.writer(request)
    if request.method != "POST":
        return redirect("coach:coach")
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        return _not_cleaned(request, form)
    if not form.cleaned_data["files"]:
        form.add_error("files", _("Choose photos or a video first."))
        return _not_cleaned(request, form)
    uploads = form.cleaned_data["files"]
    try:
        if len(uploads) == 1:
            out = _cleaned(uploads[0])
            return _download(out, f"clean-{uploads[0].name}")
        packed = _temporary()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
            for number, upload in enumerate(uploads, start=1):
                with archive.open(f"clean-{number}-{upload.name}", "w", force_zip64=True) as entry:
                    entry.write(_cleaned(upload).read())
    except NotCleaned as error:
        form.add_error("files", str(error))
        return _not_cleaned(request, form)
    packed.seek(0)
    return _download(packed, "clean-photos.zip")


def _not_cleaned(request: Any, form: DraftForm) -> HttpResponse:
    """The coach's page with what was wrong; the words that were there are there still, files must be chosen again."""
    return _page(request, {"form": form}, status=422)


def _page(request: Any, context: dict[str, Any], status: int) -> HttpResponse:
    response = render(request, "coach/coach.html", {"detectors": _labels(), **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _labels() -> list[str]:
    return [_(detector.label) for detector in draftcheck.DETECTORS]


def _temporary() -> Any:
    """A place for large files that vanishes with the answer and has no name that anybody could open."""
    return tempfile.SpooledTemporaryFile(max_size=4 << 20)


def _cleaned(upload: Any) -> Any:
    out = _temporary()
    try:
        photo.strip(upload.file, out)
    except photo.PhotoError as error:
        raise NotCleaned(f"{upload.name}: {_(str(error))}") from error
    out.seek(0)
    return out


def _download(file: Any, name: str) -> FileResponse:
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/octet-stream")
    response["Cache-Control"] = "no-store"
    return response


@web.leaves_no_trace
@csrf_exempt
def share(request: Any) -> HttpResponse:
    """What a phone's share sheet sends: shown like a draft, changing nothing, so it needs no token that the sheet could not have."""
    person = access.writer(request)
    if request.method != "POST":
        # Back from signing in, where a share sheet's words and photos are not kept.
        messages.info(request, _("You had to sign in first, and nothing was kept. Share it once more."))
        return redirect("coach:coach")
    parts = [request.POST.get(name, "") for name in ("title", "text", "url")]
    text = "\n".join(part for part in parts if part.strip())
    data = {"country": _country(person), "place": ""}
    # Bound only where it is too much: then it says so, and nothing was looked at.
    files, sent = request.FILES.getlist("files"), {**data, "text": text}
    is_too_much = len(text) > TEXT_LIMIT or len(files) > FILES_LIMIT
    context = {"form": DraftForm(sent, request.FILES) if is_too_much else DraftForm(initial=sent), "photos": []}
    if not is_too_much:
        context |= _looked_at(text, data, person) if text else {}
        context["photos"] = [_photo(own, is_inline=True) for own in files]
    return _page(request, context, status=422 if is_too_much else 200)


@cache_control(max_age=3600)
def manifest(request: Any) -> HttpResponse:
    """The site as an app on a phone, which the share sheet then offers as a place to share to."""
    organisation = base.organisation()
    icons = [
        {
            "src": reverse("coach:app_icon", args=[side]),
            "sizes": f"{side}x{side}",
            "type": "image/png",
            "purpose": "any",
        }
        for side in ICONS
    ]
    body = {
        "name": f"{organisation.name} · Askfirst", "short_name": "Askfirst", "start_url": reverse("plan:today"), "scope": reverse("plan:home"),
        "display": "standalone", "background_color": "#fffdf7", "theme_color": organisation.brand_colour, "icons": icons,
        "share_target": {
            "action": reverse("coach:share"), "method": "POST", "enctype": "multipart/form-data",
            "params": {"title": "title", "text": "text", "url": "url",
                "files": [{"name": "files", "accept": ["image/*", "video/mp4", "video/quicktime", "video/webm"]}]},
        },
    }  # fmt: skip
    return JsonResponse(body, content_type="application/manifest+json")


@cache_control(max_age=86400)
def app_icon(request: Any, side: int) -> HttpResponse:
    """Our mark as PNG, since home screens take no SVG."""
    if side not in ICONS:
        raise Http404
    return HttpResponse(pictures.mark(side), content_type="image/png")


def glossary(request: Any) -> HttpResponse:
    """What stays inside and what is our own, in plain words for those who keep it."""
    person = access.editor(request)
    form = EntriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.add_lines(
                form.cleaned_data["lines"],
                kind=form.cleaned_data["kind"],
                speaker=form.cleaned_data["speaker"],
                by=person,
            )
            messages.success(request, _("%d added.") % added.new)
            if added.changed:
                messages.info(request, _("%d were there already and were changed.") % added.changed)
            return redirect("coach:glossary")
        except CoachError as error:
            form.add_error("lines", str(error.message))
    context = {"form": form, "entries": queries.entries()}
    return render(request, "coach/glossary.html", context, status=422 if form.errors else 200)


def remove(request: Any, pk: int) -> HttpResponse:
    entry = access.entry_to_remove(request, pk)
    if request.method == "POST":
        actions.remove_entry(entry, by=request.user)
    return redirect("coach:glossary")


def _country(person: Any) -> str:
    return {"de": "de"}.get(person.language[:2], "")
