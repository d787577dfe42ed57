"""Terminal commands about people."""

import sys
from pathlib import Path

import click


@click.group()
def people() -> None:
    """People: import a roster, give a role, get back in."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option("--full", is_flag=True, help="FILE is the whole roster: switch off people who are not in it.")
@click.option(
    "--leavers-up-to", default=10, show_default=True, help="Refuse a full file that would switch off more percent."
)
def import_roster(file: Path, dry_run: bool, full: bool, leavers_up_to: int) -> None:
    """Bring people in line with the roster FILE (CSV or XLSX); all of it or nothing."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.people import actions
    from askfirst.people.errors import RosterError

    def show(done: int) -> None:
        if sys.stderr.isatty():
            click.echo(f"\r{'checking' if not done else f'{done} rows'} …", nl=False, err=True)

    try:
        change = actions.import_roster(
            file, is_full=full, leavers_up_to=leavers_up_to, is_dry_run=dry_run, progress=show
        )
    except RosterError as error:
        for row in error.rows:
            click.echo(str(row), err=True)
        if error.total > len(error.rows):
            click.echo(f"… and {error.total - len(error.rows)} more.", err=True)
        raise click.ClickException(str(error.message)) from error
    for verb, name, email, what in change.samples:
        click.echo(f"{verb:8}{name} <{email}> {what}".rstrip())
    if change.ignored_columns:
        click.echo(f"Columns that are not read: {', '.join(change.ignored_columns)}")
    if change.kept_admins:
        click.echo(
            f"Not in the file, and not switched off, since nobody else could run the site: {', '.join(change.kept_admins)}"
        )
    if change.unknown_managers:
        click.echo(f"Managers who are nobody's e-mail or employee id: {', '.join(change.unknown_managers)}")
    would = "would be " if dry_run else ""
    click.echo(
        f"{change.total} rows: {change.joiners} {would}added, {change.changed} {would}changed, "
        f"{change.leavers} {would}switched off, {change.unchanged} as they were."
    )


@people.command()
@click.argument("email")
@click.argument("role", type=click.Choice(["facilitator", "editor", "listener", "admin"]))
@click.option("--take", is_flag=True, help="Take the role away instead.")
def role(email: str, role: str, take: bool) -> None:
    """Give the person with EMAIL a role; also the way back in when no administrator is left."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.people import actions, queries
    from askfirst.people.errors import PeopleError

    person = queries.people().filter(email=email.lower()).first()
    if person is None:
        raise click.ClickException(f"Nobody who works here has the e-mail {email}.")
    try:
        actions.set_roles(person, actor=person, **{f"is_{role}": not take})
    except PeopleError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{person}: {role} {'taken' if take else 'given'}.")
