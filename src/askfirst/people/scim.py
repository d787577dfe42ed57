"""Storage behind SCIM 2.0 (package scim2-server): people and teams as users and groups; leavers are shut out at once.

The whole resource is kept as its client wrote it; what this site needs of it (address, name, whether they work here, team) goes into
the person in the same transaction. People who came by a roster are there for the client too.
"""

import threading
import uuid
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import islice
from typing import Any, Union

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone
from scim2_models import (
    AuthenticationScheme,
    Meta,
    NotFoundException,
    PreconditionFailedException,
    Resource,
    ResourceType,
    ScimFilter,
    ScimPolicy,
    ScimProvider,
    SearchRequest,
    UniquenessException,
)
from scim2_models.path import CompareOperator, Comparison
from scim2_server.storage import ScimStorage, SearchPage
from scim2_server.utils import (
    load_default_resource_types,
    load_default_schemas,
    load_default_service_provider_config,
    parametrize,
)

from askfirst.base import log
from askfirst.base.lately import lately
from askfirst.people import sessions, teams
from askfirst.people.models import ERASED, Person, Provisioned, Team

USER, GROUP = "User", "Group"
ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
FILL = 2000
# What a client changes in a person, and in what is kept of a resource.
GIVEN = ("email", "name", "language", "is_active", "is_on_roster", "manager")
KEPT = ("document", "user_name", "external_id", "version", "changed_at", "person", "team")
# Up to which person all are known to be resources.
FILLED = "people.scim_filled"


def provider() -> ScimProvider:
    """What we serve, as lenient as the large directories need it (see their bodies in the tests)."""
    config = load_default_service_provider_config()
    config.authentication_schemes = [
        AuthenticationScheme(
            type=AuthenticationScheme.Type.oauthbearertoken,
            name="Bearer token",
            description="An API token with the scope scim.",
        )
    ]
    policy = ScimPolicy(
        unknown=ScimPolicy.Unknown.ignore,
        remove_value_as_filter=ScimPolicy.RemoveValue.apply,
        unmatched_path_filter=ScimPolicy.UnmatchedPathFilter.create,
    )
    return ScimProvider.from_discovery(
        load_default_schemas().values(), load_default_resource_types().values(), config=config, policy=policy
    )


class Storage(ScimStorage):
    """SCIM's resources in the database."""

    def __init__(self, described: ScimProvider) -> None:
        self._provider = described
        # In an operation of this thread: the rows that it has read and locked.
        self._own = threading.local()

    @contextmanager
    def operation(self) -> Generator[None]:
        with transaction.atomic():
            self._own.rows = {}
            try:
                yield
            finally:
                self._own.rows = None

    def get(self, resource_type: ResourceType, resource_id: str, *, response_parameters: Any = None) -> Resource[Any]:
        held = getattr(self._own, "rows", None)
        row = self._row(resource_type, resource_id, is_locked=held is not None)
        if held is not None:
            held[row.pk] = row
        return self._resource(row)

    def search(
        self, resource_types: list[ResourceType], search_request: SearchRequest[Any], *, position: Any = None
    ) -> SearchPage:
        names = list(dict.fromkeys(own.name for own in resource_types))
        rows = Provisioned.objects.filter(kind__in=names).select_related("person")
        if USER in names:
            self._fill()
        start = search_request.start_index_0 or 0
        stop = None if search_request.count is None else start + search_request.count
        if search_request.filter is None and search_request.sort_by is None:
            total = lately(f"people.scim:{names}".replace(" ", ""), rows.count, int)
            return SearchPage(total, [self._resource(row) for row in rows[start:stop]])
        found = self._filtered(self._narrowed(rows, search_request.filter), search_request.filter)
        pairs = sorted(
            ((_sort_key(search_request, own), own) for own in found), key=lambda pair: pair[0],
            reverse=search_request.sort_by is not None and search_request.sort_order == SearchRequest.SortOrder.descending,
        )  # fmt: skip
        return SearchPage(len(pairs), [own for _key, own in pairs[start:stop]])

    def _narrowed(self, rows: Any, scim_filter: Any) -> Any:
        """The usual questions (userName, externalId or id equal to something) are answered by an index."""
        node = scim_filter.ast if scim_filter is not None else None
        if isinstance(node, Comparison) and node.op == CompareOperator.eq and isinstance(node.value, str):
            name = str(node.attr_path).rpartition(":")[2].lower()
            if name == "username":
                return rows.filter(user_name=node.value.lower())
            if name == "externalid":
                return rows.filter(external_id=node.value)
            if name == "id":
                return rows.filter(pk=node.value)
        return rows

    def _filtered(self, rows: Any, scim_filter: Any) -> list[Resource[Any]]:
        candidates = [self._resource(row) for row in rows.iterator(2000)]
        if scim_filter is None or not candidates:
            return candidates
        if not scim_filter.models:
            models = tuple(dict.fromkeys(type(own) for own in candidates))
            scim_filter = parametrize(ScimFilter, Union[models])(str(scim_filter))  # noqa: UP007 - a union made at run time
        return [own for own in candidates if scim_filter.match(own)]

    def create(self, resource_type: ResourceType, resource: Resource[Any]) -> Resource[Any]:
        now = timezone.now()
        row = Provisioned(id=uuid.uuid4().hex, kind=resource_type.name, created_at=now, changed_at=now)
        return self._keep(row, resource, verb="people.provisioned")

    def update(
        self, resource_type: ResourceType, resource: Resource[Any], *, expected_version: str | None = None
    ) -> Resource[Any]:
        with transaction.atomic(savepoint=False):
            held = getattr(self._own, "rows", None) or {}
            row = held.get(resource.id) or self._row(resource_type, resource.id, is_locked=True)
            _check_version(row, expected_version)
            row.version += 1
            row.changed_at = timezone.now()
            return self._keep(row, resource, verb="people.provisioned_anew")

    def delete(self, resource_type: ResourceType, resource_id: str, *, expected_version: str | None = None) -> None:
        with transaction.atomic(savepoint=False):
            row = self._row(resource_type, resource_id, is_locked=True)
            _check_version(row, expected_version)
            if row.person:
                shut_out(row.person)
            if row.team:
                for some in _some(_in_team(row).values_list("pk", "person")):
                    _leave_team(row, dict(some))
                Person.objects.filter(team=row.team).update(team=None)
                if not teams.is_needed(row.team):
                    row.team.delete()
            log.record("people.unprovisioned", actor=None, subject=row.kind)
            Provisioned.objects.filter(pk=row.pk).delete()

    def _keep(self, row: Provisioned, resource: Resource[Any], *, verb: str) -> Resource[Any]:
        resource = resource.model_copy()
        resource.id, resource.meta = row.id, None
        before = _members(row)
        row.document = resource.model_dump(mode="json")
        row.external_id = str(getattr(resource, "external_id", None) or "")[:254]
        try:
            with transaction.atomic(savepoint=False):
                if row.kind == USER:
                    row.user_name = str(resource.user_name).lower()[:254]  # type: ignore[attr-defined]
                    row.person = self._person(row, resource)
                else:
                    row.team = self._team(row, resource)
                row.save(force_insert=row._state.adding, update_fields=None if row._state.adding else KEPT)
                if row.kind == GROUP:
                    _set_members(row, before)
                log.record(verb, actor=None, subject=row.kind)
        except IntegrityError as error:
            raise UniquenessException from error
        resource.meta = _meta(row)
        return resource

    def _person(self, row: Provisioned, user: Any) -> Person:
        email = _address(user, row.id)
        person = (
            row.person
            or Person.objects.filter(email=email, provisioned=None).first()
            or Person(password="!" + uuid.uuid4().hex)
        )
        was_active, old_email = person.is_active, person.email
        name = user.display_name or (
            user.name and (user.name.formatted or " ".join(filter(None, (user.name.given_name, user.name.family_name))))
        )
        person.email, person.name = email, str(name or person.name or user.user_name)[:200]
        person.language = str(user.preferred_language or person.language or "")[:2].lower()
        person.is_active = user.active is not False
        person.is_on_roster = True
        # A directory that says nothing of managers leaves what the roster says.
        person.manager = self._manager(user) or (None if ENTERPRISE in user.schemas else person.manager)
        person.save(update_fields=None if person._state.adding else GIVEN)
        if was_active and not person.is_active:
            _end_all(person)
        if old_email and old_email != person.email:
            sessions.forget_old_addresses([person])
        return person

    def _manager(self, user: Any) -> Person | None:
        extension = type(user).get_extension_model(ENTERPRISE)
        more = user[extension] if extension else None
        named = str(more.manager.value) if more and more.manager else ""
        if not named:
            return None
        row = Provisioned.objects.select_related("person").filter(kind=USER, pk=named[:32]).first()
        return row.person if row else None

    def _team(self, row: Provisioned, group: Any) -> Team:
        name = str(group.display_name or row.id)[:120]
        if row.team is None:
            free = Team.objects.filter(name=name, provisioned=None).first()
            return free or Team.objects.create(name=_free_name(name, row.id))
        if row.team.name != name and not Team.objects.filter(name=name).exclude(pk=row.team.pk).exists():
            row.team.name = name
            row.team.save()
        return row.team

    def _row(self, resource_type: ResourceType, resource_id: str | None, *, is_locked: bool = False) -> Provisioned:
        rows = Provisioned.objects.select_related("person" if resource_type.name == USER else "team")
        if is_locked:
            rows = rows.select_for_update(of=("self",))
        row = rows.filter(kind=resource_type.name, pk=str(resource_id)[:32]).first()
        if row is None:
            raise NotFoundException(detail=f"{resource_type.name} {resource_id!r} not found")
        return row

    def _resource(self, row: Provisioned) -> Resource[Any]:
        kind = next(own for own in self._provider.resource_types if own.name == row.kind)
        document = dict(row.document)
        if row.person is not None and "active" in document and document["active"] != row.person.is_active:
            # Somebody was switched off, or on, here.
            document["active"] = row.person.is_active
        resource = self._provider.model_for(kind).model_validate(document)
        resource.meta = _meta(row)
        return resource  # type: ignore[no-any-return]

    def _fill(self) -> None:
        """People who came by a roster or by hand become resources when a client first looks."""
        newest = Person.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        seen = cache.get(FILLED, 0)
        if newest == seen:
            return
        missing = Person.objects.filter(provisioned=None, pk__gt=seen).exclude(email__endswith=ERASED)
        now: datetime = timezone.now()
        for people in _some(missing.iterator(FILL)):
            Provisioned.objects.bulk_create([_as_resource(person, now) for person in people], ignore_conflicts=True)
        transaction.on_commit(lambda: cache.set(FILLED, newest, None))


def _members(group: Provisioned) -> set[str]:
    """The ids of a group's members, as its client wrote them."""
    return {str(own["value"]) for own in (group.document or {}).get("members") or [] if own.get("value")}


def _set_members(group: Provisioned, before: set[str]) -> None:
    """A person is in one team: that of the group that took them in last. Who was in this group before stays where they are."""
    now = _members(group)
    for ids in _some(now - before):
        Person.objects.filter(provisioned__in=ids).update(team=group.team)
    for ids in _some(now & before):
        Person.objects.filter(provisioned__in=ids, team=None).update(team=group.team)
    for ids in _some(before - now):
        _leave_team(group, dict(_in_team(group).filter(pk__in=ids).values_list("pk", "person")))


def _in_team(group: Provisioned) -> Any:
    return Provisioned.objects.filter(person__team=group.team)


def _leave_team(group: Provisioned, leaving: dict[str, int]) -> None:
    """Out of a group's team; whoever is in another group belongs to the team of the one that changed last.

    Args:
        leaving: people by their resources.
    """
    Person.objects.filter(pk__in=leaving.values()).update(team=None)
    others = (
        Provisioned.objects.filter(kind=GROUP).exclude(pk=group.pk).exclude(team=None).order_by("-changed_at", "pk")
    )
    for other in others.iterator(50):
        if not leaving:
            break
        staying = [leaving.pop(own) for own in _members(other) & leaving.keys()]
        Person.objects.filter(pk__in=staying).update(team=other.team)


def _some(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """A few thousand at a time: a database takes no question with a hundred thousand values."""
    waiting = iter(ids)
    while own := list(islice(waiting, FILL)):
        yield own


def _as_resource(person: Person, now: datetime) -> Provisioned:
    document = {
        "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": uuid.uuid4().hex, "userName": person.email, "displayName": person.name,
        "active": person.is_active, "emails": [{"value": person.email, "type": "work", "primary": True}],
    }  # fmt: skip
    if person.employee_id:
        document["externalId"] = person.employee_id
    return Provisioned(
        id=document["id"], kind=USER, document=document, user_name=person.email.lower(), person=person,
        external_id=person.employee_id or "", created_at=now, changed_at=now,
    )  # fmt: skip


def shut_out(person: Person) -> None:
    """A leaver is out at once: not active, signed out everywhere, tokens gone."""
    Person.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    _end_all(person)


def _end_all(person: Person) -> None:
    if person.last_login is None:
        # Signed in nowhere, and tokens are made by those who are.
        return
    sessions.end_all([person])


def _address(user: Any, fallback: str) -> str:
    """The person's address: the user name if it is one, else the primary mail, else one that nobody can receive at."""
    mails = sorted(user.emails or [], key=lambda own: not own.primary)
    for candidate in (user.user_name, *(own.value for own in mails)):
        try:
            validate_email(str(candidate or ""))
        except ValidationError:
            continue
        return str(candidate).strip().lower()[:254]
    return f"{fallback}@scim.invalid"


def _free_name(name: str, id_: str) -> str:
    return f"{name[:100]} ({id_[:6]})" if Team.objects.filter(name=name).exists() else name


def _meta(row: Provisioned) -> Meta:
    return Meta(resource_type=row.kind, created=row.created_at, last_modified=row.changed_at, version=_version(row))


def _version(row: Provisioned) -> str:
    return f'W/"{row.pk[:6]}-{row.version}"'


def _check_version(row: Provisioned, expected: str | None) -> None:
    if expected is not None and expected != _version(row):
        raise PreconditionFailedException


def _sort_key(search_request: SearchRequest[Any], resource: Resource[Any]) -> tuple[bool, Any, str]:
    value = search_request.sort_value(resource) if search_request.sort_by is not None else None
    return value is None, value if value is not None else "", str(resource.id)
