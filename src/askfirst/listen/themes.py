"""The week's themes: what was said about us, grouped as questions in a jam are, each a prompt for the next jam."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from django.utils import timezone

from askfirst.engines import alike
from askfirst.jam import grouping
from askfirst.listen.models import Kind, Mention

DAYS, LEAST, SHOWN = 7, 3, 12
# The newest ones; grouping more takes longer than somebody waits for a page. The page says how many were looked at.
MOST = 1000
# Nobody watches these groups come together: a theme a little too wide costs less than one that is missed.
LOOSER = alike.Settings(threshold=0.42, early=0.0)


@dataclass(frozen=True)
class Theme:
    """Mentions that say the same; the first of them stands for all."""

    lead: Mention
    mentions: tuple[Mention, ...]

    @property
    def kind(self) -> Kind:
        """What most of them are."""
        return Kind(Counter(own.kind for own in self.mentions).most_common(1)[0][0])

    @property
    def authors(self) -> int:
        """How many wrote about it."""
        return len({own.author for own in self.mentions if own.author}) or 1


@dataclass(frozen=True)
class Week:
    """The themes of the last week, the largest first; `looked_at` of `number` mentions."""

    themes: list[Theme]
    looked_at: int
    number: int


def week() -> Week:
    """Group the last week's mentions; noise and copies are left out. At least three make a theme."""
    since = timezone.now() - timedelta(days=DAYS)
    rows = Mention.objects.filter(posted_at__gte=since, copy_of=None).exclude(kind=Kind.NOISE).order_by("-posted_at")
    number = rows.count()
    mentions = list(rows[:MOST])[::-1]
    groups: dict[int, list[Mention]] = {}
    for mention, group in zip(mentions, _groups(tuple(_words(own) for own in mentions)), strict=True):
        groups.setdefault(group, []).append(mention)
    large = sorted((own for own in groups.values() if len(own) >= LEAST), key=len, reverse=True)
    return Week([Theme(own[0], tuple(own)) for own in large[:SHOWN]], len(mentions), number)


def _words(mention: Mention) -> str:
    return (
        f"{mention.title}. {mention.text}"[:400]
        if mention.title and mention.title not in mention.text
        else mention.text[:400]
    )


@lru_cache(maxsize=2)
def _groups(texts: tuple[str, ...]) -> list[int]:
    return alike.group_all(list(texts), grouping.encoder(), LOOSER)
