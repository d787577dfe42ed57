"""The month in numbers: kept as it goes by, shown with the month before, as a page, a PDF and a mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from askfirst.base import charts, pdf
from askfirst.base import queries as base
from askfirst.base.web import absolute
from askfirst.people import mails
from askfirst.people import queries as people
from askfirst.people.models import MailKind
from askfirst.plan import queries
from askfirst.plan.measures import BY_ID, MEASURES, SECTIONS, Measure, Value
from askfirst.plan.models import Mailed, Reading

TREND = 12
# The mail of a month goes out on its successor's first days, in the morning; later it would be old news.
LAST_MAIL_DAY, FROM_HOUR = 7, 7
AGAIN_AFTER = timedelta(hours=2)


def keep_readings(now: timezone.datetime | None = None) -> int:
    """Note what every measure says now for the current month. Returns how many there are."""
    month = timezone.localdate(now).replace(day=1)
    values = {measure.id: measure.value() for measure in MEASURES}
    with transaction.atomic():
        for name, value in values.items():
            keep_reading(month, name, value.number, is_hidden=value.is_hidden)
    return len(values)


def keep_reading(month: date, measure: str, number: float | None, *, is_hidden: bool = False) -> None:
    """Note what a measure says for a month, over what was noted before."""
    values = {"number": number, "is_hidden": is_hidden}
    Reading.objects.update_or_create(month=month, measure=measure, defaults=values)


def months() -> list[date]:
    """Months of which there are numbers, the newest first."""
    return list(Reading.objects.order_by("-month").values_list("month", flat=True).distinct())


@dataclass(frozen=True)
class Line:
    """A measure in a month, how it has changed since the month before (None: nothing to compare), and its trend."""

    measure: Measure
    number: float | None
    unit: str
    is_hidden: bool
    change: float | None
    trend: charts.BarChart | None

    @property
    def moved(self) -> str:
        """The change with its sign, in words of numbers."""
        return "" if self.change is None else f"{self.change:+g}".replace("-", "−")


def lines(month: date) -> list[tuple[Any, list[Line]]]:
    """The measures of a month by section."""
    found: dict[str, list[Reading]] = {}
    since = _months_before(month, TREND - 1)
    for reading in Reading.objects.filter(month__lte=month, month__gte=since):
        found.setdefault(reading.measure, []).append(reading)
    return [
        (label, [_line(own, month, found.get(own.id, [])) for own in MEASURES if own.section == section])
        for section, label in SECTIONS
    ]


def trend(measure: str, month: date) -> charts.BarChart | None:
    """A measure over the last year as a chart; None before there are two months of it."""
    rows = Reading.objects.filter(measure=measure, month__lte=month, month__gte=_months_before(month, TREND - 1))
    return _chart(BY_ID[measure], list(rows))


def _line(measure: Measure, month: date, readings: Sequence[Reading]) -> Line:
    now = next((own for own in readings if own.month == month), None)
    before = next((own for own in readings if own.month == _months_before(month, 1)), None)
    number = now.number if now else None
    change = number - before.number if before and before.number is not None and number is not None else None
    return Line(
        measure, number, measure.unit, bool(now and now.is_hidden), None if change is None else round(change, 2),
        _chart(measure, readings),
    )  # fmt: skip


def _chart(measure: Measure, readings: Sequence[Reading]) -> charts.BarChart | None:
    rows = [(formats.date_format(own.month, "M Y"), own.number) for own in readings if own.number is not None]
    return charts.trend(str(measure.label), rows) if len(rows) > 1 else None


def _months_before(month: date, number: int) -> date:
    at = month.year * 12 + month.month - 1 - number
    return date(at // 12, at % 12 + 1, 1)


def words(line: Line) -> str:
    """A line's number as people read it."""
    said = _said(line)
    return said if not line.change else f"{said} ({line.moved})"


def _said(value: Value | Line) -> str:
    if value.is_hidden:
        return _("too few to show")
    return "–" if value.number is None else f"{value.number:g}{value.unit}"


def title(month: date) -> str:
    return _("%(month)s at %(name)s") % {
        "month": formats.date_format(month, "F Y"), "name": base.organisation().name
    }  # fmt: skip


def plan_as_pdf() -> bytes:
    """The plan in force on paper: by section what, whose, until when; goals with what their measure says now."""
    name = f"{_('Our plan for social media')}: {base.organisation().name}"
    today = formats.date_format(timezone.localdate(), "DATE_FORMAT")
    body = [pdf.paragraph(name, 20, bold=True), pdf.paragraph(f"{_('as of')} {today}", 9), pdf.space()]
    for _kind, label, rows in queries.plan():
        if not rows:
            continue
        body.append(pdf.paragraph(str(label), 14, bold=True))
        for row in rows:
            entry = getattr(row, "entry", row)
            said = [f"{_('owner')}: {entry.owner}"] if entry.owner else []
            if entry.review_on:
                said.append(f"{_('look at it again on')}: {formats.date_format(entry.review_on, 'DATE_FORMAT')}")
            said += [entry.address] if entry.address else []
            said += [f"{_('who can get it back')}: {entry.recovery}"] if entry.recovery else []
            if entry is not row and row.value:
                target = "–" if entry.target is None else f"{entry.target:g}"
                said.append(f"{_('now')}: {_said(row.value)} · {_('target')}: {target}")
            body.append(pdf.paragraph(entry.title, 11, bold=True))
            body += [pdf.paragraph(words, size) for words, size in ((entry.text, 10.5), (" · ".join(said), 9)) if words]
    return pdf.document(name, body)


def as_pdf(month: date) -> bytes:
    """The report on paper."""
    body = [pdf.paragraph(title(month), 20, bold=True), pdf.space()]
    for label, rows in lines(month):
        body.append(pdf.paragraph(str(label), 14, bold=True))
        cells = [(own.measure.label, words(own), own.measure.how) for own in rows]
        body.append(pdf.table([_("What"), _("How many"), _("How it is counted")], cells, (50, 32, 90), size=9))
    todo = queries.suggestions()
    if todo:
        body.append(pdf.paragraph(_("What to do next"), 14, bold=True))
        body += [pdf.paragraph(f"{own.text}: {own.why}", indent=5, bullet="•") for own in todo]
    body.append(pdf.paragraph(_("Numbers of groups, never of people. Fewer than five are not shown."), 8))
    return pdf.document(title(month), body)


def send_due(now: timezone.datetime | None = None) -> int:
    """Mail the last month's report to administrators and editors, once. Returns how many mails went out."""
    moment = timezone.localtime(now)
    month = _months_before(moment.date().replace(day=1), 1)
    if moment.day > LAST_MAIL_DAY or moment.hour < FROM_HOUR or month not in months() or not _claim(month, moment):
        return 0
    readers = mails.wanting(
        (person for person in people.with_a_role() if person.is_admin or person.is_editor), MailKind.REPORT
    )
    get_connection().send_messages([_mail(person, month) for person in readers])
    Mailed.objects.filter(month=month).update(at=moment)
    return len(readers)


def _claim(month: date, moment: timezone.datetime) -> bool:
    """Whether this process sends it: nobody has yet, or somebody began and was not heard of again."""
    row, is_new = Mailed.objects.get_or_create(month=month, defaults={"claimed_at": moment})
    if is_new:
        return True
    stale = Mailed.objects.filter(pk=row.pk, at=None, claimed_at__lte=moment - AGAIN_AFTER)
    return bool(stale.update(claimed_at=moment))


def _mail(person: Any, month: date) -> EmailMultiAlternatives:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        context = {
            "person": person, "title": title(month), "address": absolute(reverse("plan:report", args=[f"{month:%Y-%m}"])),
            "sections": [(label, [(own.measure.label, words(own)) for own in rows]) for label, rows in lines(month)],
            "suggestions": queries.suggestions(), "stop": mails.address(person, MailKind.REPORT),
        }  # fmt: skip
        mail = EmailMultiAlternatives(
            title(month), render_to_string("plan/report.txt", context), to=[person.email],
            headers=mails.headers(context["stop"]),
        )  # fmt: skip
        mail.attach(f"report-{month:%Y-%m}.pdf", as_pdf(month), pdf.CONTENT_TYPE)
    return mail
