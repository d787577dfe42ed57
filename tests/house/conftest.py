"""Every page of ours by name, and a site with one of everything to try them on."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from askfirst.base.models import Delivery, Webhook
from askfirst.coach.models import Entry as Word
from askfirst.jam import facilitation
from askfirst.learn import actions as learn
from askfirst.learn import badges, practice
from askfirst.learn.models import Drill, Study
from askfirst.library.models import Answer, Material
from askfirst.listen.models import Mention, Query, Source
from askfirst.people.models import Token
from askfirst.plan.models import Entry, Reading
from askfirst.plan.models import Version as PlanVersion
from askfirst.policy import actions as policy
from askfirst.policy.models import Dispute, Reference
from askfirst.share.models import Briefing, Consent, Story
from tests import makers

TABLE = Path(__file__).parents[2] / "docs/reference/access.md"
ROWS = dict(re.findall(r"^\| `([\w:-]+)` \| `[^`]*` \| (.+) \|$", TABLE.read_text(), re.MULTILINE))
# Addresses that only take what a form sends, or that belong to one person.
NOT_OURS = ("account", "mfa", "socialaccount", "openid_connect", "django", "usersessions")


def names() -> set[str]:
    """Names of all our pages."""
    found = set()

    def walk(resolver: Any, space: str) -> None:
        for own in resolver.url_patterns:
            if isinstance(own, URLResolver):
                walk(own, own.namespace or space)
            elif isinstance(own, URLPattern) and own.name and space and space not in NOT_OURS:
                found.add(f"{space}:{own.name}")

    walk(get_resolver(), "")
    return found


@pytest.fixture
def world(ada, fay, eli, amba) -> dict[str, Any]:
    """One of everything, and who is who."""
    edith = makers.make_person("edith", is_editor=True)
    lio = makers.make_person("lio", is_listener=True)
    boss = makers.make_person("boss")
    makers.make_person("report", manager=boss)
    jam = makers.make_jam(fay)
    group = makers.group_of(makers.make_question(jam))
    facilitation.park(jam, group.pk, by=fay, reason="Later.", owner=amba)
    made = makers.make_policy(edith)
    version = policy.publish(made, by=edith)
    lesson = learn.keep_lesson(by=edith, source="# Ask\n\nAsk.\n\n? Where?\n+ Here | Yes.\n- There | No.\n")
    course = learn.keep_course(by=edith, lessons=[lesson], title="One", note="", days=30)
    learn.finish_lesson(lesson, person=amba, chosen={0: [0]})
    practice.load_drills()
    drill = Drill.objects.first()
    story = Story.objects.create(title="T", text="T", teller=amba, state="approved")
    hook = Webhook.objects.create(name="W", address="https://x.example", events=[])
    source = Source.objects.create(kind="feed", name="S", address="https://x.example")
    query = Query.objects.create(name="Q", text="halden")
    mention = Mention.objects.create(
        source=source, foreign_id="1", text="halden", posted_at=timezone.now(), kind="praise", mood="good", priority=1
    )
    PlanVersion.objects.create(number=1, entries=[])
    Reading.objects.create(month=timezone.localdate().replace(day=1), measure="asked", number=1)
    return {
        "people": {"eli": eli, "amba": amba, "boss": boss, "fay": fay, "edith": edith, "lio": lio, "ada": ada},
        "code": {"jam": jam.code, "learn": badges.take_badge(course, person=amba).code, "share": "nosuch"},
        "pk": {
            "plan:edit_entry": Entry.objects.create(kind="goal", title="G").pk, "jam:withdraw": 1, "jam:why": group.pk,
            "jam:act": group.pk, "jam:handed": group.pk, "share": story.pk, "share:revoke": Consent.objects.create(story=story, name="N").pk,
            "share:briefing": (briefing := Briefing.objects.create(title="B", sent_by=lio, expires_at=timezone.now())).pk,
            "share:end": briefing.pk, "coach:remove": Word.objects.create(kind="term", sealed="x").pk,
            "listen:mention": mention.pk,
            "listen:edit_query": query.pk, "listen:switch": source.pk, "listen:receive": source.pk,
            "learn": lesson.pk, "learn:beside": made.pk, "learn:edit_course": course.pk, "learn:completions": course.pk,
            "learn:export": course.pk, "learn:study": Study.objects.create(course=course, steps=1).pk,
            "learn:achievement": course.pk, "learn:take_badge": course.pk, "learn:drill": drill.pk,
            "learn:edit_drill": drill.pk, "learn:take_drill_out": drill.pk,
            "learn:end_course": course.pk, "learn:certificate": course.pk, "learn:play": practice.begin_play(drill, person=amba).pk,
            "policy": made.pk, "policy:reference": (ref := Reference.objects.create(title="R", text="T")).pk,
            "policy:edit_reference": ref.pk,
            "policy:settle_comment": policy.comment(made, key="a", text="c", by=edith).pk,
            "policy:answer_dispute": Dispute.objects.create(version=version, person=eli, text="no").pk,
            "library": Material.objects.create(kind="article", title="M", body="B", licence="own").pk,
            "library:answer": (answer := Answer.objects.create(question="Q", answer="A")).pk,
            "library:edit_answer": answer.pk, "people": eli.pk,
            "plan:erase_leaver": makers.make_person("leaver", is_active=False).pk, "people:system": hook.pk,
            "people:revoke_token": Token.objects.create(
                name="T", prefix="p", digest="d", made_by=ada, expires_on=timezone.localdate()
            ).pk,
            "people:deliver_again": Delivery.objects.create(webhook=hook, event="jam.closed").pk,
            "people:progress": "1", "api": made.pk,
        },
        "more": {
            "verb": "pin", "number": 1, "form": {"jam": "csv", "learn": "csv", "policy": "md"}, "language": "de", "month": f"{timezone.localdate():%Y-%m}",
            "name": "x.csv", "token": "nosuch", "side": 192, "page": 0, "question": made.questions.first().pk,
        },
    }  # fmt: skip


def address(name: str, world: dict[str, Any]) -> str:
    part = name.partition(":")[0]
    route = next((line for line in TABLE.read_text().splitlines() if line.startswith(f"| `{name}` |")), "")
    wanted = re.findall(r"<(?:\w+:)?(\w+)>", route.split("|")[2])
    kwargs = {}
    for own in wanted:
        if own == "pk":
            kwargs[own] = world["pk"].get(name, world["pk"].get(part, 1))
        elif own == "code":
            kwargs[own] = world["code"].get(part, "x") if part != "api" else world["code"]["jam"]
        else:
            value = world["more"][own]
            kwargs[own] = value[part] if isinstance(value, dict) else value
    if name == "learn:export":
        kwargs["form"] = "scorm12"
    if name == "learn:badge_picture":
        kwargs["form"] = "svg"
    return reverse(name, kwargs=kwargs)


def is_exempt(name: str) -> bool:
    """Doors for machines with a token or a signature, and the phone's share sheet, which changes nothing."""
    return ROWS[name] == "a token or a signature" or name in {"coach:share"} or name.startswith("api:")
