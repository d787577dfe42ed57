"""A version in other languages: read in one's own, written by editors, the same clauses and questions one by one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.engines import lessons
from askfirst.people.models import Person
from askfirst.policy import clauses, knowing, queries
from askfirst.policy.errors import PolicyError
from askfirst.policy.models import Question, Version, VersionText


@dataclass(frozen=True)
class Shown:
    """A version as somebody reads it. `digest`: of just this text; `is_original`: it is the one that binds."""

    language: str
    title: str
    summary: str
    clauses: list[dict[str, Any]]
    digest: str
    is_original: bool
    questions: Mapping[int, dict[str, Any]]

    def worded(self, question: Question) -> tuple[str, list[dict[str, Any]]]:
        """(question, options) in this language; the original where a question came later than this text."""
        said = self.questions.get(question.pk)
        if said is None or len(said["options"]) != len(question.options):
            return question.text, question.options
        options = [{**own, **words} for own, words in zip(question.options, said["options"], strict=True)]
        return said["text"], options


def shown(version: Version, language: str) -> Shown:
    """The version in this language, else in its own."""
    text = version.texts.filter(language=language).first() if language and language != version.language else None
    if text is None:
        return Shown(version.language, version.policy.title, version.summary, version.clauses, version.digest, True, {})
    keys = [question.pk for question in version.policy.questions.all()]
    return Shown(
        text.language,
        text.title,
        text.summary,
        text.clauses,
        text.digest,
        False,
        dict(zip(keys, text.questions, strict=False)),
    )


def languages(version: Version) -> list[str]:
    """Languages besides its own in which a version can be read."""
    return sorted(set(version.texts.values_list("language", flat=True)))


def changes(version: Version, person: Person, text: Shown) -> list[dict[str, Any]]:
    """What changed for this person, in the language they read; before is empty where that version was not said in it."""
    rows = knowing.changes_for(version, person)
    if text.is_original:
        return rows
    now = {own["key"]: own for own in text.clauses}
    former = knowing.known_version(person, version.policy)
    before = {own["key"]: own["text"] for own in shown(former, text.language).clauses} if former else {}
    said = former is not None and former.texts.filter(language=text.language).exists()
    return [
        {
            **row, "title": now[row["key"]]["title"] if row["key"] in now else row["title"],
            "after": now[row["key"]]["text"] if row["key"] in now else "",
            "before": before.get(row["key"], "") if said else "",
        }
        for row in rows
    ]  # fmt: skip


def to_translate(version: Version, language: str) -> dict[str, str]:
    """What an editor begins with: the text there is, else the version before in this language, else the original."""
    text = version.texts.filter(language=language).first()
    if text is None:
        own = VersionText.objects.filter(version__policy=version.policy, language=language)
        text = own.order_by("-version__number", "-id").first()
    questions = list(version.policy.questions.all())
    if text is None:
        return {
            "title": version.policy.title,
            "summary": version.summary,
            "text": version.text,
            "questions": _source(questions, None),
        }
    return {
        "title": text.title,
        "summary": text.summary,
        "text": text.text,
        "questions": _source(questions, text.questions),
    }


def _source(questions: list[Question], said: list[dict[str, Any]] | None) -> str:
    lines = []
    for number, question in enumerate(questions):
        known = (
            said[number]
            if said and number < len(said) and len(said[number]["options"]) == len(question.options)
            else None
        )
        options = known["options"] if known else question.options
        lines.append(f"? {known['text'] if known else question.text}")
        for own, words in zip(question.options, options, strict=True):
            feedback = f" | {words['feedback']}" if words.get("feedback") else ""
            lines.append(f"{'+' if own['is_right'] else '-'} {words['text']}{feedback}")
        lines.append("")
    return "\n".join(lines)


def say_in(
    version: Version, language: str, *, by: Person, title: str, summary: str, text: str, questions: str
) -> VersionText:
    """Keep a version in another language.

    Raises:
        PolicyError: it is the version's own language, or clauses or questions are not the same ones in the same order.
    """
    if language == version.language:
        raise PolicyError(_("The policy is in this language already."))
    text = text.replace("\r\n", "\n")
    found = clauses.parse(text)
    if len(found) != len(version.clauses):
        raise PolicyError(
            _(
                "The original has %(one)d clauses, this has %(other)d. Keep each clause under its own heading, in the same order."
            )
            % {"one": len(version.clauses), "other": len(found)}
        )
    own = list(version.policy.questions.all())
    asked = _questions(questions, own)
    with transaction.atomic():
        kept = VersionText.objects.create(
            version=version, language=language, title=title[:160], summary=summary, text=text,
            clauses=[
                {"key": original["key"], "title": clause.title, "text": clause.text}
                for original, clause in zip(version.clauses, found, strict=True)
            ],
            questions=asked, digest=queries.digest(text), written_by=by,
        )  # fmt: skip
        log.record(
            "policy.said_in", actor=by, subject=str(version.policy_id), version=version.number, language=language
        )
    return kept


def _questions(source: str, own: list[Question]) -> list[dict[str, Any]]:
    parsed, problems = lessons.parse(f"# -\n\n-\n\n{source}")
    wrong = next((problem for problem in problems if problem.is_error), None)
    if wrong and own:
        raise PolicyError(
            _("Questions, line %(line)d: %(text)s") % {"line": max(1, wrong.line - 4), "text": wrong.text}
        )
    right = [[bool(option["is_right"]) for option in question.options] for question in own]
    if [[option.is_right for option in question.options] for question in parsed.questions] != right:
        raise PolicyError(
            _("The questions must be the same ones with the same options in the same order, the same ones right (+).")
        )
    return [
        {
            "text": question.text,
            "options": [{"text": option.text, "feedback": option.feedback} for option in question.options],
        }
        for question in parsed.questions
    ]
