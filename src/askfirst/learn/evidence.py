"""Pages of studies: for administrators what is measured and what came of it, for everybody the posts to decide about."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from askfirst.learn import access, measuring, studies
from askfirst.learn.errors import LearnError
from askfirst.learn.forms import StudyForm
from askfirst.people import access as people_access


def all_studies(request: Any) -> HttpResponse:
    """All studies, and one more."""
    admin = access.admin(request)
    form = StudyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            study = measuring.begin_study(by=admin, **form.cleaned_data)
            return redirect("learn:study", pk=study.pk)
        except LearnError as error:
            form.add_error(None, str(error.message))
    context = {"form": form, "studies": studies.studies()}
    return render(request, "learn/studies.html", context, status=422 if form.errors else 200)


def study(request: Any, pk: int) -> HttpResponse:
    """What came of a study; end it."""
    found = access.study_to_read(request, pk)
    if request.method == "POST":
        measuring.end_study(found, by=request.user)
        return redirect("learn:study", pk=pk)
    return render(request, "learn/study.html", {"report": studies.report(found)})


def check(request: Any) -> HttpResponse:
    """Eight posts: would you?"""
    person = people_access.signed_in(request)
    asked = studies.check_for(person)
    if asked is None:
        return render(request, "learn/check.html", {})
    language = get_language() or "en"
    rows = list(enumerate(studies.posts(asked.form, language)))
    given = {number: request.POST.get(f"p{number}", "") for number, _post in rows}
    context = {"asked": asked, "posts": [(number, post, given[number]) for number, post in rows]}
    if request.method == "POST":
        decided = {number: value == "yes" for number, value in given.items() if value in {"yes", "no"}}
        try:
            measuring.record_check(asked, person=person, decided=decided, language=language)
            return render(request, "learn/check.html", {"is_done": True})
        except LearnError as error:
            context["problem"] = str(error.message)
    return render(request, "learn/check.html", context, status=422 if "problem" in context else 200)
