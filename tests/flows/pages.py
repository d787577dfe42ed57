"""The pages that are walked in a real browser, by who opens them; tests/house proves that none of ours is missing."""

# Of the sample organisation. "" is anybody who has not signed in.
SAMPLE = {
    "": [
        "/", "/account/login/", "/account/login/code/", "/account/password/reset/", "/j/HALDEN", "/j/HALDEN/screen", "/j/HALDEN/ledger",
        "/j/HALDN2", "/j/HALDN2/why/1", "/j/HALDEN/mine", "/components/", "/join",
    ],
    "fay": [
        "/library/materials/1/", "/library/materials/12/", "/library/materials/add", "/library/materials/import",
        "/library/materials/1/print", "/today", "/lead/", "/lead/new", "/lead/HALDEN/", "/lead/HALDEN/settings", "/lead/HALDEN/close",
        "/lead/HALDEN/bring", "/lead/HALDN2/remove", "/handed/5", "/library/", "/library/answers/1/", "/library/answers/1/edit/",
        "/library/answers/new", "/people/me", "/people/me/erase",
        "/account/2fa/", "/account/password/change/", "/library/materials/1/edit",
    ],
    "edith": [
        "/desk", "/plan/new", "/coach/glossary/", "/stories/desk/", "/stories/desk/1", "/learn/gallery/1/edit", "/learn/gallery/new",
        "/learn/", "/learn/1/", "/learn/desk/", "/learn/desk/lesson", "/learn/desk/course", "/policy/", "/policy/1/", "/policy/1/know",
        "/policy/references/", "/policy/references/1/", "/policy/references/add", "/policy/desk/", "/policy/desk/new", "/policy/desk/2/",
        "/policy/desk/2/settings", "/policy/desk/2/coverage", "/policy/desk/2/check", "/policy/desk/1/questions", "/policy/desk/2/review",
        "/policy/desk/2/publish", "/policy/desk/1/evidence", "/policy/desk/1/versions", "/policy/desk/1/languages/de", "/coach/offline",
        "/learn/2/", "/learn/desk/lesson/1", "/learn/desk/lesson/1/texts", "/learn/desk/lesson/1/de", "/learn/policies/1/", "/plan/1",
        "/learn/desk/course/1", "/learn/gallery/1/de", "/policy/references/1/edit", "/policy/desk/1/questions/1", "/j/about",
        "/policy/desk/1/end", "/policy/desk/2/end", "/policy/desk/2/drafts",
    ],
    "amba": [
        "/today", "/stories/", "/stories/tell", "/stories/1/share", "/coach/", "/learn/gallery/", "/learn/gallery/7/", "/briefings/1/",
        "/stories/accounts/", "/learn/refresh",
    ],
    "lio": [
        "/desk", "/briefings/", "/listen/", "/listen/mentions/4/", "/listen/queries/", "/listen/queries/new", "/listen/queries/1/",
        "/listen/sources/", "/listen/sources/1/", "/listen/alerts/", "/listen/themes/", "/plan/", "/plan/numbers",
    ],
    "ada": [
        "/people/tokens/", "/desk", "/people/", "/people/add", "/people/import", "/people/organisation", "/people/log", "/people/1",
        "/people/5", "/people/?left", "/people/teams",
        "/people/me", "/people/systems/", "/team", "/plan/numbers", "/learn/desk/studies/", "/learn/check", "/plan/setup",
    ],
}  # fmt: skip

# What the sample organisation has none of: a course done with its badge, a play of a drill, a study, another system.
# Prints the addresses by who opens them, as JSON.
MAKE_MORE = """
import json
from django.urls import reverse
from askfirst.base import actions as base
from askfirst.learn import actions, badges, measuring, practice
from askfirst.learn.models import Drill, Lesson
from askfirst.people import actions as people
from askfirst.people.models import Person
from askfirst.plan import actions as plan

ada, edith, amba = (Person.objects.get(email=f"{name}@halden.example") for name in ("ada", "edith", "amba"))
lesson = actions.keep_lesson(by=edith, source="# Ask\\n\\nAsk.\\n\\n? Where?\\n+ Here | Yes.\\n- There | No.\\n")
course = actions.keep_course(by=edith, lessons=[lesson], title="One", note="", days=30)
actions.finish_lesson(lesson, person=amba, chosen={0: [0]})
code = badges.take_badge(course, person=amba).code
play = practice.begin_play(Drill.objects.first(), person=amba)
study = measuring.begin_study(course, by=ada, steps=1)
hook, _secret = base.add_webhook(by=ada, name="Chat", shape="chat", address="https://chat.example/", events=["jam.closed"])
plan.keep_version(by=edith, note="As agreed")
leaver = people.add_person(email="olga@halden.example", name="Olga", is_active=False)
print(json.dumps({
    "amba": [reverse("learn:badge", args=[code]), reverse("learn:give_badge_back", args=[code]), reverse("learn:play", args=[play.pk])],
    "ada": [
        reverse("learn:study", args=[study.pk]), reverse("people:system", args=[hook.pk]), reverse("people:person", args=[leaver.pk]),
        reverse("plan:erase_leaver", args=[leaver.pk]), reverse("plan:version", args=[1]),
    ],
}))
"""

# Walked too, at addresses that only a run knows: those of MAKE_MORE and the newest monthly report.
MADE = {
    "learn:badge",
    "learn:give_badge_back",
    "learn:play",
    "learn:study",
    "people:system",
    "plan:erase_leaver",
    "plan:report",
    "plan:version",
}

# Words and addresses without a break, as long as they may be, wherever people or other systems write some.
MAKE_LONG = """
from askfirst.base.models import Organisation
from askfirst.jam.models import Contribution, Group, Jam
from askfirst.learn.models import Course, Lesson
from askfirst.library.models import Answer, Material
from askfirst.listen.models import Mention, Query
from askfirst.people.models import Person, Team
from askfirst.plan.models import Entry
from askfirst.policy.models import Policy
from askfirst.share.models import Story

word, address = "Aufsichtsratsmitgliederversammlung" * 9, "https://example.org/" + "unbroken" * 20
Organisation.objects.update(name=word[:80])
Jam.objects.update(title=word[:150], prompt=word[:150])
Contribution.objects.update(text=word)
Group.objects.update(title=word[:300], answer=address)
for own in (Course, Lesson, Policy, Story, Entry, Material):
    own.objects.update(title=word[:80])
Material.objects.update(address=address, author=word[:80])
Answer.objects.update(question=word, answer=address)
Query.objects.update(name=word[:80])
Mention.objects.update(text=word, author=word[:80], address=address)
for row in [*Person.objects.all(), *Team.objects.all()]:
    row.name = f"{word[:90]}{row.pk}"
    row.save()
"""
LONG = {
    "fay": [
        "/today",
        "/j/HALDEN",
        "/j/HALDEN/ledger",
        "/j/HALDEN/why/17",
        "/lead/",
        "/lead/HALDEN/",
        "/library/",
        "/library/answers/1/",
        "/stories/",
    ],
    "edith": ["/learn/", "/learn/1/", "/learn/desk/", "/learn/desk/course/1", "/policy/", "/policy/1/", "/plan/"],
    "lio": ["/listen/", "/listen/mentions/4/", "/listen/sources/"],
    "ada": ["/people/", "/people/5", "/people/log", "/people/teams"],
}
