"""Loads the sample organisation: Halden Outdoor, maker of tents and rucksacks, invented and written for Askfirst."""

import json
import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from askfirst.base import actions as base
from askfirst.coach import actions as coach_actions
from askfirst.engines import lessons as lesson_engine
from askfirst.jam import actions as jam_actions
from askfirst.jam import facilitation
from askfirst.jam import queries as jam_queries
from askfirst.jam import voting as jam_voting
from askfirst.jam.models import Group, Jam, Kind, Naming
from askfirst.learn import actions as learn_actions
from askfirst.learn import playing, practice
from askfirst.learn import queries as learn_queries
from askfirst.library import queries as library
from askfirst.listen import actions as listen_actions
from askfirst.listen import heard as listen_heard
from askfirst.people import actions as people
from askfirst.people import queries as people_queries
from askfirst.people.models import Person, Stance, Team
from askfirst.plan import actions as plan_actions
from askfirst.plan import reports
from askfirst.plan.models import Entry
from askfirst.policy import actions as policy_actions
from askfirst.policy import languages as policy_languages
from askfirst.policy import queries as policy_queries
from askfirst.share import actions as share_actions

PASSWORD = "halden-demo-1"
CODE = "HALDEN"
QUESTIONS = Path(__file__).with_name("sample_questions.txt")
POSTS = Path(__file__).with_name("sample_posts.jsonl")
NUMBERS = Path(__file__).with_name("sample_numbers.csv")
# Who looks after which part of the plan.
OWNERS = {"goal": "fay", "channel": "lio", "voice": "ada", "cadence": "edith", "risk": "edith"}
SIGN_INS = (
    ("ada@halden.example", "administrator"),
    ("fay@halden.example", "facilitator"),
    ("edith@halden.example", "editor"),
    ("lio@halden.example", "listener"),
    ("eli@halden.example", "employee"),
    ("amba@halden.example", "ambassador"),
)
STAFF = {
    "Management": ["Ada Halden", "Marten Brook"],
    "Marketing": ["Fay Lindqvist", "Edith Okoro", "Lio Castellano", "Priya Nair"],
    "Workshop Leeds": ["Eli Marsh", "Tomasz Wrona", "Grace Adeyemi", "Sean Doyle", "Wei Zhang", "Hannah Frost", "Kofi Mensah"],
    "Shops": ["Amba Reyes", "Jonas Petersen", "Nadia Haddad", "Olli Virtanen", "Bea Santos", "Rory Campbell", "Mina Sato",
              "Luca Ferrari", "Zoe Turner"],
    "Hamburg": ["Katrin Vogel", "Mehmet Yilmaz", "Anke Petersen", "Lars Behrens", "Svenja Kruse"],
    "Customer care": ["Deniz Kaya", "Molly Shaw", "Ivo Novak", "Sara Lindholm"],
    "Warehouse": ["Pat O'Neill", "Yusuf Demir", "Carla Gomes", "Vikram Rao", "Joanna Mazur", "Terry Blunt"],
    "Finance and people": ["Ruth Adler", "Samir Khan", "Elise Martin"],
}  # fmt: skip
ANSWERED = {
    "Am I allowed to say on LinkedIn that I work here?": (
        "Yes, gladly. Say what you do, and keep “my own views” in mind when you write about us: where it matters who you "
        "work for, say so in the post itself. A line in the profile alone is not enough."
    ),
    "Can I talk about my pay on social media?": (
        "Yes. Talking about pay, hours and conditions with colleagues is your right, online too. What stays inside is "
        "other people's pay that you only know because of your job, as in payroll."
    ),
    "What do I do when I see a fake account with our logo?": (
        "Do not write to it. Take a screenshot with the address, send it to the marketing team's mailbox, and report the "
        "account to the network as impersonation. They answer within the day."
    ),
    "Do I have to share company posts?": (
        "No. Never. “Know the rules” is a full answer to the question how much you want to do, and nobody counts."
    ),
}
PARKED = {
    "Will this policy be checked by a lawyer?": (
        "The draft goes to our solicitor after this jam.",
        "ruth@halden.example",
        30,
    ),
    "Is there a budget for a decent microphone?": (
        "We ask for offers and decide with the spring budget.",
        "ada@halden.example",
        45,
    ),
}
FORMER = (
    ("Is there a social media policy already?", "There is a page from 2019 that nobody reads. This jam is the start of a new one."),
    ("Who runs the company accounts?", "Priya and Lio, with Fay standing in. Passwords are in the company safe, not in a chat."),
    ("Can I take customers' pictures in the shop?", "Ask first, say where it will appear, and take no for an answer. Never children without their parents."),
    ("What was the problem with the tent video last year?", "It showed the customer list on a screen in the background for two seconds."),
)  # fmt: skip


POLICY = Path(__file__).with_name("sample_policy.md")
DRAFT = Path(__file__).with_name("sample_policy_draft.md")
SUMMARY = (
    "Post or do not post, as you like: nobody keeps a list. You may always talk about your pay and how you are treated. When you praise "
    "something of ours, say in the post that you work here. Four things stay inside: unannounced products, customers' data, patterns and "
    "unpublished figures. Ask people before you show them. Pass angry customers to customer care, and crises to the number on your badge."
)
SUMMARY_DE = (
    "Posten Sie oder lassen Sie es, wie Sie mögen: Niemand führt eine Liste. Über Ihren Lohn und darüber, wie man Sie behandelt, dürfen Sie immer "
    "reden. Wenn Sie etwas von uns loben, sagen Sie im Beitrag, dass Sie hier arbeiten. Viererlei bleibt drinnen: Unangekündigtes, Daten von "
    "Kunden, Schnitte und unveröffentlichte Zahlen. Fragen Sie Menschen, bevor Sie sie zeigen. Wütende Kunden gehen an den Kundendienst, "
    "Krisen an die Nummer auf Ihrem Ausweis."
)
CHECKS = (
    ("You write “Best tent I ever slept in!” under a picture of our new model. What else belongs into the post?", "say-that-you-work-here", 0, (
        ("That you work for Halden.", "Right: people must be able to tell, in the post itself."),
        ("Nothing; your profile says where you work.", "Most people never open a profile. Say it in the post."),
        ("The hashtag of the campaign.", "A hashtag of a campaign does not tell that you are paid by us."),
    )),
    ("A colleague posts how little the warehouse is paid. What do you do?", "what-you-may-always-say", 1, (
        ("Tell their manager.", "Talking about pay is everybody's right. There is nothing to report."),
        ("Nothing, or like it.", "Right: pay and conditions may be talked about, in public too."),
        ("Ask them to take it down.", "They may say it, and nobody should press them."),
    )),
    ("You filmed the cutting table. On the wall behind hang the patterns of next year's tent.", "what-stays-inside", 2, (
        ("Post it; nobody looks at the wall.", "Somebody always looks at the wall."),
        ("Post it only for friends.", "What is posted for friends travels as well."),
        ("Film it again from the other side.", "Right: unannounced products and patterns stay inside."),
    )),
    ("A customer writes angrily under your holiday picture that his rucksack tore.", "when-a-customer-asks-or-complains", 0, (
        ("Say that you are sorry to hear it and pass it to customer care today.", "Right: kind, quick, and in the hands of those who can help."),
        ("Explain that he must have packed it wrongly.", "Even if it were so: do not argue."),
        ("Delete the comment.", "He will write it again, somewhere else and angrier."),
    )),
)  # fmt: skip


def is_loaded() -> bool:
    return jam_queries.jam_by_code(CODE) is not None


def load() -> str:
    """Load everything once; a second call changes nothing. Returns the code of the jam that is under way."""
    if not is_loaded():
        base.set_organisation(name="Halden Outdoor", brand_colour="#ffcc00")
        staff = _hire()
        former_jam(staff["fay"])
        running_jam(staff["fay"])
        coach_actions.load_sample(staff["edith"])
        policies(staff["edith"])
        stories(staff["amba"], staff["edith"], staff["lio"])
        mentions(staff["lio"])
        plan_actions.load_template(by=staff["edith"])
        for kind, name in OWNERS.items():
            Entry.objects.filter(kind=kind).update(owner=staff[name])
        learning(random.Random(7))
        months_before()
    return CODE


def _hire() -> dict[str, Person]:
    roles = {
        "ada": ["is_admin", "is_facilitator"],
        "fay": ["is_facilitator"],
        "edith": ["is_editor"],
        "lio": ["is_listener"],
    }
    signing_in = {email for email, _what in SIGN_INS}
    hired = {}
    for team_name, names in STAFF.items():
        team, _created = Team.objects.get_or_create(name=team_name)
        lead = None
        for name in names:
            first = name.split()[0].lower()
            email = (
                f"{first}@halden.example" if first not in hired else f"{name.lower().replace(' ', '.')}@halden.example"
            )
            hired[first] = people.add_person(
                email=email,
                name=name,
                password=PASSWORD if email in signing_in else None,
                team=team,
                is_on_roster=True,
                employee_id=f"H{len(hired) + 100}",
                language="de" if team_name == "Hamburg" else "en",
                stance=Stance.AMBASSADOR if first == "amba" else Stance.RULES,
                # The first of each team leads it, and the first of all leads those.
                manager=lead or hired.get("ada"),
                **{role: True for role in roles.get(first, [])},
            )
            lead = lead or hired[first]
    return hired


def learning(chance: random.Random) -> None:
    """What colleagues have done by now: most know the policy, many have begun the course, some have met villains.

    Those whom a visitor may sign in as have everything still before them.
    """
    signing_in = {email for email, _what in SIGN_INS}
    colleagues = [person for person in people_queries.people() if person.email not in signing_in]
    [version] = policy_queries.current_versions()
    questions = list(version.policy.questions.all())
    lessons = list(learn_queries.lessons().exclude(starter="").order_by("starter"))
    drills = list(playing.easy_drills())
    for person in colleagues:
        if chance.random() < 0.75:
            answers = {own.pk: _likely(own.options, chance) for own in questions}
            policy_actions.acknowledge(version, person=person, language=person.language, answers=answers)
        for lesson in lessons[: chance.choice((0, 0, 1, 2, 3, 5, 14))]:
            asked = learn_actions.drawn(lesson, person)
            chosen = {at: lesson_engine.right_answer(lesson.parsed.questions[at]) for at in asked}
            learn_actions.finish_lesson(lesson, person=person, chosen=chosen)
        if chance.random() < 0.4:
            for drill in drills[:3]:
                _play(practice.begin_play(drill, person=person), chance)


def _likely(options: list[dict[str, Any]], chance: random.Random) -> int:
    right = next(at for at, option in enumerate(options) if option["is_right"])
    return right if chance.random() < 0.85 else chance.randrange(len(options))


def _play(play: Any, chance: random.Random) -> None:
    scene = play.drill.parsed.scenes[play.scene]
    while scene.choices:
        right = next(at for at, choice in enumerate(scene.choices) if choice.is_right)
        number = right if chance.random() < 0.5 else chance.randrange(len(scene.choices))
        practice.choose(play, scene=scene.id, number=number)
        scene = play.drill.parsed.scenes[scene.choices[number].target]


def months_before() -> None:
    """Five months of numbers as they might have been, so that the report has something to compare with."""
    month = timezone.localdate().replace(day=1)
    for line in NUMBERS.read_text(encoding="utf-8").split():
        measure, *said = line.split(",")
        for back, number in enumerate(reversed(said), start=1):
            at = month.year * 12 + month.month - 1 - back
            reports.keep_reading(date(at // 12, at % 12 + 1, 1), measure, float(number) if number else None)
    reports.keep_readings()


def questions() -> list[str]:
    """The questions of the open jam, in order of arrival."""
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def running_jam(leader: Person) -> Jam:
    """The jam under way: a lunch hour that became a week."""
    jam = jam_actions.create_jam(
        by=leader,
        code=CODE,
        title="Social media at Halden: ask us anything",
        prompt="What would you like to know before we write our rules?",
        asks_ideas=True,
        naming=Naming.CHOICE,
        rule="We turn down only what attacks a person or gives away somebody's private matters.",
        opens_at=timezone.now() - timedelta(hours=2),
        closes_at=timezone.now() + timedelta(days=7),
    )
    for text in questions():
        kind = Kind.IDEA if text.startswith("Could we") else Kind.QUESTION
        jam_actions.post_contribution(jam, text=text, kind=kind)
    _vote(jam)
    for text, answer in ANSWERED.items():
        facilitation.answer(jam, _group_of(jam, text), by=leader, text=answer)
    for text, (reason, owner, days) in PARKED.items():
        person = people_queries.people().filter(email=owner).first()
        due = timezone.localdate() + timedelta(days=days)
        facilitation.park(jam, _group_of(jam, text), by=leader, reason=reason, owner=person, due_on=due)
    idea = _group_of(jam, "Could we show more of how the tents are sewn? People love that.")
    facilitation.decide_idea(jam, idea, by=leader, decision="will", because="it is what visitors of the workshop ask for.",
                             owner=people_queries.people().filter(email="priya@halden.example").first())  # fmt: skip
    facilitation.put_on_stage(jam, _group_of(jam, "Can I get fired for a post?"), by=leader)
    facilitation.mark_gap(jam, _group_of(jam, "Can I take part in a giveaway of our own company?"), by=leader)
    return jam


def _vote(jam: Jam) -> None:
    """Votes of forty colleagues, the same at every load."""
    chance = random.Random(7)
    groups = list(Group.objects.filter(jam=jam, merged_into=None).order_by("pk"))
    ballots = []
    for voter in range(40):
        liked = chance.sample(groups, k=chance.randint(4, 18))
        ballots += [
            jam_voting.Ballot(jam.pk, group.pk, f"{chance.getrandbits(128):032x}"[:31] + f"{voter % 10}")
            for group in liked
        ]
    favourites = groups[:12]
    ballots += [
        jam_voting.Ballot(jam.pk, chance.choice(favourites).pk, f"{chance.getrandbits(128):032x}") for _ in range(150)
    ]
    jam_voting.cast_votes(ballots)


def _group_of(jam: Jam, text: str) -> int:
    return Group.objects.values_list("pk", flat=True).get(contributions__text=text, jam=jam)


def former_jam(leader: Person) -> Jam:
    """Last month's short jam, closed, with its ledger."""
    jam = jam_actions.create_jam(
        by=leader,
        code="HALDN2",
        title="Tea round: posting from the shop floor",
        prompt="What is unclear?",
        opens_at=timezone.now() - timedelta(days=31),
    )
    for text, _answer in FORMER:
        jam_actions.post_contribution(jam, text=text)
    jam_actions.post_contribution(jam, text="Which phone should I buy for good videos?")
    for text, answer in FORMER:
        facilitation.answer(jam, _group_of(jam, text), by=leader, text=answer)
    due = timezone.localdate() + timedelta(days=14)
    facilitation.close(jam, by=leader, reason="We ran out of tea. Priya collects what works.", owner=leader, due_on=due)
    return jam


# What of the starter shelf stands beside which clause.
BESIDE = (
    ("people-in-pictures", "03-people-in-pictures"),
    ("made-with-ai", "08-made-with-ai"),
    ("when-a-customer-asks-or-complains", "04-customer-online"),
    ("in-a-crisis", "07-first-hour"),
)


def policies(editor: Person) -> None:
    """A policy in force that everybody is asked to read, and a draft that still has something to mend."""
    policy = policy_actions.create_policy(
        by=editor,
        title="Social media at Halden",
        countries=["uk", "eu"],
        draft=POLICY.read_text(encoding="utf-8"),
        summary=SUMMARY,
    )
    for text, clause, right, options in CHECKS:
        rows = [{"text": words, "is_right": at == right, "feedback": why} for at, (words, why) in enumerate(options)]
        policy_actions.keep_question(policy, by=editor, text=text, clause_key=clause, options=rows)
    shelf = library.starter_numbers()
    for key, name in BESIDE:
        material = library.material(shelf.get(name, 0))
        if material:
            policy_actions.put_beside(policy, key=key, material=material, by=editor)
    version = policy_actions.publish(policy, by=editor)
    policy_languages.say_in(
        version,
        "de",
        by=editor,
        title="Soziale Medien bei Halden",
        summary=SUMMARY_DE,
        text=POLICY.with_suffix(".de.md").read_text(encoding="utf-8"),
        questions=Path(__file__).with_name("sample_questions.de.txt").read_text(encoding="utf-8"),
    )
    policy_actions.create_policy(
        by=editor,
        title="Pictures and video from the workshop",
        countries=["uk", "eu"],
        draft=DRAFT.read_text(encoding="utf-8"),
    )


def stories(teller: Person, editor: Person, listener: Person) -> None:
    """A story that volunteers may share, one that waits for the editor, and a briefing that is a drill."""
    story = share_actions.tell_story(
        teller=teller, title="Forty people, sixty zips, one cake",
        text="On Saturday the workshop opened its doors for the first repair café. Forty people came with jackets, tents and one accordion. We mended "
        "sixty zips, taught eleven people to do it themselves, and failed at the accordion. Grace's lemon cake lasted four minutes.",
    )  # fmt: skip
    share_actions.approve_story(
        story,
        by=editor,
        address="https://halden.example/repair",
        prompt="What have you kept alive for longer than it was made for?",
    )
    share_actions.tell_story(
        teller=teller, title="The tent that came back",
        text="A customer sent back a tent from 1991 and asked for new poles. We do not make them any more, so Tomasz bent a set by hand.",
    )  # fmt: skip
    share_actions.send_briefing(
        by=listener, hours=24 * 7, is_drill=True, title="A fake shop uses our name",
        happened="On Instagram an account with our logo asks customers for card details. Its name has a capital i where the l should be.",
        known="We have reported it. We do not know yet whether anybody lost money.",
        say="“That is not us. Please send nothing there; our only shop is halden.example.”",
        do_not_say="Do not argue with the account and do not link to it: each comment shows it to more people.", answers="Lio in marketing",
    )  # fmt: skip


def mentions(listener: Person) -> None:
    """A saved query and what it found lately."""
    listen_actions.save_query(by=listener, name="The brand", text="halden NOT (norway weather)")
    now = timezone.now()
    rows = [json.loads(line) for line in POSTS.read_text(encoding="utf-8").splitlines()]
    for row in rows:
        row["posted_at"] = (now - timedelta(hours=row.pop("hours"))).isoformat()
    source = listen_actions.file_source("Sample of public posts")
    listen_heard.take_posts(rows, source=source)
    listen_actions.note_brought(source)
