"""Background work of the people part."""

from pathlib import Path
from typing import Any

from django.core.cache import cache
from django_tasks import task

from askfirst.people import actions
from askfirst.people.errors import RosterError
from askfirst.people.models import Person


@task()
def import_roster(path: str, actor_id: int, is_full: bool, leavers_up_to: int) -> dict[str, Any]:
    """Import an uploaded roster that was already tried as a dry run; running twice changes nothing more."""
    actor = Person.objects.filter(pk=actor_id).first()
    file = Path(path)
    try:
        change = actions.import_roster(
            file, actor=actor, is_full=is_full, leavers_up_to=leavers_up_to,
            progress=lambda done: cache.set(f"roster:{path}", done, 3600),
        )  # fmt: skip
    except RosterError as error:
        return {"error": str(error.message), "rows": [str(row) for row in error.rows]}
    finally:
        file.unlink(missing_ok=True)
    return {
        "joiners": change.joiners,
        "changed": change.changed,
        "leavers": change.leavers,
        "unchanged": change.unchanged,
    }
