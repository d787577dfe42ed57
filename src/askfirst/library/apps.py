"""The library part as a Django app."""

from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "askfirst.library"
