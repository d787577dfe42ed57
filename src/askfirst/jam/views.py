"""Pages of a jam for those who take part: the room, asking, voting, the ledger, the big screen."""

import io
from typing import Any
from urllib.parse import urlencode

import segno
from django.conf import settings
from django.contrib import messages
from django.db import Error as DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base import commit
from askfirst.base.web import absolute, client_address, page, whole
from askfirst.jam import access, actions, exports, grouping, ledgers, promises, queries, seat
from askfirst.jam.errors import DoorLocked, JamError, NoSeat, TooMany
from askfirst.jam.forms import ContributionForm, HandedForm, VoteForm
from askfirst.jam.limits import ASKS, VOTES, Rate, limiter
from askfirst.jam.models import LIMITS, TEXT_LIMIT, Entry, Jam, Kind, Naming
from askfirst.jam.voting import Ballot, ballots
from askfirst.learn import queries as learn
from askfirst.library import media
from askfirst.library import queries as library
from askfirst.people import access as people_access
from askfirst.policy import queries as policy

SEAT_SECONDS = 90 * 24 * 3600


def join(request: Any) -> HttpResponse:
    """Go to the jam whose code was typed."""
    typed = request.GET.get("code", "").strip().rstrip("/").rpartition("/j/")[2]
    code = "".join(typed.upper().split()).replace("-", "")
    if not code:
        return redirect("plan:home")
    if queries.jam_by_code(code) is None:
        messages.error(request, _("No jam has the code %s. Look again at the screen or the invitation.") % code[:12])
        return redirect("plan:home")
    return redirect("jam:room", code=code)


def room(request: Any, code: str) -> HttpResponse:
    """The participant's view; the first visit takes a seat."""
    jam = access.jam_to_join(request, code)
    if jam.code != code:
        return redirect("jam:room", code=jam.code)
    own = access.seat_of(request, jam)
    fresh, refusal = "", None
    if own is None and not jam.is_closed:
        try:
            fresh = _take_seat(request, jam)
            own = seat.read(jam.code, fresh)
        except JamError as error:
            refusal = error
    context = _room(request, jam, own) | {"refusal": refusal.message if refusal else ""}
    response = render(request, "jam/room.html", context, status=refusal.status if refusal else 200)
    if fresh:
        response.set_cookie(
            seat.cookie_name(jam.code),
            fresh,
            max_age=SEAT_SECONDS,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
            path=settings.SESSION_COOKIE_PATH,
        )
    if isinstance(refusal, TooMany):
        response["Retry-After"] = str(refusal.retry_after)
    return response


def about(request: Any) -> HttpResponse:
    """Ask about a clause of a policy: in the jam that stays open longest, with the clause's name in the question."""
    person = people_access.signed_in(request)
    found = queries.lasting_jam(person)
    if found is None:
        messages.error(
            request, _("No jam is open just now. Ask a facilitator to open one for questions about the policy.")
        )
        return redirect("plan:today")
    number, key = whole(request.GET.get("policy", "")), request.GET.get("clause", "")
    title = policy.clause_title(number, key) if number else ""
    words = _("About “%s”: ") % title if title else ""
    return redirect(f"{reverse('jam:room', args=[found.code])}?{urlencode({'text': words})}#ask")


def _take_seat(request: Any, jam: Jam) -> str:
    if jam.is_door_locked:
        raise DoorLocked
    if jam.entry != Entry.CODE:
        actions.take_seat(jam, request.user)
        return seat.issue(jam.code)
    most = settings.OPTIONS.joins_per_minute
    address = client_address(request.headers.get("X-Forwarded-For", ""), request.META.get("REMOTE_ADDR", ""))
    # A whole office joins within a minute; after that burst seats come slowly, which is what a script would need.
    wait = limiter.wait(Rate(burst=most, per_second=most / 600), "join", jam.code, address)
    if wait:
        raise TooMany(
            _("Very many people are joining from your network. Try again in %d seconds.") % wait, retry_after=wait
        )
    return seat.issue(jam.code)


def _room(request: Any, jam: Jam, own: seat.Seat | None) -> dict[str, Any]:
    return {
        "jam": jam,
        "board": queries.board(jam, page=request.GET.get("page", 1)),
        "voted": queries.voted_groups(jam, own),
        "mine": queries.own_contributions(jam, own),
        "has_seat": own is not None,
        "live": access.live_address(jam, get_language()),
        **_asking(jam, text=request.GET.get("text", "")[:TEXT_LIMIT]),
    }


def _asking(jam: Jam, **more: Any) -> dict[str, Any]:
    kinds = [(kind.value, kind.label, LIMITS[kind]) for kind in jam.kinds]
    wanted = more.get("wrote", {}).get("kind") or kinds[0][0]
    chosen = next((own for own in kinds if own[0] == wanted), kinds[0])
    return {"jam": jam, "kinds": kinds, "chosen": chosen, "can_name": jam.naming != Naming.ANONYMOUS, **more}


@require_POST
def ask(request: Any, code: str) -> HttpResponse:
    """Ask a question, or add an idea or a story."""
    jam = access.jam_to_join(request, code)
    own = access.seat_of(request, jam)
    form = ContributionForm(request.POST)
    text = request.POST.get("text", "")
    if own is None:
        return _ask_again(request, jam, NoSeat.message, NoSeat.status)
    if not form.is_valid():
        said = _("Write a few words first.") if not text.strip() else next(iter(form.errors.values()))[0]
        return _ask_again(request, jam, said, 422)
    wait = limiter.wait(ASKS, "ask", own.voter)
    if wait:
        response = _ask_again(request, jam, _("You ask faster than people can read. Wait %d seconds.") % wait, 429)
        response["Retry-After"] = str(wait)
        return response
    data = form.cleaned_data
    author = request.user if request.user.is_authenticated and jam.entry != Entry.CODE else None
    try:
        asked = actions.post_contribution(
            jam, text=data["text"], kind=data["kind"], seat=own, author=author, author_name=data["author_name"],
            is_anonymous=not (data["is_named"] or jam.naming == Naming.NAMED),
        )  # fmt: skip
    except JamError as error:
        return _ask_again(request, jam, error.message, error.status)
    except DatabaseError:
        problem = _("It could not be kept just now. Your text is still here; send it again.")
        return _ask_again(request, jam, problem, 503)
    if not request.htmx:
        messages.success(request, _("Your contribution is in."))
        return redirect("jam:room", code=jam.code)
    context = _asking(jam, asked=asked, mine=queries.own_contributions(jam, own), wrote={"kind": data["kind"]})
    return render(request, "jam/_ask.html", context)


def _ask_again(request: Any, jam: Jam, problem: Any, status: int) -> HttpResponse:
    context = _asking(jam, problem=problem, text=request.POST.get("text", ""), wrote=request.POST)
    if request.htmx:
        return render(request, "jam/_ask.html", context, status=status)
    own = access.seat_of(request, jam)
    return render(request, "jam/room.html", _room(request, jam, own) | context, status=status)


def similar(request: Any, code: str) -> HttpResponse:
    """While somebody types: colleagues who ask the same, and answers that are known already."""
    jam = access.jam_to_join(request, code)
    text = " ".join(request.GET.get("text", "").split())[:TEXT_LIMIT]
    kind = request.GET.get("kind") or Kind.QUESTION
    if len(text) < 12 or kind not in Kind.values:
        return HttpResponse("")
    pk, _score = grouping.nearest(jam, text, kind)
    groups = [group for group in queries.groups_by_pk([pk]) if group.lead] if pk else []
    context = {"jam": jam, "groups": groups, "answers": library.answers_beside(text)}
    return render(request, "jam/_similar.html", context)


@require_POST
def vote(request: Any, code: str) -> HttpResponse:
    """Vote without JavaScript; scripts use /live/CODE/vote. Both wait until the vote is on disk."""
    jam = access.jam_to_join(request, code)
    own = access.seat_of(request, jam)
    form = VoteForm(request.POST)
    try:
        if own is None or not form.is_valid():
            raise NoSeat
        wait = limiter.wait(VOTES, "vote", own.voter)
        if wait:
            raise TooMany(retry_after=wait)
        group = form.cleaned_data["group"] or form.cleaned_data["take_back"]
        ballots.submit(Ballot(jam.pk, group, own.voter, is_up=bool(form.cleaned_data["group"]))).result(timeout=30)
    except JamError as error:
        messages.error(request, error.message)
    except (DatabaseError, commit.Busy, TimeoutError):
        messages.error(request, _("Your vote could not be kept just now. Try again."))
    return redirect(f"{reverse('jam:room', args=[jam.code])}#board")


@require_POST
def withdraw(request: Any, code: str, pk: int) -> HttpResponse:
    """Take one's own contribution back."""
    found, own = access.own_contribution(request, code, pk)
    try:
        actions.withdraw(found, seat=own)
        messages.success(request, _("It is withdrawn. Only its number stays in the ledger."))
    except JamError as error:
        messages.error(request, error.message)
    return redirect("jam:room", code=found.jam.code)


def mine(request: Any, code: str) -> HttpResponse:
    """What became of this browser's own contributions."""
    jam = access.jam_to_join(request, code)
    own = queries.own_contributions(jam, access.seat_of(request, jam))
    return page(request, "jam/mine.html", {"jam": jam, "mine": own}, fragment="jam/_mine.html")


def why(request: Any, code: str, pk: int) -> HttpResponse:
    """Why are these together?"""
    group = access.group_to_see(request, code, pk)
    context = {"jam": group.jam, "group": group, "why": queries.why_together(group)}
    return page(request, "jam/why.html", context, fragment="jam/_why.html")


def handed(request: Any, pk: int) -> HttpResponse:
    """What was put into one's hands: answer it, or say what came of the idea."""
    group = access.handed_group(request, pk)
    is_idea = promises.is_idea(group)
    form = HandedForm(request.POST or None, is_idea=is_idea)
    if request.method == "POST" and form.is_valid():
        try:
            (promises.carry_out if is_idea else promises.answer_handed)(group, by=request.user, **form.cleaned_data)
            messages.success(request, _("Thank you. Whoever asked can read it now."))
            return redirect("plan:today")
        except JamError as error:
            form.add_error(None, str(error.message))
    context = {"group": group, "form": form, "is_idea": is_idea, "wordings": queries.wordings(group)}
    return render(request, "jam/handed.html", context, status=422 if form.errors else 200)


def ledger(request: Any, code: str) -> HttpResponse:
    """Every contribution with its one outcome, for everybody who may join."""
    jam = access.jam_to_join(request, code)
    outcome = request.GET.get("outcome", "")
    # ?at=NUMBER: the page that holds this contribution; numbers begin at 1 and leave none out.
    at = whole(request.GET.get("at", ""))
    number = (at - 1) // ledgers.LIMIT + 1 if at else request.GET.get("page", 1)
    entries, shown = ledgers.page(jam, number, outcome)
    in_policy, counts = policy.answers_to(ledgers.address(jam)), ledgers.counts(jam)
    taught = (
        learn.lessons_of_answers([entry.faq for entry in entries if entry.faq]) if request.user.is_authenticated else {}
    )
    context = {
        "jam": jam,
        "rows": [(entry, in_policy.get(entry.number), taught.get(entry.faq or 0, [])) for entry in entries],
        "page": shown,
        "outcome": outcome,
        "more": f"outcome={outcome}&" if outcome in ledgers.OUTCOMES else "",
        "counts": counts,
        "asked": jam.contributions.count(),
        "chart": ledgers.chart(counts),
        "adopted": queries.adopted_ideas(jam),
    }
    return render(request, "jam/ledger.html", context)


def export(request: Any, code: str, form: str) -> HttpResponse:
    """The ledger as a file; those who lead also get the text of what was rejected."""
    jam = access.jam_to_join(request, code)
    if form not in exports.FORMATS:
        raise Http404
    content_type, write = exports.FORMATS[form]
    leads = request.user.is_authenticated and request.user.can_lead
    response = HttpResponse(write(jam, ledgers.entries(jam, with_hidden=leads)), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="jam-{jam.code}.{form}"'
    return response


def screen(request: Any, code: str) -> HttpResponse:
    """The big screen: QR, code, the board as it grows, the question on stage."""
    jam = access.jam_to_join(request, code)
    address = absolute(reverse("jam:room", args=[jam.code]))
    context = {
        "jam": jam, "board": queries.board(jam, 12), "live": access.looking_address(jam), "address": address,
        "short_address": address.split("://", 1)[1],
    }  # fmt: skip
    return page(request, "jam/screen.html", context, fragment="jam/_screen.html")


def shown(request: Any, code: str) -> HttpResponse:
    """The picture that is on the stage, for everybody in the room."""
    jam = access.jam_to_join(request, code)
    material = jam.shown_material
    if material is None or not material.media_type.startswith("image/"):
        raise Http404
    return media.response(request, material.file, material.media_type)


def qr(request: Any, code: str) -> HttpResponse:
    """The QR code of the room's address, as SVG with a title."""
    jam = access.jam_to_join(request, code)
    drawn = segno.make(absolute(reverse("jam:room", args=[jam.code])), error="m", micro=False)
    out = io.BytesIO()
    drawn.save(
        out,
        kind="svg",
        xmldecl=False,
        scale=8,
        border=4,
        light="white",
        title=_("Join with code %s") % jam.code,
        omitsize=True,
    )
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")
