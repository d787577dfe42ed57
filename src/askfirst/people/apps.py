"""The people part as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "askfirst.people"
