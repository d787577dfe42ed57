"""Terminal commands of the learn part: lint works on files, without a database; export writes packages."""

import sys
from pathlib import Path

import click


@click.group()
def learn() -> None:
    """Learning: lint lessons, export courses and lessons."""


@learn.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lint(files: tuple[Path, ...]) -> None:
    """Say what is wrong with the lessons and drills in FILES. Exit status: 0 fine or hints only, 1 errors, 2 a file cannot be read."""
    from askfirst.engines import drills, lessons

    has_errors = False
    gallery = []
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            click.echo(f"{file}: not UTF-8 text", err=True)
            sys.exit(2)
        if drills.is_drill(text):
            drill, problems = drills.parse(text)
            gallery.append(drill)
        else:
            problems = lessons.parse(text)[1]
        for problem in problems:
            click.echo(f"{file}:{problem.line}: {'error' if problem.is_error else 'hint'}: {problem.text}")
            has_errors = has_errors or problem.is_error
    if gallery and drills.fine_share(gallery) < drills.FINE_SHARE:
        click.echo(
            f"hint: only {drills.fine_share(gallery):.0%} of what is to be judged is fine; below {drills.FINE_SHARE:.0%} suspicion pays."
        )
    sys.exit(1 if has_errors else 0)


@learn.command()
@click.argument("number", type=int, metavar="COURSE")
@click.option("--lesson", "is_lesson", is_flag=True, help="COURSE is the number of a single lesson.")
@click.option("--format", "form", type=click.Choice(["scorm12", "scorm2004", "cmi5"]), default="scorm12")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The zip file to write.")
@click.option("--language", default="", help="In this language where the lessons have it, such as de; else their own.")
def export(number: int, is_lesson: bool, form: str, output: Path, language: str) -> None:
    """Write COURSE (its number) as a package for another learning system."""
    from askfirst.setting_up import setup

    settings = setup()
    from askfirst.engines import packs
    from askfirst.learn import queries

    if is_lesson:
        lesson = queries.lessons().filter(pk=number).first()
        packed = queries.pack_lesson(lesson, language) if lesson else None
    else:
        course = queries.courses().filter(pk=number).first()
        packed = queries.pack(course, language) if course else None
    if packed is None:
        raise click.ClickException(f"There is no {'lesson' if is_lesson else 'course'} {number}.")
    with output.open("wb") as out:
        packs.write_into(out, packed, form, settings.SITE_URL)
    lessons = f"{len(packed.lessons)} lesson{'' if len(packed.lessons) == 1 else 's'}"
    click.echo(f"{output}: {output.stat().st_size} bytes, {lessons}.")
