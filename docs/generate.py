"""Writes the reference pages from the code: `make docs`; with --check it only says whether they are up to date."""

import inspect
import sys
from pathlib import Path

import click
from django.conf import settings

from askfirst import cli, events, options

HERE = Path(__file__).parent / "reference"


def options_page() -> str:
    lines = [
        "# Options",
        "",
        "Read from the environment. Every option may also stand in a file that `<OPTION>_FILE` names.",
        "",
    ]
    for option in options.OPTIONS:
        default = f"`{option.default}`" if option.default else "empty"
        lines += [
            f"## `{option.variable}`",
            "",
            option.help,
            "",
            f"Type: {option.kind.__name__}. Default: {default}.",
            "",
        ]
    return "\n".join(lines).rstrip() + "\n"


def commands_page() -> str:
    cli._add_parts()
    lines = ["# Commands", ""]
    for name, command in sorted(cli.cli.commands.items()):
        lines += _command(f"askfirst {name}", command)
        if isinstance(command, click.Group):
            for sub, own in sorted(command.commands.items()):
                lines += _command(f"askfirst {name} {sub}", own)
    return "\n".join(lines).rstrip() + "\n"


def events_page() -> str:
    lines = [
        "# Events", "",
        "What other systems can be told of (Desk → People → Other systems). A signed event is a POST with a JSON body of `type`,",
        "`timestamp` and `data`; its headers `webhook-id`, `webhook-timestamp` and `webhook-signature` follow the Standard Webhooks",
        "specification: HMAC-SHA256 over `id.timestamp.body` under the secret. Check it, refuse what is older than five minutes, and",
        "take an id once. What does not arrive is sent again after 5 s, 5 min, 30 min, 2, 5, 10 and 14 hours, then shown as given up.", "",
        "| event | when | names a person |", "| --- | --- | --- |",
    ]  # fmt: skip
    for event in events.EVENTS:
        lines.append(f"| `{event.name}` | {event.says} | {'by number' if event.name in events.PERSONAL else ''} |")
    return "\n".join(lines) + "\n"


def _command(name: str, command: click.Command) -> list[str]:
    context = click.Context(command, info_name=name)
    arguments = " ".join(command.collect_usage_pieces(context)) if not isinstance(command, click.Group) else ""
    lines = [
        f"## {name}",
        "",
        "```",
        f"{name} {arguments}".rstrip(),
        "```",
        "",
        inspect.cleandoc(command.help or ""),
        "",
    ]
    rows = [parameter.get_help_record(context) for parameter in command.params if isinstance(parameter, click.Option)]
    lines += [f"- `{left}`: {right or ''}".rstrip(": ") for left, right in filter(None, rows)]
    return [*lines, ""] if rows else lines


def main() -> None:
    is_check = "--check" in sys.argv
    if not settings.configured:
        settings.configure(USE_I18N=False)
    stale = []
    for name, page in (("options.md", options_page()), ("commands.md", commands_page()), ("events.md", events_page())):
        path = HERE / name
        if not path.exists() or path.read_text() != page:
            stale.append(name)
            if not is_check:
                path.write_text(page)
    if is_check and stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run `make docs`.")


main()
