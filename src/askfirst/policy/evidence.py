"""Who knows a version: numbers of groups on the page, records of people in the files for an auditor."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import pdf, tables
from askfirst.base import queries as base
from askfirst.base.web import whole
from askfirst.policy import access, knowing, queries

# ReportLab needs some two milliseconds a row.
MOST_IN_PDF = 5000


def evidence(request: Any, pk: int) -> HttpResponseBase:
    """How far a policy has come: numbers of groups here, records of people in a version's file for an auditor."""
    policy = access.policy_to_edit(request, pk)
    newest = queries.current(policy)
    if newest is None:
        return redirect("policy:publish", pk=pk)
    form = request.GET.get("form", "")
    wanted = whole(request.GET.get("number", "")) or newest.number
    version = policy.versions.filter(number=wanted).first()
    if version is None:
        raise Http404
    if form == "pdf" and knowing.evidence(version).count() > MOST_IN_PDF:
        messages.error(request, _("A PDF holds %d people at most. Take the XLSX or CSV file.") % MOST_IN_PDF)
    elif form in {"csv", "xlsx", "pdf"}:
        return _file(version, form)
    context = {
        "policy": policy,
        "progress": knowing.progress(policy),
        "versions": knowing.versions_with_numbers(policy),
        "breaks": knowing.chain_breaks_lately(),
    }
    return render(request, "policy/evidence.html", context)


HEAD = ("name", "e-mail", "team", "asked", "known", "language", "right", "questions", "disputed", "fingerprint", "seal")


def _file(version: Any, form: str) -> HttpResponseBase:
    name = f"policy-{version.policy_id}-version-{version.number}"
    if form in tables.FORMATS:
        return tables.response(chain([HEAD], _rows(version)), form, name=name, sheet="evidence")
    response = HttpResponse(_pdf(version, HEAD, list(_rows(version))), content_type=pdf.CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _rows(version: Any) -> Iterator[list[Any]]:
    for asked, record in knowing.evidence_with_records(version):
        person = asked.person
        known = [""] * 7
        if record:
            known = [
                record.at.isoformat(), record.language, record.right, record.questions, "yes" if record.is_disputed else "no",
                record.digest, record.seal,
            ]  # fmt: skip
        yield [person.name, person.email, str(person.team or ""), asked.at.isoformat(timespec="seconds"), *known]


def _pdf(version: Any, head: Sequence[str], rows: list[list[Any]]) -> bytes:
    """What an auditor reads on paper: the text's fingerprint, whether the chain is whole, and each record without its seals."""
    title = _("Who knows “%(title)s”, version %(number)d") % {"title": version.policy.title, "number": version.number}
    breaks = knowing.chain_breaks()
    chain = _("The chain of records is whole.") if not breaks else _("The chain of records is BROKEN: %s") % breaks[0]
    known = sum(bool(row[4]) for row in rows)
    counts = _("%(asked)d were asked, %(known)d know it.") % {"asked": len(rows), "known": known}
    lines = [
        pdf.paragraph(base.organisation().name, 11), pdf.paragraph(title, 17, bold=True),
        pdf.paragraph(_("Made on %s") % timezone.localtime().strftime("%Y-%m-%d %H:%M %Z"), 8),
        pdf.paragraph(_("Fingerprint of the text: %s") % version.digest, 7), pdf.paragraph(chain, 9), pdf.paragraph(counts, 9),
        pdf.table(head[:9], [row[:9] for row in rows], (38, 52, 32, 36, 46, 16, 12, 16, 14)),
    ]  # fmt: skip
    return pdf.document(title, lines, is_wide=True)
