"""Terminal commands of the listen part: match and triage work on files, without a database; the rest on the installation."""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from askfirst.base.texts import from_json

SAMPLE = 2000


@click.group()
def listen() -> None:
    """Listening: match queries, triage mentions, fetch sources."""


@listen.command()
@click.option(
    "--queries",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="One query a line: name, a tab, the query.",
)
@click.argument("posts", type=click.Path(allow_dash=True, path_type=Path))
def match(queries: Path, posts: Path) -> None:
    """Say for each post in POSTS (JSON lines with id and text; - for standard input) which queries match it.

    Prints JSON lines: id, and names in the order of the file. Exit status: 0 done, 2 a file or a query cannot be read.
    """
    from askfirst.engines import boolquery

    found: dict[str, boolquery.Query] = {}
    for number, line in enumerate(_lines(queries), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        name, tab, text = line.rstrip("\r\n").partition("\t")
        if not tab:
            _fail(f"{queries}:{number}: a line is a name, a tab and a query.")
        try:
            found[name] = boolquery.parse(text)
        except boolquery.QueryError as error:
            _fail(f"{queries}:{number}: at character {error.at + 1}: {error}\n  {text}\n  {' ' * error.at}^")
    rows = _posts(posts)
    first = [row for _at, row in zip(range(SAMPLE), rows, strict=False)]
    counts = Counter(word for row in first for word in boolquery.Post(row).words)
    matcher = boolquery.Matcher(
        {word: 1000 * count / len(first) for word, count in counts.items()} if len(first) >= 200 else None
    )
    for name, query in found.items():
        matcher.add(name, query)
    for part in (first, rows):
        for row in part:
            click.echo(json.dumps({"id": row.get("id"), "names": matcher.match(row)}, ensure_ascii=False))


@listen.command()
@click.argument("posts", type=click.Path(allow_dash=True, path_type=Path))
@click.option("--name", "names", multiple=True, help="How the brand is called; may be given several times.")
def triage(posts: Path, names: tuple[str, ...]) -> None:
    """Say for each post in POSTS (JSON lines with id and text) what kind of mention it is, and why.

    Kinds: question, complaint, praise, story, risk, noise. Prints JSON lines with id, kind, kinds, shares, mood, priority (0 to 100),
    relevance, is_unsure and reasons. Exit status: 0 done, 2 the file cannot be read.
    """
    from askfirst.engines.triage import triage as judge

    low = [name.lower() for name in names]
    for row in _posts(posts):
        click.echo(json.dumps({"id": row.get("id"), **vars(judge(row, names=low))}, ensure_ascii=False))


@listen.command()
@click.option("--once", is_flag=True, help="Fetch every source that is due, once, and stop.")
def fetch(once: bool) -> None:
    """Fetch from the sources that are switched on; `askfirst serve` does this by itself."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.listen import fetching

    if once:
        click.echo(f"{fetching.fetch_due()} new mentions.")
    else:
        fetching.fetch_until_stopped()


@listen.command()
@click.option(
    "--take-over-after", default=30.0, show_default=True, help="Seconds after which a silent process counts as dead."
)
def work(take_over_after: float) -> None:
    """Match what is heard, beside others that do the same, until stopped; needs the option REDIS_URL. Start as many as there are cores."""
    import signal
    import threading

    from askfirst.setting_up import setup

    setup()
    from askfirst.listen import queue

    if not queue.is_used():
        raise click.ClickException("ASKFIRST_REDIS_URL is not set; without it the serving process matches by itself.")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    click.echo("Taking what is heard.")
    click.echo(f"{queue.work(stopped, dead_after=take_over_after)} mentions.")


@listen.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_posts(file: Path) -> None:
    """Bring posts from FILE (JSON lines, CSV or XLSX) before the saved queries; what matches becomes a mention."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.listen import actions, taking
    from askfirst.listen.errors import ListenError

    try:
        taken, matched = taking.take_file(file, source=actions.file_source(file.name))
    except ListenError as error:
        raise click.ClickException(str(error.message)) from error
    click.echo(f"{taken} posts read, {matched} became mentions.")


def _lines(path: Path) -> Iterator[str]:
    try:
        if str(path) == "-":
            yield from sys.stdin
        else:
            with path.open(encoding="utf-8-sig") as file:
                yield from file
    except UnicodeDecodeError:
        _fail(f"{path} is not UTF-8 text. Save it as UTF-8 and try again.")
    except OSError as error:
        _fail(f"{path}: {error.strerror}")


def _posts(path: Path) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            row = from_json(line)
        except ValueError:
            _fail(f"{path}:{number}: this line is not JSON.")
        if not isinstance(row, dict) or not isinstance(row.get("text", ""), str):
            _fail(f"{path}:{number}: a post is an object with id and text.")
        yield row


def _fail(message: str) -> Any:
    click.echo(f"Error: {message}", err=True)
    sys.exit(2)
