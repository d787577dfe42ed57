"""Named reads over ledgers: every contribution of a jam with its one outcome."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from askfirst.base import charts
from askfirst.base.lately import lately
from askfirst.base.web import kept_path
from askfirst.jam.models import Contribution, Group, Jam, State

LIMIT = 200


@dataclass(frozen=True)
class Entered:
    """One line of the ledger: a contribution and its one outcome; `faq` is the number of the answer that the library keeps."""

    number: int
    kind: str
    text: str
    outcome: str
    outcome_label: str
    detail: str
    into: int | None
    votes: int
    who: str
    due_on: Any
    asked_by: str
    faq: int | None = None


def page(jam: Jam, number: str | int, outcome: str = "") -> tuple[list[Entered], Page[Contribution]]:
    """One page of the ledger, of all contributions or of those with one outcome; and where it lies among all."""
    rows = _rows(jam)
    if outcome in OUTCOMES:
        rows = _with_outcome(rows).filter(outcome=outcome)
    shown = Paginator(rows, LIMIT).get_page(number)
    labels = outcome_labels()
    return [_entered(row, labels, with_hidden=False) for row in shown.object_list], shown


def counts(jam: Jam) -> list[tuple[str, str, int]]:
    """(outcome, label, number) for every outcome that occurs, counted by the database."""
    return _labelled(_counts(Contribution.objects.filter(jam=jam)))


def _counts(rows: QuerySet[Contribution]) -> dict[str, int]:
    return dict(_with_outcome(rows).order_by().values_list("outcome").annotate(Count("pk")))


def _labelled(counted: dict[str, int]) -> list[tuple[str, str, int]]:
    labels = outcome_labels()
    return [(outcome, labels[outcome], counted[outcome]) for outcome in OUTCOMES if outcome in counted]


def _with_outcome(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """The same rule as `outcome_of`, for the database."""
    return rows.annotate(
        outcome=Case(
            When(state=State.WITHDRAWN, then=Value("withdrawn")),
            When(state=State.REJECTED, then=Value("rejected")),
            When(state=State.PENDING, then=Value("waiting")),
            When(group__lead=F("pk"), then=F("group__outcome")),
            default=Value("merged"),
        )
    )


def chart(counted: Iterable[tuple[str, str, int]]) -> charts.BarChart:
    """What became of everything that was asked, as a chart of `counts`."""
    rows = [(label, number) for _outcome, label, number in counted]
    return charts.bars(_("What became of everything that was asked"), rows)


def chart_of_all() -> charts.BarChart:
    """What became of everything that was asked, over all jams; among very many, at most a minute old."""
    counted = lately("jam.outcomes", lambda: _counts(Contribution.objects.all()), lambda found: sum(found.values()))
    return chart(_labelled(counted))


OUTCOMES = ("answered", "merged", "parked", "withdrawn", "rejected", "open", "waiting")


def outcome_labels() -> dict[str, str]:
    return {
        "answered": _("answered"),
        "merged": _("merged"),
        "parked": _("parked"),
        "withdrawn": _("withdrawn"),
        "rejected": _("rejected"),
        "open": _("open"),
        "waiting": _("waits for approval"),
    }


def outcome_of(state: str, is_lead: bool, group_outcome: str) -> str:
    """The one outcome of a contribution: its own state first, then its group's."""
    if state == State.WITHDRAWN:
        return "withdrawn"
    if state == State.REJECTED:
        return "rejected"
    if state == State.PENDING:
        return "waiting"
    return group_outcome if is_lead else "merged"


def entries(jam: Jam, *, with_hidden: bool = False) -> list[Entered]:
    """Every contribution with its one outcome, in the order asked.

    Args:
        with_hidden: also the text of what was rejected or still waits; for those who lead the jam.
    """
    labels = outcome_labels()
    return [_entered(row, labels, with_hidden) for row in _rows(jam)]


def address(jam: Jam) -> str:
    """The ledger's address as it is stored (base.web.kept_path), to which a contribution's number is added."""
    return f"{kept_path(reverse('jam:ledger', args=[jam.code]))}?at="


def _rows(jam: Jam) -> QuerySet[Contribution]:
    return Contribution.objects.filter(jam=jam).defer("vector").select_related("group__lead", "group__owner", "author")


def _entered(row: Contribution, labels: dict[str, str], with_hidden: bool) -> Entered:
    group = row.group
    is_lead = group is not None and group.lead_id == row.pk
    outcome = outcome_of(row.state, is_lead, group.outcome if group else "")
    is_shown = row.state == State.SHOWN or (with_hidden and row.state != State.WITHDRAWN)
    lead = group.lead if group and outcome == "merged" else None
    details = {
        "answered": _answer_line(group),
        "parked": group.reason if group else "",
        "rejected": row.reason,
    }
    return Entered(
        number=row.number,
        kind=row.kind,
        text=row.text if is_shown else "",
        outcome=outcome,
        outcome_label=labels[outcome],
        detail=details.get(outcome, ""),
        into=lead.number if lead else None,
        votes=group.votes if group and is_lead and row.state == State.SHOWN else 0,
        who=str(group.owner) if group and is_lead and group.owner else "",
        due_on=group.due_on if group and is_lead else None,
        asked_by="" if row.is_anonymous else (str(row.author) if row.author else row.author_name),
        faq=group.faq_id if group and outcome == "answered" else None,
    )


def _answer_line(group: Group | None) -> str:
    if group is None:
        return ""
    decided = f"{group.get_decision_display()}: " if group.decision else ""
    return f"{decided}{group.answer or (_('answered aloud') if group.is_aloud else group.reason)}"


def sums(entries: Iterable[Entered]) -> list[tuple[str, str, int]]:
    """(outcome, label, number) for every outcome that occurs; the numbers add up to what was asked."""
    counted = Counter(entry.outcome for entry in entries)
    labels = outcome_labels()
    return [(outcome, labels[outcome], counted[outcome]) for outcome in OUTCOMES if counted[outcome]]
