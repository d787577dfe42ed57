"""What facilitators did, as acts: each notes the rows it changes, so that it shows in everybody's list and can be undone."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from askfirst.base import live, log
from askfirst.jam import actions, grouping
from askfirst.jam.errors import ChangedSince, Gone
from askfirst.jam.models import Act, Contribution, Group, Jam, State, Vote
from askfirst.library import actions as library
from askfirst.library.models import Answer
from askfirst.people.models import Person

# What an act may change and an undo brings back. Counts and leads follow from these.
KEPT: dict[type[models.Model], tuple[str, ...]] = {
    Group: (
        "title", "is_pinned", "is_by_hand", "merged_into_id", "outcome", "answer", "is_aloud", "answered_at", "decision",
        "reason", "owner_id", "due_on", "faq_id",
    ),
    Contribution: ("group_id", "state", "reason"),
    Jam: ("on_stage_id", "shown_material_id", "closed_at", "is_door_locked"),
}  # fmt: skip
TABLES = {model.__name__.lower(): model for model in KEPT}


class Recording:
    """Rows as they were before an act."""

    def __init__(self, revision: int) -> None:
        self.revision = revision
        self.subject = ""
        self._rows: dict[tuple[str, int], models.Model] = {}
        self.before: dict[str, dict[str, dict[str, Any]]] = {}

    def watch(self, *rows: models.Model, **pretended: Any) -> None:
        """Note rows that are about to change; `pretended` replaces what a row that was just made had before."""
        for row in rows:
            table = type(row).__name__.lower()
            self._rows.setdefault((table, row.pk), row)
            self.before.setdefault(table, {}).setdefault(str(row.pk), {**_fields(row), **pretended})

    def after(self) -> dict[str, dict[str, dict[str, Any]]]:
        now: dict[str, dict[str, dict[str, Any]]] = {}
        for table, pk in self._rows:
            now.setdefault(table, {})[str(pk)] = _fields(TABLES[table]._default_manager.get(pk=pk))
        return now


def _fields(row: models.Model) -> dict[str, Any]:
    values = {name: getattr(row, name) for name in KEPT[type(row)]}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


@contextmanager
def act(jam: Jam, verb: str, by: Person) -> Iterator[Recording]:
    """One transaction around an act: hold the jam, note what was, let the caller change it, keep the act."""
    try:
        with transaction.atomic():
            recording = Recording(live.touch(jam.topic_id))
            yield recording
            after = recording.after()
            changed = {
                table: {pk: fields for pk, fields in rows.items() if fields != after[table][pk]}
                for table, rows in recording.before.items()
            }
            now = {table: {pk: after[table][pk] for pk in rows} for table, rows in changed.items()}
            Act.objects.create(jam=jam, verb=verb, by=by, subject=recording.subject[:200], before=changed, after=now)
            log.record(f"jam.{verb}", actor=by, subject=jam.code)
    finally:
        grouping.forget(jam.pk)


def undo(jam: Jam, act: int, *, by: Person) -> Act:
    """Bring back what an act changed.

    Raises:
        ChangedSince: something it touched was changed again. Gone: it was undone already.
    """
    try:
        with transaction.atomic():
            revision = live.touch(jam.topic_id)
            done = Act.objects.filter(jam=jam, pk=act, undone_at=None).first()
            if done is None:
                raise Gone
            touched = _bring_back(done)
            _drop_new_faq(done, by)
            for pk in touched:
                actions.refresh_group(pk, revision)
            note_regrouped(jam)
            done.undone_at = timezone.now()
            done.save(update_fields=["undone_at"])
            log.record("jam.undone", actor=by, subject=jam.code, act=done.verb)
    finally:
        grouping.forget(jam.pk)
    return done


def _bring_back(act: Act) -> set[int]:
    """Set every row to what it was, if it still is what the act made of it. Returns groups to count anew."""
    groups: set[int] = set()
    # Contributions before groups: a group's lead is looked for once they are back.
    for table in sorted(act.before):
        model = TABLES[table]
        for pk, fields in act.before[table].items():
            row = model._default_manager.get(pk=pk)
            if _fields(row) != act.after[table][pk]:
                raise ChangedSince
            model._default_manager.filter(pk=pk).update(**fields)
            if model is Contribution:
                Vote.objects.filter(contribution_id=pk).update(group_id=fields["group_id"])
                groups |= {fields["group_id"], row.group_id}  # type: ignore[attr-defined]
                if fields["state"] != State.SHOWN:
                    Contribution.objects.filter(pk=pk).update(arrival=None)
            elif model is Group:
                groups.add(int(pk))
            else:
                groups |= {fields["on_stage_id"], row.on_stage_id}  # type: ignore[attr-defined]
    return groups - {None}


def _drop_new_faq(act: Act, by: Person) -> None:
    for pk, fields in act.before.get("group", {}).items():
        made = act.after["group"][pk]["faq_id"]
        if fields["faq_id"] is None and made is not None:
            entry = Answer.objects.filter(pk=made).first()
            if entry:
                library.drop_answer(entry, actor=by)


def note_regrouped(jam: Jam) -> None:
    """Groups were changed by hand: every process that holds the jam's index makes it anew."""
    Jam.objects.filter(pk=jam.pk).update(regrouped=F("regrouped") + 1)
