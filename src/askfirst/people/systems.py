"""Pages for other systems that are told of events: set one up, see what was sent, send again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from askfirst.base import actions, outbox, queries
from askfirst.base.later import later
from askfirst.base.web import once_more
from askfirst.people import access
from askfirst.people.forms import HeardForm, WebhookForm

provisioning = later("askfirst.people.provisioning")


@csrf_exempt
def provision(request: Any, path: str = "") -> HttpResponse:
    """SCIM: a directory keeps the roster."""
    answer: HttpResponse = provisioning.serve(request, path)
    return answer


def systems(request: Any) -> HttpResponse:
    """All of them, and one more; a new secret is shown once."""
    admin = access.admin(request)
    form = WebhookForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        hook, context["raw"] = actions.add_webhook(by=admin, **form.cleaned_data)
        if not context["raw"]:
            return redirect("people:system", pk=hook.pk)
        context["form"] = WebhookForm()
    context["systems"] = queries.webhooks()
    response = render(request, "people/systems.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def system(request: Any, pk: int) -> HttpResponse:
    """What one system is told of and what was sent to it; switch it off or on, remove it."""
    hook = access.webhook_to_change(request, pk)
    form = HeardForm(
        request.POST if "name" in request.POST else None,
        shape=hook.shape,
        initial={"name": hook.name, "events": hook.events},
    )
    if "remove" in request.POST:
        text = _("It is told of nothing more, and what was sent to it is forgotten.")
        if asked := once_more(request, _("Remove “%s”?") % hook.name, text, button="remove", words=_("Remove")):
            return asked
        actions.remove_webhook(hook, by=request.user)
        return redirect("people:systems")
    if "on" in request.POST or "off" in request.POST:
        actions.switch_webhook(hook, by=request.user, is_on="on" in request.POST)
        return redirect("people:system", pk=pk)
    if form.is_valid():
        actions.change_webhook(hook, by=request.user, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("people:system", pk=pk)
    context = {"system": hook, "deliveries": queries.deliveries(hook), "form": form}
    return render(request, "people/system.html", context, status=422 if form.errors else 200)


@require_POST
def again(request: Any, pk: int) -> HttpResponse:
    """Send one delivery again."""
    delivery = access.delivery_to_repeat(request, pk)
    outbox.send_again(delivery)
    messages.success(request, _("It is sent again."))
    return redirect("people:system", pk=delivery.webhook_id)
