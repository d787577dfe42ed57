"""The learn part as a Django app."""

from django.apps import AppConfig


class LearnConfig(AppConfig):
    name = "askfirst.learn"
