"""What this part knows about one person, for the export that they may ask for."""

from typing import Any

from askfirst.learn.models import Answered, Award, Check, Choice, Done, Recall
from askfirst.people.models import Person


def my_data(person: Person) -> dict[str, list[dict[str, Any]]]:
    """Lessons done, answers, refreshers and when they are due, decisions in drills, checks of studies, badges."""
    done = Done.objects.filter(person=person).select_related("lesson")
    checks = Check.objects.filter(person=person).select_related("study__course")
    answered = Answered.objects.filter(person=person).select_related("item")
    choices = Choice.objects.filter(play__person=person).select_related("play__drill")
    due = Recall.objects.filter(person=person).select_related("item")
    awards = Award.objects.filter(person=person).select_related("course")
    return {
        "lessons": [
            {"lesson": row.lesson.title, "at": row.at.isoformat(), "right": row.right, "questions": row.questions}
            for row in done
        ],
        "answers": [
            {"question": row.item.text, "at": row.at.isoformat(), "right": row.is_right, "sure": row.is_sure}
            for row in answered
        ],
        "refreshers": [{"question": row.item.text, "due_at": row.due_at.isoformat()} for row in due],
        "drills": [
            {"drill": row.play.drill.title, "scene": row.scene, "at": row.at.isoformat(), "right": row.is_right}
            for row in choices
        ],
        "checks": [
            {
                "course": row.study.course.title,
                "when": row.occasion,
                "at": row.at.isoformat(),
                "right": row.right,
                "posts": row.posts,
            }
            for row in checks
        ],
        "badges": [{"course": row.course.title, "at": row.at.isoformat()} for row in awards],
    }
