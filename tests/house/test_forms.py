"""What must hold for every form: days survive every language, and no number can be so large that a page fails on it."""

import importlib
import inspect
from datetime import date

import pytest
from django import forms
from django.utils import translation

from askfirst.base.forms import DayField, MomentField, SecretField

PARTS = ("base", "people", "library", "policy", "learn", "coach", "jam", "share", "listen", "plan")


def _forms():
    modules = [importlib.import_module(f"askfirst.{part}.forms") for part in PARTS]
    for module in modules:
        for _name, own in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(own, forms.BaseForm)
                and own.__module__ == module.__name__
                and getattr(own, "base_fields", {})
            ):
                yield own


FIELDS = [(own, name, field) for own in _forms() for name, field in own.base_fields.items()]


def test_there_are_fields_to_look_at():
    assert len(FIELDS) > 100


def _of(*kinds):
    rows = [(own, name, field) for own, name, field in FIELDS if isinstance(field, kinds)]
    return pytest.mark.parametrize(
        "field", [pytest.param(field, id=f"{own.__name__}.{name}") for own, name, field in rows]
    )


@_of(forms.DateField, forms.DateTimeField)
def test_days_are_fields_of_ours(field):
    assert isinstance(field, DayField | MomentField)


@_of(forms.IntegerField)
def test_numbers_have_an_end(field):
    # What is measured may be any number; no page reckons days or keys with it.
    assert isinstance(field, forms.FloatField) or (field.max_value or 2**31) < 2**31


def test_secrets_are_not_filled_in_with_ones_own_password():
    secret = [field for _form, _name, field in FIELDS if isinstance(field.widget, forms.PasswordInput)]

    assert len(secret) == 4
    assert all(isinstance(field, SecretField) for field in secret)


def test_a_day_in_a_form_survives_every_language():
    with translation.override("de"):
        shown = DayField().widget.format_value(date(2026, 12, 24))

        assert shown == "2026-12-24"
        assert DayField().clean(shown) == date(2026, 12, 24)
        assert MomentField().widget.format_value(MomentField().clean("2026-12-24T18:30")) == "2026-12-24T18:30"


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_far_off_is_a_slip(day):
    with pytest.raises(forms.ValidationError):
        DayField().clean(day)
