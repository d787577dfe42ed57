"""Pages for tellers, volunteers, editors and everybody who is briefed."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base.forms import fitting
from askfirst.base.web import absolute
from askfirst.coach import queries as coach
from askfirst.library import media
from askfirst.people import access as people_access
from askfirst.share import access, actions, posting, queries, tasks
from askfirst.share.errors import ShareError
from askfirst.share.forms import ApproveForm, BriefingForm, CallForm, ConnectForm, ShareForm, StoryForm
from askfirst.share.models import Story
from askfirst.share.networks import BY_ID, form_address, tracked

PAGE = 50


def stories(request: Any) -> HttpResponse:
    """My stories and, for volunteers only, those that may be shared."""
    person = people_access.signed_in(request)
    is_volunteer = queries.wants_to_share(person)
    context = {
        "mine": [(story, queries.visits(story)) for story in queries.told_by(person)],
        "is_volunteer": is_volunteer,
        "stories": queries.shareable() if is_volunteer else [],
    }
    return render(request, "share/stories.html", context)


def tell(request: Any) -> HttpResponse:
    """Tell a story from the phone."""
    person = people_access.signed_in(request)
    call = access.call_to_answer(request, request.POST.get("call", "") or request.GET.get("call", ""))
    form = StoryForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.tell_story(
            teller=person, title=data["title"], text=data["text"], alt_text=data["alt_text"],
            file=data.get("file", ""), media_type=data.get("media_type", ""), people=form.names,
            call=call,
        )  # fmt: skip
        messages.success(request, _("Thank you. You will hear here what becomes of it."))
        return redirect("share:stories")
    return render(request, "share/tell.html", {"form": form, "call": call}, status=422 if form.errors else 200)


def picture(request: Any, pk: int) -> HttpResponse:
    story = access.story_to_see(request, pk)
    if not story.file:
        raise Http404
    return media.response(request, story.file, story.media_type)


def withdraw(request: Any, pk: int) -> HttpResponse:
    story = access.story_to_withdraw(request, pk)
    if request.method == "POST":
        actions.withdraw_story(story, by=request.user)
        messages.success(request, _("The story is withdrawn."))
    return redirect("share:stories")


def share(request: Any, pk: int) -> HttpResponse:
    """One's own words first; the coach looks; then the phone's share sheet, the network's own form, or copying."""
    story = access.story_to_share(request, pk)
    person = request.user
    form = ShareForm(request.POST or None)
    context: dict[str, Any] = {
        "story": story,
        "form": form,
        "lead": queries.disclosure(person),
        "pace": queries.pace(person),
    }
    status = 200
    if request.method == "POST" and form.is_valid():
        network, words = form.cleaned_data["network"], form.cleaned_data["words"]
        # Whoever loads the page anew, or goes back to take another network, says nothing twice.
        ready = request.session.get("ready") or {}
        is_again = (ready.get("story"), ready.get("words")) == (pk, words)
        try:
            link = actions.link_for(story, network)
            url = absolute(reverse("share:follow", args=[link.code])) if story.address else ""
            post, context["lead"] = actions.check_words(
                story, person=person, words=words, network=network, url=url, is_again=is_again
            )
            found = actions.findings(coach.draft(post, place="public", own_name=person.name))
            context |= {"post": post, "url": url, "network": BY_ID[network], "findings": coach.pieces(post, found) if found else [], "notes": found,
                        "form_address": form_address(BY_ID[network], post, url)}  # fmt: skip
            stops = [own for own in found if own.detector in {"term", "secrets", "iban", "card", "id"}]
            others = [own for own in found if own.detector == "speaker"]
            if stops:
                context["problem"] = _("Take this out first; it stays inside: %s") % ", ".join(
                    post[own.start : own.end] for own in stops
                )
                status = 422
            elif others:
                context["problem"], status = _(others[0].message) % dict(others[0].values), 422
            elif "go" in request.POST:
                if is_again and ready["network"] == network:
                    best = datetime.fromisoformat(ready["best"])
                else:
                    best = actions.record_share(story, person=person, network=network, words=words)
                    ready = {
                        "story": pk, "network": network, "post": post, "url": url, "words": words,
                        "best": best.isoformat(), "key": posting.new_key(),
                    }  # fmt: skip
                    request.session["ready"] = ready
                context |= {
                    "is_ready": True,
                    "best": best,
                    "is_now": best <= timezone.now(),
                    "connection": posting.connections(person).get(network),
                }
        except ShareError as error:
            context["problem"], status = error.message, error.status
    elif request.method == "POST":
        status = 422
    return render(request, "share/share.html", context, status=status)


@require_POST
def post(request: Any, pk: int) -> HttpResponse:
    """Post what the page before showed, by the person's own connection, as they asked by the button."""
    story = access.story_to_share(request, pk)
    ready = request.session.get("ready")
    if not ready or ready["story"] != pk:
        return redirect("share:share", pk=pk)
    connection = access.connection_to_use(request, ready["network"])
    try:
        address = posting.post(
            connection, text=ready["post"], url=ready["url"], key=ready["key"], picture=_picture_of(story)
        )
    except ShareError as error:
        messages.error(request, str(error.message))
        context = {"ready": ready, "connection": connection, "story_pk": pk}
        return render(request, "share/posted.html", context, status=error.status)
    del request.session["ready"]
    return render(request, "share/posted.html", {"address": address, "connection": connection, "is_posted": True})


def _picture_of(story: Story) -> posting.Picture | None:
    """What goes with a post of this story: its picture, not its video."""
    if not story.file or not story.media_type.startswith("image/"):
        return None
    return posting.Picture((media.folder() / story.file).read_bytes(), story.media_type, story.alt_text)


def connections(request: Any) -> HttpResponse:
    """One's own accounts: connect, disconnect."""
    person = access.account_holder(request)
    form = ConnectForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and "disconnect" in request.POST:
        posting.disconnect(access.connection_to_use(request, request.POST.get("disconnect", "")))
        return redirect("share:connections")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            if data["network"] == "bluesky":
                posting.connect_bluesky(
                    person, handle=data["handle"], password=data["password"], server=data["server"] or posting.BLUESKY
                )
                return redirect("share:connections")
            there, request.session["mastodon"] = posting.begin_mastodon(
                data["handle"], back=absolute(reverse("share:connected"))
            )
            context["there"] = there
        except ShareError as error:
            form.add_error(None, str(error.message))
    context["connections"] = posting.connections(person).values()
    return render(request, "share/connections.html", context, status=422 if form.errors else 200)


def connected(request: Any) -> HttpResponse:
    """Back from a Mastodon server, with a code, or with a no."""
    person = access.account_holder(request)
    remembered = request.session.pop("mastodon", None)
    if not remembered or not constant_time_compare(request.GET.get("state", ""), remembered["state"]):
        messages.error(request, _("That did not begin here. Try it once more."))
    elif not request.GET.get("code"):
        messages.error(request, _("The server was told no; nothing is connected."))
    else:
        try:
            posting.finish_mastodon(person, code=request.GET["code"], remembered=remembered)
            messages.success(request, _("Connected. Nothing is posted unless you press the button."))
        except ShareError as error:
            messages.error(request, str(error.message))
    return redirect("share:connections")


def follow(request: Any, code: str) -> HttpResponse:
    """A tracked link: counted, then on. No cookie, no address, no waiting."""
    link = access.link_to_follow(code)
    if not link.story.address:
        raise Http404
    actions.follow_link(link)
    response = HttpResponse(status=302)
    response["Location"] = tracked(link.story.address, link.network, link.story_id)
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def desk(request: Any) -> HttpResponse:
    """The editor's stories: what waits, what goes round, what jams have told."""
    person = access.editor(request)
    form = CallForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.call_for_stories(by=person, **form.cleaned_data)
        messages.success(request, _("It stands on their Today page."))
        return redirect("share:desk")
    shown = Paginator(queries.stories(), PAGE).get_page(request.GET.get("page"))
    context = {
        "rows": [(story, queries.visits(story)) for story in shown], "page": shown, "from_jams": queries.jam_stories(),
        "form": form, "calls": queries.open_calls(),
    }  # fmt: skip
    return render(request, "share/desk.html", context, status=422 if form.errors else 200)


@require_POST
def end_call(request: Any, pk: int) -> HttpResponse:
    """Ask for these stories no more."""
    actions.end_call(access.call_to_end(request, pk), by=request.user)
    return redirect("share:desk")


def take(request: Any) -> HttpResponse:
    """Take up a story that was told in a jam."""
    access.editor(request)
    path = request.POST.get("path", "")
    if taken := queries.taken_up(path):
        messages.info(request, _("Somebody has taken it up already."))
        return redirect("share:edit", pk=taken.pk)
    found = next((row for row in queries.jam_stories() if row[2] == path), None)
    if request.method != "POST" or found is None:
        raise Http404
    text, title, origin_path, teller = found
    story = actions.tell_story(
        teller=teller, title=text[: queries.TITLE_LENGTH], text=text, origin=title, origin_path=origin_path
    )
    return redirect("share:edit", pk=story.pk)


def edit(request: Any, pk: int) -> HttpResponse:
    """Help a story, approve it or say no with a reason."""
    story = access.story_to_edit(request, pk)
    form = ApproveForm(None if "decline" in request.POST else request.POST or None, instance=story)
    problem = ""
    if request.method == "POST":
        try:
            if "decline" in request.POST:
                actions.decline_story(story, by=request.user, reason=fitting(request.POST.get("reason", ""), 300))
                return redirect("share:desk")
            if form.is_valid():
                actions.approve_story(story, by=request.user, **form.cleaned_data)
                return redirect("share:desk")
        except ShareError as error:
            problem = str(error.message)
    found = actions.findings(coach.draft(story.text, place="story"))
    context = {"story": story, "form": form, "problem": problem, "findings": found, "consents": story.consents.all()}
    return render(request, "share/edit.html", context, status=422 if problem or form.errors else 200)


def consent(request: Any, pk: int) -> HttpResponse:
    story = access.story_to_edit(request, pk)
    if request.method == "POST" and request.POST.get("name", "").strip():
        actions.note_consent(story, name=fitting(request.POST["name"], 120), by=request.user)
    return redirect("share:edit", pk=pk)


def revoke(request: Any, pk: int) -> HttpResponse:
    found = access.consent_to_revoke(request, pk)
    if request.method == "POST":
        actions.revoke_consent(found, by=request.user)
        messages.success(request, _("Noted. The story is no longer shared."))
    return redirect(
        "share:edit" if request.user.can_edit else "share:stories",
        **({"pk": found.story_id} if request.user.can_edit else {}),
    )


def briefings(request: Any) -> HttpResponse:
    """Write a briefing in two minutes, and see which are in force."""
    person = access.briefer(request)
    form = BriefingForm(
        request.POST or None, initial={name: request.GET.get(name, "") for name in ("title", "happened")}
    )
    if request.method == "POST" and form.is_valid():
        sent = actions.send_briefing(by=person, **form.cleaned_data)
        tasks.mail_briefing.enqueue(sent.pk)
        messages.success(request, _("Sent. It stands on everybody's Today page now; mails follow."))
        return redirect("share:briefings")
    shown = Paginator(queries.briefings(), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "rows": [(own, *queries.read_of(own)) for own in shown], "page": shown}
    return render(request, "share/briefings.html", context, status=422 if form.errors else 200)


def briefing(request: Any, pk: int) -> HttpResponse:
    """Read a briefing and say so."""
    found = access.briefing_to_read(request, pk)
    if request.method == "POST":
        actions.read_briefing(found, person=request.user)
        return redirect("plan:today")
    return render(request, "share/briefing.html", {"briefing": found, "is_read": queries.has_read(found, request.user)})


def end(request: Any, pk: int) -> HttpResponse:
    found = access.briefing_to_end(request, pk)
    if request.method == "POST":
        actions.end_briefing(found, by=request.user)
    return redirect("share:briefings")
