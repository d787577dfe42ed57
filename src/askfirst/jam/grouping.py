"""Keeps the grouping engine's index of each running jam in memory, in step with the database."""

import ctypes
import gc
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from django.conf import settings

from askfirst.engines import alike
from askfirst.jam.models import Contribution, Group, Jam, Kind, Outcome, State

MOST_JAMS = 8


def encoder() -> alike.Encoder:
    """The sentence vectors of this process; loading them takes a second or two."""
    with _loading:
        return _encoder()


@cache
def _encoder() -> alike.Encoder:
    loaded = alike.load_encoder(settings.OPTIONS.models, cache=settings.DATA / "cache")
    _trim()
    return loaded


def let_go() -> None:
    """Drop sentence vectors and indexes until a question needs them again."""
    with _lock, _loading:
        if _encoder.cache_info().currsize or _known:
            _encoder.cache_clear()
            _known.clear()
            _trim()


def _trim() -> None:
    """Give back to the system what loading needed for a moment; glibc would keep it, about 70 MB."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)


def engine() -> str:
    """What a grouping was made with; stored beside it."""
    return f"{alike.VERSION} {encoder().name}"


@dataclass
class _Known:
    regrouped: int
    arrivals: int = 0
    revision: int = -1
    indexes: dict[str, alike.Index] = field(default_factory=dict)


_known: OrderedDict[int, _Known] = OrderedDict()
_lock = threading.RLock()
_loading = threading.Lock()


def index_of(jam: Jam, kind: Kind | str) -> alike.Index:
    """The index of the jam's contributions of one kind, up to date.

    Call it inside the transaction that holds the jam's topic (after live.touch), with a jam read in it: then nobody
    else can add to the jam in the meantime.
    """
    with _lock:
        known = _known.get(jam.pk)
        if known is None or known.regrouped != jam.regrouped:
            known = _known[jam.pk] = _Known(jam.regrouped)
        _known.move_to_end(jam.pk)
        while len(_known) > MOST_JAMS:
            _known.popitem(last=False)
        _catch_up(jam, known)
        return known.indexes.setdefault(str(kind), alike.Index())


def note(jam: Jam, contribution: Contribution) -> None:
    """The contribution was added to its index by the caller."""
    with _lock:
        known = _known.get(jam.pk)
        if known:
            known.arrivals = max(known.arrivals, contribution.arrival or 0)


def forget(jam_pk: int) -> None:
    """Drop the index, such as after a transaction that changed it was rolled back."""
    with _lock:
        _known.pop(jam_pk, None)


def nearest(jam: Jam, text: str, kind: str) -> tuple[int | None, float]:
    """Group that `text` would join now, and how alike it is; reads only, may be a moment behind."""
    vector = encoder().encode([text], jam.languages)[0]
    with _lock:
        index = index_of(jam, kind)
        place = index.find(vector) if len(index) else alike.Place(None, -1.0)
    return place.group, place.score


def pack(vector: alike.Vector) -> bytes:
    """A vector as it is stored: 16-bit floats, the English part first when there is one."""
    parts = [vector.shared] if vector.english is None else [vector.english, vector.shared]
    return np.concatenate(parts).astype(np.float16).tobytes()


def unpack(data: bytes, language: str) -> alike.Vector:
    """The inverse of `pack`."""
    row = np.frombuffer(bytes(data), np.float16).astype(np.float32)
    return alike.Vector(language, row[:384], row[384:]) if len(row) == 896 else alike.Vector(language, None, row)


def _catch_up(jam: Jam, known: _Known) -> None:
    _load_arrivals(jam, known)
    # Merges that another process carried out.
    merged = Group.objects.filter(jam=jam, merged_into__isnull=False, revision__gt=known.revision).order_by(
        "revision", "pk"
    )
    for gone, kept, kind, revision in merged.values_list("pk", "merged_into_id", "kind", "revision"):
        index = known.indexes.get(kind)
        if index and gone in index.groups and kept in index.groups:
            index.merge(kept, gone)
        known.revision = max(known.revision, revision)


def _load_arrivals(jam: Jam, known: _Known) -> None:
    # Vectors of the same models can be compared, whichever version of the engine has grouped them.
    models = f" {encoder().name}"
    rows = (
        Contribution.objects.filter(jam=jam, state=State.SHOWN, arrival__gt=known.arrivals, engine__endswith=models)
        .order_by("arrival")
        .values_list("pk", "kind", "group_id", "vector", "language", "arrival")
    )
    fresh = not known.indexes
    for pk, kind, group, vector, language, arrival in rows.iterator(2000):
        index = known.indexes.setdefault(kind, alike.Index())
        index.restore([(pk, group, unpack(vector, language))])
        known.arrivals = arrival
    if fresh and known.indexes:
        touched = Group.objects.filter(jam=jam, merged_into=None)
        for group in touched.exclude(is_by_hand=False, is_pinned=False, outcome=Outcome.OPEN):
            index = known.indexes.get(group.kind)
            if index and group.pk in index.groups:
                index.hold(group.pk)
