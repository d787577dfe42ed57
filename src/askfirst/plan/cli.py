"""The `askfirst demo` command: the sample organisation, ready to walk through."""

import click


@click.command()
def demo() -> None:
    """Load the sample organisation into an empty installation and print how to sign in."""
    from askfirst.setting_up import setup

    settings = setup()
    from askfirst.people import queries
    from askfirst.plan import sample

    if queries.head_counts()["people"] > 1 and not sample.is_loaded():
        raise click.ClickException(
            "There are people here already; the sample organisation only goes into an empty installation."
        )
    code = sample.load()
    click.echo("\nThe sample organisation is ready.\n")
    click.echo(f"  Address             {settings.SITE_URL}")
    click.echo(f"  Jam under way       code {code}   {settings.SITE_URL}/j/{code}")
    click.echo(f"  Big screen          {settings.SITE_URL}/j/{code}/screen\n")
    click.echo(f"  Password of all     {sample.PASSWORD}")
    for email, what in sample.SIGN_INS:
        click.echo(f"  {what:<20}{email}")
    click.echo("")


@click.command()
def check() -> None:
    """Explain how this installation is set up, and what to do where something should be done. Exit status: 0 all fine, 1 something to do."""
    from askfirst.setting_up import must_be_initialised, setup

    must_be_initialised(setup())
    from askfirst.plan import checkup

    found = checkup.facts()
    for fact in found:
        click.echo(f"{'look' if fact.mend else 'fine'}  {fact.topic}: {fact.text}")
        if fact.mend:
            click.echo(f"      {fact.mend}")
    raise SystemExit(any(fact.mend for fact in found))
