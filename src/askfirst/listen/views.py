"""Pages of those who listen: the desk with its two columns, queries, sources, bursts."""

import re
import time
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from askfirst.base import charts, lists, tables
from askfirst.base.forms import NotTaken, fitting
from askfirst.base.web import absolute, once_more, whole
from askfirst.engines.boolquery import QueryError
from askfirst.engines.boolquery.building import build
from askfirst.engines.boolquery.translating import translate
from askfirst.listen import access, actions, exports, fetching, posts, queries, saved, taking, tasks, themes
from askfirst.listen.errors import ListenError
from askfirst.listen.forms import AssignForm, ChangeSourceForm, PostsForm, QueryForm, SourceForm
from askfirst.listen.models import Kind
from askfirst.listen.queue import NotQueued
from askfirst.listen.sources import BY_ID, KINDS, webhook
from askfirst.listen.sources.rows import SourceError
from askfirst.people import uploads

PAGE = 20
# Files above this many bytes are read in the background.
IN_REQUEST = 1_000_000


def desk(request: Any) -> HttpResponse:
    """Opportunities and risks side by side."""
    person = access.listener(request)
    context = {
        "desk": queries.desk(**_asked(request, person)),
        "since": queries.newest(),
        "asked": request.GET.urlencode(),
        "is_mine": "mine" in request.GET,
        "queries": queries.saved(),
        "alerts": queries.open_alerts(),
        "numbers": queries.numbers(),
        "chosen": request.GET.get("query", ""),
        "done": queries.done_lately(),
    }
    return render(request, "listen/desk.html", context)


def _asked(request: Any, person: Any) -> dict[str, Any]:
    """Which desk an address means."""
    return {"query": request.GET.get("query", ""), "mine": person if "mine" in request.GET else None}


def fresh(request: Any) -> HttpResponse:
    """How many mentions came since a desk was loaded; the desk asks by itself."""
    person = access.listener(request)
    since = whole(request.GET.get("since", "")) or 0
    asked = request.GET.copy()
    asked.pop("since", None)
    number = queries.fresh(since, **_asked(request, person))
    return render(request, "listen/_fresh.html", {"number": number, "since": since, "asked": asked.urlencode()})


def mention(request: Any, pk: int) -> HttpResponse:
    """One mention: who answers, what, and what came of it."""
    found = access.mention_to_work(request, pk)
    if request.method == "POST":
        try:
            messages.success(request, _act(request, found) or _("Noted."))
            return redirect(
                "listen:desk" if {"done", "mute"} & set(request.POST) else "listen:mention",
                **({} if {"done", "mute"} & set(request.POST) else {"pk": pk}),
            )
        except ListenError as error:
            # What was typed comes back with the reason.
            raise NotTaken(str(error.message)) from error
    reasons = [_(reason) for reason in found.reasons]
    copies, more_copies = lists.first(found.copies.select_related("source"), PAGE)
    context = {
        "mention": found,
        "kinds": Kind.choices,
        "reasons": reasons,
        "copies": copies,
        "more_copies": more_copies,
        "assign_form": AssignForm(
            initial={"to": found.assigned_to_id or request.user.pk}, listeners=queries.can_be_asked()
        ),
        "is_cut": len(found.text) >= posts.TEXT_LIMIT,
    }
    return render(request, "listen/mention.html", context)


def _act(request: Any, found: Any) -> str:
    """Do what the button said. Returns what there is to say about it, if more than that it was done."""
    data, person = request.POST, request.user
    had = data.get("had")
    if "take" in data:
        actions.assign(found, to=person, by=person, had=had)
    elif "to" in data:
        form = AssignForm(data, listeners=queries.can_be_asked())
        if not form.is_valid():
            raise ListenError(_("Choose who answers, and until when."))
        actions.assign(found, to=form.cleaned_data["to"], by=person, hours=form.cleaned_data["hours"], had=had)
    elif "kind" in data:
        actions.correct_kind(found, kind=data["kind"], by=person)
    elif "reply" in data:
        actions.draft_reply(found, text=fitting(data["reply"], 2000), seen=data.get("seen", ""))
    elif "tags" in data:
        actions.tag(found, tags=fitting(data["tags"], 200))
    elif "mute" in data:
        phrase = fitting(data.get("phrase", ""), 200)
        values = {"author": found.author, "site": found.address, "phrase": phrase}
        gone = actions.mute(what=data["mute"], value=values.get(data["mute"], ""), by=person)
        return (
            ngettext(
                "Muted; %d open mention went. Under Queries it can be kept again.",
                "Muted; %d open mentions went. Under Queries they can be kept again.",
                gone,
            )
            % gone
        )
    elif "open" in data:
        actions.open_again(found, by=person)
    elif "done" in data:
        actions.finish(
            found, by=person, outcome=fitting(data.get("outcome", ""), 200), is_answered=data["done"] == "answered"
        )
    return ""


def export(request: Any) -> HttpResponseBase:
    """Mentions as CSV or XLSX, all or of one query."""
    access.listener(request)
    form = request.GET.get("format", "csv")
    if form not in tables.FORMATS:
        raise Http404
    rows = exports.rows(queries.for_export(request.GET.get("query", "")))
    return tables.response(rows, form, name="mentions", sheet="mentions")


def saved_queries(request: Any) -> HttpResponse:
    """All saved queries, and what is muted."""
    person = access.listener(request)
    if request.method == "POST":
        back = actions.unmute(access.mute_to_lift(request, request.POST.get("unmute", "")), by=person)
        said = ngettext(
            "It is kept again from now on; %d mention is back on the desk.",
            "It is kept again from now on; %d mentions are back on the desk.",
            back,
        )
        messages.success(request, said % back)
        return redirect("listen:queries")
    gave_up = saved.queries().gave_up()
    rows = [(query, gave_up.get(query.pk, 0)) for query in queries.saved()]
    return render(request, "listen/queries.html", {"rows": rows, "mutes": queries.mutes()})


def edit_query(request: Any, pk: int | None = None) -> HttpResponse:
    """Write a query, try it on the last weeks, save it. A mistake is shown at its place."""
    person = access.listener(request)
    found = access.query_to_change(request, pk) if pk else None
    form = QueryForm(request.POST or None, instance=found)
    context: dict[str, Any] = {"form": form, "query": found}
    if found and "remove" in request.POST:
        text = _("Its chart and its bursts go with it; mentions that other queries found stay.")
        if asked := once_more(
            request, _("Remove the query “%s”?") % found.name, text, button="remove", words=_("Remove")
        ):
            return asked
        actions.remove_query(found, by=person)
        return redirect("listen:queries")
    if request.method == "POST":
        text = request.POST.get("text", "")
        try:
            if "build" in request.POST:
                text = _built(request.POST)
            elif "translate" in request.POST:
                text, context["dropped"] = translate(text)
            if text != request.POST.get("text", ""):
                form = context["form"] = QueryForm({**request.POST.dict(), "text": text}, instance=found)
            preview = context["preview"] = queries.preview(text)
            context["hints"] = [_(hint.text) % hint.values for hint in preview.hints]
            if not {"look", "build", "translate"} & set(request.POST) and form.is_valid():
                actions.save_query(found, by=person, name=form.cleaned_data["name"], text=form.cleaned_data["text"])
                return redirect("listen:queries")
        except QueryError as error:
            context["wrong"] = {
                "before": text[: error.at], "at": text[error.at : error.at + 1], "after": text[error.at + 1 :],
                "message": _(error.message) % error.values, "mend": _(error.mend) % error.values,
            }  # fmt: skip
        except ListenError as error:
            form.add_error(None, str(error.message))
        except ValueError:
            form.add_error("text", _("Write at least one word to look for."))
    elif found:
        context["chart"] = _chart(found)
    return render(request, "listen/edit_query.html", context, status=422 if "wrong" in context or form.errors else 200)


def _built(data: Any) -> str:
    """The query of the form for those who do not write booleans: words with commas or on lines of their own."""
    lists = {
        name: re.split(r"[,\n]", data.get(name, ""))
        for name in ("any_of", "all_of", "none_of", "languages", "links_to")
    }
    return build(**lists)


def sources(request: Any) -> HttpResponse:
    """Sources with their state, and a form for one more."""
    person = access.listener(request)
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_source(by=person, **form.cleaned_data)
        messages.success(request, _("Added. It is off until an administrator switches it on."))
        return redirect("listen:sources")
    kinds = [{"name": _(kind.name), "hint": _(kind.hint)} for kind in KINDS if kind.id != "file"]
    rows = [
        (source, BY_ID[source.kind], queries.gaps_of(source), absolute(reverse("listen:receive", args=[source.pk])))
        for source in queries.sources()
    ]
    return render(
        request,
        "listen/sources.html",
        {"rows": rows, "form": form, "posts_form": PostsForm(), "kinds": kinds},
        status=422 if form.errors else 200,
    )


def edit_source(request: Any, pk: int) -> HttpResponse:
    """Change a source, or remove it with everything it brought."""
    found = access.source_to_change(request, pk)
    form = ChangeSourceForm(request.POST or None, instance=access.source_to_change(request, pk))
    if request.method == "POST" and "remove" in request.POST:
        number = found.mentions.count()
        text = ngettext(
            "%d mention that it brought goes with it, with what was decided about it.",
            "%d mentions that it brought go with it, with what was decided about them.",
            number,
        )
        if asked := once_more(
            request, _("Remove “%s”?") % found.name, text % number, button="remove", words=_("Remove")
        ):
            return asked
        number = actions.remove_source(found, by=request.user)
        messages.success(request, _("Removed, with %d mentions.") % number)
        return redirect("listen:sources")
    if request.method == "POST" and form.is_valid():
        was_on = found.is_on
        actions.change_source(found, by=request.user, **form.cleaned_data)
        messages.success(request, _("Noted."))
        if was_on and not found.is_on:
            messages.info(request, _("It is off now: an administrator switches it on at its new address."))
        return redirect("listen:sources")
    context = {"form": form, "source": found, "kind": BY_ID[found.kind], "number": found.mentions.count()}
    return render(request, "listen/edit_source.html", context, status=422 if form.errors else 200)


def switch(request: Any, pk: int) -> HttpResponse:
    """On or off, as the button said; on, it is fetched at once."""
    is_on = request.POST.get("on") == "1"
    source = access.source_to_switch(request, pk, is_on=is_on)
    if request.method == "POST" and source.is_on != is_on:
        actions.switch_source(source, by=request.user, is_on=is_on)
        if is_on:
            source.refresh_from_db()
            new = fetching.fetch_one(source)
            messages.success(request, _("Switched on; %d new mentions.") % new)
    return redirect("listen:sources")


def bring(request: Any) -> HttpResponse:
    """Posts from a file; a large one is read in the background, and its source says how that went."""
    access.listener(request)
    form = PostsForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return redirect("listen:sources")
    upload = form.cleaned_data["file"]
    source, kept = actions.file_source(upload.name), uploads.path(uploads.keep(upload))
    if upload.size > IN_REQUEST:
        tasks.bring_posts.enqueue(str(kept), source.pk, get_language() or "")
        said = _(
            "It is being read; mentions come to the desk as they are found. “%s” among the sources says when it is done."
        )
        messages.success(request, said % source.name)
        return redirect("listen:sources")
    try:
        taken, new = taking.take_file(kept, source=source)
        messages.success(request, _("%(taken)d posts read, %(new)d became mentions.") % {"taken": taken, "new": new})
    except ListenError as error:
        messages.error(request, str(error.message))
    finally:
        uploads.drop(kept.name)
    return redirect("listen:sources")


@csrf_exempt
def receive(request: Any, pk: int) -> HttpResponse:
    """A signed webhook: 204 when taken, 401 when the signature is not ours, 422 when it cannot be read."""
    source = access.source_to_feed(pk)
    if request.method != "POST":
        return HttpResponse(status=405)
    try:
        webhook.verify(
            source.secret, webhook_id=request.headers.get("webhook-id", ""), timestamp=request.headers.get("webhook-timestamp", ""),
            signature=request.headers.get("webhook-signature", ""), body=request.body, now=time.time(),
        )  # fmt: skip
    except SourceError as error:
        return JsonResponse({"title": str(error)}, status=401)
    try:
        posts, gone = webhook.rows(request.body)
    except SourceError as error:
        return JsonResponse({"title": str(error)}, status=422)
    try:
        taking.take(source, posts, gone)
    except NotQueued:
        return JsonResponse(
            {"title": "It cannot be taken now. Send it again in a minute."}, status=503, headers={"Retry-After": "60"}
        )
    return HttpResponse(status=204)


def week(request: Any) -> HttpResponse:
    """The week's themes, each a prompt for the next jam."""
    access.listener(request)
    found = themes.week()
    rows = [(theme, _jam_about(theme.lead.text[:120], theme.lead.text[:120])) for theme in found.themes]
    return render(request, "listen/themes.html", {"rows": rows, "week": found})


def alerts(request: Any) -> HttpResponse:
    """Bursts, each with what it is about and what can come of it in one click."""
    person = access.listener(request)
    if request.method == "POST":
        actions.note_gap(access.alert_to_act_on(request, request.POST.get("gap", "")), by=person)
        messages.success(request, _("It is on the editors' list of gaps."))
        return redirect("listen:alerts")
    shown = Paginator(queries.alerts(), PAGE).get_page(request.GET.get("page"))
    rows = [(alert, _chart(alert.query), _prompts(alert), queries.sources_of(alert)) for alert in shown]
    return render(request, "listen/alerts.html", {"rows": rows, "page": shown})


def _chart(query: Any) -> charts.SeenChart:
    """Posts an hour of the last day, beside what was to be expected."""
    rows = [
        (label, seen, much)
        for (label, seen), much in zip(queries.steps_of(query), queries.expected_of(query), strict=True)
    ]
    return charts.seen(_("Posts an hour, last day"), rows)


def _prompts(alert: Any) -> dict[str, str]:
    about = ", ".join(alert.terms[:4]) or alert.query.name
    happened = _("%(seen)d posts in half an hour about “%(name)s”, where %(expected)s are usual. Words: %(about)s.") % {
        "seen": alert.seen, "name": alert.query.name, "expected": round(alert.expected, 1), "about": about,
    }  # fmt: skip
    return {
        "briefing": f"{reverse('share:briefings')}?{urlencode({'title': alert.query.name, 'happened': happened})}",
        "jam": _jam_about(alert.query.name, about),
        "drill": f"{reverse('learn:new_drill')}?{urlencode({'about': happened})}",
    }


def _jam_about(title: str, about: str) -> str:
    return f"{reverse('jam:new')}?{urlencode({'title': title, 'prompt': _('What do you want to know about this: %s?') % about})}"
