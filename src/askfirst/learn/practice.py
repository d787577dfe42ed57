"""Named writes over drills: keep one, begin a play, choose."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log, outbox
from askfirst.engines import drills as engine
from askfirst.learn import translations
from askfirst.learn.errors import LearnError, refuse_wrong
from askfirst.learn.models import Choice, Drill, DrillText, Play
from askfirst.people.models import Person

STARTER = Path(__file__).with_name("starter") / "drills"
# Somebody who left the page open has not thought for an hour.
LONGEST_THOUGHT = 600.0


def keep_drill(drill: Drill | None = None, /, *, by: Any, source: str, starter: str = "") -> Drill:
    """Write a drill, or a new version of one; plays that have begun go on with the old text.

    Raises:
        LearnError: the text cannot be used; the message names the line.
    """
    parsed, problems = engine.parse(source)
    refuse_wrong(problems)
    with transaction.atomic():
        drill = drill or Drill(written_by=by, starter=starter, version=0)
        drill.title, drill.source, drill.version = parsed.title, source, drill.version + 1
        drill.villain, drill.grade = parsed.fields.get("villain", ""), parsed.grade
        drill.language = parsed.fields.get("language", "en")
        drill.save()
        log.record("learn.drill_kept", actor=by, subject=str(drill.pk), version=drill.version)
    return drill


def say_drill_in(drill: Drill, language: str, *, by: Any, source: str) -> DrillText:
    """Keep the drill in another language: the same scenes and choices, so that plays count alike.

    Raises:
        LearnError: the text cannot be used, or its scenes differ; the message says where.
    """
    parsed, problems = engine.parse(source)
    refuse_wrong([*problems, *engine.same_scenes(drill.parsed, parsed)])
    if language == drill.language:
        raise LearnError(_("The drill is in this language already."))
    with transaction.atomic():
        text, _made = DrillText.objects.update_or_create(
            drill=drill,
            language=language,
            defaults={"title": parsed.title, "source": source, "written_by": by, "at": timezone.now()},
        )
        log.record("learn.drill_kept", actor=by, subject=str(drill.pk), version=drill.version, language=language)
    return text


def take_out(drill: Drill, *, by: Any, is_out: bool) -> None:
    """Take a villain out of the gallery, or let it in again. Plays that have begun can be ended."""
    with transaction.atomic():
        drill.is_out = is_out
        drill.save(update_fields=["is_out"])
        log.record("learn.drill_taken_out" if is_out else "learn.drill_let_in", actor=by, subject=str(drill.pk))


def begin_play(drill: Drill, *, person: Person, language: str = "") -> Play:
    """Begin a drill in a language, or go on with the play that was left open."""
    found = Play.objects.filter(person=person, drill=drill, ended_at=None).first()
    return found or Play.objects.create(
        person=person,
        drill=drill,
        source=translations.drill_source(drill, language),
        grade=drill.grade,
        scene=drill.parsed.start.id,
    )


def choose(play: Play, *, scene: str, number: int) -> Choice:
    """Record a choice and go to the scene it leads to; the same choice sent twice counts once.

    Raises:
        LearnError: the play has gone on already (another tab), or there is no such choice.
    """
    parsed = engine.parse(play.source)[0]
    found = parsed.scenes.get(scene)
    if found is None or not 0 <= number < len(found.choices):
        raise LearnError(_("Choose one of the answers first."))
    chosen = found.choices[number]
    target = parsed.scenes[chosen.target]
    now = timezone.now()
    ended = {"ended_at": now, "is_won": target.verdict == "won"} if target.is_end else {}
    with transaction.atomic():
        # Only the first of two tabs moves on.
        moved = Play.objects.filter(pk=play.pk, scene=scene, ended_at=None).update(scene=target.id, **ended)
        if not moved:
            raise LearnError(_("You have decided here already; the drill has gone on."))
        before = play.choices.last()
        seconds = (now - (before.at if before else play.began_at)).total_seconds()
        seconds = min(seconds, LONGEST_THOUGHT)
        outbox.announce(
            "learn.choice_made", subject=f"{play.drill_id}/{scene}", person=play.person_id, title=parsed.title,
            choice=number, is_right=chosen.is_right, seconds=round(seconds, 1),
        )  # fmt: skip
        return Choice.objects.create(
            play=play, scene=scene, number=number, verdict=found.verdict, is_right=chosen.is_right, at=now,
            seconds=seconds,
        )  # fmt: skip


def load_drills() -> int:
    """Put the gallery that comes with Askfirst into an installation without drills. Returns how many.

    Called again later, it adds only the languages that have come since.
    """
    made = 0
    if not Drill.objects.exists():
        for path in STARTER.glob("*.txt"):
            if "." not in path.stem:
                keep_drill(by=None, source=path.read_text(encoding="utf-8"), starter=path.stem)
                made += 1
    for drill in Drill.objects.exclude(starter="").filter(version=1).prefetch_related("texts"):
        _say_starter_in_its_languages(drill)
    return made


def _say_starter_in_its_languages(drill: Drill) -> None:
    """A drill nobody has changed gets its other languages, such as 02-hurrier.de.txt, beside its own."""
    there = {text.language for text in drill.texts.all()}
    for language, path in translations.starter_files(STARTER, drill.starter, ".txt", there):
        say_drill_in(drill, language, by=None, source=path.read_text(encoding="utf-8"))
