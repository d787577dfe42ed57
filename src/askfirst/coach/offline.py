"""The coach without a connection: a page, its rules as data, and the worker that keeps both on the phone. Nothing about anybody."""

import json
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control

from askfirst import __version__
from askfirst.base.templatetags.house import asset
from askfirst.engines.draftcheck import offline


def page(request: Any) -> HttpResponse:
    """Looks at a text with the rules that were kept; nothing is sent."""
    return render(request, "coach/offline.html")


@cache_control(max_age=3600)
def rules(request: Any) -> JsonResponse:
    """The rules, their messages in the reader's language."""
    said = [{**rule.for_browser(), "message": gettext(rule.message)} for rule in offline.RULES]
    return JsonResponse({"rules": said})


@cache_control(max_age=0, must_revalidate=True)
def worker(request: Any) -> HttpResponse:
    """The service worker; below /coach/, and for nothing else."""
    kept = [reverse("coach:offline"), reverse("coach:rules"), reverse("base:brand")]
    kept += [
        asset(name)
        for name in (
            "base/house.css",
            "base/house.js",
            "base/forms.js",
            "base/icons.svg",
            "coach/coach.css",
            "coach/offline.js",
        )
    ]
    context = {
        "version": json.dumps(f"coach-{__version__}"), "kept": json.dumps(kept), "offline": json.dumps(reverse("coach:offline")),
        "coach": json.dumps(reverse("coach:coach")), "share": json.dumps(reverse("coach:share")),
    }  # fmt: skip
    return HttpResponse(render_to_string("coach/worker.js", context), content_type="text/javascript; charset=utf-8")
