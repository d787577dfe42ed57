"""How close a draft is to the texts on the shelf: passages with what may be done about them, and hints."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext as _

from askfirst.engines import originality
from askfirst.engines.originality import verdicts
from askfirst.policy import queries
from askfirst.policy.models import PassageDecision, Policy, Reference


def shelf() -> tuple[originality.Shelf, list[Reference]]:
    """The references with a text, indexed; the index is kept in memory until a text changes."""
    rows = list(Reference.objects.exclude(text="").filter(is_ours=False).order_by("pk"))
    return _indexed(tuple((str(row.pk), row.text) for row in rows)), rows


@lru_cache(maxsize=1)
def _indexed(texts: tuple[tuple[str, str], ...]) -> originality.Shelf:
    built = originality.Shelf()
    built.add(built.vocabulary.read(name, text) for name, text in texts)
    return built


@dataclass(frozen=True)
class Close:
    """A passage of a draft that is close to a reference, as the editor sees it."""

    reference: Reference
    passage: originality.Passage
    ours: str
    theirs: str
    clause: str
    share_of_clause: int
    verdict: str
    advice: str
    digest: str
    decision: PassageDecision | None

    @property
    def is_fine(self) -> bool:
        return self.verdict in verdicts.FINE or self.decision is not None


def close_passages(policy: Policy) -> list[Close]:
    """Passages of the draft that are close to the shelf, those to look at first."""
    index, rows = shelf()
    decided = {row.passage_digest: row for row in policy.decisions.select_related("by")}
    parts = queries.draft_clauses(policy)
    found = []
    for passage in originality.check(index.vocabulary.read("draft", policy.draft), index):
        row = rows[passage.source]
        ours = policy.draft[passage.draft_start : passage.draft_end]
        clause = next((c for c in reversed(parts) if c.start <= passage.draft_start), None)
        verdict = verdicts.verdict(
            policy.draft, passage, verdicts.Reference(row.title, row.author, row.address, row.licence)
        )
        key = queries.digest(" ".join(ours.split()).casefold())
        share = round(100 * min(1.0, len(ours) / max(1, len(clause.text)))) if clause else 0
        found.append(
            Close(
                row,
                passage,
                ours,
                row.text[passage.source_start : passage.source_end],
                clause.title if clause else "",
                share,
                verdict,
                _(verdicts.CLASSES[verdict]),
                key,
                decided.get(key),
            )  # fmt: skip
        )
    return sorted(found, key=lambda close: (close.is_fine, close.passage.draft_start))


@dataclass(frozen=True)
class Hint:
    """A paragraph that may say what a passage of a reference says, in sentences built anew."""

    reference: Reference
    ours: str
    theirs: str


def hints(policy: Policy, told: list[Close]) -> list[Hint]:
    """Paragraphs of the draft that may retell a reference, without those that are among `told`."""
    index, rows = shelf()
    found = originality.hints(index.vocabulary.read("draft", policy.draft), index)
    return [
        Hint(
            rows[p.source],
            policy.draft[p.draft_start : p.draft_end],
            rows[p.source].text[p.source_start : p.source_end],
        )
        for p in found
        if not any(
            p.draft_start < close.passage.draft_end and close.passage.draft_start < p.draft_end for close in told
        )
    ]
