"""The plan part as a Django app."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "askfirst.plan"
