"""Named writes over the shared tables."""

from typing import Any

from django.core.cache import cache
from django.db import transaction

from askfirst.base import log, queries
from askfirst.base.models import Organisation


def set_organisation(*, name: str, brand_colour: str, logo: bytes | None = None, actor: Any = None) -> Organisation:
    """Name the organisation, give it its colour, and its logo (a PNG; empty takes it away, None leaves it)."""
    fields: dict[str, Any] = {"name": name, "brand_colour": brand_colour.lower()}
    if logo is not None:
        fields["logo"] = logo
    with transaction.atomic():
        organisation, _created = Organisation.objects.update_or_create(pk=1, defaults=fields)
        log.record("base.organisation_set", actor=actor, name=name, brand_colour=brand_colour)
    cache.delete(queries.ORGANISATION)
    return organisation
