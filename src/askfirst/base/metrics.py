"""Numbers for Prometheus: how many pages, how fast, what waits. Of this process alone; nothing about people.

Pages are counted by the name of their address pattern, never by the address itself.
"""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, Histogram, generate_latest

from askfirst.base.models import Delivery

logger = logging.getLogger(__name__)

REGISTRY = CollectorRegistry()
SECONDS = Histogram(
    "askfirst_page_seconds", "Time to answer a page.", ("page", "method", "status"), registry=REGISTRY,
    buckets=(0.01, 0.03, 0.1, 0.3, 1, 3, 10),
)  # fmt: skip
STREAMS = Gauge("askfirst_live_streams", "Open live streams of this process.", registry=REGISTRY)
TASKS = Gauge("askfirst_tasks_waiting", "Background tasks that wait to be run.", registry=REGISTRY)
DELIVERIES = Gauge(
    "askfirst_deliveries_waiting", "Events that other systems have not been told of yet.", registry=REGISTRY
)


class MeasuringMiddleware:
    """Measure every page, and log what the database takes long for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.OPTIONS.metrics and not settings.OPTIONS.slow_query_ms:
            return self.get_response(request)
        begun = time.perf_counter()
        with connection.execute_wrapper(_slow):
            response = self.get_response(request)
        match = request.resolver_match
        page = (match.view_name or match.route) if match else "none"
        SECONDS.labels(page, request.method, f"{response.status_code // 100}xx").observe(time.perf_counter() - begun)
        return response


def _slow(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        spent = (time.perf_counter() - begun) * 1000
        if settings.OPTIONS.slow_query_ms and spent > settings.OPTIONS.slow_query_ms:
            # The statement with its placeholders: values may be personal.
            logger.warning("A query took %d ms: %s", spent, " ".join(sql.split())[:500])


def may_read(request: HttpRequest) -> bool:
    """Whether the request carries the token of the option METRICS."""
    token = settings.OPTIONS.metrics
    return bool(token) and constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {token}")


def exposition() -> tuple[bytes, str]:
    """All numbers as Prometheus reads them, and the media type."""
    TASKS.set(DBTaskResult.objects.filter(status=TaskResultStatus.READY).count())
    DELIVERIES.set(Delivery.objects.exclude(due_at=None).count())
    return generate_latest(REGISTRY), CONTENT_TYPE_LATEST
