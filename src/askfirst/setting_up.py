"""Makes Django ready for a terminal command."""

import os
from typing import Any

import click

from askfirst import options


def setup() -> Any:
    """Make Django ready; every command that needs the database calls this first.

    Returns the settings. Ends with a sentence instead of a traceback when options are wrong.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "askfirst.settings")
    import django  # noqa: PLC0415 - commands that need no database start without it

    try:
        django.setup()
    except options.OptionError as error:
        raise click.ClickException(str(error)) from error
    from django.conf import settings  # noqa: PLC0415

    return settings


def must_be_initialised(settings: Any) -> None:
    """End with what to do where there is no secret key of this installation."""
    if not settings.IS_INITIALISED:
        raise click.ClickException("There is no secret key yet. Run `askfirst init` first, or set ASKFIRST_SECRET_KEY.")
