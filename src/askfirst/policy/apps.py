"""The policy part as a Django app."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    name = "askfirst.policy"
    verbose_name = "Policy"
