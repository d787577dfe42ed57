"""Terminal commands of the jam: group, import, ask, ledger, replay."""

import csv
import json
import sys
from pathlib import Path
from typing import Any

import click


@click.group()
def jam() -> None:
    """Jams: bring questions in, export the ledger, replay a session."""


@jam.command("import")
@click.argument("code")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--column", default="", help="The column with the questions, where it is called something unusual.")
@click.option("--dry-run", is_flag=True, help="Only say what would come in.")
def import_questions(code: str, file: Path, column: str, dry_run: bool) -> None:
    """Bring the questions of FILE (CSV, XLSX, or one a line) into the jam CODE."""
    found_jam = _jam(code)
    from askfirst.jam import actions, imports, queries
    from askfirst.jam.errors import JamError

    try:
        found = imports.read(file, column, queries.texts(found_jam))
    except JamError as error:
        raise click.ClickException(str(error.message)) from error
    good = [row.text for row in found if not row.problem]
    for row in found:
        if row.problem:
            click.echo(f"line {row.line}: left out, {row.problem}", err=True)
    if dry_run:
        click.echo(f"{_questions(len(good))} would come in, {len(found) - len(good)} would be left out.")
        return
    try:
        with click.progressbar(length=len(good), label="Importing", file=sys.stderr) as bar:
            done, problems = actions.import_texts(found_jam, good, by=None, progress=bar.update)
    except JamError as error:
        raise click.ClickException(str(error.message)) from error
    for problem in problems:
        click.echo(problem, err=True)
    click.echo(f"{_questions(done)} came in.")


def _questions(number: int) -> str:
    return f"{number} question" if number == 1 else f"{number} questions"


@jam.command("open")
@click.argument("title")
@click.option("--prompt", default="", help="The question to begin with.")
def open_jam(title: str, prompt: str) -> None:
    """Open a jam called TITLE, for everyone who has its code, and print the code."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.jam import actions

    click.echo(actions.create_jam(by=None, title=title, prompt=prompt).code)


@jam.command()
@click.argument("code")
@click.argument("text")
def ask(code: str, text: str) -> None:
    """Ask TEXT in the jam CODE, anonymously."""
    found = _jam(code)
    from askfirst.jam import actions
    from askfirst.jam.errors import JamError

    try:
        asked = actions.post_contribution(found, text=text, kind=found.kinds[0])
    except JamError as error:
        raise click.ClickException(str(error.message)) from error
    click.echo(f"#{asked.number}, group {asked.group_id or 'waits for approval'}")


@jam.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(["csv", "xlsx", "md"]), default="md")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; standard output otherwise."
)
def ledger(code: str, form: str, out: Path | None) -> None:
    """Export what became of every contribution of the jam CODE."""
    found = _jam(code)
    from askfirst.jam import exports, ledgers

    data = exports.FORMATS[form][1](found, ledgers.entries(found, with_hidden=True))
    if out:
        out.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)


@jam.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--url", default="http://127.0.0.1:8000", help="The server that holds the jam.")
@click.option("--code", required=True, help="The jam to play into.")
@click.option(
    "--speed", default=1.0, type=click.FloatRange(min=0, min_open=True), help="How many times faster than it happened."
)
def replay(file: Path, url: str, code: str, speed: float) -> None:
    """Play a timeline (JSON lines: second, person, act, text) into a running jam over HTTP.

    Acts are ask (text), vote and withdraw (text is the question's own text).
    """
    from askfirst.jam import replay as player

    result = player.play(player.read_timeline(file), url=url, code=code.upper(), speed=speed)
    click.echo(json.dumps(result))


@jam.command()
@click.option("--questions", default=520, type=click.IntRange(1, 20_000), help="How many questions.")
@click.option("--voters", default=5000, type=click.IntRange(1, 1_000_000), help="How many people vote.")
@click.option("--seconds", default=3600, type=click.IntRange(1), help="How long the session lasts.")
@click.option("--seed", default=1, help="The same seed gives the same session.")
def rehearse(questions: int, voters: int, seconds: int, seed: int) -> None:
    """Write the timeline of an imagined all-hands to standard output, for `askfirst jam replay`."""
    from askfirst.jam import replay as player

    for event in player.imagine(questions=questions, voters=voters, seconds=seconds, seed=seed):
        click.echo(json.dumps(event, ensure_ascii=False))


@click.command("group")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option("--column", default="", help="Column that holds the texts; otherwise question or text.")
@click.option("--format", "form", type=click.Choice(["csv", "json"]), default="csv", help="json: one object a line.")
@click.option("--models", default="", help="Folder with a sentence model of your own.")
def group_texts(file: Path, column: str, form: str, models: str) -> None:
    """Group the texts of FILE (CSV, XLSX, JSON, JSON lines, or one a line; “-” reads standard input) that ask the same. Needs no database.

    Output, in order of arrival: id, text, group.
    """
    from askfirst.engines import alike
    from askfirst.jam import texts

    try:
        rows = texts.read(file, column)
    except texts.UnreadableFile as error:
        raise click.ClickException(str(error)) from error
    encoder = alike.load_encoder(models)
    for note in encoder.notes:
        click.echo(note, err=True)
    with click.progressbar(length=len(rows), label="Grouping", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        groups = alike.group_all([text for _id, text in rows], encoder, progress=bar.update)
    lines = [(key, text, group) for (key, text), group in zip(rows, groups, strict=True)]
    if form == "json":
        for key, text, group in lines:
            click.echo(json.dumps({"id": key, "text": text, "group": group}, ensure_ascii=False))
    else:
        writer = csv.writer(sys.stdout)
        writer.writerow(["id", "text", "group"])
        writer.writerows(lines)


def _jam(code: str) -> Any:
    from askfirst.setting_up import setup

    setup()
    from askfirst.jam import queries

    found = queries.jam_by_code(code)
    if found is None:
        raise click.ClickException(f"No jam has the code {code}.")
    return found
