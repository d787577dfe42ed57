"""Named writes over policies: draft, approve, publish, read, acknowledge."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from askfirst.base import log
from askfirst.library.models import Material
from askfirst.people.models import Person
from askfirst.policy import clauses, knowing, queries, seals
from askfirst.policy.errors import AlreadyKnown, KeptMeanwhile, NotAsSeen, NotReady, PolicyError
from askfirst.policy.models import (
    Acknowledgement,
    Approval,
    Asked,
    ClauseAudience,
    ClauseMaterial,
    Comment,
    Dispute,
    Gap,
    PassageDecision,
    Policy,
    Question,
    SavedDraft,
    Version,
)

# More are asked by the clock, so that the page answers; each batch is a transaction.
ASKED_AT_ONCE = 200_000
ASKED_IN_ONE_GO = 50_000
KINDS = {"new", "removed", "wording", "substance"}


def create_policy(*, by: Person, teams: Iterable[Any] = (), approvers: Iterable[Any] = (), **fields: Any) -> Policy:
    """Begin a policy. Fields are those of models.Policy."""
    with transaction.atomic():
        policy = Policy.objects.create(kept_by=by, **fields)
        policy.teams.set(teams)
        policy.approvers.set(approvers)
        if policy.draft:
            SavedDraft.objects.create(policy=policy, revision=0, text=policy.draft, by=by)
        log.record("policy.created", actor=by, subject=str(policy.pk))
    return policy


def change_policy(
    policy: Policy, *, by: Person, teams: Iterable[Any] = (), approvers: Iterable[Any] = (), **fields: Any
) -> Policy:
    """Change what a policy is for, not its text."""
    with transaction.atomic():
        for name, value in fields.items():
            setattr(policy, name, value)
        policy.save(update_fields=list(fields))
        policy.teams.set(teams)
        policy.approvers.set(approvers)
        log.record("policy.changed", actor=by, subject=str(policy.pk))
    return policy


def keep_draft(policy: Policy, *, text: str, made_from: int, by: Person) -> int:
    """Keep a draft and return its revision.

    Args:
        made_from: the revision that the editor had before them.

    Raises:
        KeptMeanwhile: another draft was kept since; this one is kept beside it.
    """
    text = text.replace("\r\n", "\n")
    with transaction.atomic():
        now = Policy.objects.select_for_update().get(pk=policy.pk)
        taken = Policy.objects.filter(pk=policy.pk, revision=made_from).update(
            draft=text, revision=F("revision") + 1, kept_by=by, kept_at=timezone.now()
        )
        if not taken and now.draft == text:
            return now.revision
        SavedDraft.objects.create(policy=policy, revision=made_from + 1, text=text, by=by, is_taken_over=bool(taken))
        if taken:
            _follow_titles(policy, now.draft, text)
    if not taken:
        raise KeptMeanwhile
    return made_from + 1


def _follow_titles(policy: Policy, before: str, after: str) -> None:
    """What is kept about a clause stays with it when it gets another title."""
    kept = queries.about_clauses(policy)
    if not any(rows.exists() for rows in kept):
        return
    known = queries.published_clauses(queries.current(policy))
    for old, new in clauses.renamed(clauses.parse(before, known), clauses.parse(after, known)).items():
        for rows in kept:
            name = "clause_key" if rows.model is Comment else "key"
            if rows.model is Comment or not rows.filter(key=new).exists():
                rows.filter(**{name: old}).update(**{name: new})


def set_audience(policy: Policy, *, key: str, audience: str, by: Person) -> None:
    """Say whose duties a clause describes."""
    with transaction.atomic():
        ClauseAudience.objects.update_or_create(policy=policy, key=key, defaults={"audience": audience})
        log.record("policy.audience_set", actor=by, subject=str(policy.pk), key=key, audience=audience)


def put_beside(policy: Policy, *, key: str, material: Material, by: Person) -> None:
    """Show a material of the library beside a clause; twice is once."""
    with transaction.atomic():
        ClauseMaterial.objects.get_or_create(policy=policy, key=key, material=material)
        log.record("policy.material_put", actor=by, subject=str(policy.pk), key=key, material=material.pk)


def take_from_beside(policy: Policy, *, key: str, material: Material, by: Person) -> None:
    """Show it there no longer."""
    with transaction.atomic():
        ClauseMaterial.objects.filter(policy=policy, key=key, material=material).delete()
        log.record("policy.material_taken", actor=by, subject=str(policy.pk), key=key, material=material.pk)


def comment(policy: Policy, *, key: str, text: str, by: Person) -> Comment:
    return Comment.objects.create(policy=policy, clause_key=key, text=text, by=by)


def settle_comment(found: Comment) -> None:
    found.is_done = True
    found.save(update_fields=["is_done"])


def approve(policy: Policy, *, by: Person, seen: str = "") -> None:
    """Approve exactly the draft, summary and questions as they stand; a later change needs a new approval.

    Args:
        seen: fingerprint of what whoever approves has seen; empty takes it as it is.

    Raises:
        NotAsSeen: it is another one by now.
    """
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(pk=policy.pk)
        _must_be_as_seen(policy, seen)
        Approval.objects.get_or_create(policy=policy, digest=queries.fingerprint(policy), by=by)
        log.record("policy.approved", actor=by, subject=str(policy.pk), digest=queries.digest(policy.draft))


def keep_summary(policy: Policy, *, summary: str, by: Person, seen: str = "") -> str:
    """Keep the half-minute summary. Returns the fingerprint of what now stands.

    Args:
        seen: fingerprint of what the editor has seen; empty takes it as it is.

    Raises:
        NotAsSeen: it is another one by now.
    """
    with transaction.atomic():
        policy = Policy.objects.select_for_update().get(pk=policy.pk)
        _must_be_as_seen(policy, seen)
        if policy.summary != summary:
            policy.summary = summary
            policy.save(update_fields=["summary"])
            log.record("policy.changed", actor=by, subject=str(policy.pk))
        return queries.fingerprint(policy)


def keep_question(policy: Policy, *, by: Person, question: Question | None = None, **fields: Any) -> Question:
    """Add a comprehension question or change one. `options` is a list of {text, is_right, feedback}."""
    with transaction.atomic():
        question = question or Question(policy=policy, position=policy.questions.count())
        for name, value in fields.items():
            setattr(question, name, value)
        question.save()
        log.record("policy.question_kept", actor=by, subject=str(policy.pk))
    return question


def drop_question(question: Question, *, by: Person) -> None:
    with transaction.atomic():
        log.record("policy.question_dropped", actor=by, subject=str(question.policy_id))
        question.delete()


def publish(
    policy: Policy,
    *,
    by: Person,
    kinds: Mapping[str, str] | None = None,
    effective_on: date | None = None,
    gaps: Iterable[Gap] = (),
    seen: str = "",
) -> Version:
    """Publish the draft as the next version and ask everybody concerned: at once, or by the clock where they are very many.

    Args:
        kinds: for each changed clause wording or substance, as the editor decided; others stay as proposed.
        seen: fingerprint of what the editor has seen; empty takes it as it is.

    Raises:
        NotReady: nothing changed, or an approval, the summary or the questions are missing. NotAsSeen: the draft is another one.
    """
    with transaction.atomic():
        # The row is locked, so that two people who publish at once make one version.
        policy = Policy.objects.select_for_update().get(pk=policy.pk)
        before = queries.current(policy)
        _must_be_as_seen(policy, seen)
        _must_be_ready(policy, before)
        policy.ended_at = None
        policy.save(update_fields=["ended_at"])
        now = clauses.parse(policy.draft, queries.published_clauses(before))
        day = effective_on or timezone.localdate()
        version = Version.objects.create(
            policy=policy,
            number=before.number + 1 if before else 1,
            text=policy.draft,
            summary=policy.summary,
            clauses=[{"key": own.key, "title": own.title, "text": own.text} for own in now],
            changes=_decided(clauses.compare(queries.published_clauses(before), now), kinds or {}) if before else [],
            digest=queries.digest(policy.draft),
            language=policy.language,
            published_by=by,
            effective_on=day,
            review_on=policy.review_on,
            due_on=day + timedelta(days=policy.days_to_read),
        )
        for gap in gaps:
            gap.closed_by = version
            gap.save(update_fields=["closed_by"])
        log.record("policy.published", actor=by, subject=str(policy.pk), version=version.number)
    if knowing.concerned(version)[:ASKED_AT_ONCE].count() < ASKED_AT_ONCE:
        ask_concerned(version)
    return version


def ask_concerned(version: Version) -> int:
    """Ask everybody whom a version concerns and who is not asked yet. Returns how many.

    In batches, each a transaction of its own: a kill in between loses nothing, and whoever comes next goes on.
    """
    number = 0
    people = knowing.concerned(version)
    last = people.order_by("-pk").values_list("pk", flat=True).first() or 0
    for first in range(0, last + 1, ASKED_IN_ONE_GO):
        number += _ask(version, people.filter(pk__gte=first, pk__lt=first + ASKED_IN_ONE_GO))
    with transaction.atomic():
        version.asked_at = timezone.now()
        if Version.objects.filter(pk=version.pk, asked_at=None).update(asked_at=version.asked_at):
            log.record("policy.asked", actor=None, subject=str(version.policy_id), version=version.number)
    return number


def finish_asking() -> int:
    """Ask, or go on asking, for publications that are not through with it. Returns how many people were asked."""
    return sum(ask_concerned(version) for version in queries.current_versions() if version.asked_at is None)


def _must_be_as_seen(policy: Policy, seen: str) -> None:
    if seen and seen != queries.fingerprint(policy):
        raise NotAsSeen


def _must_be_ready(policy: Policy, before: Version | None) -> None:
    if not policy.draft.strip():
        raise NotReady(_("The draft is empty. Write at least one clause."))
    if before and before.digest == queries.digest(policy.draft):
        raise NotReady(_("Nothing has changed since version %d.") % before.number)
    if not policy.summary.strip():
        raise NotReady(_("Write the half-minute summary; it is what everybody reads first."))
    if policy.questions.count() < queries.FEWEST_QUESTIONS:
        raise NotReady(_("Write at least three comprehension questions."))
    approved = set(policy.approvals.filter(digest=queries.fingerprint(policy)).values_list("by", flat=True))
    missing = [str(person) for person in policy.approvers.all() if person.pk not in approved]
    if missing:
        raise NotReady(_("These people have not approved this draft yet: %s.") % ", ".join(missing))


def _decided(changes: list[clauses.Change], kinds: Mapping[str, str]) -> list[dict[str, str]]:
    return [
        {
            "key": change.key, "title": change.title, "before": change.before, "after": change.after, "proposed": change.kind,
            "kind": kinds[change.key] if change.kind in {"wording", "substance"} and kinds.get(change.key) in KINDS else change.kind,
        }
        for change in changes
    ]  # fmt: skip


def _ask(version: Version, people: QuerySet[Person]) -> int:
    """Ask people with one statement, however many they are; nobody twice. Returns how many.

    Whoever knows no version of the policy is asked to read all of it.
    """
    try:
        query, parameters = people.values_list("pk", flat=True).query.sql_with_params()
    except EmptyResultSet:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO policy_asked (version_id, person_id, at, is_whole, reminded, known_at) "  # noqa: S608 - Django's own SQL
            "SELECT %s, id, %s, id NOT IN (SELECT person_number FROM policy_acknowledgement WHERE version_id IN "
            "(SELECT id FROM policy_version WHERE policy_id = %s)), '', NULL "
            f"FROM people_person WHERE id IN ({query}) "
            "AND id NOT IN (SELECT person_id FROM policy_asked WHERE version_id = %s) ON CONFLICT DO NOTHING",
            [version.pk, timezone.now(), version.policy_id, *parameters, version.pk],
        )
        return int(cursor.rowcount)


def ask_joiners() -> int:
    """Ask everybody who came since a publication and was asked for no version of that policy. Returns how many."""
    number = 0
    for version in queries.current_versions():
        known = Asked.objects.filter(version__policy=version.policy).values("person")
        joined = knowing.bound_by(version.policy).exclude(pk__in=known)
        number += _ask(version, joined)
    return number


def ask_if_new(person: Person) -> None:
    """Ask one person who has just come; called when they open their Today page."""
    asked = set(Asked.objects.filter(person=person).values_list("version__policy", flat=True))
    for version in queries.current_versions():
        if version.policy_id not in asked and knowing.bound_by(version.policy).filter(pk=person.pk).exists():
            Asked.objects.get_or_create(version=version, person=person)


def acknowledge(
    version: Version, *, person: Person, language: str, answers: Mapping[int, int], dispute: str = "", digest: str = ""
) -> Acknowledgement:
    """Record that a person knows a version, whatever they think of it.

    Args:
        language: of the text that they read; recorded with that text's own fingerprint.
        answers: number of the chosen option by question.
        dispute: why the person disputes it; goes to a human and still counts as known.
        digest: fingerprint of the text that they read, where it was not the original.

    Raises:
        AlreadyKnown: it was recorded before. PolicyError: a question was left out.
    """
    questions = list(version.policy.questions.all())
    if any(question.pk not in answers for question in questions):
        raise PolicyError(_("Answer every question first; there is no pass mark."))
    right = sum(_is_right(question, answers[question.pk]) for question in questions)
    with transaction.atomic():
        # The policy's row is the lock under which the chain grows.
        Policy.objects.select_for_update().order_by("pk").first()
        if knowing.knows(person, version):
            raise AlreadyKnown
        last = knowing.chain().last()
        record = Acknowledgement(
            person=person, person_number=person.pk, version=version, digest=digest or version.digest, language=language,
            at=timezone.now().replace(microsecond=0), right=right, questions=len(questions), is_disputed=bool(dispute.strip()),
            seal_before=last.seal if last else seals.FIRST,
        )  # fmt: skip
        record.seal = seals.seal_of(record)
        record.save()
        asked, _made = Asked.objects.get_or_create(version=version, person=person)
        asked.known_at = record.at
        asked.save(update_fields=["known_at"])
        if dispute.strip():
            Dispute.objects.create(version=version, person=person, text=dispute.strip())
    return record


def _is_right(question: Question, chosen: int) -> bool:
    return 0 <= chosen < len(question.options) and bool(question.options[chosen].get("is_right"))


def erase_person(person: Person) -> None:
    """Take a person off what they disputed; acknowledgements hold a number and no name, and stay as evidence."""
    Dispute.objects.filter(person=person).update(person=None)


def answer_dispute(dispute: Dispute, *, text: str, by: Person) -> None:
    with transaction.atomic():
        dispute.answer, dispute.answered_at = text, timezone.now()
        dispute.save(update_fields=["answer", "answered_at"])
        log.record("policy.dispute_answered", actor=by, subject=str(dispute.version.policy_id))


def decide_passage(policy: Policy, *, passage_digest: str, verdict: str, reason: str, by: Person) -> None:
    """Keep what was decided about a passage; later drafts that hold it are not asked again."""
    with transaction.atomic():
        PassageDecision.objects.update_or_create(
            policy=policy, passage_digest=passage_digest, defaults={"verdict": verdict, "reason": reason, "by": by}
        )
        log.record("policy.passage_decided", actor=by, subject=str(policy.pk), verdict=verdict)


def note_gap(*, question: str, topic: str, weight: int, origin: str, origin_path: str) -> Gap:
    """Note what no policy answers; noted again, its weight is brought up to date."""
    gap, _made = Gap.objects.update_or_create(
        origin_path=origin_path,
        defaults={"question": question[:2000], "topic": topic, "weight": weight, "origin": origin},
    )
    return gap
