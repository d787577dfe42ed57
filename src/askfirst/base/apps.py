"""The base part as a Django app."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "askfirst.base"

    def ready(self) -> None:
        from askfirst.base import checks  # noqa: F401, PLC0415 - checks register themselves once apps are there
