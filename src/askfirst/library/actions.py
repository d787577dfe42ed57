"""Named writes over the library."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from askfirst.base import log
from askfirst.library import queries, starter
from askfirst.library.errors import MayNotCopy
from askfirst.library.models import Answer, Material
from askfirst.library.words import key_of, words_of


def keep_answer(answer: Answer | None = None, /, *, actor: Any, **fields: Any) -> Answer:
    """Add a FAQ answer, or change one, and index it in the same transaction."""
    with transaction.atomic():
        answer = answer or Answer(written_by=actor)
        for name, value in fields.items():
            setattr(answer, name, value)
        answer.save()
        queries.search_module().put(words_of(answer))  # type: ignore[attr-defined]
        log.record("library.answer_kept", actor=actor, subject=str(answer.pk))
    return answer


def drop_answer(answer: Answer, *, actor: Any) -> None:
    """Take an answer out of the library and its index."""
    with transaction.atomic():
        queries.search_module().remove(key_of(answer))  # type: ignore[attr-defined]
        log.record("library.answer_dropped", actor=actor, subject=str(answer.pk))
        answer.delete()


def rebuild_index() -> int:
    """Index everything anew; for after a restore. Returns how many entries."""
    with transaction.atomic():
        count = 0
        for model in (Answer, Material):
            for entry in model.objects.iterator():
                queries.search_module().put(words_of(entry))  # type: ignore[attr-defined]
                count += 1
    return count


def keep_material(material: Material | None = None, /, *, actor: Any, **fields: Any) -> Material:
    """Add a material, or change one, and index it.

    Raises:
        MayNotCopy: a text or a file is given and the licence allows only a link.
    """
    material = material or Material(added_by=actor)
    for name, value in fields.items():
        setattr(material, name, value)
    if not material.is_link_only and not material.terms.may_copy:
        raise MayNotCopy
    with transaction.atomic():
        material.save()
        queries.search_module().put(words_of(material))  # type: ignore[attr-defined]
        log.record("library.material_kept", actor=actor, subject=str(material.pk), licence=material.licence)
    return material


def drop_material(material: Material, *, actor: Any) -> None:
    """Take a material out of the library; its file stays until nothing names it."""
    with transaction.atomic():
        queries.search_module().remove(key_of(material))  # type: ignore[attr-defined]
        log.record("library.material_dropped", actor=actor, subject=str(material.pk))
        material.delete()


def import_links(rows: Iterable[dict[str, str]], *, actor: Any) -> tuple[int, int]:
    """Add many links. Returns how many came in and how many were there already."""
    known = set(Material.objects.exclude(address="").values_list("address", flat=True))
    done = there = 0
    for row in rows:
        if row["address"] in known:
            there += 1
            continue
        known.add(row["address"])
        keep_material(actor=actor, **row)
        done += 1
    return done, there


def load_starter() -> int:
    """Put the materials that come with Askfirst into an empty library. Returns how many.

    Called again later, it adds only what there is in languages that have come since.
    """
    is_empty = not Material.objects.exists()
    there = set(Material.objects.exclude(starter="").values_list("language", flat=True))
    kept = queries.starter_numbers()
    made = 0
    for row in starter.materials():
        original = row.pop("original", "")
        if is_empty or (original in kept and row["language"] not in there):
            if row.get("file"):
                starter.put_picture(row["file"])
            material = keep_material(actor=None, original_id=kept[original] if original else None, **row)
            kept[material.starter] = material.pk
            made += 1
    return made
