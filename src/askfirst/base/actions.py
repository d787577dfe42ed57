"""Named writes over the shared tables."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from askfirst.base import log, queries
from askfirst.base.models import Organisation


def set_organisation(*, name: str, brand_colour: str, actor: Any = None) -> Organisation:
    """Name the organisation and give it its colour."""
    with transaction.atomic():
        organisation, _created = Organisation.objects.update_or_create(
            pk=1, defaults={"name": name, "brand_colour": brand_colour.lower()}
        )
        log.record("base.organisation_set", actor=actor, name=name, brand_colour=brand_colour)
    cache.delete(queries.ORGANISATION)
    return organisation
