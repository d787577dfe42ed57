"""Named reads over the shared tables."""

from django.core.cache import cache

from askfirst.base.models import LogEntry, Organisation

ORGANISATION = "organisation"


def organisation() -> Organisation:
    """The organisation, at most 5 seconds old; a default one before `askfirst init`."""
    found = cache.get(ORGANISATION)
    if found is None:
        found = Organisation.objects.first() or Organisation()
        cache.set(ORGANISATION, found, 5)
    return found


def log_entries(limit: int = 200) -> list[LogEntry]:
    """The newest entries of the log."""
    return list(LogEntry.objects.all()[:limit])
