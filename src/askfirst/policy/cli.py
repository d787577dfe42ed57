"""Terminal commands: originality and policy lint work on files, without a database; policy verify on the records."""

import html
import json
import sys
from pathlib import Path

import click

TEXTS = {".txt", ".md", ".markdown", ".html", ".htm", ".rst", ".docx", ".odt", ".pdf"}
PLAIN = {".docx", ".odt", ".pdf"}


@click.group()
def policy() -> None:
    """Policies: lint a draft, verify the records of who knows what, remind people."""


@click.command()
@click.argument("draft", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--against",
    "paths",
    multiple=True,
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="A file or folder of references; may be given again.",
)
@click.argument("more", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json", "html"]), default="text")
@click.option(
    "--hints", "with_hints", is_flag=True, help="Also paragraphs that may retell a passage; they change no exit status."
)
def originality(draft: Path, paths: tuple[Path, ...], more: tuple[Path, ...], form: str, with_hints: bool) -> None:
    """Find passages of DRAFT (- for standard input) that are copied from, or close to, texts in other files.

    Exit status: 0 nothing found, 1 passages found, 2 a file cannot be read.
    """
    from askfirst.engines import originality as engine

    shelf = engine.Shelf()
    own = _text(draft)
    files = [file for path in (*paths, *more) for file in _files(path) if file.resolve() != draft.resolve()]
    if not files:
        raise click.UsageError("There is no text file to compare with.")
    texts = [(str(file), _text(file)) for file in files]
    for name, read in [(str(draft), own), *texts]:
        if not read.strip():
            click.echo(f"Warning: {name} has no text.", err=True)
    shelf.add([shelf.vocabulary.read(name, read) for name, read in texts])
    text = shelf.vocabulary.read(str(draft), own)
    found = engine.check(text, shelf)
    shown = [*found, *(engine.hints(text, shelf) if with_hints else [])]
    if form == "json":
        for passage in shown:
            click.echo(
                json.dumps(
                    {
                        "source": shelf.texts[passage.source].name,
                        "draft_start": passage.draft_start,
                        "draft_end": passage.draft_end,
                        "source_start": passage.source_start,
                        "source_end": passage.source_end,
                        "kind": passage.kind,
                        "score": passage.score,
                    },
                    ensure_ascii=False,
                )  # fmt: skip
            )
    else:
        rows = [
            (
                shelf.texts[p.source].name,
                p.kind,
                own[p.draft_start : p.draft_end],
                shelf.texts[p.source].raw[p.source_start : p.source_end],
            )
            for p in shown
        ]
        click.echo(_as_html(str(draft), rows) if form == "html" else _as_text(rows))
    sys.exit(1 if found else 0)


def _as_text(rows: list[tuple[str, str, str, str]]) -> str:
    if not rows:
        return "No passage is close to these texts. (Nothing else was looked at.)"
    return "\n\n".join(
        f"{kind}, {name}\n  yours:  {_short(ours)}\n  theirs: {_short(theirs)}" for name, kind, ours, theirs in rows
    )


def _as_html(title: str, rows: list[tuple[str, str, str, str]]) -> str:
    body = "".join(
        f"<tr><td>{html.escape(kind)}</td><td>{html.escape(ours)}</td><td>{html.escape(theirs)}<br><small>{html.escape(name)}</small></td></tr>"
        for name, kind, ours, theirs in rows
    )
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{html.escape(title)}</title><style>{_STYLE}</style>'
        f"<h1>{html.escape(title)}</h1><p>Passages found: {len(rows)}. Each is to be looked at: quote it, name its source, or write it anew.</p>"
        f"<table><tr><th>Kind</th><th>Yours</th><th>Theirs</th></tr>{body}</table></html>"
    )


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "table{border-collapse:collapse;table-layout:fixed;width:100%}td,th{border-bottom:1px solid #8888;padding:.6rem;"
    "text-align:left;vertical-align:top;overflow-wrap:anywhere;white-space:pre-line}th:first-child{width:7rem}"
)


def _short(text: str, most: int = 300) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most // 2]} … {text[-most // 2 :]}"


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file() and file.suffix.lower() in TEXTS)


def _text(path: Path) -> str:
    """The file as read: offsets count its characters. Word, OpenDocument and PDF files are turned into text first."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read().decode("utf-8")
        if path.suffix.lower() in PLAIN:
            from askfirst.setting_up import setup

            setup()
            from askfirst.policy import files
            from askfirst.policy.errors import PolicyError

            try:
                return files.read(path.name, path.read_bytes())
            except PolicyError as error:
                raise OSError(str(error)) from error
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        click.echo(f"Error: {path} is not UTF-8 text. Save it as UTF-8 and try again.", err=True)
    except OSError as error:
        click.echo(f"Error: {path}: {error}", err=True)
    sys.exit(2)


@policy.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path))
@click.option(
    "--country",
    "countries",
    default="us,uk,eu",
    help="Where people work: us, uk, eu or a member of it, with commas between.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def lint(file: Path, countries: str, form: str) -> None:
    """Say what the policy in FILE (- for standard input) leaves out, and where it forbids too much. English and German.

    Exit status: 0 nothing to say, 1 findings, 2 the file cannot be read.
    """
    from askfirst.engines import clauses

    wanted = {clauses.country(part) for part in countries.split(",") if part.strip()}
    unknown = wanted - set(clauses.COUNTRIES)
    if unknown or not wanted:
        raise click.UsageError(
            f"--country takes {', '.join(clauses.COUNTRIES)}, not {', '.join(sorted(unknown)) or 'nothing'}."
        )
    text = _text(file)
    findings, left_out = clauses.lint(text, wanted), clauses.missing(text, wanted)
    ease = clauses.readability(text)
    if form == "json":
        for own in findings:
            click.echo(json.dumps({"kind": "restriction", **vars(own)}, ensure_ascii=False))
        for topic in left_out:
            click.echo(
                json.dumps(
                    {
                        "kind": "missing",
                        "topic": topic.id,
                        "title": topic.title,
                        "why": topic.why,
                        "authority": topic.authority,
                        "as_of": topic.as_of,
                    },
                    ensure_ascii=False,
                )
            )
        click.echo(json.dumps({"kind": "readability", **vars(ease)}))
    else:
        for own in findings:
            line = text.count("\n", 0, own.start) + 1
            title = own.title if own.is_sure else f"{own.title} (likely)"
            click.echo(
                f"line {line}: {title}: {_short(own.sentence)}\n  {own.why}\n  Narrower: {own.idea}\n  {own.authority} (as of {own.as_of})"
            )
        for topic in left_out:
            click.echo(
                f"missing: {topic.title}. {topic.why}"
                + (f" ({topic.authority}, as of {topic.as_of})" if topic.authority else "")
            )
        click.echo(
            f"{ease.words} words, reading ease {ease.ease} ({ease.label}), longest sentence {ease.longest} words. Law as of {clauses.AS_OF}; not legal advice."
        )
    sys.exit(1 if findings or left_out else 0)


@policy.command()
def verify() -> None:
    """Verify the chain of acknowledgements; finds a record that was changed, removed or inserted."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.policy import knowing

    breaks = knowing.chain_breaks()
    for line in breaks:
        click.echo(line)
    if breaks:
        sys.exit(1)
    click.echo(f"{knowing.chain().count()} acknowledgements, the chain is whole.")


@policy.command()
def remind() -> None:
    """Ask joiners and send the reminders that are due today; harmless when run twice. For a daily timer."""
    from askfirst.setting_up import setup

    setup()
    from askfirst.policy import actions, reminders

    asked = actions.finish_asking() + actions.ask_joiners()
    click.echo(f"{asked} people asked who came since, {reminders.send_due()} reminders sent.")
