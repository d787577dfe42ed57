"""Named writes over stories, sharing and briefings."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from askfirst.base import log
from askfirst.engines import draftcheck
from askfirst.people.models import Person
from askfirst.share import queries
from askfirst.share.errors import ShareError
from askfirst.share.models import Briefing, Call, Consent, Link, Read, Shared, State, Story, Wording
from askfirst.share.networks import BY_ID

ALIKE = 86
# What may be kept at all of who shared what.
KEPT_DAYS = 35
# Posts of one story on one network stand this far apart, between these hours.
APART = timedelta(minutes=50)
AWAKE_FROM, AWAKE_UNTIL = 8, 20
NO_PICTURE = {"file": "", "media_type": "", "alt_text": ""}
# How long the picture of a story stays that its teller took back, and of one that has expired and may be let out again.
TAKEN_BACK_FOR, EXPIRED_FOR = timedelta(days=1), timedelta(days=30)


def tell_story(*, teller: Person | None, title: str, text: str, file: str = "", media_type: str = "", alt_text: str = "",
               people: Iterable[str] = (), origin: str = "", origin_path: str = "", material: Any = None, call: Call | None = None) -> Story:  # fmt: skip
    """Take in a story. `people`: names of those pictured who have agreed."""
    with transaction.atomic():
        story = Story.objects.create(
            teller=teller, title=title, text=text, file=file, media_type=media_type, alt_text=alt_text,
            origin=origin, origin_path=origin_path, material=material, call=call,
        )  # fmt: skip
        for name in people:
            Consent.objects.create(story=story, name=name, noted_by=teller)
    return story


def approve_story(story: Story, *, by: Person, **fields: Any) -> None:
    """Let volunteers share it, with the editor's help in title, text and prompt.

    Args:
        without_picture: take the picture, video or sound out of it, and whoever no longer agrees.

    Raises:
        ShareError: somebody took it back meanwhile: whoever told it, or somebody who is in the picture.
    """
    without_picture = fields.pop("without_picture", False)
    with transaction.atomic():
        now = Story.objects.select_for_update().get(pk=story.pk)
        if now.is_taken_back:
            raise ShareError(_("Whoever told it took it back."))
        if not without_picture and now.consents.filter(revoked_at__isnull=False).exists():
            raise ShareError(_("Somebody in it took their agreement back. Let it go out without them."))
        for name, value in fields.items():
            setattr(story, name, value)
        if without_picture:
            for name, value in NO_PICTURE.items():
                setattr(story, name, value)
            now.consents.all().delete()
        story.reason = ""
        story.state, story.decided_by, story.decided_at = State.APPROVED, by, timezone.now()
        story.save()
        log.record("share.story_approved", actor=by, subject=str(story.pk))


def decline_story(story: Story, *, by: Person, reason: str) -> None:
    """Say no, with words that the teller reads.

    Raises:
        ShareError: without words, or whoever told it took it back meanwhile.
    """
    if not reason.strip():
        raise ShareError(_("Say why; the teller reads it."))
    with transaction.atomic():
        if Story.objects.select_for_update().get(pk=story.pk).is_taken_back:
            raise ShareError(_("Whoever told it took it back."))
        Story.objects.filter(pk=story.pk).update(
            state=State.DECLINED, reason=reason.strip(), decided_by=by, decided_at=timezone.now()
        )
        log.record("share.story_declined", actor=by, subject=str(story.pk))


def withdraw_story(story: Story, *, by: Person) -> None:
    """The teller, or an editor, takes a story back; nobody can share it from now on. What the teller took back stays theirs."""
    with transaction.atomic():
        if Story.objects.select_for_update().get(pk=story.pk).is_taken_back:
            return
        Story.objects.filter(pk=story.pk).update(
            state=State.WITHDRAWN, reason="", decided_by=by, decided_at=timezone.now()
        )
        log.record("share.story_withdrawn", actor=by, subject=str(story.pk))


def tidy(now: datetime | None = None) -> int:
    """Forget who shared what and in which words after KEPT_DAYS, and the pictures of stories taken back or long expired.

    Returns how many pictures.
    """
    moment = now or timezone.now()
    Shared.objects.filter(at__lt=moment - timedelta(days=KEPT_DAYS)).delete()
    Wording.objects.filter(on__lt=timezone.localdate(moment) - timedelta(days=KEPT_DAYS)).delete()
    withdrawn = Story.objects.exclude(file="").filter(state=State.WITHDRAWN, decided_at__lt=moment - TAKEN_BACK_FOR)
    over = Story.objects.exclude(file="").filter(expires_on__lt=timezone.localdate(moment - EXPIRED_FOR))
    gone = {own.pk for own in withdrawn if own.is_taken_back} | set(over.values_list("pk", flat=True))
    return Story.objects.filter(pk__in=gone).update(**NO_PICTURE)


def call_for_stories(*, by: Person, prompt: str, until_on: date, teams: Iterable[Any] = ()) -> Call:
    """Ask everybody, or some teams, for stories."""
    with transaction.atomic():
        call = Call.objects.create(prompt=prompt, until_on=until_on, asked_by=by)
        call.teams.set(teams)
        log.record("share.stories_asked_for", actor=by, subject=str(call.pk))
    return call


def end_call(call: Call, *, by: Person) -> None:
    """Ask no more, from today on."""
    with transaction.atomic():
        Call.objects.filter(pk=call.pk).update(until_on=timezone.localdate() - timedelta(days=1))
        log.record("share.call_ended", actor=by, subject=str(call.pk))


def note_consent(story: Story, *, name: str, by: Person) -> Consent:
    return Consent.objects.create(story=story, name=name.strip(), noted_by=by)


def revoke_consent(consent: Consent, *, by: Person) -> None:
    """Somebody in the picture no longer agrees: the story stops at once, and its picture is given up."""
    with transaction.atomic():
        Consent.objects.filter(pk=consent.pk, revoked_at=None).update(revoked_at=timezone.now())
        Story.objects.filter(pk=consent.story_id).update(**NO_PICTURE)
        Story.objects.filter(pk=consent.story_id, state=State.APPROVED).update(
            state=State.WITHDRAWN,
            reason=_("Somebody in it took their agreement back."),
            decided_by=by,
            decided_at=timezone.now(),
        )
        log.record("share.consent_revoked", actor=by, subject=str(consent.story_id))


def check_words(
    story: Story, *, person: Person, words: str, network: str, url: str, is_again: bool = False
) -> tuple[str, str]:
    """(what would be posted, its disclosure) if these words may go out.

    Args:
        is_again: the same words of the same person, who came back to this page.

    Raises:
        ShareError: too long, not the person's own words, or about something that stays inside.
    """
    own = " ".join(words.split())
    lead = queries.disclosure(person, own)
    if not queries.wants_to_share(person):
        raise ShareError(
            _("You chose just to know the rules, so there is nothing to share. You can change that under Me.")
        )
    if not story.is_shareable:
        raise ShareError(_("This story may no longer be shared."))
    if queries.pace(person).is_at_cap and not is_again:
        raise ShareError(_("That was much for one week. Leave some for others, and come back in a few days."))
    if len(own) < 15:
        raise ShareError(_("Say it in your own words first; a sentence is enough."))
    before = [other for other in queries.recent_wordings(story) if not (is_again and other == words)]
    others = [story.prompt, story.text[:500], *before]
    if any(other and fuzz.token_sort_ratio(own.lower(), other.lower()) >= ALIKE for other in others):
        raise ShareError(
            _("These words have been used already. Yours are worth more: what do you think of it yourself?")
        )
    post = own if own.startswith(lead) else f"{lead} {own}"
    length = len(post) + 1 + len(url)
    limit = BY_ID[network].limit
    if length > limit:
        raise ShareError(
            _("With the link these are %(length)d characters; %(network)s takes %(limit)d.")
            % {"length": length, "network": BY_ID[network].name, "limit": limit}
        )
    return post, lead


def record_share(story: Story, *, person: Person, network: str, words: str) -> datetime:
    """Note that a story was taken to a network: for the person's own cap, and the words apart from the person.

    Returns when this post had best go out: some time after the one before it, in the waking hours of the site.
    """
    with transaction.atomic():
        Shared.objects.create(person=person, story=story, network=network)
        Wording.objects.create(story=story, text=words)
        link, _is_new = Link.objects.select_for_update().get_or_create(story=story, network=network)
        now = timezone.now()
        best = _in_waking_hours(max(now, link.free_from or now))
        link.free_from = best + APART
        link.save(update_fields=["free_from"])
    return best


def _in_waking_hours(moment: datetime) -> datetime:
    local = timezone.localtime(moment)
    if local.hour < AWAKE_FROM:
        return local.replace(hour=AWAKE_FROM, minute=0, second=0, microsecond=0)
    if local.hour >= AWAKE_UNTIL:
        return (local + timedelta(days=1)).replace(hour=AWAKE_FROM, minute=0, second=0, microsecond=0)
    return local


def findings(draft: draftcheck.Draft) -> list[draftcheck.Finding]:
    """The coach, at the end of sharing; the disclosure is there already."""
    return draftcheck.check(draft)


def link_for(story: Story, network: str) -> Link:
    return Link.objects.get_or_create(story=story, network=network)[0]


def follow_link(link: Link) -> None:
    """Count a visit; nothing about the visitor is looked at."""
    Link.objects.filter(pk=link.pk).update(visits=F("visits") + 1)


def send_briefing(*, by: Person, teams: Iterable[Any] = (), hours: int = 48, **fields: Any) -> Briefing:
    """Put a briefing before everybody it is for; it is readable at once, mails follow in the background."""
    with transaction.atomic():
        briefing = Briefing.objects.create(sent_by=by, expires_at=timezone.now() + timedelta(hours=hours), **fields)
        briefing.teams.set(teams)
        log.record("share.briefing_sent", actor=by, subject=str(briefing.pk), is_drill=briefing.is_drill)
    return briefing


def end_briefing(briefing: Briefing, *, by: Person) -> None:
    with transaction.atomic():
        Briefing.objects.filter(pk=briefing.pk).update(expires_at=timezone.now())
        log.record("share.briefing_ended", actor=by, subject=str(briefing.pk))


def read_briefing(briefing: Briefing, *, person: Person) -> None:
    """Note that somebody has read it; twice is once."""
    Read.objects.get_or_create(briefing=briefing, person=person)


def erase_person(person: Person) -> None:
    """Take a person out of this part; their stories stay, without a name, but for those that they took back."""
    taken_back = [own.pk for own in Story.objects.filter(teller=person, state=State.WITHDRAWN) if own.is_taken_back]
    Story.objects.filter(pk__in=taken_back).delete()
    Shared.objects.filter(person=person).delete()
    Read.objects.filter(person=person).delete()
    Story.objects.filter(teller=person).update(teller=None)
