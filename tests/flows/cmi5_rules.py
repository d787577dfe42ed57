"""What cmi5 asks of an assignable unit, as rules over what a unit said and asked in all its sessions of one registration.

Each rule names the requirements that it judges by their numbers in the catalogue of the standard (package @cmi5/requirements);
`ELSEWHERE` says of the others why no rule of ours judges them.
"""

import json
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

CATEGORY = "https://w3id.org/xapi/cmi5/context/categories/"
EXTENSION = "https://w3id.org/xapi/cmi5/context/extensions/"
VERB = "http://adlnet.gov/expapi/verbs/"
DEFINED = {"initialized", "completed", "passed", "failed", "terminated"}
TOKEN = b64encode(b"a token").decode()


@dataclass
class Asked:
    """One request of the unit to the store, or to the address that gives the token."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    @property
    def resource(self) -> str:
        return urlsplit(self.path).path


@dataclass
class Session:
    """One launch: what the unit was given, and what it asked, in order."""

    endpoint: str
    fetch: str
    actor: dict
    registration: str
    activity: str
    launch: dict
    asked: list[Asked] = field(default_factory=list)

    @property
    def statements(self) -> list[dict]:
        return [json.loads(own.body) for own in self.asked if own.resource.endswith("/statements")]

    @property
    def defined(self) -> list[dict]:
        """The statements that the standard defines, known by their category; others are merely allowed."""
        return [own for own in self.statements if f"{CATEGORY}cmi5" in categories(own)]

    @property
    def verbs(self) -> list[str]:
        return [verb(own) for own in self.statements]


def verb(statement: dict) -> str:
    return statement["verb"]["id"].removeprefix(VERB)


def categories(statement: dict) -> set[str]:
    return {own["id"] for own in statement["context"].get("contextActivities", {}).get("category", [])}


Rule = Callable[[Session, list[Session]], Iterator[str]]
RULES: list[tuple[tuple[str, ...], Rule]] = []


def rule(*ids: str) -> Callable[[Rule], Rule]:
    def keep(function: Rule) -> Rule:
        RULES.append((ids, function))
        return function

    return keep


def broken(history: list[Session]) -> list[str]:
    """What the sessions of one registration, in order, did against the standard: `session: ids: what`."""
    return [
        f"{number}: {', '.join(ids)}: {what}"
        for number, session in enumerate(history)
        for ids, function in RULES
        for what in function(session, history[:number])
    ]


@rule("8.1.2.0-3", "8.1.2.0-4", "8.2.1.0-2", "8.2.2.0-4", "8.2.3.0-1")
def token_is_fetched_once(session: Session, _before: list[Session]) -> Iterator[str]:
    found = [own for own in session.asked if own.resource == urlsplit(session.fetch).path]
    if [own.method for own in found] != ["POST"]:
        yield f"the token was asked for by {[own.method for own in found]}"
    if session.asked and session.asked[0] not in found:
        yield "something was asked before the token"


@rule("8.1.1.0-2", "8.1.1.0-3", "8.1.2.0-5", "8.2.1.0-5", "8.2.2.0-5", "4.1.0.0-1", "7.0.0.0-1", "7.0.0.0-2")
def requests_go_to_the_endpoint_with_the_token(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.asked[1:]:
        if not own.resource.startswith(urlsplit(session.endpoint).path.rstrip("/") + "/"):
            yield f"{own.path} is outside the endpoint"
        if own.headers.get("Authorization") != f"Basic {TOKEN}":
            yield f"{own.path} came without the token"
        if not own.headers.get("X-Experience-API-Version", "").startswith("1.0"):
            yield f"{own.path} names no version"


@rule(
    "8.1.3.0-2",
    "8.1.3.0-3",
    "8.1.4.0-2",
    "8.1.4.0-3",
    "10.1.0.0-3",
    "10.1.0.0-4",
    "10.1.0.0-5",
    "11.0.0.0-1",
    "7.0.0.0-3",
)
def requests_name_actor_and_registration(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.asked[1:]:
        if (
            own.resource.endswith(("/activities/state", "/agents/profile"))
            and json.loads(own.query["agent"]) != session.actor
        ):
            yield f"{own.path} is about another agent"
        if own.resource.endswith("/activities/state") and (own.query["registration"], own.query["activityId"]) != (
            session.registration, session.activity,
        ):  # fmt: skip
            yield f"{own.path} is about another registration or activity"


@rule("10.2.1.0-4", "10.2.1.0-5")
def launch_data_are_read_and_left(session: Session, _before: list[Session]) -> Iterator[str]:
    found = {own.method for own in session.asked if own.query.get("stateId") == "LMS.LaunchData"}
    if found != {"GET"}:
        yield f"launch data: {found}"


@rule("11.0.0.0-3", "11.0.0.0-4", "7.0.0.0-4")
def preferences_are_read_at_the_start(session: Session, _before: list[Session]) -> Iterator[str]:
    names = [own.query.get("profileId") for own in session.asked if own.resource.endswith("/agents/profile")]
    if set(names) != {"cmi5LearnerPreferences"}:
        yield f"profiles asked for: {names}"


@rule(
    "7.1.1.0-1",
    "9.3.0.0-4",
    "9.3.2.0-2",
    "9.3.2.0-3",
    "9.3.2.0-1",
    "7.0.0.0-5",
    "10.2.2.0-6",
    "10.2.2.0-8",
    "10.2.2.0-10",
)
def first_is_initialized(session: Session, _before: list[Session]) -> Iterator[str]:
    if session.verbs[:1] != ["initialized"] or session.verbs.count("initialized") != 1:
        yield f"begins with {session.verbs[:3]}"


@rule("7.1.2.0-1", "9.3.0.0-5", "9.3.8.0-1", "9.3.8.0-2", "7.1.3.0-1")
def last_is_terminated(session: Session, _before: list[Session]) -> Iterator[str]:
    if session.verbs[-1:] != ["terminated"] or session.verbs.count("terminated") != 1:
        yield f"ends with {session.verbs[-3:]}"


@rule("9.3.0.0-1", "9.3.0.0-2", "9.3.0.0-3")
def verbs_are_said_once(session: Session, _before: list[Session]) -> Iterator[str]:
    verbs = [verb(own) for own in session.defined]
    if len(set(verbs)) != len(verbs) or {"passed", "failed"} <= set(verbs) or not set(verbs) <= DEFINED:
        yield f"said {verbs}"


@rule("9.3.0.0-6", "9.3.0.0-7", "9.3.0.0-8", "9.3.3.0-2", "9.3.4.0-3")
def registration_is_completed_and_passed_once(session: Session, before: list[Session]) -> Iterator[str]:
    earlier = {own for past in before for own in past.verbs}
    for own in session.verbs:
        if own in {"completed", "passed"} & earlier or (own == "failed" and "passed" in earlier):
            yield f"{own} after {sorted(earlier & DEFINED)}"


@rule("10.2.2.0-1", "10.2.2.0-2", "10.2.2.0-3", "10.2.2.0-5", "10.2.2.0-7", "10.2.2.0-9", "10.2.2.0-11")
def looking_around_is_not_recorded(session: Session, _before: list[Session]) -> Iterator[str]:
    if session.launch["launchMode"] != "Normal" and set(session.verbs) != {"initialized", "terminated"}:
        yield f"{session.launch['launchMode']}: {session.verbs}"


@rule("9.1.0.0-1")
def ids_are_uuids(session: Session, before: list[Session]) -> Iterator[str]:
    ids = [own["id"] for past in [*before, session] for own in past.statements]
    if len(set(ids)) != len(ids) or any(str(UUID(own)) != own for own in ids):
        yield f"ids {ids}"


@rule("9.2.0.0-1", "9.2.0.0-2", "9.2.0.0-3", "8.1.3.0-3")
def actor_is_the_one_given(session: Session, _before: list[Session]) -> Iterator[str]:
    if any(own["actor"] != session.actor for own in session.statements):
        yield "another actor"


@rule("9.4.0.0-1", "9.4.0.0-2", "8.1.5.0-5", "8.1.5.0-6", "3.0.0.0-1")
def object_is_the_activity(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.defined:
        if own["object"]["id"] != session.activity:
            yield f"{verb(own)} is about {own['object']['id']}"
    for own in session.statements:
        for address in (own["verb"]["id"], own["object"]["id"]):
            if not re.match(r"https?://", address):
                yield f"{address} is not absolute"


@rule("9.5.1.0-1", "9.3.4.0-2", "9.3.5.0-2", "10.2.4.0-2", "9.5.1.0-3", "9.3.4.0-1", "9.3.5.0-1")
def score_agrees_with_mastery(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.defined:
        score = own.get("result", {}).get("score")
        if (
            score
            and verb(own) in {"passed", "failed"}
            and (score["scaled"] >= session.launch["masteryScore"]) != (verb(own) == "passed")
        ):
            yield f"{verb(own)} with {score}"
        if score and "raw" in score and not {"min", "max"} <= set(score):
            yield f"raw without its bounds: {score}"


@rule("9.5.1.0-2", "9.5.2.0-1", "9.5.2.0-2", "9.5.2.0-3", "9.5.3.0-1", "9.5.3.0-2", "9.3.3.0-1")
def results_belong_to_their_verbs(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.defined:
        result, name = own.get("result", {}), verb(own)
        if "score" in result and name not in {"passed", "failed"}:
            yield f"{name} with a score"
        if result.get("success") is not {"passed": True, "failed": False}.get(name):
            yield f"{name} with success {result.get('success')}"
        if result.get("completion") is not {"completed": True}.get(name):
            yield f"{name} with completion {result.get('completion')}"


@rule("9.5.4.1-1", "9.5.4.1-2", "9.5.4.1-3", "9.5.4.1-4", "9.5.4.2-2")
def durations_are_given(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.defined:
        given = own.get("result", {}).get("duration")
        if verb(own) != "initialized" and not re.fullmatch(r"PT\d+(\.\d{1,2})?S", str(given)):
            yield f"{verb(own)} lasts {given}"


@rule("9.6.0.0-1", "9.6.1.0-1", "9.6.2.0-1", "9.6.3.1-4", "10.2.1.0-6", "10.2.1.0-7", "8.1.4.0-3")
def context_grows_from_the_template(session: Session, _before: list[Session]) -> Iterator[str]:
    template = session.launch["contextTemplate"]
    for own in session.statements:
        context = own["context"]
        if context.get("registration") != session.registration:
            yield f"{verb(own)} of registration {context.get('registration')}"
        for name, given in template["contextActivities"].items():
            if any(entry not in context["contextActivities"].get(name, []) for entry in given):
                yield f"{verb(own)} lost {name}"
        if not template["extensions"].items() <= context.get("extensions", {}).items():
            yield f"{verb(own)} lost extensions"


@rule("9.6.2.1-1", "9.6.2.2-1", "9.6.2.2-2")
def categories_tell_what_counts(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.statements:
        is_defined = verb(own) in DEFINED
        counts = is_defined and bool({"success", "completion"} & set(own.get("result", {})))
        wanted = ({f"{CATEGORY}cmi5"} if is_defined else set()) | ({f"{CATEGORY}moveon"} if counts else set())
        if categories(own) != wanted:
            yield f"{verb(own)}: {categories(own)}"


@rule("9.6.3.2-2")
def mastery_is_repeated(session: Session, _before: list[Session]) -> Iterator[str]:
    for own in session.defined:
        if verb(own) in {"passed", "failed"}:
            given = own["context"].get("extensions", {}).get(f"{EXTENSION}masteryscore")
            if given != session.launch["masteryScore"]:
                yield f"{verb(own)} with mastery {given}"


@rule("9.7.0.0-1", "9.7.0.0-2")
def times_are_utc_and_in_order(session: Session, _before: list[Session]) -> Iterator[str]:
    times = [own.get("timestamp", "") for own in session.statements]
    if times != sorted(times) or not all(time.endswith("Z") for time in times):
        yield f"times {times}"


_GIVEN = "a duty of what launches the unit, kept here by the test's own store"
_NONE = "nothing of the kind is in our units"
ELSEWHERE = {
    "4.4.0.0-1": "the test of the structure",
    "4.4.0.0-2": "the test of the structure",
    "8.1.0.0-1": _GIVEN,
    "8.1.0.0-4": _GIVEN,
    "8.1.0.0-5": _GIVEN,
    "8.1.0.0-6": "the address of our unit carries no query",
    "8.1.0.0-7": "the test that launches with its values in another order",
    "8.1.0.0-8": _GIVEN,
    "8.1.2.0-2": _GIVEN,
    "8.1.5.0-3": _GIVEN,
    "8.2.1.0-3": _GIVEN,
    "8.2.1.0-4": _GIVEN,
    "8.2.1.0-6": _GIVEN,
    "8.2.2.0-2": _GIVEN,
    "8.2.2.0-3": _GIVEN,
    "8.2.3.2-1": _GIVEN,
    "9.3.7.0-2": _GIVEN,
    "9.3.9.0-4": _GIVEN,
    "9.3.9.0-8": _GIVEN,
    "9.5.4.2-1": _GIVEN,
    "9.6.3.1-1": _GIVEN,
    "10.1.0.0-2": _GIVEN,
    "10.2.1.0-2": _GIVEN,
    "10.2.1.0-3": _GIVEN,
    "10.2.6.0-1": "the test that leaves by the unit's own button",
    "11.0.0.0-2": "our units do not write preferences",
    "11.0.0.0-5": "our units do not write preferences",
    "11.1.0.0-1": "our units do not write preferences",
    "11.1.0.0-2": "our units do not write preferences",
    "11.2.0.0-1": _NONE,
}
