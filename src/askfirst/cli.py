"""The `askfirst` command: init, serve, work, demo, backup and manage; each part adds its own."""

import json
import os
import secrets
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from askfirst import __version__, options
from askfirst.setting_up import must_be_initialised, setup


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="askfirst")
def cli() -> None:
    """Train every employee for social media, starting from their own questions."""


@cli.command("options")
def show_options() -> None:
    """List every option with its default and what it does."""
    for option in options.OPTIONS:
        click.echo(f"{option.variable} ({option.kind.__name__}, default {option.default!r})\n    {option.help}")


@cli.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "cyclonedx"]),
    default="text",
    help="A list, or a bill of materials (SBOM).",
)
def dependencies(form: str) -> None:
    """List every package that this installation rests on, with its version and licence."""
    from askfirst.base.dependencies import bill_of_materials, installed

    if form == "cyclonedx":
        click.echo(json.dumps(bill_of_materials(), indent=1))
        return
    for own in installed():
        click.echo(f"{own.name}\t{own.version}\t{own.licence}")


@cli.command()
@click.option("--organisation", default="", help="Name of the organisation.")
@click.option("--email", default="", help="Work e-mail of the first administrator.")
@click.option("--name", default="", help="Their name.")
@click.option("--password", default="", help="Their password; without one they sign in with a code by e-mail.")
def init(organisation: str, email: str, name: str, password: str) -> None:
    """Create the data directory, its secret key, the database and the first administrator."""
    directory = _make_data_directory()
    settings = setup()
    from django.core.exceptions import ValidationError
    from django.core.management import call_command
    from django.core.validators import validate_email

    from askfirst.base import actions as base
    from askfirst.learn import actions as learn
    from askfirst.learn import practice
    from askfirst.library import actions as library
    from askfirst.people import actions as people
    from askfirst.people.models import Person
    from askfirst.policy import references

    call_command("migrate", verbosity=0)
    references.load_shelf()
    library.load_starter()
    learn.load_starter()
    practice.load_drills()
    click.echo(f"Data directory: {directory}")
    if not Person.objects.filter(is_admin=True).exists():
        interactive = sys.stdin.isatty()
        organisation = organisation or (click.prompt("Organisation") if interactive else "Our organisation")
        email = email or (click.prompt("Your work e-mail") if interactive else "")
        if not email:
            raise click.ClickException("Name the first administrator: askfirst init --email you@example.org --name You")
        try:
            validate_email(email)
        except ValidationError as error:
            raise click.ClickException(f"{email} is no e-mail address.") from error
        name = name or (click.prompt("Your name") if interactive else email.split("@")[0])
        if not password and interactive:
            password = click.prompt(
                "Password (empty: sign in with a code by e-mail)", hide_input=True, default="", show_default=False
            )
        base.set_organisation(name=organisation, brand_colour="#ffcc00")
        people.add_person(email=email, name=name, password=password or None, is_admin=True, is_facilitator=True)
        click.echo(f"First administrator: {email}")
    click.echo(f"Ready. Start with: askfirst serve   (then open {settings.SITE_URL})")


@cli.command()
@click.option("--bind", default="", help="host:port to listen on, instead of ASKFIRST_BIND.")
@click.option("--no-worker", is_flag=True, help="Leave background tasks to `askfirst work`.")
def serve(bind: str, no_worker: bool) -> None:
    """Serve the site: pages, live streams and background tasks in one process."""
    if bind:
        os.environ["ASKFIRST_BIND"] = bind
    settings = setup()
    _must_be_ready(settings)
    from askfirst.asgi import Application
    from askfirst.base import server

    host, _, port = settings.OPTIONS.bind.rpartition(":")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise click.ClickException("ASKFIRST_BIND is host:port, such as 127.0.0.1:8000.")
    host = host.strip("[]") or "127.0.0.1"
    if why := server.refusal(host, int(port)):
        raise click.ClickException(
            f"Nobody can listen on {host}:{port} ({why}). If another Askfirst runs there, stop it, or choose another "
            "address: put ASKFIRST_BIND=127.0.0.1:8001 in front of the same command."
        )
    application = Application(with_worker=not no_worker)
    config = server.config(application, host, int(port), settings.OPTIONS.proxies)
    ready = f"Askfirst {__version__} serves {settings.SITE_URL}  (data in {settings.DATA})"
    server.serve(server.Server(config, ready))


@cli.command()
def work() -> None:
    """Run background tasks, reminders and listening until stopped; only needed beside `askfirst serve --no-worker`."""
    _must_be_ready(setup())
    from askfirst import clock
    from askfirst.base.tasks import work_until_stopped

    work_until_stopped(clock.HOURLY, clock.MINUTELY, clock.streams())


@cli.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path) -> None:
    """Write database, media, keys and own words to TARGET (a tar file) while the site is in use. It holds secrets: keep it so."""
    settings = setup()
    _must_be_ready(settings)
    from askfirst.base import backups

    try:
        manifest = backups.make(
            target,
            data=settings.DATA,
            database=settings.DATABASES["default"],
            database_url=settings.OPTIONS.database_url,
        )
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from error
    click.echo(
        f"{target}: {target.stat().st_size} bytes, {len(manifest['files'])} files. Try it: askfirst restore --verify {target}"
    )
    if settings.OPTIONS.secret_key:
        click.echo(
            "The secret key is not in it, being set by ASKFIRST_SECRET_KEY. Keep that with it: without it nothing sealed can be read again."
        )


@cli.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--verify",
    "only_verify",
    is_flag=True,
    help="Only hold the backup against its manifest, in a scratch place; change nothing.",
)
def restore(source: Path, only_verify: bool) -> None:
    """Put the backup SOURCE into the empty data directory that ASKFIRST_DATA names, after holding it against its manifest."""
    settings = setup()
    from askfirst.base import backups

    try:
        if only_verify:
            with tempfile.TemporaryDirectory() as folder:
                manifest = backups.verify(source, Path(folder))
        else:
            manifest = backups.restore(source, data=settings.DATA, database_url=settings.OPTIONS.database_url)
    except backups.BackupError as error:
        raise click.ClickException(str(error)) from error
    rows = f", {sum(manifest['rows'].values())} rows" if manifest["rows"] else ""
    what = (
        "fits its manifest"
        if only_verify
        else f"restored into {settings.DATA}. Run `askfirst init` (it brings the database up to date), then `askfirst serve`"
    )
    click.echo(
        f"Backup of {manifest['made_at']}, Askfirst {manifest['askfirst']}, {len(manifest['files'])} files{rows}: {what}."
    )


@cli.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """Any Django management command, such as `askfirst manage migrate`."""
    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["askfirst manage", *arguments])


def _make_data_directory() -> Path:
    try:
        directory = options.read(os.environ).data
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        key = directory / "secret-key"
        if not key.exists():
            key.touch(mode=0o600)
            key.write_text(secrets.token_urlsafe(50), encoding="ascii")
    except options.OptionError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The data directory cannot be written: {error}") from error
    return directory


def _must_be_ready(settings: Any) -> None:
    must_be_initialised(settings)
    from django.db import DatabaseError

    from askfirst.base import queries

    try:
        pending = queries.pending_migrations()
    except DatabaseError as error:
        raise click.ClickException(f"The database cannot be reached: {error}") from error
    if pending:
        raise click.ClickException("The database is not up to date. Run `askfirst init` (it keeps what is there).")


def _add_parts() -> None:
    from askfirst.coach.cli import coach
    from askfirst.jam.cli import group_texts, jam
    from askfirst.learn.cli import learn
    from askfirst.listen.cli import listen
    from askfirst.people.cli import people
    from askfirst.plan.cli import check, demo
    from askfirst.policy.cli import originality, policy

    for command in (people, jam, group_texts, policy, originality, learn, coach, listen, demo, check):
        cli.add_command(command)


def main() -> None:
    """Entry point of the `askfirst` command. Ends with a sentence where there is no installation yet, or an old one."""
    _add_parts()
    try:
        cli()
    except OSError as error:
        # A folder that is not there, a full disk. A pipe that was closed is none of our business.
        if not error.filename:
            raise
        click.echo(f"Error: {error.filename}: {error.strerror}.", err=True)
        sys.exit(2)
    except Exception as error:
        if "django.db" not in sys.modules:
            raise
        from django.conf import settings
        from django.db import OperationalError, ProgrammingError

        if isinstance(error, OperationalError | ProgrammingError):
            _say_what_is_missing(settings)
        raise


def _say_what_is_missing(settings: Any) -> None:
    """End with what keeps the installation from being ready; returns if nothing does."""
    try:
        _must_be_ready(settings)
    except click.ClickException as missing:
        missing.show()
        sys.exit(missing.exit_code)
