"""xAPI 1.0.3: a statement about what somebody did while learning, for a learning record store.

Verbs are those of the ADL vocabulary. Nobody's name and no mail address is in a statement: the actor is an account of
this installation, by its number. Source: xAPI 1.0.3, part two, section 2.4.
"""

from collections.abc import Mapping
from typing import Any

VERBS = {
    "learn.lesson_done": ("completed", "http://adlnet.gov/expapi/verbs/completed"),
    "learn.course_done": ("completed", "http://adlnet.gov/expapi/verbs/completed"),
    "learn.choice_made": ("answered", "http://adlnet.gov/expapi/verbs/answered"),
    "learn.refreshed": ("answered", "http://adlnet.gov/expapi/verbs/answered"),
}
TYPES = {
    "learn.lesson_done": "http://adlnet.gov/expapi/activities/lesson",
    "learn.course_done": "http://adlnet.gov/expapi/activities/course",
    "learn.choice_made": "http://adlnet.gov/expapi/activities/interaction",
    "learn.refreshed": "http://adlnet.gov/expapi/activities/question",
}
PATHS = {"learn.lesson_done": "lessons", "learn.course_done": "courses", "learn.choice_made": "drills", "learn.refreshed": "items"}  # fmt: skip


def statement(
    event: str, *, key: str, at: str, home: str, subject: str, detail: Mapping[str, Any], language: str
) -> dict[str, Any]:
    """One statement.

    Args:
        key: its id, a UUID: a store that gets it twice keeps it once.
        at: when it happened, ISO 8601 with its zone.
        home: address of this installation, without a slash at its end.
        subject: what it was about; for a choice, the drill and the scene with a slash between.
        detail: person (a number), title; and where they fit is_right, right and questions, seconds.
    """
    name, verb = VERBS[event]
    activity = f"{home}/xapi/{PATHS[event]}/{subject}"
    said: dict[str, Any] = {
        "id": key,
        "timestamp": at,
        "actor": {"objectType": "Agent", "account": {"homePage": home, "name": str(detail["person"])}},
        "verb": {"id": verb, "display": {"en": name}},
        "object": {
            "id": activity,
            "definition": {"type": TYPES[event], "name": {language: str(detail.get("title", ""))}},
        },
    }
    result = _result(detail)
    if result:
        said["result"] = result
    if event == "learn.choice_made":
        said["context"] = {"contextActivities": {"parent": [{"id": activity.rsplit("/", 1)[0]}]}}
    return said


def _result(detail: Mapping[str, Any]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    if "is_right" in detail:
        result["success"] = bool(detail["is_right"])
    if detail.get("questions"):
        result["completion"] = True
        result["score"] = {
            "raw": detail["right"], "min": 0, "max": detail["questions"],
            "scaled": round(detail["right"] / detail["questions"], 4),
        }  # fmt: skip
    if "seconds" in detail:
        result["duration"] = f"PT{max(0.0, float(detail['seconds'])):.2f}S"
    return result
