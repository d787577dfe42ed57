"""Pages for everybody: which policies there are, reading one, knowing it, the certificate."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from askfirst.base import pdf
from askfirst.base import queries as base
from askfirst.base.web import whole
from askfirst.people import access as people_access
from askfirst.policy import access, actions, clauses, knowing, languages, queries
from askfirst.policy.errors import AlreadyKnown, PolicyError
from askfirst.policy.forms import KnownForm


def policies(request: Any) -> HttpResponse:
    """All policies in force, with what the one who asks still has to read."""
    person = people_access.signed_in(request)
    actions.ask_if_new(person)
    waiting = {asked.version.policy_id for asked in knowing.waiting_for(person)}
    rows = [(version, version.policy_id in waiting) for version in queries.current_versions()]
    return render(request, "policy/policies.html", {"rows": rows})


def read(request: Any, pk: int) -> HttpResponse:
    """One policy, clause by clause; each clause has an address of its own."""
    version = access.version_to_read(request, pk)
    is_waiting = knowing.unread().filter(person=request.user, version__policy=pk).exists()
    context = {
        "version": version, "policy": version.policy, "record": knowing.newest_record(request.user, version.policy),
        "is_waiting": is_waiting, "languages": languages.languages(version),
    }  # fmt: skip
    text, beside = _text(request, version), queries.materials_beside(version.policy, as_read=True)
    rows = [(clause, beside.get(clause["key"], [])) for clause in text.clauses]
    return render(request, "policy/read.html", {**context, "text": text, "rows": rows})


def _text(request: Any, version: Any) -> languages.Shown:
    """The version in the language asked for in the address or the form, else in the reader's own."""
    asked = request.POST.get("language") or request.GET.get("language") or get_language() or ""
    return languages.shown(version, asked[:8])


def know(request: Any, pk: int) -> HttpResponse:
    """Half a minute of summary, the policy or what changed, the questions with feedback, and: known."""
    version = access.version_to_read(request, pk)
    if knowing.knows(request.user, version):
        return redirect("policy:certificate", pk=pk)
    if version.policy.ended_at:
        return redirect("policy:read", pk=pk)
    text = _text(request, version)
    questions = list(version.policy.questions.all())
    form = KnownForm(request.POST or None)
    answers = _answers(request.POST, questions)
    step = request.POST.get("step", "read")
    problem = ""
    seen = queries.digest(repr((version.pk, text.digest, [(own.pk, text.worded(own)) for own in questions])))
    if request.method == "POST":
        if request.POST.get("seen", "") != seen:
            # What is recorded is what was read.
            problem, step = (
                _("This has been published anew while you read. Please look once more at what changed."),
                "read",
            )
            answers = {}
        elif len(answers) < len(questions):
            problem, step = _("Answer every question first; there is no pass mark."), "read"
        elif step == "known" and form.is_valid():
            try:
                actions.acknowledge(
                    version,
                    person=request.user,
                    language=text.language,
                    digest=text.digest,
                    answers=answers,
                    dispute=form.cleaned_data["dispute"],
                )
                messages.success(request, _("Recorded: you know this policy. Thank you."))
                return redirect("policy:certificate", pk=pk)
            except AlreadyKnown:
                return redirect("policy:certificate", pk=pk)
            except PolicyError as error:
                problem = error.message
    worded = [(question, *text.worded(question)) for question in questions]
    asked = [
        (question, words, list(enumerate(options)), answers.get(question.pk)) for question, words, options in worded
    ]
    changes = [
        (change, clauses.words_changed(change["before"], change["after"]))
        for change in languages.changes(version, request.user, text)
    ]
    context = {
        "version": version, "policy": version.policy, "questions": asked, "step": step, "problem": problem, "form": form, "changes": changes,
        "text": text, "languages": languages.languages(version), "seen": seen,
    }  # fmt: skip
    return render(request, "policy/know.html", context, status=422 if problem or form.errors else 200)


def _answers(post: Any, questions: list[Any]) -> dict[int, int]:
    found = {question.pk: whole(post.get(f"q{question.pk}", "")) for question in questions}
    return {pk: value for pk, value in found.items() if value is not None}


def certificate(request: Any, pk: int) -> HttpResponse:
    """What was recorded about the one who asks, for the newest version that they know."""
    policy = access.version_to_read(request, pk).policy
    record = knowing.newest_record(request.user, policy)
    if record is None:
        return redirect("policy:know", pk=pk)
    version = record.version
    if request.GET.get("form") == "pdf":
        facts = {
            "title": policy.title,
            "number": version.number,
            "at": timezone.localtime(record.at).strftime("%Y-%m-%d %H:%M"),
            "right": record.right,
            "all": record.questions,
        }
        lines = [
            pdf.paragraph(base.organisation().name, 12),
            pdf.paragraph(_("Certificate of knowledge"), 22, bold=True),
            pdf.paragraph(str(request.user), 16, bold=True),
            pdf.paragraph(_("knows “%(title)s”, version %(number)d.") % facts),
            pdf.paragraph(_("Recorded on %(at)s. Questions answered rightly: %(right)d of %(all)d.") % facts),
            pdf.paragraph(_("Fingerprint of the text: %s") % version.digest, 7),
            pdf.paragraph(_("Seal of the record: %s") % record.seal, 7),
        ]
        return pdf.response(policy.title, lines, name=f"policy-{pk}-{version.number}")
    disputes = queries.disputes_of(request.user).filter(version__policy=policy)
    context = {"version": version, "policy": policy, "record": record, "disputes": disputes}
    return render(request, "policy/certificate.html", context)


def references(request: Any) -> HttpResponse:
    """The reference shelf."""
    people_access.signed_in(request)
    return render(request, "policy/references.html", {"references": queries.references()})


def reference(request: Any, pk: int) -> HttpResponse:
    """One reference: its text where the licence allows that, else where it is."""
    found = access.reference_to_read(request, pk)
    return render(
        request, "policy/reference.html", {"reference": found, "may_show": found.terms.may_copy or found.is_ours}
    )
