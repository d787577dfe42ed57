"""Pages of the library."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from askfirst.base.web import page
from askfirst.library import access, actions, queries
from askfirst.library.forms import AnswerForm
from askfirst.people import access as people_access


def answers(request: Any) -> HttpResponse:
    """All answers, or those that fit the words in `q`."""
    people_access.signed_in(request)
    words = request.GET.get("q", "").strip()[:200]
    found = queries.find_answers(words) if words else list(queries.answers()[:50])
    context = {"answers": found, "words": words}
    return page(request, "library/answers.html", context, fragment="library/_answers.html")


def answer(request: Any, pk: int) -> HttpResponse:
    """One answer, with where it came from."""
    return render(request, "library/answer.html", {"answer": access.answer_to_read(request, pk)})


def edit_answer(request: Any, pk: int) -> HttpResponse:
    """Change an answer."""
    found = access.answer_to_edit(request, pk)
    form = AnswerForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.keep_answer(found, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The answer was kept."))
        return redirect("library:answer", pk=pk)
    return render(
        request, "library/edit_answer.html", {"answer": found, "form": form}, status=422 if form.errors else 200
    )
