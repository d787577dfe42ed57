"""Writes the reference pages from the code: `make docs`; with --check it only says whether they are up to date."""

import inspect
import os
import sys
import tempfile
from pathlib import Path

import click

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
        "take an id once. What does not arrive is sent again after 5 s, 5 min, 30 min, 2, 5, 10 and 14 hours, then shown as given up.",
        "A system that does not answer at all is tried with one event; that try counts for all that waits for it.", "",
        "| event | when | names a person |", "| --- | --- | --- |",
    ]  # fmt: skip
    for event in events.EVENTS:
        lines.append(f"| `{event.name}` | {event.says} | {'by number' if event.name in events.PERSONAL else ''} |")
    return "\n".join(lines) + "\n"


def api_page() -> str:
    from askfirst.api import api  # noqa: PLC0415 - needs settings, which main sets up first

    lines = [
        "# REST API", "",
        "Under `/api/v1/`; described by OpenAPI 3.1 at `/api/v1/openapi.json`. Administrators make tokens under Desk → People → API tokens;",
        "each is sent as `Authorization: Bearer askfirst_…`, has scopes and an end, and is kept as a hash. Problems come as",
        "`application/problem+json` (RFC 9457). Lists come in pages: what a page gives as `next` goes into `cursor`. An `Idempotency-Key`",
        "makes adding safe to repeat. People are changed and taken out by SCIM (docs/howto/provisioning.md).", "",
    ]  # fmt: skip
    for _prefix, router in api._routers:
        if not router.path_operations:
            continue
        lines += [f"## {router.tags[0]}", "", "| | path | what | scope |", "| --- | --- | --- | --- |"]
        for path, view in router.path_operations.items():
            for own in view.operations:
                scope = next(callback.scope for callback in own.auth_callbacks)
                lines.append(f"| {', '.join(own.methods)} | `{path}` | {own.summary} | `{scope}` |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


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
    stale = []
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"ASKFIRST_DATA": folder, "ASKFIRST_SECRET_KEY": "only-for-these-pages"}
        cli.setup()
        pages = {
            "options.md": options_page(), "commands.md": commands_page(), "events.md": events_page(),
            "api.md": api_page(),
        }  # fmt: skip
    for name, page in pages.items():
        path = HERE / name
        if not path.exists() or path.read_text() != page:
            stale.append(name)
            if not is_check:
                path.write_text(page)
    if is_check and stale:
        sys.exit(f"Out of date: {', '.join(stale)}. Run `make docs`.")


main()
