"""Terminal commands of the coach; check works without a database."""

import json
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click


@click.group()
def coach() -> None:
    """Before you post: check a draft or a photo."""


@coach.command()
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--photo",
    "photos",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A photo or video to look at; may be given several times.",
)
@click.option("--country", default="", help="Where the writer works, two letters such as us, gb, de.")
@click.option("--lang", "language", default="", help="Language of the text, two letters; found out when not given.")
@click.option(
    "--glossary",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Things that stay inside: one a line, a date behind a comma where there is an embargo.",
)
@click.option(
    "--brands",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the organisation sells and calls its own: one name a line.",
)
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Names of people: one a line, or a CSV or XLSX roster.",
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def check(
    file: Path | None,
    photos: tuple[Path, ...],
    country: str,
    language: str,
    glossary: Path | None,
    brands: Path | None,
    roster: Path | None,
    form: str,
) -> None:
    """Say what to look at in the draft FILE (or -, standard input) before it is posted.

    Works without a database and without the network. JSON: one line a finding, with start, end (characters), detector, message.
    Exit status: 0 nothing found, 1 findings, 2 a file cannot be read.
    """
    from askfirst.engines import draftcheck

    if file is None and not photos:
        raise click.UsageError("Name a FILE, - for standard input, or --photo FILE.")
    _must_be_known(country, language)
    found = False
    if file is not None:
        draft = draftcheck.Draft(
            _text(file), country=country.lower(), language=language.lower()[:2], today=date.today(),
            glossary=_glossary(glossary), people=_names(roster), brands=_own(brands),
        )  # fmt: skip
        findings = draftcheck.check(draft)
        found = bool(findings)
        _show(draft, findings, form)
    for path in photos:
        found = _show_photo(path, form) or found
    sys.exit(1 if found else 0)


def _must_be_known(country: str, language: str) -> None:
    from phonenumbers import SUPPORTED_REGIONS

    from askfirst.engines import languages

    if country and country.upper() not in {*SUPPORTED_REGIONS, "UK", "EU"}:
        raise click.UsageError(f"--country takes two letters such as us, gb, de, or eu, not {country}.")
    if language and language.lower()[:2] not in languages.KNOWN:
        raise click.UsageError(f"--lang takes {', '.join(languages.KNOWN)}, not {language}.")


def _show(draft, findings, form: str) -> None:  # type: ignore[no-untyped-def]
    from askfirst.engines import draftcheck

    for own in findings:
        if form == "json":
            row = {
                "start": own.start,
                "end": own.end,
                "detector": own.detector,
                "message": own.words,
                "text": draft.text[own.start : own.end],
            }
            if own.mend is not None:
                row["mend"] = own.mend
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            line = draft.text.count("\n", 0, own.start) + 1
            part = " ".join(draft.text[own.start : own.end].split())
            click.echo(f"line {line}: {own.detector}: “{part[:60]}”\n  {own.words}")
    if draftcheck.is_protected(draft.text):
        click.echo(draftcheck.PROTECTED, err=form == "json")
    if form == "text" and not findings:
        names = ", ".join(detector.label.lower() for detector in draftcheck.DETECTORS)
        click.echo(f"Nothing found. Looked for: {names}. Not looked at: whether it is true, kind, or wise.")


def _show_photo(path: Path, form: str) -> bool:
    from askfirst.engines import photo

    try:
        with path.open("rb") as file:
            report = photo.read(file)
    except (OSError, photo.PhotoError) as error:
        _end(f"{path}: {error}")
    for detail in report.details:
        detector = detail.group if detail.group == "location" else "metadata"
        if form == "json":
            message = f"The file says its {detail.group}: {detail.name}."
            click.echo(
                json.dumps(
                    {
                        "start": 0,
                        "end": 0,
                        "detector": detector,
                        "message": message,
                        "photo": str(path),
                        "value": detail.value,
                    },
                    ensure_ascii=False,
                )
            )
        else:
            click.echo(f"{path}: {detail.group}: {detail.name}: {detail.value}")
    if form == "text" and not report.details:
        click.echo(
            f"{path}: nothing found in the file's own words; look at the picture for badges, screens, plates and children."
        )
    return bool(report.details)


@coach.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
def clean(source: Path, target: Path) -> None:
    """Copy the photo or video SOURCE to TARGET without place, time, device and people; pixels stay as they are."""
    from askfirst.engines import photo

    if target.exists():
        raise click.ClickException(f"{target} exists already; name a new file.")
    try:
        with source.open("rb") as file, target.open("w+b") as out:
            photo.strip(file, out)
    except photo.PhotoError as error:
        target.unlink(missing_ok=True)
        raise click.ClickException(str(error)) from error
    click.echo(f"{target}: cleaned.")


def _text(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8")
    except UnicodeDecodeError:
        _end(f"{file} is not UTF-8 text. Save it as UTF-8 and try again.")
    except OSError as error:
        _end(f"{file}: {error.strerror}")


def _end(message: str) -> NoReturn:
    """Say that a file cannot be read; 1 is taken for findings."""
    click.echo(f"Error: {message}", err=True)
    sys.exit(2)


def _glossary(path: Path | None):  # type: ignore[no-untyped-def]
    from askfirst.engines import draftcheck
    from askfirst.engines.draftcheck import terms

    if path is None:
        return None
    try:
        return draftcheck.Glossary(terms.read(_text(path).splitlines()))
    except ValueError as error:
        _end(f"{path}: {error}")


def _names(path: Path | None):  # type: ignore[no-untyped-def]
    from askfirst.engines import draftcheck

    return None if path is None else draftcheck.Names(_roster(path))


def _own(path: Path | None):  # type: ignore[no-untyped-def]
    from askfirst.engines import draftcheck

    return None if path is None else draftcheck.Names(_text(path).splitlines(), is_people=False)


def _roster(path: Path) -> list[str]:
    """Names of a file: a roster as `askfirst people import` reads it, or plain, one a line."""
    from askfirst.setting_up import setup

    if path.suffix.lower() in {".txt", ""}:
        return [line.strip() for line in _text(path).splitlines() if line.strip()]
    setup()
    from askfirst.people import roster
    from askfirst.people.errors import RosterError

    try:
        return roster.names_in(path)
    except RosterError as error:
        _end(f"{path}: {error}")
