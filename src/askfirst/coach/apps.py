"""The coach part as a Django app."""

from django.apps import AppConfig


class CoachConfig(AppConfig):
    name = "askfirst.coach"
