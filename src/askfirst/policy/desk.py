"""Pages of those who write policies: the desk, the editor, coverage, the check, questions, publishing, evidence."""

from typing import Any

from django.conf import settings as django_settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from askfirst.base import lists, markdown
from askfirst.base.forms import fitting, taken
from askfirst.base.web import once_more
from askfirst.engines import clauses as engine
from askfirst.library import queries as library
from askfirst.policy import access, actions, clauses, closeness, ending, knowing, languages, queries, writing
from askfirst.policy import forms as policy_forms
from askfirst.policy import references as shelf
from askfirst.policy.errors import KeptMeanwhile, NotAsSeen, PolicyError
from askfirst.policy.models import Audience

# Of gaps and disputes, which are shown beside the policies.
DRAFTS_BESIDE = 10
SHOWN = 20


def desk(request: Any) -> HttpResponse:
    """All policies, what is missing, what waits."""
    access.editor(request)
    rows = [(policy, queries.current(policy)) for policy in queries.policies()]
    gaps, more_gaps = lists.first(queries.open_gaps(), SHOWN)
    disputes, more_disputes = lists.first(queries.open_disputes(), SHOWN)
    context = {
        "rows": rows,
        "references": queries.references().count(),
        "gaps": gaps,
        "more_gaps": more_gaps,
        "disputes": disputes,
        "more_disputes": more_disputes,
    }
    return render(request, "policy/desk.html", context)


def new(request: Any) -> HttpResponse:
    """Begin a policy, empty or from a file."""
    person = access.editor(request)
    form = policy_forms.PolicyForm(
        request.POST or None, request.FILES or None, initial={"countries": ["us", "uk", "eu"]}
    )
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        policy = actions.create_policy(by=person, draft=data.pop("file"), **data)
        return redirect("policy:edit", pk=policy.pk)
    return render(request, "policy/settings.html", {"form": form}, status=422 if form.errors else 200)


def settings(request: Any, pk: int) -> HttpResponse:
    """What a policy is for; a file may replace the draft (the one before is kept)."""
    policy = access.policy_to_edit(request, pk)
    form = policy_forms.PolicyForm(request.POST or None, request.FILES or None, instance=policy)
    if request.method == "POST" and form.is_valid():
        data = dict(form.cleaned_data)
        text = data.pop("file")
        actions.change_policy(policy, by=request.user, **data)
        if text:
            try:
                actions.keep_draft(policy, text=text, made_from=policy.revision, by=request.user)
            except KeptMeanwhile as error:
                messages.error(request, str(error.message))
        return redirect("policy:edit", pk=pk)
    return render(request, "policy/settings.html", {"form": form, "policy": policy}, status=422 if form.errors else 200)


def end(request: Any, pk: int) -> HttpResponse:
    """Take a policy out of force, bring it back, or throw a draft away that was never published."""
    policy = access.policy_to_edit(request, pk)
    version = queries.current(policy)
    act = "throw" if version is None else "back" if policy.ended_at else "end"
    if request.method == "POST" and request.POST.get("act") == act:
        {"throw": ending.throw_away, "back": ending.bring_back, "end": ending.end_policy}[act](policy, by=request.user)
        return redirect("policy:desk")
    # Somebody else was first: the page asks anew, for what can be done now.
    status = 409 if request.method == "POST" else 200
    context = {"policy": policy, "version": version, "act": act, "is_overtaken": status == 409}
    return render(request, "policy/end.html", context, status=status)


def edit(request: Any, pk: int) -> HttpResponse:
    """The editor. Without a script: one form; with it: kept while one writes."""
    policy = access.policy_to_edit(request, pk)
    problem, mine = "", ""
    if request.method == "POST":
        form = policy_forms.DraftForm(request.POST)
        if not form.is_valid():
            problem, mine = _("The text is longer than 1,000,000 characters."), request.POST.get("text", "")
        else:
            try:
                actions.keep_draft(
                    policy, text=form.cleaned_data["text"], made_from=form.cleaned_data["revision"], by=request.user
                )
                messages.success(request, _("The draft was kept."))
                return redirect("policy:edit", pk=pk)
            except KeptMeanwhile as error:
                problem, mine = str(error.message), form.cleaned_data["text"]
    policy.refresh_from_db()
    drafted = queries.drafted(policy)
    context = {
        "policy": policy, "clauses": drafted, "problem": problem, "mine": mine,
        "difference": clauses.words_changed(policy.draft, mine) if mine else [],
        "audiences": Audience.choices, "materials": library.shelf(), "stray": queries.stray(policy, drafted),
        "saved": policy.saved.all()[:DRAFTS_BESIDE], "missing": engine.missing(policy.draft, policy.countries or engine.COUNTRIES),
    }  # fmt: skip
    return render(request, "policy/edit.html", context, status=409 if problem else 200)


def drafts(request: Any, pk: int) -> HttpResponse:
    """Every draft that was ever kept, newest first."""
    policy = access.policy_to_edit(request, pk)
    page = Paginator(policy.saved.all(), SHOWN).get_page(request.GET.get("page"))
    return render(request, "policy/drafts.html", {"policy": policy, "page": page})


@require_POST
def keep(request: Any, pk: int) -> HttpResponse:
    """Keep the draft while somebody writes: 200 with the new revision, 409 when somebody else was first."""
    policy = access.policy_to_edit(request, pk)
    form = policy_forms.DraftForm(request.POST)
    if not form.is_valid():
        return JsonResponse({"error": _("The text is longer than 1,000,000 characters.")}, status=422)
    try:
        revision = actions.keep_draft(
            policy, text=form.cleaned_data["text"], made_from=form.cleaned_data["revision"], by=request.user
        )
    except KeptMeanwhile as error:
        return JsonResponse({"error": str(error.message)}, status=409)
    return JsonResponse({"revision": revision})


@require_POST
def preview(request: Any, pk: int) -> HttpResponse:
    """The draft as it will be read."""
    access.policy_to_edit(request, pk)
    return HttpResponse(markdown.render(request.POST.get("text", "")))


@require_POST
def comment(request: Any, pk: int) -> HttpResponse:
    policy = access.policy_to_approve(request, pk)
    actions.comment(policy, by=request.user, **taken(policy_forms.CommentForm(request.POST)))
    return redirect(request.POST.get("back") == "review" and "policy:review" or "policy:edit", pk=pk)


@require_POST
def settle_comment(request: Any, pk: int) -> HttpResponse:
    found = access.comment_to_settle(request, pk)
    actions.settle_comment(found)
    return redirect("policy:edit", pk=found.policy_id)


@require_POST
def beside(request: Any, pk: int) -> HttpResponse:
    """Put a material of the library beside a clause, or take it away."""
    policy = access.policy_to_edit(request, pk)
    act = actions.take_from_beside if "away" in request.POST else actions.put_beside
    act(policy, by=request.user, **taken(policy_forms.BesideForm(request.POST)))
    return redirect("policy:edit", pk=pk)


@require_POST
def audience(request: Any, pk: int) -> HttpResponse:
    policy = access.policy_to_edit(request, pk)
    actions.set_audience(policy, by=request.user, **taken(policy_forms.AudienceForm(request.POST)))
    return redirect("policy:edit", pk=pk)


def coverage(request: Any, pk: int) -> HttpResponse:
    """The coverage list beside the draft: why, what others do, what people asked, a blank for one's own words."""
    policy = access.policy_to_edit(request, pk)
    if request.method == "POST":
        room = policy_forms.MOST_TEXT - len(policy.draft) - 200
        text, title = fitting(request.POST.get("text", ""), room), fitting(request.POST.get("title", ""), 160)
        if text:
            joined = f"{policy.draft.rstrip()}\n\n## {title}\n\n{text}\n".lstrip()
            try:
                actions.keep_draft(policy, text=joined, made_from=policy.revision, by=request.user)
                messages.success(request, _("Added to the draft."))
            except KeptMeanwhile as error:
                messages.error(request, str(error.message))
        return redirect("policy:coverage", pk=pk)
    rows = queries.coverage(policy)
    context = {"policy": policy, "rows": rows, "covered": sum(row.is_covered for row in rows), "as_of": engine.AS_OF}
    return render(request, "policy/coverage.html", context)


def check(request: Any, pk: int) -> HttpResponse:
    """Whose words are these, where does the draft forbid too much, and how hard is it to read?"""
    policy = access.policy_to_edit(request, pk)
    if request.method == "POST":
        data = taken(policy_forms.DecisionForm(request.POST))
        actions.decide_passage(
            policy, passage_digest=data["passage"], verdict=data["verdict"], reason=data["reason"], by=request.user
        )
        return redirect("policy:check", pk=pk)
    passages = closeness.close_passages(policy)
    total = max(1, len(policy.draft))
    shares = {
        "look": round(100 * sum(len(p.ours) for p in passages if not p.is_fine) / total),
        "quoted": round(100 * sum(len(p.ours) for p in passages if p.verdict == "quoted") / total),
        "licensed": round(100 * sum(len(p.ours) for p in passages if p.verdict in {"licensed", "free"}) / total),
    }
    context = {
        "policy": policy, "passages": passages, "hints": closeness.hints(policy, passages), "shares": shares,
        "own": max(0, 100 - sum(shares.values())), "lint": queries.lint(policy),
        "readability": engine.readability(policy.draft), "references": queries.references().exclude(text="").count(), "as_of": engine.AS_OF,
    }  # fmt: skip
    return render(request, "policy/check.html", context)


def questions(request: Any, pk: int, question: int | None = None) -> HttpResponse:
    """The comprehension questions."""
    policy = access.policy_to_edit(request, pk)
    found = access.question_to_edit(request, question) if question else None
    if found and found.policy_id != policy.pk:
        raise Http404
    if "drop" in request.POST and found:
        if asked := once_more(request, _("Take the question “%s” out?") % found.text):
            return asked
        actions.drop_question(found, by=request.user)
        return redirect("policy:questions", pk=pk)
    form = policy_forms.QuestionForm(request.POST or None, question=found)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        actions.keep_question(
            policy,
            by=request.user,
            question=found,
            text=data["text"],
            clause_key=data["clause_key"],
            options=data["options"],
        )
        return redirect("policy:questions", pk=pk)
    context = {
        "policy": policy,
        "questions": policy.questions.all(),
        "form": form,
        "question": found,
        "clauses": queries.draft_clauses(policy),
    }
    return render(request, "policy/questions.html", context, status=422 if form.errors else 200)


def review(request: Any, pk: int) -> HttpResponse:
    """For those who approve: the draft, what changed, the comments, and the button."""
    policy = access.policy_to_approve(request, pk)
    if request.method == "POST":
        try:
            actions.approve(policy, by=request.user, seen=request.POST.get("seen", ""))
            messages.success(request, _("Approved, exactly as it stands now."))
        except PolicyError as error:
            messages.error(request, str(error.message))
        return redirect("policy:review", pk=pk)
    context = {
        "policy": policy, "clauses": queries.draft_clauses(policy), "comments": policy.comments.filter(is_done=False),
        "changes": queries.draft_changes(policy), "questions": policy.questions.all(), "bound": knowing.bound_by(policy).count(),
        "seen": queries.fingerprint(policy), "has_approved": queries.has_approved(policy, request.user),
    }  # fmt: skip
    return render(request, "policy/review.html", context)


def publish(request: Any, pk: int) -> HttpResponse:
    """Last look: summary, what changed in wording and in substance, whom it asks."""
    policy = access.policy_to_edit(request, pk)
    gaps = list(queries.open_gaps())
    summary = policy_forms.SummaryForm(request.POST or None, initial={"summary": policy.summary})
    form = policy_forms.PublishForm(request.POST or None, gaps=gaps)
    problem = theirs = ""
    if request.method == "POST" and summary.is_valid() and form.is_valid():
        before = policy.summary
        try:
            seen = actions.keep_summary(
                policy, summary=summary.cleaned_data["summary"], by=request.user, seen=request.POST.get("seen", "")
            )
            if "publish" not in request.POST:
                return redirect("policy:publish", pk=pk)
            kinds = {
                name.removeprefix("kind-"): value for name, value in request.POST.items() if name.startswith("kind-")
            }
            version = actions.publish(
                policy,
                by=request.user,
                kinds=kinds,
                effective_on=form.cleaned_data["effective_on"],
                gaps=[gap for gap in gaps if str(gap.pk) in form.cleaned_data["gaps"]],
                seen=seen,
            )
            said = (
                _("Version %(number)d is in force. People asked to read it: %(asked)d.")
                if version.asked_at
                else _("Version %(number)d is in force. So many people are asked within the next minutes.")
            )
            messages.success(request, said % {"number": version.number, "asked": version.asked.count()})
            return redirect("policy:evidence", pk=pk)
        except NotAsSeen as error:
            problem, theirs = error.message, before if before != summary.cleaned_data["summary"] else ""
        except PolicyError as error:
            problem = error.message
    policy.refresh_from_db()
    context = {
        "policy": policy, "before": queries.current(policy), "form": form, "summary": summary, "problem": problem, "theirs": theirs,
        "bound": knowing.bound_by(policy).count(), "changes": queries.draft_changes(policy), "seen": queries.fingerprint(policy),
        "passages": [p for p in closeness.close_passages(policy) if not p.is_fine], "lint": queries.lint(policy),
    }  # fmt: skip
    return render(
        request,
        "policy/publish.html",
        context,
        status=409 if problem else 422 if form.errors or summary.errors else 200,
    )


def say_in(request: Any, pk: int, language: str) -> HttpResponse:
    """Say the version in force in another language."""
    policy = access.policy_to_edit(request, pk)
    version = queries.current(policy)
    if version is None or language not in dict(django_settings.LANGUAGES) or language == version.language:
        raise Http404
    kept = languages.to_translate(version, language)
    form = policy_forms.VersionTextForm(request.POST or None, initial=kept)
    form.watch_words(kept)
    if request.method == "POST" and form.is_valid():
        try:
            languages.say_in(version, language, by=request.user, **form.cleaned_data)
            messages.success(request, _("Kept. Whoever reads in this language sees it from now on."))
            return redirect("policy:versions", pk=pk)
        except PolicyError as error:
            form.add_error(None, str(error.message))
    context = {"policy": policy, "version": version, "form": form, "name": dict(django_settings.LANGUAGES)[language]}
    return render(request, "policy/say_in.html", context, status=422 if form.errors else 200)


def versions(request: Any, pk: int) -> HttpResponse:
    """All versions, and the differences between two in words."""
    policy = access.policy_to_edit(request, pk)
    found = list(policy.versions.all())
    chosen = next(
        (version for version in found if str(version.number) == request.GET.get("number", "")),
        found[0] if found else None,
    )
    changes = [
        (change, clauses.words_changed(change["before"], change["after"]))
        for change in (chosen.changes if chosen else [])
    ]
    said = languages.languages(found[0]) if found else []
    others = [
        (code, name, code in said) for code, name in django_settings.LANGUAGES if found and code != found[0].language
    ]
    context = {"policy": policy, "versions": found, "chosen": chosen, "changes": changes, "languages": others}
    return render(request, "policy/versions.html", context)


def export(request: Any, pk: int, form: str) -> HttpResponse:
    """The draft as a file."""
    policy = access.policy_to_edit(request, pk)
    if form not in writing.FORMATS:
        raise Http404
    response = HttpResponse(writing.write(form, policy.title, policy.draft), content_type=writing.FORMATS[form][0])
    response["Content-Disposition"] = f'attachment; filename="policy-{pk}.{form}"'
    return response


def add_reference(request: Any, pk: int | None = None) -> HttpResponse:
    """Put a policy of others on the shelf, or change what is known about it."""
    person = access.editor(request)
    found = access.reference_to_edit(request, pk) if pk else None
    if "drop" in request.POST and found:
        if asked := once_more(request, _("Take “%s” off the shelf?") % found.title):
            return asked
        shelf.drop_reference(found, by=person)
        return redirect("policy:references")
    form = policy_forms.ReferenceForm(request.POST or None, request.FILES or None, instance=found)
    if request.method == "POST" and form.is_valid():
        data = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        kept = shelf.keep_reference(found, by=person, **data)
        messages.success(request, _("It is on the shelf."))
        return redirect("policy:reference", pk=kept.pk)
    return render(
        request, "policy/edit_reference.html", {"form": form, "reference": found}, status=422 if form.errors else 200
    )


@require_POST
def answer_dispute(request: Any, pk: int) -> HttpResponse:
    found = access.dispute_to_answer(request, pk)
    actions.answer_dispute(found, by=request.user, **taken(policy_forms.DisputeForm(request.POST)))
    return redirect("policy:desk")
