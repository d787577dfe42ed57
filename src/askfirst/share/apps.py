"""The share part as a Django app."""

from django.apps import AppConfig


class ShareConfig(AppConfig):
    name = "askfirst.share"
