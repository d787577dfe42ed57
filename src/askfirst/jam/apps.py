"""The jam part as a Django app."""

from django.apps import AppConfig


class JamConfig(AppConfig):
    name = "askfirst.jam"
