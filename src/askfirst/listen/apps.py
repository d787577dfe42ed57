"""The listen part as a Django app."""

from django.apps import AppConfig


class ListenConfig(AppConfig):
    name = "askfirst.listen"
